package fieldwork_test

import (
	"math"
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// calm is a fieldwork in which nothing goes wrong.
var calm = schedule.Assumptions{
	ReachedFirst: 1, ReachedAgain: 1, Answered: 1, IllDays: 3, Speed: 1, Replied: 1, ReplyHours: 1,
}

func TestRehearsalOfAPlan(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	v, err := h.Rehearsal(h.ctx, lead, code, fieldwork.RehearsalRequest{Seed: 1})
	ok(t, err)
	if v.Left != 0 || v.Previous != "" {
		t.Errorf("without a plan %d are left; defaults from %q", v.Left, v.Previous)
	}
	plan, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
	ok(t, err)
	last := plan.Contacts[len(plan.Contacts)-1].PlannedAt
	h.at = h.at.Add(time.Minute)
	v, err = h.Rehearsal(h.ctx, lead, code, fieldwork.RehearsalRequest{Seed: 1, Assumptions: &calm})
	ok(t, err)
	if v.Left != 16 || v.Made != 0 || v.From != day("2026-10-19") || math.Abs(v.Outcome.InPeriod-1) > 1e-9 {
		t.Errorf("%d left from %s, %.2f in time", v.Left, v.From, v.Outcome.InPeriod)
	}
	if got, want := v.Outcome.Quantile(1), survey.DayText(officehours.DateOf(last)); survey.DayText(got) != want {
		t.Errorf("done %s, want the plan's last day %s", survey.DayText(got), want)
	}
	// 2 questions × 2 contacts per channel, all of them reached and replied to.
	for _, m := range v.Bases {
		for _, pop := range results.Populations {
			// A reply is never quite sure to come before the cut-off.
			if b := m.Bases[pop]; b.Low != 4 || math.Abs(b.Mean-4) > 0.001 {
				t.Errorf("%s, %s: %+v, want 4", m.Participant.Name, pop, b)
			}
		}
		if !m.Outside {
			t.Errorf("%s has four contacts of a channel and is not outside", m.Participant.Name)
		}
	}
	for _, m := range v.Measures {
		if !m.Small || m.Last.Known || m.Width.Known != m.Measure.Share {
			t.Errorf("%+v", m)
		}
	}
	_, found := v.Of("9999")
	if own, known := v.Of("0305"); !known || found || len(own) != len(v.Measures) {
		t.Errorf("%d measures of Håbo, of nowhere %v", len(own), found)
	}
	_, err = h.Rehearsal(h.ctx, reader, code, fieldwork.RehearsalRequest{})
	is(t, err, survey.ErrForbidden)
}

func TestRehearsalOfWhatIsLeft(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	mail := first(t, cs, survey.Email)
	h.at = mail.PlannedAt
	_, err := h.MarkSent(h.ctx, evaluator(mail.Evaluator), mail.ID, 0)
	ok(t, err)
	v, err := h.Rehearsal(h.ctx, lead, code, fieldwork.RehearsalRequest{Seed: 1, Assumptions: &calm})
	ok(t, err)
	if v.Left != 15 || v.Made != 1 || v.From != officehours.DateOf(mail.PlannedAt) {
		t.Errorf("%d left and %d made from %s", v.Left, v.Made, v.From)
	}
	ok(t, h.StartReview(h.ctx, lead, code, 0))
	_, err = h.Rehearsal(h.ctx, lead, code, fieldwork.RehearsalRequest{})
	is(t, err, survey.ErrConflict)
}

// lastYear is a closed round with eight calls: Håbo's four reached somebody,
// the other municipality's were never answered.
func (h *house) lastYear(t *testing.T) {
	t.Helper()
	const code = "2025"
	_, err := h.CreateRound(h.ctx, lead, code, survey.FieldPeriod{From: day("2025-10-20"), To: day("2025-11-21")})
	ok(t, err)
	var ps []survey.Participant
	for _, m := range survey.BundledMunicipalities() {
		if m.Code == "0305" || m.Code == "1493" {
			ps = append(ps, survey.Participant{Municipality: m, Phone: "+46701740605", Email: "kommun@example.se"})
		}
	}
	ok(t, h.SaveParticipants(h.ctx, lead, code, ps))
	ok(t, h.ImportQuestions(h.ctx, lead, code, survey.BundledQuestions()[:2]))
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	var cs []survey.Contact
	for _, p := range ps {
		for i := range 4 {
			at := day("2025-10-20").AddDays(7*i).At(9, i)
			a := survey.Attempt{Dialled: at, Ended: at.Add(time.Minute), Outcome: survey.NoAnswer}
			disposition := survey.NoContact
			if p.Code == "0305" {
				a.Answered, a.Connected, a.Outcome = at.Add(time.Second), at.Add(20*time.Second), survey.Reached
				disposition = survey.Completed
			}
			q := set.Round.Design.Questions[i/2]
			cs = append(cs, survey.Contact{ID: survey.NewID[survey.Contact](), Round: set.Round.ID, Municipality: p.Code,
				Channel: survey.Phone, Area: q.Area, Question: q.Code, Replicate: 1 + i%2, Evaluator: "maja@example.se",
				PlannedAt: at, SubmittedAt: at, State: survey.Submitted, Disposition: disposition, Attempts: []survey.Attempt{a}})
		}
	}
	_, err = h.ImportContacts(h.ctx, survey.CommandLine, set, cs)
	ok(t, err)
	ok(t, h.CloseRound(h.ctx, commissioner, code, waiveAll))
}

// What the round before tells is supposed, and each municipality is as much
// easier or harder to reach than the others as it was then.
func TestRehearsalLearnsFromTheRoundBefore(t *testing.T) {
	h := newHouse(t)
	h.lastYear(t)
	code := h.small(t)
	_, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{Seed: 1})
	ok(t, err)
	v, err := h.Rehearsal(h.ctx, lead, code, fieldwork.RehearsalRequest{Seed: 1})
	ok(t, err)
	// Of four calls to each of two municipalities, Håbo's were reached.
	if d := v.Defaults; v.Previous != "2025" || d.ReachedFirst != 0.5 || d.Answered != 0.5 || d.Replied != 0.85 {
		t.Fatalf("from %q: %+v", v.Previous, d)
	}
	easy, hard := v.Bases[0].Bases[results.ReachedCalls].Mean, v.Bases[1].Bases[results.ReachedCalls].Mean
	if v.Bases[0].Participant.Code != "0305" || !(easy > 2.2 && hard < 1.8) || math.Abs(easy+hard-4) > 0.05 {
		t.Errorf("%.2f reached calls are expected in Håbo and %.2f in the other, want more, fewer and four together", easy, hard)
	}
	own, _ := v.Of("0305")
	for _, m := range own {
		if m.Measure.Code == "phone_reached_first" && (m.Last.Value != 100 || m.WidthLast.Value >= m.Width.Value) {
			t.Errorf("%+v", m)
		}
	}
}
