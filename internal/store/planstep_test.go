package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// stepped is a round in the field with a proposal that moves two planned
// contacts, adds one and removes one.
type stepped struct {
	*store.Store
	t        testing.TB
	set      survey.Setup
	planned  []survey.Contact // untouched before the step, of which the first two move and the third goes
	proposal survey.PlanStep
}

func newStepped(t testing.TB, s *store.Store) *stepped {
	t.Helper()
	set := surveytest.Setup()
	contacts := surveytest.Contacts(set)
	set = fill(t, s, set, contacts)
	h := &stepped{Store: s, t: t, set: set, planned: choose(contacts, survey.ContactFilter{
		States: []survey.State{survey.Planned}, LiveOnly: true,
	})}
	h.proposal = h.propose(h.step())
	return h
}

// step is a step that is not proposed yet.
func (h *stepped) step() survey.PlanStep {
	change := func(c survey.Contact, to survey.PlanSlot) survey.PlanChange {
		return survey.PlanChange{Contact: c.ID, Key: c.Key(), Area: c.Area, Before: c.Slot(), After: to}
	}
	to := func(days int) survey.PlanSlot {
		return survey.PlanSlot{Evaluator: "omar.ek@example.se", At: surveytest.At(days, 15, 7)}
	}
	extra := h.planned[2]
	extra.ID, extra.Replicate = survey.NewID[survey.Contact](), 3
	added := change(extra, to(12))
	added.Before = survey.PlanSlot{}
	return survey.PlanStep{
		Round: h.set.Round.ID, By: "lena.lead@example.se", ProposedAt: surveytest.At(5, 9, 0), Basis: h.set.Round.Version,
		Reasons: []string{"Åsa Berg är frånvarande."}, Notes: []string{"Omar Ek får fulla dagar."}, Unavoidable: 1,
		LastBefore: surveytest.Start.AddDays(30), LastAfter: surveytest.Start.AddDays(31),
		Figures: []survey.PlanFigure{{
			Code: "municipality_day", Title: "Kontakter per kommun och dag", Before: 1, After: 2, Bound: 1, Limit: 2,
			AtLeast: true, Note: "kontakter", Why: "För få dagar.",
		}},
		Changes: []survey.PlanChange{
			change(h.planned[0], to(10)), change(h.planned[1], to(11)), change(h.planned[2], survey.PlanSlot{}), added,
		},
	}
}

func (h *stepped) propose(step survey.PlanStep) survey.PlanStep {
	h.t.Helper()
	n, err := h.ProposeStep(h.t.Context(), surveytest.Change("plan.propose"), step)
	must(h.t, err)
	got, err := h.PlanStep(h.t.Context(), step.Round, n)
	must(h.t, err)
	return got
}

func (h *stepped) apply(number int) error {
	return h.ApplyStep(h.t.Context(), surveytest.Change("plan.apply"), h.set.Round.ID, number)
}

func (h *stepped) undo(number int) error {
	return h.UndoStep(h.t.Context(), surveytest.Change("plan.undo"), h.set.Round.ID, number)
}

// begin does something to a contact.
func (h *stepped) begin(id survey.ContactID) {
	h.t.Helper()
	_, err := h.UpdateContact(h.t.Context(), surveytest.Change("x"), id, 0, func(c *survey.Contact, _ survey.Round) error {
		c.State = survey.Begun
		return nil
	})
	must(h.t, err)
}

// saysNo checks that a step was refused in words and changed nothing.
func (h *stepped) saysNo(err error, words string, before []survey.Contact) {
	h.t.Helper()
	wantErr(h.t, err, survey.ErrConflict)
	if err == nil || !strings.Contains(err.Error(), words) {
		h.t.Errorf("refused with %v, want %q in it", err, words)
	}
	if d := cmp.Diff(before, all(h.t, h.Store, h.set.Round.ID)); d != "" {
		h.t.Error("refused, and yet:", d)
	}
}

func TestAStepIsKeptAsItWasProposed(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		h := newStepped(t, s)
		want := h.step()
		want.Number, want.State = 1, survey.Proposed
		if d := cmp.Diff(want, h.proposal, cmpopts.IgnoreFields(survey.PlanChange{}, "Contact")); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff([]string{".AppliedAt", ".UndoneAt"}, unfilled(h.proposal)); d != "" {
			t.Error("not filled by the sample:", d)
		}
		list, err := s.PlanSteps(t.Context(), h.set.Round.ID)
		must(t, err)
		want = h.proposal
		want.Figures, want.Changes = nil, nil
		if d := cmp.Diff([]survey.PlanStep{want}, list); d != "" {
			t.Error(d)
		}
		_, err = s.PlanStep(t.Context(), h.set.Round.ID, 2)
		wantErr(t, err, survey.ErrNotFound)
	})
}

func TestARoundHasOneProposal(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		h := newStepped(t, s)
		second := h.propose(h.step())
		list, err := s.PlanSteps(t.Context(), h.set.Round.ID)
		must(t, err)
		if second.Number != 2 || list[0].State != survey.Proposed || list[1].State != survey.Dropped {
			t.Errorf("number %d, states %s and %s", second.Number, list[0].State, list[1].State)
		}
		before := all(t, s, h.set.Round.ID)
		h.saysNo(h.apply(1), "gäller inte längre", before)
		ch := surveytest.Change("plan.drop")
		wantErr(t, s.DropStep(t.Context(), ch, h.set.Round.ID, 1), survey.ErrNotFound)
		must(t, s.DropStep(t.Context(), ch, h.set.Round.ID, 2))
		h.saysNo(h.apply(2), "gäller inte längre", before)
		if third := h.propose(h.step()); third.Number != 3 {
			t.Errorf("the number %d was given again", third.Number)
		}
	})
}

func TestAStepIsAppliedAndUndone(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		h := newStepped(t, s)
		_, err := s.UpdateContact(t.Context(), surveytest.Change("x"), h.planned[0].ID, 0,
			func(c *survey.Contact, _ survey.Round) error {
				c.HeldBy, c.HeldUntil = c.Evaluator, surveytest.At(5, 9, 15)
				c.CallBackAt = surveytest.At(6, 9, 0)
				return nil
			})
		must(t, err)
		before := all(t, s, h.set.Round.ID)
		must(t, h.apply(1))

		moved, to := contact(t, s, h.planned[0].ID), h.proposal.Changes[0].After
		want := h.planned[0]
		want.Evaluator, want.PlannedAt, want.CallBackAt, want.Version = to.Evaluator, to.At, surveytest.At(6, 9, 0), 3
		if d := cmp.Diff(want, moved); d != "" {
			t.Error(d)
		}
		_, _, err = s.Contact(t.Context(), h.planned[2].ID)
		wantErr(t, err, survey.ErrNotFound)
		if c := contact(t, s, h.proposal.Changes[3].Contact); c.Replicate != 3 || !c.Untouched() {
			t.Errorf("the added contact is %+v", c)
		}
		r, err := s.Round(t.Context(), h.set.Round.Code)
		must(t, err)
		if want := surveytest.Change("").At; !r.PlannedAt.Equal(want) || r.Version != h.set.Round.Version {
			t.Errorf("planned %v, version %d", r.PlannedAt, r.Version)
		}

		must(t, h.undo(1))
		same := cmp.Options{cmpopts.IgnoreFields(survey.Contact{}, "Version", "HeldBy", "HeldUntil")}
		if d := cmp.Diff(before, all(t, s, h.set.Round.ID), same); d != "" {
			t.Error(d)
		}
		step, err := s.PlanStep(t.Context(), h.set.Round.ID, 1)
		must(t, err)
		if step.State != survey.Undone || step.AppliedAt.IsZero() || step.UndoneAt.IsZero() {
			t.Errorf("%s, applied %v, undone %v", step.State, step.AppliedAt, step.UndoneAt)
		}
		h.saysNo(h.undo(1), "Bara den plan som infördes sist", all(t, s, h.set.Round.ID))
	})
}

func TestAStepIsNotAppliedToAnotherPlan(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(h *stepped)
		words string
	}{
		{"one begun", func(h *stepped) { h.begin(h.planned[0].ID) }, "en kontakt har påbörjats"},
		{"two begun", func(h *stepped) { h.begin(h.planned[0].ID); h.begin(h.planned[2].ID) }, "2 kontakter har påbörjats"},
		{"one moved", func(h *stepped) {
			_, err := h.UpdateContact(h.t.Context(), surveytest.Change("x"), h.planned[1].ID, 0,
				func(c *survey.Contact, _ survey.Round) error {
					c.PlannedAt = c.PlannedAt.Add(time.Hour)
					return nil
				})
			must(h.t, err)
		}, "flyttats"},
		{"another setup", func(h *stepped) {
			_, err := h.UpdateSetup(h.t.Context(), surveytest.Change("x"), "2026", 0, func(set *survey.Setup, _ int) error {
				set.Evaluators[0].CallsPerDay++
				return nil
			})
			must(h.t, err)
		}, "upplägget är ändrat"},
		{"the fieldwork over", func(h *stepped) { advance(h.t, h.Store, "2026", survey.Review) }, "är slut"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, s *store.Store) {
				h := newStepped(t, s)
				tt.spoil(h)
				h.saysNo(h.apply(1), tt.words, all(t, s, h.set.Round.ID))
			})
		})
	}
}

func TestAStepIsUndoneOnlyWhileItsContactsAreUntouched(t *testing.T) {
	for _, tt := range []struct {
		name  string
		which int // of the step's changes
	}{{"a moved one", 0}, {"an added one", 3}} {
		t.Run(tt.name, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, s *store.Store) {
				h := newStepped(t, s)
				must(t, h.apply(1))
				h.begin(h.proposal.Changes[tt.which].Contact)
				h.saysNo(h.undo(1), "tills en flyttad kontakt har påbörjats", all(t, s, h.set.Round.ID))
			})
		})
	}
}

func TestUndoingThrowsALaterProposalAway(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		h := newStepped(t, s)
		must(t, h.apply(1))
		later := h.step()
		later.Changes = nil
		h.propose(later)
		before := all(t, s, h.set.Round.ID)
		h.saysNo(h.undo(2), "Bara den plan som infördes sist", before)
		must(t, h.undo(1))
		list, err := s.PlanSteps(t.Context(), h.set.Round.ID)
		must(t, err)
		if list[0].State != survey.Dropped {
			t.Errorf("the later proposal is %s", list[0].State)
		}
	})
}

func TestAProposalFromAnOldSetupIsRefused(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		h := newStepped(t, s)
		old := h.step()
		old.Basis--
		_, err := s.ProposeStep(t.Context(), surveytest.Change("plan.propose"), old)
		wantErr(t, err, survey.ErrConflict)
	})
}

func TestSlotsAreStreamed(t *testing.T) {
	for _, states := range [][]survey.State{nil, {survey.Planned}, {survey.Begun, survey.Approved}} {
		t.Run(fmt.Sprint(states), func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, s *store.Store) {
				set, contacts := varied(t, s)
				var want, got []survey.Contact
				for _, c := range choose(contacts, survey.ContactFilter{Order: survey.ByKey, States: states}) {
					slot := survey.Contact{
						ID: c.ID, Round: c.Round, Municipality: c.Municipality, Channel: c.Channel, Area: c.Area, Question: c.Question,
						Replicate: c.Replicate, Evaluator: c.Evaluator, PlannedAt: c.PlannedAt, State: c.State,
						Disposition: c.Disposition, Mail: survey.Mail{Sent: c.Mail.Sent},
					}
					if len(c.Attempts) > 0 {
						slot.Attempts = []survey.Attempt{{Dialled: c.Attempts[0].Dialled}}
					}
					want = append(want, slot)
				}
				for c, err := range s.EachSlot(t.Context(), set.Round.ID, states...) {
					must(t, err)
					got = append(got, c)
				}
				if d := cmp.Diff(want, choose(got, survey.ContactFilter{Order: survey.ByKey})); d != "" {
					t.Error(d)
				}
			})
		})
	}
}

func TestContactsOfWithdrawnQuestionsAreCounted(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := varied(t, s)
		code := set.Round.Design.Questions[1].Code
		counts, err := s.WithdrawnCounts(t.Context(), set.Round.ID)
		must(t, err)
		if len(counts) != 0 {
			t.Errorf("%d counts before anything is withdrawn", len(counts))
		}
		_, err = s.UpdateSetup(t.Context(), surveytest.Change("x"), "2026", 0, func(set *survey.Setup, _ int) error {
			set.Round.Design.Questions[1].Withdrawn = true
			return nil
		})
		must(t, err)
		if counts, err = s.WithdrawnCounts(t.Context(), set.Round.ID); err != nil {
			t.Fatal(err)
		}
		want, got := map[string]int{}, map[string]int{}
		for _, c := range choose(contacts, survey.ContactFilter{Question: code}) {
			want[c.Municipality+string(c.Channel)+string(c.State)+string(c.Disposition)]++
		}
		for _, n := range counts {
			got[n.Key+string(n.Channel)+string(n.State)+string(n.Disposition)] += n.N
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	})
}
