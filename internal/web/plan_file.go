package web

import (
	"fmt"
	"net/http"

	"servicematning/internal/export"
	"servicematning/internal/survey"
)

// downloadPlanDays sends the counts of the map of municipalities as a file,
// in the page's choice and for all its pages.
func (s *Server) downloadPlanDays(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	choice := planChoiceOf(c.QueryParams())
	chosen := choice.municipalities(set)
	codes := make([]string, len(chosen))
	for i, p := range chosen {
		codes[i] = p.Code
	}
	var counts []survey.DayCount
	if len(codes) > 0 {
		if counts, err = s.Service.MunicipalityDays(c.ctx(), c.user, set.Round, codes...); err != nil {
			return err
		}
	}
	header := c.Response().Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "plan-"+set.Round.Code+"-dagar.csv"))
	c.Response().WriteHeader(http.StatusOK)
	return export.WriteDayCounts(c.Response(), chosen, counts, choice.Channel)
}
