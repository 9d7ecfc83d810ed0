package schedule

// Plan makes a plan that keeps every hard rule of the round, or says why none
// can be made: *Infeasible, or *NeedsConsent.
func Plan(in Input, seed uint64) (Schedule, error) {
	return Schedule{}, short("Planeraren byggs.")
}
