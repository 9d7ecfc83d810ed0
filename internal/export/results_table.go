package export

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// overview are the measures of the table over all municipalities.
var overview = []struct{ measure, title string }{
	{"phone_reached_60", "Nådd 60 s"},
	{"phone_direct_answer", "Direkt svar"},
	{"phone_treatment_index", "Bemötandeindex"},
	{"email_replied_1d", "E-brev 1 dag"},
	{"email_answer", "Svar i e-brev"},
	{"phone_impression", "Telefon"},
	{"email_impression", "E-post"},
	{"overall_impression", "Helhet"},
}

const (
	smallMark    = "*"
	rescaledMark = "†"
)

// WriteResultsTable writes a report as text for a terminal: every measure of
// one municipality, or the main measures of all when municipality is "".
func WriteResultsTable(w io.Writer, rep results.Report, municipality string) error {
	profiles, err := chosen(rep, municipality)
	if err != nil {
		return err
	}
	var b strings.Builder
	if municipality == "" {
		writeOverview(&b, rep)
	} else {
		writeProfile(&b, rep, &profiles[0])
	}
	_, err = io.WriteString(w, b.String())
	return err
}

func writeOverview(b *strings.Builder, rep results.Report) {
	noun := "kommuner"
	if len(rep.Profiles) == 1 {
		noun = "kommun"
	}
	fmt.Fprintf(b, "Omgång %s, %s. %d %s. Samtal och E-brev är antalet kontakter som räknas.\n\n",
		rep.Round, strings.ToLower(rep.Stage.Title()), len(rep.Profiles), noun)
	g := grid{left: 2}
	head := []string{"Kod", "Kommun", "Samtal", "E-brev"}
	for _, o := range overview {
		head = append(head, o.title)
	}
	g.add(append(head, "Plats")...)
	var marks marks
	for i := range rep.Profiles {
		p := &rep.Profiles[i]
		cells := []string{p.Participant.Code, p.Participant.Name, strconv.Itoa(p.Phone), strconv.Itoa(p.Email)}
		last := "–"
		for _, o := range overview {
			f, _ := p.Figure(o.measure)
			m, _ := results.MeasureByCode(o.measure)
			cells = append(cells, withUnit(f.Result, m.Unit)+marks.of(f))
			last = placeText(f.Place)
		}
		g.add(append(cells, last)...)
	}
	g.writeTo(b)
	marks.writeTo(b)
}

func writeProfile(b *strings.Builder, rep results.Report, p *results.Profile) {
	m := p.Participant.Municipality
	fmt.Fprintf(b, "%s (%s), omgång %s, %s\n", m.Name, m.Code, rep.Round, strings.ToLower(rep.Stage.Title()))
	fmt.Fprintf(b, "%s, %s, storleksklass %s. %d samtal och %d e-brev räknas.\n\n",
		m.County, m.SKRGroup, m.SizeClass, p.Phone, p.Email)
	g := grid{left: 1}
	head := []string{
		"Mått", "Bas", "Antal", "Värde", "95 %-intervall",
		"Plats", "I länet", "I klassen", "Alla", "Klassen", "Länet", "Gruppen",
	}
	previous := previousRound(p)
	if previous != "" {
		head = append(head, "Mot "+previous)
	}
	g.add(head...)
	var marks marks
	section := ""
	for i := range p.Figures {
		f := &p.Figures[i]
		m, _ := results.MeasureByCode(f.Measure)
		if title := sectionTitle(m); title != section {
			section = title
			g.add(section)
		}
		cells := append([]string{"  " + m.Title}, figureCells(m, f, marks.of(*f))...)
		if previous != "" {
			cells = append(cells, changeText(f.Previous))
		}
		g.add(cells...)
	}
	g.writeTo(b)
	marks.writeTo(b)
}

// sectionTitle parts the measures, some of which have the same title in both channels.
func sectionTitle(m results.Measure) string {
	switch {
	case m.Impression:
		return "Sammanvägt"
	case m.Channel == survey.Phone:
		return "Telefon"
	}
	return "E-post"
}

// figureCells are base, count, value, interval, places and means.
func figureCells(m results.Measure, f *results.Figure, mark string) []string {
	base, count := "–", "–"
	if !m.Impression {
		base = strconv.Itoa(f.Base)
	}
	if m.Share {
		count = strconv.Itoa(f.Count)
	}
	interval := "–"
	if f.Low.Known && f.High.Known {
		interval = oneDecimal(f.Low.Value) + "–" + oneDecimal(f.High.Value)
	}
	return []string{
		base, count, withUnit(f.Result, m.Unit) + mark, interval,
		placeText(f.Place), placeText(f.InCounty), placeText(f.InClass),
		plain(f.Means.All), plain(f.Means.SizeClass), plain(f.Means.County), plain(f.Means.SKRGroup),
	}
}

// previousRound is the code of the round that changes are counted from.
func previousRound(p *results.Profile) string {
	for _, f := range p.Figures {
		if f.Previous != nil {
			return f.Previous.Round
		}
	}
	return ""
}

func changeText(c *results.Change) string {
	switch {
	case c == nil:
		return "–"
	case !c.Comparable:
		return "ej jämförbart"
	case !c.Change.Known:
		return "–"
	}
	text := signed(c.Change.Value)
	if c.Low.Known && c.High.Known {
		text += " (" + oneDecimal(c.Low.Value) + " till " + oneDecimal(c.High.Value) + ")"
	}
	return text
}

func placeText(p results.Place) string {
	if p.Rank == 0 {
		return "–"
	}
	return fmt.Sprintf("%d av %d", p.Rank, p.Of)
}

// withUnit writes a figure as "83,3 %", "12,0 s", "1,5 h" or "87,4".
func withUnit(o results.Optional, u results.Unit) string {
	if !o.Known {
		return "–"
	}
	switch s := oneDecimal(o.Value); u {
	case results.Percent:
		return s + " %"
	case results.Seconds:
		return s + " s"
	case results.Hours:
		return s + " h"
	case results.Points:
		return s
	default:
		return s
	}
}

func plain(o results.Optional) string {
	if !o.Known {
		return "–"
	}
	return oneDecimal(o.Value)
}

// oneDecimal writes a number with a decimal comma and a real minus sign.
func oneDecimal(v float64) string {
	s := strings.Replace(strconv.FormatFloat(v, 'f', 1, 64), ".", ",", 1)
	if s == "-0,0" {
		return "0,0"
	}
	return strings.Replace(s, "-", "−", 1)
}

func signed(v float64) string {
	if s := oneDecimal(v); v > 0 && s != "0,0" {
		return "+" + s
	}
	return oneDecimal(v)
}

// marks remembers which marks a table has used, to explain them under it.
type marks struct{ small, rescaled bool }

func (m *marks) of(f results.Figure) string {
	mark := ""
	if f.Small && f.Result.Known {
		m.small = true
		mark += smallMark
	}
	if f.Rescaled && f.Result.Known {
		m.rescaled = true
		mark += rescaledMark
	}
	return mark
}

func (m *marks) writeTo(b *strings.Builder) {
	if m.small || m.rescaled {
		b.WriteByte('\n')
	}
	if m.small {
		b.WriteString(smallMark + " Litet underlag: ingen placering.\n")
	}
	if m.rescaled {
		b.WriteString(rescaledMark + " Någon del saknar underlag: övriga vikter räknas upp.\n")
	}
}
