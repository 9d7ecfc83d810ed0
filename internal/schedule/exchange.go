package schedule

import "math/rand/v2"

// exchange is a choice of a place for every contact, in which two contacts of
// a day can change places.
type exchange interface {
	placeOf(i int) int // -1: none
	gain(i, j int) int // what is gained if the two change places
	lift(i int)        // takes the item out of its place
	put(i, place int)  // gives it one
}

// swapFirst lets the item change places with the first of the list with which
// that gains so much, starting anywhere. few, unless nil, counts places: then
// only those with too few are asked.
func swapFirst(rng *rand.Rand, x exchange, i int, list []int32, least int, few gauge) bool {
	start := rng.IntN(len(list))
	for n := range list {
		j := int(list[(start+n)%len(list)])
		a, b := x.placeOf(i), x.placeOf(j)
		if b < 0 || a == b || few != nil && few[b].n >= few[b].low {
			continue
		}
		if x.gain(i, j) >= least {
			x.lift(i)
			x.lift(j)
			x.put(i, b)
			x.put(j, a)
			return true
		}
	}
	return false
}
