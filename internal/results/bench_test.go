package results

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// wholeRound is a round of all 290 municipalities with all their contacts,
// drawn so that municipalities differ. Some calls have several attempts, and
// some contacts are faults, void or not finished.
func wholeRound(t testing.TB, year int) (survey.Setup, []survey.Contact) {
	t.Helper()
	round, err := survey.NewRound(fmt.Sprint(year), survey.FieldPeriod{
		From: officehours.Date{Year: year, Month: time.October, Day: 19},
		To:   officehours.Date{Year: year, Month: time.November, Day: 20},
	})
	if err != nil {
		t.Fatal(err)
	}
	round.Design.Definitions = "2018"
	setup := survey.Setup{Round: round}
	r := rand.New(rand.NewPCG(uint64(year), 1))
	var contacts []survey.Contact
	for _, m := range survey.BundledMunicipalities() {
		setup.Participants = append(setup.Participants, survey.Participant{Municipality: m, Phone: "+46701740605"})
		skill := 0.4 + 0.5*r.Float64()
		for _, q := range round.Design.Questions {
			for replicate := 1; replicate <= round.Design.Replicates; replicate++ {
				contacts = append(contacts,
					draw(r, survey.Cell{Municipality: m.Code, Question: q.Code, Channel: survey.Phone}, q.Area, replicate, skill),
					draw(r, survey.Cell{Municipality: m.Code, Question: q.Code, Channel: survey.Email}, q.Area, replicate, skill))
			}
		}
	}
	return setup, contacts
}

func draw(r *rand.Rand, cell survey.Cell, area survey.QuestionArea, replicate int, skill float64) survey.Contact {
	ch := cell.Channel
	c := survey.Contact{
		Municipality: cell.Municipality, Channel: ch, Area: area, Question: cell.Question, Replicate: replicate,
		State: survey.Submitted, Disposition: survey.Completed,
	}
	if r.IntN(200) == 0 {
		c.Disposition = survey.Void
	}
	ratings := survey.Ratings{Answer: level(r, skill), Information: level(r, skill), Treatment: level(r, skill)}
	if ratings.Treatment == survey.Good && r.IntN(2) == 0 {
		ratings.Treatment = survey.VeryGood
	}
	at := monday.Add(time.Duration(r.IntN(25*24)) * time.Hour)
	if ch == survey.Email {
		c.Mail = survey.Mail{Sent: at, Sender: survey.Sender(r.IntN(8)) | survey.GaveName, Ratings: ratings}
		if r.Float64() < 0.7+skill/4 {
			c.Mail.FirstReply = at.Add(time.Duration(r.ExpFloat64() * 20 * float64(time.Hour)))
			c.Mail.CompleteReply = c.Mail.FirstReply.Add(time.Duration(r.IntN(3)) * 5 * time.Hour)
		}
		return c
	}
	ratings.Interest = level(r, skill)
	for r.IntN(50) == 0 {
		c.Attempts = append(c.Attempts, survey.Attempt{Dialled: at, Outcome: survey.Fault})
	}
	a := survey.Attempt{Dialled: at, Outcome: survey.NoAnswer}
	if r.Float64() < skill+0.1 {
		a = reached(time.Duration(20+r.ExpFloat64()*60)*time.Second, ratings)
		a.Greeting = survey.Greeting(r.IntN(8))
	}
	c.Attempts = append(c.Attempts, a)
	return c
}

func level(r *rand.Rand, skill float64) survey.LevelCode {
	switch x := r.Float64(); {
	case x < skill:
		return survey.Good
	case x < (1+skill)/2:
		return survey.Fair
	}
	return survey.Poor
}

// wholeReport is the report of a whole round, compared with an earlier one.
func wholeReport(t testing.TB) (survey.Setup, Report) {
	t.Helper()
	setup, contacts := wholeRound(t, 2025)
	before, err := Compute(setup, streamOf(contacts), nil, monday)
	if err != nil {
		t.Fatal(err)
	}
	setup, contacts = wholeRound(t, 2026)
	rep, err := Compute(setup, streamOf(contacts), &before, monday)
	if err != nil {
		t.Fatal(err)
	}
	return setup, rep
}

// The whole round is 69,600 contacts; 150 ms is what it may cost.
func BenchmarkCompute(b *testing.B) {
	setup, contacts := wholeRound(b, 2026)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compute(setup, streamOf(contacts), nil, monday); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(contacts)), "contacts")
}

// A report that is kept in memory may take some 10 MB.
func BenchmarkReportMemory(b *testing.B) {
	setup, contacts := wholeRound(b, 2026)
	for b.Loop() {
		before := heap()
		rep, err := Compute(setup, streamOf(contacts), nil, monday)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(heap()-before)/1e6, "MB")
		runtime.KeepAlive(rep)
	}
	runtime.KeepAlive(contacts)
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// 8 MB and 150 ms to read are what a frozen document may cost.
func BenchmarkFreeze(b *testing.B) {
	setup, rep := wholeReport(b)
	var data []byte
	for b.Loop() {
		var err error
		if data, err = Freeze(rep, setup, monday, 1); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(data))/1e6, "MB")
}

func BenchmarkThaw(b *testing.B) {
	setup, rep := wholeReport(b)
	data, err := Freeze(rep, setup, monday, 1)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Thaw(data); err != nil {
			b.Fatal(err)
		}
	}
}
