package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var callRoutes = []route{
	{get, "/samtal", (*Server).nextCall, may(survey.PerformContacts)},
	{get, "/samtal/:id", (*Server).showCall, may(survey.PerformContacts)},
	{post, "/samtal/:id", (*Server).reportCall, may(survey.PerformContacts)},
	{get, "/samtal/:id/skede", (*Server).backToContact, may(survey.PerformContacts)},
	{get, "/samtal/:id/angra", (*Server).backToContact, may(survey.PerformContacts)},
	{post, "/samtal/:id/skede", (*Server).pressCall, may(survey.PerformContacts)},
	{post, "/samtal/:id/angra", (*Server).undoCall, may(survey.PerformContacts)},
	{get, "/samtal/:id/tider", (*Server).showTimes, may(survey.PerformContacts)},
	{post, "/samtal/:id/tider", (*Server).correctTimes, may(survey.PerformContacts)},
	{get, "/samtal/:id/utkast/tider", (*Server).backToContact, may(survey.PerformContacts)},
	{post, "/samtal/:id/utkast/tider", (*Server).draftThenTimes, may(survey.PerformContacts)},
}

var callPages = []page{&callPage{}, &timesPage{}}

// callPage is one call: what to ask, how far it has come, and its ratings.
// Phases and ratings are one form, so that what has been typed comes along
// when a phase is pressed.
type callPage struct {
	layout
	View        fieldwork.ContactView
	At          time.Time
	Form        *form
	Attempt     int // the dial that the form is about, from 1
	Conflict    *conflict
	Draft       draftPart
	Refused     *flash // why a press or a save could not be, in words
	Unpractised bool   // it was because practice comes first
	Held        string // whose it is and for how long, or ""
	Skip        *skipPart
	Shown       string // proof that the page was shown
}

func (callPage) file() string { return "call/show.html" }

// nextCall leads to the first of the own calls, or says on the day's page that
// there is none. It reserves nothing: that is for nextContact.
func (s *Server) nextCall(c *visit) error {
	code, err := s.workRound(c)
	if err != nil || code == "" {
		return s.done(c, err, "/min-dag")
	}
	next, ok, err := s.Service.FirstContact(c.ctx(), c.user, code, survey.Phone)
	if err != nil {
		return err
	}
	if !ok {
		return s.doneSaying(
			c,
			nil,
			"/min-dag",
			flash{State: "Inget samtal just nu", Text: "Inget av dina samtal kan ringas för tillfället."},
		)
	}
	return s.done(c, nil, contactURL(next))
}

func (s *Server) showCall(c *visit) error {
	v, err := s.contact(c)
	if err != nil {
		return err
	}
	if v.Contact.Channel != survey.Phone {
		return s.done(c, nil, contactURL(v.Contact))
	}
	attempt := attemptInHand(v.Contact, c.QueryParam("ratta") != "")
	f, draft, err := s.opened(c, v, storedCall(v.Contact, attempt), attempt)
	if err != nil {
		return err
	}
	p := newCallPage(v, f, attempt, s.Now())
	p.Draft = draft
	return s.callPage(c, http.StatusOK, p)
}

func (s *Server) callPage(c *visit, status int, p *callPage) error {
	p.Held, p.Skip, p.Shown = heldText(p.View, c.user, p.At), newSkip(p.View), s.shownMark(c, p.View.Contact.ID)
	return s.showAs(c, status, p)
}

// contact reads the contact that the address names.
func (s *Server) contact(c *visit) (fieldwork.ContactView, error) {
	id, err := survey.ParseID[survey.Contact](c.Param("id"))
	if err != nil {
		return fieldwork.ContactView{}, err
	}
	return s.Service.Contact(c.ctx(), c.user, id)
}

// contactForm reads a form about the contact that the address names.
func (s *Server) contactForm(c *visit) (*form, survey.ContactID, error) {
	f, err := s.form(c)
	if err != nil {
		return nil, survey.ContactID{}, err
	}
	id, err := survey.ParseID[survey.Contact](c.Param("id"))
	return f, id, err
}

// pressCall stamps a phase.
func (s *Server) pressCall(c *visit) error {
	f, id, err := s.contactForm(c)
	if err != nil {
		return err
	}
	_, err = s.Service.Press(c.ctx(), c.user, id, f.version(), survey.Phase(f.text("phase")), pressedAgo(f))
	return s.callGoesOn(c, f, err)
}

// pressedAgo is how long before it was sent a key was pressed.
func pressedAgo(f *form) time.Duration {
	if !f.given("ago") {
		return 0
	}
	ms, err := strconv.ParseInt(f.text("ago"), 10, 64)
	if err != nil {
		return -1 // which no press is
	}
	return time.Duration(ms) * time.Millisecond
}

// undoCall takes the newest phase back.
func (s *Server) undoCall(c *visit) error {
	f, id, err := s.contactForm(c)
	if err != nil {
		return err
	}
	_, err = s.Service.UndoPress(c.ctx(), c.user, id, f.version())
	return s.callGoesOn(c, f, err)
}

// callGoesOn ends a press. What stands in the form is saved as a draft, so
// that nothing is lost if this page is never seen again, and the page is shown
// with it; only when nothing is filled in anywhere can the visitor be sent on
// to an address that is safe to load again.
func (s *Server) callGoesOn(c *visit, f *form, err error) error {
	if err != nil && !errors.Is(err, survey.ErrRepeated) {
		return s.callAgain(c, f, err)
	}
	v, err := s.contact(c)
	if err != nil {
		return err
	}
	if sentDraft(f).Revision == 0 && !typedInCall(v, f) {
		if _, drafted, err := s.Service.Draft(c.ctx(), c.user, v.Contact.ID); err != nil || !drafted {
			return s.done(c, err, contactURL(v.Contact))
		}
		return s.callAgain(c, f, nil)
	}
	d, err := s.keepDraft(c, v, f)
	if err == nil {
		f.set("revision", strconv.Itoa(d.Revision))
	}
	return s.callAgain(c, f, err)
}

// reportCall saves how the call went.
func (s *Server) reportCall(c *visit) error {
	f, v, err := s.draftSent(c)
	if err != nil {
		return err
	}
	saved, err := s.reportSent(c, v, f)
	switch {
	case errors.Is(err, survey.ErrRepeated):
		return s.callRepeated(c, f)
	case err != nil || !f.ok():
		return s.callAgain(c, f, err)
	}
	v.Contact = saved
	said := withName(f.text("note"), callSaved(v))
	return s.afterCall(c, f, v, &said)
}

// reportSent reports what stands in the form, when it can be read.
func (s *Server) reportSent(c *visit, v fieldwork.ContactView, f *form) (survey.Contact, error) {
	if attemptOf(f) > len(v.Contact.Attempts) {
		return v.Contact, survey.Refuse(survey.ErrConflict, "Tryck på Ringer först. Det finns ingen uppringning att spara.")
	}
	rep := readCall(f)
	if !f.ok() {
		return v.Contact, nil
	}
	if err := s.sawDrafts(c, v, f); err != nil {
		return v.Contact, err
	}
	return s.Service.ReportCall(c.ctx(), c.user, v.Contact.ID, f.version(), rep)
}

// callRepeated ends a save that was received before. Who went back in the
// browser and changed something sends the same form with other content, which
// must not pass for saved.
func (s *Server) callRepeated(c *visit, f *form) error {
	v, err := s.contact(c)
	if err != nil {
		return err
	}
	if !sameCall(v.Contact, f) {
		return s.callAgain(c, f, survey.ErrConflict)
	}
	return s.afterCall(c, f, v, nil)
}

// afterCall leads to the next contact or back to the call.
func (s *Server) afterCall(c *visit, f *form, v fieldwork.ContactView, said *flash) error {
	if f.text("then") == "next" {
		return s.takeNext(c, v.Round.Code, v.Contact.ID, said)
	}
	if said != nil {
		s.leaveFlash(c, *said)
	}
	return s.done(c, nil, contactURL(v.Contact))
}

// callSaved tells what was saved, and whether there is more to do.
func callSaved(v fieldwork.ContactView) flash {
	place := v.Participant.Name
	if v.Contact.Finished() {
		return saved("Samtalet med " + place + " är klart.")
	}
	last := v.Contact.Attempts[len(v.Contact.Attempts)-1]
	if last.Outcome == survey.Fault {
		return saved("Det tekniska felet räknas inte. Samtalet med " + place + " ligger kvar och ska ringas igen.")
	}
	if !v.Contact.CallBackAt.IsZero() {
		return saved(place + ": återuppringning avtalad " + survey.MomentText(v.Contact.CallBackAt) + ".")
	}
	at, _ := v.Contact.AgainAt(v.Round.Design)
	left := v.Round.Design.MaxAttempts - countedAttempts(v.Contact)
	return saved(fmt.Sprintf("%s: %s. %s kan ringas igen från %s, %d försök återstår.",
		place, lowerFirst(last.Outcome.Title()), place, whenText(at, officehours.DateOf(last.Ended)), left))
}

// callAgain shows the call with what was typed, and why it could not be saved.
func (s *Server) callAgain(c *visit, f *form, err error) error {
	status, refused, known := refusal(f, err)
	unpractised := errors.Is(err, survey.ErrUnpractised)
	if !known {
		return s.gone(c, f, err)
	}
	v, err := s.contact(c)
	if err != nil {
		return s.gone(c, f, err)
	}
	attempt := draftKindOf(survey.Phone).attempt(v, f)
	var stored *form
	if n := len(v.Contact.Attempts); attempt <= n && !v.Contact.Attempts[attempt-1].UnderWay() {
		stored = storedCall(v.Contact, attempt)
	}
	p := newCallPage(v, f, attempt, s.Now())
	p.Draft = sentDraft(f)
	switch {
	case refused != "":
		p.Refused, p.Unpractised = &flash{"late", notTaken(f), refused}, unpractised
	case status == http.StatusConflict:
		if p.Conflict, err = s.newConflict(c, v, f, stored); err != nil {
			return err
		}
		if p.Conflict == nil {
			p.Refused = &flash{"late", notTaken(f), p.MovedOn()}
		}
	}
	return s.callPage(c, status, p)
}

// notTaken is what became of what was sent: a press, or the form.
func notTaken(f *form) string {
	if f.given("phase") {
		return "Trycket räknades inte"
	}
	return "Inte sparat"
}

// refusal sorts out why a form about a contact was not taken: what is wrong in
// it, words of its own, or that the contact has changed meanwhile. known is
// false for what has a page of its own.
func refusal(f *form, err error) (status int, words string, known bool) {
	own := new(survey.Refusal)
	switch {
	case f.wrong(err):
		return http.StatusUnprocessableEntity, "", true
	case err == nil:
		return http.StatusOK, "", true
	case errors.As(err, &own) && !errors.Is(err, survey.ErrNotFound):
		return http.StatusConflict, own.Message, true
	case errors.Is(err, survey.ErrConflict):
		return http.StatusConflict, "", true
	}
	return 0, "", false
}
