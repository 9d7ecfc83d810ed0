package fieldwork_test

import (
	"errors"
	"testing"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// newcomer is a municipality that no test's round has.
func newcomer() survey.Participant {
	for _, m := range survey.BundledMunicipalities() {
		if m.Code == "0860" {
			return survey.Participant{Municipality: m, Phone: "+46701740699", Email: "hultsfred@example.se"}
		}
	}
	panic("no Hultsfred")
}

func TestWhatMayChangeInTheField(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(p *survey.Participant)
		field  string // "" when the change is taken
	}{
		{"the telephone number", func(p *survey.Participant) { p.Phone = "+46171525" }, ""},
		{"the opening hours", func(p *survey.Participant) { p.Hours = officehours.Hours{Opens: 480, Closes: 900} }, ""},
		{"leaving", func(p *survey.Participant) { p.Left = day("2026-11-02") }, ""},
		{"leaving after the period", func(p *survey.Participant) { p.Left = day("2026-12-01") }, "left"},
		{"a first day to come", func(p *survey.Participant) { p.Joined = day("2026-10-28") }, ""},
		{"a first day that has been", func(p *survey.Participant) { p.Joined = day("2026-10-19") }, "joined"},
		{"the population", func(p *survey.Participant) { p.Population++ }, "population"},
		{"the size class", func(p *survey.Participant) { p.SizeClass = "200000+" }, "population"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t)
			code, _ := h.started(t)
			h.at = day("2026-10-22").At(9, 0)
			set, err := h.Setup(h.ctx, lead, code)
			ok(t, err)
			p := set.Participants[0]
			tt.change(&p)
			err = h.SaveParticipant(h.ctx, lead, code, 0, p)
			var wrong survey.FieldErrors
			errors.As(err, &wrong)
			if (err == nil) != (tt.field == "") || tt.field != "" && wrong.On(tt.field) == "" {
				t.Errorf("got %v, want an error at %q", err, tt.field)
			}
			is(t, h.RemoveParticipant(h.ctx, lead, code, 0, p.Code), survey.ErrConflict)
		})
	}
}

func TestAMunicipalityJoinsOnTheNextWorkingDay(t *testing.T) {
	h := newHouse(t)
	code, _ := h.started(t)
	h.at = day("2026-10-30").At(12, 0) // a Friday, before Alla helgons dag
	ok(t, h.SaveParticipants(h.ctx, lead, code, []survey.Participant{newcomer()}))
	ok(t, h.SaveParticipants(h.ctx, lead, code, []survey.Participant{newcomer()})) // the same file once more
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	if p, _ := set.Participant("0860"); p.Joined != day("2026-11-02") {
		t.Errorf("joined %v", p.Joined)
	}
	if fit := h.fit(t, code); fit.Missing != 8 {
		t.Errorf("%d contacts are missing, want those of the newcomer", fit.Missing)
	}
	done, err := h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{AllowSameEvaluator: true})
	ok(t, err)
	for _, c := range done.Contacts {
		if c.Municipality != "0860" || officehours.DateOf(c.PlannedAt).Before(day("2026-11-02")) {
			t.Errorf("added %s %v", c.Municipality, c.PlannedAt)
		}
	}
	ok(t, h.StartReview(h.ctx, lead, code, 0))
	late := newcomer()
	late.Code = "0861"
	is(t, h.SaveParticipants(h.ctx, lead, code, []survey.Participant{late}), survey.ErrConflict)
}

func TestNothingIsMissingOfWhatIsNoLongerAsked(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	c := first(t, cs, survey.Phone)
	_, err := h.Press(h.ctx, evaluator(c.Evaluator), c.ID, 0, survey.Dial, 0)
	ok(t, err)
	missing := func() int {
		list, err := h.CheckList(h.ctx, lead, code)
		ok(t, err)
		for _, item := range list {
			if item.Item == survey.MissingContacts {
				return item.Count
			}
		}
		return -1
	}
	if n := missing(); n != 16 {
		t.Errorf("%d missing from the start", n)
	}
	ok(t, h.WithdrawQuestion(h.ctx, lead, code, 0, c.Question, true))
	if n := missing(); n != 8 {
		t.Errorf("%d missing with one question of two", n)
	}
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	p, _ := set.Participant(c.Municipality)
	p.Left = officehours.DateOf(h.at)
	ok(t, h.SaveParticipant(h.ctx, lead, code, 0, p))
	if n := missing(); n != 4 {
		t.Errorf("%d missing with one municipality of two", n)
	}
}

func TestContactsMadeCountAlthoughTheirQuestionIsWithdrawn(t *testing.T) {
	h := newHouse(t)
	code := h.small(t)
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	at := day("2026-10-20").At(9, 0)
	var cs []survey.Contact
	for _, m := range []string{"0305", "1493"} {
		for _, q := range set.Round.Design.Questions {
			for _, ch := range survey.Channels {
				for n := range 2 {
					c := survey.Contact{
						Municipality: m, Channel: ch, Area: q.Area, Question: q.Code, Replicate: n + 1, State: survey.Approved,
						Disposition: survey.NoReply, PlannedAt: at,
					}
					if ch == survey.Phone {
						c.Disposition = survey.NoContact
						c.Attempts = []survey.Attempt{{Dialled: at, Ended: at, Outcome: survey.NoAnswer}}
					} else {
						c.Mail.Sent = at
					}
					cs = append(cs, c)
				}
			}
		}
	}
	ok(t, second(h.ImportContacts(h.ctx, lead, set, cs[:15]))) // one is lacking
	ok(t, h.WithdrawQuestion(h.ctx, lead, code, 0, cs[0].Question, true))
	skr := commissioner
	waive := map[survey.CheckItem]string{survey.BelowMinBase: "prov"}
	err = h.CloseRound(h.ctx, skr, code, waive)
	is(t, err, survey.ErrConflict) // the lacking one is of the other question
	ok(t, h.WithdrawQuestion(h.ctx, lead, code, 0, cs[0].Question, false))
	ok(t, h.WithdrawQuestion(h.ctx, lead, code, 0, cs[15].Question, true))
	ok(t, h.CloseRound(h.ctx, skr, code, waive))
	rep, err := h.Results(h.ctx, skr, code)
	ok(t, err)
	if p, _ := rep.Profile("0305"); p.Phone != 4 || p.Email != 4 {
		t.Errorf("%d calls and %d e-mails count, want 4 of each", p.Phone, p.Email)
	}
}

func TestNothingNewIsImportedForWhatIsNoLongerAsked(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	ok(t, h.WithdrawQuestion(h.ctx, lead, code, 0, cs[0].Question, true))
	set, err := h.Setup(h.ctx, lead, code)
	ok(t, err)
	ok(t, second(h.ImportContacts(h.ctx, lead, set, []survey.Contact{cs[0]}))) // is there already
	_, err = h.Plan(h.ctx, lead, code, fieldwork.PlanRequest{})
	ok(t, err)
	is(t, second(h.ImportContacts(h.ctx, lead, set, []survey.Contact{cs[0]})), survey.ErrConflict)
}
