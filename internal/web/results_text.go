package web

import (
	"fmt"
	"math"
	"strings"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// How figures are written: the value, its base, its uncertainty and what it is
// compared with. Shares have one decimal, times are written as people say them.

// measureTitle is the measure's title, with the channel where the title alone
// could be either's.
func measureTitle(m results.Measure) string {
	switch m.Code {
	case "phone_treatment":
		return m.Title + ", telefon"
	case "email_treatment", "email_answer":
		return m.Title + ", e-post"
	}
	return m.Title
}

// measureGroup is the group of measures that a measure is listed in.
func measureGroup(m results.Measure) string {
	switch {
	case m.Impression:
		return "Helhetsintryck"
	case m.Channel == survey.Phone:
		return "Telefon"
	}
	return "E-post"
}

// betterText says which way is good.
func betterText(m results.Measure) string {
	if m.LowIsBest {
		return "Lägre är bättre."
	}
	return "Högre är bättre."
}

// unitText is the unit as a column's heading writes it.
func unitText(m results.Measure) string {
	switch m.Unit {
	case results.Percent:
		return "procent"
	case results.Seconds:
		return "sekunder"
	case results.Hours:
		return "timmar kontorstid"
	case results.Points:
	}
	return "poäng, 0–100"
}

// valueText writes a value with its unit: "83,3 %", "12 s", "1 h 30 min".
func valueText(m results.Measure, v results.Optional, decimals int) string {
	if !v.Known {
		return "–"
	}
	switch m.Unit {
	case results.Percent:
		return decimal(decimals, v.Value) + nbsp + "%"
	case results.Seconds:
		return shortDecimal(v.Value) + nbsp + "s"
	case results.Hours:
		return officeText(v.Value)
	case results.Points:
	}
	return decimal(decimals, v.Value)
}

// figureText writes a value as figures are written everywhere.
func figureText(m results.Measure, v results.Optional) string { return valueText(m, v, 1) }

// shortDecimal has a decimal only where there is something to write.
func shortDecimal(x float64) string { return strings.TrimSuffix(decimal(1, x), ",0") }

// officeText writes hours of office time as "2 h 04 min".
func officeText(h float64) string {
	return strings.ReplaceAll(survey.SpanText(time.Duration(h*float64(time.Hour))), " ", nbsp)
}

// baseText is what a figure rests on: "100 av 120", or "114" for a median.
func baseText(m results.Measure, v results.Value) string {
	switch {
	case m.Impression:
		return ""
	case m.Share && v.Base > 0:
		return number(v.Count) + " av " + number(v.Base)
	}
	return number(v.Base)
}

// intervalText writes the 95 % interval without its unit: "75,7–88,9".
func intervalText(v results.Value) string {
	if !v.Low.Known || !v.High.Known {
		return "–"
	}
	return decimal(1, v.Low.Value) + "–" + decimal(1, v.High.Value)
}

// placeText writes "5 av 147", or "–" where there is no place.
func placeText(p results.Place) string {
	if p.Rank == 0 {
		return "–"
	}
	return fmt.Sprintf("%s av %s", number(p.Rank), number(p.Of))
}

// quartileBadge says in words, shape and colour where among all a figure lies.
func quartileBadge(q results.Quartile) badge {
	switch q {
	case results.Best:
		return badge{"best", "bästa 25 %"}
	case results.Middle:
		return badge{"mid", "mitten"}
	case results.Worst:
		return badge{"worst", "sista 25 %"}
	}
	return badge{}
}

// standing is the quartile, or why the figure has none.
func standing(f results.Figure) badge {
	switch {
	case f.Quartile != "":
		return quartileBadge(f.Quartile)
	case !f.Result.Known:
		return badge{"", "ingen bas"}
	case f.Small:
		return badge{"warn", "liten bas"}
	}
	return badge{"warn", "för få kontakter"}
}

// changeView is the change since the round before. An arrow is drawn only
// where the interval does not hold zero.
type changeView struct {
	Sign   string // ▲ ▼ ≈, or "" where the uncertainty is not known
	Text   string // "+13,3 (2,6 till 23,6)"
	Spoken string // what the sign means
}

func newChange(m results.Measure, c *results.Change) changeView {
	switch {
	case c == nil:
		return changeView{Text: "–"}
	case !c.Comparable:
		return changeView{Text: "ej jämförbart"}
	case !c.Change.Known:
		return changeView{Text: "–"}
	}
	v := changeView{Text: differenceText(m, c.Change.Value)}
	if !c.Low.Known || !c.High.Known {
		return v
	}
	v.Text += fmt.Sprintf(" (%s till %s)", decimal(1, c.Low.Value), decimal(1, c.High.Value))
	switch {
	case c.Low.Value > 0:
		v.Sign, v.Spoken = "▲", "ökning"
	case c.High.Value < 0:
		v.Sign, v.Spoken = "▼", "minskning"
	default:
		v.Sign, v.Spoken = "≈", "ingen säker ändring"
	}
	return v
}

// differenceText writes a difference with its sign, "+13,3" or "−20 min".
func differenceText(m results.Measure, d float64) string {
	size, sign := max(d, -d), "+"
	if d < 0 {
		sign = minus
	}
	text := decimal(1, size)
	switch m.Unit {
	case results.Seconds:
		text = shortDecimal(size) + nbsp + "s"
	case results.Hours:
		text = officeText(size)
	case results.Percent, results.Points:
	}
	if strings.Trim(text, "0,") == "" {
		return text // what rounds to nothing has no sign
	}
	return sign + text
}

// sizeClassText writes Kolada's class "20000-29999" as "20 000–29 999 invånare".
func sizeClassText(class string) string {
	if class == "" {
		return "okänd storleksklass"
	}
	digits := func(s string) string { return survey.Grouped(strings.TrimSpace(s)) }
	if low, over := strings.CutSuffix(class, "+"); over {
		return digits(low) + " invånare eller fler"
	}
	low, high, _ := strings.Cut(class, "-")
	if low == "0" {
		return "högst " + digits(high) + " invånare"
	}
	return digits(low) + "–" + digits(high) + " invånare"
}

// fullMoment writes an instant with its year: "ons 10 dec 2025 14.05".
func fullMoment(t time.Time) string {
	return survey.DateText(officehours.DateOf(t)) + " " + survey.ClockText(t)
}

// checksumText groups the digits of a checksum so that they can be compared.
func checksumText(sum string) string {
	var parts []string
	for len(sum) > 4 {
		parts = append(parts, sum[:4])
		sum = sum[4:]
	}
	return strings.Join(append(parts, sum), " ")
}

// beforeLastComma drops the size that an option's label ends with.
func beforeLastComma(s string) string {
	if i := strings.LastIndex(s, ", "); i >= 0 {
		return s[:i]
	}
	return s
}

// workingDays writes office time as days where it is whole days.
func workingDays(hours float64) string {
	if days := hours / 9; days == math.Trunc(days) {
		return fmt.Sprintf("%.0f arbetsdagar (%s timmars kontorstid)", days, shortDecimal(hours))
	}
	return shortDecimal(hours) + " timmars kontorstid"
}
