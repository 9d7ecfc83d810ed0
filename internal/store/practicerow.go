package store

import (
	"servicematning/internal/survey"
)

// practiceRow is a contact to practise on, with its key.
type practiceRow struct {
	ID          key `gorm:"primaryKey"`
	RoundID     key
	Position    int
	Channel     survey.Channel
	Question    string
	Title       string
	Story       string
	Outcome     survey.Outcome
	Greeting    survey.Greeting
	Sender      survey.Sender
	Answer      survey.LevelCode
	Information survey.LevelCode
	Interest    survey.LevelCode
	Treatment   survey.LevelCode
	Reasons     string // JSON
	Borrowed    bool
	Retired     bool
	Version     int
}

// TableName names the table for GORM.
func (practiceRow) TableName() string { return "practice_contacts" }

// practiceAnswerRow is what an evaluator said about one.
type practiceAnswerRow struct {
	PracticeID  key    `gorm:"primaryKey"`
	Evaluator   string `gorm:"primaryKey"`
	Outcome     survey.Outcome
	Greeting    survey.Greeting
	Sender      survey.Sender
	Answer      survey.LevelCode
	Information survey.LevelCode
	Interest    survey.LevelCode
	Treatment   survey.LevelCode
	AnsweredAt  int64
}

// TableName names the table for GORM.
func (practiceAnswerRow) TableName() string { return "practice_answers" }
