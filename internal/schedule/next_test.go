package schedule_test

import (
	"testing"
	"time"

	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

func TestNext(t *testing.T) {
	now := date(t, "2026-10-27").At(10, 0)
	at := func(d time.Duration) time.Time { return now.Add(d) }
	contact := func(question string, planned time.Time, state survey.State) survey.Contact {
		return survey.Contact{
			Municipality: "0860", Channel: survey.Phone, Question: question, Replicate: 1, PlannedAt: planned, State: state,
		}
	}
	underWay := contact("UNDERWAY", at(2*time.Hour), survey.Begun)
	underWay.Attempts = []survey.Attempt{{Dialled: at(-time.Minute)}}
	sent := contact("SENT", at(-3*time.Hour), survey.Begun)
	sent.Channel, sent.Mail.Sent = survey.Email, at(-2*time.Hour)
	void := contact("VOID", at(-4*time.Hour), survey.Planned)
	void.Disposition = survey.Void
	retry := contact("RETRY", at(-10*time.Minute), survey.Begun)
	retry.Attempts = []survey.Attempt{{Dialled: at(-9 * time.Minute), Ended: at(-8 * time.Minute), Outcome: survey.Busy}}
	idle := []survey.Contact{
		sent, void, contact("DONE", at(-5*time.Hour), survey.Submitted),
		contact("APPROVED", at(-5*time.Hour), survey.Approved),
		contact("RETURNED", at(-5*time.Hour), survey.Returned), contact("TOMORROW", at(24*time.Hour), survey.Planned),
	}
	late, early := contact("LATE", at(3*time.Hour), survey.Planned), contact("EARLY", at(time.Hour), survey.Planned)
	overdue := contact("OVERDUE", at(-time.Hour), survey.Planned)
	yesterday := contact("YESTERDAY", at(-20*time.Hour), survey.Planned)
	later := contact("B", now, survey.Planned)
	mail := survey.Contact{Channel: survey.Email, Question: "MAIL", PlannedAt: now, State: survey.Planned}
	for name, tc := range map[string]struct {
		queue []survey.Contact
		want  string
	}{
		"nothing":                  {nil, ""},
		"nothing to do":            {idle, ""},
		"today in order":           {append([]survey.Contact{late, early}, idle...), "EARLY"},
		"overdue before today":     {[]survey.Contact{early, overdue}, "OVERDUE"},
		"oldest overdue first":     {[]survey.Contact{overdue, yesterday, early}, "YESTERDAY"},
		"a retry is overdue work":  {[]survey.Contact{early, retry}, "RETRY"},
		"a call under way first":   {[]survey.Contact{yesterday, overdue, underWay}, "UNDERWAY"},
		"ties by key":              {[]survey.Contact{later, contact("A", now, survey.Planned)}, "A"},
		"midnight ends the day":    {[]survey.Contact{contact("X", date(t, "2026-10-28").At(0, 0), survey.Planned)}, ""},
		"the day's last minute":    {[]survey.Contact{contact("X", date(t, "2026-10-27").At(23, 59), survey.Planned)}, "X"},
		"an e-mail to send counts": {[]survey.Contact{mail}, "MAIL"},
	} {
		got, ok := schedule.Next(tc.queue, now)
		if ok != (tc.want != "") || got.Question != tc.want {
			t.Errorf("%s: %q, %t, want %q", name, got.Question, ok, tc.want)
		}
	}
}
