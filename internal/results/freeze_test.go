package results

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func frozen(t testing.TB, setup survey.Setup, rep Report) []byte {
	t.Helper()
	data, err := Freeze(rep, setup, monday, rep.Revision)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestThawGivesBackWhatWasFrozen(t *testing.T) {
	compared, contacts := sample(t, 20)
	before, err := Compute(compared, streamOf(contacts[:len(contacts)/2]), nil, monday)
	if err != nil {
		t.Fatal(err)
	}
	before.Round = "2025"
	full, err := Compute(compared, streamOf(contacts), &before, monday)
	if err != nil {
		t.Fatal(err)
	}
	empty := survey.Setup{Round: testRound(t)}
	silent := survey.Setup{Round: testRound(t), Participants: town0860}
	partial := survey.Setup{Round: testRound(t), Participants: []survey.Participant{town("0860"), town("0861")}}
	partial.Participants[0].Hours = officehours.Hours{Opens: 480, Closes: 960}
	partial.Round.Design.Weights.Email = nil
	partial.Round.Design.SmallBase = 30
	before.Definitions = "2017"
	unlike, err := Compute(compared, streamOf(contacts), &before, monday)
	if err != nil {
		t.Fatal(err)
	}
	report := func(s survey.Setup, cs ...survey.Contact) Report {
		rep, err := Compute(s, streamOf(cs), nil, monday)
		if err != nil {
			t.Fatal(err)
		}
		return rep
	}
	for name, tc := range map[string]struct {
		setup survey.Setup
		rep   Report
	}{
		"compared with an earlier round": {compared, full},
		"not comparable with it":         {compared, unlike},
		"no participants":                {empty, report(empty)},
		"no contacts":                    {silent, report(silent)},
		"rescaled and partly unknown":    {partial, report(partial, call(missed(survey.Busy)))},
	} {
		t.Run(name, func(t *testing.T) {
			data := frozen(t, tc.setup, tc.rep)
			got, err := Thaw(data)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.rep, got); diff != "" {
				t.Fatalf("thawed report differs: %s", diff)
			}
			if again := frozen(t, tc.setup, got); !bytes.Equal(data, again) {
				t.Error("freezing it again gives other bytes")
			}
		})
	}
}

func TestAWholeRoundIsFrozenInEightMegabytes(t *testing.T) {
	setup, rep := wholeReport(t)
	if data := frozen(t, setup, rep); len(data) > 8_000_000 {
		t.Errorf("%d bytes", len(data))
	}
}

func TestFrozenDocumentIsDeterministic(t *testing.T) {
	setup, contacts := sample(t, 8)
	first := ""
	for range 5 {
		rep, err := Compute(setup, streamOf(contacts), nil, monday)
		if err != nil {
			t.Fatal(err)
		}
		sum := Checksum(frozen(t, setup, rep))
		if first == "" {
			first = sum
		}
		if sum != first || len(sum) != 64 {
			t.Fatalf("checksums %s and %s", first, sum)
		}
	}
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180's example
	if got := Checksum([]byte("abc")); got != abc {
		t.Errorf("SHA-256 of abc is %s, want %s", got, abc)
	}
}

// TestFrozenDocumentHoldsTheRules looks at the document as a stranger would.
func TestFrozenDocumentHoldsTheRules(t *testing.T) {
	setup := survey.Setup{Round: testRound(t), Participants: town0860}
	rep, err := Compute(setup, streamOf([]survey.Contact{call(reached(10*time.Second, allGood))}), nil, monday)
	if err != nil {
		t.Fatal(err)
	}
	data, err := Freeze(rep, setup, monday.Add(time.Hour), 2)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Revision int
		Frozen   time.Time
		Period   struct{ From, To string }
		Calendar struct {
			Opens      string
			Exceptions []struct{ Date, Name string }
		}
		Limits   map[string]any
		Weights  struct{ Phone []struct{ Measure string } }
		Measures []struct{ Code, Title, Formula, Unit string }
		Columns  []string `json:"figure_columns"`

		Municipalities []struct {
			Code   string
			County string
			Class  string `json:"size_class"`
			Group  string `json:"skr_group"`

			Population int
			Figures    [][]*float64
		}
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Revision != 2 || !doc.Frozen.Equal(monday.Add(time.Hour)) ||
		doc.Period.From != "2026-10-19" || doc.Period.To != "2026-11-20" {
		t.Errorf("revision, instant or period: %+v", doc)
	}
	christmas := false
	for i, e := range doc.Calendar.Exceptions {
		christmas = christmas || e.Date == "2026-12-25" && e.Name == "Juldagen"
		if i > 0 && e.Date <= doc.Calendar.Exceptions[i-1].Date {
			t.Errorf("the calendar is not in order at %s", e.Date)
		}
	}
	if !christmas || doc.Calendar.Opens != "8.00" || doc.Limits["reply_cutoff_hours"] != 90.0 ||
		len(doc.Weights.Phone) != 6 {
		t.Errorf("calendar, limits or weights: %+v", doc)
	}
	if m := doc.Measures[0]; len(doc.Measures) != 27 || m.Code != "phone_reached_first" || m.Unit != "percent" ||
		m.Title == "" || m.Formula == "" {
		t.Errorf("definitions: %+v", doc.Measures)
	}
	p := doc.Municipalities[0]
	if p.Code != "0860" || p.County != "Län 08" || p.Population != 12_000 ||
		p.Class != "10000-14999" || p.Group != "Pendlingskommun" {
		t.Errorf("groups: %+v", p)
	}
	if doc.Columns[colValue] != "value" || *p.Figures[0][colValue] != 100 || len(doc.Columns) != int(columns) {
		t.Errorf("columns %v of %v", doc.Columns, p.Figures[0])
	}
	if got, err := Thaw(data); err != nil || got.Revision != 2 {
		t.Errorf("revision %d, %v", got.Revision, err)
	}
}

func TestThawRefusesWhatIsNoDocument(t *testing.T) {
	setup := survey.Setup{Round: testRound(t), Participants: town0860}
	rep, err := Compute(setup, streamOf([]survey.Contact{call(reached(0, allGood))}), nil, monday)
	if err != nil {
		t.Fatal(err)
	}
	good := string(frozen(t, setup, rep))
	cut := func(from, to string) string {
		i := strings.Index(good, from)
		return good[:i] + to + good[i+len(from):]
	}
	for name, data := range map[string]string{
		"nothing":          "",
		"half":             good[:len(good)/2],
		"another format":   cut(`"format":1`, `"format":2`),
		"no figures":       cut(`"figures":[[`, `"figures":[],"other":[[`),
		"a figure missing": cut(`"figures":[[`, `"figures":[[[`),
		"a loose number":   cut(`"figures":[[`, `"figures":[7,[`),
		"a value too many": cut(`"values":[[`, `"values":[[],[`),
		"a word":           cut(`"figures":[[1`, `"figures":[["1"`),
		"no area means":    cut(`"area_means":[`, `"area_means":[[`),
		"no area":          cut(`"areas":["bygglov",`, `"areas":[`),
	} {
		if data == good {
			t.Fatalf("%s: the document was not altered", name)
		}
		if rep, err := Thaw([]byte(data)); err == nil {
			t.Errorf("%s: read as a report of %d municipalities", name, len(rep.Profiles))
		}
	}
	var spaced bytes.Buffer
	if err := json.Indent(&spaced, []byte(good), "", "\t"); err != nil {
		t.Fatal(err)
	}
	if got, err := Thaw(spaced.Bytes()); err != nil || !cmp.Equal(got, rep) {
		t.Errorf("with spaces: %v", err)
	}
}

// A later program may have other measures than a document that was frozen before.
func TestThawByMeasureCode(t *testing.T) {
	setup := survey.Setup{Round: testRound(t), Participants: town0860}
	rep, err := Compute(setup, streamOf([]survey.Contact{call(reached(10*time.Second, allGood))}), nil, monday)
	if err != nil {
		t.Fatal(err)
	}
	older := strings.Replace(string(frozen(t, setup, rep)), `"code":"phone_reached_first"`, `"code":"phone_forgotten"`, 1)
	got, err := Thaw([]byte(older))
	if err != nil {
		t.Fatal(err)
	}
	p := got.Profiles[0]
	if f := of(t, p, "phone_reached_first"); f.Result.Known || p.Areas[0].Values[0].Result.Known {
		t.Errorf("a measure that the document does not have: %+v", f)
	}
	if f := of(t, p, "phone_answer_time"); f.Result != known(10) || p.Areas[0].Values[4].Result != known(10) {
		t.Errorf("the other measures moved: %+v", f)
	}
}

func TestFreezeRefusesAnotherSetup(t *testing.T) {
	setup := survey.Setup{Round: testRound(t), Participants: town0860}
	for name, alter := range map[string]func(*Report, *survey.Setup){
		"an area renamed": func(_ *Report, s *survey.Setup) {
			s.Round.Design.Areas = append([]survey.QuestionArea{"nytt"}, s.Round.Design.Areas[1:]...)
		},
		"an area less":        func(_ *Report, s *survey.Setup) { s.Round.Design.Areas = s.Round.Design.Areas[1:] },
		"a criterion less":    func(_ *Report, s *survey.Setup) { s.Round.Design.Criteria = s.Round.Design.Criteria[1:] },
		"a figure less":       func(r *Report, _ *survey.Setup) { r.Profiles[0].Figures = r.Profiles[0].Figures[1:] },
		"figures in disorder": func(r *Report, _ *survey.Setup) { r.Profiles[0].Figures[0].Measure = "phone_reached_30" },
		"a level less in one area": func(r *Report, _ *survey.Setup) {
			d := &r.Profiles[0].Areas[3].Distributions[4]
			d.Levels = d.Levels[1:]
		},
		"another criterion":   func(r *Report, _ *survey.Setup) { r.Profiles[0].Distributions[2].Criterion = "luck" },
		"a time class less":   func(r *Report, _ *survey.Setup) { r.Profiles[0].AnswerTimes = nil },
		"an area's mean less": func(r *Report, _ *survey.Setup) { r.AreaMeans = r.AreaMeans[1:] },
		"two earlier rounds": func(r *Report, _ *survey.Setup) {
			r.Profiles[0].Figures[0].Previous = &Change{Round: "2025"}
			r.Profiles[0].Figures[1].Previous = &Change{Round: "2024"}
		},
	} {
		rep, err := Compute(setup, streamOf(nil), nil, monday)
		if err != nil {
			t.Fatal(err)
		}
		other := setup
		alter(&rep, &other)
		if _, err := Freeze(rep, other, monday, 1); err == nil {
			t.Errorf("%s: frozen", name)
		}
	}
}

func TestFrozenCalendarKeepsItsHours(t *testing.T) {
	short := officehours.Date{Year: 2026, Month: time.October, Day: 30}
	setup := survey.Setup{Round: testRound(t)}
	setup.Round.Calendar.Exceptions[short] = officehours.Exception{
		Name: "Dag före alla helgons dag", Hours: officehours.Hours{Opens: 480, Closes: 720},
	}
	rep, err := Compute(setup, streamOf(nil), nil, monday)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"date":"2026-10-30","name":"Dag före alla helgons dag","opens":"8.00","closes":"12.00"},` +
		`{"date":"2026-10-31","name":"Alla helgons dag"}`
	if data := frozen(t, setup, rep); !strings.Contains(string(data), want) {
		t.Errorf("the document does not hold %s", want)
	}
}
