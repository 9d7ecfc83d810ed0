package web

import (
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func TestTheTimeOfALetterIsFound(t *testing.T) {
	sent := officehours.DateOf(testNow).At(10, 32)
	now := officehours.DateOf(testNow).AddDays(2).At(9, 0)
	for _, tt := range []struct{ name, text, want string }{
		{"Outlook", "Från: Håbo kommun <kommun@habo.se>\nSkickat: den 27 oktober 2026 14:20\nTill: Maja\nÄmne: SV: Bygglov\n\nHej!", "tis 27 okt 14.20"},
		{"Outlook with weekday", "Skickat: tisdag 27 oktober 2026 14:20\n\nHej!", "tis 27 okt 14.20"},
		{"Outlook with kl.", "Skickat: den 27 oktober 2026 kl. 14.20", "tis 27 okt 14.20"},
		{"bold", "*Skickat:* den 27 oktober 2026 14:20", "tis 27 okt 14.20"},
		{"RFC 5322", "Date: Tue, 27 Oct 2026 14:20:05 +0100\n\nHej", "tis 27 okt 14.20"},
		{"RFC 5322, another zone", "Date: Tue, 27 Oct 2026 13:20:05 +0000 (UTC)", "tis 27 okt 14.20"},
		{"English Outlook", "Sent: Tuesday, October 27, 2026 2:20 PM\n", "tis 27 okt 14.20"},
		{"Gmail in Swedish", "Från: Håbo kommun <kommun@habo.se> tis 27 okt. 2026 kl. 14:20\n\nHej", "tis 27 okt 14.20"},
		{"Gmail in English", "From: Håbo <k@habo.se>\nDate: Tue, Oct 27, 2026 at 2:20 PM\n", "tis 27 okt 14.20"},
		{"Gmail on screen", "Håbo kommun\ntis 27 okt. 14:20 (för 2 timmar sedan)\ntill mig\n\nHej", "tis 27 okt 14.20"},
		{"Outlook on the web", "Anna Ek\nTill: Du\ntis 2026-10-27 14:20\nHej!", "tis 27 okt 14.20"},
		{"ISO", "Datum: 2026-10-27 14:20", "tis 27 okt 14.20"},
		{"in the minute of sending", "Skickat: den 27 oktober 2026 10:32", "tis 27 okt 10.32"},
		{"a time in a sentence", "Hej!\nVi har öppet tis 27 okt 14:20.\n", "–"},
		{"only our own letter's", "Hej, det går bra.\n\nDen tis 27 okt. 2026 kl 10:32 skrev Maja <m@example.se>:\n> Hej", "–"},
		{"our own letter in Outlook", "Hej, det går bra.\n\nFrån: Maja\nSkickat: den 27 oktober 2026 12:00\n", "–"},
		{"before the letter", "Skickat: den 26 oktober 2026 14:20", "–"},
		{"in the future", "Skickat: den 29 oktober 2026 14:20", "–"},
		{"the first that can be", "Skickat: den 20 oktober 2026 14:20\nDate: Wed, 28 Oct 2026 08:00:00 +0100", "ons 28 okt 8.00"},
		{"no clock", "Skickat: den 27 oktober 2026", "–"},
		{"hours", "Datum: 8.00–16.30", "–"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := survey.MomentText(letterTime(tt.text, sent, now)); got != tt.want {
				t.Errorf("%q came %s, want %s", tt.text, got, tt.want)
			}
		})
	}
}

func TestWhatIsFilledInIsNotChanged(t *testing.T) {
	text := "Skickat: den 27 oktober 2026 10:20\nÄmne: Automatiskt svar\n\nMvh\nAnna Ek\nHandläggare"
	f := newForm("attempt", "0", "text", text, "kind", "person", "came_clock", "9.00", "gave_phone", "1")
	readLetterText(f, survey.Mail{Sent: testNow.Add(-time.Hour)}, testNow)
	if f.text("kind") != "person" || f.text("came_clock") != "9.00" || f.given("came_day") || f.checked("gave_name") {
		t.Errorf("the form became %v", f.values)
	}
	f = newForm("attempt", "0", "text", text)
	readLetterText(f, survey.Mail{Sent: testNow.Add(-time.Hour)}, testNow)
	if f.text("kind") != "auto" || f.text("came_clock") != "10.20" || f.text("text") != survey.KeptText(text) {
		t.Errorf("the form became %v", f.values)
	}
}
