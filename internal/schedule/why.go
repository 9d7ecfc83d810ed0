package schedule

import (
	"fmt"

	"servicematning/internal/survey"
)

// why explains a missed bound: where it is missed most, and whether another
// plan could do better.
func (l *ledger) why(b Balance, w worst) string {
	where := l.where(b.Code, w)
	better := b.Limit < b.Value
	limit := "Lägre än " + number(b.Limit)
	if b.AtLeast {
		better, limit = b.Limit > b.Value, "Mer än "+number(b.Limit)
	}
	switch {
	case !better:
		return where + " " + limit + " går inte med dagens upplägg" + l.cause(b.Code) + "."
	case b.Limit <= b.Bound && !b.AtLeast || b.AtLeast && b.Limit >= b.Bound:
		return where + " En jämnare plan är inte utesluten" + l.advice() + "."
	}
	return where + " " + limit + " går inte med dagens upplägg" + l.cause(b.Code) + "; planen når inte riktigt dit."
}

// where tells in a sentence where a figure is at its worst.
func (l *ledger) where(code string, w worst) string {
	m := l.m
	day := func(d int) string { return survey.DayText(l.days[d]) }
	switch code {
	case "municipality_day", "municipality_day_phone", "municipality_day_email":
		return fmt.Sprintf("%s har %d fler %s än %s.",
			m.muniName(w.row), w.value, day(w.column), day(w.other))
	case "municipality_area_week":
		return fmt.Sprintf("%s har %d fler kontakter om %s vecka %d än vecka %d.", m.muniName(w.row/len(m.areas)), w.value,
			m.areas[w.row%len(m.areas)], l.weekNumber(w.column), l.weekNumber(w.other))
	case "municipality_hour":
		return fmt.Sprintf("%s rings %d gånger fler kl. %d–%d än kl. %d–%d.",
			m.muniName(w.row), w.value, w.column, w.column+1, w.other, w.other+1)
	case "hour_day":
		return fmt.Sprintf("Under %s rings %d fler samtal kl. %d–%d än kl. %d–%d.",
			day(w.row), w.value, w.column, w.column+1, w.other, w.other+1)
	case "evaluator_day":
		return fmt.Sprintf("%s ligger %d från sin andel %s.", m.evalNames([]int{w.row}), w.value, day(w.column))
	case "evaluator_municipality":
		return fmt.Sprintf("%s ligger %d från sin andel av %s.", m.evalNames([]int{w.column}), w.value, m.muniName(w.row))
	case "evaluator_municipality_week":
		return fmt.Sprintf("%s har %d kontakter med %s vecka %d.",
			m.evalNames([]int{w.column}), w.value, m.muniName(w.row), l.weekNumber(w.other))
	case "question_day":
		return fmt.Sprintf("%s ställs %d gånger fler %s än %s.",
			m.questions[w.row].Code, w.value, day(w.column), day(w.other))
	case "cell_days":
		return fmt.Sprintf("I %s ligger två %s om samma fråga %d dagar från varandra.",
			m.muniName(w.row), things(w.column), w.value)
	}
	return fmt.Sprintf("%d procent av cellerna når dit.", w.value)
}

// advice is how to look for a more even plan: before anything is made, another
// seed draws another one.
func (l *ledger) advice() string {
	if len(l.m.kept) > 0 {
		return ""
	}
	return ": pröva ett annat frö"
}

// cause is what stands in the way of a figure, as a clause.
func (l *ledger) cause(code string) string {
	switch code {
	case "municipality_day", "municipality_day_phone", "municipality_day_email":
		return ": några dagar är redan gjorda, eller så räcker bedömarnas kapacitet inte varje dag"
	case "municipality_area_week":
		return ": området har för få bedömare i arbete någon vecka"
	case "municipality_hour":
		return ", när landets timmar ska vara lika: korta dagar och kommuner med egna telefontider ska vägas upp av de andra"
	case "hour_day":
		return ": för få bedömare arbetar under någon timme"
	case "evaluator_day":
		return ": få bedömare delar på några områden"
	case "evaluator_municipality":
		return ": redan gjorda kontakter eller för liten kapacitet står i vägen"
	case "evaluator_municipality_week":
		return ": för få bedömare får ta kommunens områden"
	case "question_day":
		return ": området saknar bedömare någon dag, eller så deltar olika många kommuner olika dagar"
	case "cell_days":
		return ": perioden är kort, eller så är kontakterna redan gjorda"
	}
	return ": några kommuner kan bara ringas på ena sidan av dagens mitt"
}

func (l *ledger) weekNumber(w int) int {
	for d, of := range l.weekOf {
		if of == w {
			_, number := l.days[d].Week()
			return number
		}
	}
	return 0
}
