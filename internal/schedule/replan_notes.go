package schedule

import "slices"

// notes tells what the lead should know of a change.
func (r *mender) notes(c Change) (lines []string) {
	note := func(n int, one, many string) {
		if n > 0 {
			lines = append(lines, counted(n, one, many)+".")
		}
	}
	note(len(c.Moved)-c.Unavoidable,
		"kontakt flyttas för att ge plats åt andra", "kontakter flyttas för att ge plats åt andra")
	note(r.filled(), "bedömardag blir full", "bedömardagar blir fulla")
	note(r.closer(), "kontakt hamnar närmare än nio dagar från en annan i samma cell",
		"kontakter hamnar närmare än nio dagar från en annan i samma cell")
	note(r.lost, "makulerad kontakt kan inte ersättas, för ingen vecka återstår för cellen",
		"makulerade kontakter kan inte ersättas, för ingen vecka återstår för cellerna")
	note(len(r.waiting)-r.stuck, "försenad kontakt ligger kvar hos sin bedömare, som får den först",
		"försenade kontakter ligger kvar hos sina bedömare, som får dem först")
	note(r.stuck, "försenad kontakt kan inte flyttas, för ingen vecka återstår för cellen",
		"försenade kontakter kan inte flyttas, för ingen vecka återstår för cellerna")
	note(r.letGone, "kontakt ryms inte innan kommunen lämnar omgången och utgår",
		"kontakter ryms inte innan kommunen lämnar omgången och utgår")
	return lines
}

// filled counts evaluators' days that take in something and have no room left.
func (r *mender) filled() (n int) {
	for ch := range channels {
		for desk, items := range r.held[ch] {
			came := func(i int) bool { return r.spotOf(i) != r.posts[i].home }
			if len(items) >= r.m.room[ch][desk] && slices.ContainsFunc(items, came) {
				n++
			}
		}
	}
	return n
}

// closer counts contacts that come too close to another of their cell.
func (r *mender) closer() (n int) {
	for i, p := range r.posts {
		it := &r.m.items[i]
		if it.day < 0 || it.day == p.home.day {
			continue
		}
		near, day := false, r.number[it.day]
		r.eachSibling(i, func(s sibling) { near = near || max(day-s.day, s.day-day) < fewest })
		if near {
			n++
		}
	}
	return n
}
