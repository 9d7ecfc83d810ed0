package fieldwork_test

import (
	"strings"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func TestWhyAPlanNoLongerFits(t *testing.T) {
	hours := func(opens, closes int) officehours.Hours {
		return officehours.Hours{Opens: officehours.Clock(60 * opens), Closes: officehours.Clock(60 * closes)}
	}
	evaluator := func(fn func(e *survey.Evaluator)) func(*testing.T, *house, survey.Setup) error {
		return func(_ *testing.T, h *house, set survey.Setup) error {
			for i := range set.Evaluators {
				fn(&set.Evaluators[i])
			}
			return h.SaveEvaluators(h.ctx, lead, "2026", set.Evaluators)
		}
	}
	participant := func(fn func(p *survey.Participant)) func(*testing.T, *house, survey.Setup) error {
		return func(_ *testing.T, h *house, set survey.Setup) error {
			p, _ := set.Participant("0305")
			fn(&p)
			return h.SaveParticipant(h.ctx, lead, "2026", 0, p)
		}
	}
	for _, tt := range []struct {
		name   string
		change func(t *testing.T, h *house, set survey.Setup) error
		why    string
	}{
		{"a question is withdrawn", func(_ *testing.T, h *house, _ survey.Setup) error {
			return h.WithdrawQuestion(h.ctx, lead, "2026", 0, "BYGG1", true)
		}, "Frågan BYGG1 är tillbakadragen: 8."},
		{"a municipality leaves", participant(func(p *survey.Participant) { p.Left = day("2026-10-20") }),
			"Håbo lämnar omgången tis 20 okt: "},
		{"it joins later", participant(func(p *survey.Participant) { p.Joined = day("2026-11-19") }),
			"Håbo är med först från tor 19 nov: "},
		{"its switchboard is closed", participant(func(p *survey.Participant) { p.Hours = hours(7, 8) }),
			"Växeln i Håbo är inte öppen då: 4."},
		{"the offices open late", func(_ *testing.T, h *house, _ survey.Setup) error {
			return h.SaveCalendar(h.ctx, lead, "2026", 0, hours(16, 17))
		}, "Öppet bara 16.00–17.00 "},
		{"they close for a month", func(t *testing.T, h *house, set survey.Setup) error {
			r := set.Round
			for _, d := range r.Calendar.WorkingDays(r.Period.From, r.Period.To) {
				ok(t, h.SaveException(h.ctx, lead, "2026", 0, d, &officehours.Exception{Name: "Stängt"}))
			}
			return nil
		}, "Stängt "},
		{"everybody leaves", evaluator(func(e *survey.Evaluator) { e.To = day("2026-10-19") }), " är inte i tjänst då: "},
		{"everybody works mornings", evaluator(func(e *survey.Evaluator) { e.Hours = hours(7, 8) }),
			" arbetar inte vid den tiden: "},
		{"nobody calls", evaluator(func(e *survey.Evaluator) { e.CallsPerDay = 0 }), " har för många samtal på en dag: "},
		{"nobody writes", evaluator(func(e *survey.Evaluator) { e.EmailsPerDay = 0 }), " har för många e-brev på en dag: "},
		{"another takes the area", func(_ *testing.T, h *house, set survey.Setup) error {
			return h.SaveAssignments(h.ctx, lead, "2026", 0, set.Assignments[:1])
		}, " får inte ta Bygglov: 8."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t)
			code, _ := h.started(t)
			h.at = day("2026-10-19").At(7, 0)
			if fit := h.fit(t, code); !fit.Fits() {
				t.Fatalf("to begin with: %+v", fit)
			}
			set, err := h.Setup(h.ctx, lead, code)
			ok(t, err)
			ok(t, tt.change(t, h, set))
			fit := h.fit(t, code)
			if fit.Misfits == 0 || !strings.Contains(strings.Join(fit.Reasons, "\n"), tt.why) {
				t.Errorf("%+v, want %q", fit, tt.why)
			}
		})
	}
}

func TestALateContactFits(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	h.at = cs[len(cs)-1].PlannedAt.Add(time.Hour)
	if fit := h.fit(t, code); fit.Misfits != 0 {
		t.Errorf("late contacts do not fit: %+v", fit)
	}
}

func TestAVoidedContactIsMissingAtOnce(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	h.fit(t, code)
	ok(t, h.Void(h.ctx, lead, cs[0].ID, 0, "fel nummer"))
	if fit := h.fit(t, code); fit.Missing != 1 {
		t.Errorf("%+v, want one missing", fit)
	}
}

func TestANewEvaluatorWithoutContactsIsNamed(t *testing.T) {
	h := newHouse(t)
	code, _ := h.started(t)
	h.at = day("2026-10-19").At(7, 0)
	ok(t, h.SaveEvaluators(h.ctx, lead, code, []survey.Evaluator{
		{Email: "tova@example.se", Name: "Tova", CallsPerDay: 20, EmailsPerDay: 20},
	}))
	if fit := h.fit(t, code); !fit.Fits() {
		t.Errorf("nobody has given her an area yet: %+v", fit)
	}
	area := survey.BundledQuestions()[0].Area
	ok(t, h.AddAssignments(h.ctx, lead, code, []survey.Assignment{{Area: area, Evaluator: "tova@example.se"}}))
	if fit := h.fit(t, code); len(fit.Idle) != 1 || fit.Idle[0] != "Tova" {
		t.Errorf("%+v, want Tova named", fit)
	}
}
