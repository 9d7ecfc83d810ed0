package fieldwork_test

import (
	"strings"
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

func TestProgressCountsEveryWayAlike(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	ok(t, h.Void(h.ctx, lead, c.ID, c.Version, "fel nummer"))
	sent := first(t, cs, survey.Email)
	h.at = sent.PlannedAt
	_, err := h.MarkSent(h.ctx, evaluator(sent.Evaluator), sent.ID, 0)
	ok(t, err)
	h.at = cs[len(cs)-1].PlannedAt
	p, err := h.Progress(h.ctx, lead, code)
	ok(t, err)
	for by, lines := range map[string][]fieldwork.Line{
		"municipality": p.Municipalities, "area": p.Areas, "evaluator": p.Evaluators, "day": p.Days, "week": p.Weeks,
	} {
		var all fieldwork.Tally
		phone := 0
		for _, l := range lines {
			all.Planned += l.Planned
			all.Made += l.Made
			all.Void += l.Void
			all.Expected += l.Expected
			phone += l.ByChannel[survey.Phone].Planned
		}
		// The last contact is planned for this very minute: it is not yet late.
		if all != (fieldwork.Tally{Planned: 15, Made: 1, Void: 1, Expected: 14}) || phone != 7 {
			t.Errorf("by %s: %+v, %d calls; want 15, 1 made, 1 void, 14 expected and 7 calls", by, all, phone)
		}
	}
	if p.All.Missing() != 15 || p.All.Behind() != 13 || p.Awaiting != 1 {
		t.Errorf("%d missing, %d behind, %d waiting", p.All.Missing(), p.All.Behind(), p.Awaiting)
	}
}

func TestProgressIsKeptForSomeSecondsOnly(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	mail := first(t, cs, survey.Email)
	made := func() int {
		p, err := h.Progress(h.ctx, lead, code)
		ok(t, err)
		return p.All.Made
	}
	before := made()
	_, err := h.MarkSent(h.ctx, evaluator(mail.Evaluator), mail.ID, 0)
	ok(t, err)
	if n := made(); n != before {
		t.Errorf("%d made: counted twice within the same second", n)
	}
	h.at = h.at.Add(15 * time.Second)
	if n := made(); n != before+1 {
		t.Errorf("%d made after 15 seconds, want %d", n, before+1)
	}
}

func TestProgressThatIsFollowedIsRecounted(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	counted := func() time.Time {
		p, err := h.Progress(h.ctx, lead, code)
		ok(t, err)
		return p.At
	}
	mail := first(t, cs, survey.Email)
	start := counted()
	_, err := h.MarkSent(h.ctx, evaluator(mail.Evaluator), mail.ID, 0)
	ok(t, err)
	h.at = h.at.Add(10 * time.Second)
	ok(t, h.RecountProgress(h.ctx))
	if at := counted(); !at.Equal(start.Add(10 * time.Second)) {
		t.Errorf("counted %s, want ten seconds after %s", at, start)
	}
	h.at = h.at.Add(3 * time.Minute) // nobody has looked for so long
	ok(t, h.RecountProgress(h.ctx))
	h.at = h.at.Add(-3*time.Minute + time.Second)
	if at := counted(); !at.Equal(start.Add(10 * time.Second)) {
		t.Errorf("counted anew at %s though nobody looked", at)
	}
}

func TestTheCurveEndsWhereTheNumbersDo(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	mail := first(t, cs, survey.Email)
	h.at = mail.PlannedAt
	_, err := h.MarkSent(h.ctx, evaluator(mail.Evaluator), mail.ID, 0)
	ok(t, err)
	p, err := h.Progress(h.ctx, lead, code)
	ok(t, err)
	last := p.Curve[len(p.Curve)-1]
	if len(p.Curve) != 25 || last.Planned != 16 || last.Come || p.Forecast.Verdict != schedule.TooEarly {
		t.Errorf("%d days, %+v, %s", len(p.Curve), last, p.Forecast.Verdict)
	}
	for _, m := range p.Curve {
		if m.Today && m.Made != 1 {
			t.Errorf("today %+v, want 1 made", m)
		}
	}
	h.at = day("2026-12-14").At(12, 0) // long after the period
	p, err = h.Progress(h.ctx, lead, code)
	ok(t, err)
	if last := p.Curve[len(p.Curve)-1]; !last.Today || last.Date != day("2026-12-14") || last.Planned != 16 || p.Needed != 0 || p.PastCutoff != 1 {
		t.Errorf("after the period: %+v, %.1f a day, %d past the cut-off", last, p.Needed, p.PastCutoff)
	}
}

func TestWhatStandsStill(t *testing.T) {
	h := newHouse(t)
	code, _ := h.started(t)
	h.at = day("2026-11-20").At(12, 0)
	p, err := h.Progress(h.ctx, lead, code)
	ok(t, err)
	kinds := map[fieldwork.Obstacle]int{}
	for i, s := range p.Still {
		kinds[s.Kind]++
		if s.Contacts() < 5 || s.Since.IsZero() || i > 0 && s.Since.Before(p.Still[i-1].Since) {
			t.Errorf("%+v", s)
		}
	}
	if kinds[fieldwork.StillArea] != 1 || kinds[fieldwork.StillMunicipality] != 2 || kinds[fieldwork.StillEvaluator] != 2 {
		t.Fatalf("%v stand still, want the area, both municipalities and both evaluators", kinds)
	}
	if why := p.Still[0].Why; p.Still[0].Kind == fieldwork.StillArea && !strings.Contains(why, "Maja") {
		t.Errorf("the area's cause is %q", why)
	}
}
