package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"servicematning/internal/auth"
	"servicematning/internal/survey"
)

// Rows is one of each row, for comparing with the tables.
var Rows = []interface{ TableName() string }{
	municipalityRow{}, roundRow{}, questionRow{}, participantRow{}, evaluatorRow{}, assignmentRow{}, contactRow{},
	planStepRow{}, waiverRow{}, closingRow{}, historyRow{}, userRow{}, sessionRow{},
	pressRow{}, draftFormRow{}, replyTextRow{},
	practiceRow{}, practiceAnswerRow{},
}

// ContactColumns is what streams read.
var ContactColumns = contactColumns

// PackAttempts and UnpackAttempts are how calls are stored.
var (
	PackAttempts   = packAttempts
	UnpackAttempts = unpackAttempts
)

// TallyQuery is the statement that counts.
func (s *Store) TallyQuery(by string) string {
	for g, t := range tallies {
		if string(g) == by {
			return t.query()
		}
	}
	return ""
}

// Writer and Reader are the pools.
func (s *Store) Writer() *gorm.DB { return s.writer }
func (s *Store) Reader() *gorm.DB { return s.reader }

// Statements makes what the reader would send visible to fn.
func (s *Store) Statements(fn func(sql string)) func() {
	const name = "test:statements"
	err := s.reader.Callback().Row().After("gorm:row").Register(name, func(db *gorm.DB) {
		fn(db.Explain(db.Statement.SQL.String(), db.Statement.Vars...))
	})
	if err != nil {
		panic(err)
	}
	return func() { _ = s.reader.Callback().Row().Remove(name) }
}

// OpenImpatient opens a SQLite file and does not wait long for its lock.
func OpenImpatient(ctx context.Context, path string, wait time.Duration) (*Store, error) {
	s := &Store{}
	return s, s.openSQLite(ctx, path, wait)
}

// MigrateTo brings an empty database to an earlier version of the tables.
func (s *Store) MigrateTo(ctx context.Context, version int64) error {
	provider, err := s.provider()
	if err != nil {
		return err
	}
	_, err = provider.UpTo(ctx, version)
	return err
}

// FillVersion1 writes a round as the first version of the tables held it.
func (s *Store) FillVersion1(set survey.Setup, contacts []survey.Contact) error {
	rows, err := setupRowsOf(set)
	if err != nil {
		return err
	}
	list, err := newRows(set.Round, contacts)
	return errors.Join(
		err, s.writer.Create(&rows.round).Error,
		s.writer.Omit("Withdrawn").Create(&rows.questions).Error,
		s.writer.Omit("Joined", "Left").Create(&rows.participants).Error,
		s.writer.Omit("Opens", "Closes").Create(&rows.evaluators).Error,
		s.writer.Create(&rows.assignments).Error,
		s.writer.Omit("ReturnedAt", "CallBackAt", "HeldBy", "HeldUntil").Create(&list).Error,
	)
}

// FillVersion2 writes a round and a user as the second version held them.
func (s *Store) FillVersion2(set survey.Setup, contacts []survey.Contact, a auth.Account) error {
	rows, err := setupRowsOf(set)
	if err != nil {
		return err
	}
	list, err := newRows(set.Round, contacts)
	user := userRowOf(a)
	return errors.Join(
		err, s.writer.Create(&rows.round).Error, s.writer.Create(&rows.questions).Error,
		s.writer.Create(&rows.participants).Error, s.writer.Create(&rows.evaluators).Error,
		s.writer.Create(&rows.assignments).Error, s.writer.Omit("ReturnedAt").Create(&list).Error,
		s.writer.Omit("Keys").Create(&user).Error,
	)
}

// RecordReturn writes to the history that a contact was returned.
func (s *Store) RecordReturn(c survey.Contact, at time.Time) error {
	round, contact := key(c.Round), key(c.ID)
	return record(s.writer, survey.Change{By: c.ReviewedBy, At: at, Action: "contact.return"}, &round, &contact)
}
