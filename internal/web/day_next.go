package web

import (
	"errors"
	"net/http"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// nextContact hands out the next contact and leads to it. The form may name
// one that is put aside.
func (s *Server) nextContact(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	var left survey.ContactID
	if f.given("left") {
		if left, err = survey.ParseID[survey.Contact](f.text("left")); err != nil {
			return err
		}
	}
	return s.takeNext(c, f.text("round"), left, nil)
}

// takeNext leads to the next contact in the round, or to the day when nothing
// can be done now. left is the contact just put aside or finished; said is
// what the visitor is told.
func (s *Server) takeNext(c *visit, round string, left survey.ContactID, said *flash) error {
	next, ok, err := s.Service.NextContact(c.ctx(), c.user, round, "", left)
	if errors.Is(err, survey.ErrUnpractised) {
		return s.practiseFirst(c, round, said, err)
	}
	if err != nil {
		return err
	}
	target := contactURL(next)
	if !ok {
		target = dayURL(round)
		if said == nil {
			said = &flash{State: "Inget mer just nu", Text: "Inget annat kan göras för tillfället."}
		} else {
			said.Text += " Inget mer kan göras just nu."
		}
	}
	if said != nil {
		s.leaveFlash(c, *said)
	}
	return c.Redirect(http.StatusSeeOther, target)
}

// nextPanel is the day's next contact, and how to get it.
type nextPanel struct {
	Row   *agendaRow  // nil: none of the evaluator's own can be made now
	Why   *emptyState // why nothing at all can be made now; nil: something may be
	Hours string      // when the switchboard is open today, for a call
	Held  string      // until when it is reserved, or ""
	Open  bool        // it is the evaluator's to open: reserved, or a call under way
	Left  string      // its id, to put it aside
	Round string
}

func newNextPanel(d fieldwork.Day) nextPanel {
	p := nextPanel{Round: d.Round.Code, Why: standstill(d)}
	if d.Next == nil || p.Why != nil {
		return p
	}
	row := newAgendaRow(d.Next, d)
	p.Row, p.Left = &row, d.Next.ID.String()
	if d.Next.Channel == survey.Phone {
		to, _ := d.Desk.Setup.Participant(d.Next.Municipality)
		p.Hours = "växeln öppen " + hoursText(to.ParticipantHours(d.Round.Calendar.HoursOn(d.Today)))
	}
	_, p.Open = d.Next.Current()
	if d.Next.HeldBy == d.Desk.Evaluator && d.Next.HeldUntil.After(d.At) {
		p.Open, p.Held = true, survey.ClockText(d.Next.HeldUntil)
	}
	return p
}

// standstill says why no contact can be made at the moment; nil when some may.
func standstill(d fieldwork.Day) *emptyState {
	var e emptyState
	opens := d.Round.Calendar.NextOpening(d.At)
	switch period := d.Round.Period; {
	case d.Round.Stage != survey.Fieldwork:
		e = newEmpty("Fältarbetet är slut", "Inga nya samtal eller e-brev kan göras i omgången. "+
			"Notera svar som kommer in, och svara på projektledarens frågor.")
	case d.Today.Before(period.From):
		e = newEmpty("Mätperioden har inte börjat", "Den första dagen är "+survey.DayText(period.From)+
			". Då ligger dina första kontakter här. Läs gärna handboken så länge.")
	case d.Today.After(period.To):
		e = newEmpty("Mätperioden är slut", "Den sista dagen var "+survey.DayText(period.To)+
			". Nya samtal och e-brev kan inte göras, men svar som kommer in ska noteras.")
	case d.Next == nil && !d.Round.Calendar.Open(d.At):
		e = newEmpty("Kontoren är stängda", "Samtal och e-brev görs i kontorstid. Kontoren öppnar "+
			whenText(opens, d.Today)+".")
	default:
		return nil
	}
	return &e
}

// skipPart is the button that puts a contact aside.
type skipPart struct{ Round, Left string }

// newSkip is nil where there is nothing to put aside.
func newSkip(v fieldwork.ContactView) *skipPart {
	c := v.Contact
	_, calling := c.Current()
	if v.Round.Stage != survey.Fieldwork || calling || !c.Mail.Sent.IsZero() || c.Disposition != "" ||
		c.State != survey.Planned && c.State != survey.Begun {
		return nil
	}
	return &skipPart{v.Round.Code, c.ID.String()}
}

// heldText says how long a contact stays with the evaluator it was handed out
// to, and whose it is.
func heldText(v fieldwork.ContactView, by survey.User, now time.Time) string {
	c := v.Contact
	if c.HeldBy != by.Email || !c.Untouched() {
		return ""
	}
	text := "reserverad för dig till " + survey.ClockText(c.HeldUntil)
	if !now.Before(c.HeldUntil) {
		text = "reservationen gick ut " + survey.ClockText(c.HeldUntil)
	}
	if c.Evaluator != by.Email {
		text += " · en kollegas försenade kontakt"
	}
	return text
}

// shownMark is proof that a contact's page has been shown to the visitor.
func (s *Server) shownMark(c *visit, id survey.ContactID) string {
	return s.sign("shown " + id.String() + " " + c.user.Email)
}

// gone answers a form about a contact that the visitor cannot reach: whoever
// had it in front of them learns that it went to somebody else meanwhile, and
// to all others it does not exist.
func (s *Server) gone(c *visit, f *form, err error) error {
	id, bad := survey.ParseID[survey.Contact](c.Param("id"))
	if bad == nil && errors.Is(err, survey.ErrNotFound) && f.text("shown") == s.shownMark(c, id) {
		return survey.Refuse(survey.ErrConflict, "Kontakten är inte längre din: en kollega har tagit den, eller så är den "+
			"omplanerad. Inget har sparats. Gå till Min dag och ta nästa kontakt.")
	}
	return err
}
