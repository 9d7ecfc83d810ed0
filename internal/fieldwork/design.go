package fieldwork

import (
	"strings"

	"servicematning/internal/survey"
)

// checkCriteria says what makes criteria unusable. Good is what the measures
// count, so no scale is without it, and a judgement needs a choice.
func checkCriteria(cs []survey.Criterion) survey.FieldErrors {
	var errs survey.FieldErrors
	for _, c := range cs {
		name := string(c.Channel) + "_" + string(c.Code)
		if strings.TrimSpace(c.Title) == "" {
			errs.Add("title_"+name, "Skriv kriteriets namn.")
		}
		if len(c.Scale) < 2 || !c.Has(survey.Good) {
			errs.Add("scale_"+name, "Skalan behöver minst två nivåer, och en av dem ska vara god: den räknas i måtten.")
		}
	}
	return errs
}
