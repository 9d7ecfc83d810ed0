package web

import (
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// evennessPage shows how even the plan is: its figures beside their bounds,
// and how the contacts lie over weeks and hours.
type evennessPage struct {
	planFrame
	Evenness evenness
	Areas    plainMap
	Hours    plainMap
}

func (evennessPage) file() string { return "plan/even.html" }

func (s *Server) showEvenness(c *visit) error {
	view, err := s.Service.MeasuredPlan(c.ctx(), c.user, c.Param("round"))
	if err != nil {
		return err
	}
	frame, err := s.newPlanFrame(c, view, "Planens jämnhet", "jamnhet")
	if err != nil {
		return err
	}
	p := &evennessPage{planFrame: frame, Evenness: newEvenness(view, c.user)}
	if p.Planned > 0 {
		p.Areas = areaWeeks(view.Setup.Round, view.Evenness.Coverage)
		p.Hours = callHours(view.Setup.Round, view.Evenness.Coverage)
	}
	return s.show(c, p)
}

// evenness is the table of the plan's figures.
type evenness struct {
	Rows   []balanceRow
	Missed []balanceRow // those beyond their bound
	At     time.Time
	Stale  bool   // the plan has changed since
	URL    string // where it is measured anew
	Assign string // where more evaluators are assigned; "" for who may not
}

// balanceRow is one figure with its bound.
type balanceRow struct {
	schedule.Balance
	Sign string // "≤" or "≥"
	Over string // "7 över gränsen"; "" within it
}

func newEvenness(view fieldwork.PlanView, by survey.User) evenness {
	r := view.Setup.Round
	e := evenness{
		At: view.Evenness.At, Stale: !view.Evenness.At.IsZero() && !view.Evenness.Current,
		URL: setupPath(r, "plan", "jamnhet"),
	}
	if by.May(survey.EditSetup) {
		e.Assign = setupPath(r, "tilldelning")
	}
	for _, b := range view.Evenness.Balance {
		row := balanceRow{Balance: b, Sign: "≤"}
		if b.AtLeast {
			row.Sign = "≥"
		}
		switch {
		case b.Met():
		case b.AtLeast:
			row.Over = number(b.Bound-b.Value) + " under gränsen"
		default:
			row.Over = number(b.Value-b.Bound) + " över gränsen"
		}
		e.Rows = append(e.Rows, row)
		if row.Over != "" {
			e.Missed = append(e.Missed, row)
		}
	}
	return e
}

// plainMap is a small table of counts that are coloured against each other.
type plainMap struct {
	Head  string // of the first column
	Heads []string
	Rows  []planLine
}

// areaWeeks is area × week, coloured by how much of the week's working days
// the contacts fill: a short week has fewer.
func areaWeeks(r survey.Round, cover schedule.Coverage) plainMap {
	out := plainMap{Head: "Frågeområde"}
	days := map[schedule.Week]int{}
	for _, d := range r.Calendar.WorkingDays(r.Period.From, r.Period.To) {
		key := weekKey(d)
		days[schedule.Week{Year: key[0], Number: key[1]}]++
	}
	for _, w := range cover.Weeks {
		out.Heads = append(out.Heads, "v. "+number(w.Number))
	}
	for _, a := range r.Design.Areas {
		counts := cover.Areas[a]
		if counts == nil {
			continue
		}
		weights := make([]int, len(counts))
		for i, w := range cover.Weeks {
			weights[i] = days[w]
		}
		out.Rows = append(out.Rows, sharedRow(a.Title(), counts, weights))
	}
	return out
}

// callHours is weekday × hour of the calls.
func callHours(r survey.Round, cover schedule.Coverage) plainMap {
	out := plainMap{Head: "Veckodag"}
	first, last := 24, -1
	for _, hours := range cover.Calls {
		for h, n := range hours {
			if n > 0 {
				first, last = min(first, h), max(last, h)
			}
		}
	}
	for h := first; h <= last; h++ {
		out.Heads = append(out.Heads, number(h)+"–"+number(h+1))
	}
	days := map[time.Weekday][]int{}
	for _, d := range r.Calendar.WorkingDays(r.Period.From, r.Period.To) {
		open := r.Calendar.HoursOn(d)
		weights := days[d.Weekday()]
		if weights == nil {
			weights = make([]int, 24)
			days[d.Weekday()] = weights
		}
		for h := range weights {
			weights[h] += max(0, min(int(open.Closes), 60*(h+1))-max(int(open.Opens), 60*h))
		}
	}
	for i := range 7 {
		weekday := time.Weekday((i + 1) % 7)
		hours, called := cover.Calls[weekday]
		if called {
			weights := days[weekday]
			if weights == nil {
				weights = make([]int, 24)
			}
			out.Rows = append(out.Rows, sharedRow(capital(weekdayNames[weekday]), hours[first:last+1], weights[first:last+1]))
		}
	}
	return out
}

// sharedRow colours counts by how far they are from the share of the row that
// their weights give: within a tenth it is even.
func sharedRow(name string, counts, weights []int) planLine {
	row := planLine{Name: name}
	all, weight := 0, 0
	for i, n := range counts {
		all, weight = all+n, weight+weights[i]
	}
	for i, n := range counts {
		cell := planCell{Text: number(n)}
		share := 0.0
		if weight > 0 {
			share = float64(all) * float64(weights[i]) / float64(weight)
		}
		cell.Class = shareClass(float64(n), share)
		row.Cells = append(row.Cells, cell)
	}
	row.Total = planCell{Text: number(all)}
	return row
}

func shareClass(n, share float64) string {
	switch {
	case share == 0 && n == 0:
		return "qx"
	case share == 0:
		return "q-late"
	case n == 0:
		return "q0"
	case n < 0.9*share:
		return "q1"
	case n <= share:
		return "q2"
	case n <= 1.1*share:
		return "q3"
	case n <= 1.5*share:
		return "q4"
	}
	return "q5"
}
