package store

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// PlanSteps lists a round's steps, newest first, without Figures and Changes.
func (s *Store) PlanSteps(ctx context.Context, id survey.RoundID) ([]survey.PlanStep, error) {
	var rows []planStepRow
	err := of(s.reader.WithContext(ctx), key(id)).Omit("figures", "changes").Order("number DESC").Find(&rows).Error
	if err != nil {
		return nil, s.translate(ctx, err)
	}
	return readEach(rows, planStepRow.step)
}

// PlanStep reads one step whole.
func (s *Store) PlanStep(ctx context.Context, id survey.RoundID, number int) (survey.PlanStep, error) {
	step, err := loadStep(s.reader.WithContext(ctx), key(id), number)
	return step, s.translate(ctx, err)
}

func loadStep(tx *gorm.DB, round key, number int) (survey.PlanStep, error) {
	var row planStepRow
	if err := of(tx, round).Where("number = ?", number).Take(&row).Error; err != nil {
		return survey.PlanStep{}, err
	}
	return row.step()
}

// ProposeStep keeps the step as the round's only proposal, under the next
// number, which it gives.
func (s *Store) ProposeStep(ctx context.Context, ch survey.Change, step survey.PlanStep) (number int, err error) {
	if err := checkTexts(step); err != nil {
		return 0, err
	}
	row, err := planStepRowOf(step)
	if err != nil {
		return 0, err
	}
	err = s.changeMany(ctx, ch, func(tx *gorm.DB) error {
		if err := lockRound(tx, survey.Round{ID: step.Round, Version: step.Basis}); err != nil {
			return err
		}
		if err := dropProposal(tx, row.RoundID); err != nil {
			return err
		}
		newest, err := newestStep(tx, row.RoundID, "")
		if err != nil {
			return err
		}
		number = newest + 1
		row.Number, row.State = number, survey.Proposed
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return record(tx, ch, &row.RoundID, nil)
	})
	return number, err
}

// newestStep gives the highest number of a round's steps in the state, or in
// any; 0 when there is none.
func newestStep(tx *gorm.DB, round key, state survey.StepState) (number int, err error) {
	tx = of(tx, round).Model(&planStepRow{})
	if state != "" {
		tx = tx.Where("state = ?", state)
	}
	err = tx.Select("COALESCE(MAX(number), 0)").Row().Scan(&number)
	return number, err
}

// dropProposal throws a round's proposal away, if there is one.
func dropProposal(tx *gorm.DB, round key) error {
	return of(tx, round).Model(&planStepRow{}).Where("state = ?", survey.Proposed).
		Updates(map[string]any{"state": survey.Dropped, "figures": "null", "changes": "null"}).Error
}

// DropStep throws a proposal away.
func (s *Store) DropStep(ctx context.Context, ch survey.Change, id survey.RoundID, number int) error {
	return s.change(ctx, ch, func(tx *gorm.DB) error {
		round := key(id)
		if err := locked(tx).Take(&roundRow{}, "id = ?", round).Error; err != nil {
			return err
		}
		waiting, err := newestStep(tx, round, survey.Proposed)
		if err != nil {
			return err
		}
		if waiting != number || waiting == 0 {
			return survey.ErrNotFound
		}
		if err := dropProposal(tx, round); err != nil {
			return err
		}
		return record(tx, ch, &round, nil)
	})
}

// ApplyStep carries a proposal out, all of it or nothing.
func (s *Store) ApplyStep(ctx context.Context, ch survey.Change, id survey.RoundID, number int) error {
	return s.changeMany(ctx, ch, func(tx *gorm.DB) error {
		t, err := takeStep(tx, id, number)
		if err != nil {
			return err
		}
		if err := t.step.Applicable(t.round, t.now); err != nil {
			return err
		}
		return t.turn(ch, t.step.Changes, map[string]any{"state": survey.Applied, "applied_at": millis(ch.At)})
	})
}

// UndoStep takes the newest applied step back. A proposal that was worked out
// from it falls with it.
func (s *Store) UndoStep(ctx context.Context, ch survey.Change, id survey.RoundID, number int) error {
	return s.changeMany(ctx, ch, func(tx *gorm.DB) error {
		t, err := takeStep(tx, id, number)
		if err != nil {
			return err
		}
		newest, err := newestStep(tx, key(id), survey.Applied)
		if err != nil {
			return err
		}
		if err := t.step.Undoable(t.round, newest, t.now); err != nil {
			return err
		}
		if err := dropProposal(tx, key(id)); err != nil {
			return err
		}
		return t.turn(ch, t.step.Back(), map[string]any{"state": survey.Undone, "undone_at": millis(ch.At)})
	})
}

// stepTurn is a step about to be applied or undone, with its round and its
// contacts held fast.
type stepTurn struct {
	tx    *gorm.DB
	round survey.Round // without questions
	step  survey.PlanStep
	now   map[survey.ContactID]survey.Contact
}

// takeStep reads a step, its round and its contacts, and holds them until the
// transaction ends; the round first, as everybody does.
func takeStep(tx *gorm.DB, id survey.RoundID, number int) (*stepTurn, error) {
	t := &stepTurn{tx: tx, now: map[survey.ContactID]survey.Contact{}}
	var row roundRow
	err := locked(tx).Take(&row, "id = ?", key(id)).Error
	if err == nil {
		t.round, err = row.round()
	}
	if err == nil {
		t.step, err = loadStep(tx, key(id), number)
	}
	if err != nil {
		return nil, err
	}
	ids := each(t.step.Changes, func(c survey.PlanChange) key { return key(c.Contact) })
	for part := range slices.Chunk(ids, batch) {
		var rows []contactRow
		if err := locked(tx).Order("id").Find(&rows, "id IN ?", part).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			c, err := r.contact()
			if err != nil {
				return nil, err
			}
			t.now[c.ID] = c
		}
	}
	return t, nil
}

// turn carries the changes out and notes the step's new state.
func (t *stepTurn) turn(ch survey.Change, changes []survey.PlanChange, state map[string]any) error {
	if err := t.carryOut(changes); err != nil {
		return err
	}
	round := key(t.round.ID)
	err := of(t.tx, round).Model(&planStepRow{}).Where("number = ?", t.step.Number).Updates(state).Error
	if err != nil {
		return err
	}
	err = t.tx.Exec("UPDATE rounds SET planned_at = ?, stamp = ? WHERE id = ?", millis(ch.At), newStamp(), round).Error
	if err != nil {
		return err
	}
	return record(t.tx, ch, &round, nil)
}

// carryOut removes, moves and adds contacts, many at a time.
func (t *stepTurn) carryOut(changes []survey.PlanChange) error {
	var gone []key
	var moved []contactRow
	var added []survey.Contact
	for _, p := range changes {
		switch {
		case p.Before.IsZero():
			added = append(added, p.Planned(t.round.ID))
		case p.After.IsZero():
			gone = append(gone, key(p.Contact))
		default:
			c := t.now[p.Contact]
			c.MoveTo(p.After)
			c.Version++
			moved = append(moved, contactRowOf(c))
		}
	}
	for part := range slices.Chunk(gone, batch) {
		if err := t.tx.Delete(&contactRow{}, "id IN ?", part).Error; err != nil {
			return err
		}
	}
	if len(moved) > 0 {
		if err := upsert(t.tx, moved); err != nil {
			return err
		}
	}
	rows, err := newRows(t.round, added)
	if err != nil {
		return err
	}
	return insertContacts(t.tx, rows)
}
