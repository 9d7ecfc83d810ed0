package schedule_test

import (
	"slices"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

const me = "me@example.se"

// desk is one at which I ask on a Tuesday at 10.00. Håbo's main number is open
// from 9 to 12, and Hultsfred has left the round.
func desk(t *testing.T) schedule.Desk {
	t.Helper()
	r, err := survey.NewRound("2026", survey.FieldPeriod{From: date(t, "2026-10-19"), To: date(t, "2026-11-20")})
	if err != nil {
		t.Fatal(err)
	}
	r.Design.Questions[1].Withdrawn = true
	return schedule.Desk{
		Setup: survey.Setup{Round: r, Participants: []survey.Participant{
			{Municipality: survey.Municipality{Code: "0180"}},
			{Municipality: survey.Municipality{Code: "0305"}, Hours: officehours.Hours{Opens: 9 * 60, Closes: 12 * 60}},
			{Municipality: survey.Municipality{Code: "0860"}, Left: date(t, "2026-10-27")},
		}},
		Evaluator: me, At: date(t, "2026-10-27").At(10, 0),
	}
}

// due is a call to Stockholm that I am to make.
func due(question string, at time.Time, change ...func(*survey.Contact)) survey.Contact {
	c := survey.Contact{
		Municipality: "0180", Channel: survey.Phone, Question: question, Replicate: 1, Evaluator: me, PlannedAt: at,
		State: survey.Planned,
	}
	for _, fn := range change {
		fn(&c)
	}
	return c
}

// tried lets the call have been dialled, and ended at the instant.
func tried(outcome survey.Outcome, ended time.Time) func(*survey.Contact) {
	return func(c *survey.Contact) {
		c.State = survey.Begun
		c.Attempts = []survey.Attempt{{Dialled: ended.Add(-time.Minute), Ended: ended, Outcome: outcome}}
	}
}

func in(municipality string) func(*survey.Contact) {
	return func(c *survey.Contact) { c.Municipality = municipality }
}

func mail(c *survey.Contact) { c.Channel = survey.Email }

func ended(s survey.State) func(*survey.Contact) { return func(c *survey.Contact) { c.State = s } }

func agreed(at time.Time) func(*survey.Contact) {
	return func(c *survey.Contact) { c.CallBackAt = at }
}

func held(by string, until time.Time) func(*survey.Contact) {
	return func(c *survey.Contact) { c.HeldBy, c.HeldUntil = by, until }
}

func colleagues(c *survey.Contact) { c.Evaluator = "colleague@example.se" }

func TestNext(t *testing.T) {
	d := desk(t)
	now := d.At
	at := func(m int) time.Time { return now.Add(time.Duration(m) * time.Minute) }
	underWay := due("UNDERWAY", at(120), tried("", time.Time{}))
	yesterday, early, late := due("YESTERDAY", at(-20*60)), due("EARLY", at(60)), due("LATE", at(180))
	ready := due("READY", at(-90), tried(survey.Busy, at(-15)))
	for name, tc := range map[string]struct {
		want  string
		queue []survey.Contact
	}{
		"nothing": {"", nil},
		"nothing to do": {"", []survey.Contact{
			due("SENT", at(-60), mail, ended(survey.Begun)), due("DONE", at(-60), ended(survey.Submitted)),
			due("VOID", at(-60), func(c *survey.Contact) { c.Disposition = survey.Void }),
			due("RETURNED", at(-60), ended(survey.Returned)), due("APPROVED", at(-60), ended(survey.Approved)),
			due("TOMORROW", at(24*60)),
		}},
		"today in order":                {"EARLY", []survey.Contact{late, early}},
		"the oldest overdue first":      {"YESTERDAY", []survey.Contact{early, due("OVERDUE", at(-60)), yesterday}},
		"a call under way first":        {"UNDERWAY", []survey.Contact{yesterday, due("HELD", at(5), held(me, at(9))), underWay}},
		"what is held before the other": {"HELD", []survey.Contact{yesterday, due("HELD", at(5), held(me, at(9)))}},
		"a colleague's that I was given": {"THEIRS", []survey.Contact{
			yesterday, due("THEIRS", at(-30*60), colleagues, held(me, at(9))),
		}},
		"but not when that has lapsed": {"", []survey.Contact{due("THEIRS", at(-30*60), colleagues, held(me, at(0)))}},
		"mine that a colleague was given": {"EARLY", []survey.Contact{
			early, due("TAKEN", at(-60), held("colleague@example.se", at(1))),
		}},
		"until that lapses": {"TAKEN", []survey.Contact{
			early, due("TAKEN", at(-60), held("colleague@example.se", at(0))),
		}},
		"what was put aside comes last": {"READY", []survey.Contact{due("ASIDE", at(-60), held(me, at(-1))), ready}},
		"the longest put aside first": {"FIRST", []survey.Contact{
			due("SECOND", at(-60), held(me, at(-1))), due("FIRST", at(-50), held(me, at(-2))),
		}},
		"for as long as it could be held": {"ASIDE", []survey.Contact{due("ASIDE", at(-60), held(me, at(-15))), early}},
		"an appointment due before the overdue": {"AGREED", []survey.Contact{
			yesterday, due("AGREED", at(-300), tried(survey.Unavailable, at(-60)), agreed(at(5))),
		}},
		"not before its time": {"EARLY", []survey.Contact{
			early, due("AGREED", at(-300), tried(survey.Unavailable, at(-200)), agreed(at(6))),
		}},
		"saved before its time": {"AGREED", []survey.Contact{
			yesterday, due("AGREED", at(-300), tried(survey.Unavailable, at(-8)), agreed(at(-2)), held(me, at(-8))),
		}},
		"put aside in its time": {"YESTERDAY", []survey.Contact{
			yesterday, due("AGREED", at(-300), tried(survey.Unavailable, at(-8)), agreed(at(-2)), held(me, at(-1))),
		}},
		"the first appointment": {"A", []survey.Contact{
			due("B", at(-300), tried(survey.Unavailable, at(-200)), agreed(at(0))),
			due("A", at(-200), tried(survey.Unavailable, at(-200)), agreed(at(-1))),
		}},
		"an appointment need not be in the main number's hours": {"AGREED", []survey.Contact{
			due("AGREED", at(-300), in("0305"), tried(survey.Unavailable, at(-60)), agreed(at(0))),
		}},
		"a call to try again when the rest is done": {"LATE", []survey.Contact{ready, late}},
		"a call whose delay is over":                {"READY", []survey.Contact{ready}},
		"not while the delay lasts":                 {"", []survey.Contact{due("B", at(-90), tried(survey.Busy, at(-14)))}},
		"each outcome has its delay":                {"", []survey.Contact{due("N", at(-90), tried(survey.NoAnswer, at(-59)))}},
		"a fault waits for nothing":                 {"F", []survey.Contact{due("F", at(-90), tried(survey.Fault, at(0)))}},
		"the first to be ready": {"F", []survey.Contact{
			due("N", at(-300), tried(survey.NoAnswer, at(-60))), ready, due("F", at(-900), tried(survey.Fault, at(-1))),
		}},
		"ties by key":            {"A", []survey.Contact{due("B", now), due("A", now)}},
		"midnight ends the day":  {"", []survey.Contact{due("X", date(t, "2026-10-28").At(0, 0))}},
		"the day's last minute":  {"X", []survey.Contact{due("X", date(t, "2026-10-27").At(23, 59))}},
		"one that has left":      {"", []survey.Contact{due("X", now, in("0860")), due("Y", now, mail, in("0860"))}},
		"one that takes no part": {"", []survey.Contact{due("X", now, in("9999"))}},
		"a withdrawn question":   {"", []survey.Contact{due(d.Setup.Round.Design.Questions[1].Code, now)}},
	} {
		got, ok := d.Next(tc.queue)
		if ok != (tc.want != "") || got.Question != tc.want {
			t.Errorf("%s: %q, %t, want %q", name, got.Question, ok, tc.want)
		}
		slices.Reverse(tc.queue)
		if got, _ := d.Next(tc.queue); got.Question != tc.want {
			t.Errorf("%s: %q the other way round, want %q", name, got.Question, tc.want)
		}
	}
}

func TestNextPassesClosedOfficesBy(t *testing.T) {
	d := desk(t)
	call, other := due("CALL", d.At, in("0305")), due("OTHER", d.At.Add(time.Hour))
	letter := due("MAIL", d.At.Add(-time.Hour), in("0305"), mail)
	queue := []survey.Contact{call, other}
	for name, tc := range map[string]struct {
		at    string
		want  string
		queue []survey.Contact
	}{
		"the main number is open":    {"2026-10-27 10:00", "CALL", queue},
		"it opens":                   {"2026-10-27 09:00", "CALL", queue},
		"it has not opened":          {"2026-10-27 08:59", "OTHER", queue},
		"it has closed":              {"2026-10-27 12:00", "OTHER", queue},
		"e-mails need office time":   {"2026-10-27 12:00", "MAIL", []survey.Contact{call, other, letter}},
		"all offices have closed":    {"2026-10-27 17:00", "", []survey.Contact{call, other, letter}},
		"all are closed on a Sunday": {"2026-11-01 10:00", "", []survey.Contact{call, other, letter}},
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", tc.at, officehours.Stockholm)
		if err != nil {
			t.Fatal(err)
		}
		d.At = at.UTC()
		if got, _ := d.Next(tc.queue); got.Question != tc.want {
			t.Errorf("%s: %q, want %q", name, got.Question, tc.want)
		}
	}
}

func TestACallCanBeDialledAgainWhenTheNumberOpens(t *testing.T) {
	d := desk(t)
	day := date(t, "2026-10-27")
	for name, tc := range map[string]struct {
		call survey.Contact
		want time.Time
	}{
		"after the delay":       {due("X", d.At, tried(survey.Busy, day.At(10, 0))), day.At(10, 15)},
		"when the number opens": {due("X", d.At, in("0305"), tried(survey.NoAnswer, day.At(7, 0))), day.At(9, 0)},
		"the next day": {
			due("X", d.At, in("0305"), tried(survey.ClosedNow, day.At(10, 0))), date(t, "2026-10-28").At(9, 0),
		},
		"after the weekend": {
			due("X", d.At, tried(survey.ClosedNow, date(t, "2026-10-30").At(16, 0))), date(t, "2026-11-02").At(8, 0),
		},
		"at the time agreed":        {due("X", d.At, tried(survey.Unavailable, day.At(9, 0)), agreed(day.At(14, 20))), day.At(14, 20)},
		"never when it is finished": {due("X", d.At, ended(survey.Submitted)), time.Time{}},
	} {
		if got := d.CanDial(tc.call); !got.Equal(tc.want) {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}

func TestTheDeskOffersColleaguesWorkOnlyInOwnHours(t *testing.T) {
	d := desk(t)
	d.Setup.Evaluators = []survey.Evaluator{{
		Email: me, CallsPerDay: 7, EmailsPerDay: 3, Hours: officehours.Hours{Opens: 9 * 60, Closes: 15 * 60},
		Absent: []officehours.Date{date(t, "2026-10-28")},
	}}
	mine := survey.Assignment{Area: "bygglov", Evaluator: me}
	d.Setup.Assignments = []survey.Assignment{mine, {Area: "bygglov", Evaluator: "colleague@example.se"}}
	for name, tc := range map[string]struct {
		at    time.Time
		offer bool
	}{
		"at work":       {date(t, "2026-10-27").At(9, 0), true},
		"before work":   {date(t, "2026-10-27").At(8, 59), false},
		"after work":    {date(t, "2026-10-27").At(15, 0), false},
		"on a day off":  {date(t, "2026-10-28").At(10, 0), false},
		"on a Saturday": {date(t, "2026-10-31").At(10, 0), false},
		"back again":    {date(t, "2026-10-29").At(10, 0), true},
	} {
		d.At = tc.at
		ask := d.Asking()
		if got := !ask.Overdue.Before.IsZero(); got != tc.offer {
			t.Errorf("%s: offered %v, want %v", name, got, tc.offer)
		}
		if tc.offer && (!slices.Equal(ask.Overdue.Areas, []survey.Assignment{mine}) ||
			ask.Overdue.Capacity[survey.Phone] != 7 || ask.Overdue.Capacity[survey.Email] != 3) {
			t.Errorf("%s: offered %+v", name, ask.Overdue)
		}
	}
}
