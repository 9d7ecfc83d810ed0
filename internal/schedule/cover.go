package schedule

import (
	"cmp"
	"slices"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Coverage counts a plan's live contacts where officials could come to see a
// pattern: by area and week, and calls by weekday and hour.
type Coverage struct {
	Weeks []Week                        // with contacts, in order
	Areas map[survey.QuestionArea][]int // contacts per week, in the order of Weeks
	Calls map[time.Weekday][24]int      // per hour of the day in Europe/Stockholm
}

// Week is an ISO week.
type Week struct{ Year, Number int }

// areaWeek is one area in one week.
type areaWeek struct {
	area survey.QuestionArea
	week Week
}

// Cover counts the contacts of the lists together. Voided ones, and those
// without an instant, are left out.
func Cover(lists ...[]survey.Contact) Coverage {
	out := Coverage{Areas: map[survey.QuestionArea][]int{}, Calls: map[time.Weekday][24]int{}}
	sums := map[areaWeek]int{}
	for _, list := range lists {
		for i := range list {
			out.add(&list[i], sums)
		}
	}
	for at := range sums {
		if !slices.Contains(out.Weeks, at.week) {
			out.Weeks = append(out.Weeks, at.week)
		}
	}
	slices.SortFunc(out.Weeks, func(a, b Week) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Number, b.Number))
	})
	for at, n := range sums {
		if out.Areas[at.area] == nil {
			out.Areas[at.area] = make([]int, len(out.Weeks))
		}
		out.Areas[at.area][slices.Index(out.Weeks, at.week)] = n
	}
	return out
}

func (out *Coverage) add(c *survey.Contact, sums map[areaWeek]int) {
	at := instantOf(*c)
	if c.Disposition == survey.Void || at.IsZero() {
		return
	}
	day := officehours.DateOf(at)
	year, number := day.Week()
	sums[areaWeek{c.Area, Week{year, number}}]++
	if c.Channel == survey.Phone {
		hours := out.Calls[day.Weekday()]
		hours[minuteOf(at)/60]++
		out.Calls[day.Weekday()] = hours
	}
}
