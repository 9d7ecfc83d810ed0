package fieldwork

import (
	"context"
	"strings"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

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

// maxReason is the most bytes of a waiver's reason, which is printed with the result.
const maxReason = 4000

func (s *Service) waiver(by survey.User, item survey.CheckItem, reason string) (survey.Waiver, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case item.Title() == string(item):
		return survey.Waiver{}, survey.FieldErrors{{Field: "item", Message: "Punkten ”" + string(item) + "” finns inte. Välj bland " + itemCodes() + "."}}
	case reason == "":
		return survey.Waiver{}, survey.FieldErrors{{Field: "reason", Message: "Skriv skälet till undantaget."}}
	case len(reason) > maxReason:
		return survey.Waiver{}, survey.FieldErrors{{Field: "reason", Message: "Skälet är för långt. Skriv kortare."}}
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
func (s *Service) CloseRound(ctx context.Context, by survey.User,
	code string, waivers map[survey.CheckItem]string) error {
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
			counted, beside := map[string]*Line{}, doneBeside{}
			rep, err := results.Compute(*set, tallied(set.Round.Design, contacts, counted, beside), previous, now)
			if err != nil {
				return survey.Closing{}, err
			}
			if err := hindrance(checkList(*set, linesOf(*set, counted), beside, inside, given)); err != nil {
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
func tallied(d survey.Design, contacts results.Contacts, lines map[string]*Line, beside doneBeside) results.Contacts {
	withdrawn := map[string]bool{}
	for _, q := range d.Questions {
		withdrawn[q.Code] = q.Withdrawn
	}
	return func(yield func(survey.Contact, error) bool) {
		for c, err := range contacts {
			if err == nil {
				l := lines[c.Municipality]
				if l == nil {
					l = &Line{Key: c.Municipality, Name: c.Municipality, ByChannel: map[survey.Channel]Tally{}}
					lines[c.Municipality] = l
				}
				t, before := l.ByChannel[c.Channel], l.ByChannel[c.Channel].Done
				t.add(survey.Count{State: c.State, Disposition: c.Disposition, N: 1})
				l.ByChannel[c.Channel] = t
				if withdrawn[c.Question] {
					beside[placeChannel{c.Municipality, c.Channel}] += t.Done - before
				}
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

// Publish opens a closed round to its audiences; an already published round
// changes its audiences.
func (s *Service) Publish(ctx context.Context, by survey.User, code string, version int, p survey.Publication) error {
	if err := p.Check(); err != nil {
		return err
	}
	e := edit{"round.publish", code, version}
	return s.edit(ctx, by, survey.PublishRounds, e, func(set *survey.Setup, _ int) error {
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
