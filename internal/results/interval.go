package results

import "math"

// z is the two-sided 95 % quantile of the normal distribution.
const z = 1.959963984540054

// wilson is the 95 % score interval of count out of base, as fractions
// 0–1, without continuity correction: Wilson, E. B. (1927), "Probable
// inference, the law of succession, and statistical inference", JASA 22,
// 209–212; it is method 3 of Newcombe, R. G. (1998), "Two-sided confidence
// intervals for the single proportion", Statistics in Medicine 17, 857–872.
// base must be positive.
func wilson(count, base int) (low, high float64) {
	x, n := float64(count), float64(base)
	middle := (2*x + z*z) / (2 * (n + z*z))
	half := halfWidth(x, n)
	low, high = max(0, middle-half), min(1, middle+half)
	// At the ends the limits are exact; rounding must not move them inwards.
	if count == 0 {
		low = 0
	}
	if count == base {
		high = 1
	}
	return low, high
}

// halfWidth is half the length of wilson's interval, before it is cut to 0–1.
func halfWidth(x, n float64) float64 {
	return z * math.Sqrt(z*z+4*x*(1-x/n)) / (2 * (n + z*z))
}

// ShareWidth is how wide the 95 % interval of a share will be on a base, as a
// fraction 0–1; the base need not be a whole number, as an expected one is
// not. It is 1 without a base.
func ShareWidth(share, base float64) float64 {
	if base <= 0 {
		return 1
	}
	return 2 * halfWidth(share*base, base)
}

// newcombe is the 95 % interval of the difference between two independent
// shares, the first minus the second, as fractions −1–1. It is the hybrid score
// interval, method 10 of Newcombe, R. G. (1998), "Interval estimation for the
// difference between independent proportions", Statistics in Medicine 17,
// 873–890: the distances of each share to its Wilson limits, added as squares.
// Both bases must be positive.
func newcombe(count1, base1, count2, base2 int) (low, high float64) {
	p1, p2 := float64(count1)/float64(base1), float64(count2)/float64(base2)
	l1, u1 := wilson(count1, base1)
	l2, u2 := wilson(count2, base2)
	d := p1 - p2
	return d - math.Hypot(p1-l1, u2-p2), d + math.Hypot(u1-p1, p2-l2)
}
