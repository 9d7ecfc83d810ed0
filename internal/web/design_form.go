package web

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// basicsPage changes the period and its name in words.
type basicsPage struct {
	setupFrame
	Form *form
}

func (basicsPage) file() string { return "design/basics.html" }

func (s *Server) showBasics(c *visit) error {
	set, err := s.draft(c, "upplagg")
	if err != nil {
		return err
	}
	p := set.Round.Period
	return s.basicsPage(c, set, newForm("from", survey.DateText(p.From), "to", survey.DateText(p.To), "label",
		set.Round.Label))
}

func (s *Server) basicsPage(c *visit, set survey.Setup, f *form) error {
	return s.showForm(c, f, &basicsPage{newSetupFrame(c, set, "Period och benämning", "upplagg"), f})
}

func (s *Server) saveBasics(c *visit) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	period := f.period()
	if f.ok() {
		err = s.Service.SaveBasics(c.ctx(), c.user, set.Round.Code, f.version(), period, f.text("label"))
	}
	if f.retry(err) {
		return s.basicsPage(c, set, f)
	}
	return s.doneSaying(c, err, setupPath(set.Round, "upplagg"), saved("Perioden är "+periodText(period)+"."))
}

// draftForm reads the round that the address names and the form that changes
// it. Whether it may be changed is for the use case, which answers a repeated
// form with the effect of the first even when the stage has moved on.
func (s *Server) draftForm(c *visit) (survey.Setup, *form, error) {
	f, err := s.form(c)
	if err != nil {
		return survey.Setup{}, nil, err
	}
	set, err := s.setup(c)
	return set, f, err
}

// designLimitsPage changes the round's limits and thresholds.
type designLimitsPage struct {
	setupFrame
	Form *form
}

func (designLimitsPage) file() string { return "design/limits.html" }

func (s *Server) showDesignLimits(c *visit) error {
	set, err := s.draft(c, "upplagg")
	if err != nil {
		return err
	}
	d := set.Round.Design
	f := newForm("replicates", strconv.Itoa(d.Replicates), "good_within", decimalText(d.GoodWithin.Seconds()),
		"wait_limit", decimalText(d.WaitLimit.Seconds()), "max_attempts", strconv.Itoa(d.MaxAttempts),
		"reply_cutoff", decimalText(d.ReplyCutoff.Hours()), "min_base", strconv.Itoa(d.MinBase),
		"small_base", strconv.Itoa(d.SmallBase))
	f.setDelays(d)
	if d.ReviewRequired {
		f.set("review_required", "1")
	}
	return s.designLimitsPage(c, set, f)
}

func (s *Server) designLimitsPage(c *visit, set survey.Setup, f *form) error {
	return s.showForm(c, f, &designLimitsPage{newSetupFrame(c, set, "Gränser", "upplagg"), f})
}

func (s *Server) saveDesignLimits(c *visit) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	d := set.Round.Design
	d.Replicates, d.MaxAttempts = f.int("replicates"), f.int("max_attempts")
	d.GoodWithin, d.WaitLimit = f.seconds("good_within"), f.seconds("wait_limit")
	d.ReplyCutoff = time.Duration(min(f.decimal("reply_cutoff"), 1e5) * float64(time.Hour))
	d.MinBase, d.SmallBase = f.int("min_base"), f.int("small_base")
	d.ReviewRequired = f.checked("review_required")
	f.readDelays(&d)
	return s.saveDesign(c, set, f, d, s.designLimitsPage)
}

// seconds reads a whole number of seconds.
func (f *form) seconds(name string) time.Duration {
	return time.Duration(max(-1e6, min(f.int(name), 1e6))) * time.Second
}

// saveDesign stores what a page of the design changed, or shows the page again.
func (s *Server) saveDesign(c *visit, set survey.Setup, f *form, d survey.Design,
	again func(*visit, survey.Setup, *form) error) error {
	var err error
	if f.ok() {
		err = s.Service.SaveDesign(c.ctx(), c.user, set.Round.Code, f.version(), d)
	}
	if f.retry(err) {
		return again(c, set, f)
	}
	return s.doneSaying(c, err, setupPath(set.Round, "upplagg"), saved("Upplägget är ändrat."))
}

// criteriaPage changes criteria, scales and anchors.
type criteriaPage struct {
	setupFrame
	Form     *form
	Criteria [][]criterionView // per channel
}

func (criteriaPage) file() string { return "design/criteria.html" }

func (s *Server) showCriteria(c *visit) error {
	set, err := s.draft(c, "upplagg")
	if err != nil {
		return err
	}
	f := newForm()
	for _, v := range criterionViews(set.Round.Design, f) {
		f.set("title_"+v.Name, v.Title)
		for _, l := range v.Levels {
			f.set("anchor_"+l.Name, l.Anchor)
		}
	}
	return s.criteriaPage(c, set, f)
}

func (s *Server) criteriaPage(c *visit, set survey.Setup, f *form) error {
	return s.showForm(c, f, &criteriaPage{
		newSetupFrame(c, set, "Kriterier och skalor", "upplagg"), f, byChannel(criterionViews(set.Round.Design, f)),
	})
}

func (s *Server) saveCriteria(c *visit) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	d := set.Round.Design
	d.Criteria = slices.Clone(d.Criteria)
	for i, v := range criterionViews(d, f) {
		d.Criteria[i].Title, d.Criteria[i].Scale = f.text("title_"+v.Name), nil
		for _, l := range v.Levels {
			if f.checked("on_" + l.Name) {
				d.Criteria[i].Scale = append(d.Criteria[i].Scale, survey.Level{Code: l.Code, Anchor: f.text("anchor_" + l.Name)})
			}
		}
	}
	return s.saveDesign(c, set, f, d, func(c *visit, set survey.Setup, f *form) error {
		set.Round.Design = d // the boxes as they were ticked
		return s.criteriaPage(c, set, f)
	})
}

// weightsPage changes the weights of the impressions.
type weightsPage struct {
	setupFrame
	Form    *form
	Weights []impressionTable
}

func (weightsPage) file() string { return "design/weights.html" }

func (s *Server) showWeights(c *visit) error {
	set, err := s.draft(c, "upplagg")
	if err != nil {
		return err
	}
	w := set.Round.Design.Weights
	f := newForm("phone_share", decimalText(w.PhoneShare), "email_share", decimalText(w.EmailShare))
	for _, t := range impressionTables(w)[:2] {
		for _, r := range t.Rows {
			f.set("weight_"+r.Code, r.Text())
		}
	}
	return s.weightsPage(c, set, f)
}

func (s *Server) weightsPage(c *visit, set survey.Setup, f *form) error {
	p := &weightsPage{newSetupFrame(c, set, "Vikter", "upplagg"), f, impressionTables(set.Round.Design.Weights)[:2]}
	return s.showForm(c, f, p)
}

func (s *Server) saveWeights(c *visit) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	d := set.Round.Design
	d.Weights = survey.Weights{
		Phone: f.weights(survey.Phone), Email: f.weights(survey.Email),
		PhoneShare: f.decimal("phone_share"), EmailShare: f.decimal("email_share"),
	}
	return s.saveDesign(c, set, f, d, s.weightsPage)
}

// weights reads a channel's weights. Those that are empty or nothing are left out.
func (f *form) weights(ch survey.Channel) []survey.Weight {
	var ws []survey.Weight
	for _, m := range results.Weighable(ch) {
		name := "weight_" + m.Code
		if !f.given(name) {
			continue
		}
		if points := f.decimal(name); points != 0 {
			ws = append(ws, survey.Weight{Measure: m.Code, Points: points})
		}
	}
	if len(ws) == 0 && f.ok() {
		f.Errors.Add("", "Ge minst ett av kanalens mått en vikt, både i telefon och i e-post.")
	}
	return ws
}

// areasPage changes the question areas.
type areasPage struct {
	setupFrame
	Form *form
	Rows []areaField
}

func (areasPage) file() string { return "design/areas.html" }

// areaField is one area's line in the form; its fields end in the number.
type areaField struct {
	N         int
	Old       string
	Questions int
}

// newAreas is how many empty lines there are for more areas.
const newAreas = 2

func (s *Server) showAreas(c *visit) error {
	set, err := s.draft(c, "upplagg")
	if err != nil {
		return err
	}
	f := newForm()
	for i, a := range set.Round.Design.Areas {
		f.set(fmt.Sprintf("area_%d", i), string(a))
		f.set(fmt.Sprintf("place_%d", i), strconv.Itoa(i+1))
	}
	return s.areasPage(c, set, f)
}

func (s *Server) areasPage(c *visit, set survey.Setup, f *form) error {
	p := &areasPage{setupFrame: newSetupFrame(c, set, "Frågeområden", "upplagg"), Form: f}
	for i, a := range designAreas(set.Round.Design) {
		p.Rows = append(p.Rows, areaField{N: i, Old: string(a.Area), Questions: a.Questions})
	}
	for range newAreas {
		p.Rows = append(p.Rows, areaField{N: len(p.Rows)})
	}
	return s.showForm(c, f, p)
}

func (s *Server) saveAreas(c *visit) error {
	set, f, err := s.draftForm(c)
	if err != nil {
		return err
	}
	areas, lines := f.areas(len(set.Round.Design.Areas))
	if f.ok() {
		err = s.Service.SaveAreas(c.ctx(), c.user, set.Round.Code, f.version(), areas)
	}
	if f.retry(renumbered(err, lines)) {
		return s.areasPage(c, set, f)
	}
	return s.doneSaying(c, err, setupPath(set.Round, "upplagg"),
		saved(fmt.Sprintf("Omgången har %d frågeområden.", len(areas))))
}

// areas reads the lines that have a name, in the order of their places, and
// tells which line each stood on.
func (f *form) areas(old int) (areas []fieldwork.AreaChange, lines []int) {
	places := map[int]float64{}
	for i := range old + newAreas {
		line := strconv.Itoa(i)
		if !f.given("area_" + line) {
			continue
		}
		places[i] = float64(old + i)
		if f.given("place_" + line) {
			places[i] = f.decimal("place_" + line)
		}
		lines = append(lines, i)
	}
	slices.SortStableFunc(lines, func(a, b int) int { return int(max(-1, min(1, 1e3*(places[a]-places[b])))) })
	for _, i := range lines {
		areas = append(areas, fieldwork.AreaChange{
			Old:  survey.QuestionArea(f.text("old_" + strconv.Itoa(i))),
			Name: survey.QuestionArea(strings.ToLower(f.text("area_" + strconv.Itoa(i)))),
		})
	}
	return areas, lines
}

// renumbered puts errors about the n-th area at the line where it stood.
func renumbered(err error, lines []int) error {
	var errs survey.FieldErrors
	if !errors.As(err, &errs) {
		return err
	}
	for i, e := range errs {
		n, found := strings.CutPrefix(e.Field, "area_")
		if at, err := strconv.Atoi(n); found && err == nil && at < len(lines) {
			errs[i].Field = fmt.Sprintf("area_%d", lines[at])
		}
	}
	return errs
}
