// Package schedule makes the plan of a round: which evaluator makes which
// contact at which minute. It is pure: the same input and seed give the same
// plan, whatever order the input's slices are in.
//
// # How a plan is made
//
// Each stage secures some of the figures in balance.go, and the stages after
// it only make exchanges that leave those figures as they are:
//
//	calendar.go    how many contacts a municipality has on each day     municipality_day
//	quota.go       how many contacts each evaluator should make, of which pool, on each day
//	deal.go        which contacts: cells are dealt out to the days      area_week, question_day, cell_days
//	days.go        … contacts of a municipality and channel change days
//	desks.go       in whole contacts, how many each evaluator makes     evaluator_day
//	evaluators.go  which: each day's contacts are handed out            evaluator_municipality, …_week
//	               … contacts of a day and channel change evaluators
//	hours.go       each day's calls are given hours, and change them    municipality_hour, hour_day, cell_apart
//	minutes.go     minutes within the hour
//
// Every stage first lays each contact where it is needed most, which is nearly
// right, and then goes through those that lie amiss and lets each change places
// with another as long as that brings counts closer to their bands (gauge.go).
// Contacts that may be made by the same evaluators form a pool (pools.go).
// What is left against a hard rule is moved along augmenting paths (repair.go),
// and what that has made uneven is moved on (polish.go). Figures and what no
// plan could better are counted last, from the contacts alone (ledger.go,
// balance.go, limits.go).
//
// Whether there is room at all is settled first by maximum flows, whose
// minimum cut names the areas and evaluators that do not suffice (flow.go,
// room.go, infeasible.go).
//
// # How a plan is mended
//
// Replan lays the plan as it stands into the model (replan_read.go) and takes
// out what cannot stay (replan_fit.go). Each such contact gets the cheapest free
// place near its old one (replan_seat.go, replan_cost.go); only where none is
// free do others make way: along the shortest augmenting path (replan_push.go),
// or with whole cells laid anew (replan_lay.go). Then what has moved settles
// (replan_settle.go), and who has nothing to do gets a share (replan_share.go).
package schedule
