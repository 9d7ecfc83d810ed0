package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// batch is the number of rows in one INSERT: enough to be quick, and with the
// widest table under the number of variables either database takes.
const batch = 400

// write runs fn in a transaction that is durable before it is answered. fn's
// error undoes everything. A long write may be given up while it runs and
// shares its commit with nobody.
func (s *Store) write(ctx context.Context, long bool, fn func(tx *gorm.DB) error) error {
	if s.postgres { // which lets transactions share commits by itself
		return s.translate(ctx, s.writer.WithContext(ctx).Transaction(fn))
	}
	return s.translate(ctx, s.writers.run(s.writer, &write{ctx: ctx, fn: fn, alone: long}))
}

// change is a short write by somebody: a form that has been received before
// stops it first.
func (s *Store) change(ctx context.Context, ch survey.Change, fn func(tx *gorm.DB) error) error {
	return s.changing(ctx, ch, false, fn)
}

// changeMany is change for a write that takes long.
func (s *Store) changeMany(ctx context.Context, ch survey.Change, fn func(tx *gorm.DB) error) error {
	return s.changing(ctx, ch, true, fn)
}

func (s *Store) changing(ctx context.Context, ch survey.Change, long bool, fn func(tx *gorm.DB) error) error {
	if err := checkTexts(ch); err != nil {
		return err
	}
	return s.write(ctx, long, func(tx *gorm.DB) error {
		if err := takeForm(tx, ch); err != nil {
			return err
		}
		if long && !s.postgres {
			return roomy(tx, fn)
		}
		return fn(tx)
	})
}

// roomy runs a long write with a page cache that holds a whole round and its
// indexes. With the ordinary one SQLite writes every page many times over.
// The memory is given back at once.
func roomy(tx *gorm.DB, fn func(tx *gorm.DB) error) error {
	if err := tx.Exec("PRAGMA cache_size = -131072").Error; err != nil { // KiB
		return err
	}
	err := fn(tx)
	return errors.Join(err, tx.Exec("PRAGMA cache_size = -2000").Error)
}

// read runs fn on one unchanging picture of the database. A read of a single
// statement needs no transaction for that and uses s.reader directly.
func (s *Store) read(ctx context.Context, fn func(tx *gorm.DB) error) error {
	var opts *sql.TxOptions
	if s.postgres {
		opts = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return s.translate(ctx, s.reader.WithContext(ctx).Transaction(fn, opts))
}

// takeForm notes that the change's form has been received. ON CONFLICT and
// not an error, because in PostgreSQL an error would end the transaction.
func takeForm(tx *gorm.DB, ch survey.Change) error {
	if ch.Form == "" {
		return nil
	}
	if len(ch.Form) > maxForm {
		return survey.FieldErrors{{
			Field: "form", Message: "Formuläret går inte att känna igen. Ladda om sidan och försök igen.",
		}}
	}
	res := tx.Exec("INSERT INTO forms (id, at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", ch.Form, millis(ch.At))
	if res.Error == nil && res.RowsAffected == 0 {
		return survey.ErrRepeated
	}
	return res.Error
}

// maxForm is the longest id of a form in bytes; the program's own are UUIDs.
const maxForm = 100

// ForgetForms drops the ids of forms received before the instant.
func (s *Store) ForgetForms(ctx context.Context, before time.Time) error {
	return s.write(ctx, false, func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM forms WHERE at < ?", millis(before)).Error
	})
}
