package survey_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"servicematning/internal/survey"
)

func sentMail(t *testing.T, r survey.Round, at time.Time) survey.Contact {
	t.Helper()
	c := survey.Contact{
		Municipality: "0305",
		Channel:      survey.Email,
		Question:     "BYGG1",
		Replicate:    1,
		State:        survey.Planned,
	}
	if err := c.MarkSent(r, at); err != nil {
		t.Fatal(err)
	}
	return c
}

func mailRatings() survey.Ratings {
	return survey.Ratings{Answer: survey.Good, Information: survey.Poor, Treatment: survey.VeryGood}
}

// The two examples of domain.md §4.
func TestOfficeTimeToTheReply(t *testing.T) {
	for _, tt := range []struct {
		name        string
		sent, reply time.Time
		want        time.Duration
	}{
		{"Tuesday 14:00 to Wednesday 14:00", date("2018-10-23").At(14, 0), date("2018-10-24").At(14, 0), 9 * time.Hour},
		{"Friday 16:30 to Monday 08:30 over the clock change", date("2018-10-26").At(16, 30), date("2018-10-29").At(8, 30), time.Hour},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := survey.NewRound("2018", survey.FieldPeriod{From: date("2018-10-15"), To: date("2018-11-16")})
			if err != nil {
				t.Fatal(err)
			}
			got, ok := survey.Mail{Sent: tt.sent, FirstReply: tt.reply}.ResponseTime(r.Calendar)
			if !ok || got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestReportReply(t *testing.T) {
	sent := tuesday10
	now := sent.Add(30 * time.Hour)
	for _, tt := range []struct {
		name   string
		report survey.ReplyReport
		fields []string
		state  survey.State
		end    survey.Disposition
	}{
		{"complete", survey.ReplyReport{FirstReply: sent.Add(time.Hour), CompleteReply: sent.Add(time.Hour), Ratings: mailRatings(), Done: true},
			nil, survey.Submitted, survey.Completed},
		{"never complete, but done", survey.ReplyReport{FirstReply: sent.Add(time.Hour), Ratings: mailRatings(), Done: true}, nil, survey.Submitted, survey.Completed},
		{"still waiting for more", survey.ReplyReport{FirstReply: sent.Add(time.Hour)}, nil, survey.Begun, ""},
		{"automatic reply only", survey.ReplyReport{AutoReply: sent.Add(time.Minute)}, nil, survey.Begun, ""},
		{"bounced", survey.ReplyReport{Bounced: sent.Add(time.Minute), Done: true}, nil, survey.Submitted, survey.NoReply},
		{"bounced and answered", survey.ReplyReport{Bounced: sent.Add(time.Minute), FirstReply: sent.Add(time.Hour)},
			[]string{"bounced"}, "", ""},
		{"done without reply inside the cut-off", survey.ReplyReport{Done: true}, []string{"first_reply"}, "", ""},
		{"reply before the mail", survey.ReplyReport{FirstReply: sent.Add(-time.Second), Ratings: mailRatings(), Done: true}, []string{"first_reply"}, "", ""},
		{"automatic reply before the mail", survey.ReplyReport{AutoReply: sent.Add(-time.Second)}, []string{"auto_reply"}, "", ""},
		{"complete before first", survey.ReplyReport{FirstReply: sent.Add(2 * time.Hour), CompleteReply: sent.Add(time.Hour)}, []string{"complete_reply"}, "", ""},
		{"complete without first", survey.ReplyReport{CompleteReply: sent.Add(time.Hour)}, []string{"complete_reply"}, "", ""},
		{"in the future", survey.ReplyReport{FirstReply: now.Add(time.Minute)}, []string{"first_reply"}, "", ""},
		{"rated without reply", survey.ReplyReport{Ratings: mailRatings()}, []string{"first_reply"}, "", ""},
		{"unrated", survey.ReplyReport{FirstReply: sent.Add(time.Hour), Done: true}, []string{"answer", "information", "treatment"}, "", ""},
		{"interest is not judged in e-mail", survey.ReplyReport{FirstReply: sent.Add(time.Hour), Ratings: survey.Ratings{Interest: survey.Good}}, []string{"interest"}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := testRound(t)
			c := sentMail(t, r, sent)
			err := c.ReportReply(tt.report, r, now)
			checkFields(t, err, tt.fields)
			if tt.fields == nil && (c.State != tt.state || c.Disposition != tt.end) {
				t.Errorf("%s %q, want %s %q", c.State, c.Disposition, tt.state, tt.end)
			}
		})
	}
}

func TestTheCutOffIsOfficeTime(t *testing.T) {
	r := testRound(t)
	c := sentMail(t, r, tuesday10)
	// Ten working days after Tuesday 20 October 10:00 is Tuesday 3 November
	// 10:00; All Saints' Day, 31 October, is a Saturday.
	end := date("2026-11-03").At(10, 0)
	c.Mail.FirstReply = end
	if !c.Replied(r) {
		t.Error("a reply after exactly 90 h is in time")
	}
	c.Mail.FirstReply = end.Add(time.Second)
	if c.Replied(r) {
		t.Error("a reply after 90 h and a second is no reply")
	}
}

func TestSettleUnanswered(t *testing.T) {
	r := testRound(t)
	end := date("2026-11-03").At(10, 0)
	for _, tt := range []struct {
		name    string
		mail    survey.Mail
		now     time.Time
		changed bool
		end     survey.Disposition
	}{
		{"inside the cut-off", survey.Mail{}, end, false, ""},
		{"past it", survey.Mail{}, end.Add(time.Second), true, survey.NoReply},
		{"past it with a rated reply", survey.Mail{FirstReply: tuesday10.Add(time.Hour), Ratings: mailRatings()}, end.Add(time.Second), true, survey.Completed},
		{"past it with an unrated reply", survey.Mail{FirstReply: tuesday10.Add(time.Hour)}, end.Add(time.Second), false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := sentMail(t, r, tuesday10)
			tt.mail.Sent = tuesday10
			c.Mail = tt.mail
			if got := c.SettleUnanswered(r, tt.now); got != tt.changed || c.Disposition != tt.end {
				t.Errorf("changed %v, %q; want %v, %q", got, c.Disposition, tt.changed, tt.end)
			}
		})
	}
}

func TestMarkSent(t *testing.T) {
	r := testRound(t)
	c := sentMail(t, r, tuesday10)
	if err := c.MarkSent(r, tuesday10.Add(time.Minute)); !errors.Is(err, survey.ErrConflict) {
		t.Errorf("sending twice: %v", err)
	}
	if err := c.UndoSent(r); err != nil || c.State != survey.Planned {
		t.Errorf("undo: %v, %s", err, c.State)
	}
	if err := c.MarkSent(r, date("2026-11-21").At(9, 0)); !errors.Is(err, survey.ErrConflict) {
		t.Errorf("sending after the period: %v", err)
	}
	c = sentMail(t, r, tuesday10)
	c.Mail.AutoReply = tuesday10.Add(time.Minute)
	if err := c.UndoSent(r); !errors.Is(err, survey.ErrConflict) {
		t.Errorf("undo after a reply: %v", err)
	}
}

func TestReportReplyKeepsTextsMasked(t *testing.T) {
	r := testRound(t)
	for _, tt := range []struct {
		name, text, kept string
		fields           []string
	}{
		{"masked", "Ja.\n\nMvh\nAnna Ek\n\nDen tis 27 okt. 2026 kl 10:32 skrev Maja <m@example.se>:\n> Hej!", "Ja.\n\nMvh\n[namn]", nil},
		{"too long", strings.Repeat("x", 4001), "", []string{"first_text"}},
		{"long, but most is quoted", "Ja.\n> " + strings.Repeat("x", 9000), "Ja.", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := sentMail(t, r, tuesday10)
			err := c.ReportReply(survey.ReplyReport{
				FirstReply: tuesday10.Add(time.Hour), Texts: []survey.ReplyText{{Kind: survey.FirstReply, Text: tt.text}},
			}, r, tuesday10.Add(2*time.Hour))
			checkFields(t, err, tt.fields)
			if tt.fields == nil && (len(c.Replies) != 1 || c.Replies[0].Text != tt.kept) {
				t.Errorf("kept %q, want %q", c.Replies, tt.kept)
			}
		})
	}
}
