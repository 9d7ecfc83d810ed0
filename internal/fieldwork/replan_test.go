package fieldwork_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// away makes the evaluator of the last contact absent on that day, on the
// first working day of a round with a third evaluator.
func (h *house) away(t *testing.T) (code string, contacts []survey.Contact, last survey.Contact) {
	t.Helper()
	code = h.small(t)
	ok(t, h.SaveEvaluators(h.ctx, lead, code, []survey.Evaluator{
		{Email: "tova@example.se", Name: "Tova", CallsPerDay: 20, EmailsPerDay: 20},
	}))
	area := survey.BundledQuestions()[0].Area
	ok(t, h.AddAssignments(h.ctx, lead, code, []survey.Assignment{{Area: area, Evaluator: "tova@example.se"}}))
	_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
	ok(t, err)
	ok(t, h.StartFieldwork(h.ctx, lead, code, 0))
	h.at = day("2026-10-19").At(8, 1)
	contacts = h.all(t, code)
	last = contacts[len(contacts)-1]
	d := officehours.DateOf(last.PlannedAt)
	ok(t, h.AddAbsence(h.ctx, lead, code, 0, last.Evaluator, fieldwork.Absence{From: d, To: d}))
	return code, contacts, last
}

func (h *house) all(t *testing.T, code string) []survey.Contact {
	t.Helper()
	cs, _, err := h.Contacts(h.ctx, lead, code, survey.ContactFilter{})
	ok(t, err)
	return cs
}

func (h *house) fit(t *testing.T, code string) fieldwork.PlanFit {
	t.Helper()
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	fit, err := h.PlanFit(h.ctx, lead, set)
	ok(t, err)
	return fit
}

// onDay counts the evaluator's contacts on the contact's day.
func onDay(cs []survey.Contact, c survey.Contact) (n int) {
	for _, x := range cs {
		if x.Evaluator == c.Evaluator && officehours.DateOf(x.PlannedAt) == officehours.DateOf(c.PlannedAt) {
			n++
		}
	}
	return n
}

func TestAnAbsenceIsPlannedAround(t *testing.T) {
	h := newHouse(t)
	code, before, last := h.away(t)
	must := onDay(before, last)
	if fit := h.fit(t, code); fit.Misfits != must || fit.Missing != 0 || !strings.Contains(fit.Reasons[0], "inte i tjänst") {
		t.Errorf("fit %+v, want %d misfits", fit, must)
	}
	_, err := h.ProposeReplan(h.ctx, commissioner, code, fieldwork.PlanRequest{})
	is(t, err, survey.ErrForbidden)
	step, err := h.ProposeReplan(h.ctx, lead, code, fieldwork.PlanRequest{})
	ok(t, err)
	if n := step.Count(); step.Number != 1 || n.Moved < must || step.Unavoidable != must || n.Added+n.Removed > 0 {
		t.Errorf("step %d: %+v, unavoidable %d, want %d", step.Number, n, step.Unavoidable, must)
	}
	if len(step.Figures) == 0 || step.LastBefore != officehours.DateOf(last.PlannedAt) || step.LastAfter.IsZero() {
		t.Errorf("%d figures, last day %v before and %v after", len(step.Figures), step.LastBefore, step.LastAfter)
	}
	if d := cmp.Diff(before, h.all(t, code)); d != "" {
		t.Error("a proposal changed the plan:", d)
	}
	_, err = h.ApplyReplan(h.ctx, lead, code, 1)
	ok(t, err)
	after := h.all(t, code)
	if n := onDay(after, last); n != 0 || len(after) != len(before) {
		t.Errorf("%d contacts are left on the day off, %d in all", n, len(after))
	}
	if fit := h.fit(t, code); fit.Misfits+fit.Missing > 0 {
		t.Errorf("the new plan does not fit: %+v", fit)
	}
	_, err = h.UndoReplan(h.ctx, lead, code, 1)
	ok(t, err)
	if d := cmp.Diff(before, h.all(t, code), cmpopts.IgnoreFields(survey.Contact{}, "Version")); d != "" {
		t.Error("undone, and yet:", d)
	}
	if fit := h.fit(t, code); fit.Misfits != must {
		t.Errorf("%d misfits after undoing, want %d", fit.Misfits, must)
	}
}

func TestAProposalFallsWhenAContactIsBegun(t *testing.T) {
	h := newHouse(t)
	code, _, _ := h.away(t)
	step, err := h.ProposeReplan(h.ctx, lead, code, fieldwork.PlanRequest{})
	ok(t, err)
	moved := step.Changes[0]
	h.at = moved.Before.At
	if moved.Key.Channel == survey.Phone {
		_, err = h.Press(h.ctx, evaluator(moved.Before.Evaluator), moved.Contact, 0, survey.Dial, 0)
	} else {
		_, err = h.MarkSent(h.ctx, evaluator(moved.Before.Evaluator), moved.Contact, 0)
	}
	ok(t, err)
	_, err = h.ApplyReplan(h.ctx, lead, code, step.Number)
	is(t, err, survey.ErrConflict)
	if err == nil || !strings.Contains(err.Error(), "en kontakt har påbörjats") {
		t.Errorf("refused with %v", err)
	}
}

func TestTheCommandLineMendsAtOnce(t *testing.T) {
	h := newHouse(t)
	code, _, last := h.away(t)
	done, err := h.Plan(fieldwork.WithForm(h.ctx, "form"), lead, code, fieldwork.PlanRequest{Seed: 2})
	ok(t, err)
	if done.Step == nil || done.Step.Number != 1 || len(done.Balance) == 0 {
		t.Errorf("planning gave %+v", done)
	}
	if n := onDay(h.all(t, code), last); n != 0 {
		t.Errorf("%d contacts are left on the day off", n)
	}
	again, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 2})
	ok(t, err)
	if again.Step.Number != 0 || len(again.Step.Changes) != 0 {
		t.Errorf("planning again changed %s", again.Step.Count().Text())
	}
}

func TestAProposalIsForTheFieldwork(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	_, err := h.ProposeReplan(h.ctx, lead, code, fieldwork.PlanRequest{})
	is(t, err, survey.ErrConflict)
	if fit := h.fit(t, code); fit.Misfits+fit.Missing > 0 {
		t.Errorf("a draft has no plan that could not fit: %+v", fit)
	}
}

func TestAProposalIsDroppedWhenNothingIsToBeMoved(t *testing.T) {
	h := newHouse(t)
	code, _, last := h.away(t)
	step, err := h.ProposeReplan(h.ctx, lead, code, fieldwork.PlanRequest{})
	ok(t, err)
	d := officehours.DateOf(last.PlannedAt)
	ok(t, h.RemoveAbsence(h.ctx, lead, code, 0, last.Evaluator, fieldwork.Absence{From: d, To: d}))
	step2, err := h.ProposeReplan(h.ctx, lead, code, fieldwork.PlanRequest{})
	ok(t, err)
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	_, err = h.Proposal(h.ctx, lead, set.Round)
	is(t, err, survey.ErrNotFound)
	if step.Number != 1 || step2.Number != 0 {
		t.Errorf("numbers %d and %d", step.Number, step2.Number)
	}
	is(t, h.DropProposal(h.ctx, lead, code, 1), survey.ErrNotFound)
}

func TestAWithdrawnQuestionAndALeaverArePlannedNoMore(t *testing.T) {
	h := newHouse(t)
	code, _, _ := h.away(t)
	ok(t, h.WithdrawQuestion(h.ctx, lead, code, 0, "BYGG1", true))
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	p, _ := set.Participant("0305")
	p.Left = day("2026-10-20")
	ok(t, h.SaveParticipant(h.ctx, lead, code, 0, p))
	_, err = h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{})
	ok(t, err)
	for _, c := range h.all(t, code) {
		if c.Question == "BYGG1" || c.Municipality == "0305" && !officehours.DateOf(c.PlannedAt).Before(p.Left) {
			t.Errorf("%s is still planned with %s %v", c.Question, c.Municipality, c.PlannedAt)
		}
	}
	ok(t, h.WithdrawQuestion(h.ctx, lead, code, 0, "BYGG1", false))
	if fit := h.fit(t, code); fit.Missing != 4 {
		t.Errorf("%d contacts are missing, want those of the question in the municipality that stays", fit.Missing)
	}
	h.at = h.at.Add(time.Minute)
	_, err = h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{})
	ok(t, err)
	if fit := h.fit(t, code); fit.Missing+fit.Misfits != 0 {
		t.Errorf("after planning again: %+v", fit)
	}
}
