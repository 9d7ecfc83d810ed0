package fieldwork

import (
	"context"
	"fmt"

	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// ImportContacts adds finished or planned contacts from a file to a round
// that is not closed. Importing the same contacts again changes nothing.
// set is the setup the contacts were read against. Together with the contacts
// that the round has, a cell may not get more than the design asks for.
func (s *Service) ImportContacts(ctx context.Context, by survey.User, set survey.Setup, cs []survey.Contact) (
	changed int, err error) {
	if err := by.Allow(survey.EditSetup); err != nil {
		return 0, err
	}
	if err := set.Round.Open(); err != nil {
		return 0, err
	}
	for i := range cs {
		cs[i].Round = set.Round.ID
	}
	if err := roomFor(set, cs, s.Store.EachContact(ctx, set.Round.ID)); err != nil {
		return 0, err
	}
	defer s.forgetPlan(set.Round.ID)
	return s.Store.SaveContacts(ctx, s.change(ctx, by, "contacts.import", fmt.Sprint(len(cs))), set.Round, cs)
}

// cellCount is what a cell holds once an import is done.
type cellCount struct{ live, void, highest int }

func (n *cellCount) add(c survey.Contact) {
	if c.Disposition == survey.Void {
		n.void++
	} else {
		n.live++
	}
	n.highest = max(n.highest, c.Replicate)
}

// roomFor refuses an import after which a cell would hold more live contacts
// than the design asks for, or a replacement without a voided contact that it
// replaces. Contacts already there count unless the import overwrites them.
// New ones may not be planned for what is no longer asked for.
func roomFor(set survey.Setup, imported []survey.Contact, existing results.Contacts) error {
	d := set.Round.Design
	cells := map[survey.Cell]cellCount{}
	overwritten := make(map[survey.Key]bool, len(imported))
	there := make(map[survey.Key]bool)
	add := func(c survey.Contact) {
		n := cells[c.Cell()]
		n.add(c)
		cells[c.Cell()] = n
	}
	for _, c := range imported {
		add(c)
		overwritten[c.Key()] = true
	}
	for c, err := range existing {
		if err != nil {
			return err
		}
		if overwritten[c.Key()] {
			there[c.Key()] = true
		} else if _, touched := cells[c.Cell()]; touched {
			add(c)
		}
	}
	for _, c := range imported {
		n := cells[c.Cell()]
		what := fmt.Sprintf("%s, %s, %s", c.Municipality, c.Channel.Title(), c.Question)
		switch {
		case !there[c.Key()] && c.Untouched() && !awaited(set, c):
			return survey.Refuse(survey.ErrConflict,
				what+": frågan är tillbakadragen eller kommunen är inte med den dagen. Planera inga nya kontakter. Inget har ändrats.")
		case n.live > d.Replicates:
			return survey.Refuse(survey.ErrConflict, fmt.Sprintf(
				"%s: filen och omgången har tillsammans %d kontakter, men upplägget har %d. Inget har ändrats.",
				what, n.live, d.Replicates))
		case n.highest > d.Replicates+n.void:
			return survey.Refuse(survey.ErrConflict, fmt.Sprintf(
				"%s: kontakt nummer %d ersätter ingen makulerad kontakt. Numrera från 1. Inget har ändrats.",
				what, n.highest))
		}
	}
	return nil
}

// awaited reports whether a contact may be planned: its question is asked and
// its municipality takes part that day.
func awaited(set survey.Setup, c survey.Contact) bool {
	q, _ := set.Round.Design.Question(c.Question)
	p, _ := set.Participant(c.Municipality)
	return !q.Withdrawn && p.TakesPart(officehours.DateOf(c.PlannedAt))
}
