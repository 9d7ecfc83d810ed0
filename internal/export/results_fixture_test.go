package export

import (
	"slices"
	"testing"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

func known(v float64) results.Optional { return results.Optional{Value: v, Known: true} }

// publishedReport is a report with one figure of each kind: a share with all
// that it is compared with, a median, an impression and an empty base.
func publishedReport(t testing.TB) results.Report {
	t.Helper()
	stockholm := survey.Municipality{Code: "0180", Name: "=Stockholm", CountyCode: "01", County: "Stockholms län",
		SKRGroup: "Storstäder", SizeClass: "200000+"}
	return results.Report{
		Round: "2019", Revision: 2, Definitions: "2019", Stage: survey.Closed,
		Weights: survey.Weights{Phone: []survey.Weight{{Measure: "phone_reached_60", Points: 20}}, PhoneShare: 50,
			EmailShare: 50},
		Profiles: []results.Profile{
			{Participant: survey.Participant{Municipality: stockholm}},
			{
				Participant: survey.Participant{Municipality: haboRead}, Phone: 120, Email: 119,
				Figures: []results.Figure{
					{
						Measure: "phone_reached_60",
						Value: results.Value{Base: 120, Count: 100, Result: known(100 * 100.0 / 120), Low: known(75.7),
							High: known(88.9)},
						Place:    results.Place{Rank: 9, Of: 147},
						InCounty: results.Place{Rank: 2, Of: 5}, InClass: results.Place{Rank: 1, Of: 20},
						Quartile: results.Best,
						Means:    results.Means{All: known(58.1), SizeClass: known(52.4), County: known(60.2), SKRGroup: known(55)},
						Previous: &results.Change{Round: "2018", Value: known(79.2), Comparable: true, Change: known(4.1),
							Low: known(-5.6), High: known(13.8)},
					},
					{
						Measure: "phone_answer_time", Value: results.Value{Base: 20, Result: known(12)}, Small: true,
						Previous: &results.Change{Round: "2018", Value: known(10)},
					},
					{Measure: "email_answer", Previous: &results.Change{Round: "2018", Comparable: true}},
					{Measure: "overall_impression", Value: results.Value{Result: known(89.68), Rescaled: true},
						Place: results.Place{Rank: 1, Of: 2}},
				},
				Distributions: []results.Distribution{{
					Channel: survey.Phone, Criterion: survey.Answer, Title: "Svar på frågan", Base: 3,
					Levels: []results.Level{{Level: survey.Good, Count: 3}, {Level: survey.Poor}},
				}},
				AnswerTimes: []results.TimeClass{{Title: "≤ 30 s", Count: 7}},
				Areas:       []results.AreaProfile{{Area: "bygglov", Values: areaValues()}},
			},
		},
		AreaMeans: []results.AreaMeans{{Area: "bygglov", Means: areaMeansOf(61.25)}},
	}
}

// areaValues has one known value, of the share phone_reached_60.
func areaValues() []results.Value {
	values := make([]results.Value, len(results.Measures()))
	values[reached60()] = results.Value{Base: 12, Count: 6, Result: known(50), Low: known(25.4), High: known(74.6)}
	return values
}

func areaMeansOf(v float64) []results.Optional {
	means := make([]results.Optional, len(results.Measures()))
	means[reached60()] = known(v)
	return means
}

func reached60() int {
	return slices.IndexFunc(results.Measures(), func(m results.Measure) bool { return m.Code == "phone_reached_60" })
}

// fullReport is a round of all municipalities with every figure filled.
func fullReport(t testing.TB) results.Report {
	t.Helper()
	one := publishedReport(t)
	profile := one.Profiles[1]
	profile.Figures = nil
	for _, m := range results.Measures() {
		f := one.Profiles[1].Figures[0]
		f.Measure = m.Code
		profile.Figures = append(profile.Figures, f)
	}
	ds := make([]results.Distribution, 8)
	for i := range ds {
		ds[i] = profile.Distributions[0]
	}
	values := make([]results.Value, len(results.Measures()))
	for i := range values {
		values[i] = one.Profiles[1].Figures[0].Value
	}
	profile.Distributions, profile.Areas = ds, nil
	one.AreaMeans = nil
	for _, a := range survey.DefaultAreas() {
		profile.Areas = append(profile.Areas, results.AreaProfile{Area: a, Values: values, Distributions: ds})
		one.AreaMeans = append(one.AreaMeans, results.AreaMeans{Area: a, Means: areaMeansOf(50)})
	}
	one.Profiles = nil
	for _, m := range survey.BundledMunicipalities() {
		profile.Participant.Municipality = m
		one.Profiles = append(one.Profiles, profile)
	}
	return one
}
