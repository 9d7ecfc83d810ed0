package web

import (
	"strings"

	"servicematning/internal/survey"
)

var questionRoutes = []route{
	{get, "/omgangar/:round/fragor", (*Server).listQuestions, may(survey.SeeSetup)},
	{get, "/omgangar/:round/ny-fraga", (*Server).showNewQuestion, may(survey.EditSetup)},
	{post, "/omgangar/:round/ny-fraga", (*Server).addQuestion, may(survey.EditSetup)},
	{get, "/omgangar/:round/fragor/:question", (*Server).showQuestion, may(survey.SeeSetup)},
	{post, "/omgangar/:round/fragor/:question", (*Server).saveQuestion, may(survey.EditSetup)},
	{post, "/omgangar/:round/fragor/:question/dra-tillbaka", (*Server).withdrawQuestion, may(survey.EditSetup)},
	{get, "/omgangar/:round/fragor/:question/ta-bort", (*Server).askRemoveQuestion, may(survey.EditSetup)},
	{post, "/omgangar/:round/fragor/:question/ta-bort", (*Server).removeQuestion, may(survey.EditSetup)},
}

var questionPages = []page{&questionsPage{}, &questionPage{}, &questionFormPage{}}

// questionsPage is the question bank.
type questionsPage struct {
	setupFrame
	State planState
	Areas []questionGroup
	Table table
}

func (questionsPage) file() string { return "question/list.html" }

// questionGroup is an area's questions.
type questionGroup struct {
	Area      survey.QuestionArea
	Questions []survey.Question
}

// questionRow is a question with its place in the bank.
type questionRow struct {
	survey.Question
	n int
}

var questionTable = tableRules[questionRow]{
	start: "bank", label: "Kod eller ord i frågan",
	name: func(r questionRow) string { return r.Code },
	words: func(r questionRow) string {
		return r.Code + " " + r.EmailSubject + " " + r.PhoneText + " " + r.EmailText
	},
	texts:   map[string]func(questionRow) string{"amne": func(r questionRow) string { return r.EmailSubject }},
	numbers: map[string]func(questionRow) float64{"bank": func(r questionRow) float64 { return float64(r.n) }},
}

func (s *Server) listQuestions(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	p := &questionsPage{setupFrame: newSetupFrame(c, set, "Frågor", "fragor")}
	if p.State, err = s.planState(c, set); err != nil {
		return err
	}
	rows := make([]questionRow, len(set.Round.Design.Questions))
	for i, q := range set.Round.Design.Questions {
		rows[i] = questionRow{q, i}
	}
	rows, p.Table = questionTable.sift(c, rows)
	for _, a := range set.Round.Design.Areas {
		g := questionGroup{Area: a}
		for _, r := range rows {
			if r.Area == a {
				g.Questions = append(g.Questions, r.Question)
			}
		}
		if p.Table.Search == "" || len(g.Questions) > 0 {
			p.Areas = append(p.Areas, g)
		}
	}
	return s.show(c, p)
}

// questionPage shows one question to those who cannot change it.
type questionPage struct {
	setupFrame
	Question survey.Question
	Key      []string // the points of the answer key
	Next     string   // code of the question after it, "" for the last one
	Withdraw bool     // the visitor may withdraw it, or take that back
}

func (questionPage) file() string { return "question/show.html" }

// questionFormPage changes a question or adds one.
type questionFormPage struct {
	setupFrame
	Form  *form
	Old   string // code of the question, "" for a new one
	Areas []option
	Next  string
}

func (questionFormPage) file() string { return "question/form.html" }

// OwnVersion is that of the question, so that only a change of the same one is
// in the way; 0 for a new one.
func (p *questionFormPage) OwnVersion() int {
	if p.Old == "" {
		return 0
	}
	q, _ := p.Round.Design.Question(p.Old)
	return survey.VersionOf(q)
}

func (s *Server) showQuestion(c *visit) error {
	set, q, err := s.questionOf(c)
	if err != nil {
		return err
	}
	frame := newSetupFrame(c, set, q.Code, "fragor")
	if frame.Edit {
		return s.questionForm(c, set, q.Code, formOfQuestion(q))
	}
	return s.show(c, &questionPage{
		setupFrame: frame, Question: q, Key: strings.Split(q.AnswerKey, "\n"), Next: questionAfter(set.Round.Design, q.Code),
		Withdraw: c.user.May(survey.EditSetup) && set.Round.Open() == nil,
	})
}

// withdrawQuestion stops planning contacts for a question, or begins again.
func (s *Server) withdrawQuestion(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code, question := c.Param("round"), c.Param("question")
	withdrawn := f.checked("withdrawn")
	err = s.Service.WithdrawQuestion(c.ctx(), c.user, code, f.version(), question, withdrawn)
	said := "Frågan " + question + " är tillbakadragen. Inga fler kontakter planeras för den."
	if !withdrawn {
		said = "Frågan " + question + " ställs igen."
	}
	return s.doneSaying(c, err, address("omgangar", code, "fragor"), saved(said))
}

// questionOf finds the question that the address names.
func (s *Server) questionOf(c *visit) (survey.Setup, survey.Question, error) {
	set, err := s.setup(c)
	if err != nil {
		return set, survey.Question{}, err
	}
	q, ok := set.Round.Design.Question(c.Param("question"))
	if !ok {
		return set, q, survey.ErrNotFound
	}
	return set, q, nil
}

// questionAfter gives the code of the next question in the bank.
func questionAfter(d survey.Design, code string) string {
	for i, q := range d.Questions {
		if q.Code == code && i+1 < len(d.Questions) {
			return d.Questions[i+1].Code
		}
	}
	return ""
}

func formOfQuestion(q survey.Question) *form {
	return newForm("area", string(q.Area), "question", q.Code, "phone_text", q.PhoneText, "email_subject", q.EmailSubject,
		"email_text", q.EmailText, "answer_key", q.AnswerKey,
		"anchor_good", q.AnchorGood, "anchor_fair", q.AnchorFair, "anchor_poor", q.AnchorPoor)
}

func (s *Server) questionForm(c *visit, set survey.Setup, old string, f *form) error {
	title := "Ny fråga"
	if old != "" {
		title = "Frågan " + old
	}
	p := &questionFormPage{
		setupFrame: newSetupFrame(c, set, title, "fragor"), Form: f, Old: old, Next: questionAfter(set.Round.Design, old),
	}
	for _, a := range set.Round.Design.Areas {
		p.Areas = append(p.Areas, option{string(a), a.Title()})
	}
	return s.showForm(c, f, p)
}

// question reads a question from the form.
func (f *form) question() survey.Question {
	return survey.Question{
		Area: survey.QuestionArea(f.text("area")), Code: strings.ToUpper(f.text("question")),
		PhoneText: f.text("phone_text"), EmailSubject: f.text("email_subject"), EmailText: f.text("email_text"),
		AnswerKey:  f.text("answer_key"),
		AnchorGood: f.text("anchor_good"), AnchorFair: f.text("anchor_fair"), AnchorPoor: f.text("anchor_poor"),
	}
}

func (s *Server) showNewQuestion(c *visit) error {
	set, err := s.draft(c, "fragor")
	if err != nil {
		return err
	}
	return s.questionForm(c, set, "", newForm("area", c.QueryParam("omrade")))
}

func (s *Server) addQuestion(c *visit) error { return s.putQuestion(c, "") }

func (s *Server) saveQuestion(c *visit) error { return s.putQuestion(c, c.Param("question")) }

func (s *Server) putQuestion(c *visit, old string) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	q := f.question()
	if q.Code != old && strings.EqualFold(q.Code, old) {
		q.Code = old // only the case differs: a code from a file may be in small letters
	}
	err = s.Service.SaveQuestion(c.ctx(), c.user, set.Round.Code, f.version(), old, q)
	if f.retry(err) {
		return s.questionForm(c, set, old, f)
	}
	target := setupPath(set.Round, "fragor")
	if next := questionAfter(set.Round.Design, old); f.checked("next") && next != "" {
		target = setupPath(set.Round, "fragor", next)
	}
	return s.doneSaying(c, err, target, saved("Frågan "+q.Code+" är sparad."))
}

// askRemoveQuestion asks before a question is taken out.
func (s *Server) askRemoveQuestion(c *visit) error {
	set, q, err := s.questionOf(c)
	if err == nil {
		err = s.locked(c, set.Round, "fragor", set.Round.Editable())
	}
	if err != nil {
		return err
	}
	n, err := s.countContacts(c, set.Round, survey.ContactFilter{Question: q.Code, States: []survey.State{survey.Planned}})
	if err != nil {
		return err
	}
	fewer := set.Round.Design
	fewer.Questions = fewer.Questions[1:]
	return s.askSetup(c, set, "Ta bort frågan "+q.Code, "fragor", confirm{
		URL: setupPath(set.Round, "fragor", q.Code, "ta-bort"), Keep: setupPath(set.Round, "fragor", q.Code),
		Title: "Ta bort " + withContacts("frågan "+q.Code, n) + "?",
		Effect: "”" + q.EmailSubject + "” försvinner ur omgången: frågans texter, facit och nivåbeskrivningar. Varje kommun får " +
			number(fewer.Quota()) + " kontakter per kanal i stället för " + number(set.Round.Design.Quota()) + "." +
			contactsGo(n),
		Button: "Ta bort frågan " + q.Code,
	})
}

func (s *Server) removeQuestion(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code, question := c.Param("round"), c.Param("question")
	err = s.Service.RemoveQuestion(c.ctx(), c.user, code, f.version(), question)
	return s.doneSaying(c, err, address("omgangar", code, "fragor"), saved("Frågan "+question+" är borttagen."))
}
