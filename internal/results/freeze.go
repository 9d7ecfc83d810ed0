package results

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Freeze writes the document that a closed round is kept as: the report with
// all municipalities, areas and distributions, and what it was made by, namely
// the measures' definitions, the weights, the limits, the groups, the calendar
// and the period. It is the same bytes for the same arguments, so Checksum
// tells whether anything was changed. The report must be Compute's of this
// setup, at the stage it is to be read back with.
func Freeze(rep Report, setup survey.Setup, now time.Time, revision int) ([]byte, error) {
	doc := header(rep, setup.Round, now, revision)
	scales, _ := scalesOf(setup.Round.Design)
	for _, s := range scales {
		c := wireCriterion{Channel: s.Channel, Code: s.Code, Title: s.Title, Levels: []survey.LevelCode{}}
		for _, l := range s.Scale {
			c.Levels = append(c.Levels, l.Code)
		}
		doc.Criteria = append(doc.Criteria, c)
	}
	for _, m := range rep.AreaMeans {
		doc.AreaMeans = append(doc.AreaMeans, m.Means)
	}
	if len(doc.AreaMeans) != len(doc.Areas) {
		return nil, fmt.Errorf("freeze round %s: means of %d areas are not those of the setup", rep.Round, len(doc.AreaMeans))
	}
	for i := range rep.Profiles {
		p := &rep.Profiles[i]
		if err := doc.fits(p); err != nil {
			return nil, fmt.Errorf("freeze round %s: %s: %w", rep.Round, p.Participant.Code, err)
		}
		doc.Municipalities = append(doc.Municipalities, freezeProfile(p))
	}
	data, err := json.Marshal(doc)
	if err != nil {
		return nil, fmt.Errorf("freeze round %s: %w", rep.Round, err)
	}
	return data, nil
}

// Checksum is the SHA-256 of a frozen document in hexadecimal digits.
func Checksum(document []byte) string {
	sum := sha256.Sum256(document)
	return hex.EncodeToString(sum[:])
}

// header is the document without its figures.
func header(rep Report, r survey.Round, now time.Time, revision int) *document {
	d := r.Design
	doc := &document{
		Format: format, Round: rep.Round, Revision: revision, Definitions: rep.Definitions, Stage: rep.Stage,
		Computed: rep.Computed.UTC(), Frozen: now.UTC(), Previous: previousRound(rep),
		Period:   wirePeriod{r.Period.From.String(), r.Period.To.String(), r.Label},
		Calendar: freezeCalendar(r.Calendar),
		Limits: wireLimits{
			GoodWithin: d.GoodWithin.Seconds(), WaitLimit: d.WaitLimit.Seconds(), MaxAttempts: d.MaxAttempts,
			ReplyCutoff: d.ReplyCutoff.Hours(), Replicates: d.Replicates, Questions: len(d.Questions),
			MinBase: d.MinBase, SmallBase: d.SmallBase, ReviewRequired: d.ReviewRequired,
		},
		Weights: wireWeights{
			Phone: freezeWeights(rep.Weights.Phone), Email: freezeWeights(rep.Weights.Email),
			PhoneShare: rep.Weights.PhoneShare, EmailShare: rep.Weights.EmailShare,
		},
		Areas:        d.Areas,
		ValueColumns: columnNames[:valueColumns], FigureColumns: columnNames[:],
		LevelColumns:   []string{"base", "count per level"},
		AreaMeans:      table{},
		Municipalities: []wireProfile{},
	}
	for _, q := range quartiles[1:] {
		doc.Quartiles = append(doc.Quartiles, string(q))
	}
	for _, m := range measures {
		doc.Measures = append(doc.Measures, wireMeasure(m))
	}
	for _, c := range timeClasses {
		doc.TimeClasses = append(doc.TimeClasses, c.title)
	}
	return doc
}

// previousRound is the code of the round that the report is compared with.
func previousRound(rep Report) string {
	for _, p := range rep.Profiles {
		for _, f := range p.Figures {
			if f.Previous != nil {
				return f.Previous.Round
			}
		}
	}
	return ""
}

func freezeCalendar(c officehours.Calendar) wireCalendar {
	w := wireCalendar{Opens: c.Opens.String(), Closes: c.Closes.String(), Exceptions: []wireException{}}
	days := make([]officehours.Date, 0, len(c.Exceptions))
	for d := range c.Exceptions {
		days = append(days, d)
	}
	slices.SortFunc(days, officehours.Date.Compare)
	for _, d := range days {
		e := wireException{Date: d.String(), Name: c.Exceptions[d].Name}
		if h := c.Exceptions[d].Hours; !h.Closed() {
			e.Opens, e.Closes = h.Opens.String(), h.Closes.String()
		}
		w.Exceptions = append(w.Exceptions, e)
	}
	return w
}

func freezeWeights(ws []survey.Weight) []wireWeight {
	if ws == nil {
		return nil
	}
	frozen := make([]wireWeight, len(ws))
	for i, w := range ws {
		frozen[i] = wireWeight(w)
	}
	return frozen
}

// fits refuses a profile that does not have the shape the document's tables
// have, which would be read back as something else.
func (doc *document) fits(p *Profile) error {
	if len(p.Figures) != len(doc.Measures) || len(p.Areas) != len(doc.Areas) {
		return fmt.Errorf("%d figures and %d areas are not those of the setup", len(p.Figures), len(p.Areas))
	}
	if len(p.AnswerTimes) != len(doc.TimeClasses) {
		return fmt.Errorf("%d time classes", len(p.AnswerTimes))
	}
	for i, f := range p.Figures {
		if f.Measure != doc.Measures[i].Code || f.Previous != nil && f.Previous.Round != doc.Previous {
			return fmt.Errorf("figure %s is not that of the setup", f.Measure)
		}
	}
	for i, a := range p.Areas {
		if a.Area != doc.Areas[i] || len(a.Values) != len(doc.Measures) || !doc.sameCriteria(a.Distributions) {
			return fmt.Errorf("area %s is not that of the setup", a.Area)
		}
	}
	if !doc.sameCriteria(p.Distributions) {
		return fmt.Errorf("criteria are not those of the setup")
	}
	return nil
}

func (doc *document) sameCriteria(ds []Distribution) bool {
	return slices.EqualFunc(doc.Criteria, ds, func(c wireCriterion, d Distribution) bool {
		return c.Channel == d.Channel && c.Code == d.Criterion && c.Title == d.Title &&
			slices.EqualFunc(c.Levels, d.Levels, func(code survey.LevelCode, l Level) bool { return code == l.Level })
	})
}

func freezeProfile(p *Profile) wireProfile {
	who := p.Participant
	w := wireProfile{
		Code: who.Code, Name: who.Name, CountyCode: who.CountyCode, County: who.County, Population: who.Population,
		SKRGroupCode: who.SKRGroupCode, SKRGroup: who.SKRGroup, SizeClass: who.SizeClass,
		Phone: who.Phone, Email: who.Email, Opens: int(who.Hours.Opens), Closes: int(who.Hours.Closes),
		Calls: p.Phone, Emails: p.Email,
		Figures: make(table, len(p.Figures)), Levels: freezeLevels(p.Distributions),
		Times: make([]int, len(p.AnswerTimes)), Areas: make([]wireArea, len(p.Areas)),
	}
	for i := range p.Figures {
		w.Figures[i] = freezeFigure(&p.Figures[i])
	}
	for i, c := range p.AnswerTimes {
		w.Times[i] = c.Count
	}
	for i, a := range p.Areas {
		values := make(table, len(a.Values))
		for j, v := range a.Values {
			values[j] = freezeValue(v, valueColumns)
		}
		w.Areas[i] = wireArea{Values: values, Levels: freezeLevels(a.Distributions)}
	}
	return w
}

func freezeLevels(ds []Distribution) table {
	t := make(table, len(ds))
	for i, d := range ds {
		t[i] = make(row, 1+len(d.Levels))
		t[i][0] = whole(d.Base)
		for j, l := range d.Levels {
			t[i][1+j] = whole(l.Count)
		}
	}
	return t
}

// freezeValue is a row of the given width with the columns of a value filled in.
func freezeValue(v Value, width int) row {
	r := make(row, width)
	r[colBase], r[colCount], r[colValue] = whole(v.Base), whole(v.Count), v.Result
	r[colLow], r[colHigh], r[colRescaled] = v.Low, v.High, flag(v.Rescaled)
	return r
}

func freezeFigure(f *Figure) row {
	r := freezeValue(f.Value, columns)
	r[colSmall] = flag(f.Small)
	r[colPlace], r[colOf] = some(f.Place.Rank), some(f.Place.Of)
	r[colCountyPlace], r[colCountyOf] = some(f.InCounty.Rank), some(f.InCounty.Of)
	r[colClassPlace], r[colClassOf] = some(f.InClass.Rank), some(f.InClass.Of)
	r[colQuartile] = some(slices.Index(quartiles, f.Quartile))
	r[colMeanAll], r[colMeanClass] = f.Means.All, f.Means.SizeClass
	r[colMeanCounty], r[colMeanSKR] = f.Means.County, f.Means.SKRGroup
	if c := f.Previous; c != nil {
		r[colComparable] = known(flag(c.Comparable).Value)
		r[colPrevious], r[colChange], r[colChangeLow], r[colChangeHigh] = c.Value, c.Change, c.Low, c.High
	}
	return r
}
