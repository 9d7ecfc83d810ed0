package web

import (
	"fmt"
	"net/http"
	"slices"

	"servicematning/internal/export"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

var resultsRoutes = []route{
	{get, "/omgangar/:round/resultat", (*Server).showResults, may(survey.SeeLiveResults)},
	{post, "/omgangar/:round/resultat/rakna-om", (*Server).recountResults, may(survey.SeeLiveResults)},
	{get, "/omgangar/:round/resultat.csv", (*Server).downloadCSV, may(survey.SeeLiveResults)},
	{get, "/omgangar/:round/resultat.json", (*Server).downloadJSON, may(survey.SeeLiveResults)},
	{get, "/omgangar/:round/resultat/kommun", (*Server).chooseProfile, may(survey.SeeLiveResults)},
	{get, "/omgangar/:round/resultat/:municipality", (*Server).showProfile, may(survey.SeeLiveResults)},
}

var resultsPages = []page{&resultsPage{}, &profilePage{}}

// resultsPage shows one measure of all municipalities.
type resultsPage struct {
	layout
	Empty  *emptyState // nothing to show yet: why
	Choice resultsChoice
	Frozen *frozenFacts

	Measure        results.Measure
	Kick           string // the channel and the area
	Measures       []optionGroup
	Areas          []option
	Groups         []optionGroup
	Municipalities []option

	Chart   *caterpillar
	Means   []meanRow
	Notes   []string
	Heading string // of the column of values
	Axis    string // "0–100 %"
	Of      int    // how many have a place
	Rows    []resultRow
	Sort    sorting
	Order   string // that was asked for, to be kept when the choice changes
	// RecountURL counts anew and comes back to the same choice.
	RecountURL string
}

func (resultsPage) file() string { return "results/list.html" }

// Better says which way is good.
func (p *resultsPage) Better() string { return betterText(p.Measure) }

// Shown is how many rows the table has.
func (p *resultsPage) Shown() string { return kommuner(len(p.Rows)) }

func (s *Server) showResults(c *visit) error {
	round, rep, err := s.roundReport(c)
	if err != nil {
		return err
	}
	p := &resultsPage{layout: resultsLayout(round, rep, "Resultat")}
	if p.Frozen, err = s.frozenFacts(c, round, rep); err != nil {
		return err
	}
	p.RecountURL = address("omgangar", round.Code, "resultat", "rakna-om") + queryOf(c)
	if p.Empty = nothingCounted(round, rep); p.Empty != nil {
		return s.show(c, p)
	}
	p.Choice = readResultsChoice(c, rep)
	p.Sort = sortingOf(c, "plats", "kommun", "varde", "bas")
	p.Order = c.QueryParam("ordning")
	p.fillFrom(round, rep)
	return s.show(c, p)
}

// roundReport reads the round that the address names and its figures.
func (s *Server) roundReport(c *visit) (survey.Round, results.Report, error) {
	round, err := s.Service.Round(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return survey.Round{}, results.Report{}, err
	}
	rep, err := s.Service.Results(c.ctx(), c.user, round.Code)
	return round, rep, err
}

func resultsLayout(round survey.Round, rep results.Report, title string) layout {
	l := layout{Title: title, Round: &round, Scripts: busy}
	if !round.Frozen() {
		l.Saved = "Räknat " + survey.ClockText(rep.Computed)
	}
	return l
}

// nothingCounted says why there are no figures, or gives nil.
func nothingCounted(round survey.Round, rep results.Report) *emptyState {
	if len(rep.Profiles) == 0 {
		e := newEmpty("Inga kommuner deltar än", "Lägg till omgångens kommuner, så får var och en sina resultat här.")
		e = withAct("Till kommunerna", address("omgangar", round.Code, "kommuner"), e)
		return &e
	}
	counted := func(p results.Profile) bool { return p.Phone+p.Email > 0 }
	if slices.ContainsFunc(rep.Profiles, counted) {
		return nil
	}
	text := "Resultaten räknas från den första kontakt som är klar."
	if round.Design.ReviewRequired {
		text = "Resultaten räknas från den första kontakt som är granskad och godkänd."
	}
	e := newEmpty("Inga kontakter att räkna än", text)
	e = withAct("Se framsteget", address("omgangar", round.Code, "framsteg"), e)
	return &e
}

// frozenFacts is what proves that a closed round's figures are as they were.
type frozenFacts struct {
	survey.Closing
	Definitions string
	Digits      string // the checksum in groups
	When        string
}

// frozenFacts is nil while the round is open.
func (s *Server) frozenFacts(c *visit, round survey.Round, rep results.Report) (*frozenFacts, error) {
	if !round.Frozen() {
		return nil, nil
	}
	seal, err := s.Service.Seal(c.ctx(), c.user, round)
	if err != nil {
		return nil, err
	}
	return &frozenFacts{
		Closing: seal, Definitions: rep.Definitions, Digits: checksumText(seal.Checksum), When: fullMoment(seal.At),
	}, nil
}

// recountResults counts the figures anew and shows the same choice again.
func (s *Server) recountResults(c *visit) error {
	if _, err := s.form(c); err != nil {
		return err
	}
	rep, err := s.Service.CountNow(c.ctx(), c.user, c.Param("round"))
	target := address("omgangar", c.Param("round"), "resultat") + queryOf(c)
	said := flash{Kind: "ok", State: "Räknat", Text: "Resultaten är räknade " + survey.ClockText(rep.Computed) + "."}
	return s.doneSaying(c, err, target, said)
}

// queryOf is the request's query with its question mark, or "".
func queryOf(c *visit) string {
	if query := c.QueryParams().Encode(); query != "" {
		return "?" + query
	}
	return ""
}

func (s *Server) downloadCSV(c *visit) error {
	return s.download(c, "csv", "text/csv; charset=utf-8", func(rep results.Report, municipality string) error {
		return export.WriteResultsCSV(c.Response(), rep, municipality)
	})
}

func (s *Server) downloadJSON(c *visit) error {
	return s.download(c, "json", "application/json; charset=utf-8", func(rep results.Report, municipality string) error {
		return export.WriteResultsJSON(c.Response(), rep, municipality)
	})
}

// download sends the figures as a file, of one municipality when the query
// names it. What can be refused is refused before the first byte.
func (s *Server) download(c *visit, kind, contentType string, write func(results.Report, string) error) error {
	rep, err := s.Service.Results(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	name, municipality := "resultat-"+rep.Round, c.QueryParam("kommun")
	if municipality != "" {
		if _, ok := rep.Profile(municipality); !ok {
			return survey.ErrNotFound
		}
		name += "-" + municipality
	}
	header := c.Response().Header()
	header.Set("Content-Type", contentType)
	header.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name+"."+kind))
	c.Response().WriteHeader(http.StatusOK)
	return write(rep, municipality)
}
