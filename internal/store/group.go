package store

import (
	"context"
	"errors"
	"slices"
	"sync"

	"gorm.io/gorm"
)

// writers lets many writes to SQLite share one commit. SQLite has one writer
// at a time, and most of what a small write costs is waiting for the disk to
// have it. So whoever finds the database free leads: it does its own write,
// then those that have queued up meanwhile, and one commit answers them all.
// The next in the queue leads after that. A lone writer never waits and pays
// nothing.
//
// Each write but the first is a SAVEPOINT, so one that fails is undone alone.
type writers struct {
	mu    sync.Mutex
	busy  bool
	queue []*write
}

// write is one request.
type write struct {
	ctx     context.Context
	fn      func(tx *gorm.DB) error
	alone   bool // long: shares its commit with nobody
	err     error
	crashed bool      // fn panicked, with:
	cause   any       //
	turn    chan bool // true: lead; false: answered. Made when there is a queue
}

// together is the most writes in one commit: the first has to wait for the last.
const together = 64

// errBroken answers those whose common transaction was lost by another's fault.
var errBroken = errors.New("the shared transaction was lost")

// run does the write, alone or with others.
func (q *writers) run(db *gorm.DB, w *write) error {
	if !q.enter(w) && !q.await(w) {
		return w.answer()
	}
	q.lead(db, w)
	return w.answer()
}

// enter takes the lead if nobody has it, and a place in the queue otherwise.
func (q *writers) enter(w *write) (leads bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.busy {
		q.busy = true
		return true
	}
	w.turn = make(chan bool, 1)
	q.queue = append(q.queue, w)
	return false
}

// await waits until the write is answered or is to lead, or is given up
// before anybody has begun with it.
func (q *writers) await(w *write) (leads bool) {
	select {
	case leads = <-w.turn:
		return leads
	case <-w.ctx.Done():
	}
	q.mu.Lock()
	i := slices.Index(q.queue, w)
	if i >= 0 {
		q.queue = slices.Delete(q.queue, i, i+1)
	}
	q.mu.Unlock()
	if i < 0 {
		return <-w.turn
	}
	w.err = w.ctx.Err()
	return false
}

// next takes the first in the queue, unless it wants to be alone.
func (q *writers) next() (*write, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.queue) == 0 || q.queue[0].alone {
		return nil, false
	}
	w := q.queue[0]
	q.queue = slices.Delete(q.queue, 0, 1)
	return w, true
}

// pass gives the lead to the first in the queue, or to whoever comes.
func (q *writers) pass() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.queue) == 0 {
		q.busy = false
		return
	}
	w := q.queue[0]
	q.queue = slices.Delete(q.queue, 0, 1)
	w.turn <- true
}

func (q *writers) lead(db *gorm.DB, first *write) {
	defer q.pass()
	if first.alone {
		first.err = db.WithContext(first.ctx).Transaction(first.fn)
		return
	}
	var others []*write
	lost := errBroken // also when a fn ends the leader's goroutine under our feet
	defer func() {
		for _, w := range others {
			if w.err == nil {
				w.err = lost
			}
			w.turn <- false
		}
	}()
	// The transaction outlives any one request: a request that is given up
	// must not end it for the others, and SQLite would undo all of it if one
	// statement were interrupted.
	tx := db.WithContext(context.WithoutCancel(first.ctx)).Begin()
	if first.err = tx.Error; first.err != nil {
		return
	}
	defer tx.Rollback() // nothing is left to undo after a commit
	if first.do(tx); first.err != nil {
		return
	}
	for len(others)+1 < together {
		w, ok := q.next()
		if !ok {
			break
		}
		others = append(others, w)
		if lost = w.doWithin(tx); lost != nil {
			first.err = lost
			return
		}
	}
	lost = tx.Commit().Error
	first.err = lost
}

// do runs the request's function; w.err says how it went.
func (w *write) do(tx *gorm.DB) {
	if w.err = w.ctx.Err(); w.err != nil {
		return
	}
	w.err, w.crashed = errBroken, true // unless fn returns
	defer func() {
		if w.crashed {
			w.cause = recover()
		}
	}()
	w.err = w.fn(tx.WithContext(context.WithoutCancel(w.ctx)))
	w.crashed = false
	if w.err == nil {
		w.err = w.ctx.Err()
	}
}

// doWithin is do in a savepoint. Its own failure is in w.err; the result says
// that the transaction is lost for all.
func (w *write) doWithin(tx *gorm.DB) error {
	if err := tx.Exec("SAVEPOINT one").Error; err != nil {
		return err
	}
	if w.do(tx); w.err != nil {
		// After a full disk SQLite has undone the whole transaction, and this
		// fails because the savepoint is gone.
		if tx.Exec("ROLLBACK TO one").Error != nil {
			return errors.Join(errBroken, w.err)
		}
	}
	return tx.Exec("RELEASE one").Error
}

// answer gives the result to the one who asked, on its own goroutine.
func (w *write) answer() error {
	if w.crashed {
		panic(w.cause)
	}
	return w.err
}
