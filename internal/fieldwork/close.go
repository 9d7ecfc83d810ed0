package fieldwork

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"time"

	"servicematning/internal/results"
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
	lines := gather(municipalityLines(set), counts)
	state := ClosingState{Setup: set, Missing: gapsOf(set, lines)}
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
	state.Checks = checkList(set, lines, inside, waivers)
	return state, nil
}

// gapsOf keeps the municipalities that lack contacts.
func gapsOf(set survey.Setup, lines []Line) []Gap {
	quota := set.Round.Design.Quota()
	var gaps []Gap
	for _, l := range lines {
		g, total := Gap{Code: l.Key, Name: l.Name, Done: map[survey.Channel]int{}, Missing: map[survey.Channel]int{}}, 0
		for _, ch := range survey.Channels {
			g.Done[ch] = l.ByChannel[ch].Done
			g.Missing[ch] = max(0, quota-g.Done[ch])
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
func checkList(set survey.Setup, lines []Line, insideCutoff int, waivers []survey.Waiver) []survey.Check {
	quota := set.Round.Design.Quota()
	missing, unreviewed, returned, small := finding{}, finding{}, finding{}, finding{}
	for _, l := range lines {
		gone, under := 0, []string(nil)
		for _, ch := range survey.Channels {
			t := l.ByChannel[ch]
			gone += max(0, quota-t.Done)
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
		missing.add(l.Name, gone)
	}
	inside := finding{n: insideCutoff}
	list := make([]survey.Check, 0, len(survey.CheckItems))
	for _, item := range survey.CheckItems {
		f := map[survey.CheckItem]finding{
			survey.MissingContacts: missing, survey.Unreviewed: unreviewed, survey.ReturnedOpen: returned,
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
	for i, p := range f.where {
		if i == shownPlaces {
			parts = append(parts, fmt.Sprintf("och %d till", len(f.where)-shownPlaces))
			break
		}
		if namesOnly {
			parts = append(parts, p.name)
		} else {
			parts = append(parts, fmt.Sprintf("%s %d", p.name, p.n))
		}
	}
	return strings.Join(parts, ", ")
}

// Waive lets the round close in spite of an item, for a reason.
func (s *Service) Waive(ctx context.Context, by survey.User, code string, item survey.CheckItem, reason string) error {
	r, err := s.closable(ctx, by, code)
	if err != nil {
		return err
	}
	w, err := s.waiver(by, item, reason)
	if err != nil {
		return err
	}
	return s.Store.SaveWaiver(ctx, s.change(ctx, by, "waiver.save", code+" "+string(item)), r.ID, w)
}

func (s *Service) waiver(by survey.User, item survey.CheckItem, reason string) (survey.Waiver, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case item.Title() == string(item):
		return survey.Waiver{}, survey.FieldErrors{{Field: "item", Message: "Punkten ”" + string(item) + "” finns inte. Välj bland " + itemCodes() + "."}}
	case reason == "":
		return survey.Waiver{}, survey.FieldErrors{{Field: "reason", Message: "Skriv skälet till undantaget."}}
	}
	return survey.Waiver{Item: item, Reason: reason, By: by.Email, At: s.Now().UTC()}, nil
}

func itemCodes() string {
	codes := make([]string, len(survey.CheckItems))
	for i, c := range survey.CheckItems {
		codes[i] = string(c)
	}
	return strings.Join(codes, ", ")
}

// Unwaive takes a waiver back.
func (s *Service) Unwaive(ctx context.Context, by survey.User, code string, item survey.CheckItem) error {
	r, err := s.closable(ctx, by, code)
	if err != nil {
		return err
	}
	return s.Store.RemoveWaiver(ctx, s.change(ctx, by, "waiver.remove", code+" "+string(item)), r.ID, item)
}

func (s *Service) closable(ctx context.Context, by survey.User, code string) (survey.Round, error) {
	if err := by.Allow(survey.CloseRounds); err != nil {
		return survey.Round{}, err
	}
	r, err := s.Store.Round(ctx, code)
	if err != nil {
		return survey.Round{}, err
	}
	return r, r.Open()
}

// CloseRound freezes the round: figures, definitions, weights, groups and
// calendar, with a checksum. Every item of the check-list must be empty or
// waived; waivers given here are added to those already there.
func (s *Service) CloseRound(ctx context.Context, by survey.User, code string, waivers map[survey.CheckItem]string) error {
	r, err := s.closable(ctx, by, code)
	if err != nil {
		return err
	}
	extra := make([]survey.Waiver, 0, len(waivers))
	for item, reason := range waivers {
		w, err := s.waiver(by, item, reason)
		if err != nil {
			return err
		}
		extra = append(extra, w)
	}
	previous, err := s.previous(ctx, r)
	if err != nil {
		return err
	}
	inside, err := s.insideCutoff(ctx, r)
	if err != nil {
		return err
	}
	now := s.Now().UTC()
	return s.Store.CloseRound(ctx, s.change(ctx, by, "round.close", code), code,
		func(set *survey.Setup, given []survey.Waiver, contacts results.Contacts) (survey.Closing, error) {
			given = merge(given, extra)
			counted := map[string]*Line{}
			rep, err := results.Compute(*set, tallied(contacts, counted), previous, now)
			if err != nil {
				return survey.Closing{}, err
			}
			if err := hindrance(checkList(*set, linesOf(*set, counted), inside, given)); err != nil {
				return survey.Closing{}, err
			}
			if err := set.Round.Close(now); err != nil {
				return survey.Closing{}, err
			}
			rep.Stage = survey.Closed
			frozen, err := results.Freeze(rep, *set, now, set.Round.Revision)
			if err != nil {
				return survey.Closing{}, err
			}
			return survey.Closing{
				Revision: set.Round.Revision, At: now, By: by.Email, Waivers: given,
				Checksum: results.Checksum(frozen), Frozen: frozen,
			}, nil
		})
}

// merge puts the extra waivers in, each replacing one for the same item, in
// the check-list's order.
func merge(given, extra []survey.Waiver) []survey.Waiver {
	var out []survey.Waiver
	for _, item := range survey.CheckItems {
		var last *survey.Waiver
		for _, list := range [][]survey.Waiver{given, extra} {
			for i := range list {
				if list[i].Item == item {
					last = &list[i]
				}
			}
		}
		if last != nil {
			out = append(out, *last)
		}
	}
	return out
}

// tallied passes the contacts on and counts them per municipality, so that
// the check-list and the figures rest on the same reading.
func tallied(contacts results.Contacts, lines map[string]*Line) results.Contacts {
	return func(yield func(survey.Contact, error) bool) {
		for c, err := range contacts {
			if err == nil {
				l := lines[c.Municipality]
				if l == nil {
					l = &Line{Key: c.Municipality, Name: c.Municipality, ByChannel: map[survey.Channel]Tally{}}
					lines[c.Municipality] = l
				}
				t := l.ByChannel[c.Channel]
				t.add(survey.Count{State: c.State, Disposition: c.Disposition, N: 1})
				l.ByChannel[c.Channel] = t
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func linesOf(set survey.Setup, counted map[string]*Line) []Line {
	lines := municipalityLines(set)
	for i := range lines {
		if l := counted[lines[i].Key]; l != nil {
			lines[i].ByChannel = l.ByChannel
		}
	}
	return lines
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

// Publish opens a closed round to its audiences; an already published round
// changes its audiences.
func (s *Service) Publish(ctx context.Context, by survey.User, code string, version int, p survey.Publication) error {
	return s.edit(ctx, by, survey.PublishRounds, edit{"round.publish", code, version}, func(set *survey.Setup, _ int) error {
		switch set.Round.Stage {
		case survey.Published:
		case survey.Closed:
			if err := set.Round.Advance(survey.Published, s.Now().UTC()); err != nil {
				return err
			}
		default:
			return notClosed(code)
		}
		set.Round.Publication = p
		return nil
	})
}

func notClosed(code string) error {
	return survey.Refuse(survey.ErrConflict, "Omgång "+code+" är inte stängd. Stäng den innan resultaten publiceras.")
}

// Closing reads how and with which checksum a round was closed.
func (s *Service) Closing(ctx context.Context, by survey.User, code string) (survey.Closing, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return survey.Closing{}, err
	}
	r, err := s.Store.Round(ctx, code)
	if err != nil {
		return survey.Closing{}, err
	}
	return s.Store.Closing(ctx, r.ID)
}
