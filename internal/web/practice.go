package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"servicematning/internal/fieldwork"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

var practiceRoutes = []route{
	{get, "/ovning", (*Server).listPractice, may(survey.PerformContacts)},
	{get, "/ovning/:id", (*Server).showPractice, may(survey.PerformContacts)},
	{post, "/ovning/:id", (*Server).answerPractice, may(survey.PerformContacts)},
}

var practicePages = []page{&practiceListPage{}, &practicePage{}}

// practiceListPage is an evaluator's practice: what to do, what is done, and
// how far it agrees with the keys.
type practiceListPage struct {
	layout
	Practising fieldwork.Practising
	Others     []link // the evaluator's other rounds
	Todo, Done []practiceRow
	Gate       *gatePart
	Agreement  []agreementTable
	All        results.Agreement
}

func (practiceListPage) file() string { return "practice/list.html" }

// practiceRow is a practice contact in a list.
type practiceRow struct {
	URL, Name, Title, Question string // Title is "" until it is answered
	Call, Retired              bool
	Agreed, Points             int
	Side                       badge
	When                       string
}

// gatePart says what the round asks for before the first real contact.
type gatePart struct {
	State badge
	Text  string
	Bar   barPart
	URL   string // of the practice
}

func (s *Server) listPractice(c *visit) error {
	codes, err := s.Service.PracticeRounds(c.ctx(), c.user)
	if err != nil {
		return err
	}
	code := c.QueryParam("omgang")
	switch {
	case code == "" && len(codes) == 0:
		return s.show(c, &practiceListPage{layout: layout{Title: "Övning"}})
	case code == "":
		code = codes[0]
	}
	p, err := s.Service.Practising(c.ctx(), c.user, code)
	if err != nil {
		return err
	}
	return s.show(c, newPracticeListPage(p, codes))
}

func newPracticeListPage(p fieldwork.Practising, codes []string) *practiceListPage {
	page := &practiceListPage{layout: layout{Title: "Övning", Round: &p.Round}, Practising: p, Gate: newGate(p.Round, p.Standing)}
	for _, code := range codes {
		if code != p.Round.Code {
			page.Others = append(page.Others, link{Label: "Omgång " + code, URL: practiceURL(code)})
		}
	}
	var judged []results.Judged
	for _, t := range p.Tasks {
		row := newPracticeRow(p.Round, t)
		if t.Answer == nil {
			page.Todo = append(page.Todo, row)
			continue
		}
		page.Done = append(page.Done, row)
		judged = append(judged, results.Judged{Contact: t.Contact, Given: t.Answer.Given})
	}
	points, all := results.Agree(p.Round.Design, judged)
	page.Agreement, page.All = agreementTables(p.Round.Design, points), all
	return page
}

// practiseFirst leads to the practice that the round asks for before real
// contacts; said is what else the visitor is told.
func (s *Server) practiseFirst(c *visit, round string, said *flash, why error) error {
	told := flash{"warn", "Övningen först", why.Error()}
	if said != nil {
		told = flash{said.Kind, said.State, said.Text + " " + why.Error()}
	}
	s.leaveFlash(c, told)
	return c.Redirect(http.StatusSeeOther, practiceURL(round))
}

func practiceURL(round string) string { return "/ovning?" + url.Values{"omgang": {round}}.Encode() }

// taskName is what a practice contact is called before its title may be shown.
func taskName(t fieldwork.PracticeTask) string {
	if t.Contact.Channel == survey.Phone {
		return "Övningssamtal " + number(t.Number)
	}
	return "Övningsbrev " + number(t.Number)
}

func newPracticeRow(r survey.Round, t fieldwork.PracticeTask) practiceRow {
	q, _ := r.Design.Question(t.Contact.Question)
	row := practiceRow{
		URL: address("ovning", t.Contact.ID), Name: taskName(t), Title: t.Contact.Title, Question: q.EmailSubject,
		Call: t.Contact.Channel == survey.Phone, Retired: t.Contact.Retired,
	}
	if t.Answer == nil {
		return row
	}
	var st survey.PracticeStanding
	st.Add(r.Design, t.Contact, &t.Answer.Given)
	row.Agreed, row.Points, row.When = st.Agreed, st.Points, survey.MomentText(t.Answer.At)
	row.Side = badge{"warn", "olika på " + number(st.Points-st.Agreed)}
	if st.Agreed == st.Points {
		row.Side = badge{"ok", "som facit"}
	}
	return row
}

// practiceGate is what the visitor is to practise before the first real contact
// of the round; nil when nothing stands in the way.
func (s *Server) practiceGate(c *visit, r survey.Round) (*gatePart, error) {
	if !r.Design.PracticeRequired || r.Stage != survey.Fieldwork {
		return nil, nil
	}
	st, err := s.Service.PracticeStanding(c.ctx(), c.user, r)
	if err != nil || st.Passed(r.Design) {
		return nil, err
	}
	return newGate(r, st), nil
}

// newGate is nil where the round asks for no passed practice, or there is
// nothing to practise on.
func newGate(r survey.Round, st survey.PracticeStanding) *gatePart {
	d := r.Design
	if !d.PracticeRequired || st.Asked == 0 {
		return nil
	}
	g := &gatePart{Bar: newBar(st.Answered, st.Asked), URL: practiceURL(r.Code)}
	demand := "Minst " + number(d.PassAt()) + nbsp + "% av punkterna ska vara lika med facit"
	switch {
	case st.Passed(d):
		g.State, g.Text = badge{"ok", "godkänd"}, "Övningen är godkänd. Du kan ringa och skicka."
	case st.Done():
		g.State = badge{"late", "inte godkänd"}
		g.Text = st.Gate(d).Error()
	default:
		g.State = badge{"warn", "återstår"}
		g.Text = "Omgången kräver godkänd övning innan du ringer eller skickar din första kontakt. " + demand +
			" när alla övningskontakter är besvarade. Du har svarat på " + number(st.Answered) + " av " + number(st.Asked) + "."
	}
	return g
}

// AllText is the agreement on everything.
func (p *practiceListPage) AllText() string { return shareText(p.All.Share) }

// AllBetween is its interval.
func (p *practiceListPage) AllBetween() string { return intervalText(p.All.Share) }

// practicePage is one practice contact: to be judged, or beside its key.
type practicePage struct {
	layout
	Task     fieldwork.PracticeTask
	Question survey.Question
	Form     *form
	Key      []verdictRow // once it has been answered
	Agreed   int
	Next     *link
	Left     int // practice contacts left to answer, this one too
}

func (practicePage) file() string { return "practice/show.html" }

func (s *Server) showPractice(c *visit) error {
	id, err := survey.ParseID[survey.PracticeContact](c.Param("id"))
	if err != nil {
		return err
	}
	return s.practicePage(c, id, newForm())
}

func (s *Server) practicePage(c *visit, id survey.PracticeID, f *form) error {
	task, all, err := s.Service.PracticeTask(c.ctx(), c.user, id)
	if err != nil {
		return err
	}
	return s.showForm(c, f, newPracticePage(task, all, f))
}

func newPracticePage(task fieldwork.PracticeTask, all fieldwork.Practising, f *form) *practicePage {
	p := &practicePage{
		layout: layout{Title: taskName(task), Round: &all.Round}, Task: task, Form: f,
	}
	p.Question, _ = all.Round.Design.Question(task.Contact.Question)
	if task.Answer != nil {
		p.Key = verdictRows(all.Round.Design, task.Contact, task.Answer.Given)
	}
	for _, r := range p.Key {
		if r.Verdict == survey.SameAsKey {
			p.Agreed++
		}
	}
	p.Next, p.Left = nextTask(all, task.Contact.ID)
	return p
}

// nextTask leads to the first task after this one that is not answered, and
// says how many are.
func nextTask(all fieldwork.Practising, id survey.PracticeID) (next *link, left int) {
	here := slices.IndexFunc(all.Tasks, func(t fieldwork.PracticeTask) bool { return t.Contact.ID == id })
	for i := range all.Tasks {
		t := all.Tasks[(here+1+i)%len(all.Tasks)]
		if t.Answer != nil {
			continue
		}
		left++
		if next == nil && t.Contact.ID != id {
			next = &link{Label: taskName(t), URL: address("ovning", t.Contact.ID)}
		}
	}
	return next, left
}

// answerPractice keeps what was judged and shows the key.
func (s *Server) answerPractice(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	id, err := survey.ParseID[survey.PracticeContact](c.Param("id"))
	if err != nil {
		return err
	}
	err = s.Service.AnswerPractice(c.ctx(), c.user, id, readJudgement(f))
	if f.wrong(err) {
		return s.practicePage(c, id, f)
	}
	target := address("ovning", id)
	if own := new(survey.Refusal); errors.As(err, &own) && errors.Is(err, survey.ErrConflict) {
		s.leaveFlash(c, flash{"warn", "Inte sparat", own.Message})
		return c.Redirect(http.StatusSeeOther, target)
	}
	return s.doneSaying(c, err, target, saved("Ditt svar gäller. Här är facit."))
}

// practicePlace stands for the municipality, which is never named.
const practicePlace = "kommunen"

// Call reports whether the practice contact is a call.
func (p *practicePage) Call() bool { return p.Task.Contact.Channel == survey.Phone }

// Above is the list that the practice contact stands in.
func (p *practicePage) Above() string { return practiceURL(p.Round.Code) }

// Story is what happens, line by line.
func (p *practicePage) Story() []storyLine { return storyLines(p.Task.Contact.Story) }

// AnswerKey is what a right answer to the question holds.
func (p *practicePage) AnswerKey() []string { return keyPoints(p.Question.AnswerKey, practicePlace) }

// Say is the question as it was put.
func (p *practicePage) Say() string {
	if p.Call() {
		return survey.Said(p.Question.PhoneText, practicePlace)
	}
	return survey.Said(p.Question.EmailText, practicePlace)
}

// Fields are the controls to judge with.
func (p *practicePage) Fields() judgementFields {
	return newJudgementFields(p.Round.Design, p.Task.Contact.Channel, p.Question, p.Form)
}
