package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"servicematning/internal/fieldwork"
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// agreementTable is the agreement on each point of one channel.
type agreementTable struct {
	Title string
	Rows  []agreementRow
}

// agreementRow is the agreement on one point.
type agreementRow struct {
	Title, Help string
	results.Agreement
}

// Text is the share, "83,3 %".
func (r agreementRow) Text() string { return shareText(r.Share) }

// Between is its interval, "43,6–97,0".
func (r agreementRow) Between() string { return intervalText(r.Share) }

// Lean says to which side the differing judgements are.
func (r agreementRow) Lean() string { return leanText(r.Agreement) }

func shareText(v results.Value) string {
	if !v.Result.Known {
		return "–"
	}
	return decimal(1, v.Result.Value) + nbsp + "%"
}

// leanText is "2 mildare, 1 strängare", or a dash where none differs to a side.
func leanText(a results.Agreement) string {
	var parts []string
	if a.Milder > 0 {
		parts = append(parts, number(a.Milder)+" mildare")
	}
	if a.Stricter > 0 {
		parts = append(parts, number(a.Stricter)+" strängare")
	}
	if len(parts) == 0 {
		return "–"
	}
	return strings.Join(parts, ", ")
}

// agreementTables gives the points of each channel that something has been
// said about.
func agreementTables(d survey.Design, points map[results.PointKey]results.Agreement) []agreementTable {
	var tables []agreementTable
	for _, ch := range survey.Channels {
		t := agreementTable{Title: channelTitle(ch)}
		for _, point := range d.PracticePoints(ch) {
			if a, ok := points[results.PointKey{Channel: ch, Point: point}]; ok {
				t.Rows = append(t.Rows, agreementRow{point.Title(d, ch), pointHelp(point), a})
			}
		}
		if len(t.Rows) > 0 {
			tables = append(tables, t)
		}
	}
	return tables
}

// practiceAgreementPage shows those who lead how evaluators agree with the
// keys, and what divides them.
type practiceAgreementPage struct {
	setupFrame
	Sort     sorting
	Points   []column // a heading for each point
	People   []personRow
	All      []agreementCell // of everybody, on everything and on each point
	Alphas   []string        // per point: how far they agree with each other
	Dividing []dividingRow
	Pass     int // percent that the round asks for; 0 when it asks for none
	Waiting  []string
}

func (practiceAgreementPage) file() string { return "practice/agreement.html" }

// personRow is how one evaluator agrees with the keys.
type personRow struct {
	Name, Email     string
	Answered, Asked int
	State           badge
	Cells           []agreementCell // on everything, then on each point
}

// agreementCell is the agreement on something.
type agreementCell struct{ results.Agreement }

// Text is the share in whole percent, or a dash.
func (c agreementCell) Text() string { return wholePercent(c.Share.Count, c.Share.Base) }

// Lean says to which side the differing judgements are, in short.
func (c agreementCell) Lean() string {
	switch {
	case c.Milder > c.Stricter:
		return "mildare"
	case c.Stricter > c.Milder:
		return "strängare"
	}
	return ""
}

// Part is the share as a number to sort by; nothing is less than none.
func (c agreementCell) part() float64 {
	if c.Share.Base == 0 {
		return -1
	}
	return c.Share.Result.Value
}

// dividingRow is a practice contact with the point that divides people most.
type dividingRow struct {
	URL, Title, Point string
	Call              bool
	Answers           int
	Share             string // of all points that agree with the key
	Agreed            string // on the point: "4 av 9 som facit"
	Given             string // what was said on it: "5 god, 4 medelgod"
	part              float64
}

func (s *Server) showPracticeAgreement(c *visit) error {
	b, err := s.practiceBook(c)
	if err != nil {
		return err
	}
	return s.show(c, newPracticeAgreementPage(c, b))
}

func newPracticeAgreementPage(c *visit, b fieldwork.PracticeBook) *practiceAgreementPage {
	d := b.Setup.Round.Design
	keys := results.PracticeKeys(d)
	p := &practiceAgreementPage{setupFrame: openFrame(c, b.Setup, "Överensstämmelse", practicePart)}
	if d.PracticeRequired {
		p.Pass = d.PassAt()
	}
	orders := []string{"name", "answered", "-all"}
	for _, k := range keys {
		orders = append(orders, "-"+pointOrder(k))
	}
	p.Sort = sortingOf(c, orders...)
	judged := judgedBy(b)
	var everybody []results.Judged
	for _, e := range b.Setup.Evaluators {
		everybody = append(everybody, judged[e.Email]...)
		row := newPersonRow(b, e, judged[e.Email], keys)
		if row.Asked > 0 && row.Answered == 0 {
			p.Waiting = append(p.Waiting, row.Name)
		}
		if row.Asked > 0 || row.Answered > 0 {
			p.People = append(p.People, row)
		}
	}
	p.All = agreementCells(d, everybody, keys)
	for _, k := range keys {
		p.Points = append(p.Points, p.Sort.Column(pointOrder(k), channelTitle(k.Channel)+": "+
			lowerFirst(k.Point.Title(d, k.Channel))))
		p.Alphas = append(p.Alphas, alphaText(results.Reliability(d, everybody, k)))
	}
	sortSwedish(p.Waiting, func(name string) string { return name })
	p.order(keys)
	p.Dividing = dividingRows(b, everybody)
	return p
}

func pointOrder(k results.PointKey) string { return string(k.Channel) + "_" + string(k.Point) }

// judgedBy gives what each evaluator has said about what is not retired.
func judgedBy(b fieldwork.PracticeBook) map[string][]results.Judged {
	contacts := map[survey.PracticeID]survey.PracticeContact{}
	for _, p := range b.Contacts {
		if !p.Retired {
			contacts[p.ID] = p
		}
	}
	judged := map[string][]results.Judged{}
	for _, a := range b.Answers {
		if p, ok := contacts[a.Practice]; ok {
			judged[a.By] = append(judged[a.By], results.Judged{Contact: p, By: a.By, Given: a.Given})
		}
	}
	return judged
}

func newPersonRow(b fieldwork.PracticeBook, e survey.Evaluator, judged []results.Judged,
	keys []results.PointKey) personRow {
	d, st := b.Setup.Round.Design, b.Standing(e.Email)
	row := personRow{
		Name: e.Name, Email: e.Email, Answered: st.Answered, Asked: st.Asked, Cells: agreementCells(d, judged, keys),
	}
	switch {
	case st.Answered == 0:
		row.State = badge{"", "inte börjat"}
	case !st.Done():
		row.State = badge{"info", "pågår"}
	case !d.PracticeRequired:
		row.State = badge{"ok", "klar"}
	case st.Passed(d):
		row.State = badge{"ok", "godkänd"}
	default:
		row.State = badge{"late", "inte godkänd"}
	}
	return row
}

func agreementCells(d survey.Design, judged []results.Judged, keys []results.PointKey) []agreementCell {
	points, all := results.Agree(d, judged)
	cells := []agreementCell{{all}}
	for _, k := range keys {
		cells = append(cells, agreementCell{points[k]})
	}
	return cells
}

// order sorts the people by the column that is asked for.
func (p *practiceAgreementPage) order(keys []results.PointKey) {
	sortSwedish(p.People, func(r personRow) string { return r.Name })
	column := slices.IndexFunc(keys, func(k results.PointKey) bool { return pointOrder(k) == p.Sort.Key }) + 1
	by := func(a, b personRow) int { return cmp.Compare(a.Cells[column].part(), b.Cells[column].part()) }
	switch p.Sort.Key {
	case "name":
		by = func(personRow, personRow) int { return 0 }
		if p.Sort.Falling {
			slices.Reverse(p.People)
		}
	case "answered":
		by = func(a, b personRow) int { return cmp.Compare(a.Answered, b.Answered) }
	}
	slices.SortStableFunc(p.People, func(a, b personRow) int {
		if p.Sort.Falling {
			return by(b, a)
		}
		return by(a, b)
	})
}

// alphaText writes a reliability as "0,72", or a dash.
func alphaText(a results.Optional) string {
	if !a.Known {
		return "–"
	}
	return decimal(2, a.Value)
}

// dividingRows lists the practice contacts that are answered, the one that
// fewest agree with the key of first.
func dividingRows(b fieldwork.PracticeBook, judged []results.Judged) []dividingRow {
	d := b.Setup.Round.Design
	var rows []dividingRow
	for _, p := range b.Contacts {
		own := slices.DeleteFunc(slices.Clone(judged), func(j results.Judged) bool { return j.Contact.ID != p.ID })
		if len(own) == 0 {
			continue
		}
		points, all := results.Agree(d, own)
		row := dividingRow{
			URL: setupPath(b.Setup.Round, practicePart, p.ID), Title: p.Title, Call: p.Channel == survey.Phone,
			Answers: len(own), Share: wholePercent(all.Share.Count, all.Share.Base), part: all.Share.Result.Value,
		}
		worst := slices.MinFunc(p.Points(d), func(x, y survey.PracticePoint) int {
			share := func(pt survey.PracticePoint) float64 {
				return points[results.PointKey{Channel: p.Channel, Point: pt}].Share.Result.Value
			}
			return cmp.Compare(share(x), share(y))
		})
		if v := points[results.PointKey{Channel: p.Channel, Point: worst}].Share; v.Count < v.Base {
			row.Point, row.Agreed = worst.Title(d, p.Channel), number(v.Count)+" av "+number(v.Base)+" som facit"
			row.Given = givenText(worst, own)
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(x, y dividingRow) int { return cmp.Compare(x.part, y.part) })
	return rows
}

// givenText counts what was said on a point: "5 god, 4 medelgod".
func givenText(point survey.PracticePoint, judged []results.Judged) string {
	counts := map[string]int{}
	var said []string
	for _, j := range judged {
		text := lowerFirst(pointText(point, j.Given))
		if counts[text]++; counts[text] == 1 {
			said = append(said, text)
		}
	}
	slices.SortStableFunc(said, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	for i, text := range said {
		said[i] = number(counts[text]) + nbsp + text
	}
	return strings.Join(said, " · ")
}

// askResetPractice asks before an evaluator's answers are forgotten.
func (s *Server) askResetPractice(c *visit) error { return s.askPractice(c, newForm()) }

func (s *Server) askPractice(c *visit, f *form) error {
	b, err := s.practiceBook(c)
	if err == nil {
		err = s.locked(c, b.Setup.Round, practicePart, b.Setup.Round.Open())
	}
	if err != nil {
		return err
	}
	e, ok := b.Setup.Evaluator(c.Param("email"))
	if !ok {
		return survey.ErrNotFound
	}
	st := b.Standing(e.Email)
	if st.Answered == 0 {
		s.leaveFlash(c, flash{State: "Inget ändrat", Text: e.Name + " har inte svarat på något: det finns inget att öppna på nytt."})
		return c.Redirect(http.StatusSeeOther, setupPath(b.Setup.Round, practicePart, "overensstammelse"))
	}
	reason := newField(f, "why", "Varför?")
	reason.Hint = "Står i omgångens historik."
	frame := openFrame(c, b.Setup, "Öppna övningen på nytt", practicePart)
	return s.ask(c, &confirmPage{
		layout: frame.layout, Above: link{Label: "Överensstämmelse", URL: setupPath(b.Setup.Round, practicePart, "overensstammelse")},
		Parts: frame.Parts, Form: f, Confirm: confirm{
			URL:   setupPath(b.Setup.Round, practicePart, "nollstall", e.Email),
			Keep:  setupPath(b.Setup.Round, practicePart, "overensstammelse"),
			Title: "Öppna övningen på nytt för " + e.Name + "?",
			Effect: "De " + number(st.Answered) + " svaren tas bort (" + number(st.Agreed) + " av " + number(st.Points) +
				" punkter var lika med facit), och " + e.Name + " svarar från början. Facit är redan sett: ge gärna nya " +
				"övningskontakter också.",
			Button: "Ta bort svaren", Reason: &reason,
		},
	})
}

func (s *Server) resetPractice(c *visit) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	code := c.Param("round")
	err = s.Service.ResetPractice(c.ctx(), c.user, code, c.Param("email"), f.text("why"))
	if f.wrong(err) {
		return s.askPractice(c, f)
	}
	return s.doneSaying(c, err, address("omgangar", code, practicePart, "overensstammelse"),
		saved("Övningen är öppen på nytt. Skälet står i historiken."))
}
