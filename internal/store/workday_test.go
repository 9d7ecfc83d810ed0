package store_test

import (
	order "cmp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/officehours"
	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// workdays is a small round with contacts in every state on the days around one.
func workdays(today officehours.Date) (survey.Setup, []survey.Contact) {
	set := surveytest.FullSetup()
	set.Participants = set.Participants[:6]
	contacts := surveytest.Contacts(set)
	now := today.At(10, 0).UTC()
	for i := range contacts {
		c := &contacts[i]
		c.Evaluator = set.Evaluators[i%2].Email
		if i%3 == 0 {
			c.PlannedAt = today.At(8+i%9, 0).UTC()
		}
		switch i % 11 {
		case 0:
			c.State, c.Disposition, c.SubmittedAt = survey.Submitted, survey.Completed, now.Add(-time.Duration(i)*time.Second)
		case 1:
			c.State, c.Disposition, c.SubmittedAt = survey.Returned, survey.Completed, now
			c.ReviewNote, c.ReviewedBy = "Stämmer tiden?", "lead@example.se"
		case 2:
			c.Disposition = survey.Void
		case 3:
			c.State, c.Disposition, c.HeldBy, c.HeldUntil = survey.Planned, "", set.Evaluators[0].Email, now.Add(time.Minute)
		case 4:
			if c.Channel == survey.Email {
				c.State, c.Disposition, c.Mail = survey.Begun, "", survey.Mail{Sent: now.Add(-time.Hour)}
			}
		}
	}
	return set, contacts
}

// The day as the database gives it is what the contacts say one by one.
func TestWorkday(t *testing.T) {
	today := surveytest.Start.AddDays(8)
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := workdays(today)
		set = fill(t, s, set, contacts)
		q := survey.WorkdayQuery{
			Evaluator: set.Evaluators[0].Email, At: today.At(10, 0), Today: today, Monday: today.AddDays(-1),
		}
		got, err := s.Workday(t.Context(), set.Round.ID, q)
		must(t, err)
		want := workdayOf(contacts, q)
		if d := cmp.Diff(want, told(got)); d != "" {
			t.Error(d)
		}
		if len(want.open) == 0 || len(want.held) == 0 || len(want.finished) < 3 || len(want.Week) < 5 {
			t.Errorf("the sample is too thin: %+v", want)
		}
		q.Finished = 2
		got, err = s.Workday(t.Context(), set.Round.ID, q)
		must(t, err)
		if d := cmp.Diff(want.finished[:2], ids(got.Finished)); d != "" || got.Done != want.Done {
			t.Error(d, got.Done)
		}
		q.Evaluator = "trasig\xff"
		got, err = s.Workday(t.Context(), set.Round.ID, q)
		must(t, err)
		if len(got.Open)+len(got.Held)+len(got.Finished) > 0 {
			t.Error("there are contacts of nobody's")
		}
	})
}

// toldDay is a Workday with its contacts as identifiers.
type toldDay struct {
	open, held, finished []string
	Done                 int
	Made, Expected       map[survey.Channel]int
	Week                 []survey.DayMade
}

// Equal is for cmp.
func (d toldDay) Equal(o toldDay) bool {
	return slices.Equal(d.open, o.open) && slices.Equal(d.held, o.held) && slices.Equal(d.finished, o.finished) &&
		d.Done == o.Done && cmp.Equal(d.Made, o.Made) && cmp.Equal(d.Expected, o.Expected) && cmp.Equal(d.Week, o.Week)
}

func told(w survey.Workday) toldDay {
	held := ids(w.Held)
	slices.Sort(held) // their order means nothing
	return toldDay{ids(w.Open), held, ids(w.Finished), w.Done, w.Made, w.Expected, w.Week}
}

func ids(cs []survey.Contact) (list []string) {
	for _, c := range cs {
		list = append(list, c.ID.String())
	}
	return list
}

// workdayOf reads the contacts one by one.
func workdayOf(all []survey.Contact, q survey.WorkdayQuery) toldDay {
	w := survey.Workday{Made: map[survey.Channel]int{}, Expected: map[survey.Channel]int{}}
	week := map[string]survey.DayMade{}
	for _, c := range all {
		own, day := c.Evaluator == q.Evaluator, officehours.DateOf(c.PlannedAt)
		switch {
		case c.Disposition == survey.Void:
			continue
		case !own:
			if c.HeldBy == q.Evaluator && c.HeldUntil.After(q.At) && c.State == survey.Planned {
				w.Held = append(w.Held, c)
			}
			continue
		case !c.Finished() && !day.After(q.Today):
			w.Open = append(w.Open, c)
		case c.Finished() && !c.SubmittedAt.Before(q.Today.At(0, 0)):
			w.Finished = append(w.Finished, c)
			if w.Done++; c.Channel == survey.Phone {
				w.Made[c.Channel]++
			}
		}
		if !c.Mail.Sent.Before(q.Today.At(0, 0)) {
			w.Made[c.Channel]++
		}
		if day == q.Today && c.PlannedAt.Before(q.At) {
			w.Expected[c.Channel]++
		}
		if d := q.Monday.DaysUntil(day); d >= 0 && d < 7 {
			n, known := week[day.String()]
			if !known {
				n = survey.DayMade{Day: day.String(), Planned: map[survey.Channel]int{}, Made: map[survey.Channel]int{}}
				week[n.Day] = n
			}
			n.Planned[c.Channel]++
			if c.Made() {
				n.Made[c.Channel]++
			} else if _, ok := n.Made[c.Channel]; !ok {
				n.Made[c.Channel] = 0
			}
		}
	}
	slices.SortFunc(w.Open, func(a, b survey.Contact) int {
		return order.Or(a.PlannedAt.Compare(b.PlannedAt), order.Compare(a.Municipality, b.Municipality),
			order.Compare(a.Channel, b.Channel), order.Compare(a.Question, b.Question), a.Replicate-b.Replicate)
	})
	slices.SortFunc(w.Finished, func(a, b survey.Contact) int { return b.SubmittedAt.Compare(a.SubmittedAt) })
	for i := range 7 {
		if n, ok := week[q.Monday.AddDays(i).String()]; ok {
			w.Week = append(w.Week, n)
		}
	}
	return told(w)
}
