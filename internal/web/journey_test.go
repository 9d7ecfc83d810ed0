package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// TestTheWholeJourney walks a round from its creation to the reader's page in
// a real browser: 20 municipalities are imported, assigned and planned; a call
// and an e-mail with its reply are recorded; the round is closed with waivers
// and published.
func TestTheWholeJourney(t *testing.T) {
	a := newApp(t)
	a.clock.set(officehours.Date{Year: 2026, Month: time.October, Day: 12}.At(9, 0))
	b := newBrowser(t, a)
	b.login(survey.RoleLead)
	leadMakesARound(b)
	call, mail := firstContacts(t, a)
	evaluatorCalls(b, call)
	evaluatorMails(b, mail)
	b.login(survey.RoleCommissioner)
	commissionerCloses(b)
	b.login(survey.RoleReader)
	b.open("/kommun")
	b.sees("h1", "Håbo")
	b.sees("main", "100,0 %")
	b.open("/kommun/2026")
	b.sees("h1", "Håbo")
}

func leadMakesARound(b *browser) {
	b.t.Helper()
	b.open("/omgangar")
	b.press(`a[href="/omgangar/ny"]`)
	b.write(`main input[name="code"]`, "2026")
	b.write(`main input[name="from"]`, "19 okt 2026")
	b.write(`main input[name="to"]`, "2026-11-20")
	b.write(`main input[name="label"]`, "vecka 43–46")
	b.press(`main form .btn-p`)
	b.sees("main", "vecka 43–47")

	b.open("/omgangar/2026/las-in/participants")
	b.attach(`input[type="file"]`, "deltagare.csv", twentyMunicipalities())
	b.press(`main form .btn-p`)
	b.sees(".flash", "20")
	b.open("/omgangar/2026/las-in/evaluators")
	b.attach(`input[type="file"]`, "bedomare.csv", "email,name,from,to,calls_per_day,emails_per_day\n"+
		"evaluator@example.se,Maja Åkesson,,,60,60\nemil@example.se,Emil Öberg,,,60,60\n")
	b.press(`main form .btn-p`)

	b.open("/omgangar/2026/tilldelning")
	for _, area := range survey.DefaultAreas() {
		for _, who := range []string{"evaluator@example.se", "emil@example.se"} {
			b.tick(fmt.Sprintf(`input[name="a"][value="%s|%s"]`, area, who))
		}
	}
	b.press(`main form .btn-p`)
	b.sees(".flash", "Tilldelningen är sparad")

	b.open("/omgangar/2026/plan")
	b.press(`main form .btn-p`)
	b.sees(".flash", "4 800 kontakter")
	b.open("/omgangar/2026/starta")
	b.press(`main form .btn`)
	b.sees(".round", "Fältarbete")
}

// twentyMunicipalities is a participants file that holds the reader's own.
func twentyMunicipalities() string {
	rows := []string{"municipality,phone,email"}
	for _, m := range survey.BundledMunicipalities() {
		if m.Code == readerPlace || len(rows) < 20 {
			rows = append(rows, fmt.Sprintf("%s,070-174 06 %02d,kommun%s@example.se", m.Code, len(rows)+4, m.Code))
		}
	}
	return strings.Join(rows, "\n") + "\n"
}

// firstContacts finds a call and an e-mail to the reader's municipality that
// the evaluator is to make, the call first.
func firstContacts(t *testing.T, a *app) (call, mail survey.Contact) {
	t.Helper()
	for _, ch := range survey.Channels {
		list, _, err := a.service.Contacts(t.Context(), survey.CommandLine, "2026", survey.ContactFilter{
			Evaluator: "evaluator@example.se", Municipality: readerPlace, Channel: ch, Limit: 1,
		})
		if err != nil || len(list) == 0 {
			t.Fatalf("no %s contact: %v", ch, err)
		}
		if ch == survey.Phone {
			call = list[0]
		} else {
			mail = list[0]
		}
	}
	return call, mail
}

func evaluatorCalls(b *browser, c survey.Contact) {
	b.t.Helper()
	b.app.clock.set(c.PlannedAt)
	b.login(survey.RoleEvaluator) // sessions of another day have ended
	b.open("/min-dag")
	b.sees("h1", "Min dag")
	b.open("/samtal/" + c.ID.String())
	b.sees("h1", "Håbo")
	for _, phase := range []string{"dial", "answer", "forward", "connect", "end"} {
		b.do("press "+phase, chromedp.Click(fmt.Sprintf(`button[name="phase"][value="%s"]`, phase)),
			chromedp.WaitReady(fmt.Sprintf(`.ph-now[value="%s"]`, phase)), wait(`!localStorage.length`))
		b.app.clock.advance(12 * time.Second)
	}
	b.sees("main", "Tillgänglighet")
	for _, criterion := range []string{"answer", "information", "interest"} {
		b.tick(fmt.Sprintf(`input[name="%s"][value="good"]`, criterion))
	}
	b.tick(`input[name="treatment"][value="very_good"]`)
	b.tick(`input[name="outcome"][value="reached"]`)
	b.press(`.bar-foot .btn-p`)
	b.sees(".flash", "Håbo")
}

func evaluatorMails(b *browser, c survey.Contact) {
	b.t.Helper()
	b.app.clock.set(c.PlannedAt)
	b.login(survey.RoleEvaluator)
	b.open("/e-post/" + c.ID.String())
	b.press(`form[action$="/skickat"] button`)
	replied := c.PlannedAt.Add(30 * time.Minute)
	b.app.clock.set(c.PlannedAt.Add(time.Hour))
	b.open("/e-post/" + c.ID.String())
	b.tick(`input[name="kind"][value="person"]`)
	b.write(`input[name="came_clock"]`, survey.ClockText(replied))
	for _, criterion := range []string{"answer", "information", "treatment"} {
		b.tick(fmt.Sprintf(`input[name="%s"][value="good"]`, criterion))
	}
	b.press(`.bar-foot .btn-p`)
	b.sees(".flash", "Håbo")
}

func commissionerCloses(b *browser) {
	b.t.Helper()
	for _, item := range []survey.CheckItem{survey.MissingContacts, survey.BelowMinBase} {
		b.open("/omgangar/2026/avslut/undantag/" + string(item))
		b.write(`textarea[name="reason"]`, "Provomgång. Resten av kontakterna görs inte.")
		b.press(`main form .btn-p`)
	}
	b.open("/omgangar/2026/avslut")
	b.press(`a[href="/omgangar/2026/avslut/stang"]`)
	b.press(`form.confirm button`)
	b.sees("#checksum", "")
	b.open("/omgangar/2026/publicering")
	b.press(`main form .btn-p`)
	b.press(`form.confirm button`)
	b.sees(".round", "Publicerad")
}
