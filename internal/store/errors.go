package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// Fault is trouble with the database itself that an operator can mend. Its
// text is one Swedish line: what is wrong, where, and what to do, with the
// driver's own words last for the log.
type Fault struct {
	Message string
	Err     error
}

func (f *Fault) Error() string {
	if f.Err == nil {
		return f.Message
	}
	return f.Message + " (" + oneLine(f.Err) + ")"
}

func (f *Fault) Unwrap() error { return f.Err }

// oneLine is the innermost error's text: the outer ones repeat the address,
// one line for every attempt to connect.
func oneLine(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return strings.Join(strings.Fields(err.Error()), " ")
}

// sqlState is fulfilled by PostgreSQL's errors.
type sqlState interface {
	error
	SQLState() string
}

// translate turns the errors of GORM and the drivers into the domain's kinds
// and into Faults. Everything else, such as the refusal of a function given
// to the store, is returned as it is.
func (s *Store) translate(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var fault *Fault
	var lite sqlite3.Error
	var pg sqlState
	var unreachable *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.As(err, &fault):
		return err
	case ctx.Err() != nil && errors.As(err, &network):
		// A request given up in the middle of a write reads as trouble on the line.
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	case errors.As(err, &unreachable), errors.Is(err, driver.ErrBadConn):
		return s.connectFault(err)
	case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("%w: %w", survey.ErrNotFound, err)
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return fmt.Errorf("%w: %w", survey.ErrConflict, err)
	case errors.As(err, &lite):
		if lite.Code == sqlite3.ErrInterrupt && ctx.Err() != nil {
			return fmt.Errorf("%w: %w", ctx.Err(), err)
		}
		return s.sqliteFault(lite, err)
	case errors.As(err, &pg):
		return s.postgresFault(pg.SQLState(), err)
	}
	return err
}

// sqliteFault words what SQLite says is wrong with the file.
func (s *Store) sqliteFault(lite sqlite3.Error, err error) error {
	message := ""
	switch lite.Code {
	case sqlite3.ErrConstraint:
		if lite.ExtendedCode == sqlite3.ErrConstraintUnique || lite.ExtendedCode == sqlite3.ErrConstraintPrimaryKey {
			return fmt.Errorf("%w: %w", survey.ErrConflict, err)
		}
		return err
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		message = "Databasen %s är låst av ett annat program. Vänta tills det är klart, eller avsluta det, och försök igen."
	case sqlite3.ErrReadonly, sqlite3.ErrPerm:
		message = "Databasen %s går inte att skriva till. Ge programmets användare skrivrätt till filen och dess mapp."
	case sqlite3.ErrFull:
		message = "Disken där databasen %s ligger är full. Inget sparades. Frigör utrymme och försök igen."
	case sqlite3.ErrIoErr:
		message = "Disken där databasen %s ligger svarar med fel. Inget sparades. Kontrollera disken och dess utrymme."
	case sqlite3.ErrCantOpen:
		message = "Databasen %s kan inte öppnas. Kontrollera mappen och programmets rätt till den."
	case sqlite3.ErrNotADB:
		message = "Filen %s är ingen databas. Ange en annan fil, eller flytta undan den så skapas en ny."
	case sqlite3.ErrCorrupt:
		message = "Databasen %s är skadad. Återställ den senaste säkerhetskopian."
	default:
		return err
	}
	return &Fault{fmt.Sprintf(message, s.place), err}
}

// postgresFault words what PostgreSQL says, by its class of SQLSTATE.
func (s *Store) postgresFault(state string, err error) error {
	message := ""
	switch {
	case state == "23505":
		return fmt.Errorf("%w: %w", survey.ErrConflict, err)
	case state == "40001", state == "40P01": // serialization failure, deadlock: the loser may try again
		return fmt.Errorf("%w: %w", survey.ErrConflict, err)
	case state == "28P01", state == "28000":
		message = "Databasen %s tar inte emot användaren eller lösenordet. Rätta dem i adressen."
	case state == "3D000":
		message = "Databasen %s finns inte på servern. Skapa den med createdb, eller rätta namnet i adressen."
	case state == "25006":
		message = "Databasen %s går inte att skriva till. Anslut till den server som tar emot ändringar."
	case state == "53100":
		message = "Disken där databasen %s ligger är full. Inget sparades. Frigör utrymme och försök igen."
	case state == "53300":
		message = "Databasen %s har för många anslutningar. Höj max_connections, eller stäng andra program."
	case state == "42501":
		message = "Databasen %s nekar användaren rätt till tabellerna. Ge den rätten, eller byt användare i adressen."
	case strings.HasPrefix(state, "57P"), strings.HasPrefix(state, "08"):
		message = "Databasen %s håller på att starta eller stängas av. Försök igen om en stund."
	default:
		return err
	}
	return &Fault{fmt.Sprintf(message, s.place), err}
}

// connectFault words a failure to reach PostgreSQL at all.
func (s *Store) connectFault(err error) error {
	var pg sqlState
	if errors.As(err, &pg) {
		return s.postgresFault(pg.SQLState(), err)
	}
	message := "Databasen %s svarar inte. Kontrollera att PostgreSQL är igång och att adressen stämmer."
	return &Fault{fmt.Sprintf(message, s.place), err}
}

// fileFault words why a SQLite file cannot be used, before SQLite has seen it.
func (s *Store) fileFault(err error) error {
	message := "Databasen %s kan inte öppnas. Ange en annan fil."
	switch {
	case errors.Is(err, fs.ErrNotExist):
		message = "Databasen %s kan inte skapas: mappen finns inte. Skapa mappen, eller ange en annan fil."
	case errors.Is(err, fs.ErrPermission):
		message = "Databasen %s går inte att skriva till. Ge programmets användare skrivrätt till filen och dess mapp."
	}
	return &Fault{fmt.Sprintf(message, s.place), err}
}
