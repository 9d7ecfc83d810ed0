package results

import (
	"encoding/json"
	"errors"
	"fmt"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var errDamaged = errors.New("the frozen document is damaged")

// Thaw reads a frozen document back into its report. A measure that the
// program no longer has is left out, one that it did not have then is unknown.
func Thaw(data []byte) (Report, error) {
	var doc document
	if err := json.Unmarshal(data, &doc); err != nil {
		return Report{}, fmt.Errorf("thaw results: %w: %w", errDamaged, err)
	}
	if doc.Format != format {
		return Report{}, fmt.Errorf("thaw results: format %d; this program knows format %d", doc.Format, format)
	}
	th := thawing{document: &doc, at: make([]int, len(doc.Measures))}
	for i, m := range doc.Measures {
		th.at[i] = -1
		if j, ok := measureIndex[m.Code]; ok {
			th.at[i] = j
		}
	}
	for _, c := range doc.Criteria {
		th.levels += len(c.Levels)
	}
	rep, err := th.report()
	if err != nil {
		return Report{}, fmt.Errorf("thaw results of round %s: %w", doc.Round, err)
	}
	return rep, nil
}

// thawing is a document on its way back to a report.
type thawing struct {
	*document
	at     []int // by measure of the document: its index among today's, or -1
	levels int   // of all criteria
}

func (th *thawing) report() (Report, error) {
	rep := Report{
		Round: th.Round, Revision: th.Revision, Definitions: th.Definitions, Stage: th.Stage, Computed: th.Computed,
		Weights: survey.Weights{
			Phone: thawWeights(th.Weights.Phone), Email: thawWeights(th.Weights.Email),
			PhoneShare: th.Weights.PhoneShare, EmailShare: th.Weights.EmailShare,
		},
		Profiles:  make([]Profile, len(th.Municipalities)),
		AreaMeans: make([]AreaMeans, len(th.Areas)),
	}
	if len(th.AreaMeans) != len(th.Areas) {
		return Report{}, fmt.Errorf("%w: means of %d areas", errDamaged, len(th.AreaMeans))
	}
	for i, r := range th.AreaMeans {
		rep.AreaMeans[i] = AreaMeans{Area: th.Areas[i], Means: make([]Optional, len(measures))}
		for from, to := range th.at {
			if to >= 0 {
				rep.AreaMeans[i].Means[to] = r.at(from)
			}
		}
	}
	for i := range th.Municipalities {
		if err := th.check(&th.Municipalities[i]); err != nil {
			return Report{}, err
		}
		rep.Profiles[i] = th.profile(&th.Municipalities[i])
	}
	return rep, nil
}

func thawWeights(ws []wireWeight) []survey.Weight {
	if ws == nil {
		return nil
	}
	thawed := make([]survey.Weight, len(ws))
	for i, w := range ws {
		thawed[i] = survey.Weight(w)
	}
	return thawed
}

// check refuses a municipality whose tables do not have the document's shape.
func (th *thawing) check(w *wireProfile) error {
	damaged := len(w.Figures) != len(th.at) || len(w.Levels) != len(th.Criteria) ||
		len(w.Times) != len(th.TimeClasses) || len(w.Areas) != len(th.Areas)
	for _, a := range w.Areas {
		damaged = damaged || len(a.Values) != len(th.at) || len(a.Levels) != len(th.Criteria)
	}
	for _, r := range w.Figures {
		damaged = damaged || r.int(colQuartile) < 0 || r.int(colQuartile) >= len(quartiles)
	}
	if damaged {
		return fmt.Errorf("%w at municipality %s", errDamaged, w.Code)
	}
	return nil
}

func (th *thawing) profile(w *wireProfile) Profile {
	p := Profile{
		Participant: survey.Participant{
			Municipality: survey.Municipality{
				Code: w.Code, Name: w.Name, CountyCode: w.CountyCode, County: w.County, Population: w.Population,
				SKRGroupCode: w.SKRGroupCode, SKRGroup: w.SKRGroup, SizeClass: w.SizeClass,
			},
			Phone: w.Phone, Email: w.Email,
			Hours: officehours.Hours{Opens: officehours.Clock(w.Opens), Closes: officehours.Clock(w.Closes)},
		},
		Phone: w.Calls, Email: w.Emails,
		Figures:     th.figures(w.Figures),
		AnswerTimes: make([]TimeClass, len(w.Times)),
		Areas:       make([]AreaProfile, len(w.Areas)),
	}
	for i, n := range w.Times {
		p.AnswerTimes[i] = TimeClass{Title: th.TimeClasses[i], Count: n}
	}
	// As in Compute, all areas share their memory.
	values := make([]Value, len(w.Areas)*len(measures))
	dists := make([]Distribution, (len(w.Areas)+1)*len(th.Criteria))
	levels := make([]Level, (len(w.Areas)+1)*th.levels)
	for i := range w.Areas {
		a := AreaProfile{Area: th.Areas[i]}
		a.Values, values = cut(values, len(measures))
		a.Distributions, dists = cut(dists, len(th.Criteria))
		for from, to := range th.at {
			if to >= 0 {
				a.Values[to] = thawValue(w.Areas[i].Values[from])
			}
		}
		levels = th.distributions(a.Distributions, levels, w.Areas[i].Levels)
		p.Areas[i] = a
	}
	p.Distributions = dists
	th.distributions(dists, levels, w.Levels)
	return p
}

// distributions fills ds, taking its levels from the memory given, and returns
// what is left of it.
func (th *thawing) distributions(ds []Distribution, levels []Level, rows table) []Level {
	for i, c := range th.Criteria {
		d := Distribution{Channel: c.Channel, Criterion: c.Code, Title: c.Title, Base: rows[i].int(0)}
		d.Levels, levels = cut(levels, len(c.Levels))
		for j, code := range c.Levels {
			d.Levels[j] = Level{Level: code, Count: rows[i].int(1 + j)}
		}
		ds[i] = d
	}
	return levels
}

func (th *thawing) figures(rows table) []Figure {
	fs := make([]Figure, len(measures))
	for i, m := range measures {
		fs[i].Measure = m.Code
	}
	changes := make([]Change, len(measures))
	for from, to := range th.at {
		if to < 0 {
			continue
		}
		r := rows[from]
		thawFigure(&fs[to], r)
		if c := r.at(colComparable); c.Known {
			changes[to] = Change{
				Round: th.Previous, Comparable: c.Value == 1,
				Value: r.at(colPrevious), Change: r.at(colChange), Low: r.at(colChangeLow), High: r.at(colChangeHigh),
			}
			fs[to].Previous = &changes[to]
		}
	}
	return fs
}

func thawFigure(f *Figure, r row) {
	f.Value = thawValue(r)
	f.Small = r.at(colSmall).Known
	f.Place = Place{r.int(colPlace), r.int(colOf)}
	f.InCounty = Place{r.int(colCountyPlace), r.int(colCountyOf)}
	f.InClass = Place{r.int(colClassPlace), r.int(colClassOf)}
	f.Quartile = quartiles[r.int(colQuartile)]
	f.Means = Means{
		All: r.at(colMeanAll), SizeClass: r.at(colMeanClass), County: r.at(colMeanCounty), SKRGroup: r.at(colMeanSKR),
	}
}

func thawValue(r row) Value {
	return Value{
		Base: r.int(colBase), Count: r.int(colCount), Result: r.at(colValue),
		Low: r.at(colLow), High: r.at(colHigh), Rescaled: r.at(colRescaled).Known,
	}
}
