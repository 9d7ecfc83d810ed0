package web

import (
	"fmt"
	"slices"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// practiceFormPage writes a practice contact, or changes one.
type practiceFormPage struct {
	setupFrame
	Form      *form
	Practice  survey.PracticeContact // what is changed, or what a new one begins as
	Questions []option
	Fields    judgementFields
	Reasons   []field
	Answers   int
	Remarks   []string // what in the stored texts may name somebody
	Back      string
}

func (practiceFormPage) file() string { return "practice/form.html" }

// practiceKeyPage shows a practice contact with its key to those who cannot
// change it.
type practiceKeyPage struct {
	setupFrame
	Practice survey.PracticeContact
	Question survey.Question
	Rows     []verdictRow
}

func (practiceKeyPage) file() string { return "practice/key.html" }

// Call reports whether the practice contact is a call.
func (p *practiceFormPage) Call() bool { return p.Practice.Channel == survey.Phone }

// New reports whether it is not kept yet.
func (p *practiceFormPage) New() bool { return p.Practice.ID.IsZero() }

// Action is where the form is sent.
func (p *practiceFormPage) Action() string {
	if p.New() {
		return setupPath(*p.Round, "ny-ovning")
	}
	return setupPath(*p.Round, practicePart, p.Practice.ID)
}

// Call reports whether the practice contact is a call.
func (p *practiceKeyPage) Call() bool { return p.Practice.Channel == survey.Phone }

// Story is what happens, line by line.
func (p *practiceKeyPage) Story() []storyLine { return storyLines(p.Practice.Story) }

// showNewPractice begins an empty practice contact of a channel, or one that
// tells a reviewed contact.
func (s *Server) showNewPractice(c *visit) error {
	b, err := s.practiceBook(c)
	if err == nil {
		err = s.locked(c, b.Setup.Round, practicePart, b.Setup.Round.Open())
	}
	if err != nil {
		return err
	}
	p := survey.PracticeContact{Channel: channelOf(c.QueryParam("kanal"))}
	if given := c.QueryParam("kontakt"); given != "" {
		id, err := survey.ParseID[survey.Contact](given)
		if err != nil {
			return err
		}
		if p, err = s.Service.BorrowPractice(c.ctx(), c.user, b.Setup.Round.Code, id); err != nil {
			return err
		}
	}
	return s.practiceForm(c, b, p, formOfPractice(p))
}

func channelOf(name string) survey.Channel {
	if survey.Channel(name) == survey.Email {
		return survey.Email
	}
	return survey.Phone
}

func formOfPractice(p survey.PracticeContact) *form {
	f := newForm("question", p.Question, "title", p.Title, "story", p.Story)
	writeJudgement(f, p.Key)
	for point, reason := range p.Reasons {
		f.set("reason_"+string(point), reason)
	}
	return f
}

func (s *Server) practiceForm(c *visit, b fieldwork.PracticeBook, p survey.PracticeContact, f *form) error {
	title := "Ny övningskontakt"
	if !p.ID.IsZero() {
		title = p.Title
	}
	d := b.Setup.Round.Design
	q, _ := d.Question(f.text("question"))
	page := &practiceFormPage{
		setupFrame: openFrame(c, b.Setup, title, practicePart), Form: f, Practice: p,
		Fields: newJudgementFields(d, p.Channel, q, f), Back: setupPath(b.Setup.Round, practicePart),
		Remarks: p.Remarks(placeNames(b.Setup)), Answers: contactStanding(b, p).Answered,
	}
	for _, q := range d.Asked() {
		page.Questions = append(page.Questions, option{q.Code, q.Code + ", " + q.EmailSubject})
	}
	for _, point := range d.PracticePoints(p.Channel) {
		reason := newField(f, "reason_"+string(point), point.Title(d, p.Channel))
		reason.Rows = 2
		page.Reasons = append(page.Reasons, reason)
	}
	return s.showForm(c, f, page)
}

func placeNames(set survey.Setup) []string {
	var names []string
	for _, p := range set.Participants {
		names = append(names, p.Name)
	}
	return names
}

// practice reads a practice contact from the form; reasons that the key does
// not ask for are left out.
func (f *form) practice(d survey.Design, ch survey.Channel) survey.PracticeContact {
	p := survey.PracticeContact{
		Channel: ch, Question: f.text("question"), Title: f.text("title"), Story: f.text("story"),
		Key: readJudgement(f).Tidy(ch), Reasons: survey.Reasons{}, Borrowed: f.checked("borrowed"),
	}
	for _, point := range p.Points(d) {
		if reason := f.text("reason_" + string(point)); reason != "" {
			p.Reasons[point] = reason
		}
	}
	return p
}

func (s *Server) addPractice(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	b, err := s.practiceBook(c)
	if err != nil {
		return err
	}
	p := f.practice(b.Setup.Round.Design, channelOf(f.text("channel")))
	return s.putPractice(c, b, p, f)
}

func (s *Server) savePractice(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	b, old, err := s.practiceOf(c)
	if err != nil {
		return err
	}
	p := f.practice(b.Setup.Round.Design, old.Channel)
	p.ID, p.Version, p.Borrowed = old.ID, old.Version, old.Borrowed
	return s.putPractice(c, b, p, f)
}

// putPractice keeps a practice contact. What in it may name somebody is said,
// and the page with it stays, so that it can be mended at once.
func (s *Server) putPractice(c *visit, b fieldwork.PracticeBook, p survey.PracticeContact, f *form) error {
	r := b.Setup.Round
	id, err := s.Service.SavePractice(c.ctx(), c.user, r.Code, f.version(), p)
	if f.retry(err) {
		return s.practiceForm(c, b, p, f)
	}
	said, target := saved("”"+p.Title+"” är sparad."), setupPath(r, practicePart)
	if n := len(p.Remarks(placeNames(b.Setup))); n > 0 && err == nil {
		said, target = flash{"warn", "Sparat, se över", fmt.Sprintf(
			"”%s” är sparad, men %s i texten kan peka ut kommunen eller någon där.", p.Title,
			plural(n, "ett ställe", number(n)+" ställen"))}, setupPath(r, practicePart, id)
	}
	return s.doneSaying(c, err, target, said)
}

// practiceOf finds the practice contact that the address names.
func (s *Server) practiceOf(c *visit) (fieldwork.PracticeBook, survey.PracticeContact, error) {
	b, err := s.practiceBook(c)
	if err != nil {
		return b, survey.PracticeContact{}, err
	}
	id, err := practiceID(c)
	if err != nil {
		return b, survey.PracticeContact{}, err
	}
	i := slices.IndexFunc(b.Contacts, func(p survey.PracticeContact) bool { return p.ID == id })
	if i < 0 {
		return b, survey.PracticeContact{}, survey.ErrNotFound
	}
	return b, b.Contacts[i], nil
}

func (s *Server) showPracticeContact(c *visit) error {
	b, p, err := s.practiceOf(c)
	if err != nil {
		return err
	}
	if frame := openFrame(c, b.Setup, p.Title, practicePart); !frame.Edit {
		q, _ := b.Setup.Round.Design.Question(p.Question)
		return s.show(c, &practiceKeyPage{frame, p, q, verdictRows(b.Setup.Round.Design, p, p.Key)})
	}
	return s.practiceForm(c, b, p, formOfPractice(p))
}
