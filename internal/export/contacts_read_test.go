package export

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/survey"
)

// at is an instant of October 2026 in Swedish summer time.
func at(d, hour, minute, second int) time.Time {
	return time.Date(2026, time.October, d, hour-2, minute, second, 0, time.UTC)
}

func TestContactsAreReadWhole(t *testing.T) {
	s := round2026(t)
	got, err := readContacts(t, s, reachedCall, repliedMail)
	wantErrors(t, err)
	want := []survey.Contact{
		{
			Round: s.Round.ID, Municipality: "0860", Channel: survey.Phone, Area: "bygglov", Question: "BYGG1", Replicate: 1,
			Evaluator: "maja@example.se", PlannedAt: at(20, 9, 0, 0), State: survey.Approved, Disposition: survey.Completed,
			SubmittedAt: at(20, 9, 3, 0),
			Attempts: []survey.Attempt{{
				Dialled: at(20, 9, 0, 5), Answered: at(20, 9, 0, 15), Connected: at(20, 9, 0, 45).Add(500 * time.Millisecond),
				Ended: at(20, 9, 3, 0), Outcome: survey.Reached, Greeting: survey.SaidMunicipality | survey.SaidHello,
				Ratings: survey.Ratings{Answer: survey.Good, Information: survey.Fair, Interest: survey.Poor,
					Treatment: survey.VeryGood},
				Note: "Vänlig, men \"kort\"",
			}},
		},
		{
			Round: s.Round.ID, Municipality: "0860", Channel: survey.Email, Area: "bygglov", Question: "BYGG1", Replicate: 1,
			Evaluator: "bo@example.se", PlannedAt: at(20, 14, 0, 0), State: survey.Approved, Disposition: survey.Completed,
			SubmittedAt: at(22, 8, 0, 0),
			Mail: survey.Mail{
				Sent: at(20, 14, 0, 0), AutoReply: at(20, 14, 1, 0), FirstReply: at(21, 14, 0, 0), CompleteReply: at(22, 8, 0, 0),
				Ratings: survey.Ratings{Answer: survey.Good, Information: survey.Poor, Treatment: survey.Fair},
				Sender:  survey.GaveName | survey.GavePhone, Note: "Tack!",
			},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestContactStates are the ways in which a contact may stand in a file.
func TestContactStates(t *testing.T) {
	none := ""
	for _, c := range []struct {
		name        string
		lines       []cells
		state       survey.State
		disposition survey.Disposition
		attempts    int
		done        time.Time
	}{
		{"planned call", []cells{plannedCall}, survey.Planned, "", 0, time.Time{}},
		{"planned mail", []cells{plannedMail}, survey.Planned, "", 0, time.Time{}},
		{"mail awaiting a reply", []cells{silentMail.but("disposition", none, "planned_at", "2026-10-20T14:00:00+02:00")},
			survey.Begun, "", 0, time.Time{}},
		{"call under way", []cells{plannedCall.but("dialled_at", "2026-10-20T09:00:00+02:00")}, survey.Begun, "", 1,
			time.Time{}},
		{"call under way and connected", []cells{plannedCall.but("dialled_at", "2026-10-20T09:00:00+02:00",
			"answered_at", "2026-10-20T09:00:10+02:00", "connected_at", "2026-10-20T09:00:20+02:00")}, survey.Begun, "", 1,
			time.Time{}},
		{"busy, to be tried again", []cells{missedCall.but("disposition", none, "planned_at", "2026-10-20T09:00:00+02:00")},
			survey.Begun, "", 1, time.Time{}},
		{"fault, to be made again", []cells{missedCall.but("disposition", none, "outcome", "fault", "planned_at",
			"2026-10-20T09:00:00+02:00")},
			survey.Begun, "", 1, time.Time{}},
		{"no contact, not planned", []cells{missedCall}, survey.Approved, survey.NoContact, 1, at(20, 9, 1, 0)},
		{"reached without anything rated", []cells{reachedCall.but("answer", none, "information", none, "interest", none,
			"treatment", none)},
			survey.Approved, survey.Completed, 1, at(20, 9, 3, 0)},
		{"connected when the own line broke", []cells{missedCall.but("outcome", "fault", "connected_at",
			"2026-10-20T09:00:30+02:00")},
			survey.Approved, survey.NoContact, 1, at(20, 9, 1, 0)},
		{"second attempt reached", []cells{missedCall.but("attempt", "1", "disposition", none), reachedCall.with(second).but(
			"connected_at", "2026-10-20T10:00:30+02:00", "greeting", none)}, survey.Approved, survey.Completed, 2, at(20,
			10, 1, 0)},
		{"attempts in the other order", []cells{reachedCall.with(second).but("connected_at", "2026-10-20T10:00:30+02:00",
			"greeting", none),
			missedCall.but("disposition", none)}, survey.Approved, survey.Completed, 2, at(20, 10, 1, 0)},
		{"each attempt with its own end", []cells{missedCall.but("attempt", "1"), reachedCall.with(second).but(
			"connected_at", "2026-10-20T10:00:30+02:00", "greeting", none)}, survey.Approved, survey.Completed, 2, at(20,
			10, 1, 0)},
		{"reached, then busy", []cells{reachedCall.but("disposition", none, "attempt", "1"),
			missedCall.with(second).but("disposition", "completed")},
			survey.Approved, survey.Completed, 2, at(20, 10, 1, 0)},
		{"mail answered after the cut-off", []cells{repliedMail.but("first_reply_at", "2026-11-25T09:00:00+01:00",
			"complete_reply_at", none)},
			survey.Approved, survey.Completed, 0, time.Date(2026, time.November, 25, 8, 0, 0, 0, time.UTC)},
		{"no reply before the cut-off", []cells{repliedMail.but("first_reply_at", "2026-11-25T09:00:00+01:00",
			"complete_reply_at", none,
			"disposition", "no_reply")}, survey.Approved, survey.NoReply, 0, time.Date(2026, time.November, 25, 8, 0, 0, 0,
			time.UTC)},
		{"no reply", []cells{silentMail}, survey.Approved, survey.NoReply, 0, at(20, 14, 0, 0)},
		{"voided before it was made", []cells{plannedCall.but("disposition", "void", "comment", "Dubblett")},
			survey.Approved, survey.Void, 0, at(20, 9, 0, 0)},
		{"voided call under way", []cells{plannedCall.but("disposition", "void", "dialled_at", "2026-10-20T09:00:00+02:00")},
			survey.Approved, survey.Void, 1, at(20, 9, 0, 0)},
		{"voided call that reached", []cells{reachedCall.but("disposition", "void")}, survey.Approved, survey.Void, 1,
			at(20, 9, 3, 0)},
		{"voided mail", []cells{silentMail.but("disposition", "void")}, survey.Approved, survey.Void, 0, at(20, 14, 0, 0)},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := readContacts(t, round2026(t), c.lines...)
			wantErrors(t, err)
			if len(got) != 1 {
				t.Fatalf("%d contacts, want 1", len(got))
			}
			g := got[0]
			if g.State != c.state || g.Disposition != c.disposition || len(g.Attempts) != c.attempts ||
				!g.SubmittedAt.Equal(c.done) {
				t.Errorf("%s %q, %d attempts, done %v; want %s %q, %d, %v",
					g.State, g.Disposition, len(g.Attempts), g.SubmittedAt, c.state, c.disposition, c.attempts, c.done)
			}
		})
	}
}

func TestAttemptsKeepTheirOwnData(t *testing.T) {
	got, err := readContacts(t, round2026(t),
		reachedCall.with(second).but("attempt", "3", "dialled_at", "2026-10-20T11:00:00+02:00",
			"connected_at", "2026-10-20T11:00:30+02:00", "ended_at", "2026-10-20T11:02:00+02:00", "greeting", "", "comment",
			"tredje"),
		missedCall.with(second).but("outcome", "fault", "disposition", "", "comment", "andra", "suspected", "TRUE"),
		missedCall.but("disposition", "", "comment", "första", "answered_at", "2026-10-20T09:00:10+02:00", "greeting",
			"hello"))
	wantErrors(t, err)
	as := got[0].Attempts
	if len(got) != 1 || len(as) != 3 || !got[0].Suspected {
		t.Fatalf("want one suspected contact of three attempts: %+v", got)
	}
	if as[0].Note != "första" || as[1].Note != "andra" || as[2].Note != "tredje" || as[0].Greeting != survey.SaidHello ||
		as[1].Outcome != survey.Fault || as[2].Ratings.Answer != survey.Good || as[0].Ratings != (survey.Ratings{}) {
		t.Errorf("attempts mixed up: %+v", as)
	}
}

// TestLinesOfOneContactMayDiffer in evaluator and plan: the first evaluator
// named and the earliest plan stand for the contact.
func TestLinesOfOneContactMayDiffer(t *testing.T) {
	for _, c := range []struct {
		name                   string
		first, then, evaluator string
		plan1, plan2           string
	}{
		{"both named", "Maja@example.se", "bo@example.se", "maja@example.se", "2026-10-20T09:00:00+02:00",
			"2026-10-20T10:00:00+02:00"},
		{"earlier plan last", "maja@example.se", "", "maja@example.se", "2026-10-20T10:00:00+02:00",
			"2026-10-20T09:00:00+02:00"},
		{"only on the first", "maja@example.se", "", "maja@example.se", "2026-10-20T09:00:00+02:00", ""},
		{"only on the second", "", "bo@example.se", "bo@example.se", "", "2026-10-20T09:00:00+02:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := readContacts(t, round2026(t),
				missedCall.but("disposition", "", "evaluator", c.first, "planned_at", c.plan1),
				missedCall.with(second).but("evaluator", c.then, "planned_at", c.plan2))
			wantErrors(t, err)
			if len(got) != 1 || got[0].Evaluator != c.evaluator || !got[0].PlannedAt.Equal(at(20, 9, 0, 0)) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestLengthLimitIsInCharacters(t *testing.T) {
	long := strings.Repeat("å", 4000)
	got, err := readContacts(t, round2026(t), missedCall.but("comment", long))
	wantErrors(t, err)
	if got[0].Attempts[0].Note != long {
		t.Error("the comment was changed")
	}
}

// TestFileOrder keeps the order in which contacts first appear.
func TestFileOrder(t *testing.T) {
	got, err := readContacts(t, round2026(t),
		missedCall.with(second).but("question", "BYGG2"), repliedMail, missedCall.but("question", "BYGG2", "disposition", ""),
		plannedCall.but("municipality", "0305"))
	wantErrors(t, err)
	if len(got) != 3 || got[0].Question != "BYGG2" || got[1].Channel != survey.Email || got[2].Municipality != "0305" {
		t.Errorf("%+v", got)
	}
}
