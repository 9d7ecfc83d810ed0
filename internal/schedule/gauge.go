package schedule

import "math"

// mark is a count with the band in which it should stay.
type mark struct{ n, low, high int32 }

// gauge is a figure while the plan is made: one count per row and column, and
// what it costs where counts leave their bands.
type gauge []mark

// cost is the square of the distance to the band, so that one large deviation
// weighs more than several small ones.
func (k *mark) cost(n int32) int {
	x := max(k.low-n, n-k.high, 0)
	return int(x) * int(x)
}

// step is what it costs, or saves if negative, to change the count.
func (k *mark) step(by int32) int { return k.cost(k.n+by) - k.cost(k.n) }

// middle is how far the count is above the middle of its band.
func (k *mark) middle() float64 { return float64(k.n) - float64(k.low+k.high)/2 }

// aim sets the band to the whole numbers within the distance from the target;
// there is always one.
func (k *mark) aim(target, distance float64) {
	const slack = 1e-6
	k.low = int32(math.Ceil(target - distance - slack))
	k.high = max(k.low, int32(math.Floor(target+distance+slack)))
}

// trade is what it costs that one thing moves from one column to another
// while a second makes the opposite way.
func (g gauge) trade(from, to, otherFrom, otherTo int) int {
	return g[from].step(-1) + g[to].step(1) + g[otherFrom].step(-1) + g[otherTo].step(1)
}

// short lists the rows in which some column is below its band.
func (g gauge) short(columns int) []bool {
	rows := make([]bool, len(g)/columns)
	for k := range g {
		if g[k].n < g[k].low {
			rows[k/columns] = true
		}
	}
	return rows
}

// enduring is how many passes in a row may fail to reduce what is amiss.
const enduring = 24

// improve repeats a pass over the contacts until none lies amiss or nothing
// can be gained. When little is amiss but no exchange gains anything, such are
// made that gain nothing, then such that lose a little: they may open the way.
// It returns how many lie amiss in the end.
func improve(items int, pass func(least int) (wrong, changed int)) (left int) {
	least, fewest := 1, items+1
	for stuck := 0; stuck < enduring; stuck++ {
		wrong, changed := pass(least)
		if wrong == 0 || changed == 0 && wrong > items/50 {
			return wrong
		}
		if wrong < fewest {
			stuck, fewest = 0, wrong
		}
		switch {
		case changed == 0 && least == aLoss:
			return wrong
		case changed == 0 || stuck == enduring/2:
			least = max(aLoss, least-1)
		}
	}
	wrong, changed := pass(1)
	for changed > 0 {
		wrong, changed = pass(1)
	}
	return wrong
}

// aLoss is what an exchange may lose that is to open the way for others.
const aLoss = -1

// impossible is the gain of an exchange that cannot be made.
const impossible = -1 << 30
