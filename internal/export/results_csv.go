package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

var resultColumns = []string{
	"round", "revision", "stage", "municipality", "name", "county", "size_class", "skr_group",
	"area", "measure", "title", "unit", "base", "count", "value", "low", "high",
	"place", "of", "county_place", "county_of", "class_place", "class_of", "quartile",
	"mean_all", "mean_size_class", "mean_county", "mean_skr_group", "small", "formula", "rescaled",
}

// WriteResultsCSV writes a report as one row per municipality and measure,
// first for the whole municipality and then per question area. Numbers have
// full precision and a decimal point, and are empty when not known.
// municipality is a code, or "" for all.
func WriteResultsCSV(w io.Writer, rep results.Report, municipality string) error {
	profiles, err := chosen(rep, municipality)
	if err != nil {
		return err
	}
	out := resultWriter{csv: csv.NewWriter(w), rep: rep, measures: results.Measures(), areaMeans: areaMeans(rep)}
	if err := out.csv.Write(resultColumns); err != nil {
		return err
	}
	for i := range profiles {
		if err := out.profile(&profiles[i]); err != nil {
			return err
		}
	}
	out.csv.Flush()
	return out.csv.Error()
}

type resultWriter struct {
	csv       *csv.Writer
	rep       results.Report
	measures  []results.Measure
	areaMeans map[survey.QuestionArea][]results.Optional
	cells     []string
}

func (w *resultWriter) profile(p *results.Profile) error {
	for i := range p.Figures {
		f := &p.Figures[i]
		m, _ := results.MeasureByCode(f.Measure)
		w.begin(p, "", m, &f.Value)
		w.places(f.Place, f.InCounty, f.InClass)
		w.cells = append(w.cells, string(f.Quartile),
			decimal(f.Means.All), decimal(f.Means.SizeClass), decimal(f.Means.County), decimal(f.Means.SKRGroup),
			strconv.FormatBool(f.Small))
		if err := w.end(m, f.Rescaled); err != nil {
			return err
		}
	}
	for i := range p.Areas {
		if err := w.area(p, &p.Areas[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *resultWriter) area(p *results.Profile, a *results.AreaProfile) error {
	means := w.areaMeans[a.Area]
	for i := range min(len(a.Values), len(w.measures)) {
		w.begin(p, string(a.Area), w.measures[i], &a.Values[i])
		w.places(results.Place{}, results.Place{}, results.Place{})
		mean := ""
		if i < len(means) {
			mean = decimal(means[i])
		}
		w.cells = append(w.cells, "", mean, "", "", "", "")
		if err := w.end(w.measures[i], a.Values[i].Rescaled); err != nil {
			return err
		}
	}
	return nil
}

// begin fills the cells up to the interval.
func (w *resultWriter) begin(p *results.Profile, area string, m results.Measure, v *results.Value) {
	where := p.Participant.Municipality
	w.cells = append(w.cells[:0], inert(w.rep.Round), strconv.Itoa(w.rep.Revision), string(w.rep.Stage),
		where.Code, inert(where.Name), inert(where.County), inert(where.SizeClass), inert(where.SKRGroup),
		inert(area), m.Code, inert(m.Title), string(m.Unit))
	base, count := "", ""
	if !m.Impression {
		base = strconv.Itoa(v.Base)
	}
	if m.Share {
		count = strconv.Itoa(v.Count)
	}
	w.cells = append(w.cells, base, count, decimal(v.Result), decimal(v.Low), decimal(v.High))
}

func (w *resultWriter) places(ps ...results.Place) {
	for _, p := range ps {
		if p.Rank == 0 {
			w.cells = append(w.cells, "", "")
			continue
		}
		w.cells = append(w.cells, strconv.Itoa(p.Rank), strconv.Itoa(p.Of))
	}
}

func (w *resultWriter) end(m results.Measure, rescaled bool) error {
	w.cells = append(w.cells, inert(m.Formula), strconv.FormatBool(rescaled))
	return w.csv.Write(w.cells)
}

// decimal writes a number so that it reads back the same, "" when not known.
func decimal(o results.Optional) string {
	if !o.Known {
		return ""
	}
	return strconv.FormatFloat(o.Value, 'f', -1, 64)
}

// inert keeps a spreadsheet from running a text as a formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
