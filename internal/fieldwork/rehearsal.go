package fieldwork

import (
	"cmp"
	"context"
	"slices"

	"servicematning/internal/officehours"
	"servicematning/internal/results"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// RehearsalRequest says what to suppose; nil: the defaults of the round.
type RehearsalRequest struct {
	Assumptions *schedule.Assumptions
	Seed        uint64
}

// RehearsalView is what a rehearsal tells of a round.
type RehearsalView struct {
	Setup       survey.Setup
	Assumptions schedule.Assumptions
	Defaults    schedule.Assumptions
	Previous    string // code of the round that the defaults come from, "" without one
	From        officehours.Date
	Left        int // contacts that are still to be made
	Made        int // and those that are
	Outcome     schedule.Rehearsed
	Bases       []MunicipalityBases // every participant, by code
	Measures    []ExpectedMeasure   // of a typical municipality: the median of those that take part
}

// MunicipalityBases are the contacts that a municipality's figures will rest on.
type MunicipalityBases struct {
	Participant survey.Participant
	Planned     map[survey.Channel]int
	Bases       map[results.Population]schedule.Base
	// Outside: a channel's low base is under the round's MinBase, so the
	// municipality may lose its places and its part in the means.
	Outside bool
	last    *results.Profile // from the previous round; nil: it did not take part
}

// ExpectedMeasure is how exact a measure will be.
type ExpectedMeasure struct {
	Measure results.Measure
	Base    schedule.Base
	Small   bool // the low base is under the round's SmallBase: the figure is marked and has no place
	// Width is how many percentage points wide the 95 % interval of a share is
	// on the mean base when the share is 50 %, where it is widest; WidthLast
	// when it is as the round before, Last. Only shares have them.
	Width, Last, WidthLast results.Optional
}

// rehearsalRuns is how many times the fieldwork is gone through.
const rehearsalRuns = 400

// Rehearsal goes through what is left of a round's fieldwork many times.
// Without a plan nothing is left. ErrConflict: the fieldwork is over.
func (s *Service) Rehearsal(ctx context.Context, by survey.User, code string,
	req RehearsalRequest) (RehearsalView, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return RehearsalView{}, err
	}
	set, err := s.Store.Setup(ctx, code)
	if err != nil {
		return RehearsalView{}, err
	}
	r := set.Round
	if r.Stage != survey.Draft && r.Stage != survey.Fieldwork {
		return RehearsalView{}, survey.Refuse(survey.ErrConflict,
			"Fältarbetet i omgång "+code+" är slut. Det finns inget kvar att simulera.")
	}
	pic, err := s.picture(ctx, r)
	if err != nil {
		return RehearsalView{}, err
	}
	work, err := s.Store.Work(ctx, r.ID)
	if err != nil {
		return RehearsalView{}, err
	}
	previous, err := s.previous(ctx, r)
	if err != nil {
		return RehearsalView{}, err
	}
	v := RehearsalView{Setup: set, Defaults: defaultAssumptions(previous)}
	if previous != nil {
		v.Previous = previous.Round
	}
	v.Assumptions = v.Defaults
	if req.Assumptions != nil {
		v.Assumptions = *req.Assumptions
	}
	v.play(work, pic, req.Seed)
	v.expect(pic, previous)
	return v, nil
}

// play rehearses the work from now on, or from the period's first day.
func (v *RehearsalView) play(work []survey.Work, pic picture, seed uint64) {
	r := v.Setup.Round
	in := schedule.Rehearsal{Setup: v.Setup, Work: work, From: r.Period.From, Part: 1}
	if today := officehours.DateOf(pic.at); today.After(in.From) {
		in.From, in.Part = today, partLeft(r.Calendar, today, pic.at)
	}
	v.From = in.From
	for _, w := range work {
		v.Left += w.N
	}
	v.Outcome = schedule.Rehearse(in, v.Assumptions, rehearsalRuns, seed)
}

// untold is what is supposed where no earlier round tells: a municipality that
// is rather hard to reach, and a team as most are.
var untold = schedule.Assumptions{
	ReachedFirst: 0.70, ReachedAgain: 0.50, Answered: 0.92, Retried: 0.85, Ill: 0.03, IllDays: 3, Speed: 1,
	Replied: 0.85, ReplyHours: 6,
}

// defaultAssumptions takes what the previous round's results tell. Illness,
// speed and retries are in no result.
func defaultAssumptions(previous *results.Report) schedule.Assumptions {
	a := untold
	if previous == nil {
		return a
	}
	var reached, answered, replied ratio
	var hours []float64
	for i := range previous.Profiles {
		p := &previous.Profiles[i]
		first, greeting := figureOf(p, "phone_reached_first"), figureOf(p, "phone_greeting")
		reached.add(first.Count, first.Base)
		answered.add(greeting.Base, first.Base)
		mail, time := figureOf(p, "email_replied"), figureOf(p, "email_reply_time")
		replied.add(mail.Count, mail.Base)
		if time.Result.Known {
			hours = append(hours, time.Result.Value)
		}
	}
	a.ReachedFirst, a.Answered = reached.or(a.ReachedFirst), answered.or(a.Answered)
	a.Replied = replied.or(a.Replied)
	if len(hours) > 0 {
		slices.Sort(hours)
		a.ReplyHours = max(0.1, hours[len(hours)/2])
	}
	return a
}

func figureOf(p *results.Profile, code string) results.Figure {
	f, _ := p.Figure(code)
	return f
}

// ratio is some out of all.
type ratio struct{ some, all int }

func (r *ratio) add(some, all int) { r.some, r.all = r.some+some, r.all+all }

func (r ratio) or(otherwise float64) float64 {
	if r.all == 0 {
		return otherwise
	}
	return float64(r.some) / float64(r.all)
}

// expect works out the bases of every municipality, and of every measure.
func (v *RehearsalView) expect(pic picture, previous *results.Report) {
	d := v.Setup.Round.Design
	planned, made := map[string]map[survey.Channel]int{}, map[survey.Channel]int{}
	all := map[survey.Channel]int{}
	for _, c := range pic.places {
		if c.By != survey.ByMunicipality {
			continue
		}
		if planned[c.Key] == nil {
			planned[c.Key] = map[survey.Channel]int{}
		}
		planned[c.Key][c.Channel] += c.Planned
		all[c.Channel] += c.Planned
		made[c.Channel] += c.Made()
		v.Made += c.Made()
	}
	onTime := v.made(all, made)
	chances := schedule.ChancesOf(v.Assumptions, d)
	for _, p := range v.Setup.Participants {
		m := MunicipalityBases{Participant: p, Planned: planned[p.Code], Bases: map[results.Population]schedule.Base{}}
		own := chances
		if previous != nil {
			if last, ok := previous.Profile(p.Code); ok {
				m.last = &last
				own = ownChances(chances, schedule.ChancesOf(v.Defaults, d), &last)
			}
		}
		for _, pop := range results.Populations {
			ch, chance := populationChance(pop, own)
			m.Bases[pop] = schedule.ExpectedBase(m.Planned[ch], chance, onTime[ch])
		}
		m.Outside = m.Bases[results.AllCalls].Low < d.MinBase || m.Bases[results.AllEmails].Low < d.MinBase
		v.Bases = append(v.Bases, m)
	}
	v.Measures = v.measures(previous)
}

// made is, per run and channel, the part of all contacts that is made before
// the period ends: what is made now, and what the run made of the rest.
func (v *RehearsalView) made(all, made map[survey.Channel]int) map[survey.Channel][]float64 {
	parts := map[survey.Channel][]float64{}
	for ch, runs := range v.Outcome.OnTime {
		done := 1.0
		if all[ch] > 0 {
			done = float64(made[ch]) / float64(all[ch])
		}
		for _, part := range runs {
			parts[ch] = append(parts[ch], done+(1-done)*part)
		}
	}
	return parts
}

// populationChance is how likely a contact is to be in the population.
func populationChance(pop results.Population, c schedule.Chances) (survey.Channel, float64) {
	switch pop {
	case results.ReachedCalls:
		return survey.Phone, c.Reached
	case results.AnsweredCalls:
		return survey.Phone, c.Answered
	case results.RepliedEmails:
		return survey.Email, c.Replied
	case results.AllEmails:
		return survey.Email, 1
	case results.AllCalls:
	}
	return survey.Phone, 1
}

// priorContacts is how many contacts of the general share an own share from
// the round before is weighed against: one municipality's 120 contacts tell
// much of it, but not all.
const priorContacts = 20

// ownChances are a municipality's own, as far as the round before tells: its
// odds differ from the general ones as they did then.
func ownChances(general, then schedule.Chances, last *results.Profile) schedule.Chances {
	calls, mails := figureOf(last, "phone_reached_first").Base, figureOf(last, "email_replied")
	shift := func(now, before float64, some, all int) float64 {
		own := (float64(some) + priorContacts*before) / float64(all+priorContacts)
		return fromOdds(odds(now) * odds(own) / odds(before))
	}
	return schedule.Chances{
		Reached:  shift(general.Reached, then.Reached, figureOf(last, "phone_treatment").Base, calls),
		Answered: shift(general.Answered, then.Answered, figureOf(last, "phone_greeting").Base, calls),
		Replied:  shift(general.Replied, then.Replied, mails.Count, mails.Base),
	}
}

// odds keeps away from the ends, where they are not finite.
func odds(share float64) float64 {
	const edge = 0.0005
	share = min(1-edge, max(edge, share))
	return share / (1 - share)
}

func fromOdds(o float64) float64 { return o / (1 + o) }

// Of gives the measures of one municipality; ok is false when it does not
// take part.
func (v RehearsalView) Of(code string) (ms []ExpectedMeasure, ok bool) {
	i := slices.IndexFunc(v.Bases, func(m MunicipalityBases) bool { return m.Participant.Code == code })
	if i < 0 {
		return nil, false
	}
	m := v.Bases[i]
	return v.expected(m.Bases, func(code string) results.Optional {
		if m.last == nil {
			return results.Optional{}
		}
		return figureOf(m.last, code).Result
	}), true
}

// measures are those of a typical municipality: the medians of the bases, and
// the mean of all values of the round before.
func (v *RehearsalView) measures(previous *results.Report) []ExpectedMeasure {
	if len(v.Bases) == 0 {
		return nil
	}
	typical := map[results.Population]schedule.Base{}
	for _, pop := range results.Populations {
		var bases []schedule.Base
		for _, m := range v.Bases {
			bases = append(bases, m.Bases[pop])
		}
		slices.SortFunc(bases, func(a, b schedule.Base) int { return cmp.Compare(a.Mean, b.Mean) })
		typical[pop] = bases[len(bases)/2]
	}
	return v.expected(typical, func(code string) results.Optional {
		if previous == nil || len(previous.Profiles) == 0 {
			return results.Optional{}
		}
		return figureOf(&previous.Profiles[0], code).Means.All
	})
}

// expected says of every measure with a base what it will rest on.
func (v *RehearsalView) expected(bases map[results.Population]schedule.Base,
	last func(code string) results.Optional) []ExpectedMeasure {
	var list []ExpectedMeasure
	for _, m := range results.Measures() {
		pop, ok := results.BaseOf(m.Code)
		if !ok {
			continue
		}
		e := ExpectedMeasure{Measure: m, Base: bases[pop], Small: bases[pop].Low < v.Setup.Round.Design.SmallBase}
		if m.Share && e.Base.Mean > 0 {
			e.Width = percentPoints(results.ShareWidth(0.5, e.Base.Mean))
			if e.Last = last(m.Code); e.Last.Known {
				e.WidthLast = percentPoints(results.ShareWidth(e.Last.Value/100, e.Base.Mean))
			}
		}
		list = append(list, e)
	}
	return list
}

func percentPoints(share float64) results.Optional {
	return results.Optional{Value: 100 * share, Known: true}
}
