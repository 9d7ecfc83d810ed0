package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"servicematning/internal/export"
	"servicematning/internal/fieldwork"
	"servicematning/internal/schedule"
	"servicematning/internal/store"
	"servicematning/internal/survey"
)

// environment is what a command may touch of the world outside its arguments.
type environment struct {
	In       io.Reader
	Out, Err io.Writer
	Getenv   func(string) string
	Now      func() time.Time // nil: the machine's clock
}

// Exit statuses that scripts rely on.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// run parses the arguments, carries out one command and gives the exit status.
func run(ctx context.Context, args []string, env environment) int {
	if env.Now == nil {
		env.Now = time.Now
	}
	var cli commands
	exited := -1
	parser, err := kong.New(&cli,
		kong.Name("servicematning"),
		kong.Description("Planerar, registrerar, räknar och publicerar servicemätningen av Sveriges kommuner."),
		kong.Writers(env.Out, env.Err),
		kong.Exit(func(code int) { exited = code }),
		kong.Help(swedishHelp),
		kong.HelpOptions{NoExpandSubcommands: true},
		kong.Vars{"version": version()},
		kong.Resolvers(environmentResolver(env.Getenv)),
	)
	if err != nil {
		fmt.Fprintln(env.Err, err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintf(env.Err, "servicematning: %s Skriv servicematning --help för hjälp.\n", swedishUsage(err))
		return exitUsage
	}
	a := &app{environment: env, ctx: ctx, database: cli.Database}
	err = command.Run(a)
	if closeErr := a.close(); err == nil {
		err = closeErr
	}
	if err != nil {
		report(env.Err, err)
		return status(err)
	}
	return exitDone
}

// usageError is a fault in how the command was called, found after parsing.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

func status(err error) int {
	var usage usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}

// report writes what went wrong: one line, or one per bad line of a file.
func report(w io.Writer, err error) {
	var file export.FileErrors
	var consent *schedule.NeedsConsent
	switch {
	case errors.As(err, &file):
		fmt.Fprintln(w, err)
		fmt.Fprintln(w, "servicematning: Filen lästes inte in. Inget har ändrats.")
	case errors.As(err, &consent):
		fmt.Fprintf(w, "servicematning: %s Lägg till --allow-same-evaluator för att planera ändå.\n",
			strings.ReplaceAll(err.Error(), "\n", " "))
	default:
		// One line, also for a plan that lacks several things.
		fmt.Fprintf(w, "servicematning: %s\n", strings.ReplaceAll(words(err), "\n", " "))
	}
}

// words gives the user's words for an error of the survey's kinds, and the
// error's own for everything else.
func words(err error) string {
	var refusal *survey.Refusal
	var fields survey.FieldErrors
	var fault *store.Fault
	switch {
	case errors.As(err, &fault): // without the driver's own words
		return fault.Message
	case errors.As(err, &refusal):
		return refusal.Message
	case errors.As(err, &fields):
		return fields.Error()
	case errors.Is(err, survey.ErrNotFound):
		return "Det som angavs finns inte. Kontrollera koden med round list eller user list."
	case errors.Is(err, survey.ErrConflict):
		return "Något ändrades samtidigt av någon annan, eller finns redan. Läs om och försök igen."
	case errors.Is(err, survey.ErrClosed):
		return "Omgången är stängd. Ingenting i den kan ändras."
	}
	return err.Error()
}

// app is what a command works with. The database is opened when first asked for.
type app struct {
	environment
	ctx      context.Context
	database string
	store    *store.Store
}

// open opens and migrates the database.
func (a *app) open() (*store.Store, error) {
	if a.store != nil {
		return a.store, nil
	}
	s, err := store.Open(a.ctx, a.database)
	if err != nil {
		return nil, err
	}
	a.store = s
	return s, s.Migrate(a.ctx)
}

// service opens the database for the use cases.
func (a *app) service() (*fieldwork.Service, error) {
	s, err := a.open()
	if err != nil {
		return nil, err
	}
	return fieldwork.New(s, a.Now), nil
}

func (a *app) close() error {
	if a.store == nil {
		return nil
	}
	return a.store.Close()
}

// output gives the writer for --output: a file that appears whole or not at
// all, or standard output when the path is "".
func (a *app) output(path string, write func(io.Writer) error) error {
	if path == "" {
		return write(a.Out)
	}
	temp, err := os.CreateTemp(dirOf(path), ".servicematning-*")
	if err != nil {
		return fmt.Errorf("%s: filen kan inte skapas där. Kontrollera att mappen finns och är skrivbar", path)
	}
	defer func() { _ = os.Remove(temp.Name()) }() // gone already when all went well
	if err := errors.Join(write(temp), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Chmod(temp.Name(), 0o640); err != nil { //nolint:gosec // a result file is meant to be read by the group
		return err
	}
	return os.Rename(temp.Name(), path)
}
