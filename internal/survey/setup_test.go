package survey_test

import (
	"errors"
	"testing"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

func TestOwnDataOfAParticipant(t *testing.T) {
	october := func(d int) officehours.Date { return officehours.Date{Year: 2026, Month: time.October, Day: d} }
	for name, tc := range map[string]struct {
		change func(*survey.Participant)
		field  string // with an error, "" for none
	}{
		"the whole period":      {func(*survey.Participant) {}, ""},
		"joins late":            {func(p *survey.Participant) { p.Joined = october(26) }, ""},
		"leaves":                {func(p *survey.Participant) { p.Left = october(26) }, ""},
		"takes part for a day":  {func(p *survey.Participant) { p.Joined, p.Left = october(26), october(27) }, ""},
		"leaves on day one":     {func(p *survey.Participant) { p.Joined, p.Left = october(26), october(26) }, "left"},
		"leaves before it came": {func(p *survey.Participant) { p.Joined, p.Left = october(26), october(1) }, "left"},
		"own hours":             {func(p *survey.Participant) { p.Hours = officehours.Hours{Opens: 540, Closes: 900} }, ""},
		"opens when it closes":  {func(p *survey.Participant) { p.Hours = officehours.Hours{Opens: 540, Closes: 540} }, "closes"},
		"never closes":          {func(p *survey.Participant) { p.Hours = officehours.Hours{Opens: 540} }, "closes"},
	} {
		t.Run(name, func(t *testing.T) {
			p := survey.Participant{Phone: "0171-525 00", Email: "kommun@example.se"}
			tc.change(&p)
			wantField(t, p.Check(), tc.field)
		})
	}
}

func TestOwnDataOfAnEvaluator(t *testing.T) {
	for name, tc := range map[string]struct {
		hours officehours.Hours
		field string // with an error, "" for none
	}{
		"as the round":         {officehours.Hours{}, ""},
		"afternoons":           {officehours.Hours{Opens: 720, Closes: 1020}, ""},
		"from midnight":        {officehours.Hours{Closes: 600}, ""},
		"backwards":            {officehours.Hours{Opens: 720, Closes: 600}, "closes"},
		"ends where it begins": {officehours.Hours{Opens: 720, Closes: 720}, "closes"},
	} {
		t.Run(name, func(t *testing.T) {
			e := survey.Evaluator{Email: "maja@example.se", Name: "Maja", Hours: tc.hours}
			wantField(t, e.Check(), tc.field)
		})
	}
}

// wantField checks that exactly the one field is refused, or none when "".
func wantField(t *testing.T, err error, field string) {
	t.Helper()
	var errs survey.FieldErrors
	errors.As(err, &errs)
	switch {
	case field == "" && err != nil:
		t.Errorf("refused: %v", err)
	case field != "" && (len(errs) != 1 || errs[0].Field != field):
		t.Errorf("got %v, want an error of %s alone", err, field)
	}
}
