package results

import "servicematning/internal/survey"

// rule is a measure with how it is counted.
type rule struct {
	Measure
	base population
	stat statistic
	hit  func(*observation) bool // of a share: whether the contact fulfils it
}

// population is a set of contacts that measures rest on (domain.md §5).
type population uint8

const (
	phoneAll      population = iota
	phoneReached             // a handläggare in any counted attempt
	phoneAnswered            // the main number answered in any counted attempt
	emailAll
	emailReplied // by a person within the cut-off
	populations
)

func (p population) channel() survey.Channel {
	if p < emailAll {
		return survey.Phone
	}
	return survey.Email
}

// statistic is how a figure is made of its base's contacts.
type statistic uint8

const (
	shareOf statistic = iota
	median
	mean
	pointIndex
	impression
)

func share(code string, base population, title, formula string, hit func(*observation) bool) rule {
	m := Measure{Code: code, Channel: base.channel(), Title: title, Formula: formula, Unit: Percent, Share: true}
	return rule{Measure: m, base: base, stat: shareOf, hit: hit}
}

func duration(code string, base population, stat statistic, unit Unit, title, formula string) rule {
	m := Measure{Code: code, Channel: base.channel(), Title: title, Formula: formula, Unit: unit, LowIsBest: true}
	return rule{Measure: m, base: base, stat: stat}
}

func index(code string, base population, title, formula string) rule {
	m := Measure{Code: code, Channel: base.channel(), Title: title, Formula: formula, Unit: Percent}
	return rule{Measure: m, base: base, stat: pointIndex}
}

func weighted(code string, ch survey.Channel, title, formula string) rule {
	m := Measure{Code: code, Channel: ch, Title: title, Formula: formula, Unit: Points, Impression: true}
	return rule{Measure: m, stat: impression}
}
