package web

import (
	"errors"
	"net/http"

	"servicematning/internal/survey"
)

var publishRoutes = []route{
	{get, "/omgangar/:round/publicering", (*Server).showPublishing, may(survey.PublishRounds)},
	{get, "/omgangar/:round/publicering/bekrafta", (*Server).askPublish, may(survey.PublishRounds)},
	{post, "/omgangar/:round/publicering", (*Server).publish, may(survey.PublishRounds)},
	{get, "/omgangar/:round/publicering/forhandsvisning", (*Server).previewReader, may(survey.PublishRounds)},
}

var publishPages = []page{&publishPage{}, &previewPage{}}

// publishPage holds the switches that say who sees a closed round.
type publishPage struct {
	layout
	Form           *form
	Switches       []audienceSwitch
	Stage          survey.Stage
	Published      string // when
	Participants   int
	Municipalities []option // to preview as
	Button         string
	Note           string
}

func (publishPage) file() string { return "publish/show.html" }

// audienceSwitch is one of the four choices. Name is the form's field.
type audienceSwitch struct {
	Name, Title, Text string
	On                bool
	Now               badge // what holds at the moment
}

// The fields of the form, which the preview takes in its address too.
const (
	audienceOwn      = survey.OwnField
	audiencePeers    = "jamforelse"
	audienceCounty   = "lan"
	audienceNational = "nationell"
)

func (s *Server) showPublishing(c *visit) error {
	round, err := s.Service.Round(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	chosen := round.Publication
	if round.Stage != survey.Published {
		chosen = survey.Publication{Own: true} // what a round is published with unless somebody says more
	}
	return s.publishPage(c, round, newForm(), chosen)
}

func (s *Server) publishPage(c *visit, round survey.Round, f *form, chosen survey.Publication) error {
	p := &publishPage{
		layout: layout{Title: "Publicering", Round: &round}, Form: f, Stage: round.Stage,
		Switches: audienceSwitches(round, chosen), Button: "Publicera omgång " + round.Code + " …",
		Note: "Inget val är slutgiltigt: allt går att ändra eller ta tillbaka efteråt.",
	}
	if round.Stage == survey.Published {
		p.Button, p.Published = "Ändra valen …", fullMoment(round.PublishedAt)
	}
	if !round.Frozen() {
		return s.show(c, p)
	}
	rep, err := s.Service.Results(c.ctx(), c.user, round.Code)
	if err != nil {
		return err
	}
	p.Participants = len(rep.Profiles)
	p.Municipalities = municipalityOptions(rep.Profiles, "")[1:]
	return s.showForm(c, f, p)
}

func audienceSwitches(r survey.Round, chosen survey.Publication) []audienceSwitch {
	now := r.Publication
	if r.Stage != survey.Published {
		now = survey.Publication{}
	}
	return []audienceSwitch{
		{audienceOwn, "Kommunens eget resultat",
			"Varje kommuns läsare ser den egna kommunens värden, placeringar och gruppernas medel. " +
				"Inga andra kommuners namn eller värden. De andra valen kräver att detta visas.", chosen.Own, shownBadge(now.Own)},
		{audiencePeers, "Jämförelse med valda kommuner",
			"Läsarna kan välja kommuner att jämföra med och ser då deras namn och värden.",
			chosen.Peers, shownBadge(now.Peers)},
		{audienceCounty, "Länets resultat",
			"Läsarna ser namn och värden för kommunerna i det egna länet.", chosen.County, shownBadge(now.County)},
		{audienceNational, "Nationell lista",
			"Alla kommuners läsare ser alla kommuners namn och värden. Sedan 2019 har SKR inte publicerat någon nationell lista.",
			chosen.National, shownBadge(now.National)},
	}
}

func shownBadge(on bool) badge {
	if on {
		return badge{"ok", "visas"}
	}
	return badge{"", "dold"}
}

// askPublish names what a choice of audiences opens and closes, before it does.
func (s *Server) askPublish(c *visit) error {
	round, err := s.Service.Round(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	back := address("omgangar", round.Code, "publicering")
	chosen, now := readAudiences(c.QueryParam), round.Publication
	if !round.Frozen() || round.Stage == survey.Published && chosen == now {
		s.leaveFlash(c, flash{State: "Inget ändrat", Text: "Valen är som de var."})
		return c.Redirect(http.StatusSeeOther, back)
	}
	if f := newForm(); f.wrong(chosen.Check()) {
		return s.publishPage(c, round, f, chosen)
	}
	rep, err := s.Service.Results(c.ctx(), c.user, round.Code)
	if err != nil {
		return err
	}
	q := publishQuestion(round, chosen, len(rep.Profiles))
	q.URL, q.Keep, q.Hidden = back, back, []option{{"version", c.QueryParam("version")}}
	for _, sw := range audienceSwitches(round, chosen) {
		value := "dold"
		if sw.On {
			value = "visas"
		}
		q.Hidden = append(q.Hidden, option{sw.Name, value})
	}
	return s.ask(c, &confirmPage{
		layout: layout{Title: "Publicering", Round: &round}, Above: link{Label: "Publicering", URL: back}, Confirm: q,
	})
}

// publishQuestion names the change for the n municipalities that take part.
func publishQuestion(r survey.Round, chosen survey.Publication, n int) confirm {
	public := r.Stage == survey.Published && r.Publication.Own
	readers := "Läsarna i " + kommuner(n)
	switch {
	case public && !chosen.Own:
		return confirm{
			Title: "Dölj omgång " + r.Code + " för " + kommuner(n) + "?", Button: "Dölj omgång " + r.Code,
			Effect: readers + " ser inte längre något av omgången. Den kan publiceras igen när som helst.",
		}
	case public:
		return confirm{
			Title: "Ändra vad " + kommuner(n) + " ser av omgång " + r.Code + "?", Button: "Ändra valen",
			Effect: readers + " ser " + shownText(chosen) + ", i stället för " + shownText(r.Publication) + ".",
		}
	case !chosen.Own:
		return confirm{
			Title: "Publicera omgång " + r.Code + " utan att någon ser den?", Button: "Publicera omgång " + r.Code, Stay: "Publicera inte",
			Effect: audienceText(chosen) + " Omgången får skedet publicerad, och valen går att ändra.",
		}
	}
	return confirm{
		Title: "Publicera omgång " + r.Code + " för " + kommuner(n) + "?", Button: "Publicera omgång " + r.Code, Stay: "Publicera inte",
		Effect: readers + " ser " + shownText(chosen) + " så snart du publicerar. Det går att dölja igen, " +
			"men det som någon redan har sett är sett.",
	}
}

func (s *Server) publish(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	chosen := readAudiences(f.text)
	if err := s.Service.Publish(c.ctx(), c.user, code, f.version(), chosen); err != nil {
		return s.done(c, err, address("omgangar", code, "publicering"))
	}
	return s.doneSaying(c, nil, address("omgangar", code, "publicering"), saved(audienceText(chosen)))
}

// readAudiences reads the switches from a form or an address.
func readAudiences(value func(string) string) survey.Publication {
	on := func(name string) bool { return value(name) == "visas" }
	return survey.Publication{
		Own: on(audienceOwn), Peers: on(audiencePeers), County: on(audienceCounty), National: on(audienceNational),
	}
}

// audienceText says what the choice means.
func audienceText(p survey.Publication) string {
	if !p.Own {
		return "Ingen kommun ser omgångens resultat."
	}
	return "Kommunernas läsare ser " + shownText(p) + "."
}

// shownText names what a choice shows: "det egna resultatet och jämförelsen".
func shownText(p survey.Publication) string {
	shown := []string{"det egna resultatet"}
	for _, more := range []struct {
		on   bool
		text string
	}{{p.Peers, "jämförelsen"}, {p.County, "länets resultat"}, {p.National, "den nationella listan"}} {
		if more.on {
			shown = append(shown, more.text)
		}
	}
	return listText(shown)
}

// previewPage is the reader's own page inside a frame that says so.
type previewPage struct {
	layout
	Name     string
	Choice   string // what is shown in words
	Back     string
	Reader   *readerView // nil: the reader would find nothing
	NotThere emptyState
}

func (previewPage) file() string { return "publish/preview.html" }

// previewReader shows what a municipality's reader would see. The switches
// stand in the address, so that they can be tried before they are saved;
// without them the saved ones hold.
func (s *Server) previewReader(c *visit) error {
	round, err := s.Service.Round(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	chosen := round.Publication
	if c.QueryParam(audienceOwn) != "" {
		chosen = readAudiences(c.QueryParam)
	} else if round.Stage != survey.Published {
		chosen = survey.Publication{Own: true}
	}
	code := c.QueryParam("kommun")
	p := &previewPage{
		layout: layout{Title: "Förhandsvisning", Round: &round}, Name: municipalityName(code),
		Choice: audienceText(chosen), Back: address("omgangar", round.Code, "publicering"), NotThere: nothingPublished(),
	}
	own, err := s.Service.PreviewResult(c.ctx(), c.user, round.Code, code, chosen)
	switch {
	case err == nil:
		view := newReaderView(own, c.Request().URL)
		p.Reader = &view
	case !errors.Is(err, survey.ErrNotFound):
		return err
	}
	return s.show(c, p)
}
