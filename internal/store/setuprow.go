package store

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

type questionRow struct {
	RoundID      key    `gorm:"primaryKey"`
	Code         string `gorm:"primaryKey"`
	Position     int    // place in the design's list
	Area         survey.QuestionArea
	PhoneText    string
	EmailSubject string
	EmailText    string
	AnswerKey    string
	AnchorGood   string
	AnchorFair   string
	AnchorPoor   string
	Withdrawn    bool
}

// TableName names the table for GORM.
func (questionRow) TableName() string { return "questions" }

func (r questionRow) key() string { return r.Code }

func questionRows(r survey.Round) []questionRow {
	var rows []questionRow
	for i, q := range r.Design.Questions {
		rows = append(rows, questionRow{
			RoundID: key(r.ID), Code: q.Code, Position: i, Area: q.Area,
			PhoneText: q.PhoneText, EmailSubject: q.EmailSubject, EmailText: q.EmailText,
			AnswerKey: q.AnswerKey, AnchorGood: q.AnchorGood, AnchorFair: q.AnchorFair, AnchorPoor: q.AnchorPoor,
			Withdrawn: q.Withdrawn,
		})
	}
	return rows
}

func (r questionRow) question() survey.Question {
	return survey.Question{
		Area: r.Area, Code: r.Code, PhoneText: r.PhoneText, EmailSubject: r.EmailSubject, EmailText: r.EmailText,
		AnswerKey: r.AnswerKey, AnchorGood: r.AnchorGood, AnchorFair: r.AnchorFair, AnchorPoor: r.AnchorPoor,
		Withdrawn: r.Withdrawn,
	}
}

type participantRow struct {
	RoundID key   `gorm:"primaryKey"`
	Facts   facts `gorm:"embedded"`
	Phone   string
	Email   string
	Opens   int // minutes after midnight
	Closes  int
	Joined  string
	Left    string `gorm:"column:left_on"`
}

// TableName names the table for GORM.
func (participantRow) TableName() string { return "participants" }

func (r participantRow) key() string { return r.Facts.Code }

func participantRows(set survey.Setup) []participantRow {
	var rows []participantRow
	for _, p := range set.Participants {
		rows = append(rows, participantRow{
			RoundID: key(set.Round.ID), Facts: factsOf(p.Municipality), Phone: p.Phone, Email: p.Email,
			Opens: int(p.Hours.Opens), Closes: int(p.Hours.Closes), Joined: p.Joined.String(), Left: p.Left.String(),
		})
	}
	return rows
}

func (r participantRow) participant() (survey.Participant, error) {
	joined, err1 := parseDay(r.Joined)
	left, err2 := parseDay(r.Left)
	if err := errors.Join(err1, err2); err != nil {
		return survey.Participant{}, fmt.Errorf("stored participant: %w", err)
	}
	return survey.Participant{
		Municipality: r.Facts.municipality(), Phone: r.Phone, Email: r.Email, Hours: hours(r.Opens, r.Closes),
		Joined: joined, Left: left,
	}, nil
}

type evaluatorRow struct {
	RoundID      key    `gorm:"primaryKey"`
	Email        string `gorm:"primaryKey"`
	Name         string
	FromDate     string
	ToDate       string
	CallsPerDay  int
	EmailsPerDay int
	Absent       string // dates with spaces between
	Weekdays     string // digits, 0 is Sunday
	Opens        int    // own hours, minutes after midnight
	Closes       int
}

// TableName names the table for GORM.
func (evaluatorRow) TableName() string { return "evaluators" }

func (r evaluatorRow) key() string { return r.Email }

func evaluatorRows(set survey.Setup) []evaluatorRow {
	var rows []evaluatorRow
	for _, e := range set.Evaluators {
		days := make([]byte, len(e.Days))
		for i, d := range e.Days {
			days[i] = '0' + byte(d)
		}
		rows = append(rows, evaluatorRow{
			RoundID: key(set.Round.ID), Email: e.Email, Name: e.Name,
			FromDate: e.From.String(), ToDate: e.To.String(), CallsPerDay: e.CallsPerDay, EmailsPerDay: e.EmailsPerDay,
			Absent: strings.Join(each(e.Absent, officehours.Date.String), " "), Weekdays: string(days),
			Opens: int(e.Hours.Opens), Closes: int(e.Hours.Closes),
		})
	}
	return rows
}

func (r evaluatorRow) evaluator() (survey.Evaluator, error) {
	from, err1 := parseDay(r.FromDate)
	to, err2 := parseDay(r.ToDate)
	e := survey.Evaluator{
		Email: r.Email, Name: r.Name, From: from, To: to,
		CallsPerDay: r.CallsPerDay, EmailsPerDay: r.EmailsPerDay,
		Days:  each([]byte(r.Weekdays), func(b byte) time.Weekday { return time.Weekday(b - '0') }),
		Hours: hours(r.Opens, r.Closes),
	}
	errs := []error{err1, err2}
	for _, s := range strings.Fields(r.Absent) {
		d, err := officehours.ParseDate(s)
		e.Absent, errs = append(e.Absent, d), append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return e, fmt.Errorf("stored evaluator: %w", err)
	}
	return e, nil
}

type assignmentRow struct {
	RoundID      key                 `gorm:"primaryKey"`
	Area         survey.QuestionArea `gorm:"primaryKey"`
	Evaluator    string              `gorm:"primaryKey"`
	Municipality string              `gorm:"primaryKey"` // "" means all
}

// TableName names the table for GORM.
func (assignmentRow) TableName() string { return "assignments" }

func (r assignmentRow) key() assignmentRow { return r }

func assignmentRows(set survey.Setup) []assignmentRow {
	var rows []assignmentRow
	for _, a := range set.Assignments {
		rows = append(rows, assignmentRow{key(set.Round.ID), a.Area, a.Evaluator, a.Municipality})
	}
	return rows
}

func (r assignmentRow) assignment() survey.Assignment {
	return survey.Assignment{Area: r.Area, Evaluator: r.Evaluator, Municipality: r.Municipality}
}
