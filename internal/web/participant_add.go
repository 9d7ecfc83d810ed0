package web

import (
	"errors"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// addParticipantsPage takes municipalities of the register into the round.
type addParticipantsPage struct {
	setupFrame
	Form    *form
	Filter  participantFilter
	Rows    []candidate
	Pager   pager
	Left    int    // municipalities outside the round
	Earlier string // code of the round that numbers and addresses come from
	Late    bool   // the fieldwork has begun: those taken in need a first day
}

func (addParticipantsPage) file() string { return "participant/add.html" }

// candidate is a municipality outside the round; its fields end in its code.
type candidate struct {
	survey.Municipality
	On           bool
	Phone, Email field
}

const candidatesPerPage = 50

func (s *Server) showAddParticipants(c *visit) error {
	set, err := s.setup(c)
	if err == nil {
		err = s.locked(c, set.Round, "kommuner", set.Round.Plannable())
	}
	if err != nil {
		return err
	}
	return s.addParticipantsPage(c, set, newForm())
}

// addParticipantsPage lists the municipalities that the filter chooses. One
// that took part before comes with the number and address it had then.
func (s *Server) addParticipantsPage(c *visit, set survey.Setup, f *form) error {
	known, err := s.Service.Municipalities(c.ctx(), c.user)
	if err != nil {
		return err
	}
	earlier, before, err := s.Service.EarlierParticipants(c.ctx(), c.user, set.Round)
	if err != nil {
		return err
	}
	p := &addParticipantsPage{
		setupFrame: openFrame(c, set, "Lägg till kommuner", "kommuner"), Form: f, Late: set.Round.Editable() != nil,
		Filter: newParticipantFilter(c, known), Earlier: earlier.Code,
	}
	sortSwedish(known, func(m survey.Municipality) string { return m.Name })
	then := make(map[string]survey.Participant, len(before))
	for _, x := range before {
		then[x.Code] = x
	}
	for _, m := range known {
		if _, in := set.Participant(m.Code); in {
			continue
		}
		p.Left++
		if p.Filter.admits(m) {
			p.Rows = append(p.Rows, newCandidate(m, then[m.Code], f))
		}
	}
	p.Pager = newPager(c, candidatesPerPage, len(p.Rows))
	p.Rows = p.Rows[p.Pager.Offset:p.Pager.Last]
	return s.showForm(c, f, p)
}

func newCandidate(m survey.Municipality, then survey.Participant, f *form) candidate {
	x := candidate{
		Municipality: m, On: f.checked("on_" + m.Code),
		Phone: newField(f, "phone_"+m.Code, "Telefon, "+m.Name), Email: newField(f, "email_"+m.Code, "E-post, "+m.Name),
	}
	if f.ID == "" { // nobody has written anything yet
		x.Phone.Value, x.Email.Value = then.Phone, then.Email
	}
	return x
}

func (s *Server) addParticipants(c *visit) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	known, err := s.Service.Municipalities(c.ctx(), c.user)
	if err != nil {
		return err
	}
	chosen := f.candidates(known, f.dateIfGiven("joined"))
	if f.ok() {
		err = s.Service.AddParticipants(c.ctx(), c.user, set.Round.Code, f.version(), chosen)
	}
	if f.retry(err) {
		return s.addParticipantsPage(c, set, f)
	}
	said := saved(kommuner(len(chosen)) + " är tillagda i omgången.")
	if len(chosen) == 1 {
		said = saved(chosen[0].Name + " är tillagd i omgången.")
	}
	return s.doneSaying(c, err, setupPath(set.Round, "kommuner"), said)
}

// candidates reads the municipalities that were ticked, which join on the day.
func (f *form) candidates(known []survey.Municipality, joined officehours.Date) []survey.Participant {
	var chosen []survey.Participant
	for _, m := range known {
		if !f.checked("on_" + m.Code) {
			continue
		}
		p := survey.Participant{
			Municipality: m, Phone: f.phone("phone_" + m.Code), Email: f.text("email_" + m.Code), Joined: joined,
		}
		var errs survey.FieldErrors
		errors.As(p.Check(), &errs)
		for _, e := range errs {
			f.Errors.Add(e.Field+"_"+m.Code, m.Name+": "+e.Message)
		}
		chosen = append(chosen, p)
	}
	if len(chosen) == 0 {
		f.Errors.Add("", "Kryssa för de kommuner som ska vara med.")
	}
	return chosen
}
