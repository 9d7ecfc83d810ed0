package store

import (
	"errors"
	"fmt"

	"servicematning/internal/survey"
)

// planStepRow is one change of a round's plan.
type planStepRow struct {
	RoundID     key `gorm:"primaryKey"`
	Number      int `gorm:"primaryKey"`
	State       survey.StepState
	MadeBy      string
	ProposedAt  int64
	AppliedAt   int64
	UndoneAt    int64
	Basis       int
	Reasons     string // JSON
	Notes       string // JSON
	Unavoidable int
	LastBefore  string
	LastAfter   string
	Figures     string // JSON of figureDocs; "" where it is not read
	Changes     string // JSON of changeDocs; likewise
}

// TableName names the table for GORM.
func (planStepRow) TableName() string { return "plan_steps" }

// changeDoc is a change of one contact: there may be thousands in a step, so
// the names are short.
type changeDoc struct {
	Contact      string              `json:"id"`
	Municipality string              `json:"m"`
	Channel      survey.Channel      `json:"c"`
	Area         survey.QuestionArea `json:"a"`
	Question     string              `json:"q"`
	Replicate    int                 `json:"r"`
	FromWho      string              `json:"fw,omitempty"`
	FromAt       int64               `json:"ft,omitempty"`
	ToWho        string              `json:"tw,omitempty"`
	ToAt         int64               `json:"tt,omitempty"`
}

func changeDocOf(c survey.PlanChange) changeDoc {
	return changeDoc{
		Contact: c.Contact.String(), Municipality: c.Key.Municipality, Channel: c.Key.Channel, Area: c.Area,
		Question: c.Key.Question, Replicate: c.Key.Replicate,
		FromWho: c.Before.Evaluator, FromAt: millis(c.Before.At), ToWho: c.After.Evaluator, ToAt: millis(c.After.At),
	}
}

func (d changeDoc) change() (survey.PlanChange, error) {
	id, err := survey.ParseID[survey.Contact](d.Contact)
	return survey.PlanChange{
		Contact: id, Area: d.Area,
		Key: survey.Key{
			Cell:      survey.Cell{Municipality: d.Municipality, Question: d.Question, Channel: d.Channel},
			Replicate: d.Replicate,
		},
		Before: survey.PlanSlot{Evaluator: d.FromWho, At: instant(d.FromAt)},
		After:  survey.PlanSlot{Evaluator: d.ToWho, At: instant(d.ToAt)},
	}, err
}

type figureDoc struct {
	Code    string `json:"code"`
	Title   string `json:"title"`
	Before  int    `json:"before"`
	After   int    `json:"after"`
	Bound   int    `json:"bound"`
	Limit   int    `json:"limit"`
	AtLeast bool   `json:"at_least"`
	Note    string `json:"note"`
	Why     string `json:"why"`
}

func planStepRowOf(s survey.PlanStep) (planStepRow, error) {
	reasons, err1 := toJSON(s.Reasons)
	notes, err2 := toJSON(s.Notes)
	figures, err3 := toJSON(each(s.Figures, func(f survey.PlanFigure) figureDoc { return figureDoc(f) }))
	changes, err4 := toJSON(each(s.Changes, changeDocOf))
	return planStepRow{
		RoundID: key(s.Round), Number: s.Number, State: s.State, MadeBy: s.By,
		ProposedAt: millis(s.ProposedAt), AppliedAt: millis(s.AppliedAt), UndoneAt: millis(s.UndoneAt),
		Basis: s.Basis, Reasons: reasons, Notes: notes, Unavoidable: s.Unavoidable,
		LastBefore: s.LastBefore.String(), LastAfter: s.LastAfter.String(), Figures: figures, Changes: changes,
	}, errors.Join(err1, err2, err3, err4)
}

func (r planStepRow) step() (survey.PlanStep, error) {
	s := survey.PlanStep{
		Round: survey.RoundID(r.RoundID), Number: r.Number, State: r.State, By: r.MadeBy,
		ProposedAt: instant(r.ProposedAt), AppliedAt: instant(r.AppliedAt), UndoneAt: instant(r.UndoneAt),
		Basis: r.Basis, Unavoidable: r.Unavoidable,
	}
	var errs [6]error
	s.Reasons, errs[0] = fromJSON[[]string]("reasons", r.Reasons)
	s.Notes, errs[1] = fromJSON[[]string]("notes", r.Notes)
	s.LastBefore, errs[2] = parseDay(r.LastBefore)
	s.LastAfter, errs[3] = parseDay(r.LastAfter)
	if r.Changes != "" {
		var figures []figureDoc
		var changes []changeDoc
		figures, errs[4] = fromJSON[[]figureDoc]("figures", r.Figures)
		changes, errs[5] = fromJSON[[]changeDoc]("changes", r.Changes)
		s.Figures = each(figures, func(f figureDoc) survey.PlanFigure { return survey.PlanFigure(f) })
		if err := errors.Join(errs[:]...); err != nil {
			return s, err
		}
		s.Changes, errs[5] = readEach(changes, changeDoc.change)
	}
	if err := errors.Join(errs[:]...); err != nil {
		return s, fmt.Errorf("stored step %d of the plan: %w", r.Number, err)
	}
	return s, nil
}
