package schedule

// Measure gives the figures of how even a plan lies, as it stands: in.Kept and
// in.Planned together. It plans nothing.
func Measure(in Input) []Balance {
	return newModel(in, 0).balance(in.Setup.Round, in.Planned)
}
