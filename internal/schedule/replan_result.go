package schedule

import (
	"cmp"
	"slices"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// letGo drops a contact without a place if its municipality leaves: it gets no
// new contacts either.
func (r *mender) letGo(i int) bool {
	c, p := r.m.cellOf(i), &r.posts[i]
	if r.m.munis[c.muni].Left.IsZero() || p.contact == nil {
		return false
	}
	r.removed = append(r.removed, p.contact)
	r.letGone++
	r.forced--
	return true
}

// refuse says why an item finds no place.
func (r *mender) refuse(i int) error {
	if err := r.m.obstacles(r.in); err != nil {
		return err
	}
	err := r.m.crowded([]int{i}, "när kontakterna i en cell ska ligga i olika veckor och göras av olika bedömare")
	return r.m.advise(r.in, r.seed, err)
}

// doubled reports whether something that moves or is new has an evaluator who
// makes another contact of its cell.
func (r *mender) doubled() bool {
	for i := range r.m.items {
		it := &r.m.items[i]
		if it.day < 0 || r.spotOf(i) == r.posts[i].home {
			continue
		}
		if r.repeats(i, it.evaluator) {
			return true
		}
	}
	return false
}

// change compares the plan as it is now with the plan as it was.
func (r *mender) change() Change {
	var out Change
	contacts := make([]survey.Contact, 0, len(r.m.items))
	for i := range r.m.items {
		p := &r.posts[i]
		if r.m.items[i].day < 0 {
			continue
		}
		c := r.m.contact(i)
		contacts = append(contacts, c)
		switch {
		case p.contact == nil:
			r.causes.add(r.novelty(i), officehours.Date{})
			out.Added = append(out.Added, c)
		case r.spotOf(i) != p.home:
			out.Moved = append(out.Moved, Move{*p.contact, c.Evaluator, c.PlannedAt})
			if p.given {
				r.force(cause{kind: whyIdles, who: c.Evaluator}, r.m.days[r.m.items[i].day].date)
			}
		}
	}
	for _, c := range r.removed {
		out.Removed = append(out.Removed, *c)
	}
	slices.SortFunc(out.Moved, func(a, b Move) int { return byInstant(a.Contact, b.Contact) })
	slices.SortFunc(out.Added, byInstant)
	slices.SortFunc(out.Removed, byInstant)
	out.Unavoidable = min(r.forced, len(out.Moved))
	out.Reasons, out.Notes = r.reasons(), r.notes(out)
	out.SameEvaluator = r.m.sameEvaluator()
	out.Balance = r.m.balance(r.in.Setup.Round, contacts)
	out.Before, out.After = r.spans()
	return out
}

// byInstant is the order in which contacts are listed.
func byInstant(a, b survey.Contact) int {
	return cmp.Or(a.PlannedAt.Compare(b.PlannedAt), compareKeys(&a, &b))
}

// novelty says why there is a new contact.
func (r *mender) novelty(i int) cause {
	c := r.m.cellOf(i)
	switch {
	case r.voided[r.m.items[i].cell]:
		return cause{kind: whyReplaced}
	case !r.met.munis[c.muni]:
		return cause{kind: whyJoins, who: r.m.munis[c.muni].Code}
	case !r.met.questions[c.question]:
		return cause{kind: whyAsked, who: r.m.questions[c.question].Code}
	}
	return cause{kind: whyMissing}
}

// spans gives the first and the last day with an untouched contact, before and
// after.
func (r *mender) spans() (before, after survey.FieldPeriod) {
	stretch := func(p *survey.FieldPeriod, d officehours.Date) {
		if p.From.IsZero() || d.Before(p.From) {
			p.From = d
		}
		if d.After(p.To) {
			p.To = d
		}
	}
	for k := range r.in.Planned {
		stretch(&before, officehours.DateOf(r.in.Planned[k].PlannedAt))
	}
	for k := range r.waiting {
		stretch(&after, officehours.DateOf(r.waiting[k].PlannedAt))
	}
	for i := range r.m.items {
		if d := r.m.items[i].day; d >= 0 {
			stretch(&after, r.m.days[d].date)
		}
	}
	return before, after
}
