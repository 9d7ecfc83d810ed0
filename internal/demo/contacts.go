package demo

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Fill lets the planned contacts happen as they might until now: what was
// planned later stays planned, a few are late, and e-mails wait for replies
// that would come after now. Each contact's fate depends on the seed and the
// contact alone, so a day more of demonstration does not change the days before.
func Fill(set survey.Setup, contacts []survey.Contact, seed uint64, now time.Time) {
	characters := map[string]character{}
	for _, p := range set.Participants {
		// A municipality is much the same from year to year: no seed here.
		characters[p.Code] = characterOf(p, source(1, p.Code))
	}
	for i := range contacts {
		c := &contacts[i]
		rng := source(seed, c.Municipality+c.Question+string(c.Channel)+string(rune('0'+c.Replicate)))
		start := c.PlannedAt.Add(time.Duration(rng.IntN(300)) * time.Second)
		if start.After(now) || rng.Float64() < 0.02 && now.Sub(c.PlannedAt) < 60*time.Hour {
			continue
		}
		s := simulation{rng: rng, who: characters[c.Municipality], round: set.Round, now: now}
		if c.Channel == survey.Phone {
			s.call(c, start)
		} else {
			s.email(c, start)
		}
	}
}

func source(seed uint64, key string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key))
	return rand.New(rand.NewPCG(seed, h.Sum64())) //nolint:gosec // a repeatable demonstration, nothing secret
}

// simulation is one contact under way.
type simulation struct {
	rng   *rand.Rand
	who   character
	round survey.Round
	now   time.Time
}

// unreached are the ways to miss a handläggare, with how common each is.
var unreached = []struct {
	outcome survey.Outcome
	weight  float64
}{
	{survey.Unavailable, 40}, {survey.NoAnswer, 18}, {survey.Voicemail, 14}, {survey.QueueLimit, 10},
	{survey.Referred, 8}, {survey.Busy, 6}, {survey.Bounced, 3}, {survey.ClosedNow, 1},
}

// call makes one attempt.
func (s simulation) call(c *survey.Contact, dialled time.Time) {
	local := dialled.In(officehours.Stockholm)
	ease := s.who.reach + areaEffect(c.Area) + hourEffect(local.Hour()*60+local.Minute())
	a := survey.Attempt{Dialled: dialled}
	answer := s.seconds(9, 0.5, s.who.speed)
	if s.rng.Float64() < chance(ease+1.1) {
		s.reach(c, &a, answer, ease)
		c.Disposition = survey.Completed
	} else {
		s.miss(&a, answer)
		c.Disposition = survey.NoContact
	}
	c.Attempts = []survey.Attempt{a}
	c.State, c.SubmittedAt = survey.Submitted, a.Ended.Add(90*time.Second)
	if s.rng.Float64() < 0.004 {
		c.Suspected, c.SuspectedWhy = true, "Frågade om samtalet var en undersökning."
	}
}

func (s simulation) reach(c *survey.Contact, a *survey.Attempt, answer time.Duration, ease float64) {
	wait := answer + s.seconds(24, 0.7, s.who.speed+ease*0.3)
	if limit := s.round.Design.WaitLimit; wait > limit {
		wait = limit
	}
	a.Answered = a.Dialled.Add(answer)
	if wait > answer+8*time.Second {
		a.Forwarded = []time.Time{a.Answered.Add(5 * time.Second)}
	}
	a.Connected = a.Dialled.Add(wait)
	a.Ended = a.Connected.Add(s.seconds(110, 0.5, 0))
	a.Outcome = survey.Reached
	a.Greeting = s.greet()
	a.Ratings = s.rate(survey.Phone, c.Area)
}

func (s simulation) miss(a *survey.Attempt, answer time.Duration) {
	a.Outcome = s.missOutcome()
	switch a.Outcome {
	case survey.NoAnswer:
		a.Ended = a.Dialled.Add(s.round.Design.WaitLimit)
	case survey.Busy, survey.ClosedNow:
		a.Ended = a.Dialled.Add(answer)
	case survey.QueueLimit:
		a.Answered = a.Dialled.Add(answer)
		a.Greeting = s.greet()
		a.Ended = a.Dialled.Add(s.round.Design.WaitLimit)
	default:
		a.Answered = a.Dialled.Add(answer)
		a.Greeting = s.greet()
		a.Ended = a.Answered.Add(s.seconds(45, 0.5, 0))
	}
	if a.Outcome == survey.Referred {
		a.Note = "Hänvisades till webbplatsen."
	}
}

func (s simulation) missOutcome() survey.Outcome {
	u := s.rng.Float64() * 100
	for _, m := range unreached {
		if u -= m.weight; u < 0 {
			return m.outcome
		}
	}
	return survey.Unavailable
}

// greet draws what was said when the main number answered.
func (s simulation) greet() survey.Greeting {
	g := survey.SaidMunicipality
	if s.rng.Float64() < chance(1.6+s.who.greeting) {
		g |= survey.SaidHello
	}
	if s.rng.Float64() < chance(1.0+s.who.greeting) {
		g |= survey.SaidName
	}
	return g
}

// rate draws a rating on every criterion of the channel; one contact's
// ratings hang together.
func (s simulation) rate(ch survey.Channel, area survey.QuestionArea) survey.Ratings {
	var r survey.Ratings
	mood := s.rng.NormFloat64() * 0.5
	for _, c := range s.round.Design.CriteriaFor(ch) {
		x := mood
		switch c.Code {
		case survey.Answer:
			x += 1.6 + s.who.knowledge + areaEffect(area)*0.5
		case survey.Information:
			x += 0.4 + s.who.knowledge
		case survey.Interest:
			x += 1.2 + s.who.warmth
		case survey.Treatment:
			x += 1.5 + s.who.warmth
		}
		r.Set(c.Code, draw(s.rng, x, c.Scale))
	}
	return r
}

// email sends one e-mail and lets the replies come.
func (s simulation) email(c *survey.Contact, sent time.Time) {
	cal := s.round.Calendar
	c.Mail.Sent, c.State = sent, survey.Begun
	if auto := sent.Add(time.Duration(20+s.rng.IntN(60)) * time.Second); s.who.autoReply && auto.Before(s.now) {
		c.Mail.AutoReply = auto
	}
	replies := s.rng.Float64() < chance(2.6+s.who.mail+areaEffect(c.Area)*0.6)
	hours := math.Exp(math.Log(3.2) - s.who.mail*0.8 + s.rng.NormFloat64()*1.1)
	office := time.Duration(hours * float64(time.Hour)).Round(time.Second)
	if !replies || office > s.round.Design.ReplyCutoff {
		if s.round.PastCutoff(sent, s.now) {
			c.State, c.Disposition = survey.Submitted, survey.NoReply
			c.SubmittedAt = cal.Add(sent, s.round.Design.ReplyCutoff)
		}
		return
	}
	first := cal.Add(sent, office)
	complete := first
	if s.rng.Float64() < 0.06 {
		complete = cal.Add(first, time.Duration(2+s.rng.IntN(9))*time.Hour)
	}
	// The evaluator looks at replies a little after they come.
	if complete.Add(2 * time.Hour).After(s.now) {
		return
	}
	c.Mail.FirstReply, c.Mail.CompleteReply = first, complete
	c.Mail.Ratings = s.rate(survey.Email, c.Area)
	c.Mail.Sender = s.signature()
	c.State, c.Disposition, c.SubmittedAt = survey.Submitted, survey.Completed, complete.Add(90*time.Minute)
}

func (s simulation) signature() survey.Sender {
	g := survey.GaveName
	if s.rng.Float64() < 0.85 {
		g |= survey.GaveTitle
	}
	if s.rng.Float64() < 0.75 {
		g |= survey.GavePhone
	}
	return g
}

// seconds draws a log-normal time with the median given, shorter the better
// the municipality.
func (s simulation) seconds(median, spread, better float64) time.Duration {
	x := math.Log(median) - better*0.5 + s.rng.NormFloat64()*spread
	return time.Duration(1+math.Exp(x)) * time.Second
}
