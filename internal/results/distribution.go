package results

import (
	"time"

	"servicematning/internal/survey"
)

// Accessibility is the criterion that is derived from the first counted
// attempt of a call, never typed (domain.md §3).
const Accessibility survey.CriterionCode = "accessibility"

// scale is a criterion as the tallies count it.
type scale struct {
	survey.Criterion
	base   population // the contacts that the criterion could be rated on
	offset int        // of its first level among the counts of all scales
}

// scalesOf lists the criteria that distributions are reported on: by channel,
// accessibility first and then the round's own in their order. It also gives
// the number of levels of all of them.
func scalesOf(d survey.Design) (scales []scale, levels int) {
	accessibility := survey.Criterion{
		Code: Accessibility, Channel: survey.Phone, Title: "Tillgänglighet",
		Scale: []survey.Level{{Code: survey.Good}, {Code: survey.Fair}, {Code: survey.Poor}},
	}
	scales = append(scales, scale{Criterion: accessibility, base: phoneAll})
	for _, ch := range survey.Channels {
		for _, c := range d.CriteriaFor(ch) {
			base := phoneReached
			if ch == survey.Email {
				base = emailReplied
			}
			scales = append(scales, scale{Criterion: c, base: base})
		}
	}
	for i := range scales {
		scales[i].offset = levels
		levels += len(scales[i].Scale)
	}
	return scales, levels
}

// count adds the observation's level to the counts. A contact left unrated is
// in the base and on no level.
func (s *scale) count(o *observation, levels []int) {
	rated := o.access
	if s.Code != Accessibility {
		rated = o.ratings.Of(s.Code)
	}
	for i := range s.Scale {
		if s.Scale[i].Code == rated {
			levels[s.offset+i]++
		}
	}
}

// distributions fills ds with one distribution per scale; levels is memory for
// all their levels.
func (t *tally) distributions(ds []Distribution, levels []Level, scales []scale) {
	for i := range scales {
		s := &scales[i]
		from, to := s.offset, s.offset+len(s.Scale)
		ds[i] = Distribution{
			Channel: s.Channel, Criterion: s.Code, Title: s.Title, Base: t.bases[s.base],
			Levels: levels[from:to:to],
		}
		for j := range s.Scale {
			levels[from+j] = Level{Level: s.Scale[j].Code, Count: t.levels[from+j]}
		}
	}
}

// timeClasses are the spans of waiting for a handläggare, the upper limit
// included; the last is for calls that never got there.
var timeClasses = [...]struct {
	title string
	limit time.Duration
}{
	{"≤ 30 s", 30 * time.Second},
	{"31–60 s", 60 * time.Second},
	{"61–120 s", 120 * time.Second},
	{"> 120 s", never - 1},
	{"ingen handläggare", never},
}

func timeClass(wait time.Duration) int {
	i := 0
	for wait > timeClasses[i].limit { // the last has no wait above it
		i++
	}
	return i
}

func (t *tally) answerTimes() []TimeClass {
	cs := make([]TimeClass, len(timeClasses))
	for i, c := range timeClasses {
		cs[i] = TimeClass{Title: c.title, Count: t.classes[i]}
	}
	return cs
}
