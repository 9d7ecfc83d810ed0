package survey

import (
	"fmt"
	"hash/fnv"
)

// VersionOf is a number, never 0 and never negative, that is another when
// anything in thing is: the version of what is kept inside a round and has
// none of its own. Two who change different things are then not in each
// other's way. A thing holds plain values and slices of them, no pointers.
func VersionOf(thing any) int {
	h := fnv.New64a()
	fmt.Fprintf(h, "%+v", thing)
	return int(h.Sum64()>>1) | 1
}
