package fieldwork_test

import (
	"errors"
	"testing"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/results"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

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
		"press":       second(h.Press(h.ctx, evaluator(first(t, cs, survey.Phone).Evaluator), first(t, cs, survey.Phone).ID, 0, survey.Dial, 0)),
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
		_, err := h.Press(h.ctx, by, c.ID, 0, p, 0)
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
