package fieldwork_test

import (
	"slices"
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// overdue moves the clock to a moment when the evaluator has several calls to
// make, and gives them in the order they were planned.
func (h *house) overdue(t *testing.T) (code string, by survey.User, calls []survey.Contact) {
	t.Helper()
	code, cs := h.started(t)
	by = evaluator(first(t, cs, survey.Phone).Evaluator)
	for _, c := range cs {
		if c.Channel == survey.Phone && c.Evaluator == by.Email {
			calls = append(calls, c)
		}
	}
	if len(calls) < 2 {
		t.Fatalf("%d calls, the test needs two", len(calls))
	}
	h.at = calls[len(calls)-1].PlannedAt.Add(time.Hour)
	return code, by, calls
}

func TestACallToDialAgainWaitsUntilTheOthersAreTried(t *testing.T) {
	h := newHouse(t)
	code, by, calls := h.overdue(t)
	next := func(left survey.ContactID) survey.ContactID {
		t.Helper()
		c, _, err := h.NextContact(h.ctx, by, code, survey.Phone, left)
		ok(t, err)
		return c.ID
	}
	if got := next(survey.ContactID{}); got != calls[0].ID {
		t.Fatal("the next call is not the one planned first")
	}
	if got := next(calls[0].ID); got != calls[1].ID {
		t.Error("the call just put aside, or none, comes before the second")
	}
	c, err := h.Press(h.ctx, by, calls[1].ID, 0, survey.Dial, 0)
	ok(t, err)
	if got := next(survey.ContactID{}); got != c.ID {
		t.Error("a call under way does not come first")
	}
	rep := survey.CallReport{Outcome: survey.Fault, Note: "Headsetet dog."}
	_, err = h.ReportCall(h.ctx, by, c.ID, 0, rep)
	ok(t, err)
	_, err = h.Press(h.ctx, by, calls[0].ID, 0, survey.Dial, 0)
	ok(t, err)
	_, err = h.ReportCall(h.ctx, by, calls[0].ID, 0, rep)
	ok(t, err)
	for _, later := range calls[2:] {
		if got := next(survey.ContactID{}); got != later.ID {
			t.Errorf("the next call is not the one that has not been tried")
		}
		_, err = h.Press(h.ctx, by, later.ID, 0, survey.Dial, 0)
		ok(t, err)
		_, err = h.ReportCall(h.ctx, by, later.ID, 0, survey.CallReport{Outcome: survey.Busy})
		ok(t, err)
	}
	if got := next(survey.ContactID{}); got != calls[0].ID {
		t.Error("when all are tried the first is not dialled again")
	}
}

func TestTheDayCountsTheWeek(t *testing.T) {
	h := newHouse(t)
	code, by, calls := h.overdue(t)
	h.at = calls[0].PlannedAt.Add(time.Minute)
	_, err := h.Press(h.ctx, by, calls[0].ID, 0, survey.Dial, 0)
	ok(t, err)
	_, err = h.ReportCall(h.ctx, by, calls[0].ID, 0, survey.CallReport{Outcome: survey.Busy})
	ok(t, err)
	d, err := h.Day(h.ctx, by, code, false)
	ok(t, err)
	if d.Made[survey.Phone] != 1 || d.Expected[survey.Phone] < 1 || len(d.Finished) != 1 ||
		d.Finished[0].ID != calls[0].ID {
		t.Errorf("made %v, expected %v, %d finished", d.Made, d.Expected, len(d.Finished))
	}
	if len(d.Week) != 5 || d.Week[0].Date.Weekday() != time.Monday {
		t.Errorf("the week is %+v", d.Week)
	}
	planned := 0
	for _, n := range d.Week {
		planned += n.Planned[survey.Phone]
	}
	want := 0
	for _, c := range calls {
		_, theirs := officehours.DateOf(c.PlannedAt).Week()
		if _, week := d.Today.Week(); theirs == week {
			want++
		}
	}
	if planned != want {
		t.Errorf("%d calls planned in the week, want %d", planned, want)
	}
}

func TestWhatWasOverdueCountsWhenItIsMade(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	mail := first(t, cs, survey.Email)
	by := evaluator(mail.Evaluator)
	i := slices.IndexFunc(cs, func(c survey.Contact) bool { return c.Channel == survey.Phone && c.Evaluator == by.Email })
	if i < 0 {
		t.Fatal("they have no call")
	}
	made := func(at time.Time) map[survey.Channel]int {
		t.Helper()
		h.at = at
		d, err := h.Day(h.ctx, by, code, false)
		ok(t, err)
		return d.Made
	}
	later := mail.PlannedAt.Add(7 * 24 * time.Hour) // in another week
	h.at = later
	_, err := h.MarkSent(h.ctx, by, mail.ID, mail.Version)
	ok(t, err)
	_, err = h.Press(h.ctx, by, cs[i].ID, 0, survey.Dial, 0)
	ok(t, err)
	_, err = h.ReportCall(h.ctx, by, cs[i].ID, 0, survey.CallReport{Outcome: survey.Busy})
	ok(t, err)
	if n := made(later.Add(time.Minute)); n[survey.Phone] != 1 || n[survey.Email] != 1 {
		t.Errorf("made %v, want one of each", n)
	}
	if n := made(later.Add(24 * time.Hour)); n[survey.Phone] != 0 || n[survey.Email] != 0 {
		t.Errorf("the day after %v are made", n)
	}
}

func TestAnEmailPastTheCutOffIsNotWaitedFor(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	c := first(t, cs, survey.Email)
	by := evaluator(c.Evaluator)
	h.at = c.PlannedAt
	_, err := h.MarkSent(h.ctx, by, c.ID, c.Version)
	ok(t, err)
	for _, x := range []struct {
		after      time.Duration
		waits, old int
	}{{time.Hour, 1, 0}, {30 * 24 * time.Hour, 0, 1}} {
		h.at = c.PlannedAt.Add(x.after)
		d, err := h.Day(h.ctx, by, code, false)
		ok(t, err)
		box, err := h.Mailbox(h.ctx, by, code, fieldwork.MailChoice{})
		ok(t, err)
		if len(d.Waiting) != x.waits || len(box.Waiting) != x.waits || len(box.Past) != x.old {
			t.Errorf("after %v: %d wait on the day, %d in the mailbox, %d past", x.after, len(d.Waiting),
				len(box.Waiting), len(box.Past))
		}
	}
}

func TestOnlyRoundsWithOwnContactsAreTheEvaluators(t *testing.T) {
	h := newHouse(t)
	_, cs := h.started(t)
	for who, want := range map[string]int{cs[0].Evaluator: 1, "somebody@example.se": 0} {
		rounds, err := h.EvaluatorRounds(h.ctx, evaluator(who))
		ok(t, err)
		if len(rounds) != want {
			t.Errorf("%s has %d rounds, want %d", who, len(rounds), want)
		}
	}
	_, err := h.EvaluatorRounds(h.ctx, lead)
	is(t, err, survey.ErrForbidden)
}
