package fieldwork

import (
	"context"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// PlanStore keeps the steps by which a round's plan is changed during the
// fieldwork, and reads what they are worked out from.
type PlanStore interface {
	// PlanSteps lists a round's steps, newest first, without Figures and Changes.
	PlanSteps(ctx context.Context, id survey.RoundID) ([]survey.PlanStep, error)
	// PlanStep reads one step whole.
	PlanStep(ctx context.Context, id survey.RoundID, number int) (survey.PlanStep, error)
	// ProposeStep keeps the step as the round's only proposal under the next
	// number, which it gives. ErrConflict: the round no longer has its Basis.
	ProposeStep(ctx context.Context, ch survey.Change, step survey.PlanStep) (number int, err error)
	// DropStep throws the proposal with the number away. ErrNotFound: it is none.
	DropStep(ctx context.Context, ch survey.Change, id survey.RoundID, number int) error
	// ApplyStep carries a proposal out and stamps the round's PlannedAt.
	// ErrConflict, with words: see survey.PlanStep.Applicable.
	ApplyStep(ctx context.Context, ch survey.Change, id survey.RoundID, number int) error
	// UndoStep takes the newest applied step back; a proposal falls with it.
	// ErrConflict, with words: see survey.PlanStep.Undoable.
	UndoStep(ctx context.Context, ch survey.Change, id survey.RoundID, number int) error
	// EachSlot streams the contacts of a round, those in the states if any are
	// given, with only what a plan is about: identifier, key, area, slot,
	// state, disposition and when they were first dialled or sent.
	EachSlot(ctx context.Context, id survey.RoundID, states ...survey.State) results.Contacts
	// WithdrawnCounts counts the contacts of withdrawn questions, voided ones
	// too, per municipality.
	WithdrawnCounts(ctx context.Context, id survey.RoundID) ([]survey.Count, error)
}
