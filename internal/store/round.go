package store

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"servicematning/internal/survey"
)

type roundRow struct {
	ID          key `gorm:"primaryKey"`
	Code        string
	Revision    int
	Stage       survey.Stage
	PeriodFrom  string
	PeriodTo    string
	Label       string
	Design      string // JSON of designDoc
	Calendar    string // JSON of calendarDoc
	Publication string // JSON of publicationDoc
	Version     int
	Stamp       int64
	Seed        int64
	PlannedAt   int64
	StartedAt   int64
	ClosedAt    int64
	PublishedAt int64
}

// TableName names the table for GORM.
func (roundRow) TableName() string { return "rounds" }

func roundRowOf(r survey.Round) (roundRow, error) {
	design, err1 := toJSON(designDocOf(r.Design))
	calendar, err2 := toJSON(calendarDocOf(r.Calendar))
	publication, err3 := toJSON(publicationDoc(r.Publication))
	return roundRow{
		ID: key(r.ID), Code: r.Code, Revision: r.Revision, Stage: r.Stage,
		PeriodFrom: r.Period.From.String(), PeriodTo: r.Period.To.String(), Label: r.Label,
		Design: design, Calendar: calendar, Publication: publication,
		Version: r.Version, Seed: int64(r.Seed), // all 64 bits are kept
		PlannedAt: millis(r.PlannedAt), StartedAt: millis(r.StartedAt),
		ClosedAt: millis(r.ClosedAt), PublishedAt: millis(r.PublishedAt),
	}, errors.Join(err1, err2, err3)
}

// round gives the round without its questions.
func (r roundRow) round() (survey.Round, error) {
	from, err1 := parseDay(r.PeriodFrom)
	to, err2 := parseDay(r.PeriodTo)
	design, err3 := fromJSON[designDoc]("design", r.Design)
	doc, err4 := fromJSON[calendarDoc]("calendar", r.Calendar)
	calendar, err5 := doc.calendar()
	publication, err6 := fromJSON[publicationDoc]("publication", r.Publication)
	return survey.Round{
		ID: survey.RoundID(r.ID), Code: r.Code, Revision: r.Revision, Stage: r.Stage,
		Period: survey.FieldPeriod{From: from, To: to}, Label: r.Label,
		Design: design.design(), Calendar: calendar, Publication: survey.Publication(publication),
		Version: r.Version, Seed: uint64(r.Seed),
		PlannedAt: instant(r.PlannedAt), StartedAt: instant(r.StartedAt),
		ClosedAt: instant(r.ClosedAt), PublishedAt: instant(r.PublishedAt),
	}, errors.Join(err1, err2, err3, err4, err5, err6)
}

// open is nil while contacts of the round may be changed.
func (r roundRow) open() error { return survey.Round{Code: r.Code, Stage: r.Stage}.Open() }

// same reports whether nothing but the counters of writes differs.
func (r roundRow) same(o roundRow) bool {
	r.Version, r.Stamp = o.Version, o.Stamp
	return r == o
}

// newStamp is a number that no other write of a round ever gets, so that a
// kept round with the same stamp is known to be the one in the database,
// whoever wrote it and whatever was undone.
func newStamp() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand
	return int64(binary.LittleEndian.Uint64(b[:]))
}

// findRound reads a round's row by its code.
func findRound(tx *gorm.DB, code string) (row roundRow, err error) {
	if !storable(code) {
		return row, survey.ErrNotFound
	}
	err = tx.Take(&row, "code = ?", code).Error
	return row, err
}

// locked makes the next read of a row wait for others who change it, and them
// for us. SQLite has a single writer anyway and its dialect leaves it out.
func locked(tx *gorm.DB) *gorm.DB { return tx.Clauses(clause.Locking{Strength: forUpdate}) }

// lock is the same at the end of a statement written out.
func (s *Store) lock(strength string) string {
	if strength == "" || !s.postgres {
		return ""
	}
	return " FOR " + strength
}

const (
	forShare  = "SHARE"  // nobody may change the row meanwhile
	forUpdate = "UPDATE" // nobody may even share it
)

// Rounds lists all rounds, newest period first.
func (s *Store) Rounds(ctx context.Context) ([]survey.Round, error) {
	list, err := s.listRounds(ctx, "TRUE")
	return each(list, cloneRound), err
}

// EvaluatorRounds lists the rounds that hold live contacts of the evaluator's,
// or are in the field and have given them areas, newest period first. What the
// rounds hold is shared and must not be changed in place.
func (s *Store) EvaluatorRounds(ctx context.Context, evaluator string) ([]survey.Round, error) {
	if !storable(evaluator) {
		return nil, nil
	}
	return s.listRounds(ctx, "EXISTS (SELECT 1 FROM contacts WHERE round_id = rounds.id AND evaluator = ?"+
		" AND disposition <> 'void') OR stage = 'fieldwork' AND"+
		" EXISTS (SELECT 1 FROM assignments WHERE round_id = rounds.id AND evaluator = ?)", evaluator, evaluator)
}

// Round finds a round by its code.
func (s *Store) Round(ctx context.Context, code string) (survey.Round, error) {
	if !storable(code) {
		return survey.Round{}, survey.ErrNotFound
	}
	list, err := s.listRounds(ctx, "code = ?", code)
	if err == nil && len(list) == 0 {
		err = survey.ErrNotFound
	}
	if err != nil {
		return survey.Round{}, err
	}
	return cloneRound(list[0]), nil
}

// listRounds gives the rounds that fulfil a condition, shared. Only when one of them
// is not kept as it is now, an unchanging picture is needed to read it from.
func (s *Store) listRounds(ctx context.Context, where string, args ...any) ([]survey.Round, error) {
	heads := func(tx *gorm.DB) ([]roundRow, error) {
		return scanEach(tx.Raw("SELECT id, stamp FROM rounds WHERE "+where+" ORDER BY period_from DESC, code DESC", args...),
			func(r *roundRow) []any { return []any{&r.ID, &r.Stamp} })
	}
	rows, err := heads(s.reader.WithContext(ctx))
	if err != nil {
		return nil, s.translate(ctx, err)
	}
	var rounds []survey.Round
	for _, row := range rows {
		if r, ok := s.rounds.known(row); ok {
			rounds = append(rounds, r)
		}
	}
	if len(rounds) == len(rows) {
		return rounds, nil
	}
	err = s.read(ctx, func(tx *gorm.DB) error {
		if rows, err = heads(tx); err != nil {
			return err
		}
		rounds, err = readEach(rows, func(row roundRow) (survey.Round, error) { return s.rounds.round(tx, row) })
		return err
	})
	return rounds, err
}

// CreateRound adds a round. ErrConflict: the code is taken.
func (s *Store) CreateRound(ctx context.Context, ch survey.Change, r survey.Round) error {
	if err := checkTexts(r); err != nil {
		return err
	}
	row, err := roundRowOf(r)
	if err != nil {
		return err
	}
	row.Stamp = newStamp()
	return s.change(ctx, ch, func(tx *gorm.DB) error {
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		if err := replace(tx, nil, questionRows(r), questionRow.key); err != nil {
			return err
		}
		return record(tx, ch, &row.ID, nil)
	})
}
