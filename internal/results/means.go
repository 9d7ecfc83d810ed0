package results

import "servicematning/internal/survey"

// groupOf names the group that a municipality is compared within.
type groupOf func(*survey.Municipality) string

// nobody is the group of those whose group is not known: they are in none.
const nobody = ""

func everybody(*survey.Municipality) string   { return "all" }
func county(m *survey.Municipality) string    { return m.CountyCode }
func sizeClass(m *survey.Municipality) string { return m.SizeClass }
func skrGroup(m *survey.Municipality) string  { return m.SKRGroupCode }

// average is an unweighted mean in the making.
type average struct {
	sum float64
	n   int
}

func (a *average) add(v Optional) {
	if v.Known {
		a.sum += v.Value
		a.n++
	}
}

func (a *average) mean() Optional {
	if a.n == 0 {
		return Optional{}
	}
	return known(a.sum / float64(a.n))
}

// addMeans gives every figure the unweighted means of its groups, as Kolada
// makes them (domain.md §6). The members are the municipalities that take part
// by the rule of 100 contacts, each with the value it has. That a figure rests
// on a small base costs it its place but not its part in the mean: domain.md
// §6 takes only the place from it, and leaving it out would lift the means of
// the ratings, since few contacts reached is a poor result in itself. A
// municipality that does not take part still sees the means of those that do.
func addMeans(profiles []Profile, d survey.Design) {
	for i, m := range measures {
		addMean(profiles, i, m, d, everybody, func(to *Means) *Optional { return &to.All })
		addMean(profiles, i, m, d, sizeClass, func(to *Means) *Optional { return &to.SizeClass })
		addMean(profiles, i, m, d, county, func(to *Means) *Optional { return &to.County })
		addMean(profiles, i, m, d, skrGroup, func(to *Means) *Optional { return &to.SKRGroup })
	}
}

func addMean(profiles []Profile, i int, m Measure, d survey.Design, group groupOf, to func(*Means) *Optional) {
	groups := make(map[string]*average)
	for j := range profiles {
		p := &profiles[j]
		g := group(&p.Participant.Municipality)
		if groups[g] == nil {
			groups[g] = new(average)
		}
		if takesPart(p, m, d) {
			groups[g].add(p.Figures[i].Result)
		}
	}
	for j := range profiles {
		if g := group(&profiles[j].Participant.Municipality); g != nobody {
			*to(&profiles[j].Figures[i].Means) = groups[g].mean()
		}
	}
}

// areaMeans are the means of all that take part, by the same rule, within each
// question area.
func areaMeans(profiles []Profile, d survey.Design) []AreaMeans {
	ms := make([]AreaMeans, len(d.Areas))
	for a, area := range d.Areas {
		ms[a] = AreaMeans{Area: area, Means: make([]Optional, len(measures))}
		for i, m := range measures {
			var all average
			for j := range profiles {
				if takesPart(&profiles[j], m, d) {
					all.add(profiles[j].Areas[a].Values[i].Result)
				}
			}
			ms[a].Means[i] = all.mean()
		}
	}
	return ms
}
