package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// resultsChoice is what of the round is looked at, as the query says it.
type resultsChoice struct {
	Measure string // "matt"
	Area    string // "omrade", "" for all
	Group   string // "grupp": "lan-03", "klass-20000-29999", "skr-A2", "" for all
	Mark    string // "markera": the municipality to find, by code
}

// defaultMeasure is what people look for first.
const defaultMeasure = "phone_reached_60"

// readResultsChoice takes what exists from the query and the whole for the rest.
func readResultsChoice(c *visit, rep results.Report) resultsChoice {
	ch := resultsChoice{Measure: c.QueryParam("matt")}
	if _, ok := results.MeasureByCode(ch.Measure); !ok {
		ch.Measure = defaultMeasure
	}
	for _, a := range rep.AreaMeans {
		if string(a.Area) == c.QueryParam("omrade") {
			ch.Area = string(a.Area)
		}
	}
	for _, p := range rep.Profiles {
		if _, in := groupMean(c.QueryParam("grupp"), p.Participant.Municipality, results.Means{}); in {
			ch.Group = c.QueryParam("grupp")
		}
		if p.Participant.Code == c.QueryParam("markera") {
			ch.Mark = p.Participant.Code
		}
	}
	return ch
}

// The kinds of group, as they begin in the query.
const (
	groupCounty = "lan-"
	groupClass  = "klass-"
	groupSKR    = "skr-"
)

// groupMean gives the mean of a group that the municipality is in; in is false
// when it is not. "" is everybody.
func groupMean(group string, who survey.Municipality, m results.Means) (mean results.Optional, in bool) {
	switch group {
	case "":
		return m.All, true
	case groupCounty + who.CountyCode:
		return m.County, true
	case groupClass + who.SizeClass:
		return m.SizeClass, true
	case groupSKR + who.SKRGroupCode:
		return m.SKRGroup, true
	}
	return results.Optional{}, false
}

// optionGroup is options of a select under one heading.
type optionGroup struct {
	Label   string
	Options []option
}

// measureOptions lists all measures by group.
func measureOptions() []optionGroup {
	var groups []optionGroup
	for _, m := range results.Measures() {
		label := measureGroup(m)
		if len(groups) == 0 || groups[len(groups)-1].Label != label {
			groups = append(groups, optionGroup{Label: label})
		}
		last := &groups[len(groups)-1]
		last.Options = append(last.Options, option{m.Code, m.Title})
	}
	return groups
}

func areaOptions(rep results.Report) []option {
	list := []option{{"", "Alla områden"}}
	for _, a := range rep.AreaMeans {
		list = append(list, option{string(a.Area), a.Area.Title()})
	}
	return list
}

// municipalityOptions lists the participants by name as Swedes sort them.
func municipalityOptions(profiles []results.Profile, first string) []option {
	list := make([]option, len(profiles))
	for i, p := range profiles {
		list[i] = option{p.Participant.Code, p.Participant.Name}
	}
	sortSwedish(list, func(o option) string { return o.Label })
	return append([]option{{"", first}}, list...)
}

// groupOptions lists the groups that the participants are in, with their sizes.
func groupOptions(profiles []results.Profile) []optionGroup {
	all := optionGroup{Label: "Alla", Options: []option{{"", "Alla, " + kommuner(len(profiles))}}}
	classes := groupsBy(profiles, "Storleksklass", groupClass, func(m survey.Municipality) (string, string) {
		return m.SizeClass, sizeClassText(m.SizeClass)
	})
	slices.SortStableFunc(classes.Options, func(a, b option) int {
		return cmp.Compare(classFloor(a.Value), classFloor(b.Value))
	})
	skr := groupsBy(profiles, "SKR:s kommungrupp", groupSKR, func(m survey.Municipality) (string, string) {
		return m.SKRGroupCode, m.SKRGroup
	})
	counties := groupsBy(profiles, "Län", groupCounty, func(m survey.Municipality) (string, string) {
		return m.CountyCode, m.County
	})
	return []optionGroup{all, classes, skr, counties}
}

// classFloor is the least population of a size class in the query's form.
func classFloor(value string) int {
	class := strings.TrimPrefix(value, groupClass)
	low, _, _ := strings.Cut(strings.TrimSuffix(class, "+"), "-")
	n, _ := strconv.Atoi(low) // what cannot be read stands first
	return n
}

func groupsBy(
	profiles []results.Profile, label, kind string, of func(survey.Municipality) (key, name string),
) optionGroup {
	counts, names := map[string]int{}, map[string]string{}
	for _, p := range profiles {
		if key, name := of(p.Participant.Municipality); key != "" {
			counts[key]++
			names[key] = name
		}
	}
	g := optionGroup{Label: label}
	for key, n := range counts {
		g.Options = append(g.Options, option{kind + key, names[key] + ", " + kommuner(n)})
	}
	sortSwedish(g.Options, func(o option) string { return o.Label })
	return g
}

func kommuner(n int) string {
	if n == 1 {
		return "1 kommun"
	}
	return fmt.Sprintf("%s kommuner", number(n))
}
