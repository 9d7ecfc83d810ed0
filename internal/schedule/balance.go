package schedule

import (
	"servicematning/internal/survey"
)

// figures are the balance figures, in the order they are shown and of their
// weight: the limit of one presumes that the ones it says are kept.
var figures = []struct {
	code, title, note string
	bound             int
	atLeast           bool
}{
	{"municipality_day", "Kontakter per kommun och dag",
		"största minus minsta antal, arbetsdagar då kommunen deltar", 1, false},
	{"municipality_day_phone", "Samtal per kommun och dag",
		"största minus minsta antal, arbetsdagar då kommunen deltar", 1, false},
	{"municipality_day_email", "E-brev per kommun och dag",
		"största minus minsta antal, arbetsdagar då kommunen deltar", 1, false},
	{"municipality_area_week", "Kontakter per kommun, område och vecka",
		"största minus minsta antal, hela veckor då kommunen deltar", 1, false},
	{"municipality_hour", "Samtal per kommun och timme på dagen",
		"största minus minsta antal över perioden, hela timmar då kommunen kan ringas en vanlig dag", 1, false},
	{"hour_day", "Samtal i hela landet per timme",
		"största minus minsta antal under samma dag, hela öppna timmar", 2, false},
	{"evaluator_day", "Kontakter per bedömare och dag",
		"största avvikelse från andelen efter kapacitet bland dem som arbetar och har tilldelning, per kanal", 1, false},
	{"evaluator_municipality", "Kontakter per bedömare och kommun",
		"största avvikelse över perioden från andelen efter tilldelning och kapacitet", 2, false},
	{"evaluator_municipality_week", "Kontakter från en bedömare till en kommun under en vecka", "största antal", 2, false},
	{"question_day", "En fråga i hela landet per dag", "största minus minsta antal, periodens alla arbetsdagar", 4, false},
	{"cell_days", "Dagar mellan en cells kontakter", "minsta antal dagar", 9, true},
	{"cell_apart", "Samtal i en cell på olika veckodagar och halvdagar", "procent av cellerna, nedåt avrundat", 95, true},
}

// balance measures how even the kept and the planned contacts lie together.
// Every figure is counted from the contacts alone, by the words of its note;
// the limits and the explanations come from the setup (limits.go, why.go).
func (m *model) balance(r survey.Round, planned []survey.Contact) []Balance {
	l := m.newLedger(r, planned)
	if len(l.days) == 0 || len(m.munis) == 0 {
		return nil
	}
	gap, apart := l.pairs()
	measured := []worst{
		l.muniDay(-1), l.muniDay(phone), l.muniDay(email), l.areaWeek(), l.muniHour(), l.hourDay(), l.evaluatorDay(),
		l.evaluatorMuni(), l.evaluatorMuniWeek(), l.questionDay(), gap, {value: apart},
	}
	b := l.newBounds()
	least, midway := b.all(), b.midway()
	out := make([]Balance, len(figures))
	for k, f := range figures {
		out[k] = Balance{
			Code: f.code, Title: f.title, Note: f.note, Bound: f.bound, AtLeast: f.atLeast,
			Value: measured[k].value, Limit: least[k],
		}
		if midway {
			out[k].limitByValue()
		}
		if !out[k].Met() {
			out[k].Why = l.why(out[k], measured[k])
		}
	}
	return out
}
