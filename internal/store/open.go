package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// Store is an open database. Its methods may be called from many goroutines.
type Store struct {
	place      string   // where it is, as an operator would say it: no password
	postgres   bool     // else SQLite
	writer     *gorm.DB // for SQLite a single connection
	reader     *gorm.DB // for PostgreSQL the same as writer
	writers    writers
	statements statements
	rounds     roundCache
}

const (
	// readers is the number of SQLite connections for reading: enough for a
	// long export beside the pages, few enough to keep their caches small.
	readers = 4
	// connections is the size of the pool to PostgreSQL.
	connections = 16
	// connectWait is how long to try to reach PostgreSQL, unless the address says.
	connectWait = 10 * time.Second
	// busyWait is how long SQLite waits for another process's transaction.
	busyWait = 10 * time.Second
)

// Open opens "postgres://…" or a SQLite file, which is created when only it is
// missing, not its folder. The tables are made by Migrate.
func Open(ctx context.Context, address string) (*Store, error) {
	s := &Store{}
	var err error
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		err = s.openPostgres(ctx, address)
	} else {
		err = s.openSQLite(ctx, address, busyWait)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close waits for what is under way and closes the database.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*gorm.DB{s.reader, s.writer} {
		if db == nil {
			continue
		}
		pool, err := db.DB()
		if err == nil {
			err = pool.Close() // closing twice, as with PostgreSQL, is no error
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// openSQLite opens two pools on one file. Writing has a single connection,
// because SQLite has a single writer and would make the others fail or wait
// unfairly; reading has several, which never wait for the writer.
func (s *Store) openSQLite(ctx context.Context, path string, busy time.Duration) error {
	s.place = path
	if err := checkFile(path); err != nil {
		return s.fileFault(err)
	}
	var err error
	// The writer goes first: it turns the write-ahead log on, which a
	// connection that may only read cannot.
	if s.writer, err = s.sqlitePool(ctx, path, 1, busy, "_txlock=immediate&_journal_mode=WAL"); err != nil {
		return err
	}
	s.reader, err = s.sqlitePool(ctx, path, readers, busy, "_txlock=deferred&_query_only=true&_cache_size=-1000")
	return err
}

func (s *Store) sqlitePool(ctx context.Context, path string, size int, busy time.Duration, more string) (
	*gorm.DB, error) {
	// Pragmas in the address reach every connection of the pool; one sent as
	// a statement would reach only the connection that ran it.
	// The whole path, because ":memory:" would mean something else.
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, s.fileFault(err)
	}
	dsn := "file:" + (&url.URL{Path: full}).EscapedPath() +
		fmt.Sprintf("?_busy_timeout=%d&_foreign_keys=on&_synchronous=FULL&_stmt_cache_size=100&", busy.Milliseconds()) + more
	pool, err := sql.Open(sqlite.DriverName, dsn)
	if err != nil {
		return nil, s.fileFault(err)
	}
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	// A file that is no database is noticed only when something is read.
	var n int
	if err := pool.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&n); err != nil {
		return nil, errors.Join(s.translate(ctx, err), pool.Close())
	}
	db, err := gorm.Open(sqlite.New(sqlite.Config{Conn: pool}), s.config())
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return db, nil
}

// checkFile makes sure that the file can be written, or made: SQLite would
// open a file without write permission for reading only and say nothing.
func checkFile(path string) error {
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Clean(path), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// config is common to both databases. Transactions are begun where they are
// meant; statements are kept by the drivers themselves.
func (s *Store) config() *gorm.Config {
	return &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		TranslateError:         true,
		Logger:                 &s.statements,
	}
}
