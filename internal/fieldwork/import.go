package fieldwork

import (
	"context"
	"fmt"

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
		cs[i].ID, cs[i].Round = survey.NewID[survey.Contact](), set.Round.ID
	}
	if err := roomFor(set.Round.Design, cs, s.Store.EachContact(ctx, set.Round.ID)); err != nil {
		return 0, err
	}
	defer s.counts.forget(set.Round.ID)
	defer s.plans.forget(set.Round.ID)
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
func roomFor(d survey.Design, imported []survey.Contact, existing results.Contacts) error {
	cells := map[survey.Cell]cellCount{}
	overwritten := make(map[survey.Key]bool, len(imported))
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
		if _, touched := cells[c.Cell()]; touched && !overwritten[c.Key()] {
			add(c)
		}
	}
	for _, c := range imported {
		n := cells[c.Cell()]
		what := fmt.Sprintf("%s, %s, %s", c.Municipality, c.Channel.Title(), c.Question)
		switch {
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
