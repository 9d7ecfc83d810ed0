package fieldwork

import (
	"context"

	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// PlanRequest says how to plan.
type PlanRequest struct {
	Seed uint64 // 0, when a plan is mended: the round's
	// AllowSameEvaluator is the lead's consent that cells which only one
	// evaluator may take get both contacts from the same person.
	AllowSameEvaluator bool
}

// Planned is what planning did. In a draft the schedule holds all contacts and
// Step is nil; once the fieldwork has begun the plan is mended: Step says how,
// and the schedule holds the contacts that were added.
type Planned struct {
	schedule.Schedule
	Step *survey.PlanStep
}

// Plan makes a draft's schedule from scratch, around contacts that have been
// imported. Once the fieldwork has begun it mends the plan at once: everything
// begun stays, and as little else as possible moves. Errors of schedule
// (Infeasible, NeedsConsent) come through as they are and change nothing.
func (s *Service) Plan(ctx context.Context, by survey.User, code string, req PlanRequest) (Planned, error) {
	if err := by.Allow(survey.EditSetup); err != nil {
		return Planned{}, err
	}
	set, err := s.Store.Setup(ctx, code)
	if err != nil {
		return Planned{}, err
	}
	if err := set.Round.Plannable(); err != nil {
		return Planned{}, err
	}
	if set.Round.Stage == survey.Fieldwork {
		return s.mend(ctx, by, set, req)
	}
	in, err := s.planInput(ctx, set, req)
	if err != nil {
		return Planned{}, err
	}
	plan, err := schedule.Plan(in, req.Seed)
	if err != nil {
		return Planned{}, err
	}
	r := set.Round
	r.Seed, r.PlannedAt = req.Seed, s.Now().UTC()
	return Planned{Schedule: plan}, s.Store.ReplacePlan(ctx, s.change(ctx, by, "plan.make", code), r, plan.Contacts)
}

// mend proposes and applies in one go.
func (s *Service) mend(ctx context.Context, by survey.User, set survey.Setup, req PlanRequest) (Planned, error) {
	step, change, err := s.replan(ctx, by, set, req)
	if err != nil {
		return Planned{}, err
	}
	done := Planned{
		Schedule: schedule.Schedule{Contacts: change.Added, Balance: change.Balance, SameEvaluator: change.SameEvaluator},
		Step:     &step,
	}
	if len(step.Changes) == 0 {
		return done, s.dropWaiting(ctx, by, set.Round)
	}
	defer s.forgetPlan(set.Round.ID)
	words := step.Count().Text()
	if step.Number, err = s.Store.ProposeStep(ctx, s.change(ctx, by, "plan.propose", words), step); err != nil {
		return Planned{}, err
	}
	apply := s.change(ctx, by, "plan.apply", words)
	apply.Form = "" // the proposal has taken it
	return done, s.Store.ApplyStep(ctx, apply, set.Round.ID, step.Number)
}
