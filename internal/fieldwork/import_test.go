package fieldwork_test

import (
	"testing"

	"servicematning/internal/survey"
)

func TestImportIsForRoundsThatAreOpen(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	c := survey.Contact{
		Municipality: "0305", Channel: survey.Email, Area: set.Round.Design.Questions[0].Area,
		Question: set.Round.Design.Questions[0].Code, Replicate: 1,
		Evaluator: "unknown@example.se", State: survey.Approved, Disposition: survey.NoReply,
		PlannedAt: day("2026-10-20").At(9, 0), Mail: survey.Mail{Sent: day("2026-10-20").At(9, 0)},
	}
	for i, want := range []int{1, 0} {
		changed, err := h.ImportContacts(h.ctx, lead, set, []survey.Contact{c})
		ok(t, err)
		if changed != want {
			t.Errorf("import %d changed %d, want %d", i+1, changed, want)
		}
	}
	is(t, second(h.ImportContacts(h.ctx, commissioner, set, []survey.Contact{c})), survey.ErrForbidden)
	is(t, h.ImportQuestions(h.ctx, lead, code, survey.BundledQuestions()), survey.ErrConflict)
	ok(t, h.ImportQuestions(h.ctx, lead, code, set.Round.Design.Questions))
}

func TestAnImportLeavesNoCellTooFull(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	contact := func(replicate int, end survey.Disposition) survey.Contact {
		sent := day("2026-10-20").At(9, 0)
		return survey.Contact{
			Municipality: "0305", Channel: survey.Email, Area: set.Round.Design.Questions[0].Area,
			Question: set.Round.Design.Questions[0].Code, Replicate: replicate, State: survey.Approved,
			Disposition: end, PlannedAt: sent, Mail: survey.Mail{Sent: sent},
		}
	}
	load := func(cs ...survey.Contact) error { return second(h.ImportContacts(h.ctx, lead, set, cs)) }
	is(t, load(contact(3, survey.NoReply)), survey.ErrConflict) // replaces nothing
	ok(t, load(contact(1, survey.NoReply), contact(2, survey.NoReply)))
	is(t, load(contact(3, survey.NoReply)), survey.ErrConflict) // a third live one
	ok(t, load(contact(1, survey.Void), contact(3, survey.NoReply)))
	is(t, load(contact(1, survey.NoReply)), survey.ErrConflict) // taken back while its replacement stands
}
