package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// WriteResultsJSON writes a report in the JSON of the interface description,
// one municipality at a time. municipality is a code, or "" for all; the
// envelope is the same. ErrNotFound: the municipality is not in the report.
func WriteResultsJSON(w io.Writer, rep results.Report, municipality string) error {
	profiles, err := chosen(rep, municipality)
	if err != nil {
		return err
	}
	out := jsonWriter{Writer: bufio.NewWriterSize(w, 1<<16), measures: results.Measures(), areaMeans: areaMeans(rep)}
	head := headJSON{rep.Round, rep.Revision, rep.Definitions, rep.Stage, len(rep.Profiles)}
	out.members("{", head, `,"municipalities":[`)
	for i := range profiles {
		before := "\n{"
		if i > 0 {
			before = ",\n{"
		}
		out.members(before, out.municipality(&profiles[i]), "}")
	}
	out.members("\n],", tailJSON{weights(rep.Weights), measureList(out.measures)}, "}\n")
	if out.err != nil {
		return out.err
	}
	return out.Flush()
}

// chosen are the profiles to write: one municipality's, or all.
func chosen(rep results.Report, municipality string) ([]results.Profile, error) {
	if municipality == "" {
		return rep.Profiles, nil
	}
	p, ok := rep.Profile(municipality)
	if !ok {
		return nil, survey.Refuse(survey.ErrNotFound,
			"Kommunen "+quoted(municipality)+" deltar inte i omgång "+rep.Round+"."+municipalityHint(municipality))
	}
	return []results.Profile{p}, nil
}

// areaMeans finds the means of an area.
func areaMeans(rep results.Report) map[survey.QuestionArea][]results.Optional {
	means := make(map[survey.QuestionArea][]results.Optional, len(rep.AreaMeans))
	for _, a := range rep.AreaMeans {
		means[a.Area] = a.Means
	}
	return means
}

type jsonWriter struct {
	*bufio.Writer
	measures  []results.Measure
	areaMeans map[survey.QuestionArea][]results.Optional
	buffer    bytes.Buffer
	err       error
}

// members writes an object without its braces between two texts, so that one
// object can be written in pieces.
func (w *jsonWriter) members(before string, v any, after string) {
	if w.err != nil {
		return
	}
	w.buffer.Reset()
	enc := json.NewEncoder(&w.buffer)
	enc.SetEscapeHTML(false)
	if w.err = enc.Encode(v); w.err != nil {
		return
	}
	object := bytes.TrimSpace(w.buffer.Bytes())
	_, _ = w.WriteString(before) // bufio keeps the first error for Flush
	_, _ = w.Write(object[1 : len(object)-1])
	_, _ = w.WriteString(after)
}

func (w *jsonWriter) municipality(p *results.Profile) municipalityJSON {
	m := p.Participant.Municipality
	out := municipalityJSON{
		Code: m.Code, Name: m.Name, SizeClass: m.SizeClass, CountyCode: m.CountyCode,
		County: m.County, SKRGroupCode: m.SKRGroupCode, SKRGroup: m.SKRGroup, Population: m.Population,
		Contacts:      contactsJSON{p.Phone, p.Email},
		Measures:      make([]figureJSON, len(p.Figures)),
		Areas:         make([]areaJSON, len(p.Areas)),
		Distributions: distributions(p.Distributions),
		AnswerTimes:   make([]timeClassJSON, len(p.AnswerTimes)),
	}
	for i := range p.Figures {
		out.Measures[i] = figure(&p.Figures[i])
	}
	for i := range p.Areas {
		out.Areas[i] = w.area(&p.Areas[i])
	}
	for i, c := range p.AnswerTimes {
		out.AnswerTimes[i] = timeClassJSON{c.Title, c.Count}
	}
	return out
}

func figure(f *results.Figure) figureJSON {
	m, _ := results.MeasureByCode(f.Measure)
	out := figureJSON{
		valueJSON: value(m, &f.Value),
		Means: meansJSON{
			All: number(&f.Means.All), SizeClass: number(&f.Means.SizeClass),
			County: number(&f.Means.County), SKRGroup: number(&f.Means.SKRGroup),
		},
		Small: f.Small, Rescaled: f.Rescaled, Formula: m.Formula,
	}
	out.Code = f.Measure
	out.Place, out.Of = place(&f.Place)
	out.CountyPlace, out.CountyOf = place(&f.InCounty)
	out.ClassPlace, out.ClassOf = place(&f.InClass)
	if f.Quartile != "" {
		out.Quartile = &f.Quartile
	}
	if c := f.Previous; c != nil {
		out.Previous = &previousJSON{
			c.Round, number(&c.Value), c.Comparable, number(&c.Change), number(&c.Low), number(&c.High),
		}
	}
	return out
}

func (w *jsonWriter) area(a *results.AreaProfile) areaJSON {
	n := min(len(a.Values), len(w.measures))
	out := areaJSON{Area: a.Area, Measures: make([]areaFigureJSON, n), Distributions: distributions(a.Distributions)}
	means := w.areaMeans[a.Area]
	for i := range n {
		v := &a.Values[i]
		out.Measures[i] = areaFigureJSON{valueJSON: value(w.measures[i], v), Rescaled: v.Rescaled}
		if i < len(means) {
			out.Measures[i].Means.All = number(&means[i])
		}
	}
	return out
}

func value(m results.Measure, v *results.Value) valueJSON {
	out := valueJSON{Code: m.Code, Unit: m.Unit, Value: number(&v.Result), Low: number(&v.Low), High: number(&v.High)}
	if !m.Impression {
		out.Base = &v.Base
	}
	if m.Share {
		out.Count = &v.Count
	}
	return out
}

// number is null when it is not known.
func number(o *results.Optional) *float64 {
	if !o.Known {
		return nil
	}
	return &o.Value
}

// place is null when there is none.
func place(p *results.Place) (rank, of *int) {
	if p.Rank == 0 {
		return nil, nil
	}
	return &p.Rank, &p.Of
}

func distributions(ds []results.Distribution) []distributionJSON {
	out := make([]distributionJSON, len(ds))
	for i, d := range ds {
		out[i] = distributionJSON{d.Channel, d.Criterion, d.Title, d.Base, make([]levelJSON, len(d.Levels))}
		for j, l := range d.Levels {
			out[i].Levels[j] = levelJSON{l.Level, l.Count}
		}
	}
	return out
}

func weights(w survey.Weights) weightsJSON {
	points := func(ws []survey.Weight) []weightJSON {
		out := make([]weightJSON, len(ws))
		for i, x := range ws {
			out[i] = weightJSON{x.Measure, x.Points}
		}
		return out
	}
	return weightsJSON{points(w.Phone), points(w.Email), w.PhoneShare, w.EmailShare}
}

func measureList(ms []results.Measure) []measureJSON {
	out := make([]measureJSON, len(ms))
	for i, m := range ms {
		out[i] = measureJSON{m.Code, m.Title, m.Channel, m.Unit, "high", m.Formula}
		if m.LowIsBest {
			out[i].Better = "low"
		}
	}
	return out
}
