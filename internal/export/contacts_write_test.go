package export

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/survey"
)

const contactHeader = "municipality,channel,question,replicate,attempt,evaluator,planned_at,disposition,outcome," +
	"dialled_at,answered_at," +
	"connected_at,ended_at,sent_at,auto_reply_at,first_reply_at,complete_reply_at,answer,information,interest," +
	"treatment,greeting,sender,suspected,comment"

func TestWrittenContacts(t *testing.T) {
	winter := time.Date(2026, time.October, 26, 9, 0, 0, 0, time.UTC)
	cs := []survey.Contact{
		{Municipality: "0305", Channel: survey.Email, Question: "BYGG1", Replicate: 1, Evaluator: "bo@example.se",
			PlannedAt: winter,
			State:     survey.Submitted, Disposition: survey.Completed, Suspected: true, Mail: survey.Mail{
				Sent: winter, AutoReply: winter.Add(time.Second), FirstReply: winter.Add(1500 * time.Millisecond),
				CompleteReply: winter.Add(time.Hour + time.Nanosecond), Sender: survey.GaveTitle, Bounced: winter,
				Ratings: survey.Ratings{Answer: survey.Good, Information: survey.Poor, Treatment: survey.VeryGood},
				Note:    "=1+1\r\nrad två",
			}},
		{Municipality: "0305", Channel: survey.Phone, Question: "FORS1", Replicate: 1, State: survey.Planned,
			PlannedAt: winter},
		{Municipality: "0305", Channel: survey.Phone, Question: "BYGG2", Replicate: 2, State: survey.Planned,
			Disposition: survey.Void, ReviewNote: "Dubblett"},
		{Municipality: "0305", Channel: survey.Phone, Question: "BYGG2", Replicate: 1, Disposition: survey.NoContact,
			Attempts: []survey.Attempt{
				{Dialled: winter, Ended: winter, Outcome: survey.Fault, Note: "brus"},
				{Dialled: winter, Answered: winter, Outcome: survey.Bounced, Greeting: survey.FullGreeting}}},
		{Municipality: "0860", Channel: survey.Phone, Question: "A", Replicate: 1, PlannedAt: winter},
		{Municipality: "0860", Channel: survey.Phone, Question: "FORS1", Replicate: 1, PlannedAt: winter},
	}
	s := survey.Setup{}
	s.Round.Design.Questions = []survey.Question{{Code: "FORS1"}, {Code: "BYGG2"}, {Code: "BYGG1"}}
	const w, o = "2026-10-26T10:00:00+01:00", "2026-10-26T11:00:00.000000001+01:00"
	want := []string{
		contactHeader,
		"0305,phone,FORS1,1,1,," + w + ",,,,,,,,,,,,,,,,,false,",
		"0305,phone,BYGG2,1,1,,,,fault," + w + ",,," + w + ",,,,,,,,,,,false,brus",
		"0305,phone,BYGG2,1,2,,,no_contact,bounced," + w + "," + w + ",,,,,,,,,,,municipality+name+hello,,false,",
		"0305,phone,BYGG2,2,1,,,void,,,,,,,,,,,,,,,,false,Dubblett",
		"0305,email,BYGG1,1,1,bo@example.se," + w + ",completed,,,,,," + w +
			",2026-10-26T10:00:01+01:00,2026-10-26T10:00:01.500+01:00," + o +
			",good,poor,,very_good,,title,true,\"=1+1", "rad två\"",
		"0860,phone,FORS1,1,1,," + w + ",,,,,,,,,,,,,,,,,false,",
		"0860,phone,A,1,1,," + w + ",,,,,,,,,,,,,,,,,false,", "",
	}
	if diff := cmp.Diff(want, strings.Split(string(export(t, s, cs)), "\n")); diff != "" {
		t.Error(diff)
	}
}

func TestNoContactsIsAHeader(t *testing.T) {
	if got := string(export(t, survey.Setup{}, nil)); got != contactHeader+"\n" {
		t.Errorf("got %q", got)
	}
}

func TestWriteContactsFails(t *testing.T) {
	wrong := errors.New("wrong")
	cs := []survey.Contact{{Municipality: "0860"}, {Municipality: "0305"}}
	if err := WriteContacts(io.Discard, survey.Setup{}, stream(cs)); err == nil {
		t.Error("municipalities out of order: no error")
	}
	broken := func(yield func(survey.Contact, error) bool) {
		if yield(cs[0], nil) {
			yield(survey.Contact{}, wrong)
		}
	}
	if err := WriteContacts(io.Discard, survey.Setup{}, broken); !errors.Is(err, wrong) {
		t.Errorf("broken stream: %v", err)
	}
	if err := WriteContacts(full{wrong}, survey.Setup{}, stream(cs[:1])); !errors.Is(err, wrong) {
		t.Errorf("full disk: %v", err)
	}
}

// full is a disk without room.
type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

// TestWritingStreams holds one municipality at a time: the first is written
// before the last is asked for.
func TestWritingStreams(t *testing.T) {
	var b bytes.Buffer
	early := false
	long := strings.Repeat("x", 5000) // more than the writer's buffer
	err := WriteContacts(&b, survey.Setup{}, func(yield func(survey.Contact, error) bool) {
		for _, code := range []string{"0305", "0860", "1492"} {
			early = early || b.Len() > 0
			c := survey.Contact{Municipality: code, Channel: survey.Email, Mail: survey.Mail{Note: long}}
			if !yield(c, nil) {
				return
			}
		}
	})
	if err != nil || !early {
		t.Errorf("err %v; written before the end: %v", err, early)
	}
}
