package results

import (
	"fmt"
	"math"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// monday is when the calls of the tests are made and their e-mails sent: 10.00
// on the first Monday of the period.
var monday = officehours.Date{Year: 2026, Month: time.October, Day: 19}.At(10, 0).UTC()

// testRound is a round with the default design and without base limits, so
// that a handful of contacts is enough.
func testRound(t testing.TB) survey.Round {
	t.Helper()
	period := survey.FieldPeriod{
		From: officehours.Date{Year: 2026, Month: time.October, Day: 19},
		To:   officehours.Date{Year: 2026, Month: time.November, Day: 20},
	}
	r, err := survey.NewRound("2026", period)
	if err != nil {
		t.Fatal(err)
	}
	r.Design.MinBase, r.Design.SmallBase = 0, 0
	return r
}

// town is a participant; its county is the first two digits of the code.
func town(code string) survey.Participant {
	return survey.Participant{
		Municipality: survey.Municipality{
			Code: code, Name: "Ort " + code, CountyCode: code[:2], County: "Län " + code[:2], Population: 12_000,
			SKRGroupCode: "C7", SKRGroup: "Pendlingskommun", SizeClass: "10000-14999",
		},
		Phone: "+46701740605", Email: "kommun@example.se",
	}
}

var town0860 = []survey.Participant{town("0860")}

var allGood = survey.Ratings{
	Answer: survey.Good, Information: survey.Good, Interest: survey.Good, Treatment: survey.VeryGood,
}

// reached is an attempt answered after 10 s and connected after the wait.
func reached(wait time.Duration, ratings survey.Ratings) survey.Attempt {
	return survey.Attempt{
		Dialled: monday, Answered: monday.Add(min(wait, 10*time.Second)), Connected: monday.Add(wait),
		Ended: monday.Add(wait + time.Minute), Outcome: survey.Reached, Greeting: survey.FullGreeting, Ratings: ratings,
	}
}

// answered is an attempt that the main number answered after the time, and
// that reached nobody.
func answered(after time.Duration, greeting survey.Greeting) survey.Attempt {
	return survey.Attempt{
		Dialled: monday, Answered: monday.Add(after), Ended: monday.Add(after + time.Minute),
		Outcome: survey.Unavailable, Greeting: greeting,
	}
}

// missed is an attempt that nobody answered.
func missed(o survey.Outcome) survey.Attempt {
	return survey.Attempt{Dialled: monday, Ended: monday.Add(time.Minute), Outcome: o}
}

// call is a submitted call to 0860 about bygglov.
func call(attempts ...survey.Attempt) survey.Contact {
	return survey.Contact{
		Municipality: "0860", Channel: survey.Phone, Area: "bygglov", Question: "BYGG1", Replicate: 1,
		State: survey.Submitted, Disposition: survey.Completed, Attempts: attempts,
	}
}

// mailed is a submitted e-mail to 0860 about bygglov, sent on monday. A
// negative office time means that there was no such reply.
func mailed(r survey.Round, first, complete time.Duration, ratings survey.Ratings) survey.Contact {
	m := survey.Mail{Sent: monday, Ratings: ratings, Sender: survey.FullSender}
	if first >= 0 {
		m.FirstReply = r.Calendar.Add(monday, first)
	}
	if complete >= 0 {
		m.CompleteReply = r.Calendar.Add(monday, complete)
	}
	return survey.Contact{
		Municipality: "0860", Channel: survey.Email, Area: "bygglov", Question: "BYGG1", Replicate: 1,
		State: survey.Submitted, Disposition: survey.Completed, Mail: m,
	}
}

// times repeats a contact.
func times(n int, c survey.Contact) []survey.Contact {
	cs := make([]survey.Contact, n)
	for i := range cs {
		cs[i] = c
	}
	return cs
}

// in moves contacts to another municipality.
func in(code string, cs ...survey.Contact) []survey.Contact {
	moved := make([]survey.Contact, len(cs))
	for i, c := range cs {
		c.Municipality = code
		moved[i] = c
	}
	return moved
}

// of finds a figure; the tests ask only for measures that exist.
func of(t testing.TB, p Profile, measure string) Figure {
	t.Helper()
	f, ok := p.Figure(measure)
	if !ok {
		t.Fatalf("no figure %s", measure)
	}
	return f
}

// text writes a value as "3/4 75" or "4 2.5" or "0 –", to four decimals.
func text(v Value, share bool) string {
	base := fmt.Sprint(v.Base)
	if share {
		base = fmt.Sprintf("%d/%d", v.Count, v.Base)
	}
	return base + " " + number(v.Result)
}

func number(o Optional) string {
	if !o.Known {
		return "–"
	}
	return fmt.Sprint(math.Round(o.Value*1e4) / 1e4)
}
