package results

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// hultsfredFigures are those that come out of testdata/hultsfred.csv, 240
// contacts rebuilt to the result that Hultsfred municipality published: base,
// count (−1: none) and value.
var hultsfredFigures = []struct {
	measure     string
	base, count int
	value       string
}{
	{"phone_reached_first", 120, 114, "95.0000"},
	{"phone_reached_30", 120, 0, "0.0000"},
	{"phone_reached_60", 120, 97, "80.8333"},
	{"phone_reached_120", 120, 114, "95.0000"},
	{"phone_answer_time", 120, -1, "12.0000"},
	{"phone_direct_answer", 120, 99, "82.5000"},
	{"phone_direct_answer_60", 120, 97, "80.8333"},
	{"phone_direct_answer_120", 120, 99, "82.5000"},
	{"phone_information", 114, 106, "92.9825"},
	{"phone_interest", 114, 106, "92.9825"},
	{"phone_treatment", 114, 114, "100.0000"},
	{"phone_treatment_very_good", 114, 80, "70.1754"},
	{"phone_treatment_index", 114, -1, "90.0585"},
	{"phone_greeting", 120, 114, "95.0000"},
	{"email_replied", 120, 116, "96.6667"},
	{"email_replied_1d", 120, 113, "94.1667"},
	{"email_replied_2d", 120, 113, "94.1667"},
	{"email_reply_time", 116, -1, "1.5000"},
	{"email_reply_time_mean", 116, -1, "2.0690"},
	{"email_complete_1d", 120, 113, "94.1667"},
	{"email_answer", 116, 116, "100.0000"},
	{"email_information", 116, 67, "57.7586"},
	{"email_sender", 116, 116, "100.0000"},
	{"email_treatment", 116, 116, "100.0000"},
	{"phone_impression", 0, -1, "87.4481"},
	{"email_impression", 0, -1, "91.9138"},
	{"overall_impression", 0, -1, "89.6809"},
}

func TestHultsfred(t *testing.T) {
	round, contacts := hultsfred(t)
	profiles := Summarise(round, []survey.Participant{town("0860")}, contacts)
	if len(profiles) != 1 || profiles[0].Phone != 120 || profiles[0].Email != 120 {
		t.Fatalf("want one profile of 120 calls and 120 e-mails: %+v", profiles)
	}
	if len(hultsfredFigures) != len(Measures()) {
		t.Errorf("%d measures, want the %d of domain.md", len(Measures()), len(hultsfredFigures))
	}
	for i, want := range hultsfredFigures {
		m := Measures()[i]
		f := profiles[0].Figures[i]
		if m.Code != want.measure || f.Measure != want.measure {
			t.Errorf("measure %d is %s, its figure %s, want %s", i, m.Code, f.Measure, want.measure)
			continue
		}
		count := -1
		if m.Share {
			count = f.Count
		}
		got := fmt.Sprintf("%.4f", f.Result.Value)
		if f.Base != want.base || count != want.count || got != want.value || !f.Result.Known || f.Small || f.Rescaled {
			t.Errorf("%s: base %d, count %d, %s; want %d, %d, %s", m.Code, f.Base, count, got, want.base, want.count, want.value)
		}
	}
}

// hultsfred reads the contacts and gives them the round that they belong to,
// with the default design.
func hultsfred(t testing.TB) (survey.Round, []survey.Contact) {
	t.Helper()
	round, err := survey.NewRound("2019", survey.FieldPeriod{
		From: officehours.Date{Year: 2019, Month: time.October, Day: 21},
		To:   officehours.Date{Year: 2019, Month: time.November, Day: 22},
	})
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open("testdata/hultsfred.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := make(map[string]int)
	for i, name := range rows[0] {
		column[name] = i
	}
	contacts := make([]survey.Contact, 0, len(rows)-1)
	for _, row := range rows[1:] {
		contacts = append(contacts, contactOf(t, func(name string) string { return row[column[name]] }))
	}
	return round, contacts
}

func contactOf(t testing.TB, field func(string) string) survey.Contact {
	t.Helper()
	replicate, err := strconv.Atoi(field("replicate"))
	if err != nil {
		t.Fatal(err)
	}
	c := survey.Contact{
		Municipality: "0860", Channel: survey.Channel(field("channel")), Area: survey.QuestionArea(field("area")),
		Question: field("question"), Replicate: replicate, State: survey.Approved,
	}
	at := func(name string) time.Time { return instant(t, field(name)) }
	ratings := survey.Ratings{
		Answer: survey.LevelCode(field("answer")), Information: survey.LevelCode(field("information")),
		Interest: survey.LevelCode(field("interest")), Treatment: survey.LevelCode(field("treatment")),
	}
	if c.Channel == survey.Email {
		sender, _ := survey.ParseSender(field("sender"))
		c.Mail = survey.Mail{
			Sent: at("sent_at"), FirstReply: at("first_reply_at"), CompleteReply: at("complete_reply_at"),
			Sender: sender, Ratings: ratings,
		}
		return c
	}
	greeting, _ := survey.ParseGreeting(field("greeting"))
	c.Attempts = []survey.Attempt{{
		Dialled: at("dialled_at"), Answered: at("answered_at"), Connected: at("connected_at"), Ended: at("ended_at"),
		Outcome: survey.Outcome(field("outcome")), Greeting: greeting, Ratings: ratings,
	}}
	return c
}

func instant(t testing.TB, s string) time.Time {
	t.Helper()
	if s == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC()
}
