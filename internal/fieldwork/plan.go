package fieldwork

import (
	"context"

	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// PlanRequest says how to plan.
type PlanRequest struct {
	Seed uint64
	// AllowSameEvaluator is the lead's consent that cells which only one
	// evaluator may take get both contacts from the same person.
	AllowSameEvaluator bool
}

// Plan makes the round's schedule and stores it. Everything already begun is
// kept; everything still planned is planned anew. Errors of schedule
// (Infeasible, NeedsConsent) come through as they are and change nothing.
func (s *Service) Plan(ctx context.Context, by survey.User, code string, req PlanRequest) (schedule.Schedule, error) {
	if err := by.Allow(survey.EditSetup); err != nil {
		return schedule.Schedule{}, err
	}
	set, err := s.Store.Setup(ctx, code)
	if err != nil {
		return schedule.Schedule{}, err
	}
	if err := plannable(set.Round); err != nil {
		return schedule.Schedule{}, err
	}
	in := schedule.Input{Setup: set, AllowSameEvaluator: req.AllowSameEvaluator}
	for c, err := range s.Store.EachContact(ctx, set.Round.ID) {
		if err != nil {
			return schedule.Schedule{}, err
		}
		if c.State != survey.Planned || c.Disposition == survey.Void {
			in.Kept = append(in.Kept, c)
		}
	}
	now := s.Now().UTC()
	if set.Round.Stage == survey.Fieldwork {
		in.From = now
	}
	plan, err := schedule.Plan(in, req.Seed)
	if err != nil {
		return schedule.Schedule{}, err
	}
	for i := range plan.Contacts {
		plan.Contacts[i].ID, plan.Contacts[i].Round = survey.NewID[survey.Contact](), set.Round.ID
	}
	r := set.Round
	r.Seed, r.PlannedAt = req.Seed, now
	if err := s.Store.ReplacePlan(ctx, s.change(ctx, by, "plan.make", code), r, plan.Contacts); err != nil {
		return schedule.Schedule{}, err
	}
	return plan, nil
}

func plannable(r survey.Round) error {
	if err := r.Open(); err != nil {
		return err
	}
	if r.Stage == survey.Review {
		return survey.Refuse(survey.ErrConflict, "Fältarbetet i omgång "+r.Code+" är slut. Det går inte att planera fler kontakter.")
	}
	return nil
}
