package results

import (
	"maps"
	"slices"
	"testing"
	"time"

	"servicematning/internal/survey"
)

// figures are what a case expects: measure → "count/base value" of a share,
// "base value" of another measure.
type figures map[string]string

// checkFigures summarises the contacts of 0860 and compares.
func checkFigures(t *testing.T, round survey.Round, contacts []survey.Contact, want figures) {
	t.Helper()
	p := Summarise(round, []survey.Participant{town("0860")}, contacts)[0]
	for _, code := range slices.Sorted(maps.Keys(want)) {
		m, ok := MeasureByCode(code)
		if !ok {
			t.Fatalf("no measure %s", code)
		}
		if got := text(of(t, p, code).Value, m.Share); got != want[code] {
			t.Errorf("%s: %s, want %s", code, got, want[code])
		}
	}
}

func TestCalls(t *testing.T) {
	const s, ms = time.Second, time.Millisecond
	fault := missed(survey.Fault)
	rated := func(answer, information, interest, treatment survey.LevelCode) survey.Ratings {
		return survey.Ratings{Answer: answer, Information: information, Interest: interest, Treatment: treatment}
	}
	noAnswerKnown := reached(40*s, allGood)
	noAnswerKnown.Answered = time.Time{}
	withGreeting := func(a survey.Attempt, g survey.Greeting) survey.Attempt { a.Greeting = g; return a }
	for name, tc := range map[string]struct {
		calls []survey.Contact
		want  figures
	}{
		"no contacts": {nil, figures{
			"phone_reached_first": "0/0 –", "phone_reached_60": "0/0 –", "phone_answer_time": "0 –",
			"phone_direct_answer": "0/0 –", "phone_information": "0/0 –", "phone_treatment_index": "0 –",
			"phone_greeting": "0/0 –", "phone_impression": "0 –", "overall_impression": "0 –",
		}},
		"connected at each limit": {
			[]survey.Contact{call(reached(30*s, allGood)), call(reached(60*s, allGood)), call(reached(120*s, allGood))},
			figures{"phone_reached_first": "3/3 100", "phone_reached_30": "1/3 33.3333", "phone_reached_60": "2/3 66.6667",
				"phone_reached_120": "3/3 100"}},
		"a millisecond after each limit": {
			[]survey.Contact{call(reached(30*s+ms, allGood)), call(reached(60*s+ms, allGood)), call(reached(120*s+ms, allGood))},
			figures{"phone_reached_first": "3/3 100", "phone_reached_30": "0/3 0", "phone_reached_60": "1/3 33.3333",
				"phone_reached_120": "2/3 66.6667"}},
		"direct answer needs both the answer and the time": {
			[]survey.Contact{
				call(reached(60*s, allGood)), call(reached(60*s+ms, allGood)), call(reached(121*s, allGood)),
				call(reached(10*s, rated(survey.Fair, survey.Good, survey.Good, survey.Good))), call(missed(survey.Busy))},
			figures{"phone_direct_answer": "3/5 60", "phone_direct_answer_60": "1/5 20", "phone_direct_answer_120": "2/5 40"}},
		"nobody reached": {[]survey.Contact{call(missed(survey.NoAnswer)), call(missed(survey.QueueLimit))}, figures{
			"phone_reached_first": "0/2 0", "phone_direct_answer": "0/2 0", "phone_information": "0/0 –",
			"phone_interest": "0/0 –", "phone_treatment": "0/0 –", "phone_treatment_very_good": "0/0 –",
			"phone_treatment_index": "0 –", "phone_greeting": "0/0 –", "phone_answer_time": "2 300"}},
		"only faults": {[]survey.Contact{call(fault, fault), call(reached(20*s, allGood))}, figures{
			"phone_reached_first": "1/2 50", "phone_reached_60": "1/2 50", "phone_direct_answer": "1/2 50",
			"phone_information": "1/1 100", "phone_greeting": "1/1 100", "phone_answer_time": "2 155"}},
		"a fault is passed over": {[]survey.Contact{call(fault, reached(20*s, allGood))}, figures{
			"phone_reached_first": "1/1 100", "phone_reached_30": "1/1 100", "phone_answer_time": "1 10"}},
		"reached at the second attempt": {[]survey.Contact{call(missed(survey.Busy), reached(20*s, allGood))}, figures{
			"phone_reached_first": "0/1 0", "phone_reached_120": "0/1 0", "phone_answer_time": "1 300",
			"phone_direct_answer": "1/1 100", "phone_direct_answer_60": "0/1 0", "phone_direct_answer_120": "0/1 0",
			"phone_information": "1/1 100", "phone_treatment_index": "1 100", "phone_greeting": "1/1 100"}},
		"rated on the last attempt that reached someone": {
			[]survey.Contact{call(reached(20*s, rated(survey.Poor, survey.Poor, survey.Poor, survey.Poor)),
				reached(200*s, allGood), missed(survey.NoAnswer))},
			figures{"phone_direct_answer": "1/1 100", "phone_direct_answer_60": "1/1 100", "phone_information": "1/1 100",
				"phone_interest": "1/1 100", "phone_treatment_very_good": "1/1 100"}},
		"treatment": {
			[]survey.Contact{
				call(reached(20*s, rated(survey.Good, survey.Good, survey.Good, survey.VeryGood))),
				call(reached(20*s, rated(survey.Good, survey.Fair, survey.Good, survey.Good))),
				call(reached(20*s, rated(survey.Good, survey.Poor, survey.Fair, survey.Fair))),
				call(reached(20*s, rated(survey.Good, survey.Poor, survey.Poor, survey.Poor))), call(missed(survey.Busy))},
			figures{"phone_treatment": "2/4 50", "phone_treatment_very_good": "1/4 25", "phone_treatment_index": "4 50",
				"phone_information": "1/4 25", "phone_interest": "2/4 50"}},
		"greeting": {
			[]survey.Contact{
				call(withGreeting(reached(20*s, allGood), survey.SaidName|survey.SaidHello)),
				call(reached(20*s, allGood)), call(answered(5*s, survey.FullGreeting)), call(missed(survey.NoAnswer)),
				call(answered(5*s, survey.FullGreeting), answered(5*s, 0)),
				call(answered(5*s, survey.FullGreeting), missed(survey.Busy)),
				call(withGreeting(reached(9*s, allGood), 0), answered(5*s, survey.FullGreeting))},
			figures{"phone_greeting": "3/6 50"}},
		"answer time, odd": {
			[]survey.Contact{call(answered(7*s, 0)), call(answered(3*s, 0)), call(answered(500*ms, 0))},
			figures{"phone_answer_time": "3 3"}},
		"answer time, even": {
			[]survey.Contact{call(answered(7*s, 0)), call(answered(4*s, 0)), call(missed(survey.Busy)), call(answered(0, 0))},
			figures{"phone_answer_time": "4 5.5"}},
		"answer time of the first counted attempt only": {
			[]survey.Contact{call(fault, answered(8*s, 0), answered(2*s, 0))}, figures{"phone_answer_time": "1 8"}},
		"the handläggare answered": {[]survey.Contact{call(noAnswerKnown)}, figures{
			"phone_answer_time": "1 40", "phone_greeting": "1/1 100"}},
	} {
		t.Run(name, func(t *testing.T) { checkFigures(t, testRound(t), tc.calls, tc.want) })
	}
}

func TestEmails(t *testing.T) {
	const none, min = -time.Hour, time.Minute
	const h = time.Hour
	r := testRound(t)
	sent := func(first, complete time.Duration) survey.Contact { return mailed(r, first, complete, allGood) }
	rated := func(answer, information, treatment survey.LevelCode) survey.Contact {
		return mailed(r, h, h, survey.Ratings{Answer: answer, Information: information, Treatment: treatment})
	}
	from := func(s survey.Sender) survey.Contact { c := sent(h, h); c.Mail.Sender = s; return c }
	automatic := sent(none, none)
	automatic.Mail.AutoReply, automatic.Mail.Sender = monday.Add(min), 0
	for name, tc := range map[string]struct {
		mails []survey.Contact
		want  figures
	}{
		"no contacts": {nil, figures{
			"email_replied": "0/0 –", "email_replied_1d": "0/0 –", "email_reply_time": "0 –", "email_reply_time_mean": "0 –",
			"email_complete_1d": "0/0 –", "email_answer": "0/0 –", "email_impression": "0 –"}},
		"nobody replied": {[]survey.Contact{sent(none, none), automatic}, figures{
			"email_replied": "0/2 0", "email_replied_1d": "0/2 0", "email_replied_2d": "0/2 0", "email_complete_1d": "0/2 0",
			"email_reply_time": "0 –", "email_reply_time_mean": "0 –", "email_answer": "0/0 –", "email_information": "0/0 –",
			"email_sender": "0/0 –", "email_treatment": "0/0 –"}},
		"one and two days to the nanosecond": {
			[]survey.Contact{sent(9*h, 9*h), sent(9*h+1, 9*h+1), sent(18*h, 18*h), sent(18*h+1, none)},
			figures{"email_replied": "4/4 100", "email_replied_1d": "1/4 25", "email_replied_2d": "3/4 75",
				"email_complete_1d": "1/4 25"}},
		"at the cut-off": {[]survey.Contact{sent(90*h, none)}, figures{
			"email_replied": "1/1 100", "email_reply_time": "1 90", "email_answer": "1/1 100", "email_sender": "1/1 100"}},
		"just after the cut-off": {[]survey.Contact{sent(90*h+1, 90*h+1), sent(2*h, none)}, figures{
			"email_replied": "1/2 50", "email_reply_time": "1 2", "email_reply_time_mean": "1 2", "email_answer": "1/1 100",
			"email_information": "1/1 100", "email_sender": "1/1 100", "email_treatment": "1/1 100"}},
		"the complete reply may come later": {[]survey.Contact{sent(h, 9*h), sent(h, 9*h+1), sent(h, none)}, figures{
			"email_replied_1d": "3/3 100", "email_complete_1d": "1/3 33.3333"}},
		"reply times, odd": {[]survey.Contact{sent(h, h), sent(4*h, h), sent(10*h, h)}, figures{
			"email_reply_time": "3 4", "email_reply_time_mean": "3 5"}},
		"reply times, even": {
			[]survey.Contact{sent(h, h), sent(4*h, h), sent(10*h, h), sent(none, none), sent(5*h, h)},
			figures{"email_reply_time": "4 4.5", "email_reply_time_mean": "4 5"}},
		"a minute is a sixtieth of an hour": {[]survey.Contact{sent(min, min)}, figures{
			"email_reply_time": "1 0.0167", "email_reply_time_mean": "1 0.0167"}},
		"ratings": {
			[]survey.Contact{rated(survey.Good, survey.Fair, survey.VeryGood), rated(survey.Fair, survey.Good, survey.Good),
				rated(survey.Poor, survey.Poor, survey.Fair), rated(survey.Good, survey.Poor, survey.Poor)},
			figures{"email_answer": "2/4 50", "email_information": "1/4 25", "email_treatment": "2/4 50"}},
		"sender": {
			[]survey.Contact{from(survey.FullSender), from(survey.GaveName | survey.GaveTitle), from(0)},
			figures{"email_sender": "1/3 33.3333"}},
	} {
		t.Run(name, func(t *testing.T) { checkFigures(t, r, tc.mails, tc.want) })
	}
}

// The examples of domain.md §4: Tuesday 14.00 to Wednesday 14.00 is one day.
func TestReplyWithinOneDayOfOfficeTime(t *testing.T) {
	r := testRound(t)
	tuesday := monday.AddDate(0, 0, 1).Add(4 * time.Hour)
	for name, tc := range map[string]struct {
		replied time.Time
		want    string
	}{
		"at the same time the day after": {tuesday.AddDate(0, 0, 1), "1/1 100"},
		"a second later":                 {tuesday.AddDate(0, 0, 1).Add(time.Second), "0/1 0"},
		"in the night between":           {tuesday.Add(12 * time.Hour), "1/1 100"},
		"at closing time the same day":   {tuesday.Add(3 * time.Hour), "1/1 100"},
	} {
		t.Run(name, func(t *testing.T) {
			c := mailed(r, 0, 0, allGood)
			c.Mail.Sent, c.Mail.FirstReply, c.Mail.CompleteReply = tuesday, tc.replied, tc.replied
			checkFigures(t, r, []survey.Contact{c}, figures{"email_replied_1d": tc.want, "email_complete_1d": tc.want})
		})
	}
}

// A round may set its cut-off below a working day: then a later reply is none.
func TestShortCutoff(t *testing.T) {
	r := testRound(t)
	r.Design.ReplyCutoff = 5 * time.Hour
	contacts := []survey.Contact{
		mailed(r, 5*time.Hour, 5*time.Hour, allGood), mailed(r, 2*time.Hour, 6*time.Hour, allGood),
		mailed(r, 6*time.Hour, 6*time.Hour, allGood),
	}
	checkFigures(t, r, contacts, figures{
		"email_replied": "2/3 66.6667", "email_replied_1d": "2/3 66.6667", "email_complete_1d": "1/3 33.3333"})
}

func TestWhichContactsCount(t *testing.T) {
	c := call(reached(20*time.Second, allGood))
	with := func(s survey.State, d survey.Disposition) survey.Contact {
		c := c
		c.State, c.Disposition = s, d
		return c
	}
	contacts := []survey.Contact{
		with(survey.Planned, ""), with(survey.Begun, ""), with(survey.Returned, survey.Completed),
		with(survey.Submitted, survey.Completed), with(survey.Submitted, survey.Completed),
		with(survey.Approved, survey.Completed), with(survey.Approved, survey.Void), with(survey.Submitted, survey.Void),
	}
	r := testRound(t)
	t.Run("submitted or approved, not void", func(t *testing.T) {
		checkFigures(t, r, contacts, figures{"phone_reached_first": "3/3 100"})
	})
	r.Design.ReviewRequired = true
	t.Run("only approved where review is required", func(t *testing.T) {
		checkFigures(t, r, contacts, figures{"phone_reached_first": "1/1 100"})
	})
}

func TestMeasures(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Measures() {
		if seen[m.Code] || m.Title == "" || m.Formula == "" || m.Unit == "" {
			t.Errorf("measure %+v is doubled or incomplete", m)
		}
		seen[m.Code] = true
		if got, ok := MeasureByCode(m.Code); !ok || got != m {
			t.Errorf("MeasureByCode(%s) is %+v", m.Code, got)
		}
		if low := m.Unit == Seconds || m.Unit == Hours; m.LowIsBest != low || m.Impression != (m.Unit == Points) ||
			m.Share && m.Unit != Percent {
			t.Errorf("measure %+v contradicts itself", m)
		}
	}
	for code, want := range map[string]Unit{
		"phone_treatment_index": Percent, "phone_answer_time": Seconds, "email_reply_time": Hours,
		"overall_impression": Points,
	} {
		if m, _ := MeasureByCode(code); m.Unit != want || m.Share {
			t.Errorf("%s is in %s, a share: %t", code, m.Unit, m.Share)
		}
	}
	if _, ok := MeasureByCode("phone_luck"); ok {
		t.Error("found a measure that does not exist")
	}
	Measures()[0].Code = "changed"
	if Measures()[0].Code == "changed" {
		t.Error("a caller can change the table")
	}
}
