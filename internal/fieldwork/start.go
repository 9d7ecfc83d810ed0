package fieldwork

import (
	"context"
	"fmt"

	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// StartFieldwork moves a planned draft round into the field. The contacts must
// be those the setup asks for as it stands now: a plan made before the last
// change to participants or questions is refused with words.
func (s *Service) StartFieldwork(ctx context.Context, by survey.User, code string, version int) error {
	if err := by.Allow(survey.EditSetup); err != nil {
		return err
	}
	set, err := s.Store.Setup(ctx, code)
	if err != nil {
		return err
	}
	if err := fits(set, s.Store.EachContact(ctx, set.Round.ID)); err != nil {
		return err
	}
	if version == 0 {
		version = set.Round.Version // what was just looked at
	}
	e := edit{"round.start", code, version}
	return s.edit(ctx, by, survey.EditSetup, e, func(set *survey.Setup, _ int) error {
		return set.Round.Advance(survey.Fieldwork, s.Now().UTC())
	})
}

// fits compares the contacts with what the setup asks for: every cell that is
// asked for has its live contacts, and none is planned outside the setup.
func fits(set survey.Setup, contacts results.Contacts) error {
	if len(set.Participants) == 0 {
		return notReady("Omgången har inga deltagande kommuner. Läs in eller lägg till dem först.")
	}
	wanted := set.Wanted()
	cells, live := make(map[survey.Cell]int, len(wanted)), 0
	for c, err := range contacts {
		if err != nil {
			return err
		}
		if c.Disposition == survey.Void {
			continue
		}
		if err := belongs(set, c); err != nil {
			return err
		}
		if wanted[c.Cell()] {
			cells[c.Cell()]++
			live++
		}
	}
	for cell := range wanted {
		if cells[cell] != set.Round.Design.Replicates {
			return notReady(fmt.Sprintf("Planen är inte komplett: %s av %s kontakter finns. Gör planen innan fältarbetet startar.",
				survey.NumberText(live), survey.NumberText(len(wanted)*set.Round.Design.Replicates)))
		}
	}
	return nil
}

// belongs refuses a contact of something outside the setup. What has been
// done belongs to the round although its question is withdrawn since, or its
// municipality has left.
func belongs(set survey.Setup, c survey.Contact) error {
	p, participates := set.Participant(c.Municipality)
	q, asked := set.Round.Design.Question(c.Question)
	planned := c.State == survey.Planned
	gone := planned && (q.Withdrawn || !p.TakesPart(officehours.DateOf(c.PlannedAt)))
	switch {
	case !participates || !asked || q.Area != c.Area || gone:
		return notReady(fmt.Sprintf("Planen har kontakter med %s om %s, som inte längre ingår. Planera om.",
			c.Municipality, c.Question))
	case !keepsHours(set.Round, c):
		return notReady(fmt.Sprintf("Planen har en kontakt %s, som inte är öppen arbetstid i perioden. Planera om.",
			survey.MomentText(c.PlannedAt)))
	}
	return nil
}

// keepsHours reports whether a contact that is still to be made lies inside
// the period and the calendar as they are now.
func keepsHours(r survey.Round, c survey.Contact) bool {
	return c.State != survey.Planned || r.Period.Contains(c.PlannedAt) && r.Calendar.Open(c.PlannedAt)
}

func notReady(message string) error { return survey.Refuse(survey.ErrConflict, message) }
