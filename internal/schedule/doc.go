// Package schedule makes the plan of a round: which evaluator makes which
// contact at which minute. It is pure: the same input and seed give the same
// plan, whatever order the input's slices are in.
//
// # How a plan is made
//
// Contacts that may be made by the same evaluators form a pool. A fractional
// plan says how much of every pool each evaluator makes on each day, even over
// the days and in proportion to the evaluators' capacities (quota.go). The
// contacts are then divided over weeks, days, evaluators and half-hours by
// repeated halving (divide.go): each halving pairs contacts that are alike,
// within the municipality and within the question, and sends the two of a pair
// to different sides, so that every group is split as evenly as whole numbers
// allow. What rounding leaves against a hard rule is moved along augmenting
// paths (repair.go). Minutes come last (minutes.go).
//
// Whether there is room at all is settled first by maximum flows, whose
// minimum cut names the areas and evaluators that do not suffice (flow.go,
// infeasible.go).
package schedule
