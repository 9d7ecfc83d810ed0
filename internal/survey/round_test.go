package survey_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"servicematning/internal/survey"
)

func TestRemarksPointOutWhatIsUnusual(t *testing.T) {
	for _, tt := range []struct {
		name     string
		from, to string
		label    string
		drop     int // questions taken out
		want     []string
	}{
		{"as usual", "2026-10-19", "2026-11-20", "vecka 43–47", 0, nil},
		{"four weeks called so", "2026-10-19", "2026-11-13", "vecka 43–46", 0, []string{"4 veckor"}},
		{"one week", "2026-11-23", "2026-11-27", "vecka 48", 0, []string{"1 vecka (vecka 48)."}},
		{"one week called two", "2026-11-23", "2026-11-27", "vecka 48–49", 0,
			[]string{"1 vecka (vecka 48).", "men datumen är vecka 48."}},
		{"five weeks called four", "2026-10-19", "2026-11-20", "vecka 43–46", 0, []string{"”vecka 43–46”, men datumen är vecka 43–47"}},
		{"label with another dash and abbreviation", "2026-10-19", "2026-11-20", "v. 43-46", 0, []string{"men datumen är"}},
		{"label in words without weeks", "2026-10-19", "2026-11-20", "hösten", 0, nil},
		{"quota", "2026-10-19", "2026-11-20", "", 3, []string{"114 kontakter"}},
		{"over new year", "2026-12-14", "2027-01-15", "vecka 51–2", 0, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := survey.NewRound("x", survey.FieldPeriod{From: date(tt.from), To: date(tt.to)})
			if err != nil {
				t.Fatal(err)
			}
			r.Label = tt.label
			r.Design.Questions = r.Design.Questions[tt.drop:]
			got := r.Remarks()
			if len(got) != len(tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			for i, w := range tt.want {
				if !strings.Contains(got[i], w) {
					t.Errorf("got %q, want %q in it", got[i], w)
				}
			}
		})
	}
}

func TestNewRoundRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, code, from, to string
		fields               []string
	}{
		{"no code", "", "2026-10-19", "2026-11-20", []string{"code"}},
		{"code with a slash", "20/26", "2026-10-19", "2026-11-20", []string{"code"}},
		{"the address of the form", "ny", "2026-10-19", "2026-11-20", []string{"code"}},
		{"backwards", "2026", "2026-11-20", "2026-10-19", []string{"to"}},
		{"two years", "2026", "2026-01-01", "2027-12-31", []string{"to"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := survey.NewRound(tt.code, survey.FieldPeriod{From: date(tt.from), To: date(tt.to)})
			checkFields(t, err, tt.fields)
		})
	}
	_, err := survey.NewRound("2026", survey.FieldPeriod{})
	checkFields(t, err, []string{"from", "to"})
}

func TestStagesGoOneWay(t *testing.T) {
	now := tuesday10
	for i, from := range survey.Stages {
		for j, to := range survey.Stages {
			r := survey.Round{Code: "x", Stage: from}
			err := r.Advance(to, now)
			if allowed := j == i+1; allowed != (err == nil) {
				t.Errorf("%s → %s: %v", from, to, err)
			}
		}
	}
}

func TestCloseFromAnyOpenStage(t *testing.T) {
	for _, from := range []survey.Stage{survey.Draft, survey.Fieldwork, survey.Review} {
		r := survey.Round{Stage: from}
		if err := r.Close(tuesday10); err != nil || r.Stage != survey.Closed || !r.ClosedAt.Equal(tuesday10) {
			t.Errorf("from %s: %v, %s", from, err, r.Stage)
		}
	}
	r := survey.Round{Stage: survey.Published}
	if err := r.Close(tuesday10); !errors.Is(err, survey.ErrClosed) {
		t.Errorf("closing a published round: %v", err)
	}
}

func TestBundledData(t *testing.T) {
	ms := survey.BundledMunicipalities()
	if len(ms) != 290 {
		t.Errorf("%d municipalities, want 290", len(ms))
	}
	sum := 0
	for _, m := range ms {
		sum += m.Population
	}
	if sum != 10587710 {
		t.Errorf("population %d, want 10 587 710", sum)
	}
	d := survey.DefaultDesign("2026")
	if d.Quota() != 120 {
		t.Errorf("quota %d, want 120", d.Quota())
	}
	perArea := map[survey.QuestionArea]int{}
	for _, q := range d.Questions {
		perArea[q.Area]++
		if err := q.Check(d, q.Code); err != nil {
			t.Errorf("%s: %v", q.Code, err)
		}
		if q.AnchorGood == "" || q.AnchorFair == "" || q.AnchorPoor == "" {
			t.Errorf("%s lacks an anchor", q.Code)
		}
	}
	for _, a := range survey.DefaultAreas() {
		if perArea[a] != 6 {
			t.Errorf("%s has %d questions, want 6", a, perArea[a])
		}
	}
	if errs := d.Check(); len(errs) > 0 {
		t.Errorf("the default design: %v", errs)
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	table := map[survey.Action][]survey.Role{
		survey.PerformContacts: {survey.RoleEvaluator},
		survey.SeeSetup:        {survey.RoleLead, survey.RoleCommissioner},
		survey.EditSetup:       {survey.RoleLead},
		survey.SeeContacts:     {survey.RoleLead, survey.RoleCommissioner},
		survey.ReviewContacts:  {survey.RoleLead},
		survey.SeeLiveResults:  {survey.RoleLead, survey.RoleCommissioner},
		survey.SeeOwnResults:   {survey.RoleReader},
		survey.CloseRounds:     {survey.RoleCommissioner},
		survey.PublishRounds:   {survey.RoleCommissioner},
		survey.ManageAccounts:  {survey.RoleAdmin},
		survey.UseAccount:      survey.Roles,
	}
	for action, roles := range table {
		for _, role := range survey.Roles {
			want := slices.Contains(roles, role)
			if got := (survey.User{Role: role}).May(action); got != want {
				t.Errorf("%s may %s: %v, want %v", role, action, got, want)
			}
			if (survey.User{Role: role, Disabled: true}).May(action) {
				t.Errorf("a disabled %s may %s", role, action)
			}
		}
	}
}

func TestReviewMoves(t *testing.T) {
	submitted := survey.Contact{State: survey.Submitted, Disposition: survey.Completed}
	returned := submitted
	now := time.Date(2026, 10, 27, 9, 32, 0, 0, time.UTC)
	if err := returned.Return("lead@example.se", "Lyssna en gång till", now); err != nil ||
		returned.State != survey.Returned || !returned.ReturnedAt.Equal(now) {
		t.Errorf("return: %v, %s at %v", err, returned.State, returned.ReturnedAt)
	}
	if err := (&survey.Contact{State: survey.Planned}).Approve("x"); !errors.Is(err, survey.ErrConflict) {
		t.Errorf("approving a planned contact: %v", err)
	}
	void := submitted
	if err := void.MakeVoid("lead@example.se", ""); err == nil {
		t.Error("void without a reason")
	}
	if err := void.MakeVoid("lead@example.se", "fel nummer"); err != nil || void.Counts(survey.Design{}) {
		t.Errorf("void: %v, counts %v", err, void.Counts(survey.Design{}))
	}
}

func TestCounts(t *testing.T) {
	review := survey.Design{ReviewRequired: true}
	for _, tt := range []struct {
		state           survey.State
		without, within bool
	}{
		{survey.Planned, false, false}, {survey.Begun, false, false}, {survey.Returned, false, false},
		{survey.Submitted, true, false}, {survey.Approved, true, true},
	} {
		c := survey.Contact{State: tt.state}
		if c.Counts(survey.Design{}) != tt.without || c.Counts(review) != tt.within {
			t.Errorf(
				"%s counts %v, and %v where review is required",
				tt.state,
				c.Counts(survey.Design{}),
				c.Counts(review),
			)
		}
	}
}

func TestNormalPhone(t *testing.T) {
	for in, want := range map[string]string{
		"0171-525 00": "+4617152500", "+46 701 74 06 05": "+46701740605", "0046701740605": "+46701740605",
		"(08) 123 456": "+468123456", "+46 (0)8 123 456": "+468123456", "ring oss": "", "": "", "+46": "", "0171x": "",
	} {
		got, ok := survey.NormalPhone(in)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q %v, want %q", in, got, ok, want)
		}
	}
}

func TestSpanText(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 min", 52 * time.Minute: "52 min", 31*time.Hour + 51*time.Minute: "31 h 51 min", 9 * time.Hour: "9 h 00 min",
	} {
		if got := survey.SpanText(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
