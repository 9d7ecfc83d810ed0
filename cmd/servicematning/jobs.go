package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"servicematning/internal/auth"
	"servicematning/internal/fieldwork"
	"servicematning/internal/store"
)

// job is work done again and again beside the requests. Tests call do directly.
type job struct {
	name  string
	every time.Duration
	do    func(context.Context) error
}

// formsKept is how long a form's id is remembered: longer than any page stays open.
const formsKept = 7 * 24 * time.Hour

// timedWork lists the jobs of a serving process.
func timedWork(now func() time.Time, s *fieldwork.Service, a *auth.Service, st *store.Store) []job {
	return []job{
		{"settle unanswered e-mails", 5 * time.Minute, func(ctx context.Context) error {
			_, err := s.SettleUnanswered(ctx)
			return err
		}},
		{"recount live results", time.Minute, s.RecountLive},
		{"recount progress", 10 * time.Second, s.RecountProgress},
		{"forget old forms", time.Hour, func(ctx context.Context) error {
			return st.ForgetForms(ctx, now().Add(-formsKept))
		}},
		{"forget abandoned drafts", time.Hour, s.ForgetDrafts},
		{"forget ended sessions", time.Hour, a.ForgetSessions},
	}
}

// running is the set of jobs under way.
type running struct {
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// startJobs runs each job at its pace until stopped. A job that fails is
// logged and tried again at its next turn.
func startJobs(ctx context.Context, log *slog.Logger, jobs []job) *running {
	ctx, cancel := context.WithCancel(ctx)
	r := &running{cancel: cancel}
	for _, j := range jobs {
		r.done.Go(func() { repeat(ctx, log, j) })
	}
	return r
}

func repeat(ctx context.Context, log *slog.Logger, j job) {
	tick := time.NewTicker(j.every)
	defer tick.Stop()
	for {
		if err := j.do(ctx); err != nil && ctx.Err() == nil {
			log.Error("timed work failed", "job", j.name, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// stop ends the jobs and waits for them.
func (r *running) stop() {
	r.cancel()
	r.done.Wait()
}
