package store

import (
	"context"
	"sync/atomic"
	"time"

	"gorm.io/gorm/logger"
)

// statements counts what is sent to the database and says nothing: errors are
// returned and logged once by whoever asked, and a logged statement would
// carry people's names and notes.
type statements struct{ n atomic.Int64 }

// LogMode changes nothing: there is one mode.
func (l *statements) LogMode(logger.LogLevel) logger.Interface { return l }

// Info, Warn and Error are GORM's own remarks.
func (l *statements) Info(context.Context, string, ...any)  {}
func (l *statements) Warn(context.Context, string, ...any)  {}
func (l *statements) Error(context.Context, string, ...any) {}

// Trace is called once for every statement.
func (l *statements) Trace(context.Context, time.Time, func() (string, int64), error) { l.n.Add(1) }

// Queries is the number of statements run so far, without BEGIN and COMMIT.
// Tests and benchmarks take the difference over a page.
func (s *Store) Queries() int64 { return s.statements.n.Load() }
