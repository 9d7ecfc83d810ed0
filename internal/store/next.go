package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// HandOut chooses the contact that the evaluator is to take now and holds it
// for them, in one short transaction. Every candidate is found in an index
// made for it. PostgreSQL locks it where it is found, so that nobody waits for
// another's candidate and nobody else gets it; SQLite has one writer at a time
// anyway. ErrConflict: the round is not at ask.Version.
func (s *Store) HandOut(ctx context.Context, ask survey.Asking) (c survey.Contact, ok bool, err error) {
	if !storable(ask.Evaluator) {
		return c, false, nil
	}
	err = s.write(ctx, false, func(tx *gorm.DB) error {
		h := handing{store: s, tx: tx, ask: ask}
		c, ok, err = h.serve()
		return err
	})
	return c, ok, err
}

// Renew lets the evaluator who holds a contact at now hold it until later.
func (s *Store) Renew(ctx context.Context, id survey.ContactID, evaluator string, now, until time.Time) (
	held bool, err error) {
	err = s.write(ctx, false, func(tx *gorm.DB) error {
		res := tx.Exec("UPDATE contacts SET held_until = ? WHERE id = ? AND held_by = ? AND held_until > ?"+
			" AND state IN ('planned', 'begun')", millis(until), key(id), evaluator, millis(now))
		held = res.RowsAffected == 1
		return res.Error
	})
	return held, err
}

// handing is one evaluator being served within a transaction.
type handing struct {
	store *Store
	tx    *gorm.DB
	ask   survey.Asking
	mine  []survey.Contact // begun, or handed out and not begun
}

// serve tries what may be given, in the order of schedule.Desk.
func (h *handing) serve() (c survey.Contact, held bool, err error) {
	if err := h.queue(); err != nil {
		return c, false, err
	}
	if err := h.putAside(); err != nil {
		return c, false, err
	}
	if h.mine, err = h.readMine(); err != nil {
		return c, false, err
	}
	for _, try := range []func() (survey.Contact, bool, error){
		h.turn(survey.First), h.planned, h.turn(survey.Again), h.overdue(false), h.turn(survey.Last), h.overdue(true),
	} {
		if c, held, err = try(); held || err != nil {
			break
		}
	}
	return c, held, err
}

// queue makes an evaluator who asks in two windows at once be served one at a
// time, so that the second gets what the first was given, and refuses one who
// asks by rules that have changed.
func (h *handing) queue() error {
	query, args := "SELECT version FROM rounds WHERE id = ?", []any{key(h.ask.Round)}
	if h.store.postgres {
		// Its planner would take longer to think of better plans than these
		// statements take with any.
		query = "SELECT version FROM rounds, pg_advisory_xact_lock(hashtextextended(?, 0))," +
			" set_config('plan_cache_mode', 'force_generic_plan', true) WHERE id = ?"
		args = []any{h.ask.Round.String() + h.ask.Evaluator, key(h.ask.Round)}
	}
	var version int
	if err := h.tx.Raw(query, args...).Row().Scan(&version); err != nil {
		return err
	}
	if version != h.ask.Version {
		return survey.ErrConflict
	}
	return nil
}

// putAside ends the reservation of the contact that the evaluator leaves, and
// remembers that they had it.
func (h *handing) putAside() error {
	if h.ask.Leave.IsZero() {
		return nil
	}
	now, me := millis(h.ask.At), h.ask.Evaluator
	return h.tx.Exec("UPDATE contacts SET held_by = ?, held_until = ? WHERE id = ? AND state IN ('planned', 'begun')"+
		" AND (held_by = ? OR evaluator = ? AND held_until <= ?)", me, now, key(h.ask.Leave), me, me, now).Error
}

// readMine reads what the evaluator has already had to do with: calls begun,
// and whatever has been handed out to them.
func (h *handing) readMine() ([]survey.Contact, error) {
	const live = " WHERE round_id = ? AND disposition = '' AND "
	columns := "SELECT " + strings.Join(contactColumns, ", ") + " FROM contacts"
	round, me := key(h.ask.Round), h.ask.Evaluator
	list, err := gathered(eachRow(h.tx.Raw(columns+live+"state = 'begun' AND channel = 'phone' AND evaluator = ?"+
		" UNION ALL "+columns+live+"state = 'planned' AND held_by = ? AND held_by <> ''", round, me, round, me)))
	return slices.DeleteFunc(list, func(c survey.Contact) bool {
		_, calling := c.Current()
		return !calling && (c.ID == h.ask.Leave || h.ask.Channel != "" && c.Channel != h.ask.Channel)
	}), err
}

// turn gives the one of mine that has the turn, unless a colleague has been
// quicker.
func (h *handing) turn(turn survey.Turn) func() (survey.Contact, bool, error) {
	return func() (survey.Contact, bool, error) {
		for {
			c, found := h.ask.Choose(turn, h.mine)
			if !found {
				return c, false, nil
			}
			if held, err := h.hold(&c); held || err != nil {
				return c, held, err
			}
			h.mine = slices.DeleteFunc(h.mine, func(lost survey.Contact) bool { return lost.ID == c.ID })
		}
	}
}

// planned gives the first of the evaluator's contacts that are planned until
// tonight, but for what they have let go of lately.
func (h *handing) planned() (survey.Contact, bool, error) {
	if h.ask.Planned.IsZero() {
		return survey.Contact{}, false, nil
	}
	now, me := millis(h.ask.At), h.ask.Evaluator
	channels := survey.Channels
	if h.ask.Channel != "" {
		channels = []survey.Channel{h.ask.Channel}
	}
	return h.take(channels, where("evaluator = ? AND planned_at < ?", me, millis(h.ask.Planned)),
		where("held_until <= ? AND NOT (held_by = ? AND held_until > ?)", now, me, millis(h.ask.LetGo)))
}

// overdue gives a colleague's contact that the evaluator may take: planned
// before today, in an area and municipality of theirs, when they have not had
// to do with the cell's other contact, and within what they can make in a day.
// again is for those that the evaluator has been handed out before.
func (h *handing) overdue(again bool) func() (survey.Contact, bool, error) {
	return func() (survey.Contact, bool, error) {
		o := h.ask.Overdue
		if o.Before.IsZero() || len(o.Areas) == 0 {
			return survey.Contact{}, false, nil
		}
		channels, err := h.room()
		if err != nil || len(channels) == 0 {
			return survey.Contact{}, false, err
		}
		me, now, before, areas := h.ask.Evaluator, millis(h.ask.At), millis(o.Before.At(0, 0)), list(reach(o.Areas))
		found := where("planned_at < ?", before)
		if again {
			found = where("planned_at < ? AND held_by = ? AND held_by <> ''", before, me)
		}
		return h.take(channels, found, where("evaluator <> ? AND held_until <= ? AND (held_by = ?) = ? AND ("+
			h.listed("area")+" OR "+h.listed("area || ' ' || municipality")+") AND NOT EXISTS ("+
			"SELECT 1 FROM contacts AS other WHERE other.round_id = contacts.round_id"+
			" AND other.municipality = contacts.municipality AND other.channel = contacts.channel"+
			" AND other.question = contacts.question AND other.id <> contacts.id AND other.disposition <> 'void'"+
			" AND (other.evaluator = ? OR other.held_by = ?))",
			me, now, me, again, areas, areas, me, me))
	}
}

// reach lists the areas that are assigned, with the municipality for those that
// are in one alone.
func reach(as []survey.Assignment) []string {
	return each(as, func(a survey.Assignment) string { return strings.TrimSpace(string(a.Area) + " " + a.Municipality) })
}

// condition is a part of a statement and its parameters.
type condition struct {
	sql  string
	args []any
}

func where(sql string, args ...any) condition { return condition{sql, args} }

// take finds and holds the first contact still to be begun that fulfils both
// conditions and can be made now. found is what an index tells. The rest is in
// a CASE, of which PostgreSQL's planner believes that half fulfil it: from
// guesses at each part it would conclude that hardly any do, and sort them all.
func (h *handing) take(channels []survey.Channel, found, also condition) (survey.Contact, bool, error) {
	first := "SELECT id FROM contacts WHERE round_id = ? AND state = 'planned' AND disposition = '' AND " + found.sql +
		" AND CASE WHEN id <> ? AND (channel = ? OR channel = ?) AND NOT " + h.listed("municipality") +
		" AND NOT " + h.listed("question") + " AND (channel = 'email' OR NOT " + h.listed("municipality") + ")" +
		" AND " + also.sql + " THEN TRUE ELSE FALSE END ORDER BY planned_at LIMIT 1"
	if h.store.postgres {
		first += " FOR UPDATE SKIP LOCKED"
	}
	query := "UPDATE contacts SET held_by = ?, held_until = ? WHERE id = (" + first + ") RETURNING " +
		strings.Join(contactColumns, ", ")
	if !h.store.postgres {
		// SQLite prepares a statement anew for each value of a parameter that
		// might matter to its plan. This hides them; the plan is the right one.
		query = strings.ReplaceAll(query, "?", "(SELECT ?)")
	}
	args := slices.Concat([]any{h.ask.Evaluator, millis(h.ask.Until), key(h.ask.Round)}, found.args, []any{
		key(h.ask.Leave), channels[0], channels[len(channels)-1],
		list(h.ask.Gone), list(h.ask.Withdrawn), list(h.ask.Closed),
	}, also.args)
	taken, err := gathered(eachRow(h.tx.Raw(query, args...)))
	if err != nil || len(taken) == 0 {
		return survey.Contact{}, false, err
	}
	return taken[0], true, nil
}

// listed tests whether a column is in a list: one parameter however long it
// is, and so one statement for the database to know.
func (h *handing) listed(column string) string {
	function := "instr"
	if h.store.postgres {
		function = "strpos"
	}
	return function + "(?, '|' || " + column + " || '|') > 0"
}

// list writes the values as listed takes them.
func list(values []string) string { return "|" + strings.Join(values, "|") + "|" }

// hold reserves the contact, unless somebody else has got it meanwhile. A
// call under way is nobody else's anyway.
func (h *handing) hold(c *survey.Contact) (bool, error) {
	if _, calling := c.Current(); calling {
		return true, nil
	}
	me := h.ask.Evaluator
	res := h.tx.Exec("UPDATE contacts SET held_by = ?, held_until = ? WHERE id = ? AND (held_by = ? OR held_until <= ?)",
		me, millis(h.ask.Until), key(c.ID), me, millis(h.ask.At))
	c.HeldBy, c.HeldUntil = me, instant(millis(h.ask.Until))
	return res.RowsAffected == 1, res.Error
}

// room lists the channels in which the evaluator can make one more today.
func (h *handing) room() ([]survey.Channel, error) {
	today := h.ask.Overdue.Before.At(0, 0)
	round, me, from := key(h.ask.Round), h.ask.Evaluator, millis(today)
	var calls, mails int
	err := h.tx.Raw("SELECT (SELECT count(*) FROM contacts WHERE round_id = ? AND evaluator = ? AND submitted_at >= ?"+
		" AND channel = 'phone'), (SELECT count(*) FROM contacts WHERE round_id = ? AND evaluator = ?"+
		" AND sent_at >= ? AND sent_at > 0)", round, me, from, round, me, from).Row().Scan(&calls, &mails)
	made := map[survey.Channel]int{survey.Phone: calls + dialledSince(h.mine, today), survey.Email: mails}
	return slices.DeleteFunc(slices.Clone(survey.Channels), func(ch survey.Channel) bool {
		return made[ch] >= h.ask.Overdue.Capacity[ch] || h.ask.Channel != "" && ch != h.ask.Channel
	}), err
}

// dialledSince counts the calls that were dialled from the instant on.
func dialledSince(cs []survey.Contact, from time.Time) int {
	n := 0
	for _, c := range cs {
		if k := len(c.Attempts); k > 0 && !c.Attempts[k-1].Dialled.Before(from) {
			n++
		}
	}
	return n
}
