package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

// Nothing is given to two, and nobody is sent away while there is something
// for them, when sixty-four evaluators take everything there is.
func TestSixtyFourAskers(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, contacts := crowdedRound()
		set = fill(t, s, set, contacts)
		service := fieldwork.New(s, func() time.Time { return askDay.At(10, 0) })
		g := given{by: map[survey.ContactID]string{}}
		crowd(len(set.Evaluators), func(i int) {
			by := survey.User{Email: set.Evaluators[i].Email, Role: survey.RoleEvaluator}
			for g.next(t, service, by) {
			}
		})
		if len(g.by) != len(contacts) {
			t.Errorf("%d of %d contacts were given out", len(g.by), len(contacts))
		}
		g.check(t, s, set)
	})
}

// crowdedRound has 64 evaluators and 1,200 contacts. Two thirds are overdue, all
// of them the first half's; the others are today's and everybody's.
func crowdedRound() (survey.Setup, []survey.Contact) {
	set := surveytest.FullSetup()
	set.Participants = set.Participants[:5]
	addEvaluators(&set, 64)
	contacts := surveytest.Contacts(set)
	for i, c := range contacts {
		fresh := survey.Contact{
			ID: c.ID, Municipality: c.Municipality, Channel: c.Channel, Area: c.Area, Question: c.Question,
			Replicate: c.Replicate, State: survey.Planned, Version: 1,
		}
		// The two contacts of a cell are next to each other.
		fresh.Evaluator, fresh.PlannedAt = who(i%32), askDay.AddDays(-3).At(9+i%8, i%60).UTC()
		if i%3 == 0 {
			fresh.Evaluator, fresh.PlannedAt = who(i%64), askDay.At(9+i%8, i%60).UTC()
		}
		contacts[i] = fresh
	}
	return set, contacts
}

// addEvaluators makes the evaluators n, all of them in all areas.
func addEvaluators(set *survey.Setup, n int) {
	for i := len(set.Evaluators); i < n; i++ {
		e := set.Evaluators[0]
		e.Email, e.Name = who(i), fmt.Sprint("Bedömare ", i)
		set.Evaluators = append(set.Evaluators, e)
		for _, a := range set.Round.Design.Areas {
			set.Assignments = append(set.Assignments, survey.Assignment{Area: a, Evaluator: e.Email})
		}
	}
}

// given is who was given what, and when who was sent away, in the order in
// which they began to ask.
type given struct {
	mu    sync.Mutex
	by    map[survey.ContactID]string
	asked map[survey.ContactID]int // when the one who got it began to ask
	away  map[string]int           // when the one sent away had been answered
	clock int
}

// tick counts instants.
func (g *given) tick() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.clock++
	return g.clock
}

// next lets the evaluator ask and make what they get.
func (g *given) next(t *testing.T, service *fieldwork.Service, by survey.User) bool {
	began := g.tick()
	c, ok, err := service.NextContact(t.Context(), by, "2026", "", survey.ContactID{})
	ended := g.tick()
	if err != nil {
		t.Error(err)
		return false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if !ok {
		if g.away == nil {
			g.away = map[string]int{}
		}
		g.away[by.Email] = ended
		return false
	}
	if other, twice := g.by[c.ID]; twice {
		t.Errorf("%s %s was given to %s and to %s", c.Municipality, c.Question, other, by.Email)
	}
	if g.asked == nil {
		g.asked = map[survey.ContactID]int{}
	}
	g.by[c.ID], g.asked[c.ID] = by.Email, began
	g.mu.Unlock()
	defer g.mu.Lock()
	return begin(t, service, by, c)
}

// begin sends an e-mail, or makes a call that reaches nobody.
func begin(t testing.TB, service *fieldwork.Service, by survey.User, c survey.Contact) bool {
	var err error
	if c.Channel == survey.Email {
		_, err = service.MarkSent(t.Context(), by, c.ID, c.Version)
	} else if c, err = service.Press(t.Context(), by, c.ID, c.Version, survey.Dial, 0); err == nil {
		_, err = service.ReportCall(t.Context(), by, c.ID, c.Version, survey.CallReport{Outcome: survey.Busy})
	}
	if err != nil {
		t.Error(err)
	}
	return err == nil
}

// check looks for contacts that are not their taker's, cells with one
// evaluator, and evaluators sent away from what they could have taken.
func (g *given) check(t *testing.T, s *store.Store, set survey.Setup) {
	t.Helper()
	cells := map[survey.Cell][]survey.Contact{}
	for c, err := range s.EachContact(t.Context(), set.Round.ID) {
		must(t, err)
		if c.Evaluator != g.by[c.ID] || c.HeldBy != "" {
			t.Errorf("%s made a contact that is %s's, held by %q", g.by[c.ID], c.Evaluator, c.HeldBy)
		}
		cells[c.Cell()] = append(cells[c.Cell()], c)
	}
	refused := 0
	for cell, cs := range cells {
		if cs[0].Evaluator == cs[1].Evaluator {
			t.Errorf("%v: both made by %s", cell, cs[0].Evaluator)
		}
		for i, c := range cs {
			for email, left := range g.away {
				if c.PlannedAt.Before(askDay.At(0, 0)) && g.asked[c.ID] > left && cs[1-i].Evaluator != email {
					refused++
				}
			}
		}
	}
	if refused > 0 {
		t.Errorf("%d times somebody was sent away from what was given out later", refused)
	}
}
