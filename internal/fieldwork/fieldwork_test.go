package fieldwork_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
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

func TestStartNeedsACompletePlan(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	is(t, h.StartFieldwork(h.ctx, lead, code, 0), survey.ErrConflict)
	_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
	ok(t, err)
	is(t, h.StartFieldwork(h.ctx, evaluator("maja@example.se"), code, 0), survey.ErrForbidden)
	ok(t, h.StartFieldwork(h.ctx, lead, code, 0))
}

func TestStartRefusesAPlanThatTheSetupHasLeftBehind(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(h *house, code string) error
	}{
		{"a municipality left", func(h *house, code string) error {
			return h.RemoveParticipant(h.ctx, lead, code, 0, "0305")
		}},
		{"a municipality came", func(h *house, code string) error {
			return h.SaveParticipants(h.ctx, lead, code, surveytest.Participants())
		}},
		{"the period was cut short", func(h *house, code string) error {
			return h.SaveBasics(h.ctx, lead, code, 0, survey.FieldPeriod{From: day("2026-10-19"), To: day("2026-10-30")}, "")
		}},
		{"the afternoons were closed", func(h *house, code string) error {
			return h.SaveCalendar(h.ctx, lead, code, 0, officehours.Hours{Opens: 8 * 60, Closes: 9 * 60})
		}},
		{"a question left", func(h *house, code string) error {
			return h.RemoveQuestion(h.ctx, lead, code, 0, "BYGG1")
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t)
			code := h.small(t)
			_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
			ok(t, err)
			ok(t, tt.change(h, code))
			is(t, h.StartFieldwork(h.ctx, lead, code, 0), survey.ErrConflict)
			_, err = h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
			ok(t, err)
			ok(t, h.StartFieldwork(h.ctx, lead, code, 0))
		})
	}
}

func TestPlanningAgainKeepsWhatHasBegun(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	by := evaluator(c.Evaluator)
	_, err := h.Press(h.ctx, by, c.ID, c.Version, survey.Dial)
	ok(t, err)
	_, err = h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 2})
	ok(t, err)
	view, err := h.Contact(h.ctx, by, c.ID)
	ok(t, err)
	if view.Contact.State != survey.Begun {
		t.Errorf("the begun contact is %s after planning again", view.Contact.State)
	}
	_, total, err := h.Contacts(h.ctx, lead, code, survey.ContactFilter{LiveOnly: true})
	ok(t, err)
	if total != 16 {
		t.Errorf("%d contacts after planning again, want 16", total)
	}
}

func TestAVoidedContactIsReplacedByTheNextPlan(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	ok(t, h.Void(h.ctx, lead, c.ID, c.Version, "fel nummer"))
	_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
	ok(t, err)
	list, _, err := h.Contacts(h.ctx, lead, code, survey.ContactFilter{
		Municipality: c.Municipality, Question: c.Question, Channel: c.Channel, Order: survey.ByKey})
	ok(t, err)
	live, highest := 0, 0
	for _, x := range list {
		if x.Disposition != survey.Void {
			live++
		}
		highest = max(highest, x.Replicate)
	}
	if live != 2 || highest != 3 {
		t.Errorf("%d live contacts in the cell, highest replicate %d; want 2 and 3", live, highest)
	}
}

func TestEvaluatorsSeeAndChangeOnlyTheirOwn(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	other := evaluator("somebody@example.se")
	_, err := h.Contact(h.ctx, other, c.ID)
	is(t, err, survey.ErrNotFound)
	_, err = h.Press(h.ctx, other, c.ID, 0, survey.Dial)
	is(t, err, survey.ErrNotFound)
	_, _, err = h.Contacts(h.ctx, other, code, survey.ContactFilter{})
	is(t, err, survey.ErrForbidden)
	_, err = h.Press(h.ctx, lead, c.ID, 0, survey.Dial)
	is(t, err, survey.ErrForbidden)
	_, err = h.Results(h.ctx, other, code)
	is(t, err, survey.ErrForbidden)
	d, err := h.Day(h.ctx, other, code)
	ok(t, err)
	if d.Next != nil || len(d.Overdue)+len(d.Now)+len(d.Later) > 0 {
		t.Error("an evaluator without contacts sees some")
	}
}

func TestAFormSentTwiceActsOnce(t *testing.T) {
	h := newHouse(t)
	_, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	ctx := fieldwork.WithForm(h.ctx, "0198-form")
	_, err := h.Press(ctx, evaluator(c.Evaluator), c.ID, c.Version, survey.Dial)
	ok(t, err)
	_, err = h.Press(ctx, evaluator(c.Evaluator), c.ID, c.Version, survey.Dial)
	is(t, err, survey.ErrRepeated)
}

func TestAStaleSaveIsAConflict(t *testing.T) {
	h := newHouse(t)
	_, cs := h.started(t)
	c := first(t, cs, survey.Email)
	by := evaluator(c.Evaluator)
	h.at = c.PlannedAt
	_, err := h.MarkSent(h.ctx, by, c.ID, c.Version)
	ok(t, err)
	_, err = h.UndoSent(h.ctx, by, c.ID, c.Version)
	is(t, err, survey.ErrConflict)
}

func TestUnansweredEmailsAreSettledAfterTheCutOff(t *testing.T) {
	h := newHouse(t)
	_, cs := h.started(t)
	c := first(t, cs, survey.Email)
	by := evaluator(c.Evaluator)
	h.at = c.PlannedAt
	_, err := h.MarkSent(h.ctx, by, c.ID, c.Version)
	ok(t, err)
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{24 * time.Hour, 0}, {30 * 24 * time.Hour, 1}, {31 * 24 * time.Hour, 0}} {
		h.at = c.PlannedAt.Add(step.after)
		n, err := h.SettleUnanswered(h.ctx)
		ok(t, err)
		if n != step.want {
			t.Errorf("after %v: %d settled, want %d", step.after, n, step.want)
		}
	}
	view, err := h.Contact(h.ctx, by, c.ID)
	ok(t, err)
	if view.Contact.Disposition != survey.NoReply {
		t.Errorf("disposition %q", view.Contact.Disposition)
	}
}

// waiveAll closes in spite of everything.
var waiveAll = map[survey.CheckItem]string{
	survey.MissingContacts: "prov", survey.InsideCutoff: "prov", survey.BelowMinBase: "prov",
}

func TestClosingNeedsAnEmptyOrWaivedCheckList(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	is(t, h.CloseRound(h.ctx, lead, code, waiveAll), survey.ErrForbidden)
	is(t, h.CloseRound(h.ctx, commissioner, code, nil), survey.ErrConflict)
	var fields survey.FieldErrors
	if err := h.Waive(h.ctx, commissioner, code, survey.MissingContacts, "  "); !errors.As(err, &fields) {
		t.Errorf("a waiver without a reason: %v", err)
	}
	ok(t, h.Waive(h.ctx, commissioner, code, survey.MissingContacts, "prov"))
	is(t, h.CloseRound(h.ctx, commissioner, code, nil), survey.ErrConflict)
	ok(t, h.CloseRound(h.ctx, commissioner, code, waiveAll))

	closing, err := h.Closing(h.ctx, commissioner, code)
	ok(t, err)
	if closing.Checksum != results.Checksum(closing.Frozen) || closing.By != commissioner.Email {
		t.Errorf("checksum %q by %q does not hold", closing.Checksum, closing.By)
	}
	if len(closing.Waivers) != 2 && len(closing.Waivers) != 3 {
		t.Errorf("%d waivers kept", len(closing.Waivers))
	}
	c := cs[0]
	for name, err := range map[string]error{
		"press":       second(h.Press(h.ctx, evaluator(first(t, cs, survey.Phone).Evaluator), first(t, cs, survey.Phone).ID, 0, survey.Dial)),
		"void":        h.Void(h.ctx, lead, c.ID, 0, "prov"),
		"participant": h.SaveParticipants(h.ctx, lead, code, surveytest.Participants()),
		"evaluator":   h.SaveEvaluators(h.ctx, lead, code, surveytest.Evaluators()),
		"waiver":      h.Waive(h.ctx, commissioner, code, survey.MissingContacts, "prov"),
		"close again": h.CloseRound(h.ctx, commissioner, code, waiveAll),
	} {
		if err == nil {
			t.Errorf("%s went through in a closed round", name)
		}
	}
	_, err = h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{})
	is(t, err, survey.ErrClosed)
}

func second[T any](_ T, err error) error { return err }

func TestAReaderLearnsNothingBeforePublication(t *testing.T) {
	h := newHouse(t)
	code, _ := h.started(t)
	refused := func(when string) {
		t.Helper()
		_, err := h.OwnResult(h.ctx, reader, code)
		is(t, err, survey.ErrNotFound)
		rounds, err := h.OwnRounds(h.ctx, reader)
		ok(t, err)
		if len(rounds) != 0 {
			t.Errorf("%s: the reader sees %d rounds", when, len(rounds))
		}
		_, err = h.Round(h.ctx, reader, code)
		is(t, err, survey.ErrNotFound)
	}
	refused("in the field")
	is(t, h.Publish(h.ctx, commissioner, code, 0, survey.Publication{Own: true}), survey.ErrConflict)
	ok(t, h.CloseRound(h.ctx, commissioner, code, waiveAll))
	refused("closed")
	ok(t, h.Publish(h.ctx, commissioner, code, 0, survey.Publication{Own: true}))
	own, err := h.OwnResult(h.ctx, reader, code)
	ok(t, err)
	if own.Profile.Participant.Code != "0305" || len(own.Report.Profiles) != 1 || own.Round.Design.Questions != nil {
		t.Errorf(
			"the reader sees %s, %d profiles, %d questions",
			own.Profile.Participant.Code,
			len(own.Report.Profiles),
			len(own.Round.Design.Questions),
		)
	}
	stranger := reader
	stranger.Municipality = "0180"
	_, err = h.OwnResult(h.ctx, stranger, code)
	is(t, err, survey.ErrNotFound)
	for _, right := range []error{
		second(h.Setup(h.ctx, reader, code)), second(h.Progress(h.ctx, reader, code)), second(h.History(h.ctx, reader, code, 0)),
	} {
		is(t, right, survey.ErrForbidden)
	}
	ok(t, h.Publish(h.ctx, commissioner, code, 0, survey.Publication{}))
	refused("taken back")
}

func TestResultsAreFrozenAtClosing(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	by := evaluator(c.Evaluator)
	for _, p := range []survey.Phase{survey.Dial, survey.Connect, survey.HangUp} {
		_, err := h.Press(h.ctx, by, c.ID, 0, p)
		ok(t, err)
		h.at = h.at.Add(10 * time.Second)
	}
	_, err := h.ReportCall(h.ctx, by, c.ID, 0, survey.CallReport{Outcome: survey.Reached, Ratings: survey.Ratings{
		Answer: survey.Good, Information: survey.Fair, Interest: survey.Good, Treatment: survey.Poor}})
	ok(t, err)
	live, err := h.CountNow(h.ctx, lead, code)
	ok(t, err)
	ok(t, h.CloseRound(h.ctx, commissioner, code, waiveAll))
	frozen, err := h.Results(h.ctx, lead, code)
	ok(t, err)
	for i := range live.Profiles {
		a, b := live.Profiles[i], frozen.Profiles[i]
		for k := range a.Figures {
			if a.Figures[k].Value != b.Figures[k].Value {
				t.Errorf(
					"%s %s: live %v, frozen %v",
					a.Participant.Name,
					a.Figures[k].Measure,
					a.Figures[k].Value,
					b.Figures[k].Value,
				)
			}
		}
	}
	p, _ := frozen.Profile(c.Municipality)
	f, _ := p.Figure("phone_direct_answer")
	if f.Count != 1 || f.Base != 1 {
		t.Errorf("direct answer %d of %d, want 1 of 1", f.Count, f.Base)
	}
}

func TestImportIsForRoundsThatAreOpen(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	c := survey.Contact{
		Municipality: "0305", Channel: survey.Email, Area: set.Round.Design.Questions[0].Area,
		Question: set.Round.Design.Questions[0].Code, Replicate: 1,
		Evaluator: "unknown@example.se", State: survey.Approved, Disposition: survey.NoReply,
		PlannedAt: day("2026-10-20").At(9, 0), Mail: survey.Mail{Sent: day("2026-10-20").At(9, 0)},
	}
	for i, want := range []int{1, 0} {
		changed, err := h.ImportContacts(h.ctx, lead, set, []survey.Contact{c})
		ok(t, err)
		if changed != want {
			t.Errorf("import %d changed %d, want %d", i+1, changed, want)
		}
	}
	is(t, second(h.ImportContacts(h.ctx, commissioner, set, []survey.Contact{c})), survey.ErrForbidden)
	is(t, h.ImportQuestions(h.ctx, lead, code, survey.BundledQuestions()), survey.ErrConflict)
	ok(t, h.ImportQuestions(h.ctx, lead, code, set.Round.Design.Questions))
}

func TestAnImportLeavesNoCellTooFull(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	contact := func(replicate int, end survey.Disposition) survey.Contact {
		sent := day("2026-10-20").At(9, 0)
		return survey.Contact{
			Municipality: "0305", Channel: survey.Email, Area: set.Round.Design.Questions[0].Area,
			Question: set.Round.Design.Questions[0].Code, Replicate: replicate, State: survey.Approved,
			Disposition: end, PlannedAt: sent, Mail: survey.Mail{Sent: sent},
		}
	}
	load := func(cs ...survey.Contact) error { return second(h.ImportContacts(h.ctx, lead, set, cs)) }
	is(t, load(contact(3, survey.NoReply)), survey.ErrConflict) // replaces nothing
	ok(t, load(contact(1, survey.NoReply), contact(2, survey.NoReply)))
	is(t, load(contact(3, survey.NoReply)), survey.ErrConflict) // a third live one
	ok(t, load(contact(1, survey.Void), contact(3, survey.NoReply)))
	is(t, load(contact(1, survey.NoReply)), survey.ErrConflict) // taken back while its replacement stands
}

func TestHolidaysFollowAMovedPeriod(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	christmas := day("2028-12-25")
	ok(t, h.SaveException(h.ctx, lead, code, 0, day("2026-12-24"), nil))
	ok(
		t,
		h.SaveBasics(
			h.ctx,
			lead,
			code,
			0,
			survey.FieldPeriod{From: day("2028-12-04"), To: day("2029-01-05")},
			" vecka 49–1 ",
		),
	)
	r, err := h.Round(h.ctx, lead, code)
	ok(t, err)
	if r.Calendar.WorkingDay(christmas) {
		t.Error("Christmas Day 2028 is a working day after the period was moved there")
	}
	if !r.Calendar.WorkingDay(day("2026-12-24")) {
		t.Error("a holiday removed by hand came back")
	}
	if r.Label != "vecka 49–1" {
		t.Errorf("label %q", r.Label)
	}
}

func TestProgressCountsEveryWayAlike(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	ok(t, h.Void(h.ctx, lead, c.ID, c.Version, "fel nummer"))
	h.at = cs[len(cs)-1].PlannedAt
	for _, by := range []survey.Grouping{survey.ByMunicipality, survey.ByArea, survey.ByEvaluator, survey.ByDay} {
		p, err := h.Progress(h.ctx, lead, code, by)
		ok(t, err)
		if p.All.Planned != 15 || p.All.Void != 1 || p.All.Missing() != 15 {
			t.Errorf("by %s: %+v, want 15 planned and 1 void", by, p.All.Tally)
		}
		if p.All.Expected == 0 || p.All.ByChannel[survey.Phone].Planned != 7 {
			t.Errorf("by %s: expected %d, %d calls, want some and 7", by, p.All.Expected, p.All.ByChannel[survey.Phone].Planned)
		}
	}
}
