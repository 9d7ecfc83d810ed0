package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

// drawn is a round drawn by lot: the same seed gives the same round.
type drawn struct {
	seed uint64
	rng  *rand.Rand
	in   schedule.Input
}

// draw makes a round of 5–40 municipalities, 3–40 evaluators and 2–6 weeks.
// Most rounds have room, some by little, some too little.
func draw(t testing.TB, seed uint64) drawn {
	d := drawn{seed: seed, rng: rand.New(rand.NewPCG(seed, 1))}
	s := survey.Setup{Round: autumn(t, "2026-11-20")}
	s.Round.Period.From = s.Round.Period.From.AddDays(d.rng.IntN(6))
	s.Round.Period.To = s.Round.Period.From.AddDays(11 + d.rng.IntN(31))
	d.calendar(&s.Round)
	d.municipalities(&s)
	areas(&s, 1+d.rng.IntN(10))
	d.team(&s)
	d.assignments(&s)
	if d.rng.IntN(6) == 0 {
		s.Round.Design.Questions[d.rng.IntN(len(s.Round.Design.Questions))].Withdrawn = true
	}
	d.in = schedule.Input{Setup: s, AllowSameEvaluator: d.rng.IntN(4) > 0}
	return d
}

// String describes the round for whoever wants to look into it.
func (d drawn) String() string {
	s := d.in.Setup
	days := len(s.Round.Calendar.WorkingDays(s.Round.Period.From, s.Round.Period.To))
	return fmt.Sprintf("seed %d: %d municipalities, %d evaluators, %d areas, %d working days from %v, %d kept, from %v",
		d.seed, len(s.Participants), len(s.Evaluators), len(s.Round.Design.Areas), days, s.Round.Period.From,
		len(d.in.Kept), d.in.From)
}

// calendar draws holidays and short days.
func (d drawn) calendar(r *survey.Round) {
	for range d.rng.IntN(4) {
		day := r.Period.From.AddDays(d.rng.IntN(25))
		e := officehours.Exception{Name: "Stängt"}
		if d.rng.IntN(2) == 0 {
			e.Name, e.Hours = "Kort dag", officehours.Hours{Opens: 480, Closes: officehours.Clock(600 + 60*d.rng.IntN(4))}
		}
		r.Calendar = r.Calendar.With(day, e)
	}
}

// municipalities draws who takes part, some with own hours, some late.
func (d drawn) municipalities(s *survey.Setup) {
	all := survey.BundledMunicipalities()
	few := 1 + d.rng.IntN(6) // rounds are rather small than large
	for range 5 + d.rng.IntN(36)/few {
		p := survey.Participant{Municipality: all[d.rng.IntN(len(all))]}
		if d.rng.IntN(4) == 0 {
			p.Hours.Opens = officehours.Clock(480 + 60*d.rng.IntN(6))
			p.Hours.Closes = officehours.Clock(840 + 30*d.rng.IntN(8))
		}
		switch d.rng.IntN(25) {
		case 0:
			p.Joined = s.Round.Period.From.AddDays(d.rng.IntN(15))
		case 1:
			p.Left = s.Round.Period.From.AddDays(d.rng.IntN(15))
		}
		s.PutParticipant(p)
	}
}

// team draws evaluators who together have room for the work and a bit more.
func (d drawn) team(s *survey.Setup) {
	days := max(1, len(s.Round.Calendar.WorkingDays(s.Round.Period.From, s.Round.Period.To)))
	n := 3 + d.rng.IntN(38)/(1+d.rng.IntN(5))
	each := len(s.Participants)*2*len(s.Round.Design.Questions)/(n*days) + 1
	spare := 1 + 3*d.rng.Float64() // how much more room than work
	for e := range n {
		ev := survey.Evaluator{Email: fmt.Sprintf("bed%02d@example.se", e), Name: fmt.Sprintf("Bedömare %d", e+1)}
		ev.CallsPerDay = each + int(spare*d.rng.Float64()*float64(2*each))
		ev.EmailsPerDay = each + int(spare*d.rng.Float64()*float64(2*each))
		switch d.rng.IntN(9) {
		case 0:
			ev.Days = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday}
		case 1:
			ev.From = s.Round.Period.From.AddDays(d.rng.IntN(5))
		case 2:
			ev.To = s.Round.Period.To.AddDays(-d.rng.IntN(5))
		case 3:
			ev.Hours = officehours.Hours{Opens: 480, Closes: officehours.Clock(660 + 60*d.rng.IntN(4))}
		case 4:
			ev.Hours = officehours.Hours{Opens: officehours.Clock(660 + 60*d.rng.IntN(3)), Closes: 1080}
		}
		for range d.rng.IntN(4) {
			ev.Absent = append(ev.Absent, s.Round.Period.From.AddDays(d.rng.IntN(20)))
		}
		s.Evaluators = append(s.Evaluators, ev)
	}
}

// assignments gives each area to a few or many evaluators, some of them for
// single municipalities.
func (d drawn) assignments(s *survey.Setup) {
	s.Assignments = nil
	limited := d.rng.IntN(3) > 0
	for _, a := range s.Round.Design.Areas {
		order := d.rng.Perm(len(s.Evaluators))
		n := len(order)
		if limited {
			n = min(len(order), 2+d.rng.IntN(len(order)))
		}
		for _, e := range order[:n] {
			s.Assignments = append(s.Assignments, survey.Assignment{Area: a, Evaluator: s.Evaluators[e].Email})
		}
		if d.rng.IntN(6) > 0 {
			continue
		}
		for _, p := range s.Participants {
			e := s.Evaluators[d.rng.IntN(len(s.Evaluators))]
			s.Assignments = append(s.Assignments, survey.Assignment{Area: a, Evaluator: e.Email, Municipality: p.Code})
		}
	}
}

// midway keeps the first part of a plan: made, some begun, some voided, and a
// few made ahead of time. The rest is to be planned from then on.
func (d drawn) midway(plan schedule.Schedule) drawn {
	d.in.Kept = nil
	d.in.From = plan.Contacts[d.rng.IntN(len(plan.Contacts)*2/3)].PlannedAt
	for i, c := range plan.Contacts {
		if !c.PlannedAt.Before(d.in.From) && i%37 != 0 {
			continue
		}
		c.State = survey.Submitted
		switch {
		case i%29 == 0:
			c.Disposition = survey.Void // before anything was done
		case i%23 == 0:
			c.Disposition, c.Attempts = survey.Void, []survey.Attempt{{Dialled: c.PlannedAt, Outcome: survey.Busy}}
		case i%5 == 0:
			c.State, c.Attempts = survey.Begun, []survey.Attempt{{Dialled: c.PlannedAt, Outcome: survey.Busy}}
		case c.Channel == survey.Email:
			c.Mail.Sent = c.PlannedAt
		default:
			c.Attempts = []survey.Attempt{{Dialled: c.PlannedAt, Outcome: survey.Reached}}
		}
		d.in.Kept = append(d.in.Kept, c)
	}
	return d
}

// mild makes a whole round with room enough and one or two of the things that
// make rounds unequal in practice.
func mild(t testing.TB, seed uint64) drawn {
	d := drawn{seed: seed, rng: rand.New(rand.NewPCG(seed, 2))}
	evaluators := 6 + d.rng.IntN(15)
	s := setup(t, 5+d.rng.IntN(36), evaluators, 0, 0)
	s.Round.Period.To = s.Round.Period.To.AddDays(7 * (d.rng.IntN(3) - 1))
	days := len(s.Round.Calendar.WorkingDays(s.Round.Period.From, s.Round.Period.To))
	perDay := 2 + len(s.Participants)*120*2/(days*evaluators)
	for e := range s.Evaluators {
		s.Evaluators[e].CallsPerDay, s.Evaluators[e].EmailsPerDay = perDay, perDay
	}
	for range 1 + d.rng.IntN(2) {
		unequal := inequalities[d.rng.IntN(len(inequalities))]
		unequal(d.rng, &s)
	}
	d.in = schedule.Input{Setup: s}
	return d
}

// inequalities are what makes rounds unequal.
var inequalities = []func(*rand.Rand, *survey.Setup){
	func(*rand.Rand, *survey.Setup) {}, // nothing does
	func(_ *rand.Rand, s *survey.Setup) { // part-time evaluators
		for e := 0; e < len(s.Evaluators); e += 3 {
			s.Evaluators[e].CallsPerDay /= 2
			s.Evaluators[e].EmailsPerDay /= 2
		}
	},
	func(_ *rand.Rand, s *survey.Setup) { // better at one channel
		for e := range s.Evaluators {
			s.Evaluators[e].CallsPerDay -= e % 2 * s.Evaluators[e].CallsPerDay / 3
			s.Evaluators[e].EmailsPerDay -= (e + 1) % 2 * s.Evaluators[e].EmailsPerDay / 3
		}
	},
	func(_ *rand.Rand, s *survey.Setup) { // half of the areas each
		s.Assignments = slices.DeleteFunc(s.Assignments, func(a survey.Assignment) bool {
			e := slices.IndexFunc(s.Evaluators, func(e survey.Evaluator) bool { return e.Email == a.Evaluator })
			return (slices.Index(s.Round.Design.Areas, a.Area)+e)%2 == 0
		})
	},
	func(rng *rand.Rand, s *survey.Setup) { // a holiday
		day := s.Round.Period.From.AddDays(rng.IntN(14))
		s.Round.Calendar = s.Round.Calendar.With(day, officehours.Exception{Name: "Stängt"})
	},
	func(rng *rand.Rand, s *survey.Setup) { // a short day
		day := s.Round.Period.From.AddDays(7*rng.IntN(2) + rng.IntN(5))
		short := officehours.Exception{Name: "Kort dag", Hours: officehours.Hours{Opens: 480, Closes: 720}}
		s.Round.Calendar = s.Round.Calendar.With(day, short)
	},
	func(rng *rand.Rand, s *survey.Setup) { // absences
		for e := range s.Evaluators {
			for range rng.IntN(3) {
				s.Evaluators[e].Absent = append(s.Evaluators[e].Absent, s.Round.Period.From.AddDays(rng.IntN(25)))
			}
		}
	},
	func(_ *rand.Rand, s *survey.Setup) { // short weeks
		for e := 0; e < len(s.Evaluators); e += 4 {
			s.Evaluators[e].Days = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday}
		}
	},
	func(rng *rand.Rand, s *survey.Setup) { // municipalities' own hours
		for i := range s.Participants {
			if rng.IntN(4) == 0 {
				s.Participants[i].Hours = officehours.Hours{Opens: 540, Closes: 960}
			}
		}
	},
	func(_ *rand.Rand, s *survey.Setup) { // evaluators' own hours
		for e := 0; e < len(s.Evaluators); e += 4 {
			s.Evaluators[e].Hours = officehours.Hours{Opens: 480, Closes: 780}
		}
	},
	func(_ *rand.Rand, s *survey.Setup) { // a late joiner
		s.Participants[1].Joined = s.Round.Period.From.AddDays(7)
	},
}
