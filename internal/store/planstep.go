package store

import "servicematning/internal/survey"

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
	Changes     string // JSON
}

// TableName names the table for GORM.
func (planStepRow) TableName() string { return "plan_steps" }
