package survey_test

import (
	"strings"
	"testing"
	"time"

	"servicematning/internal/survey"
)

func TestGuess(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       survey.LetterKind
	}{
		{"nothing", "  \n", ""},
		{"thanks and a promise", "Tack för ditt mejl, vi har tagit emot det och återkommer så snart vi kan.\n\nHåbo kommun", survey.AutomaticLetter},
		{"a receipt alone", "Tack för ditt mejl, vi har tagit emot din fråga.\n\nMed vänlig hälsning\nKontaktcenter", survey.AutomaticLetter},
		{"a promise within days", "Hej!\nTack för att du kontaktar Åmåls kommun. Ditt meddelande besvaras inom två arbetsdagar.", survey.AutomaticLetter},
		{"a case number", "Ditt ärende har registrerats.\nTack för din fråga. Ditt ärendenummer är 2026-1234.", survey.AutomaticLetter},
		{"says it", "Hej!\nDet här är ett automatiskt svar. Vi har öppet 8–16.30.", survey.AutomaticLetter},
		{"autosvar", "Detta mejl är ett autosvar och går inte att svara på.", survey.AutomaticLetter},
		{"Outlook's subject", "Från: Håbo kommun <kommun@habo.se>\nÄmne: Automatiskt svar: Bygglov för altan\n\nJag är åter 2 november.", survey.AutomaticLetter},
		{"Outlook's subject alone", "Autosvar: Bygglov för altan", survey.AutomaticLetter},
		{"the header of the mail", "Auto-Submitted: auto-replied\nDate: Tue, 27 Oct 2026 14:20:05 +0100\n\nHej", survey.AutomaticLetter},
		{"away, signed", "Hej!\nJag är på semester till och med 3 november. Vid brådskande ärenden ring växeln.\n\nMvh\nAnna Ek", survey.AutomaticLetter},
		{"away, does not read", "Jag läser inte min e-post under veckan.\n\nMvh Anna Ek", survey.AutomaticLetter},
		{"English", "I am out of office until Monday.", survey.AutomaticLetter},
		{"no reply", "Svara inte på detta meddelande.\nVi har mottagit ditt mejl.", survey.AutomaticLetter},
		{"a receipt with rules for personal data", "Hej!\nVi har tagit emot ditt mejl och svarar inom en arbetsdag.\n" + strings.Repeat("När du mejlar oss behandlar vi dina personuppgifter. ", 12), survey.AutomaticLetter},

		{"an answer that thanks", "Hej!\nTack för ditt mejl. Gångbanan på er gata sköter kommunen.\n\nMed vänlig hälsning\nAnna Ek\nGatuingenjör", survey.PersonLetter},
		{"an answer that has received", "Hej Maja! Vi har tagit emot din fråga. Kommunen sköter gångbanan.\n\nMvh Anna Ek, gatuingenjör", survey.PersonLetter},
		{"a person who will come back", "Hej!\nJag har tagit emot din fråga och återkommer inom kort.\n\nMvh\nAnna", survey.PersonLetter},
		{"forwarded", "Hej!\nJag har skickat din fråga vidare till bygglovsenheten.\n\nHälsningar\nBo Alm\nRegistrator", survey.PersonLetter},
		{"about automatic replies", "Hej! När du skickar in blanketten får du ett automatiskt svar. Avgiften är 500 kr.\n\nMvh Anna Ek", survey.PersonLetter},
		{"about holidays", "Hej! Förskolan har stängt fyra dagar om året. Du lämnar schema för semestern i appen.\n\nMvh Anna Ek", survey.PersonLetter},
		{"unsigned answer", "Hej! Du söker bygglov i vår e-tjänst, och behöver en ritning i skala 1:100.", survey.PersonLetter},
		{"short answer", "Ja, det går bra.", survey.PersonLetter},
		{"handling time as an answer", "Handläggningstiden är högst tio veckor från det att ansökan är komplett.\n\nMvh\nAnna Ek\nBygglovshandläggare", survey.PersonLetter},
		{"the quoted letter is automatic", "Hej! Kommunen skottar.\n\nMvh Anna Ek\n\nFrån: Håbo kommun\nSkickat: den 27 oktober 2026 10:32\nÄmne: Automatiskt svar: Snö\n\nVi har tagit emot ditt mejl.", survey.PersonLetter},
		{"a case number from a person", "Hej!\nDitt ärendenummer är 2026-1234, tack för din fråga. Ansök senast 15 januari.\n\nMvh\nAnna Ek", survey.PersonLetter},

		{"undeliverable", "Undeliverable: Bygglov för altan\nDelivery has failed to these recipients", survey.BouncedLetter},
		{"returned", "Mail delivery failed: returning message to sender\n550 5.1.1 User unknown", survey.BouncedLetter},
		{"returned without heading", "kommun@habo.se\n550 5.1.1 User unknown", survey.BouncedLetter},
		{"status notification", "Delivery Status Notification (Failure)\n\nSe nedan.", survey.BouncedLetter},
		{"Swedish heading", "Ämne: Kunde inte levereras: Bygglov\n\nSe nedan.", survey.BouncedLetter},
		{"Swedish bounce", "Det gick inte att leverera ditt meddelande till kommun@habo.se.", survey.BouncedLetter},
		{"daemon", "Från: Mail Delivery Subsystem <mailer-daemon@example.se>\n\nAdressen hittades inte", survey.BouncedLetter},
		{"a decision that could not be delivered", "Beslutet kunde inte levereras i tid, men du får det i dag.\n\nMvh Anna Ek", survey.PersonLetter},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := survey.Guess(tt.text); got != tt.want {
				t.Errorf("%q seems to be %q, want %q", tt.text, got, tt.want)
			}
			if got := survey.Guess(survey.Redact(tt.text)); got != tt.want {
				t.Errorf("masked it seems to be %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSenderIn(t *testing.T) {
	all := survey.GaveName | survey.GaveTitle | survey.GavePhone
	for _, tt := range []struct {
		name, text string
		want       survey.Sender
	}{
		{"all three", "Ja.\n\nMed vänlig hälsning\nAnna Ek\nBygglovshandläggare\n0171-525 00", all},
		{"on one line", "Ja. Med vänlig hälsning, Anna Ek, gatuingenjör, 0171-525 00", all},
		{"name only", "Ja.\n\nMvh Anna", survey.GaveName},
		{"unit only", "Ja.\n\nHälsningar\nKontaktcenter", survey.GaveTitle},
		{"unit and telephone", "Ja.\n\nMed vänlig hälsning\nMiljöenheten\nTfn 525 00", survey.GaveTitle | survey.GavePhone},
		{"nothing", "Ja, det går bra.", 0},
		{"whom it is written to", "Hej Maja!\nJa.", 0},
		{"a number in the answer is not the sender's", "Ring 0171-525 00 till bygglovsenheten.\n\nMvh Anna", survey.GaveName},
		{"the quoted letter's", "Ja.\n\nMvh Anna\n\nDen tis 27 okt. 2026 kl 10:32 skrev Bo Alm <b@example.se>:\n> Bo Alm, handläggare, 070-123 45 67", survey.GaveName},
		{"without sign-off", "Ja.\n\nAnna Ek, jag heter Anna Ek\nhandläggare", survey.GaveName | survey.GaveTitle},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := survey.SenderIn(tt.text); got != tt.want {
				t.Errorf("%q: %03b, want %03b", tt.text, got, tt.want)
			}
			if got := survey.SenderIn(survey.Redact(tt.text)); got != tt.want {
				t.Errorf("masked: %03b, want %03b", got, tt.want)
			}
		})
	}
}

func TestALetterNeverReplacesOneThatIsNoted(t *testing.T) {
	sent := tuesday10
	later := sent.Add(3 * time.Hour)
	for _, tt := range []struct {
		name   string
		mail   survey.Mail
		letter survey.Letter
		want   survey.Mail
		fields []string
	}{
		{"a reply", survey.Mail{}, survey.Letter{Kind: survey.PersonLetter, At: later}, survey.Mail{FirstReply: later}, nil},
		{"a complete reply", survey.Mail{}, survey.Letter{Kind: survey.PersonLetter, At: later, Complete: true},
			survey.Mail{FirstReply: later, CompleteReply: later}, nil},
		{"an automatic reply", survey.Mail{}, survey.Letter{Kind: survey.AutomaticLetter, At: later, Complete: true}, survey.Mail{AutoReply: later}, nil},
		{"a bounce", survey.Mail{}, survey.Letter{Kind: survey.BouncedLetter, At: later}, survey.Mail{Bounced: later}, nil},
		{"a second automatic reply", survey.Mail{AutoReply: sent}, survey.Letter{Kind: survey.AutomaticLetter, At: later}, survey.Mail{AutoReply: sent}, []string{"kind"}},
		{"a second first reply", survey.Mail{FirstReply: sent}, survey.Letter{Kind: survey.PersonLetter, At: later}, survey.Mail{FirstReply: sent}, []string{"kind"}},
		{"no kind", survey.Mail{}, survey.Letter{At: later}, survey.Mail{}, []string{"kind"}},
		{"no time", survey.Mail{}, survey.Letter{Kind: survey.PersonLetter}, survey.Mail{}, []string{"came"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, errs := tt.mail.With(tt.letter)
			checkFields(t, errs.Err(), tt.fields)
			if got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}
