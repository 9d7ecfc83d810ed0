package fieldwork

import (
	"context"
	"fmt"

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

// fits compares the contacts with what the setup asks for: every cell has its
// live contacts, and no contact is of something outside the setup.
func fits(set survey.Setup, contacts results.Contacts) error {
	if len(set.Participants) == 0 {
		return notReady("Omgången har inga deltagande kommuner. Läs in eller lägg till dem först.")
	}
	cells, live := map[survey.Cell]int{}, 0
	for c, err := range contacts {
		if err != nil {
			return err
		}
		if c.Disposition == survey.Void {
			continue
		}
		_, participates := set.Participant(c.Municipality)
		q, asked := set.Round.Design.Question(c.Question)
		if !participates || !asked || q.Area != c.Area {
			return notReady(fmt.Sprintf("Planen har kontakter med %s om %s, som inte längre ingår. Planera om.",
				c.Municipality, c.Question))
		}
		if !keepsHours(set.Round, c) {
			return notReady(fmt.Sprintf("Planen har en kontakt %s, som inte är öppen arbetstid i perioden. Planera om.",
				survey.MomentText(c.PlannedAt)))
		}
		cells[c.Cell()]++
		live++
	}
	design := set.Round.Design
	want := len(set.Participants) * len(design.Questions) * len(survey.Channels)
	full := 0
	for _, n := range cells {
		if n == design.Replicates {
			full++
		}
	}
	if full < want || len(cells) > want {
		return notReady(fmt.Sprintf("Planen är inte komplett: %d av %d kontakter finns. Gör planen innan fältarbetet startar.",
			live, want*design.Replicates))
	}
	return nil
}

// keepsHours reports whether a contact that is still to be made lies inside
// the period and the calendar as they are now.
func keepsHours(r survey.Round, c survey.Contact) bool {
	return c.State != survey.Planned || r.Period.Contains(c.PlannedAt) && r.Calendar.Open(c.PlannedAt)
}

func notReady(message string) error { return survey.Refuse(survey.ErrConflict, message) }
