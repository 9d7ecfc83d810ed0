package store

import (
	"errors"

	"servicematning/internal/survey"
)

// judgementRow is what is said about a call or a reply, as a key or an answer.
type judgementRow struct {
	Outcome     survey.Outcome
	Greeting    survey.Greeting
	Sender      survey.Sender
	Answer      survey.LevelCode
	Information survey.LevelCode
	Interest    survey.LevelCode
	Treatment   survey.LevelCode
}

func judgementRowOf(j survey.Judgement) judgementRow {
	return judgementRow{
		j.Outcome, j.Greeting, j.Sender,
		j.Ratings.Answer, j.Ratings.Information, j.Ratings.Interest, j.Ratings.Treatment,
	}
}

func (r judgementRow) judgement() survey.Judgement {
	return survey.Judgement{
		Outcome: r.Outcome, Greeting: r.Greeting, Sender: r.Sender,
		Ratings: survey.Ratings{
			Answer: r.Answer, Information: r.Information, Interest: r.Interest, Treatment: r.Treatment,
		},
	}
}

// practiceRow is a contact to practise on, with its key.
type practiceRow struct {
	ID       key `gorm:"primaryKey"`
	RoundID  key
	Position int
	Channel  survey.Channel
	Question string
	Title    string
	Story    string
	Key      judgementRow `gorm:"embedded"`
	Reasons  string       // JSON
	Borrowed bool
	Retired  bool
	Version  int
}

// TableName names the table for GORM.
func (practiceRow) TableName() string { return "practice_contacts" }

func (r practiceRow) key() key { return r.ID }

func practiceRowOf(p survey.PracticeContact) (practiceRow, error) {
	reasons, err := toJSON(p.Reasons)
	return practiceRow{
		ID: key(p.ID), RoundID: key(p.Round), Position: p.Position, Channel: p.Channel, Question: p.Question,
		Title: p.Title, Story: p.Story, Key: judgementRowOf(p.Key), Reasons: reasons,
		Borrowed: p.Borrowed, Retired: p.Retired, Version: p.Version,
	}, errors.Join(err, checkTexts(p))
}

func (r practiceRow) practice() (survey.PracticeContact, error) {
	reasons, err := fromJSON[survey.Reasons]("reasons", r.Reasons)
	return survey.PracticeContact{
		ID: survey.PracticeID(r.ID), Round: survey.RoundID(r.RoundID), Position: r.Position, Channel: r.Channel,
		Question: r.Question, Title: r.Title, Story: r.Story, Key: r.Key.judgement(), Reasons: reasons,
		Borrowed: r.Borrowed, Retired: r.Retired, Version: r.Version,
	}, err
}

// practiceAnswerRow is what an evaluator said about one.
type practiceAnswerRow struct {
	PracticeID key          `gorm:"primaryKey"`
	Evaluator  string       `gorm:"primaryKey"`
	Given      judgementRow `gorm:"embedded"`
	AnsweredAt int64
}

// TableName names the table for GORM.
func (practiceAnswerRow) TableName() string { return "practice_answers" }

func practiceAnswerRowOf(a survey.PracticeAnswer) practiceAnswerRow {
	return practiceAnswerRow{key(a.Practice), a.By, judgementRowOf(a.Given), millis(a.At)}
}

func (r practiceAnswerRow) answer() survey.PracticeAnswer {
	return survey.PracticeAnswer{
		Practice: survey.PracticeID(r.PracticeID), By: r.Evaluator, Given: r.Given.judgement(), At: instant(r.AnsweredAt),
	}
}
