package web

import (
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func TestTheMailboxSortsByWhatIsToBeDone(t *testing.T) {
	w := newWork(t, nil)
	late, waiting := w.contact(survey.Email, "0139", testNow.Add(-time.Hour)), w.sentAt("2023", testNow.Add(-26*time.Hour))
	past := w.sentAt("0860", officehours.DateOf(w.round.Period.From.At(9, 0)).At(9, 0))
	half := w.sentAt("1492", testNow.Add(-26*time.Hour))
	w.put(w.contact(survey.Email, "0305", testNow.Add(time.Hour)), late)
	w.edit(waiting, func(c *survey.Contact) { c.Mail.AutoReply = c.Mail.Sent })
	w.edit(half, func(c *survey.Contact) { c.Mail.FirstReply = c.Mail.Sent.Add(time.Hour) })
	browser := w.as(t, evaluator)
	for _, tab := range []struct {
		key, place string
		rows       int
	}{{"skicka", "Håbo", 1}, {"forsenade", "Upplands-Bro", 1}, {"vantar", "Malung-Sälen", 2}, {"komplett", "Åmål", 1}} {
		browser.open("/e-post?lage="+tab.key).sees("tbody", tab.place)
		if n := browser.find("tbody tr").Length(); n != tab.rows {
			t.Errorf("%s: %d rows", tab.key, n)
		}
	}
	browser.sees(".tabs", "Väntar på svar 2").sees(".nav [aria-current=page]", "E-post 2 att göra")
	browser.open("/min-dag").sees(".nav a[href='/e-post']", "E-post 2 att göra")
	browser.open("/e-post").sees(".tabs [aria-current=page]", "Försenade 1")
	browser.open("/e-post?lage=returnerade").sees(".empty", "Ingen fråga att svara på")
	w.clock.advance(10 * 24 * time.Hour)
	browser = w.as(t, evaluator).open("/e-post?lage=efter").sees("tbody", "Hultsfred").
		sees("tbody", "Efter stoppgränsen")
	browser.open(contactURL(past)).sees("article", "Räknas som ej besvarad")
}

func TestTheMailboxIsSortedAndFiltered(t *testing.T) {
	w := newWork(t, nil)
	for i, place := range []string{"1492", "0305", "0139"} { // Åmål, Håbo, Upplands-Bro
		w.sentAt(place, testNow.Add(-time.Duration(i+1)*time.Hour))
	}
	other := w.contact(survey.Email, "0860", testNow)
	other.Area, other.Question, other.State, other.Mail.Sent = "bygglov", "BYGG1", survey.Begun, testNow.Add(-4*time.Hour)
	w.put(other)
	browser := w.as(t, evaluator)
	for _, x := range []struct{ query, first, last string }{
		{"", "Hultsfred", "Åmål"}, // longest wait first
		{"&ordning=-tid", "Åmål", "Hultsfred"},
		{"&ordning=kommun", "Hultsfred", "Åmål"}, // Håbo after Hultsfred, Å last
		{"&ordning=-kommun", "Åmål", "Hultsfred"},
		{"&ordning=omrade", "Hultsfred", "Åmål"},
		{"&omrade=f%C3%B6rskola", "Upplands-Bro", "Åmål"},
		{"&kommun=0305", "Håbo", "Håbo"},
	} {
		rows := browser.open("/e-post?lage=vantar" + x.query).find("tbody .cellink")
		if first, last := rows.First().Text(), rows.Last().Text(); first != x.first || last != x.last {
			t.Errorf("%q: %s–%s, want %s–%s", x.query, first, last, x.first, x.last)
		}
	}
	browser.open("/e-post?lage=vantar&kommun=0305").sees(".tabs [aria-current=page]", "Väntar på svar 1").
		sees(".nav [aria-current=page]", "E-post")
	browser.form("form.filters").choose("kommun", "2023").submit().sees(".empty", "Inget brev i urvalet").
		follow("Visa alla").sees(".tabs [aria-current=page]", "Väntar på svar 4")
}

func TestFinishedEmailsAreListedInPages(t *testing.T) {
	w := newWork(t, nil)
	var list []survey.Contact
	for i := range 60 {
		c := w.contact(survey.Email, places[i%5], testNow.Add(-time.Duration(i+1)*time.Hour))
		c.Replicate, c.State, c.Disposition, c.SubmittedAt = i+1, survey.Submitted, survey.NoReply, testNow
		c.Mail.Sent = c.PlannedAt
		list = append(list, c)
	}
	w.put(list...)
	browser := w.as(t, evaluator).open("/e-post?lage=efter").sees(".pager", "1–50 av 60")
	browser.follow("2").sees(".pager", "51–60 av 60")
	if n := browser.find("tbody tr").Length(); n != 10 {
		t.Errorf("%d rows on the last page", n)
	}
	browser.find("tbody a.cellink").Each(func(_ int, a *goquery.Selection) {
		if a.Text() == "" {
			t.Error("a row names no municipality")
		}
	})
}
