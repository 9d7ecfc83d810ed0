package store_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// askDay is the day on which the tests ask, a Monday in the third week.
var askDay = surveytest.Start.AddDays(14)

// office is a round whose evaluators ask for contacts.
type office struct {
	*testing.T
	*store.Store
	set survey.Setup
	at  time.Time
}

// newOffice is a round with three municipalities and four evaluators.
func newOffice(t *testing.T, s *store.Store, change func(set *survey.Setup), cs ...survey.Contact) *office {
	t.Helper()
	set := surveytest.FullSetup()
	set.Participants, set.Evaluators = set.Participants[:3], set.Evaluators[:4]
	set.Assignments = slices.DeleteFunc(set.Assignments, func(a survey.Assignment) bool { return a.Evaluator > who(3) })
	if change != nil {
		change(&set)
	}
	for i := range cs {
		cs[i].Round = set.Round.ID
	}
	return &office{t, s, fill(t, s, set, cs), askDay.At(10, 0)}
}

func who(n int) string { return fmt.Sprintf("evaluator%02d@example.se", n) }

// toMake is a planned contact of an evaluator's. Its cell is the question's
// in the municipality.
func toMake(evaluator int, question string, place int, at time.Time) survey.Contact {
	set := surveytest.FullSetup()
	q, ok := set.Round.Design.Question(question)
	if !ok {
		panic("no question " + question)
	}
	return survey.Contact{
		ID: survey.NewID[survey.Contact](), Municipality: set.Participants[place].Code, Channel: survey.Phone,
		Area: q.Area, Question: question, Replicate: 1, Evaluator: who(evaluator), PlannedAt: at.UTC(),
		State: survey.Planned, Version: 1,
	}
}

// ask asks as an evaluator.
func (o *office) ask(evaluator int, change ...func(*survey.Asking)) (survey.Contact, bool) {
	o.Helper()
	ask := schedule.Desk{Setup: o.set, Evaluator: who(evaluator), At: o.at}.Asking()
	for _, fn := range change {
		fn(&ask)
	}
	c, ok, err := o.HandOut(o.Context(), ask)
	must(o, err)
	return c, ok
}

// gets fails unless the evaluator is given the contact, or nothing for "".
func (o *office) gets(what string, evaluator int, want survey.Contact, change ...func(*survey.Asking)) {
	o.Helper()
	c, ok := o.ask(evaluator, change...)
	if ok != !want.ID.IsZero() || c.ID != want.ID {
		o.Errorf("%s: evaluator %d got %s %s of %q, want %s %s", what, evaluator, c.Question, c.Municipality, c.Evaluator,
			want.Question, want.Municipality)
	}
	if ok && (c.HeldBy != who(evaluator) || !c.HeldUntil.Equal(o.at.Add(o.set.Round.Design.Hold()))) {
		o.Errorf("%s: held by %q until %v", what, c.HeldBy, c.HeldUntil)
	}
}

func leaving(c survey.Contact) func(*survey.Asking) { return func(a *survey.Asking) { a.Leave = c.ID } }

// change changes a stored contact.
func (o *office) change(c survey.Contact, fn func(*survey.Contact)) {
	o.Helper()
	_, err := o.UpdateContact(o.Context(), survey.Change{}, c.ID, 0, func(c *survey.Contact, _ survey.Round) error {
		fn(c)
		return nil
	})
	must(o, err)
}

func TestAContactIsHeldUntilItLapses(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		first, second := toMake(0, "BYGG1", 0, askDay.At(9, 0)), toMake(0, "BYGG2", 0, askDay.At(11, 0))
		o := newOffice(t, s, nil, first, second)
		hold := o.set.Round.Design.Hold()
		o.gets("at first", 0, first)
		o.gets("asking again", 0, first)
		if got := contact(t, s, first.ID); got.HeldBy != who(0) || got.Version != first.Version {
			t.Errorf("held by %q, version %d", got.HeldBy, got.Version)
		}
		o.gets("putting it aside", 0, second, leaving(first))
		o.gets("and asking again", 0, second)
		o.gets("putting both aside", 0, first, leaving(second))
		o.at = o.at.Add(hold - time.Second)
		o.gets("just before it lapses", 0, first)
		o.at = o.at.Add(2*hold + time.Second)
		o.gets("long after", 0, first)
		o.gets("a colleague without work", 1, survey.Contact{})
		if n := events(t, s, "2026"); n != 3 { // the round, its setup and its contacts
			t.Errorf("%d events: handing out is no event", n)
		}
	})
}

func TestOnlyPutAsideContactsTakeTurns(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		cs := []survey.Contact{
			toMake(0, "BYGG1", 0, askDay.At(9, 0)), toMake(0, "BYGG2", 0, askDay.At(9, 1)), toMake(0, "BYGG3", 0, askDay.At(9, 2)),
		}
		o := newOffice(t, s, nil, slices.Clone(cs)...)
		o.gets("at first", 0, cs[0])
		for i := range 7 {
			o.at = o.at.Add(time.Second)
			o.gets(fmt.Sprint("putting aside number ", i), 0, cs[(i+1)%3], leaving(cs[i%3]))
		}
		o.change(cs[0], func(c *survey.Contact) { c.State = survey.Submitted })
		o.change(cs[2], func(c *survey.Contact) { c.State = survey.Submitted })
		o.gets("the only one", 0, survey.Contact{}, leaving(cs[1]))
		o.gets("asking anew", 0, cs[1])
	})
}

func TestAnEvaluatorsOwnOrder(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		overdue, today := toMake(0, "BYGG1", 0, askDay.AddDays(-3).At(9, 0)), toMake(0, "BYGG2", 0, askDay.At(16, 0))
		tomorrow, agreed := toMake(0, "BYGG3", 0, askDay.AddDays(1).At(9, 0)), toMake(0, "BYGG4", 0, askDay.At(9, 0))
		again, calling := toMake(0, "BYGG5", 0, askDay.At(9, 0)), toMake(0, "BYGG6", 0, askDay.At(9, 0))
		for _, c := range []*survey.Contact{&agreed, &again, &calling} {
			c.State = survey.Begun
			c.Attempts = []survey.Attempt{{Dialled: askDay.At(9, 0), Ended: askDay.At(9, 1), Outcome: survey.Busy}}
		}
		agreed.CallBackAt = askDay.At(10, 5)
		calling.Attempts[0] = survey.Attempt{Dialled: askDay.At(9, 58)}
		mail := toMake(0, "BYGG1", 0, askDay.At(9, 0))
		mail.Channel = survey.Email
		theirs := toMake(1, "BYGG1", 1, askDay.AddDays(-3).At(8, 0))
		o := newOffice(t, s, nil, overdue, today, tomorrow, agreed, again, calling, mail, theirs)
		done := func(c survey.Contact) {
			o.change(c, func(c *survey.Contact) { c.State, c.Attempts = survey.Submitted, c.Attempts[:0] })
		}
		if c, _ := o.ask(0); c.ID != calling.ID {
			t.Error("a call under way does not come first")
		}
		if c, _ := o.ask(0, leaving(calling)); c.ID != calling.ID {
			t.Error("a call under way can be put aside")
		}
		done(calling)
		o.gets("the appointment", 0, agreed)
		done(agreed)
		o.gets("the overdue", 0, overdue)
		done(overdue)
		o.gets("calls alone", 0, today, func(a *survey.Asking) { a.Channel = survey.Phone })
		o.gets("e-mails alone", 0, mail, func(a *survey.Asking) { a.Channel = survey.Email }, leaving(today))
		done(mail)
		done(today)
		o.gets("the call to try again", 0, again)
		done(again)
		o.gets("a colleague's overdue", 0, theirs)
		done(theirs)
		o.gets("the end of the day", 0, survey.Contact{})
	})
}

func TestClosedMunicipalitiesAreNotHandedOut(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		late, gone := toMake(0, "BYGG1", 0, askDay.At(9, 0)), toMake(0, "BYGG1", 1, askDay.At(9, 1))
		withdrawn, open := toMake(0, "BYGG2", 2, askDay.At(9, 2)), toMake(0, "BYGG1", 2, askDay.At(15, 0))
		mail := toMake(0, "BYGG3", 0, askDay.At(9, 3))
		mail.Channel = survey.Email
		o := newOffice(t, s, func(set *survey.Setup) {
			set.Participants[0].Hours = officehours.Hours{Opens: 11 * 60, Closes: 16 * 60}
			set.Participants[1].Left = askDay
			set.Round.Design.Questions[1].Withdrawn = true // BYGG2
		}, late, gone, withdrawn, open, mail)
		if q := o.set.Round.Design.Questions[1]; q.Code != "BYGG2" {
			t.Fatal(q.Code)
		}
		o.gets("an e-mail needs no switchboard", 0, mail)
		o.change(mail, func(c *survey.Contact) { c.State, c.Mail.Sent = survey.Begun, o.at })
		o.gets("before the hours", 0, open)
		o.at = askDay.At(11, 0)
		o.gets("within the hours", 0, late)
		o.at = askDay.At(15, 59)
		o.gets("still", 0, late)
		o.at = askDay.At(16, 0)
		o.gets("after them, though it is held", 0, open)
		o.at = askDay.At(17, 0)
		o.gets("after office hours", 0, survey.Contact{})
	})
}

func TestColleaguesOverdueContactsAreTaken(t *testing.T) {
	yesterday := askDay.AddDays(-3)
	theirs := toMake(1, "BYGG1", 0, yesterday.At(10, 0))
	for name, tc := range map[string]struct {
		takes  bool
		setup  func(set *survey.Setup)
		change func(c *survey.Contact)
		others []survey.Contact
		ask    func(*survey.Asking)
	}{
		"overdue":           {takes: true},
		"planned for today": {change: func(c *survey.Contact) { c.PlannedAt = askDay.At(8, 0).UTC() }},
		"begun":             {change: func(c *survey.Contact) { c.State = survey.Begun }},
		"void":              {change: func(c *survey.Contact) { c.Disposition = survey.Void }},
		"held":              {change: func(c *survey.Contact) { c.HeldBy, c.HeldUntil = who(3), askDay.At(10, 1).UTC() }},
		"held until now": {takes: true, change: func(c *survey.Contact) {
			c.HeldBy, c.HeldUntil = who(3), askDay.At(10, 0).UTC()
		}},
		"in another area": {setup: func(set *survey.Setup) {
			set.Assignments = slices.DeleteFunc(set.Assignments, func(a survey.Assignment) bool {
				return a.Area == "bygglov" && a.Evaluator == who(0)
			})
		}},
		"in an area limited to the municipality": {takes: true, setup: limitedTo(0)},
		"in an area limited to another":          {setup: limitedTo(1)},
		"the own other contact of the cell": {others: []survey.Contact{
			second(toMake(0, "BYGG1", 0, askDay.AddDays(3).At(9, 0))),
		}},
		"a voided other contact": {takes: true, others: []survey.Contact{
			voided(second(toMake(0, "BYGG1", 0, askDay.AddDays(3).At(9, 0)))),
		}},
		"another's other contact": {takes: true, others: []survey.Contact{
			second(toMake(2, "BYGG1", 0, askDay.AddDays(3).At(9, 0))),
		}},
		"the other contact put aside": {others: []survey.Contact{
			second(heldBy(0, askDay.At(9, 0), toMake(1, "BYGG1", 0, askDay.AddDays(3).At(9, 0)))),
		}},
		"after as many calls as a day holds": {
			setup:  func(set *survey.Setup) { set.Evaluators[0].CallsPerDay = 2 },
			others: []survey.Contact{made("BYGG2"), dialled("BYGG3")},
		},
		"after one fewer": {takes: true,
			setup:  func(set *survey.Setup) { set.Evaluators[0].CallsPerDay = 3 },
			others: []survey.Contact{made("BYGG2"), dialled("BYGG3")},
		},
		"after as many e-mails": {
			setup:  func(set *survey.Setup) { set.Evaluators[0].EmailsPerDay = 1 },
			change: func(c *survey.Contact) { c.Channel = survey.Email }, others: []survey.Contact{sent("BYGG2")},
		},
		"e-mails do not count as calls": {takes: true,
			setup:  func(set *survey.Setup) { set.Evaluators[0].CallsPerDay, set.Evaluators[0].EmailsPerDay = 1, 1 },
			others: []survey.Contact{sent("BYGG2")},
		},
		"asking for e-mails": {ask: func(a *survey.Asking) { a.Channel = survey.Email }},
		"closed": {setup: func(set *survey.Setup) {
			set.Participants[0].Hours = officehours.Hours{Opens: 11 * 60, Closes: 12 * 60}
		}},
		"on a day off": {setup: func(set *survey.Setup) { set.Evaluators[0].Absent = []officehours.Date{askDay} }},
	} {
		t.Run(name, func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, s *store.Store) {
				c := theirs
				c.ID = survey.NewID[survey.Contact]()
				if tc.change != nil {
					tc.change(&c)
				}
				others := slices.Clone(tc.others)
				for i := range others {
					others[i].ID = survey.NewID[survey.Contact]()
				}
				o := newOffice(t, s, tc.setup, append(others, c)...)
				want := survey.Contact{}
				if tc.takes {
					want = c
				}
				ask := tc.ask
				if ask == nil {
					ask = func(*survey.Asking) {}
				}
				o.gets(name, 0, want, ask)
				if got := contact(t, s, c.ID); got.Evaluator != who(1) {
					t.Errorf("it became %s's by being handed out", got.Evaluator)
				}
			})
		})
	}
}

// limitedTo gives evaluator 0 the area in one municipality.
func limitedTo(place int) func(set *survey.Setup) {
	return func(set *survey.Setup) {
		for i, a := range set.Assignments {
			if a.Area == "bygglov" && a.Evaluator == who(0) {
				set.Assignments[i].Municipality = set.Participants[place].Code
			}
		}
	}
}

func second(c survey.Contact) survey.Contact { c.Replicate = 2; return c }

func voided(c survey.Contact) survey.Contact { c.Disposition = survey.Void; return c }

func heldBy(evaluator int, until time.Time, c survey.Contact) survey.Contact {
	c.HeldBy, c.HeldUntil = who(evaluator), until.UTC()
	return c
}

// made is a call that evaluator 0 has made today.
func made(question string) survey.Contact {
	c := toMake(0, question, 0, askDay.At(8, 0))
	c.State, c.Disposition, c.SubmittedAt = survey.Submitted, survey.NoContact, askDay.At(8, 1).UTC()
	return c
}

// dialled is one that has not got through yet, and is not to be tried now.
func dialled(question string) survey.Contact {
	c := toMake(0, question, 0, askDay.At(8, 0))
	c.State = survey.Begun
	c.Attempts = []survey.Attempt{{
		Dialled: askDay.At(9, 50).UTC(), Ended: askDay.At(9, 59).UTC(), Outcome: survey.NoAnswer,
	}}
	return c
}

// sent is an e-mail that evaluator 0 has sent today.
func sent(question string) survey.Contact {
	c := toMake(0, question, 0, askDay.At(8, 0))
	c.Channel, c.State, c.Mail.Sent = survey.Email, survey.Begun, askDay.At(8, 0).UTC()
	return c
}

// SQLite finds every candidate in the index made for it, in a database that is
// as good as empty too.
func TestHandingOutUsesItsIndexes(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "x.db"))
	o := newOffice(t, s, nil)
	var statements []string
	const name = "test:handing-out"
	must(t, s.Writer().Callback().Row().After("gorm:row").Register(name, func(db *gorm.DB) {
		statements = append(statements, db.Explain(db.Statement.SQL.String(), db.Statement.Vars...))
	}))
	o.gets("nothing", 0, survey.Contact{})
	must(t, s.Writer().Callback().Row().Remove(name))
	wanted := [][]string{
		{"sqlite_autoindex_rounds_1 (id=?)"},
		{"contacts_begun (round_id=? AND evaluator=?)", "contacts_held (round_id=? AND held_by=?)"},
		{"contacts_by_evaluator (round_id=? AND evaluator=? AND planned_at<?)"},
		{
			"contacts_by_submission (round_id=? AND evaluator=? AND submitted_at>?)",
			"contacts_sent (round_id=? AND evaluator=? AND sent_at>?)",
		},
		{
			"contacts_to_begin (round_id=? AND planned_at<?)",
			"contacts_by_key (round_id=? AND municipality=? AND channel=? AND question=?)",
		},
	}
	if len(statements) < len(wanted) {
		t.Fatalf("%d statements, want %d", len(statements), len(wanted))
	}
	for i, indexes := range wanted {
		plan := queryPlan(t, s, statements[i])
		for _, index := range indexes {
			if !strings.Contains(plan, index) || strings.Contains(plan, "TEMP B-TREE") {
				t.Errorf("want %s\n%s", index, plan)
			}
		}
	}
}
