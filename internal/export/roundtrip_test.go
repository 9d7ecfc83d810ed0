package export

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// maker makes contacts in the way the application does: by its own rules, at
// random. What it can make must survive the file.
type maker struct {
	t   *testing.T
	s   survey.Setup
	rnd *rand.Rand
}

func pick[T any](m maker, of ...T) T { return of[m.rnd.IntN(len(of))] }

var notes = []string{
	"", "", "Vänlig", "=SUMMA(A1)", "  mellanslag  ", "två\nrader", "citat \"här\", komma; semikolon",
	"\ttabb", "å", "-", "''", "\n", "slut\r", "#", "\\.", "−1,5", "\u2028", "𝄞", `""`,
}

// contacts makes one for every key of the round, in a store's order.
func (m maker) contacts() []survey.Contact {
	var out []survey.Contact
	for _, p := range m.s.Participants {
		for _, ch := range survey.Channels {
			for _, q := range m.s.Round.Design.Questions {
				for replicate := 1; replicate <= 2; replicate++ {
					c := survey.Contact{
						ID: survey.NewID[survey.Contact](), Round: m.s.Round.ID, Municipality: p.Code, Channel: ch, Area: q.Area,
						Question: q.Code, Replicate: replicate, Evaluator: pick(m, "maja@example.se", "bo@example.se", ""),
						PlannedAt: at(19+m.rnd.IntN(5), 8+m.rnd.IntN(9), m.rnd.IntN(60), 0), State: survey.Planned, Version: 3,
					}
					m.perform(&c)
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// now is a moment at or after the given one, seldom on a whole second.
func (m maker) now(t time.Time) time.Time {
	return t.Add(time.Duration(m.rnd.IntN(200)) * pick(m, time.Second, time.Millisecond, time.Microsecond,
		time.Nanosecond))
}

func (m maker) do(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatalf("the application would not do this: %v", err)
	}
}

func (m maker) perform(c *survey.Contact) {
	steps := m.rnd.IntN(8)
	if c.Channel == survey.Phone {
		for range min(steps, 4) {
			m.call(c)
		}
	} else if steps > 0 {
		m.mail(c, steps)
	}
	if m.rnd.IntN(6) == 0 {
		m.do(c.Suspect(true, "Frågade vem jag var").Err())
	}
	switch finished := c.State == survey.Submitted; {
	case m.rnd.IntN(8) == 0:
		m.do(c.MakeVoid("lena@example.se", pick(m, "Fel nummer", "Dubblett")))
	case finished && m.rnd.IntN(3) == 0:
		m.do(c.Approve("lena@example.se"))
	case finished && m.rnd.IntN(6) == 0:
		m.do(c.Return("lena@example.se", "Stämmer tiden?", c.SubmittedAt.Add(time.Hour)))
	}
}

// call makes one attempt, or half of one.
func (m maker) call(c *survey.Contact) {
	r := m.s.Round
	now := c.PlannedAt.Add(time.Duration(len(c.Attempts)) * time.Hour)
	if c.CanDial(r) != nil {
		return
	}
	if _, underWay := c.Current(); underWay {
		return
	}
	tick := func() time.Time { now = m.now(now); return now }
	defer func() { c.Presses = nil }() // which no file holds
	m.do(c.Press(survey.Dial, r, stroke(tick())))
	report := survey.CallReport{Outcome: pick(m, survey.Busy, survey.Fault, survey.ClosedNow, survey.Voicemail),
		Note: pick(m, notes...) + "."}
	if m.rnd.IntN(3) > 0 {
		m.do(c.Press(survey.PickUp, r, stroke(tick())))
		report.Greeting = survey.Greeting(m.rnd.IntN(8))
		if m.rnd.IntN(2) == 0 {
			m.do(c.Press(survey.Forward, r, stroke(tick())))
		}
	}
	if m.rnd.IntN(2) == 0 {
		m.do(c.Press(survey.Connect, r, stroke(tick())))
		report.Outcome, report.Ratings = survey.Reached, m.ratings(survey.Phone)
	}
	if m.rnd.IntN(8) == 0 {
		return // interrupted
	}
	m.do(c.Press(survey.HangUp, r, stroke(tick())))
	if m.rnd.IntN(8) > 0 {
		m.do(c.ReportCall(report, r, tick()))
	}
}

func (m maker) ratings(ch survey.Channel) survey.Ratings {
	var out survey.Ratings
	for _, c := range m.s.Round.Design.CriteriaFor(ch) {
		out.Set(c.Code, pick(m, c.Scale...).Code)
	}
	return out
}

// mail sends an e-mail and, with more steps, reports what came back.
func (m maker) mail(c *survey.Contact, steps int) {
	r := m.s.Round
	m.do(c.MarkSent(r, m.now(c.PlannedAt)))
	if steps < 2 {
		return
	}
	rep := survey.ReplyReport{Done: steps > 4, Note: pick(m, notes...)}
	if m.rnd.IntN(2) == 0 {
		rep.AutoReply = c.Mail.Sent.Add(time.Minute)
	}
	switch m.rnd.IntN(4) {
	case 0:
		rep.Bounced = c.Mail.Sent.Add(time.Second)
	case 1:
		if rep.Done {
			rep.Bounced = c.Mail.Sent
		}
	default:
		rep.FirstReply = c.Mail.Sent.Add(time.Duration(m.rnd.IntN(400)) * time.Hour)
		if m.rnd.IntN(2) == 0 {
			rep.CompleteReply = m.now(rep.FirstReply)
		}
		rep.Ratings, rep.Sender = m.ratings(survey.Email), survey.Sender(m.rnd.IntN(8))
	}
	m.do(c.ReportReply(rep, r, later))
}

// notInFiles are the fields that the format has no place for, and those that
// reading decides by its own rule.
var notInFiles = cmp.Options{
	cmpopts.IgnoreFields(survey.Contact{}, "ID", "Version", "SuspectedWhy", "ReviewNote", "ReviewedBy", "SubmittedAt",
		"ReturnedAt"),
	cmpopts.IgnoreFields(survey.Attempt{}, "Forwarded"),
	cmpopts.IgnoreFields(survey.Mail{}, "Bounced"),
	cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b survey.State) bool {
		over := func(s survey.State) bool { return s != survey.Planned && s != survey.Begun }
		return a == b || over(a) && over(b)
	}),
}

func export(t testing.TB, s survey.Setup, cs []survey.Contact) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteContacts(&b, s, stream(cs)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRoundTrip writes what the application can make and reads it back.
func TestRoundTrip(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			s := round2026(t)
			s.Round.Design.MaxAttempts = 3
			m := maker{t, s, rand.New(rand.NewPCG(seed, 1))}
			m.s.Round.Stage = survey.Fieldwork
			made := m.contacts()
			file := export(t, s, made)
			read, err := ReadContacts(bytes.NewReader(file), "f.csv", s, later)
			wantErrors(t, err)
			for i := range made {
				if made[i].Disposition == survey.Void {
					made[i].State = survey.Approved
				}
			}
			if diff := cmp.Diff(made, read, notInFiles); diff != "" {
				t.Fatalf("(−made +read):\n%s", diff)
			}
			if again := export(t, s, read); !bytes.Equal(file, again) {
				t.Errorf("the second export differs:\n%s", cmp.Diff(strings.Split(string(file), "\n"),
					strings.Split(string(again), "\n")))
			}
		})
	}
}

// TestRoundTripKeepsTheFigures wants the same figures, to the last decimal.
func TestRoundTripKeepsTheFigures(t *testing.T) {
	s := round2026(t)
	s.Round.Design.MinBase, s.Round.Design.SmallBase, s.Round.Design.MaxAttempts = 0, 0, 3
	m := maker{t, s, rand.New(rand.NewPCG(7, 7))}
	m.s.Round.Stage = survey.Fieldwork
	made := slices.DeleteFunc(m.contacts(), func(c survey.Contact) bool {
		return c.State == survey.Returned &&
			c.Disposition != survey.Void
	})
	read, err := ReadContacts(bytes.NewReader(export(t, s, made)), "f.csv", s, later)
	wantErrors(t, err)
	var figures [2]bytes.Buffer
	for i, cs := range [][]survey.Contact{made, read} {
		rep, err := results.Compute(s, stream(cs), nil, later)
		if err != nil {
			t.Fatal(err)
		}
		if err := WriteResultsJSON(&figures[i], rep, ""); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(figures[0].Bytes(), figures[1].Bytes()) {
		t.Error("the figures differ after export and import")
	}
}

// TestHultsfredOutAndIn writes the rebuilt result back as it was read.
func TestHultsfredOutAndIn(t *testing.T) {
	s := hultsfred(t)
	cs, err := ReadContacts(file(t, "contacts.csv"), "contacts.csv", s, later)
	wantErrors(t, err)
	var want bytes.Buffer
	if _, err := want.ReadFrom(file(t, "contacts.csv")); err != nil {
		t.Fatal(err)
	}
	sorted := func(b []byte) []string {
		ls := strings.Split(strings.TrimSpace(string(b)), "\n")
		slices.Sort(ls[1:])
		return ls
	}
	got := strings.Replace(string(export(t, s, cs)), strings.Join(writtenColumns, ","), strings.SplitN(want.String(),
		"\n", 2)[0], 1)
	if diff := cmp.Diff(sorted(want.Bytes()), sorted([]byte(got))); diff != "" {
		t.Error(diff)
	}
}

// TestSpreadsheetVariantIsTheSame gives the same values from a file that a
// Swedish spreadsheet has saved.
func TestSpreadsheetVariantIsTheSame(t *testing.T) {
	s := hultsfred(t)
	plain, err := ReadContacts(file(t, "contacts.csv"), "contacts.csv", s, later)
	wantErrors(t, err)
	var b bytes.Buffer
	if _, err := b.ReadFrom(file(t, "contacts.csv")); err != nil {
		t.Fatal(err)
	}
	saved := "\ufeff" + strings.NewReplacer(",", ";", "\n", "\r\n", "false", "FALSE").Replace(b.String()) +
		strings.Repeat(";", 24) + "\r\n"
	variant, err := ReadContacts(strings.NewReader(saved), "contacts.csv", s, later)
	wantErrors(t, err)
	if diff := cmp.Diff(plain, variant); diff != "" {
		t.Error(diff)
	}
}

// stroke is a key pressed at the instant, with the line up.
func stroke(at time.Time) survey.Stroke {
	return survey.Stroke{By: "maja@example.se", At: at, Received: at}
}
