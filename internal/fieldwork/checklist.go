package fieldwork

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"servicematning/internal/survey"
)

// CheckList says what hinders closing, item by item, with the waivers given.
func (s *Service) CheckList(ctx context.Context, by survey.User, code string) ([]survey.Check, error) {
	state, err := s.ClosingState(ctx, by, code)
	return state.Checks, err
}

// ClosingState is how far a round is from being closed.
type ClosingState struct {
	Setup  survey.Setup
	Checks []survey.Check
	All    Tally
	// Missing are the municipalities that lack contacts of a channel, by code.
	Missing []Gap
}

// Gap is what a municipality lacks in each channel.
type Gap struct {
	Code, Name string
	Done       map[survey.Channel]int // finished contacts
	Missing    map[survey.Channel]int
}

// ClosingState works out the check-list and what is missing where.
func (s *Service) ClosingState(ctx context.Context, by survey.User, code string) (ClosingState, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return ClosingState{}, err
	}
	set, err := s.Store.Setup(ctx, code)
	if err != nil {
		return ClosingState{}, err
	}
	counts, err := s.Store.Counts(ctx, set.Round.ID, survey.ByMunicipality)
	if err != nil {
		return ClosingState{}, err
	}
	waivers, err := s.Store.Waivers(ctx, set.Round.ID)
	if err != nil {
		return ClosingState{}, err
	}
	beside, err := s.beside(ctx, set)
	if err != nil {
		return ClosingState{}, err
	}
	lines := gather(municipalityLines(set), counts)
	state := ClosingState{Setup: set, Missing: gapsOf(set, lines, beside)}
	sent := 0 // and neither answered nor settled
	for _, l := range lines {
		sum(&state.All, l.Tally)
		sent += l.ByChannel[survey.Email].Begun
	}
	inside := 0
	if sent > 0 {
		if inside, err = s.insideCutoff(ctx, set.Round); err != nil {
			return ClosingState{}, err
		}
	}
	state.Checks = checkList(set, lines, beside, inside, waivers)
	return state, nil
}

// doneBeside is how many finished contacts a municipality has in a channel
// that count, but for questions that are no longer asked.
type doneBeside map[placeChannel]int

type placeChannel struct {
	municipality string
	channel      survey.Channel
}

// beside counts what has been finished for withdrawn questions, if any.
func (s *Service) beside(ctx context.Context, set survey.Setup) (doneBeside, error) {
	if len(set.Round.Design.Asked()) == len(set.Round.Design.Questions) {
		return nil, nil
	}
	counts, err := s.Store.WithdrawnCounts(ctx, set.Round.ID)
	if err != nil {
		return nil, err
	}
	beside := doneBeside{}
	for _, l := range gather(nil, counts) {
		for ch, t := range l.ByChannel {
			beside[placeChannel{l.Key, ch}] = t.Done
		}
	}
	return beside, nil
}

// missing is how many contacts a municipality lacks in a channel: nothing
// once it has left, and nothing for withdrawn questions.
func missing(set survey.Setup, l Line, ch survey.Channel, beside doneBeside) int {
	if p, ok := set.Participant(l.Key); ok && !p.Left.IsZero() {
		return 0
	}
	return max(0, set.Round.Design.Quota()+beside[placeChannel{l.Key, ch}]-l.ByChannel[ch].Done)
}

// gapsOf keeps the municipalities that lack contacts.
func gapsOf(set survey.Setup, lines []Line, beside doneBeside) []Gap {
	var gaps []Gap
	for _, l := range lines {
		g, total := Gap{Code: l.Key, Name: l.Name, Done: map[survey.Channel]int{}, Missing: map[survey.Channel]int{}}, 0
		for _, ch := range survey.Channels {
			g.Done[ch] = l.ByChannel[ch].Done
			g.Missing[ch] = missing(set, l, ch, beside)
			total += g.Missing[ch]
		}
		if total > 0 {
			gaps = append(gaps, g)
		}
	}
	return gaps
}

// insideCutoff counts e-mails that may still get a reply that counts.
func (s *Service) insideCutoff(ctx context.Context, r survey.Round) (int, error) {
	return s.Store.CountContacts(ctx, r.ID, survey.ContactFilter{
		Channel: survey.Email, States: []survey.State{survey.Begun}, LiveOnly: true,
		SentFrom: earliestInside(r, s.Now().UTC()),
	})
}

// earliestInside is when the first e-mail was sent, to the millisecond, that
// is still inside its cut-off: those sent later have used less office time.
func earliestInside(r survey.Round, now time.Time) time.Time {
	const year = 366 * 24 * time.Hour // more than the longest cut-off
	start := now.Add(-year)
	n := sort.Search(int(year/time.Millisecond), func(ms int) bool {
		return !r.PastCutoff(start.Add(time.Duration(ms)*time.Millisecond), now)
	})
	return start.Add(time.Duration(n) * time.Millisecond)
}

// checkList works the list out from counts per municipality.
func checkList(set survey.Setup, lines []Line, beside doneBeside, insideCutoff int,
	waivers []survey.Waiver) []survey.Check {
	quota := set.Round.Design.Quota()
	lacking, unreviewed, returned, small := finding{}, finding{}, finding{}, finding{}
	for _, l := range lines {
		gone, under := 0, []string(nil)
		for _, ch := range survey.Channels {
			t := l.ByChannel[ch]
			gone += missing(set, l, ch, beside)
			if set.Round.Design.ReviewRequired {
				unreviewed.add(l.Name, t.Done-t.Approved-t.Returned)
			}
			returned.add(l.Name, t.Returned)
			counted := t.Done - t.Returned
			if set.Round.Design.ReviewRequired {
				counted = t.Approved
			}
			if counted < set.Round.Design.MinBase {
				under = append(under, fmt.Sprintf("%d av %d %s", counted, quota, ch.Title()))
			}
		}
		if len(under) > 0 {
			small.add(l.Name+" "+strings.Join(under, " och "), 1)
		}
		lacking.add(l.Name, gone)
	}
	inside := finding{n: insideCutoff}
	list := make([]survey.Check, 0, len(survey.CheckItems))
	for _, item := range survey.CheckItems {
		f := map[survey.CheckItem]finding{
			survey.MissingContacts: lacking, survey.Unreviewed: unreviewed, survey.ReturnedOpen: returned,
			survey.InsideCutoff: inside, survey.BelowMinBase: small,
		}[item]
		check := survey.Check{Item: item, Count: f.n, Detail: f.detail(item == survey.BelowMinBase)}
		for i := range waivers {
			if waivers[i].Item == item {
				check.Waiver = &waivers[i]
			}
		}
		list = append(list, check)
	}
	return list
}

// finding is how much of something there is, and where.
type finding struct {
	n     int
	where []place
}

type place struct {
	name string
	n    int
}

func (f *finding) add(name string, n int) {
	if n == 0 {
		return
	}
	f.n += n
	if k := len(f.where); k > 0 && f.where[k-1].name == name {
		f.where[k-1].n += n
		return
	}
	f.where = append(f.where, place{name, n})
}

// shownPlaces is how many places a line of the check-list names.
const shownPlaces = 5

func (f finding) detail(namesOnly bool) string {
	var parts []string
	worst := slices.Clone(f.where)
	slices.SortStableFunc(worst, func(a, b place) int { return b.n - a.n })
	for _, p := range worst[:min(shownPlaces, len(worst))] {
		if namesOnly {
			parts = append(parts, p.name)
		} else {
			parts = append(parts, fmt.Sprintf("%s %d", p.name, p.n))
		}
	}
	text := strings.Join(parts, ", ")
	if more := len(worst) - shownPlaces; more > 0 {
		text += fmt.Sprintf(" och %d till", more)
	}
	return text
}

// hindrance is the refusal that names every open item, or nil.
func hindrance(list []survey.Check) error {
	var parts []string
	for _, c := range list {
		if c.Open() {
			parts = append(parts, fmt.Sprintf("%s: %d (%s)", c.Item.Title(), c.Count, c.Item))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return survey.Refuse(survey.ErrConflict,
		"Checklistan är inte tom: "+strings.Join(parts, "; ")+". Åtgärda punkterna eller gör undantag med skäl.")
}
