package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"servicematning/internal/auth"
	"servicematning/internal/fieldwork"
	"servicematning/internal/store"
	"servicematning/internal/survey"
)

// loadDatabase is the variable that makes this test program a server on the
// database it names: the load benchmark starts itself once more so, and what
// asks then shares neither memory nor garbage collector with what serves.
const loadDatabase = "SERVICEMATNING_LOAD_DATABASE"

func init() {
	database := os.Getenv(loadDatabase)
	if database == "" {
		return
	}
	if err := serveLoad(database); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// loadNow is when the load benchmark's server believes it starts: the third
// Monday of the field period, when the switchboards have opened.
var loadNow = testNow.AddDate(0, 0, 6)

// serveLoad serves until its input ends. It is what the serve command
// sets up, memory limit included, with a clock of its own, and an address at
// which the phases of a call are stamped in one write.
func serveLoad(database string) error {
	ctx := context.Background()
	debug.SetMemoryLimit(48 << 20)
	db, err := store.Open(ctx, database)
	if err != nil {
		return err
	}
	started := time.Now()
	now := func() time.Time { return loadNow.Add(time.Since(started)) }
	accounts, err := auth.New(db, now, auth.Options{Cost: auth.Cost{MemoryKiB: 8, Passes: 1}})
	if err != nil {
		return err
	}
	pages, err := New(Config{
		Service: fieldwork.New(db, now), Auth: accounts, Now: now, Version: "test",
		Log: slog.New(slog.NewTextHandler(errorLines{}, nil)),
	})
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/", pages)
	mux.HandleFunc("POST /load/phases/{id}", func(w http.ResponseWriter, r *http.Request) {
		if err := stampPhases(r.Context(), db, r.PathValue("id"), now()); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // until the parent closes it, or is gone
		_ = server.Shutdown(ctx)
	}()
	fmt.Println(listener.Addr()) // the parent waits for it
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return db.Close()
}

// errorLines shows what goes wrong and drops the rest of the log, once it has
// been written as it would be.
type errorLines struct{}

func (errorLines) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte("level=ERROR")) {
		return os.Stderr.Write(line)
	}
	return len(line), nil
}

// stampPhases does at once what pressing the five phases does in minutes.
func stampPhases(ctx context.Context, db *store.Store, id string, now time.Time) error {
	contact, err := survey.ParseID[survey.Contact](id)
	if err != nil {
		return err
	}
	_, err = db.UpdateContact(ctx, survey.Change{}, contact, 0, func(c *survey.Contact, r survey.Round) error {
		c.HeldBy, c.HeldUntil = "", time.Time{}
		for i, p := range survey.Phases {
			at := now.Add(time.Duration(i-len(survey.Phases)) * 10 * time.Millisecond)
			if err := c.Press(p, r, survey.Stroke{By: c.Evaluator, At: at, Received: at}); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// loadServer is the other process.
type loadServer struct {
	address string
	cmd     *exec.Cmd
}

func startLoadServer(b *testing.B, database string) *loadServer {
	b.Helper()
	s := &loadServer{cmd: exec.Command(os.Args[0], "-test.run=^$")}
	s.cmd.Env = append(os.Environ(), loadDatabase+"="+database)
	s.cmd.Stderr = os.Stderr
	in, err1 := s.cmd.StdinPipe()
	out, err2 := s.cmd.StdoutPipe()
	if err := errors.Join(err1, err2, s.cmd.Start()); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := errors.Join(in.Close(), s.cmd.Wait()); err != nil {
			b.Error("the server: ", err)
		}
	})
	if _, err := fmt.Fscanln(out, &s.address); err != nil {
		b.Fatal("the server did not start: ", err)
	}
	return s
}

// processor is how much processor time the server has had.
func (s *loadServer) processor(b *testing.B) time.Duration {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	if err := errors.Join(err1, err2); err != nil {
		b.Fatal(err)
	}
	return time.Duration(user+system) * 10 * time.Millisecond // a hundred ticks a second
}

// memory is what the server has had in RAM at most, with its program text and
// what SQLite takes, and what it has of its own at the moment: all but files.
// In MiB.
func (s *loadServer) memory(b *testing.B) (peak, own float64) {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	for name, size := range map[string]*float64{"VmHWM:": &peak, "RssAnon:": &own} {
		_, rest, _ := strings.Cut(string(status), name)
		kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
		if err != nil {
			b.Fatal(err)
		}
		*size = kib / 1024
	}
	return peak, own
}
