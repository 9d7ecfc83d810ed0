// Package results turns contacts into figures: everything of domain.md §5 and
// §6, as pure functions. An empty base is unknown, never zero.
//
// The way of a figure: Compute reads each contact once and observes it
// (observe.go: what of it the measures look at), tallies the observation with
// the others of its municipality and question area (tally.go), and makes
// values of the tallies by the one table of measures (measure.go), with
// intervals (interval.go) and impressions (impression.go). Then the
// municipalities are compared with each other: places (place.go), group means
// (means.go) and the change since the previous round (change.go). A closed
// round's report is kept as a frozen document (freeze.go, thaw.go).
package results
