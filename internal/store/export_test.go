package store

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// Rows is one of each row, for comparing with the tables.
var Rows = []interface{ TableName() string }{
	municipalityRow{}, roundRow{}, questionRow{}, participantRow{}, evaluatorRow{}, assignmentRow{}, contactRow{},
	planStepRow{}, waiverRow{}, closingRow{}, historyRow{}, userRow{}, sessionRow{},
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
