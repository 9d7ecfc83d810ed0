package web

import (
	"strconv"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

var practiceLeadRoutes = []route{
	{get, "/omgangar/:round/ovning", (*Server).showPracticeBook, may(survey.SeeContacts)},
	{post, "/omgangar/:round/ovning/regler", (*Server).savePracticeRules, may(survey.EditSetup)},
	{post, "/omgangar/:round/ovning/paket", (*Server).addPracticePackage, may(survey.EditSetup)},
	{get, "/omgangar/:round/ny-ovning", (*Server).showNewPractice, may(survey.EditSetup)},
	{post, "/omgangar/:round/ny-ovning", (*Server).addPractice, may(survey.EditSetup)},
	{get, "/omgangar/:round/ovning/overensstammelse", (*Server).showPracticeAgreement, may(survey.SeeContacts)},
	{get, "/omgangar/:round/ovning/nollstall/:email", (*Server).askResetPractice, may(survey.EditSetup)},
	{post, "/omgangar/:round/ovning/nollstall/:email", (*Server).resetPractice, may(survey.EditSetup)},
	{get, "/omgangar/:round/ovning/:practice", (*Server).showPracticeContact, may(survey.SeeContacts)},
	{post, "/omgangar/:round/ovning/:practice", (*Server).savePractice, may(survey.EditSetup)},
	{post, "/omgangar/:round/ovning/:practice/flytta", (*Server).movePractice, may(survey.EditSetup)},
	{post, "/omgangar/:round/ovning/:practice/anvand", (*Server).retirePractice, may(survey.EditSetup)},
}

var practiceLeadPages = []page{&practiceBookPage{}, &practiceFormPage{}, &practiceKeyPage{}, &practiceAgreementPage{}}

// practicePart is the part of a round's setup that practice is.
const practicePart = "ovning"

// practiceBookPage is a round's practice contacts and its rules for practice.
type practiceBookPage struct {
	setupFrame
	Form   *form // of the rules
	Groups []practiceGroup
	Used   int // practice contacts that are not retired
	Left   int // of the package that comes with the program, not in the round yet
	People peopleTally
}

func (practiceBookPage) file() string { return "practice/book.html" }

// practiceGroup is the practice contacts of a channel.
type practiceGroup struct {
	Channel survey.Channel
	Title   string
	Rows    []bookRow
}

// bookRow is a practice contact as those who lead see it.
type bookRow struct {
	survey.PracticeContact
	URL, Question string
	Number        int
	Answers       int
	Share         string // of their points that agree with the key
	First, Last   bool
}

// peopleTally is how far the evaluators have come.
type peopleTally struct{ All, Begun, Done, Passed int }

func (s *Server) practiceBook(c *visit) (fieldwork.PracticeBook, error) {
	return s.Service.PracticeBook(c.ctx(), c.user, c.Param("round"))
}

func (s *Server) showPracticeBook(c *visit) error {
	b, err := s.practiceBook(c)
	if err != nil {
		return err
	}
	d := b.Setup.Round.Design
	f := newForm("practice_pass", strconv.Itoa(d.PassAt()))
	for name, on := range map[string]bool{
		"practice_required": d.PracticeRequired, "practice_from_contacts": d.PracticeFromContacts,
	} {
		if on {
			f.set(name, "1")
		}
	}
	return s.practiceBookPage(c, b, f)
}

func (s *Server) practiceBookPage(c *visit, b fieldwork.PracticeBook, f *form) error {
	p := &practiceBookPage{
		setupFrame: openFrame(c, b.Setup, "Övning", practicePart), Form: f, People: tallyPeople(b),
		Left: b.NotAdded(), Groups: practiceGroups(b),
	}
	for _, x := range b.Contacts {
		if !x.Retired {
			p.Used++
		}
	}
	return s.showForm(c, f, p)
}

func practiceGroups(b fieldwork.PracticeBook) []practiceGroup {
	var groups []practiceGroup
	for _, ch := range survey.Channels {
		g := practiceGroup{Channel: ch, Title: channelTitle(ch)}
		for _, p := range b.Contacts {
			if p.Channel != ch {
				continue
			}
			q, _ := b.Setup.Round.Design.Question(p.Question)
			st := contactStanding(b, p)
			g.Rows = append(g.Rows, bookRow{
				PracticeContact: p, URL: setupPath(b.Setup.Round, practicePart, p.ID), Number: len(g.Rows) + 1,
				Question: p.Question + ", " + q.EmailSubject, Answers: st.Answered,
				Share: wholePercent(st.Agreed, st.Points), First: len(g.Rows) == 0,
			})
		}
		if n := len(g.Rows); n > 0 {
			g.Rows[n-1].Last = true
		}
		groups = append(groups, g)
	}
	return groups
}

// contactStanding counts everybody's answers to one practice contact.
func contactStanding(b fieldwork.PracticeBook, p survey.PracticeContact) (st survey.PracticeStanding) {
	for _, a := range b.Answers {
		if a.Practice == p.ID {
			st.Add(b.Setup.Round.Design, p, &a.Given)
		}
	}
	return st
}

// wholePercent is a share in whole percent, or a dash of nothing.
func wholePercent(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fullPercent(float64(n) / float64(of))
}

// tallyPeople counts the evaluators that have something to practise on.
func tallyPeople(b fieldwork.PracticeBook) (t peopleTally) {
	for _, e := range b.Setup.Evaluators {
		st := b.Standing(e.Email)
		if st.Asked == 0 {
			continue
		}
		t.All++
		if st.Answered > 0 {
			t.Begun++
		}
		if st.Done() {
			t.Done++
		}
		if st.Passed(b.Setup.Round.Design) {
			t.Passed++
		}
	}
	return t
}

func (s *Server) savePracticeRules(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	rules := fieldwork.PracticeRules{
		Required: f.checked("practice_required"), Pass: f.int("practice_pass"),
		FromContacts: f.checked("practice_from_contacts"),
	}
	if f.ok() {
		err = s.Service.SavePracticeRules(c.ctx(), c.user, code, f.version(), rules)
	}
	if f.retry(err) {
		b, err := s.practiceBook(c)
		if err != nil {
			return err
		}
		return s.practiceBookPage(c, b, f)
	}
	text := "Ingen godkänd övning krävs."
	if rules.Required {
		text = "Godkänd övning krävs innan en bedömare börjar ringa och skicka, med minst " + number(rules.Pass) + nbsp +
			"% lika med facit. Det som redan är påbörjat får göras klart."
	}
	return s.doneSaying(c, err, address("omgangar", code, practicePart), saved(text))
}

func (s *Server) addPracticePackage(c *visit) error {
	if _, err := s.form(c); err != nil {
		return err
	}
	code := c.Param("round")
	added, err := s.Service.AddPracticePackage(c.ctx(), c.user, code)
	return s.doneSaying(c, err, address("omgangar", code, practicePart),
		saved(number(added)+plural(added, " övningskontakt är inlagd.", " övningskontakter är inlagda.")+
			" Läs igenom dem och ändra det som inte stämmer med er."))
}

// practiceID reads which practice contact the address names.
func practiceID(c *visit) (survey.PracticeID, error) {
	return survey.ParseID[survey.PracticeContact](c.Param("practice"))
}

func (s *Server) movePractice(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	id, err := practiceID(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	err = s.Service.MovePractice(c.ctx(), c.user, code, id, f.text("to") == "up")
	return s.done(c, err, address("omgangar", code, practicePart)+"#o-"+id.String())
}

func (s *Server) retirePractice(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	id, err := practiceID(c)
	if err != nil {
		return err
	}
	code, retired := c.Param("round"), f.checked("retired")
	err = s.Service.RetirePractice(c.ctx(), c.user, code, f.version(), id, retired)
	text := "Övningskontakten används igen."
	if retired {
		text = "Övningskontakten används inte längre. Svaren finns kvar."
	}
	return s.doneSaying(c, err, address("omgangar", code, practicePart), saved(text))
}
