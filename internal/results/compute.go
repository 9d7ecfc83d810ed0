package results

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"servicematning/internal/survey"
)

// Contacts is a stream of contacts in any order; an error ends it.
type Contacts = iter.Seq2[survey.Contact, error]

// Compute counts every figure of the round. The contacts are read once and
// not kept, so a whole round fits in little memory; their order makes no
// difference to the report. Contacts of municipalities that do not take part
// in the round are passed over. previous is the latest earlier round's report,
// or nil. The error is the stream's.
func Compute(setup survey.Setup, contacts Contacts, previous *Report, now time.Time) (Report, error) {
	c := newCounter(setup)
	for contact, err := range contacts {
		if err != nil {
			return Report{}, err
		}
		c.add(contact)
	}
	rep := c.report(now)
	addPlaces(rep.Profiles, c.round.Design)
	addMeans(rep.Profiles, c.round.Design)
	rep.AreaMeans = areaMeans(rep.Profiles, c.round.Design)
	if previous != nil {
		addChanges(&rep, previous)
	}
	return rep, nil
}

// Summarise computes the profiles of the participants from contacts at hand,
// without an earlier round.
func Summarise(round survey.Round, participants []survey.Participant, contacts []survey.Contact) []Profile {
	setup := survey.Setup{Round: round, Participants: participants}
	rep, _ := Compute(setup, streamOf(contacts), nil, time.Time{}) // a slice has no error
	return rep.Profiles
}

func streamOf(contacts []survey.Contact) Contacts {
	return func(yield func(survey.Contact, error) bool) {
		for _, c := range contacts {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// counter sorts contacts into one tally per municipality and question area.
type counter struct {
	round        survey.Round
	participants []survey.Participant // by code
	municipality map[string]int       // code → index in participants
	area         map[survey.QuestionArea]int
	scales       []scale
	// tallies holds, per participant, one tally per area and one more: for
	// contacts of an area that the design no longer has, and in the end for
	// all of the participant's contacts.
	tallies []tally
}

func newCounter(setup survey.Setup) *counter {
	c := &counter{
		round:        setup.Round,
		participants: slices.Clone(setup.Participants),
		municipality: make(map[string]int, len(setup.Participants)),
		area:         make(map[survey.QuestionArea]int, len(setup.Round.Design.Areas)),
	}
	slices.SortFunc(c.participants, func(a, b survey.Participant) int { return cmp.Compare(a.Code, b.Code) })
	for i, p := range c.participants {
		c.municipality[p.Code] = i
	}
	for i, a := range c.round.Design.Areas {
		c.area[a] = i
	}
	scales, levels := scalesOf(c.round.Design)
	c.scales = scales
	c.tallies = newTallies(len(c.participants)*c.slots(), levels)
	return c
}

// slots is the number of tallies per participant.
func (c *counter) slots() int { return len(c.round.Design.Areas) + 1 }

func (c *counter) add(contact survey.Contact) {
	m, ok := c.municipality[contact.Municipality]
	if !ok || !contact.Counts(c.round.Design) {
		return
	}
	slot, ok := c.area[contact.Area]
	if !ok {
		slot = c.slots() - 1
	}
	o := observe(contact, &c.round)
	c.tallies[m*c.slots()+slot].add(&o, c.scales)
}

// report makes every municipality's own figures, not yet compared with others.
func (c *counter) report(now time.Time) Report {
	r := c.round
	rep := Report{
		Round: r.Code, Revision: r.Revision, Definitions: r.Design.Definitions, Stage: r.Stage,
		Computed: now, Weights: r.Design.Weights, Profiles: make([]Profile, len(c.participants)),
	}
	for i, p := range c.participants {
		rep.Profiles[i] = c.profile(p, c.tallies[i*c.slots():(i+1)*c.slots()])
	}
	return rep
}

// profile makes one municipality's figures of its tallies. Those of all areas
// share their memory: there are thousands of them in a report.
func (c *counter) profile(who survey.Participant, tallies []tally) Profile {
	d := c.round.Design
	areas := len(d.Areas)
	whole := &tallies[areas]
	levels := len(whole.levels)
	p := Profile{Participant: who, Areas: make([]AreaProfile, areas)}
	values := make([]Value, areas*len(rules))
	dists := make([]Distribution, (areas+1)*len(c.scales))
	counts := make([]Level, (areas+1)*levels)
	for i, area := range d.Areas {
		a := AreaProfile{Area: area}
		a.Values, values = cut(values, len(rules))
		a.Distributions, dists = cut(dists, len(c.scales))
		var levelCounts []Level
		levelCounts, counts = cut(counts, levels)
		tallies[i].values(a.Values, d.Weights)
		tallies[i].distributions(a.Distributions, levelCounts, c.scales)
		whole.merge(&tallies[i])
		p.Areas[i] = a
	}
	p.Phone, p.Email = whole.bases[phoneAll], whole.bases[emailAll]
	p.Figures = whole.figures(d)
	p.Distributions = dists
	whole.distributions(p.Distributions, counts, c.scales)
	p.AnswerTimes = whole.answerTimes()
	return p
}

// cut takes the first n elements off a slice.
func cut[T any](s []T, n int) (first, rest []T) { return s[:n:n], s[n:] }

// figures makes the figures of a whole municipality, without comparisons.
func (t *tally) figures(d survey.Design) []Figure {
	values := make([]Value, len(rules))
	t.values(values, d.Weights)
	fs := make([]Figure, len(rules))
	for i, m := range measures {
		fs[i] = Figure{Measure: m.Code, Value: values[i], Small: !m.Impression && values[i].Base < d.SmallBase}
	}
	return fs
}
