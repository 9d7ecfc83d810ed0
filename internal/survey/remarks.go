package survey

import (
	"fmt"
	"regexp"
	"strconv"
)

// usualQuota is the number of contacts per municipality and channel that the
// measurement has had since it began; other numbers are pointed out.
const usualQuota = 120

var weekSpan = regexp.MustCompile(`(?i)v(?:ecka|eckor|\.)?\s*(\d{1,2})(?:\s*[–-]\s*(\d{1,2}))?`)

// Remarks points out, in Swedish, what is unusual about the round and may be
// a slip: it is never refused.
func (r Round) Remarks() []string {
	var out []string
	if n := r.Period.From.DaysUntil(r.Period.To) + 1; n > 0 {
		if weeks := weeksTouched(r.Period); weeks != 5 {
			out = append(
				out,
				fmt.Sprintf("Perioden är %s (%s). Mätningen brukar vara fem veckor.", weeksText(weeks), r.Period.WeeksText()),
			)
		}
	}
	if q := r.Design.Quota(); q != usualQuota {
		out = append(
			out,
			fmt.Sprintf(
				"Upplägget ger %d kontakter per kommun och kanal (%d frågor, %d gånger). Mätningen brukar ha %d.",
				q,
				len(r.Design.Asked()),
				r.Design.Replicates,
				usualQuota,
			),
		)
	}
	if m := weekSpan.FindStringSubmatch(r.Label); m != nil {
		from, _ := strconv.Atoi(m[1])
		to := from
		if m[2] != "" {
			to, _ = strconv.Atoi(m[2])
		}
		if first, last := weekOf(r.Period); from != first || to != last {
			out = append(out, fmt.Sprintf("Perioden kallas ”%s”, men datumen är %s.", r.Label, r.Period.WeeksText()))
		}
	}
	return out
}

func weeksText(n int) string {
	if n == 1 {
		return "1 vecka"
	}
	return fmt.Sprintf("%d veckor", n)
}

// WeeksText writes the period's weeks as "vecka 43–47" or "vecka 48".
func (p FieldPeriod) WeeksText() string {
	first, last := weekOf(p)
	if first == last {
		return fmt.Sprintf("vecka %d", first)
	}
	return fmt.Sprintf("vecka %d–%d", first, last)
}

func weekOf(p FieldPeriod) (first, last int) {
	_, first = p.From.Week()
	_, last = p.To.Week()
	return first, last
}

// weeksTouched is the number of ISO weeks with a day in the period.
func weeksTouched(p FieldPeriod) int {
	monday := p.From.AddDays(-((int(p.From.Weekday()) + 6) % 7))
	return monday.DaysUntil(p.To)/7 + 1
}
