package schedule

import (
	"math"
	"math/rand/v2"
)

// precision is how finely shares are counted while they are rounded: in
// 2^-digits of an item.
const (
	digits    = 12
	precision = 1 << digits
	settling  = 12 // rounds in which bound items' shares are passed on
)

// division is one job of dividing items evenly over bins 0..bins-1: weeks,
// days, evaluators or half-hours.
type division struct {
	bins int
	// left and right are the two ways in which items belong together, as
	// group numbers per item, innermost first; groups of one side are nested.
	// Every group of either side is divided as evenly as whole numbers allow.
	left, right [][]int
	// hold lists the groupings whose sums are restored when single items are
	// bound to one side, the most important last.
	hold [][]int
	// share is the part of the item's bins [lo,hi) that lies before mid.
	share func(item, lo, mid, hi int) float64
	// room is the number of bins in [lo,hi) open to the item.
	room func(item, lo, hi int) int
	// apart gives a number that items share which must not meet in a bin.
	apart []int
	// halve asks that two items with the same number in apart part at the
	// first halving already.
	halve bool
	put   func(item, bin int)
}

// divider holds the working memory of a division.
type divider struct {
	division
	rng     *rand.Rand
	want    []float64 // item → share of the first side
	units   []int     // the same in 1/precision, until it is 0 or precision
	low     []float64
	high    []float64
	partner [2][]int // left and right partner, -1: none
	seen    []int    // item → last pass that coloured it
	pass    int
	met     []int // number in apart → items of it at hand
	gap     []float64
	free    []float64
}

// divide sorts the items into bins. The orders list the same items so that
// groups of the left and of the right side are contiguous.
func divide(rng *rand.Rand, job division, leftOrder, rightOrder []int, items int) {
	groups := items
	for _, list := range append([][]int{job.apart}, job.hold...) {
		for _, g := range list {
			groups = max(groups, g+1)
		}
	}
	d := &divider{
		division: job, rng: rng, want: make([]float64, items), units: make([]int, items),
		low: make([]float64, items), high: make([]float64, items),
		partner: [2][]int{make([]int, items), make([]int, items)}, seen: make([]int, items),
		met: make([]int, groups), gap: make([]float64, groups), free: make([]float64, groups),
	}
	d.split(leftOrder, rightOrder, 0, job.bins)
}

// split divides the items over the bins [lo,hi) by halving.
func (d *divider) split(left, right []int, lo, hi int) {
	if len(left) == 0 {
		return
	}
	if hi-lo == 1 {
		for _, i := range left {
			d.put(i, lo)
		}
		return
	}
	mid := (lo + hi) / 2
	if d.setWants(right, lo, mid, hi) {
		d.settle(right)
	}
	d.round(left, right)
	la, lb := d.part(left)
	ra, rb := d.part(right)
	d.split(la, ra, lo, mid)
	d.split(lb, rb, mid, hi)
}

// part keeps the order within both sides.
func (d *divider) part(order []int) (a, b []int) {
	a = make([]int, 0, len(order)/2+1)
	b = make([]int, 0, len(order)/2+1)
	for _, i := range order {
		if d.units[i] > 0 {
			a = append(a, i)
		} else {
			b = append(b, i)
		}
	}
	return a, b
}

// setWants sets each item's share of the first side and its bounds. Items that
// must not meet are bounded so that each side gets no more of them than it has
// room for. It reports whether any item is bound to less than it wants.
func (d *divider) setWants(items []int, lo, mid, hi int) (bound bool) {
	if d.apart != nil {
		for _, i := range items {
			d.met[d.apart[i]] = 0
		}
		for _, i := range items {
			d.met[d.apart[i]]++
		}
	}
	first := d.halve && lo == 0 && hi == d.bins
	for _, i := range items {
		k := 1.0
		if d.apart != nil {
			k = float64(d.met[d.apart[i]])
		}
		a, b := float64(d.room(i, lo, mid)), float64(d.room(i, mid, hi))
		d.low[i], d.high[i] = max(0, k-b)/k, min(k, a)/k
		if d.low[i] > d.high[i] { // no room at all: repair will see to it
			d.low[i], d.high[i] = 0, 1
		}
		if first && k == 2 && a > 0 && b > 0 {
			d.low[i], d.high[i] = 0.5, 0.5
		}
		w := d.share(i, lo, mid, hi)
		d.want[i] = w
		bound = bound || w < d.low[i] || w > d.high[i]
	}
	return bound
}

// settle moves what bound items cannot take to the free items of the same
// group, by turns for each grouping, until all have about their sums again.
func (d *divider) settle(items []int) {
	wish := make([]float64, len(items))
	for n, i := range items {
		wish[n] = d.want[i]
		d.want[i] = clamp(wish[n], d.low[i], d.high[i])
	}
	for range settling {
		for _, groups := range d.hold {
			d.shift(items, wish, groups)
		}
	}
}

func (d *divider) shift(items []int, wish []float64, groups []int) {
	for _, i := range items {
		d.gap[groups[i]], d.free[groups[i]] = 0, 0
	}
	for n, i := range items {
		d.gap[groups[i]] += wish[n] - d.want[i]
	}
	for _, i := range items {
		if d.movable(i, d.gap[groups[i]]) {
			d.free[groups[i]]++
		}
	}
	for _, i := range items {
		g := groups[i]
		if d.movable(i, d.gap[g]) {
			d.want[i] = clamp(d.want[i]+d.gap[g]/d.free[g], d.low[i], d.high[i])
		}
	}
}

// movable reports whether the item's share can follow the gap.
func (d *divider) movable(i int, gap float64) bool {
	return gap > 0 && d.want[i] < d.high[i] || gap < 0 && d.want[i] > d.low[i]
}

func clamp(x, low, high float64) float64 { return max(low, min(high, x)) }

// round turns the shares into whole decisions. From the smallest binary digit
// up, items that have the digit are paired on both sides; along the paths and
// cycles that the pairs form, the digit is given to and taken from every
// second item. A group's sum changes by less than one item in all.
func (d *divider) round(left, right []int) {
	carry := 0.0
	for _, i := range right { // what is lost in counting in units goes to the next item
		x := d.want[i]*precision + carry
		d.units[i] = d.within(i, int(x+0.5))
		carry = clamp(x-float64(d.units[i]), -1, 1)
	}
	for digit := 1; digit < precision; digit <<= 1 {
		d.pair(0, left, d.left, digit)
		d.pair(1, right, d.right, digit)
		d.pass++
		for _, i := range left {
			if d.units[i]&digit != 0 && d.seen[i] != d.pass {
				d.colour(i, digit)
			}
		}
	}
}

// within keeps the units inside the item's bounds, so that no remainder from
// other items makes two that must not meet do so.
func (d *divider) within(i, units int) int {
	low, high := int(math.Ceil(d.low[i]*precision)), int(d.high[i]*precision)
	if low > high {
		return high
	}
	return max(low, min(high, units))
}

// pair gives partners to the items that have the digit: within the innermost
// group where possible, else within the next, and at last among all.
func (d *divider) pair(side int, order []int, groups [][]int, digit int) {
	var waiting [8]int // per level: the item without a partner, +1
	partner := d.partner[side]
	levels := len(groups)
	lift := func(from int) {
		i := waiting[from] - 1
		waiting[from] = 0
		if j := waiting[from+1] - 1; j >= 0 {
			partner[i], partner[j] = j, i
			waiting[from+1] = 0
		} else {
			waiting[from+1] = i + 1
		}
	}
	last := -1
	for _, i := range order {
		if d.units[i]&digit == 0 {
			continue
		}
		partner[i] = -1
		for l := 0; last >= 0 && l < levels && groups[l][last] != groups[l][i]; l++ {
			if waiting[l] > 0 {
				lift(l)
			}
		}
		if j := waiting[0] - 1; j >= 0 {
			partner[i], partner[j] = j, i
			waiting[0] = 0
		} else {
			waiting[0] = i + 1
		}
		last = i
	}
	for l := range levels {
		if waiting[l] > 0 {
			lift(l)
		}
	}
}

// colour walks the path or cycle of the item both ways, giving and taking the
// digit by turns.
func (d *divider) colour(start, digit int) {
	sign := digit
	if d.rng.IntN(2) == 0 {
		sign = -digit
	}
	d.seen[start] = d.pass
	for side := range 2 {
		i, s, by := start, -sign, side
		for j := d.partner[by][i]; j >= 0 && d.seen[j] != d.pass; j = d.partner[by][i] {
			d.seen[j] = d.pass
			d.units[j] += s
			i, s, by = j, -s, 1-by
		}
	}
	d.units[start] += sign
}
