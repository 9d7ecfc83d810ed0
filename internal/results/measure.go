package results

import (
	"slices"
	"time"

	"servicematning/internal/survey"
)

// Unit is what a measure is given in.
type Unit string

// The units.
const (
	Percent Unit = "percent" // 0–100
	Seconds Unit = "seconds"
	Hours   Unit = "hours"  // of office time
	Points  Unit = "points" // 0–100
)

// Measure describes one figure of domain.md §5.
type Measure struct {
	Code       string
	Channel    survey.Channel // "" for the overall impression
	Title      string         // Swedish
	Formula    string         // Swedish: base and what counts, shown beside the figure
	Unit       Unit
	LowIsBest  bool
	Impression bool // weighted from other measures; has no base of its own
	Share      bool // has a count and a Wilson interval
}

// Measures lists every measure in the order it is shown.
func Measures() []Measure { return slices.Clone(measures) }

// MeasureByCode finds a measure.
func MeasureByCode(code string) (Measure, bool) {
	i, ok := measureIndex[code]
	if !ok {
		return Measure{}, false
	}
	return measures[i], true
}

// A working day is 9 h of office time whatever the round's calendar says
// (domain.md §4), so that figures of different rounds mean the same.
const (
	oneDay  = 9 * time.Hour
	twoDays = 2 * oneDay
)

// The measures that the code itself refers to.
const (
	phoneImpression   = "phone_impression"
	emailImpression   = "email_impression"
	overallImpression = "overall_impression"
)

// rules is the one table of measures: to add a figure, add a row.
var rules = []rule{
	share("phone_reached_first", phoneAll, "Kontakt med handläggare vid första försöket",
		"Andel av alla samtal där första försöket nådde en handläggare.",
		func(o *observation) bool { return o.reachedFirst }),
	share("phone_reached_30", phoneAll, "Kontakt med handläggare inom 30 sekunder",
		"Andel av alla samtal där första försöket nådde en handläggare inom 30 sekunder från uppringning.",
		func(o *observation) bool { return o.wait <= 30*time.Second }),
	share("phone_reached_60", phoneAll, "Kontakt med handläggare inom 60 sekunder",
		"Andel av alla samtal där första försöket nådde en handläggare inom 60 sekunder från uppringning.",
		func(o *observation) bool { return o.wait <= 60*time.Second }),
	share("phone_reached_120", phoneAll, "Kontakt med handläggare inom 120 sekunder",
		"Andel av alla samtal där första försöket nådde en handläggare inom 120 sekunder från uppringning.",
		func(o *observation) bool { return o.wait <= 120*time.Second }),
	duration("phone_answer_time", phoneAll, median, Seconds, "Svarstid på huvudnumret",
		"Median för alla samtal av tiden från uppringning till svar på huvudnumret, vid första försöket. "+
			"Ett samtal som aldrig besvarades räknas med omgångens väntegräns."),
	share("phone_direct_answer", phoneAll, "Direkt svar på frågan",
		"Andel av alla samtal där svaret på frågan fick bedömningen god.",
		func(o *observation) bool { return o.ratings.Answer == survey.Good }),
	share("phone_direct_answer_60", phoneAll, "Direkt svar inom 1 minut",
		"Andel av alla samtal där svaret på frågan fick bedömningen god och första försöket nådde en handläggare "+
			"inom 60 sekunder från uppringning.",
		func(o *observation) bool { return o.ratings.Answer == survey.Good && o.wait <= 60*time.Second }),
	share("phone_direct_answer_120", phoneAll, "Direkt svar inom 2 minuter",
		"Andel av alla samtal där svaret på frågan fick bedömningen god och första försöket nådde en handläggare "+
			"inom 120 sekunder från uppringning.",
		func(o *observation) bool { return o.ratings.Answer == survey.Good && o.wait <= 120*time.Second }),
	share("phone_information", phoneReached, "God information",
		"Andel av samtalen som nådde en handläggare där informationen fick bedömningen god.",
		func(o *observation) bool { return o.ratings.Information == survey.Good }),
	share("phone_interest", phoneReached, "Gott intresse och engagemang",
		"Andel av samtalen som nådde en handläggare där intresse och engagemang fick bedömningen god.",
		func(o *observation) bool { return o.ratings.Interest == survey.Good }),
	share("phone_treatment", phoneReached, "Gott bemötande",
		"Andel av samtalen som nådde en handläggare där bemötandet fick bedömningen mycket god eller god.",
		wellTreated),
	share("phone_treatment_very_good", phoneReached, "Mycket gott bemötande",
		"Andel av samtalen som nådde en handläggare där bemötandet fick bedömningen mycket god.",
		func(o *observation) bool { return o.ratings.Treatment == survey.VeryGood }),
	index("phone_treatment_index", phoneReached, "Bemötandeindex",
		"Poängen för bemötandet (mycket god 3, god 2, medelgod 1, dålig 0) i samtalen som nådde en handläggare, "+
			"summerade, i procent av högsta möjliga summa."),
	share("phone_greeting", phoneAnswered, "Fullständig hälsningsfras",
		"Andel av samtalen som besvarades på huvudnumret där kommunens namn, eget namn och hälsningsord alla sades.",
		func(o *observation) bool { return o.greeting == survey.FullGreeting }),
	share("email_replied", emailAll, "Besvarade e-brev",
		"Andel av alla e-brev som en person besvarade inom stoppgränsen.",
		func(o *observation) bool { return o.replied }),
	share("email_replied_1d", emailAll, "Svar inom en arbetsdag",
		"Andel av alla e-brev som en person besvarade inom 9 timmars kontorstid (en arbetsdag).",
		func(o *observation) bool { return o.time <= oneDay }),
	share("email_replied_2d", emailAll, "Svar inom två arbetsdagar",
		"Andel av alla e-brev som en person besvarade inom 18 timmars kontorstid (två arbetsdagar).",
		func(o *observation) bool { return o.time <= twoDays }),
	duration("email_reply_time", emailReplied, median, Hours, "Svarstid, median",
		"Median för besvarade e-brev av kontorstiden från att brevet skickades till första svaret."),
	duration("email_reply_time_mean", emailReplied, mean, Hours, "Svarstid, medel",
		"Medelvärde för besvarade e-brev av kontorstiden från att brevet skickades till första svaret."),
	share("email_complete_1d", emailAll, "Komplett svar inom en arbetsdag",
		"Andel av alla e-brev som fick ett komplett svar inom 9 timmars kontorstid (en arbetsdag).",
		func(o *observation) bool { return o.complete <= oneDay }),
	share("email_answer", emailReplied, "Svar på frågan",
		"Andel av besvarade e-brev där svaret på frågan fick bedömningen god.",
		func(o *observation) bool { return o.ratings.Answer == survey.Good }),
	share("email_information", emailReplied, "Merinformation",
		"Andel av besvarade e-brev där merinformationen fick bedömningen god: något utöver frågan, till exempel en länk.",
		func(o *observation) bool { return o.ratings.Information == survey.Good }),
	share("email_sender", emailReplied, "Fullständiga avsändaruppgifter",
		"Andel av besvarade e-brev där namn, titel eller enhet och telefonnummer alla angavs.",
		func(o *observation) bool { return o.sender == survey.FullSender }),
	share("email_treatment", emailReplied, "Gott bemötande",
		"Andel av besvarade e-brev där bemötandet fick bedömningen mycket god eller god.",
		wellTreated),
	weighted(phoneImpression, survey.Phone, "Intryck telefon",
		"Telefonmåttens vägda medelvärde, 0–100, med omgångens vikter. "+
			"Ett mått utan bas utgår; övriga vikter räknas då om."),
	weighted(emailImpression, survey.Email, "Intryck e-post",
		"E-postmåttens vägda medelvärde, 0–100, med omgångens vikter. "+
			"Ett mått utan bas utgår; övriga vikter räknas då om."),
	weighted(overallImpression, "", "Sammanvägt helhetsintryck",
		"Vägt medelvärde av intryck telefon och intryck e-post, 0–100, med omgångens vikter. "+
			"Saknas det ena räknas bara det andra."),
}

func wellTreated(o *observation) bool {
	return o.ratings.Treatment == survey.VeryGood || o.ratings.Treatment == survey.Good
}

var (
	measures     = describe(rules)
	measureIndex = indexOf(measures)
)

func describe(rs []rule) []Measure {
	ms := make([]Measure, len(rs))
	for i, r := range rs {
		ms[i] = r.Measure
	}
	return ms
}

func indexOf(ms []Measure) map[string]int {
	at := make(map[string]int, len(ms))
	for i, m := range ms {
		at[m.Code] = i
	}
	return at
}
