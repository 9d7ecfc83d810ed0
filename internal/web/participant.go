package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var participantRoutes = []route{
	{get, "/omgangar/:round/kommuner", (*Server).listParticipants, may(survey.SeeSetup)},
	{get, "/omgangar/:round/lagg-till-kommuner", (*Server).showAddParticipants, may(survey.EditSetup)},
	{post, "/omgangar/:round/lagg-till-kommuner", (*Server).addParticipants, may(survey.EditSetup)},
	{get, "/omgangar/:round/kommuner/:municipality", (*Server).showParticipant, may(survey.SeeSetup)},
	{post, "/omgangar/:round/kommuner/:municipality", (*Server).saveParticipant, may(survey.EditSetup)},
	{get, "/omgangar/:round/kommuner/:municipality/ta-bort", (*Server).askRemoveParticipant, may(survey.EditSetup)},
	{post, "/omgangar/:round/kommuner/:municipality/ta-bort", (*Server).removeParticipant, may(survey.EditSetup)},
}

var participantPages = []page{
	&participantsPage{}, &participantPage{}, &participantFormPage{}, &addParticipantsPage{},
}

// participantsPage lists the municipalities that take part.
type participantsPage struct {
	factFrame
	Filter participantFilter
	Table  table
	Rows   []survey.Participant
	Pager  pager
	All    int  // without the filter
	Add    bool // more municipalities can be taken in
}

func (participantsPage) file() string { return "participant/list.html" }

const participantsPerPage = 100

// participantFilter chooses municipalities by words and county.
type participantFilter struct {
	Search, County string
	Counties       []option
}

// newParticipantFilter reads the filter; ms are those there are to choose from.
func newParticipantFilter(c *visit, ms []survey.Municipality) participantFilter {
	f := participantFilter{Search: strings.TrimSpace(c.QueryParam("sok")), County: c.QueryParam("lan")}
	seen := map[string]bool{}
	for _, m := range ms {
		if !seen[m.CountyCode] {
			seen[m.CountyCode] = true
			f.Counties = append(f.Counties, option{m.CountyCode, m.County})
		}
	}
	sortSwedish(f.Counties, func(o option) string { return o.Label })
	return f
}

// Any reports whether anything is filtered.
func (f participantFilter) Any() bool { return f.Search != "" || f.County != "" }

func (f participantFilter) admits(m survey.Municipality) bool {
	return (f.County == "" || m.CountyCode == f.County) && containsWords(m.Code+" "+m.Name, f.Search)
}

func (s *Server) listParticipants(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	frame, err := s.newFactFrame(c, set, "Kommuner", "kommuner")
	if err != nil {
		return err
	}
	p := &participantsPage{
		factFrame: frame, All: len(set.Participants), Add: frame.Edit && set.Round.Plannable() == nil,
		Filter: newParticipantFilter(c, municipalitiesOf(set.Participants)),
	}
	for _, x := range set.Participants {
		if p.Filter.County == "" || p.Filter.County == x.CountyCode {
			p.Rows = append(p.Rows, x)
		}
	}
	p.Rows, p.Table = participantTable.sift(c, p.Rows)
	p.Pager = newPager(c, participantsPerPage, len(p.Rows))
	p.Rows = p.Rows[p.Pager.Offset:p.Pager.Last]
	return s.show(c, p)
}

func municipalitiesOf(ps []survey.Participant) []survey.Municipality {
	ms := make([]survey.Municipality, len(ps))
	for i, p := range ps {
		ms[i] = p.Municipality
	}
	return ms
}

var participantTable = tableRules[survey.Participant]{
	start: "namn", label: "Namn, kod eller adress",
	name: func(p survey.Participant) string { return p.Name },
	words: func(p survey.Participant) string {
		return strings.Join([]string{p.Code, p.Name, p.Email, p.Phone, phoneText(p.Phone)}, " ")
	},
	texts: map[string]func(survey.Participant) string{
		"lan":   func(p survey.Participant) string { return p.County },
		"epost": func(p survey.Participant) string { return p.Email },
	},
	numbers: map[string]func(survey.Participant) float64{
		"klass": func(p survey.Participant) float64 { return float64(classStart(p.SizeClass)) },
		"folk":  func(p survey.Participant) float64 { return float64(p.Population) },
	},
}

// classStart is the number that a size class begins with: "20000-29999", "200000+".
func classStart(class string) int {
	digits, _, _ := strings.Cut(strings.TrimSuffix(class, "+"), "-")
	n, _ := strconv.Atoi(digits)
	return n
}

// classText writes a size class as "20 000–29 999".
func classText(class string) string {
	from, to, span := strings.Cut(class, "-")
	low, err := strconv.Atoi(strings.TrimSuffix(from, "+"))
	if err != nil {
		return class
	}
	high, err := strconv.Atoi(to)
	switch {
	case span && err == nil:
		return number(low) + "–" + number(high)
	case strings.HasSuffix(class, "+"):
		return number(low) + " eller fler"
	}
	return class
}

// Class writes a participant's size class.
func (participantsPage) Class(p survey.Participant) string { return classText(p.SizeClass) }

// Tel writes a participant's main number as it is read aloud.
func (participantsPage) Tel(p survey.Participant) string { return phoneText(p.Phone) }

// Hours says when a participant's main number is open.
func (participantsPage) Hours(p survey.Participant) string { return hoursOf(p) }

func hoursOf(p survey.Participant) string {
	if p.Hours == (officehours.Hours{}) {
		return ""
	}
	return spanText(p.Hours)
}

// TakesPart says between which days a participant is with, "" for the whole period.
func (participantsPage) TakesPart(p survey.Participant) string { return takesPartText(p) }

func takesPartText(p survey.Participant) string {
	var parts []string
	if !p.Joined.IsZero() {
		parts = append(parts, "med från "+survey.DayText(p.Joined))
	}
	if !p.Left.IsZero() {
		parts = append(parts, "lämnar "+survey.DayText(p.Left))
	}
	return strings.Join(parts, ", ")
}

// participantPage shows one participant to those who cannot change it.
type participantPage struct {
	setupFrame
	About []setupFact
}

func (participantPage) file() string { return "participant/show.html" }

// participantFormPage changes one participant.
type participantFormPage struct {
	setupFrame
	Form    *form
	About   survey.Participant
	Classes []option
}

func (participantFormPage) file() string { return "participant/form.html" }

// OwnVersion is that of the participant, so that only a change of the same one
// is in the way.
func (p *participantFormPage) OwnVersion() int { return survey.VersionOf(p.About) }

// participantOf finds the participant that the address names.
func (s *Server) participantOf(c *visit) (survey.Setup, survey.Participant, error) {
	set, err := s.setup(c)
	if err != nil {
		return set, survey.Participant{}, err
	}
	p, ok := set.Participant(c.Param("municipality"))
	if !ok {
		return set, p, survey.ErrNotFound
	}
	return set, p, nil
}

func (s *Server) showParticipant(c *visit) error {
	set, x, err := s.participantOf(c)
	if err != nil {
		return err
	}
	frame := openFrame(c, set, x.Name, "kommuner")
	if !frame.Edit {
		return s.show(c, &participantPage{frame, participantFacts(set.Round, x)})
	}
	f := newForm("phone", x.Phone, "email", x.Email, "population", number(x.Population), "size_class", x.SizeClass)
	f.setHours(x.Hours)
	f.setDate("joined", x.Joined)
	f.setDate("left", x.Left)
	return s.participantForm(c, set, x, f)
}

// setDate shows a day, or nothing.
func (f *form) setDate(name string, d officehours.Date) {
	if !d.IsZero() {
		f.set(name, survey.DateText(d))
	}
}

func participantFacts(r survey.Round, p survey.Participant) []setupFact {
	hours := hoursOf(p)
	if hours == "" {
		hours = "som kalendern, " + spanText(officehours.Hours{Opens: r.Calendar.Opens, Closes: r.Calendar.Closes})
	}
	return []setupFact{
		{"Kommunkod", p.Code, ""}, {"Telefon, huvudnummer", phoneText(p.Phone), ""}, {"E-post, officiell adress", p.Email, ""},
		{"Växeln öppen", hours, ""}, {"Deltar", cmp.Or(takesPartText(p), "hela perioden"), ""}, {"Län", p.County, ""}, {"Folkmängd", number(p.Population), ""},
		{"Storleksklass", classText(p.SizeClass), ""}, {"Kommungrupp", p.SKRGroup, ""},
	}
}

func (s *Server) participantForm(c *visit, set survey.Setup, x survey.Participant, f *form) error {
	p := &participantFormPage{setupFrame: openFrame(c, set, x.Name, "kommuner"), Form: f, About: x}
	seen := map[string]bool{}
	for _, m := range append(survey.BundledMunicipalities(), municipalitiesOf(set.Participants)...) {
		if !seen[m.SizeClass] {
			seen[m.SizeClass] = true
			p.Classes = append(p.Classes, option{m.SizeClass, classText(m.SizeClass)})
		}
	}
	slices.SortFunc(p.Classes, func(a, b option) int { return cmp.Compare(classStart(a.Value), classStart(b.Value)) })
	return s.showForm(c, f, p)
}

func (s *Server) saveParticipant(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	set, x, err := s.participantOf(c)
	if err != nil {
		return err
	}
	changed := x
	changed.Phone, changed.Email = f.phone("phone"), f.text("email")
	changed.Hours = f.hours("opens", "closes")
	f.today = set.Round.Period.From // "3 nov" is the one nearest to the period
	changed.Joined, changed.Left = f.dateIfGiven("joined"), f.dateIfGiven("left")
	if set.Round.Editable() == nil {
		changed.Population, changed.SizeClass = f.int("population"), f.text("size_class")
	}
	if f.ok() {
		err = s.Service.SaveParticipant(c.ctx(), c.user, set.Round.Code, f.version(), changed)
	}
	if f.retry(err) {
		return s.participantForm(c, set, x, f)
	}
	return s.doneSaying(c, err, setupPath(set.Round, "kommuner"), saved(x.Name+" är ändrad."))
}

// phone reads a telephone number into its international form; what is none
// stays as it was written and is refused by the participant's own rules.
func (f *form) phone(name string) string {
	if normal, ok := survey.NormalPhone(f.text(name)); ok {
		return normal
	}
	return f.text(name)
}

// hours reads opening hours: both ends or none.
func (f *form) hours(opens, closes string) officehours.Hours {
	switch {
	case !f.given(opens) && !f.given(closes):
		return officehours.Hours{}
	case !f.given(closes):
		f.Errors.Add(closes, "Skriv båda tiderna eller ingen.")
	case !f.given(opens):
		f.Errors.Add(opens, "Skriv båda tiderna eller ingen.")
	default:
		h := officehours.Hours{Opens: f.clock(opens), Closes: f.clock(closes)}
		if f.Errors.On(opens) == "" && f.Errors.On(closes) == "" && h.Opens == h.Closes {
			f.Errors.Add(closes, "Stängningstiden ska vara efter öppningstiden.")
		}
		return h
	}
	return officehours.Hours{}
}

// askRemoveParticipant asks before a municipality is taken out.
func (s *Server) askRemoveParticipant(c *visit) error {
	set, x, err := s.participantOf(c)
	if err == nil {
		err = s.locked(c, set.Round, "kommuner", set.Round.Editable())
	}
	if err != nil {
		return err
	}
	n, err := s.countContacts(c, set.Round, survey.ContactFilter{Municipality: x.Code, States: []survey.State{survey.Planned}})
	if err != nil {
		return err
	}
	return s.askSetup(c, set, "Ta bort "+x.Name, "kommuner", confirm{
		URL: setupPath(set.Round, "kommuner", x.Code, "ta-bort"), Keep: setupPath(set.Round, "kommuner", x.Code),
		Title: "Ta bort " + withContacts(x.Name, n) + "?",
		Effect: "Telefonnumret, adressen och de tilldelningar som gäller just " + x.Name +
			" försvinner ur omgång " + set.Round.Code + "." + contactsGo(n) + " Kommunen finns kvar i registret.",
		Button: "Ta bort " + x.Name,
	})
}

func (s *Server) removeParticipant(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code, municipality := c.Param("round"), c.Param("municipality")
	err = s.Service.RemoveParticipant(c.ctx(), c.user, code, f.version(), municipality)
	return s.doneSaying(c, err, address("omgangar", code, "kommuner"),
		saved(municipalityName(municipality)+" är borttagen ur omgången."))
}
