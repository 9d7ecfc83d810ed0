package results

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/survey"
)

func TestReportHead(t *testing.T) {
	r := testRound(t)
	r.Revision, r.Stage = 3, survey.Review
	setup := survey.Setup{Round: r, Participants: []survey.Participant{town("0862"), town("0860")}}
	rep, err := Compute(setup, streamOf(nil), nil, monday)
	if err != nil {
		t.Fatal(err)
	}
	if rep.Round != "2026" || rep.Revision != 3 || rep.Stage != survey.Review || !rep.Computed.Equal(monday) ||
		rep.Definitions != r.Design.Definitions || !cmp.Equal(rep.Weights, r.Design.Weights) {
		t.Errorf("head of the report: %+v", rep)
	}
	if len(rep.Profiles) != 2 || rep.Profiles[0].Participant.Code != "0860" || setup.Participants[0].Code != "0862" {
		t.Error("profiles are not by municipality code, or the setup was reordered")
	}
	if _, ok := rep.Profile("0862"); !ok {
		t.Error("no profile of 0862")
	}
	if _, ok := rep.Profile("9999"); ok {
		t.Error("a profile of 9999")
	}
}

func TestEmptyRound(t *testing.T) {
	rep, err := Compute(survey.Setup{Round: testRound(t)}, streamOf(nil), &Report{}, monday)
	if err != nil || len(rep.Profiles) != 0 || len(rep.AreaMeans) != 10 {
		t.Errorf("no participants: %d profiles, %v", len(rep.Profiles), err)
	}
	p := Summarise(testRound(t), town0860, nil)[0]
	for _, f := range p.Figures {
		if f.Result.Known || f.Low.Known || f.Base != 0 || f.Place != (Place{}) || f.Quartile != "" || f.Means != (Means{}) {
			t.Errorf("no contacts: %s is %+v", f.Measure, f)
		}
	}
}

func TestTheStreamsErrorEndsIt(t *testing.T) {
	broken := errors.New("disk on fire")
	read := 0
	stream := func(yield func(survey.Contact, error) bool) {
		read++
		if yield(survey.Contact{}, broken) {
			read++
		}
	}
	_, err := Compute(survey.Setup{Round: testRound(t)}, stream, nil, monday)
	if !errors.Is(err, broken) || read != 1 {
		t.Errorf("error %v after %d reads", err, read)
	}
}

func TestOtherMunicipalitiesArePassedOver(t *testing.T) {
	hit := call(reached(0, allGood))
	p := Summarise(testRound(t), town0860, append(in("0861", hit), hit))
	if len(p) != 1 || p[0].Phone != 1 {
		t.Errorf("profiles %+v", p)
	}
}

// sample is some municipalities of a whole round.
func sample(t testing.TB, municipalities int) (survey.Setup, []survey.Contact) {
	setup, contacts := wholeRound(t, 2026)
	setup.Participants = setup.Participants[:municipalities]
	return setup, contacts[:municipalities*2*setup.Round.Design.Quota()]
}

func TestTheOrderOfContactsMakesNoDifference(t *testing.T) {
	setup, contacts := sample(t, 25)
	want, err := Compute(setup, streamOf(contacts), nil, monday)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	for range 5 {
		shuffled := slices.Clone(contacts)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		got, err := Compute(setup, streamOf(shuffled), nil, monday)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("another order gives another report: %s", diff)
		}
	}
}

// What a municipality has of its own does not depend on the others.
func TestAMunicipalitysOwnFiguresAreItsOwn(t *testing.T) {
	setup, contacts := sample(t, 12)
	together := Summarise(setup.Round, setup.Participants, contacts)
	each := 2 * setup.Round.Design.Quota()
	for i, p := range setup.Participants {
		alone := Summarise(setup.Round, []survey.Participant{p}, contacts[i*each:(i+1)*each])[0]
		for j := range alone.Figures {
			if a, b := alone.Figures[j].Value, together[i].Figures[j].Value; a != b {
				t.Errorf("%s %s: alone %+v, together %+v", p.Code, alone.Figures[j].Measure, a, b)
			}
		}
		if diff := cmp.Diff(alone.Areas, together[i].Areas); diff != "" {
			t.Errorf("%s: areas differ: %s", p.Code, diff)
		}
	}
}

// TestAgainstCountingOneByOne counts drawn contacts the plain way, figure by
// figure and straight from domain.md, and adds up the areas.
func TestAgainstCountingOneByOne(t *testing.T) {
	setup, contacts := sample(t, 6)
	cal, d := setup.Round.Calendar, setup.Round.Design
	replied := func(c survey.Contact) bool {
		return !c.Mail.FirstReply.IsZero() && cal.Between(c.Mail.Sent, c.Mail.FirstReply) <= 90*time.Hour
	}
	isReached := func(c survey.Contact) bool { _, ok := c.ReachedAttempt(); return ok }
	rules := map[string]struct {
		channel   survey.Channel
		base, hit func(survey.Contact) bool
	}{
		"phone_reached_60": {survey.Phone, nil, func(c survey.Contact) bool {
			a, ok := c.FirstCounted()
			return ok && a.Outcome == survey.Reached && a.Connected.Sub(a.Dialled) <= time.Minute
		}},
		"phone_interest": {survey.Phone, isReached, func(c survey.Contact) bool {
			a, _ := c.ReachedAttempt()
			return a.Ratings.Interest == survey.Good
		}},
		"email_replied": {survey.Email, nil, replied},
		"email_complete_1d": {survey.Email, nil, func(c survey.Contact) bool {
			return replied(c) && !c.Mail.CompleteReply.IsZero() && cal.Between(c.Mail.Sent, c.Mail.CompleteReply) <= 9*time.Hour
		}},
		"email_sender": {survey.Email, replied, func(c survey.Contact) bool { return c.Mail.Sender == survey.FullSender }},
	}
	for _, p := range Summarise(setup.Round, setup.Participants, contacts) {
		for code, rule := range rules {
			base, hits := 0, 0
			for _, c := range contacts {
				own := c.Municipality == p.Participant.Code && c.Channel == rule.channel && c.Counts(d)
				if !own || rule.base != nil && !rule.base(c) {
					continue
				}
				base++
				if rule.hit(c) {
					hits++
				}
			}
			f := of(t, p, code)
			areaBase, areaHits := 0, 0
			for _, a := range p.Areas {
				areaBase += a.Values[measureIndex[code]].Base
				areaHits += a.Values[measureIndex[code]].Count
			}
			if f.Base != base || f.Count != hits || areaBase != base || areaHits != hits {
				t.Errorf("%s %s: %d/%d and in areas %d/%d, counted %d/%d",
					p.Participant.Code, code, f.Count, f.Base, areaHits, areaBase, hits, base)
			}
		}
	}
}
