package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// timesPage is where the instants of a dial are corrected with a reason, beside
// the presses as they were made.
type timesPage struct {
	layout
	View    fieldwork.ContactView
	Form    *form
	Fields  []field
	Presses []pressRow
	Refused *flash
	Shown   string
}

func (timesPage) file() string { return "call/times.html" }

// Place is the municipality's name.
func (p *timesPage) Place() string { return p.View.Participant.Name }

// URL is the page's own address, Back the call's.
func (p *timesPage) URL() string { return contactURL(p.View.Contact) + "/tider" }

// Back is the call with the dial in hand.
func (p *timesPage) Back() string { return dialURL(p.View.Contact) }

// Which says which dial it is.
func (p *timesPage) Which() string {
	list := p.View.Contact.Attempts
	return "Uppringning " + strconv.Itoa(len(list)) + ", " + survey.DateText(officehours.DateOf(list[len(list)-1].Dialled))
}

// dialURL leads to the call's newest dial, also when another could be made.
func dialURL(c survey.Contact) string {
	if _, calling := c.Current(); !calling && c.State == survey.Begun {
		return contactURL(c) + "?ratta=1"
	}
	return contactURL(c)
}

// draftThenTimes keeps what stands in the call's form and leads to its times.
func (s *Server) draftThenTimes(c *visit) error {
	f, v, err := s.draftSent(c)
	if err != nil {
		return err
	}
	if _, err := s.keepDraft(c, v, f); err != nil {
		return s.callAgain(c, f, err)
	}
	return s.done(c, nil, contactURL(v.Contact)+"/tider")
}

func (s *Server) showTimes(c *visit) error {
	v, err := s.contact(c)
	if err != nil {
		return err
	}
	if len(v.Contact.Attempts) == 0 {
		return s.done(c, nil, contactURL(v.Contact))
	}
	return s.timesPage(c, http.StatusOK, v, storedTimes(v.Contact), nil)
}

func (s *Server) timesPage(c *visit, status int, v fieldwork.ContactView, f *form, refused *flash) error {
	presses, err := s.Service.Presses(c.ctx(), c.user, v.Contact)
	if err != nil {
		return err
	}
	p := &timesPage{
		layout: layout{Title: v.Participant.Name + ", rätta en tid", Round: &v.Round},
		View:   v, Form: f, Refused: refused, Fields: timeFields(v.Contact, f), Shown: s.shownMark(c, v.Contact.ID),
	}
	p.Presses = pressRows(presses, func(by string) string {
		if by == c.user.Email {
			return "du"
		}
		return "en kollega"
	})
	return s.showAs(c, status, p)
}

// correctTimes saves the instants as they ought to be.
func (s *Server) correctTimes(c *visit) error {
	f, v, err := s.draftSent(c)
	if err != nil {
		return err
	}
	if len(v.Contact.Attempts) == 0 {
		return s.done(c, nil, contactURL(v.Contact))
	}
	before := v.Contact
	to := readTimes(f, before.Attempts[len(before.Attempts)-1])
	if f.ok() {
		v.Contact, err = s.Service.CorrectTimes(c.ctx(), c.user, before.ID, f.version(), to)
	}
	if errors.Is(err, survey.ErrRepeated) {
		return s.done(c, nil, dialURL(before))
	}
	status, words, known := refusal(f, err)
	switch {
	case !known:
		return s.gone(c, f, err)
	case words == "" && status == http.StatusConflict:
		words = "Samtalet har ändrats i ett annat fönster. Trycken här nedanför visar vad som gäller. Spara igen om din rättelse ska gälla."
	case status == http.StatusOK:
		return s.doneSaying(c, nil, dialURL(v.Contact), timesSaved(before, v.Contact))
	}
	var refused *flash
	if words != "" {
		refused = &flash{"late", "Inte sparat", words}
	}
	v.Contact = before
	return s.timesPage(c, status, v, f, refused)
}

// timesSaved tells what a correction led to.
func timesSaved(before, after survey.Contact) flash {
	_, was := before.Current()
	if _, calling := after.Current(); calling && !was {
		return flash{"warn", "Välj utfall igen", "Tiden är rättad. Det ändrade om en handläggare nåddes, " +
			"så utfallet är öppet igen. Det du bedömde står kvar."}
	}
	return saved("Tiden är rättad. Trycket som det gjordes finns kvar, med ditt skäl.")
}

// timeNames are the fields of the instants, in order; those of being put
// through are as many as needed.
func timeNames(forwarded int) []option {
	list := []option{{"dialled", survey.Dial.Title()}, {"answered", survey.PickUp.Title()}}
	for i := range forwarded {
		title := survey.Forward.Title()
		if i > 0 {
			title += ", gång " + strconv.Itoa(i+1)
		}
		list = append(list, option{forwardedName(i), title})
	}
	return append(list, option{"connected", survey.Connect.Title()}, option{"ended", survey.HangUp.Title()})
}

// forwardedName is "forwarded", and "forwarded_2" from the second time on.
func forwardedName(i int) string {
	if i == 0 {
		return "forwarded"
	}
	return "forwarded_" + strconv.Itoa(i+1)
}

// storedTimes fills a form with the instants of the newest dial.
func storedTimes(c survey.Contact) *form {
	t := c.Attempts[len(c.Attempts)-1].Times()
	f := newForm()
	set := func(name string, at time.Time) {
		if !at.IsZero() {
			f.set(name, secondText(at))
		}
	}
	set("dialled", t.Dialled)
	set("answered", t.Answered)
	for i, at := range t.Forwarded {
		set(forwardedName(i), at)
	}
	set("connected", t.Connected)
	set("ended", t.Ended)
	return f
}

// timeFields are the fields with what stands in the form, and one more for
// being put through than there are.
func timeFields(c survey.Contact, f *form) []field {
	n := len(c.Attempts[len(c.Attempts)-1].Forwarded)
	for f.given(forwardedName(n)) {
		n++
	}
	var list []field
	for _, o := range timeNames(n + 1) {
		x := withSize(9, plain(withMode("decimal", newField(f, o.Value, o.Label))))
		x.Complete = "off"
		list = append(list, x)
	}
	return list
}

// readTimes reads the instants, all on the day of the dial a. The fields show
// whole seconds only: one that reads as an instant that is stored is that
// instant, its own before others.
func readTimes(f *form, a survey.Attempt) survey.CallTimes {
	all := slices.Concat([]time.Time{a.Dialled, a.Answered, a.Connected, a.Ended}, a.Forwarded)
	read := func(name string, own time.Time) time.Time {
		if !f.given(name) {
			return time.Time{}
		}
		clock, seconds, err := parseSeconds(f.text(name))
		if err != nil {
			f.Errors.Add(name, "Skriv tiden som 10.31.04.")
			return time.Time{}
		}
		at := officehours.DateOf(a.Dialled).At(0, int(clock)).Add(time.Duration(seconds) * time.Second)
		for _, exact := range slices.Insert(slices.Clone(all), 0, own) {
			if exact.Truncate(time.Second).Equal(at) {
				return exact
			}
		}
		return at.UTC()
	}
	t := survey.CallTimes{
		Dialled: read("dialled", a.Dialled), Answered: read("answered", a.Answered),
		Connected: read("connected", a.Connected), Ended: read("ended", a.Ended), Why: f.text("why"),
	}
	for i := range forwardedFields {
		own := time.Time{}
		if i < len(a.Forwarded) {
			own = a.Forwarded[i]
		}
		if at := read(forwardedName(i), own); !at.IsZero() {
			t.Forwarded = append(t.Forwarded, at)
		}
	}
	return t
}

// parseSeconds reads "14.20.05", and "14.20" as its first second.
func parseSeconds(text string) (clock officehours.Clock, seconds int, err error) {
	hours, rest, _ := strings.Cut(strings.ReplaceAll(text, ":", "."), ".")
	minutes, second, exact := strings.Cut(rest, ".")
	if exact {
		if seconds, err = strconv.Atoi(second); err != nil || len(second) != 2 || seconds < 0 || seconds > 59 {
			return 0, 0, fmt.Errorf("%q is no second", second)
		}
	}
	clock, err = officehours.ParseClock(hours + "." + minutes)
	return clock, seconds, err
}

// forwardedFields is how many times a call can have been put through on the
// page.
const forwardedFields = 20
