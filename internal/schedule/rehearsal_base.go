package schedule

import (
	"cmp"
	"math"
	"slices"
	"time"

	"servicematning/internal/survey"
)

// Chances are the probabilities that a contact enters the base of a measure.
type Chances struct {
	Reached  float64 // a handläggare in any attempt
	Answered float64 // the main number answered in any attempt
	Replied  float64 // a person replied within the cut-off
}

// replySpread is the standard deviation of the logarithm of reply times, which
// are taken to be log-normal: most replies come soon and a few very late.
const replySpread = 1.1

// ChancesOf works out what the assumptions mean for one contact, with the
// round's attempts and cut-off.
func ChancesOf(a Assumptions, d survey.Design) Chances {
	c := Chances{Replied: a.Replied * withinCutoff(a.ReplyHours, d.ReplyCutoff)}
	missed, silent := 1.0, 1.0 // no attempt so far reached anybody; was answered
	for k := range max(1, d.MaxAttempts) {
		reached := a.ReachedFirst
		if k > 0 {
			reached = a.ReachedAgain
			missed, silent = missed*a.Retried, silent*a.Retried
		}
		c.Reached += missed * reached
		c.Answered += silent * max(a.Answered, reached)
		missed, silent = missed*(1-reached), silent*(1-max(a.Answered, reached))
	}
	return c
}

// withinCutoff is the part of the replies that come before the cut-off.
func withinCutoff(median float64, cutoff time.Duration) float64 {
	if median <= 0 {
		return 1
	}
	return 0.5 * math.Erfc(-(math.Log(cutoff.Hours()/median))/(replySpread*math.Sqrt2))
}

// Base is how many contacts a figure is expected to rest on.
type Base struct {
	Mean float64
	Low  int // with 95 % chance it is at least this
}

// ExpectedBase is the base that n contacts give when each enters it with the
// chance p, provided that it is made: onTime holds, per run of a rehearsal,
// the part that is. The distribution is the mean of the runs' binomials.
func ExpectedBase(n int, p float64, onTime []float64) Base {
	if n == 0 || len(onTime) == 0 {
		return Base{}
	}
	shares := grouped(onTime)
	b, cumulated := Base{Low: n}, make([]float64, n+1)
	for _, s := range shares {
		chance := p * s.part
		b.Mean += s.weight * float64(n) * chance
		sum := 0.0
		for k := range n + 1 {
			sum += binomial(n, k, chance)
			cumulated[k] += s.weight * sum
		}
	}
	for k, c := range cumulated {
		if c > 0.05 {
			b.Low = k
			break
		}
	}
	return b
}

// weighted is a part with how common it is.
type weighted struct{ part, weight float64 }

// grouped counts equal parts, to a tenth of a per cent.
func grouped(parts []float64) []weighted {
	var list []weighted
	for _, p := range parts {
		p = math.Round(p*1000) / 1000
		i, found := slices.BinarySearchFunc(list, p, func(w weighted, x float64) int { return cmp.Compare(w.part, x) })
		if !found {
			list = slices.Insert(list, i, weighted{part: p})
		}
		list[i].weight += 1 / float64(len(parts))
	}
	return list
}

// binomial is the chance that exactly k of n happen.
func binomial(n, k int, p float64) float64 {
	switch {
	case p <= 0:
		return truth(k == 0)
	case p >= 1:
		return truth(k == n)
	}
	all, _ := math.Lgamma(float64(n + 1))
	in, _ := math.Lgamma(float64(k + 1))
	out, _ := math.Lgamma(float64(n - k + 1))
	return math.Exp(all - in - out + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
