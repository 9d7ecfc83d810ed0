package export

import (
	"encoding/csv"
	"io"
	"strconv"

	"servicematning/internal/survey"
)

var planStepColumns = []string{"municipality", "name", "channel", "area", "question", "replicate",
	"evaluator_before", "planned_before", "evaluator_after", "planned_after"}

// WritePlanStep writes what a change of the plan does to each contact, in the
// step's order: a contact that is added has nothing before, one that is
// removed nothing after.
func WritePlanStep(w io.Writer, set survey.Setup, step survey.PlanStep) error {
	out := csv.NewWriter(w)
	if err := out.Write(planStepColumns); err != nil {
		return err
	}
	names := make(map[string]string, len(set.Participants))
	for _, p := range set.Participants {
		names[p.Code] = p.Name
	}
	for _, c := range step.Changes {
		err := out.Write([]string{
			c.Key.Municipality, inert(names[c.Key.Municipality]), string(c.Key.Channel), inert(string(c.Area)),
			inert(c.Key.Question), strconv.Itoa(c.Key.Replicate),
			inert(c.Before.Evaluator), stamp(c.Before.At), inert(c.After.Evaluator), stamp(c.After.At),
		})
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
