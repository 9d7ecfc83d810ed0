package demo

import (
	"math"
	"math/rand/v2"

	"servicematning/internal/survey"
)

// character is what a municipality is like to contact. Values are on the
// logistic scale: 0 is an ordinary municipality, 1 a clearly better one.
type character struct {
	reach     float64 // finding a handläggare who is in
	speed     float64 // the main number answers and connects quickly
	knowledge float64 // answers are right
	warmth    float64 // treatment and interest
	mail      float64 // e-mail is answered, and soon
	autoReply bool    // the mailbox answers by itself
	greeting  float64
}

func characterOf(p survey.Participant, rng *rand.Rand) character {
	small := 0.0
	if p.Population < 15000 {
		small = 0.4 // small places are answered faster
	} else if p.Population > 100000 {
		small = -0.4
	}
	general := rng.NormFloat64() * 0.4
	return character{
		reach:     general + small + rng.NormFloat64()*0.5,
		speed:     small + rng.NormFloat64()*0.5,
		knowledge: general + rng.NormFloat64()*0.4,
		warmth:    general*0.5 + rng.NormFloat64()*0.4,
		mail:      general + rng.NormFloat64()*0.7,
		autoReply: rng.Float64() < 0.6,
		greeting:  rng.NormFloat64() * 0.8,
	}
}

// areaEffect makes some areas harder to reach and to get answers from.
func areaEffect(area survey.QuestionArea) float64 {
	switch area {
	case "bygglov", "individ- och familjeomsorg":
		return -0.5
	case "handikappomsorg", "miljö och hälsa":
		return -0.2
	case "kultur och fritid", "kommunledningskontoret":
		return 0.4
	}
	return 0
}

// hourEffect makes lunch and late afternoons bad times to call.
func hourEffect(minuteOfDay int) float64 {
	switch h := float64(minuteOfDay) / 60; {
	case h < 8.5:
		return -0.3
	case h >= 11.5 && h < 13:
		return -0.9
	case h >= 15.5:
		return -0.6
	case h >= 9 && h < 11:
		return 0.3
	}
	return 0
}

// chance turns a value on the logistic scale into a probability.
func chance(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// draw picks a level: better the higher x is.
func draw(rng *rand.Rand, x float64, scale []survey.Level) survey.LevelCode {
	u := x + logistic(rng)
	cuts := []float64{0.2, -1.3, -2.6} // a three-step scale uses the first two
	if len(scale) == 4 {
		cuts = []float64{1.4, -0.9, -2.6}
	}
	for i := range scale[:len(scale)-1] {
		if u > cuts[i] {
			return scale[i].Code
		}
	}
	return scale[len(scale)-1].Code
}

// logistic draws from the standard logistic distribution.
func logistic(rng *rand.Rand) float64 {
	u := rng.Float64()*0.9998 + 0.0001
	return math.Log(u / (1 - u))
}
