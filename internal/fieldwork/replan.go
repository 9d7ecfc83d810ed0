package fieldwork

import (
	"cmp"
	"context"
	"slices"

	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// ProposeReplan works out how the plan is mended now that reality has changed,
// and keeps it as the round's only proposal. A step without changes is not
// kept: its Number is 0. Errors of schedule (Infeasible, NeedsConsent) come
// through as they are, and the old proposal stays.
func (s *Service) ProposeReplan(ctx context.Context, by survey.User, code string, req PlanRequest) (
	survey.PlanStep, error) {
	if err := by.Allow(survey.EditSetup); err != nil {
		return survey.PlanStep{}, err
	}
	set, err := s.Store.Setup(ctx, code)
	if err != nil {
		return survey.PlanStep{}, err
	}
	step, _, err := s.replan(ctx, by, set, req)
	if err != nil {
		return step, err
	}
	if len(step.Changes) == 0 {
		return step, s.dropWaiting(ctx, by, set.Round)
	}
	step.Number, err = s.Store.ProposeStep(ctx, s.change(ctx, by, "plan.propose", step.Count().Text()), step)
	return step, err
}

// replan works a step out, and keeps nothing.
func (s *Service) replan(ctx context.Context, by survey.User, set survey.Setup, req PlanRequest) (
	survey.PlanStep, schedule.Change, error) {
	if err := set.Round.InField(); err != nil {
		return survey.PlanStep{}, schedule.Change{}, err
	}
	in, err := s.planInput(ctx, set, req)
	if err != nil {
		return survey.PlanStep{}, schedule.Change{}, err
	}
	change, err := schedule.Replan(in, cmp.Or(req.Seed, set.Round.Seed))
	if err != nil {
		return survey.PlanStep{}, schedule.Change{}, err
	}
	step := survey.PlanStep{
		Round: set.Round.ID, State: survey.Proposed, By: by.Email, ProposedAt: in.From, Basis: set.Round.Version,
		Reasons: change.Reasons, Notes: slices.Concat(change.Notes, change.SameEvaluator), Unavoidable: change.Unavoidable,
		LastBefore: change.Before.To, LastAfter: change.After.To, Changes: changesOf(change),
	}
	if !change.Empty() {
		step.Figures = figuresOf(schedule.Measure(in), change.Balance)
	}
	return step, change, nil
}

// planInput is a round's setup and contacts as they are: those begun or
// voided are kept, those untouched may move.
func (s *Service) planInput(ctx context.Context, set survey.Setup, req PlanRequest) (schedule.Input, error) {
	in := schedule.Input{Setup: set, AllowSameEvaluator: req.AllowSameEvaluator}
	if set.Round.Stage == survey.Fieldwork {
		in.From = s.Now().UTC()
	}
	counts, err := s.lateCounts(ctx, set.Round, survey.ByArea)
	if err != nil {
		return in, err
	}
	planned, kept := untouched(counts)
	in.Planned, in.Kept = make([]survey.Contact, 0, planned), make([]survey.Contact, 0, kept)
	for c, err := range s.Store.EachSlot(ctx, set.Round.ID) {
		if err != nil {
			return in, err
		}
		if c.Untouched() {
			in.Planned = append(in.Planned, c)
		} else {
			in.Kept = append(in.Kept, c)
		}
	}
	return in, nil
}

// untouched splits counts into contacts that may move and all others.
func untouched(counts []survey.Count) (n, others int) {
	for _, c := range counts {
		if (survey.Contact{State: c.State, Disposition: c.Disposition}).Untouched() {
			n += c.N
		} else {
			others += c.N
		}
	}
	return n, others
}

// changesOf lists what the change does to each contact.
func changesOf(c schedule.Change) []survey.PlanChange {
	var out []survey.PlanChange
	for _, m := range c.Moved {
		out = append(out, survey.PlanChange{
			Contact: m.Contact.ID, Key: m.Contact.Key(), Area: m.Contact.Area,
			Before: m.Contact.Slot(), After: survey.PlanSlot{Evaluator: m.Evaluator, At: m.At},
		})
	}
	for _, x := range c.Removed {
		out = append(out, survey.PlanChange{Contact: x.ID, Key: x.Key(), Area: x.Area, Before: x.Slot()})
	}
	for _, x := range c.Added {
		id := survey.NewID[survey.Contact]()
		out = append(out, survey.PlanChange{Contact: id, Key: x.Key(), Area: x.Area, After: x.Slot()})
	}
	slices.SortFunc(out, func(a, b survey.PlanChange) int {
		return cmp.Or(
			slotOf(a).At.Compare(slotOf(b).At), cmp.Compare(a.Key.Municipality, b.Key.Municipality),
			cmp.Compare(a.Key.Channel, b.Key.Channel), cmp.Compare(a.Key.Question, b.Key.Question),
			cmp.Compare(a.Key.Replicate, b.Key.Replicate),
		)
	})
	return out
}

// slotOf is where a contact was, or is to come when it was nowhere.
func slotOf(c survey.PlanChange) survey.PlanSlot {
	if c.Before.IsZero() {
		return c.After
	}
	return c.Before
}

// figuresOf puts the plan as it is beside the plan as it would be.
func figuresOf(before, after []schedule.Balance) []survey.PlanFigure {
	was := make(map[string]int, len(before))
	for _, b := range before {
		was[b.Code] = b.Value
	}
	var out []survey.PlanFigure
	for _, b := range after {
		out = append(out, survey.PlanFigure{
			Code: b.Code, Title: b.Title, Before: was[b.Code], After: b.Value, Bound: b.Bound, Limit: b.Limit,
			AtLeast: b.AtLeast, Note: b.Note, Why: b.Why,
		})
	}
	return out
}

// PlanSteps lists the steps by which a round's plan was changed, newest first,
// without their figures and changes.
func (s *Service) PlanSteps(ctx context.Context, by survey.User, r survey.Round) ([]survey.PlanStep, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return nil, err
	}
	return s.Store.PlanSteps(ctx, r.ID)
}

// Proposal reads the round's proposal whole. ErrNotFound: none waits.
func (s *Service) Proposal(ctx context.Context, by survey.User, r survey.Round) (survey.PlanStep, error) {
	return s.newest(ctx, by, r, survey.Proposed)
}

// NewestStep reads the step that was applied last, whole. ErrNotFound: there
// is none.
func (s *Service) NewestStep(ctx context.Context, by survey.User, r survey.Round) (survey.PlanStep, error) {
	return s.newest(ctx, by, r, survey.Applied)
}

func (s *Service) newest(ctx context.Context, by survey.User, r survey.Round, state survey.StepState) (
	survey.PlanStep, error) {
	steps, err := s.PlanSteps(ctx, by, r)
	if err != nil {
		return survey.PlanStep{}, err
	}
	i := slices.IndexFunc(steps, func(p survey.PlanStep) bool { return p.State == state })
	if i < 0 {
		return survey.PlanStep{}, survey.ErrNotFound
	}
	return s.Store.PlanStep(ctx, r.ID, steps[i].Number)
}

// ApplyReplan carries out the proposal with the number, unless the plan or
// the setup has changed since it was made.
func (s *Service) ApplyReplan(ctx context.Context, by survey.User, code string, number int) (survey.PlanStep, error) {
	return s.turnStep(ctx, by, code, number, "plan.apply", s.Store.ApplyStep)
}

// UndoReplan takes back the step with the number, which must be the one
// applied last, while none of the contacts it moved or added has been begun.
func (s *Service) UndoReplan(ctx context.Context, by survey.User, code string, number int) (survey.PlanStep, error) {
	return s.turnStep(ctx, by, code, number, "plan.undo", s.Store.UndoStep)
}

// turnStep applies or undoes a step and forgets what was counted before.
func (s *Service) turnStep(ctx context.Context, by survey.User, code string, number int, action string,
	turn func(context.Context, survey.Change, survey.RoundID, int) error) (survey.PlanStep, error) {
	if err := by.Allow(survey.EditSetup); err != nil {
		return survey.PlanStep{}, err
	}
	r, err := s.Store.Round(ctx, code)
	if err != nil {
		return survey.PlanStep{}, err
	}
	step, err := s.Store.PlanStep(ctx, r.ID, number)
	if err != nil {
		return survey.PlanStep{}, err
	}
	err = turn(ctx, s.change(ctx, by, action, step.Count().Text()), r.ID, number)
	s.forgetPlan(r.ID)
	return step, err
}

// forgetPlan drops everything kept that was counted before the plan changed.
func (s *Service) forgetPlan(id survey.RoundID) {
	s.counts.forget(id)
	s.plans.forget(id)
	s.fits.forget(id)
}

// DropProposal throws the proposal with the number away.
func (s *Service) DropProposal(ctx context.Context, by survey.User, code string, number int) error {
	if err := by.Allow(survey.EditSetup); err != nil {
		return err
	}
	r, err := s.Store.Round(ctx, code)
	if err != nil {
		return err
	}
	return s.Store.DropStep(ctx, s.change(ctx, by, "plan.drop", code), r.ID, number)
}

// dropWaiting throws away a proposal that is no longer needed, if one waits.
func (s *Service) dropWaiting(ctx context.Context, by survey.User, r survey.Round) error {
	steps, err := s.Store.PlanSteps(ctx, r.ID)
	if err != nil {
		return err
	}
	for _, p := range steps {
		if p.State == survey.Proposed {
			return s.Store.DropStep(ctx, s.change(ctx, by, "plan.drop", r.Code), r.ID, p.Number)
		}
	}
	return nil
}
