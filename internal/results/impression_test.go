package results

import (
	"fmt"
	"testing"
	"time"

	"servicematning/internal/survey"
)

func TestImpressions(t *testing.T) {
	r := testRound(t)
	bad := survey.Ratings{Answer: survey.Poor, Information: survey.Good, Interest: survey.Poor, Treatment: survey.Good}
	hit, half, miss := call(reached(0, allGood)), call(reached(90*time.Second, bad)), call(missed(survey.Busy))
	reply, none := mailed(r, time.Hour, time.Hour, allGood), mailed(r, -1, -1, survey.Ratings{})
	for name, tc := range map[string]struct {
		contacts             []survey.Contact
		phone, email, overal string // rescaled ones with a star
	}{
		"nothing":            {nil, "–", "–", "–"},
		"all good":           {[]survey.Contact{hit, reply}, "100", "100", "100"},
		"only phone":         {[]survey.Contact{hit}, "100", "–", "100*"},
		"only e-mail":        {[]survey.Contact{reply}, "–", "100", "100*"},
		"weights":            {[]survey.Contact{half, reply}, "33.3333", "100", "66.6667"}, // 15 + 20·2/3 + 5
		"nobody was reached": {[]survey.Contact{miss, reply}, "0*", "100", "50*"},          // reached_60 and answer are left
		"nobody replied":     {[]survey.Contact{hit, hit, none}, "100", "0*", "50*"},
		"one of two replied": {[]survey.Contact{hit, reply, none}, "100", "85", "92.5"},
	} {
		t.Run(name, func(t *testing.T) {
			p := Summarise(r, town0860, tc.contacts)[0]
			for measure, want := range map[string]string{
				phoneImpression: tc.phone, emailImpression: tc.email, overallImpression: tc.overal,
			} {
				if got := marked(of(t, p, measure).Value); got != want {
					t.Errorf("%s is %s, want %s", measure, got, want)
				}
				if got := marked(p.Areas[0].Values[measureIndex[measure]]); got != want {
					t.Errorf("%s of the area is %s, want %s", measure, got, want)
				}
			}
		})
	}
}

func marked(v Value) string {
	if v.Rescaled {
		return number(v.Result) + "*"
	}
	return number(v.Result)
}

func TestWeights(t *testing.T) {
	hit, miss := call(reached(0, allGood)), call(missed(survey.Busy))
	mail := mailed(testRound(t), time.Hour, time.Hour, allGood)
	weights := func(phone ...survey.Weight) survey.Weights {
		return survey.Weights{Phone: phone, PhoneShare: 1, EmailShare: 3}
	}
	first := survey.Weight{Measure: "phone_reached_first", Points: 3}
	information := survey.Weight{Measure: "phone_information", Points: 1}
	for name, tc := range map[string]struct {
		weights         survey.Weights
		contacts        []survey.Contact
		phone, combined string
	}{
		"only proportions count": {weights(first, information), []survey.Contact{hit, miss}, "62.5", "62.5*"},
		"a weight of 0 leaves nothing out": {
			weights(first, survey.Weight{Measure: "phone_information"}), []survey.Contact{miss}, "0", "0*"},
		"no weights": {survey.Weights{PhoneShare: 1, EmailShare: 1}, []survey.Contact{hit}, "–", "–"},
		"a time is not weighted": {
			weights(first, survey.Weight{Measure: "phone_answer_time", Points: 9}), []survey.Contact{hit, miss}, "50", "50*"},
		"nor is the other channel": {
			weights(first, survey.Weight{Measure: "email_replied", Points: 9}), []survey.Contact{hit, miss, mail}, "50", "50*"},
		"a share of 0 is not missed": {
			survey.Weights{Phone: []survey.Weight{first}, PhoneShare: 1}, []survey.Contact{hit}, "100", "100"},
	} {
		t.Run(name, func(t *testing.T) {
			r := testRound(t)
			r.Design.Weights = tc.weights
			p := Summarise(r, town0860, tc.contacts)[0]
			phone, combined := marked(of(t, p, phoneImpression).Value), marked(of(t, p, overallImpression).Value)
			if phone != tc.phone || combined != tc.combined {
				t.Errorf("phone %s, overall %s; want %s, %s", phone, combined, tc.phone, tc.combined)
			}
		})
	}
	t.Run("the channels by their shares", func(t *testing.T) {
		r := testRound(t)
		r.Design.Weights.PhoneShare, r.Design.Weights.EmailShare = 1, 3
		p := Summarise(r, town0860, []survey.Contact{call(reached(0, allGood)), call(missed(survey.Busy)), mail})[0]
		// Phone: half of reached_60's 20 and answer's 25 are lost.
		if got, want := number(of(t, p, overallImpression).Result), number(known(0.25*77.5+0.75*100)); got != want {
			t.Errorf("overall %s, want %s", got, want)
		}
	})
}

func TestCheckWeights(t *testing.T) {
	if errs := CheckWeights(testRound(t).Design.Weights); len(errs) > 0 {
		t.Errorf("the default weights are refused: %v", errs)
	}
	weight := func(measure string) []survey.Weight { return []survey.Weight{{Measure: measure, Points: 1}} }
	for _, w := range []survey.Weights{
		{Phone: weight("phone_luck")}, {Phone: weight("phone_answer_time")}, {Phone: weight("email_answer")},
		{Email: weight("email_reply_time")}, {Email: weight("phone_greeting")}, {Email: weight(overallImpression)},
	} {
		if errs := CheckWeights(w); len(errs) != 1 || errs[0].Message == "" {
			t.Errorf("%v: %v, want one error", w, errs)
		}
	}
	for _, ch := range survey.Channels {
		for _, m := range Weighable(ch) {
			if m.Channel != ch || m.Unit != Percent {
				t.Errorf("%s cannot be weighed in %s", m.Code, ch)
			}
		}
	}
	if got := fmt.Sprint(len(Weighable(survey.Phone)), len(Weighable(survey.Email))); got != "13 8" {
		t.Errorf("%s measures can be weighed, want 13 8", got)
	}
}
