package survey_test

import (
	"testing"

	"servicematning/internal/survey"
)

func TestRedact(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"sign-off and name on lines of their own", "Ja.\n\nMed vänlig hälsning\nAnna Ek\nBygglovshandläggare\nHåbo kommun",
			"Ja.\n\nMed vänlig hälsning\n[namn]\nBygglovshandläggare\nHåbo kommun"},
		{"blank lines between", "Med vänliga hälsningar,\n\n\nÅsa Björk-Lindström\n", "Med vänliga hälsningar,\n\n\n[namn]\n"},
		{"all on one line", "Kartan finns under Trafik. Med vänlig hälsning, Anna Ek, gatuingenjör, 0171-525 00",
			"Kartan finns under Trafik. Med vänlig hälsning, [namn], gatuingenjör, [telefon]"},
		{"mvh", "Mvh Anna", "Mvh [namn]"},
		{"MVH in capitals", "MVH\nAnna", "MVH\n[namn]"},
		{"m.v.h.", "M.v.h. Anna Ek", "M.v.h. [namn]"},
		{"hälsningar", "Hälsningar Bo Öberg", "Hälsningar [namn]"},
		{"hälsningar från", "Hälsningar från Bo på kontaktcenter", "Hälsningar från [namn] på kontaktcenter"},
		{"vänligen as a sign-off", "Vänligen\nEva von Essen\nRektor", "Vänligen\n[namn]\nRektor"},
		{"vänligen as please", "Vänligen kontakta bygglovsenheten.", "Vänligen kontakta bygglovsenheten."},
		{"bästa hälsningar", "Bästa hälsningar\nPer-Olof A. Lund", "Bästa hälsningar\n[namn]"},
		{"an initial ends the name", "Mvh\nAnna E.", "Mvh\n[namn]"},
		{"the office above the name", "Med vänlig hälsning\n\nÅmåls kommun\nAnna Ek\nRegistrator",
			"Med vänlig hälsning\n\nÅmåls kommun\n[namn]\nRegistrator"},
		{"two signers", "Hälsningar\nAnna Ek och Bo Alm", "Hälsningar\n[namn] och [namn]"},
		{"the title on the same line", "Mvh\nAnna Ek | Handläggare | Miljöenheten", "Mvh\n[namn] | Handläggare | Miljöenheten"},
		{"the title without comma", "Mvh\nAnna Ek bygglovshandläggare", "Mvh\n[namn] bygglovshandläggare"},
		{"only an office signs", "Med vänlig hälsning\nKontaktcenter\nHåbo kommun\n0171-525 00",
			"Med vänlig hälsning\nKontaktcenter\nHåbo kommun\n[telefon]"},
		{"only a municipality signs", "Hälsningar\nHåbo", "Hälsningar\nHåbo"},
		{"slash", "Det går bra. /Anna", "Det går bra. /[namn]"},
		{"slash on a line", "Det går bra.\n// Anna Ek", "Det går bra.\n// [namn]"},
		{"greeting", "Hej Maja!\nJa.", "Hej [namn]!\nJa."},
		{"greeting that goes on", "Hej Maja och tack för din fråga!", "Hej [namn] och tack för din fråga!"},
		{"greeting nobody", "Hej! Tack för ditt mejl.", "Hej! Tack för ditt mejl."},
		{"greeting without comma", "Hej\nTack för ditt mejl.", "Hej\nTack för ditt mejl."},
		{"greeting an office", "Hej Håbo kommun!", "Hej Håbo kommun!"},
		{"the name again", "Anna Ek svarar på frågor. Ring Annas nummer.\n\nMvh\nAnna Ek",
			"[namn] svarar på frågor. Ring [namn]s nummer.\n\nMvh\n[namn]"},
		{"heter", "Jag heter Anna och arbetar på biblioteket.", "Jag heter [namn] och arbetar på biblioteket."},
		{"title before", "Kontakta vår bygglovshandläggare Anna Ek.", "Kontakta vår bygglovshandläggare [namn]."},
		{"ring gärna", "Ring gärna Anna Ek så hjälper hon dig.", "Ring gärna [namn] så hjälper hon dig."},
		{"kontakta with a first name", "Kontakta Anna på miljöenheten.", "Kontakta [namn] på miljöenheten."},
		{"kontakta an authority", "Kontakta Polisen, Försäkringskassan eller Länsstyrelsen.",
			"Kontakta Polisen, Försäkringskassan eller Länsstyrelsen."},
		{"my colleague", "Min kollega Anna svarar dig i morgon.", "Min kollega [namn] svarar dig i morgon."},
		{"ask my colleague", "Ring min kollega Anna Ek.", "Ring min kollega [namn]."},
		{"handläggaren", "Handläggaren Anna återkommer.", "Handläggaren [namn] återkommer."},
		{"ask for", "Fråga efter Anna i växeln.", "Fråga efter [namn] i växeln."},
		{"greet", "Hälsa Anna Ek från mig.", "Hälsa [namn] från mig."},
		{"verb before", "Du kan ringa Anna Ek på tisdagar.", "Du kan ringa [namn] på tisdagar."},
		{"är before", "Ansvarig är Anna Ek.", "Ansvarig är [namn]."},
		{"header lines", "Från: Anna Ek <anna.ek@habo.se>\nTill: matning@example.se\nÄmne: Bygglov",
			"Från: [namn] <[e-post]>\nTill: [e-post]\nÄmne: Bygglov"},
		{"an office in the header", "Från: Håbo kommun <kommun@habo.se>", "Från: Håbo kommun <[e-post]>"},
		{"quoted", "Den tis 27 okt. 2026 kl 10:32 skrev Maja Lind <m@example.se>:\n> Hej!",
			"Den tis 27 okt. 2026 kl 10:32 skrev [namn] <[e-post]>:\n> Hej!"},
		{"e-mail address", "Skriv till åsa.öberg@upplands-bro.se så ordnar det sig.", "Skriv till [e-post] så ordnar det sig."},
		{"mobile", "Mobil 070-123 45 67", "Mobil [telefon]"},
		{"mobile alone", "Nås på 0701234567.", "Nås på [telefon]."},
		{"country code", "Tfn: +46 171 525 00", "Tfn: [telefon]"},
		{"country code with a nought", "+46 (0)171-525 00", "[telefon]"},
		{"two noughts", "0046 8 508 000 00", "[telefon]"},
		{"Stockholm", "08-508 000 00", "[telefon]"},
		{"parentheses", "(0171) 525 00", "[telefon]"},
		{"without area code, said to be a telephone", "Telefon: 525 00", "Telefon: [telefon]"},
		{"personal number", "Ditt personnummer 19800412-1234 behövs.", "Ditt personnummer [personnummer] behövs."},
		{"short personal number", "800412-1234", "[personnummer]"},
		{"personal number without hyphen", "198004121234", "[personnummer]"},
		{"samordningsnummer", "800472-1234", "[personnummer]"},
		{"a street with a number", "Centrumleden 1, 746 80 Bålsta", "Centrumleden 1, 746 80 Bålsta"},
		{"a street in a signature", "Mvh\nAnna Ek\nStora Torget 1\n746 80 Bålsta", "Mvh\n[namn]\nStora Torget 1\n746 80 Bålsta"},
		{"a street after a person", "Vi finns på Karl Johans gata 3.", "Vi finns på Karl Johans gata 3."},
		{"ring a street", "Ta vägen till Norra Hamngatan.", "Ta vägen till Norra Hamngatan."},
		{"post code", "745 80 Enköping, SE-745 80", "745 80 Enköping, SE-745 80"},
		{"laws", "Enligt Plan- och bygglagen (2010:900), PBL 9 kap. 2 §, och Socialtjänstlagen.",
			"Enligt Plan- och bygglagen (2010:900), PBL 9 kap. 2 §, och Socialtjänstlagen."},
		{"hours with dots", "Öppet 08.00-16.30, lunch 12.00–13.00.", "Öppet 08.00-16.30, lunch 12.00–13.00."},
		{"hours with colons", "Telefontid 09:00-11:30.", "Telefontid 09:00-11:30."},
		{"hours without dots", "Öppet 0800-1630.", "Öppet 0800-1630."},
		{"whole hours", "Öppet 08-17, fredag 08 - 15.", "Öppet 08-17, fredag 08 - 15."},
		{"dates", "Senast 2026-11-04, 04-11-2026 eller 4 november 2026.", "Senast 2026-11-04, 04-11-2026 eller 4 november 2026."},
		{"diary number", "Dnr BN 2026-000123, ärende 2026/00045", "Dnr BN 2026-000123, ärende 2026/00045"},
		{"organisation number", "Org.nr 212000-0241", "Org.nr 212000-0241"},
		{"short public numbers", "Ring 112, 1177 eller 114 14.", "Ring 112, 1177 eller 114 14."},
		{"amounts", "Avgiften är 1 250 kr, högst 0,5 prisbasbelopp eller 12 500 kr.",
			"Avgiften är 1 250 kr, högst 0,5 prisbasbelopp eller 12 500 kr."},
		{"property", "Fastigheten Håbo-Tibble 1:23.", "Fastigheten Håbo-Tibble 1:23."},
		{"offices in sentences", "Kontakta Kontaktcenter Upplands-Bro eller Miljöenheten.",
			"Kontakta Kontaktcenter Upplands-Bro eller Miljöenheten."},
		{"a municipality in a sentence", "Ansök till Upplands Väsby före jul.", "Ansök till Upplands Väsby före jul."},
		{"plain text", "Det är ni som skottar infarten.", "Det är ni som skottar infarten."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := survey.Redact(tt.text)
			if got != tt.want {
				t.Errorf("%q\n became %q\n    want %q", tt.text, got, tt.want)
			}
			if again := survey.Redact(got); again != got {
				t.Errorf("masking twice: %q became %q", got, again)
			}
		})
	}
}

func TestHoldsName(t *testing.T) {
	for _, tt := range []struct {
		note string
		want bool
	}{
		{"Handläggaren Anna Ek bad att få återkomma.", true}, {"Kopplades till Anna Ek.", true},
		{"Länkade till sidan hos Håbo kommun.", false}, {"Handläggaren [namn] svarade.", false}, {"", false},
	} {
		if got := survey.HoldsName(tt.note); got != tt.want {
			t.Errorf("%q: %t", tt.note, got)
		}
	}
}
