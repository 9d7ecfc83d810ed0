package auth

import (
	"sync"
	"time"
)

// attempts slows down whoever guesses passwords: after some free failures each
// one doubles the wait before the next attempt, for the account and for the
// network address. The account's wait is short at most, or anybody could lock
// somebody else out; the address's is long, but has more free failures, for a
// whole office may share one. What is remembered is lost at a restart, which an
// attacker cannot bring about.
type attempts struct {
	now func() time.Time

	mu    sync.Mutex
	seen  map[string]*record
	swept time.Time
}

type record struct {
	failures int
	last     time.Time
}

// limit is how failures of one kind are answered.
type limit struct {
	free    int
	longest time.Duration
}

var (
	perAccount = limit{free: 5, longest: time.Minute}
	perAddress = limit{free: 30, longest: 15 * time.Minute}
)

const (
	forgetAfter = time.Hour
	// mostSeen bounds the memory that guessing can take.
	mostSeen = 20_000
)

func newAttempts(now func() time.Time) *attempts {
	return &attempts{now: now, seen: map[string]*record{}}
}

// begin counts an attempt as failed, so that many at once are all counted, and
// gives the function that takes it back. *TooManyError: wait first.
func (a *attempts) begin(email, remote string) (release func(), err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	account, address := "account "+email, "address "+remote
	wait := max(a.wait(account, perAccount, now), a.wait(address, perAddress, now))
	if wait > 0 {
		return nil, &TooManyError{Wait: wait}
	}
	a.forget(now)
	a.count(account, now)
	a.count(address, now)
	return func() { a.release(account, address) }, nil
}

// wait is how long it is until the next attempt.
func (a *attempts) wait(key string, l limit, now time.Time) time.Duration {
	r := a.seen[key]
	if r == nil || r.failures < l.free {
		return 0
	}
	pause := l.longest
	if doublings := r.failures - l.free; doublings < 20 {
		pause = min(pause, time.Second<<doublings)
	}
	return r.last.Add(pause).Sub(now)
}

func (a *attempts) count(key string, now time.Time) {
	r := a.seen[key]
	if r == nil {
		r = &record{}
		a.seen[key] = r
	}
	r.failures++
	r.last = now
}

// release follows a good login: the account starts afresh, the address gets
// back only this attempt, or an attacker's own account would clear it.
func (a *attempts) release(account, address string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.seen, account)
	if r := a.seen[address]; r != nil && r.failures > 0 {
		r.failures--
	}
}

// forget drops what is old, now and then, and when there is too much a quarter
// of everything: whoever can fill this up comes from thousands of addresses.
func (a *attempts) forget(now time.Time) {
	full := len(a.seen) >= mostSeen
	if !full && now.Sub(a.swept) < time.Minute {
		return
	}
	a.swept = now
	for key, r := range a.seen {
		if now.Sub(r.last) > forgetAfter || (full && len(a.seen) > mostSeen*3/4) {
			delete(a.seen, key)
		}
	}
}
