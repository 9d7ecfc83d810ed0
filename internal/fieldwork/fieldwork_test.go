package fieldwork_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/store"
	"servicematning/internal/survey"
)

// house is the use cases over a real database, with a clock that tests set.
type house struct {
	*fieldwork.Service
	ctx context.Context
	at  time.Time
}

var (
	lead         = survey.User{Email: "lead@example.se", Role: survey.RoleLead}
	commissioner = survey.User{Email: "skr@example.se", Role: survey.RoleCommissioner}
	reader       = survey.User{Email: "lasare@example.se", Role: survey.RoleReader, Municipality: "0305"}
)

func newHouse(t *testing.T) *house {
	t.Helper()
	ctx := t.Context()
	s, err := store.Open(ctx, filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	h := &house{ctx: ctx, at: day("2026-10-12").At(9, 0)}
	h.Service = fieldwork.New(s, func() time.Time { return h.at })
	return h
}

func day(s string) officehours.Date {
	d, err := officehours.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// ok stops the test on an error.
func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func is(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

// small makes a draft round with two municipalities, two evaluators and two
// questions: 2 × 2 × 2 × 2 = 16 contacts.
func (h *house) small(t *testing.T) string {
	t.Helper()
	const code = "2026"
	_, err := h.CreateRound(h.ctx, lead, code, survey.FieldPeriod{From: day("2026-10-19"), To: day("2026-11-20")})
	ok(t, err)
	all := survey.BundledMunicipalities()
	var ps []survey.Participant
	for _, m := range all {
		if m.Code == "0305" || m.Code == "1493" {
			ps = append(ps, survey.Participant{Municipality: m, Phone: "+46701740605", Email: "kommun@example.se"})
		}
	}
	ok(t, h.SaveParticipants(h.ctx, lead, code, ps))
	ok(t, h.SaveEvaluators(h.ctx, lead, code, []survey.Evaluator{
		{Email: "maja@example.se", Name: "Maja", CallsPerDay: 20, EmailsPerDay: 20},
		{Email: "emil@example.se", Name: "Emil", CallsPerDay: 20, EmailsPerDay: 20},
	}))
	qs := survey.BundledQuestions()[:2]
	ok(t, h.ImportQuestions(h.ctx, lead, code, qs))
	ok(t, h.AddAssignments(h.ctx, lead, code, []survey.Assignment{
		{Area: qs[0].Area, Evaluator: "maja@example.se"}, {Area: qs[0].Area, Evaluator: "emil@example.se"},
	}))
	return code
}

func evaluator(email string) survey.User {
	return survey.User{Email: email, Role: survey.RoleEvaluator}
}

// started is small, planned and in the field on the first contact's day.
func (h *house) started(t *testing.T) (code string, contacts []survey.Contact) {
	t.Helper()
	code = h.small(t)
	_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
	ok(t, err)
	ok(t, h.StartFieldwork(h.ctx, lead, code, 0))
	contacts, total, err := h.Contacts(h.ctx, lead, code, survey.ContactFilter{})
	ok(t, err)
	if total != 16 || len(contacts) != 16 {
		t.Fatalf("%d contacts, total %d, want 16", len(contacts), total)
	}
	h.at = contacts[0].PlannedAt
	return code, contacts
}

// first finds the first contact of the channel.
func first(t *testing.T, cs []survey.Contact, ch survey.Channel) survey.Contact {
	t.Helper()
	for _, c := range cs {
		if c.Channel == ch {
			return c
		}
	}
	t.Fatalf("no %s contact", ch)
	return survey.Contact{}
}
