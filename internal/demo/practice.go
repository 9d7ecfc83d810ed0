package demo

import (
	"math/rand/v2"

	"servicematning/internal/survey"
)

// Practise lets most of the team answer practice contacts as people do: mostly
// as the key, otherwise a step beside it, each with a lean of their own. The
// first of them is in the middle of it, and every third has not begun.
func Practise(d survey.Design, list []survey.PracticeContact, team []survey.Evaluator,
	seed uint64) []survey.PracticeAnswer {
	var answers []survey.PracticeAnswer
	for i, e := range team {
		rng := source(seed, "practice"+e.Email)
		t := trainee{rng: rng, design: d, skill: 0.72 + 0.25*rng.Float64(), mild: rng.Float64()}
		for k, p := range list {
			if i%3 == 2 || i == 0 && k%2 == 1 {
				continue
			}
			answers = append(answers, survey.PracticeAnswer{Practice: p.ID, By: e.Email, Given: t.judge(p)})
		}
	}
	return answers
}

// trainee is an evaluator who practises.
type trainee struct {
	rng    *rand.Rand
	design survey.Design
	skill  float64 // how often a level is the key's
	mild   float64 // how often it is the better one otherwise
}

func (t trainee) judge(p survey.PracticeContact) survey.Judgement {
	given := p.Key
	for _, point := range p.Points(t.design) {
		if t.rng.Float64() < t.skill {
			continue
		}
		switch point {
		case survey.OutcomePoint: // which is seldom mistaken
		case survey.GreetingPoint:
			given.Greeting ^= survey.SaidHello
		case survey.SenderPoint:
			given.Sender ^= survey.GaveTitle
		default:
			c, _ := point.Criterion(t.design, p.Channel)
			given.Ratings.Set(c.Code, t.beside(c, p.Key.Ratings.Of(c.Code)))
		}
	}
	return given
}

// beside is a level one step from the key's.
func (t trainee) beside(c survey.Criterion, key survey.LevelCode) survey.LevelCode {
	step := c.Step(key)
	if up := t.rng.Float64() < t.mild; up && step > 0 || step == len(c.Scale)-1 {
		return c.Scale[step-1].Code
	}
	return c.Scale[step+1].Code
}
