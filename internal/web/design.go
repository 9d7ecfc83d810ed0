package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

var designRoutes = []route{
	{get, "/omgangar/:round/upplagg", (*Server).showDesign, may(survey.SeeSetup)},
	{get, "/omgangar/:round/upplagg/grunder", (*Server).showBasics, may(survey.EditSetup)},
	{post, "/omgangar/:round/upplagg/grunder", (*Server).saveBasics, may(survey.EditSetup)},
	{get, "/omgangar/:round/upplagg/granser", (*Server).showDesignLimits, may(survey.EditSetup)},
	{post, "/omgangar/:round/upplagg/granser", (*Server).saveDesignLimits, may(survey.EditSetup)},
	{get, "/omgangar/:round/upplagg/kriterier", (*Server).showCriteria, may(survey.EditSetup)},
	{post, "/omgangar/:round/upplagg/kriterier", (*Server).saveCriteria, may(survey.EditSetup)},
	{get, "/omgangar/:round/upplagg/vikter", (*Server).showWeights, may(survey.EditSetup)},
	{post, "/omgangar/:round/upplagg/vikter", (*Server).saveWeights, may(survey.EditSetup)},
	{get, "/omgangar/:round/upplagg/omraden", (*Server).showAreas, may(survey.EditSetup)},
	{post, "/omgangar/:round/upplagg/omraden", (*Server).saveAreas, may(survey.EditSetup)},
}

var designPages = []page{&designPage{}, &basicsPage{}, &designLimitsPage{}, &criteriaPage{}, &weightsPage{},
	&areasPage{}}

// designPage shows how the round measures.
type designPage struct {
	setupFrame
	Basics, Limits []setupFact
	Criteria       [][]criterionView // per channel
	Weights        []impressionTable
	Areas          []designArea
}

func (designPage) file() string { return "design/show.html" }

// setupFact is one line of a list of facts; Note explains it.
type setupFact struct{ Label, Value, Note string }

// designArea is an area with what it holds.
type designArea struct {
	Area      survey.QuestionArea
	Questions int
	Contacts  int // per municipality, both channels
}

func (s *Server) showDesign(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	d := set.Round.Design
	p := &designPage{
		setupFrame: newSetupFrame(c, set, "Upplägg", "upplagg"),
		Basics:     basicsOf(set.Round), Limits: limitsOf(d),
		Criteria: byChannel(criterionViews(d, newForm())),
		Weights:  impressionTables(d.Weights), Areas: designAreas(d),
	}
	return s.show(c, p)
}

func designAreas(d survey.Design) []designArea {
	var list []designArea
	for _, a := range d.Areas {
		row := designArea{Area: a}
		for _, q := range d.Questions {
			if q.Area == a {
				row.Questions++
				row.Contacts += d.Replicates * len(survey.Channels)
			}
		}
		list = append(list, row)
	}
	return list
}

func basicsOf(r survey.Round) []setupFact {
	days := len(r.Calendar.WorkingDays(r.Period.From, r.Period.To))
	label := r.Label
	if label == "" {
		label = "–"
	}
	return []setupFact{
		{"Mätperiod", periodText(r.Period), fmt.Sprintf("%s, %s %s", r.Period.WeeksText(), number(days),
			plural(days, "arbetsdag", "arbetsdagar"))},
		{"Perioden i ord", label, ""},
		{"Måttens definitioner", r.Design.Definitions, "Resultat jämförs bara med omgångar som har samma definitioner."},
	}
}

func limitsOf(d survey.Design) []setupFact {
	review := "nej"
	if d.ReviewRequired {
		review = "ja"
	}
	return []setupFact{
		{"Kontakter per fråga och kanal", number(d.Replicates),
			fmt.Sprintf("%d frågor, %d gånger: %d kontakter per kommun och kanal", len(d.Questions), d.Replicates, d.Quota())},
		{"God tillgänglighet", "inom " + limitText(d.GoodWithin),
			"Kopplad till handläggare senare är medelgod, inte kopplad är dålig."},
		{"Väntegräns", limitText(d.WaitLimit), "Så länge väntar bedömaren på en handläggare."},
		{"Försök per samtal", number(d.MaxAttempts), "Tillgänglighet och tider bedöms alltid på det första."},
		{"Väntan innan nytt försök", delaysText(d), "Efter varje utfall. En avtalad återuppringning går före."},
		{"Reservation av en kontakt", minutesText(d.Hold()),
			"Så länge behåller bedömaren en kontakt som är utdelad men inte påbörjad."},
		{"Stoppgräns för e-postsvar", cutoffText(d.ReplyCutoff),
			"Kontorstid efter att brevet skickades. Senare svar räknas inte."},
		{"Minsta antal kontakter i en kanal", number(d.MinBase),
			"Färre räknade kontakter ger ingen placering i kanalens mått."},
		{"Liten bas", "under " + number(d.SmallBase), "Ett tal med mindre bas visas, märks och får ingen placering."},
		{"Granskning krävs", review, "Om ja räknas en kontakt först när projektledaren har godkänt den."},
	}
}

func limitText(d time.Duration) string { return fmt.Sprintf("%d s", int(d.Seconds())) }

// cutoffText writes office time with its working days of nine hours.
func cutoffText(d time.Duration) string {
	const workingDay = 9 * time.Hour
	text := decimalText(d.Hours()) + " h"
	switch days := d / workingDay; {
	case d%workingDay != 0:
	case days == 1:
		text += " (1 arbetsdag)"
	default:
		text += fmt.Sprintf(" (%d arbetsdagar)", days)
	}
	return text
}

// decimalText writes a number as it is typed: "20" or "2,5".
func decimalText(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', -1, 64), ".", ",", 1)
}

// criterionView is a criterion with every level that exists.
type criterionView struct {
	survey.Criterion
	Name   string // in the form
	Levels []levelView
	Error  string
}

// levelView is a level and whether it stands on the scale.
type levelView struct {
	survey.Level
	Name string // in the form
	On   bool
}

// scaleLevels are the levels that a scale can have, best first.
var scaleLevels = []survey.LevelCode{survey.VeryGood, survey.Good, survey.Fair, survey.Poor}

// Channels is what the criterion belongs to, in words.
func (v criterionView) Channels() string {
	if v.Channel == survey.Phone {
		return "Telefon"
	}
	return "E-post"
}

// byChannel parts the criteria of telephone from those of e-mail.
func byChannel(views []criterionView) [][]criterionView {
	parts := make([][]criterionView, len(survey.Channels))
	for _, v := range views {
		i := slices.Index(survey.Channels, v.Channel)
		parts[i] = append(parts[i], v)
	}
	return parts
}

func criterionViews(d survey.Design, f *form) []criterionView {
	var list []criterionView
	for _, cr := range d.Criteria {
		v := criterionView{Criterion: cr, Name: string(cr.Channel) + "_" + string(cr.Code)}
		v.Error = f.Errors.On("scale_" + v.Name)
		for _, code := range scaleLevels {
			l := levelView{Level: survey.Level{Code: code}, Name: v.Name + "_" + string(code)}
			i := slices.IndexFunc(cr.Scale, func(x survey.Level) bool { return x.Code == code })
			if i >= 0 {
				l.Level, l.On = cr.Scale[i], true
			}
			v.Levels = append(v.Levels, l)
		}
		list = append(list, v)
	}
	return list
}

// impressionTable is the weights of one channel's impression.
type impressionTable struct {
	Title string
	Rows  []measureWeight
	Total float64
}

// measureWeight is one measure and its weight.
type measureWeight struct {
	results.Measure
	Points float64
}

// Text is the weight as it is typed.
func (r measureWeight) Text() string { return decimalText(r.Points) }

// Share is the weight's part of the whole.
func (t impressionTable) Share(r measureWeight) string {
	if t.Total == 0 {
		return "–"
	}
	return percent(r.Points / t.Total)
}

func impressionTables(w survey.Weights) []impressionTable {
	return []impressionTable{
		impressionTableOf("Intryck telefon", survey.Phone, w.Phone),
		impressionTableOf("Intryck e-post", survey.Email, w.Email),
		{Title: "Sammanvägt helhetsintryck", Total: w.PhoneShare + w.EmailShare, Rows: []measureWeight{
			{results.Measure{Code: "phone", Title: "Intryck telefon"}, w.PhoneShare},
			{results.Measure{Code: "email", Title: "Intryck e-post"}, w.EmailShare},
		}},
	}
}

// impressionTableOf lists every measure of the channel that can have a weight.
func impressionTableOf(title string, ch survey.Channel, weights []survey.Weight) impressionTable {
	t := impressionTable{Title: title}
	for _, m := range results.Weighable(ch) {
		row := measureWeight{Measure: m}
		for _, w := range weights {
			if w.Measure == m.Code {
				row.Points = w.Points
			}
		}
		t.Rows, t.Total = append(t.Rows, row), t.Total+row.Points
	}
	return t
}
