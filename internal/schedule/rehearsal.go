package schedule

import (
	"math/rand/v2"
	"slices"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Assumptions are what a rehearsal supposes about the fieldwork. Shares are
// fractions 0–1.
type Assumptions struct {
	ReachedFirst float64 // of first dials that reach a handläggare
	ReachedAgain float64 // of later dials
	Answered     float64 // of dials that are answered at the main number, those that reach somebody included
	Retried      float64 // of dials that miss and may be made again, while attempts are left
	Ill          float64 // of an evaluator's working days
	IllDays      float64 // how many working days an illness lasts on average, at least 1
	Speed        float64 // of the daily capacity that is used at the most
	Replied      float64 // of e-mails that a person ever replies to
	ReplyHours   float64 // median office time to the reply
}

// Rehearsal is the work that is left and those who are to do it.
type Rehearsal struct {
	Setup survey.Setup
	Work  []survey.Work    // what nothing has been done to
	From  officehours.Date // the first day that is rehearsed
	Part  float64          // of that day which is left, 0–1
}

// Rehearsed is how the fieldwork went in all the runs.
type Rehearsed struct {
	Runs     int
	Finish   []FinishDay // in order; the days on which some run was done
	Never    int         // runs that were not done within lastDays working days after the period
	InPeriod float64     // share of the runs that were done on the period's last day or before
	Dials    float64     // per call, on average
	// OnTime holds, per run, the part of the work that was made before the
	// period ended, per channel: calls and e-mails.
	OnTime map[survey.Channel][]float64
}

// FinishDay is how many runs were done by the end of a day and not before.
type FinishDay struct {
	Date officehours.Date
	Runs int
}

// Quantile is the first day by which the share of all runs was done; zero when
// fewer were ever done.
func (r Rehearsed) Quantile(share float64) officehours.Date {
	done := 0
	for _, f := range r.Finish {
		if done += f.Runs; float64(done) >= share*float64(r.Runs) {
			return f.Date
		}
	}
	return officehours.Date{}
}

// lastDays is how long after the period the work may go on in a rehearsal.
const lastDays = 40

// Rehearse carries out the work that is left in each of the runs, day by day
// and evaluator by evaluator.
//
// A day begins with the work planned for it lying with its evaluators, on top
// of what is left from before. Who is at work makes as many calls, counting
// every dial, and as many e-mails as the capacity times Speed allows. Illness
// comes and goes as a Markov chain that starts in its long-run shares. What
// then is left with those who are away or have too much is taken by colleagues
// who may take the area and have room left, as a lead would have it. Nobody works ahead of
// the plan. After the period the team goes on as on its last days.
func Rehearse(in Rehearsal, a Assumptions, runs int, seed uint64) Rehearsed {
	s := newStage(in, a)
	out := Rehearsed{Runs: runs, OnTime: map[survey.Channel][]float64{}}
	finish := make([]int, len(s.days)+1)
	dials, calls := 0, 0
	for run := range runs {
		//nolint:gosec // a rehearsal must be repeatable, nothing is secret
		s.rng = rand.New(rand.NewPCG(seed, uint64(run)))
		day := s.run()
		finish[day]++
		dials, calls = dials+s.dials, calls+s.total[phone]
		for ch := range channels {
			out.OnTime[channelCode[ch]] = append(out.OnTime[channelCode[ch]], s.onTime(ch))
		}
		if day < s.inPeriod {
			out.InPeriod += 1 / float64(runs)
		}
	}
	for i, n := range finish[:len(s.days)] {
		if n > 0 {
			out.Finish = append(out.Finish, FinishDay{s.days[i].date, n})
		}
	}
	out.Never = finish[len(s.days)]
	if calls > 0 {
		out.Dials = float64(dials) / float64(calls)
	}
	return out
}

// stage is where the runs of one rehearsal are played.
type stage struct {
	Assumptions
	days     []stageDay
	inPeriod int // of the days
	evals    []stageEvaluator
	total    [channels]int
	attempts int

	// The state of the run.
	rng      *rand.Rand
	ill      []bool
	queues   [channels][]queue // by evaluator × area
	left     [channels]int
	dials    int
	leftAt   [channels]int // when the period ended
	areas    int
	takers   [][]int // area → the evaluators that may take it
	capacity [channels][]int
}

// queue is work of one evaluator in one area by how many dials it has had.
type queue [3]int

// arrival is work that comes to an evaluator's desk on a day.
type arrival struct{ evaluator, area, channel, n int }

type stageDay struct {
	date     officehours.Date
	part     float64
	arrivals []arrival
}

type stageEvaluator struct {
	survey.Evaluator
	working []bool // by day
}

// newStage sets up what all runs share.
func newStage(in Rehearsal, a Assumptions) *stage {
	r := in.Setup.Round
	s := &stage{Assumptions: a, attempts: min(max(r.Design.MaxAttempts, 1), len(queue{}))}
	end := r.Period.To
	for d := in.From; !d.After(end) || len(s.days) < s.inPeriod+lastDays; d = d.AddDays(1) {
		if d.Year > end.Year+1 {
			break // a calendar that is never open
		}
		if !r.Calendar.WorkingDay(d) {
			continue
		}
		part := 1.0
		if d == in.From {
			part = in.Part
		}
		s.days = append(s.days, stageDay{date: d, part: part})
		if !d.After(end) {
			s.inPeriod = len(s.days)
		}
	}
	for _, e := range in.Setup.Evaluators {
		s.evals = append(s.evals, newStageEvaluator(e, s.days, end))
	}
	s.readWork(in)
	return s
}

// newStageEvaluator tells on which days somebody works. After the period the
// weekdays alone say so, but for those who left before its end.
func newStageEvaluator(e survey.Evaluator, days []stageDay, end officehours.Date) stageEvaluator {
	out := stageEvaluator{Evaluator: e, working: make([]bool, len(days))}
	stays := e
	if e.To.IsZero() || !e.To.Before(end) {
		stays.From, stays.To, stays.Absent = officehours.Date{}, officehours.Date{}, nil
	}
	for i, d := range days {
		if d.date.After(end) {
			out.working[i] = stays.Works(d.date)
		} else {
			out.working[i] = e.Works(d.date)
		}
	}
	return out
}

// readWork lays the work on the days it is planned for; what was planned
// before the first day lies there from the start. Work of somebody who is not
// in the team waits for the colleagues.
func (s *stage) readWork(in Rehearsal) {
	index, areas := map[string]int{}, map[survey.QuestionArea]int{}
	for i, e := range s.evals {
		index[e.Email] = i
	}
	for i, a := range in.Setup.Round.Design.Areas {
		areas[a] = i
	}
	s.areas = len(in.Setup.Round.Design.Areas) + 1 // the last: areas that are no longer the round's
	s.takers = make([][]int, s.areas)
	for _, a := range in.Setup.Assignments {
		area, known := areas[a.Area]
		if e, ok := index[a.Evaluator]; ok && known && !slices.Contains(s.takers[area], e) {
			s.takers[area] = append(s.takers[area], e)
		}
	}
	for i := range s.evals {
		s.takers[s.areas-1] = append(s.takers[s.areas-1], i)
	}
	for _, w := range in.Work {
		e, ok := index[w.Evaluator]
		if !ok {
			e = len(s.evals)
		}
		area, ok := areas[w.Area]
		if !ok {
			area = s.areas - 1
		}
		ch := channelIndex(w.Channel)
		s.total[ch] += w.N
		if len(s.days) == 0 {
			continue
		}
		day := 0
		for day+1 < len(s.days) && !s.days[day+1].date.After(w.Day) {
			day++
		}
		s.days[day].arrivals = append(s.days[day].arrivals, arrival{e, area, ch, w.N})
	}
	for ch := range channels {
		s.queues[ch] = make([]queue, (len(s.evals)+1)*s.areas)
		s.capacity[ch] = make([]int, len(s.evals))
	}
	s.ill = make([]bool, len(s.evals))
}

// onTime is the part of a channel's work that was made before the period ended.
func (s *stage) onTime(ch int) float64 {
	if s.total[ch] == 0 {
		return 1
	}
	return 1 - float64(s.leftAt[ch])/float64(s.total[ch])
}
