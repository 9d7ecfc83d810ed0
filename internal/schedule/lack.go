package schedule

import (
	"cmp"
	"slices"

	"servicematning/internal/survey"
)

// Lack is a bottleneck: areas whose evaluators do not have room for what is
// needed in some weeks.
type Lack struct {
	Areas        []survey.QuestionArea // in the design's order
	Weeks        []int                 // indexes of Load.Weeks
	Channel      survey.Channel        // "": both
	Needed, Room int                   // contacts
	Evaluators   []string              // who may take them, by e-mail address
	Away         []string              // those of them who are absent some of the days
	// Later is the weeks that have room for more of these areas, and Spare for
	// how many at least.
	Later []int
	Spare int
	// Relief may not take any of the areas and have room left in these weeks,
	// the freest first.
	Relief []Reliever
	// More evaluators with the team's usual capacity, or Raise contacts more
	// per evaluator and day, would also do. 0: no such number helps.
	More, Raise int
}

// Reliever is an evaluator with room to spare.
type Reliever struct {
	Email string
	Room  int
}

// lack is a Lack in indexes; channel is -1 for both.
type lack struct {
	areas, weeks, evals []int
	channel             int
	need, room          int
}

// lackOf names a share that is too large. Those who have no room at all that
// week belong to it too.
func (b *loadBook) lackOf(ch, w int, d *deal, s share) lack {
	l := lack{weeks: []int{w}, channel: ch, need: s.need, room: s.room, evals: slices.Clone(s.evals)}
	for _, g := range s.groups {
		l.areas = append(l.areas, b.groups[g].area)
		for _, e := range d.takes[g] {
			if d.rooms[e] == 0 {
				l.evals = append(l.evals, e)
			}
		}
	}
	l.areas, l.evals = distinct(l.areas), distinct(l.evals)
	return l
}

func distinct(list []int) []int {
	slices.Sort(list)
	return slices.Compact(list)
}

// bothChannels makes one of two lacks of the same areas.
func bothChannels(calls, emails []lack) []lack {
	for _, x := range emails {
		i := slices.IndexFunc(calls, func(l lack) bool { return slices.Equal(l.areas, x.areas) })
		if i < 0 {
			calls = append(calls, x)
			continue
		}
		calls[i] = calls[i].and(x)
		calls[i].channel = -1
	}
	return calls
}

// alikeWeeks makes one of the lacks of the same areas in several weeks.
func alikeWeeks(lacks []lack) (out []lack) {
	for _, x := range lacks {
		i := slices.IndexFunc(out, func(l lack) bool { return slices.Equal(l.areas, x.areas) && l.channel == x.channel })
		if i < 0 {
			out = append(out, x)
			continue
		}
		out[i] = out[i].and(x)
	}
	return out
}

func (l lack) and(o lack) lack {
	l.need, l.room = l.need+o.need, l.room+o.room
	l.weeks = distinct(slices.Concat(l.weeks, o.weeks))
	l.evals = distinct(slices.Concat(l.evals, o.evals))
	return l
}

// in reports whether the lack is about the channel.
func (l lack) in(ch int) bool { return l.channel < 0 || l.channel == ch }

// tell puts a lack into words and looks for what would help.
func (b *loadBook) tell(l lack) Lack {
	out := Lack{Weeks: l.weeks, Needed: l.need, Room: l.room}
	if l.channel >= 0 {
		out.Channel = channelCode[l.channel]
	}
	for _, a := range l.areas {
		out.Areas = append(out.Areas, b.areas[a].Area)
	}
	for _, e := range l.evals {
		out.Evaluators = append(out.Evaluators, b.evals[e].Email)
		if b.awayIn(e, l.weeks) {
			out.Away = append(out.Away, b.evals[e].Email)
		}
	}
	for w := range b.weeks {
		if n := b.spare(l, w); n > 0 {
			out.Later, out.Spare = append(out.Later, w), out.Spare+n
		}
	}
	out.Relief = b.relief(l)
	out.More, out.Raise = b.remedies(l)
	return out
}

// awayIn reports whether absence takes a working day of the weeks.
func (b *loadBook) awayIn(e int, weeks []int) bool {
	return slices.ContainsFunc(b.days, func(x day) bool {
		return slices.Contains(weeks, x.week) && slices.Contains(b.evals[e].Absent, x.date)
	})
}

// spare is how many more the freest of the areas could take in a week: all of
// them together can take at least as many. In its own weeks a lack has none.
func (b *loadBook) spare(l lack, w int) (most int) {
	for _, a := range l.areas {
		n := 0
		for ch := range channels {
			if l.in(ch) {
				n += b.left[ch][a*len(b.weeks)+w]
			}
		}
		most = max(most, n)
	}
	return most
}

// relief finds those outside the areas who are freest in the weeks.
func (b *loadBook) relief(l lack) []Reliever {
	may := map[int]bool{}
	for _, g := range b.groups {
		if slices.Contains(l.areas, g.area) {
			for _, e := range g.evals {
				may[e] = true
			}
		}
	}
	var found []Reliever
	for e := range b.evals {
		room := 0.0
		for ch := range channels {
			for _, w := range l.weeks {
				if l.in(ch) {
					room += b.free[ch][e*len(b.weeks)+w]
				}
			}
		}
		if !may[e] && room >= 1 {
			found = append(found, Reliever{b.evals[e].Email, int(room)})
		}
	}
	slices.SortStableFunc(found, func(x, y Reliever) int { return cmp.Compare(y.Room, x.Room) })
	return found
}

// remedies says how many evaluators more, or how much more a day, would do.
func (b *loadBook) remedies(l lack) (more, raise int) {
	missing, room, able, days := l.need-l.room, 0, 0, 0
	for e := range b.evals {
		own := 0
		for ch := range channels {
			for _, w := range l.weeks {
				if l.in(ch) {
					own += b.roomIn(ch, e, w)
				}
			}
		}
		room += own
		if own > 0 {
			able++
		}
		if own > 0 && slices.Contains(l.evals, e) {
			days += b.workdays(e, l)
		}
	}
	if able > 0 {
		more = (missing*able + room - 1) / room
	}
	if days > 0 {
		raise = (missing + days - 1) / days
	}
	return more, raise
}

// workdays counts an evaluator's days in the lack's weeks, for each channel.
func (b *loadBook) workdays(e int, l lack) (n int) {
	for d, x := range b.days {
		for ch := range channels {
			if l.in(ch) && slices.Contains(l.weeks, x.week) && b.roomOf(ch, e, d) > 0 {
				n++
			}
		}
	}
	return n
}
