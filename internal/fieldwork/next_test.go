package fieldwork_test

import (
	"slices"
	"testing"
	"time"

	"servicematning/internal/survey"
)

// late moves the clock to the third day after a call of the first evaluator's
// and gives the call, both evaluators, and the round.
func (h *house) late(t *testing.T) (code string, c survey.Contact, owner, other survey.User) {
	t.Helper()
	code, cs := h.started(t)
	c = first(t, cs, survey.Phone)
	owner, other = evaluator(c.Evaluator), evaluator("maja@example.se")
	if owner == other {
		other = evaluator("emil@example.se")
	}
	// Whatever the other has until then is done, so that only the owner's is left.
	h.at = day("2026-11-20").At(10, 0)
	for _, x := range cs {
		if x.ID != c.ID {
			_, err := h.Store.UpdateContact(h.ctx, survey.Change{}, x.ID, 0, func(x *survey.Contact, _ survey.Round) error {
				x.State = survey.Approved
				return nil
			})
			ok(t, err)
		}
	}
	return code, c, owner, other
}

func (h *house) next(t *testing.T, by survey.User, code string) (survey.Contact, bool) {
	t.Helper()
	c, found, err := h.NextContact(h.ctx, by, code, "", survey.ContactID{})
	ok(t, err)
	return c, found
}

func TestAColleaguesContactBecomesTheirsWhoBegins(t *testing.T) {
	h := newHouse(t)
	code, c, owner, other := h.late(t)
	free(t, h, c, other)
	_, err := h.Contact(h.ctx, other, c.ID)
	is(t, err, survey.ErrNotFound)
	got, found := h.next(t, other, code)
	if !found || got.ID != c.ID || got.Evaluator != owner.Email {
		t.Fatalf("handed out %v, %+v", found, got)
	}
	if _, found := h.next(t, owner, code); found {
		t.Error("its evaluator gets it too")
	}
	_, err = h.Press(h.ctx, owner, c.ID, 0, survey.Dial, 0)
	is(t, err, survey.ErrConflict)
	_, err = h.Contact(h.ctx, other, c.ID)
	ok(t, err)
	_, err = h.Press(h.ctx, other, c.ID, got.Version, survey.Dial, 0)
	ok(t, err)
	_, err = h.Contact(h.ctx, owner, c.ID)
	is(t, err, survey.ErrNotFound)
	events, err := h.History(h.ctx, lead, code, 0)
	ok(t, err)
	if !slices.ContainsFunc(events, func(e survey.Event) bool {
		return e.Action == "contact.takeover" && e.By == other.Email && e.Detail == owner.Email && e.Contact == c.ID
	}) {
		t.Error("the history does not say who took it over")
	}
}

// free takes the cell's other contact away from the evaluator, who could not
// take both.
func free(t *testing.T, h *house, c survey.Contact, by survey.User) {
	t.Helper()
	cs, _, err := h.Contacts(h.ctx, lead, "2026", survey.ContactFilter{
		Municipality: c.Municipality, Question: c.Question, Channel: c.Channel, Evaluator: by.Email,
	})
	ok(t, err)
	for _, x := range cs {
		_, err := h.Store.UpdateContact(h.ctx, survey.Change{}, x.ID, 0, func(x *survey.Contact, _ survey.Round) error {
			x.Evaluator = "somebody@example.se"
			return nil
		})
		ok(t, err)
	}
}

func TestAReservationEndsAndIsRenewed(t *testing.T) {
	h := newHouse(t)
	code, c, owner, other := h.late(t)
	free(t, h, c, other)
	h.next(t, other, code)
	h.at = h.at.Add(survey.DefaultHold)
	if got, found := h.next(t, owner, code); !found || got.ID != c.ID {
		t.Fatal("it does not go back to its evaluator when the reservation has lapsed")
	}
	_, err := h.Press(h.ctx, other, c.ID, 0, survey.Dial, 0)
	is(t, err, survey.ErrNotFound)
	h.at = h.at.Add(survey.DefaultHold - time.Second)
	_, err = h.Press(h.ctx, owner, c.ID, 0, survey.Dial, 0)
	ok(t, err)
	got, err := h.UndoPress(h.ctx, owner, c.ID, 0)
	ok(t, err)
	if got.HeldBy != owner.Email || !got.HeldUntil.Equal(h.at.Add(survey.DefaultHold)) {
		t.Errorf("after an undone dial it is held by %q until %v", got.HeldBy, got.HeldUntil)
	}
}

func TestTheRulesOfTheMomentHold(t *testing.T) {
	h := newHouse(t)
	code, c, owner, other := h.late(t)
	free(t, h, c, other)
	if _, found := h.next(t, evaluator("ny@example.se"), code); found {
		t.Fatal("somebody without an area got something")
	}
	if rounds, err := h.EvaluatorRounds(h.ctx, evaluator("ny@example.se")); err != nil || len(rounds) != 0 {
		t.Fatalf("%d rounds, %v", len(rounds), err)
	}
	_, err := h.Store.UpdateSetup(h.ctx, survey.Change{}, code, 0, func(set *survey.Setup, _ int) error {
		set.PutEvaluator(survey.Evaluator{Email: "ny@example.se", Name: "Ny", CallsPerDay: 5, EmailsPerDay: 5})
		return set.PutAssignment(survey.Assignment{Area: c.Area, Evaluator: "ny@example.se"})
	})
	ok(t, err)
	if got, found := h.next(t, evaluator("ny@example.se"), code); !found || got.ID != c.ID {
		t.Error("the new evaluator gets nothing")
	}
	if rounds, err := h.EvaluatorRounds(h.ctx, evaluator("ny@example.se")); err != nil || len(rounds) != 1 {
		t.Errorf("%d rounds, %v", len(rounds), err)
	}
	ok(t, h.StartReview(h.ctx, lead, code, 0))
	if _, found := h.next(t, owner, code); found {
		t.Error("something is handed out after the fieldwork")
	}
	_, _, err = h.NextContact(h.ctx, lead, code, "", survey.ContactID{})
	is(t, err, survey.ErrForbidden)
	_, _, err = h.NextContact(h.ctx, owner, "1999", "", survey.ContactID{})
	is(t, err, survey.ErrNotFound)
}

// What the day shows as the next is what is handed out.
func TestTheFirstContactIsTheOneHandedOut(t *testing.T) {
	h := newHouse(t)
	code, by, calls := h.overdue(t)
	h.at = day("2026-11-20").At(10, 0)
	for i := range calls {
		want, found, err := h.FirstContact(h.ctx, by, code, survey.Phone)
		ok(t, err)
		got, given, err := h.NextContact(h.ctx, by, code, survey.Phone, survey.ContactID{})
		ok(t, err)
		if !found || !given || got.ID != want.ID || got.ID != calls[i].ID {
			t.Fatalf("number %d: shows %s, hands out %s", i, want.Question, got.Question)
		}
		_, err = h.Press(h.ctx, by, got.ID, got.Version, survey.Dial, 0)
		ok(t, err)
		_, err = h.ReportCall(h.ctx, by, got.ID, 0, survey.CallReport{Outcome: survey.Busy})
		ok(t, err)
	}
}

func TestOpeningAContactKeepsIt(t *testing.T) {
	h := newHouse(t)
	code, c, owner, other := h.late(t)
	free(t, h, c, other)
	if _, found := h.next(t, other, code); !found {
		t.Fatal("nothing is handed out")
	}
	hold := survey.DefaultDesign(code).Hold()
	for _, step := range []time.Duration{hold - time.Minute, hold - time.Minute} { // each time just before it ends
		h.at = h.at.Add(step)
		v, err := h.Contact(h.ctx, other, c.ID)
		ok(t, err)
		if want := h.at.Add(hold); !v.Contact.HeldUntil.Equal(want.UTC()) {
			t.Errorf("held until %v, want %v", v.Contact.HeldUntil, want)
		}
	}
	_, err := h.Contact(h.ctx, owner, c.ID)
	ok(t, err) // theirs to look at, too; that changes nothing
	if got, _, err := h.Store.Contact(h.ctx, c.ID); err != nil || got.HeldBy != other.Email || got.Version != c.Version {
		t.Errorf("held by %q in version %d: %v", got.HeldBy, got.Version, err)
	}
	h.at = h.at.Add(hold + time.Minute)
	_, err = h.Contact(h.ctx, other, c.ID)
	ok(t, err)
	if got, found := h.next(t, owner, code); !found || got.ID != c.ID {
		t.Error("what has run out is brought back by looking at it")
	}
}
