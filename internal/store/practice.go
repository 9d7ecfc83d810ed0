package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// Practice lists a round's practice contacts in their order, retired ones too.
func (s *Store) Practice(ctx context.Context, id survey.RoundID) ([]survey.PracticeContact, error) {
	var rows []practiceRow
	if err := of(s.reader.WithContext(ctx), key(id)).Order("position, id").Find(&rows).Error; err != nil {
		return nil, s.translate(ctx, err)
	}
	return readEach(rows, practiceRow.practice)
}

// PracticeContact reads one practice contact and its round.
func (s *Store) PracticeContact(ctx context.Context, id survey.PracticeID) (
	p survey.PracticeContact, r survey.Round, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		p, r, err = s.loadPractice(tx, "", id)
		return err
	})
	return p, r, err
}

// loadPractice reads a practice contact and its round, which is locked when
// lock says so.
func (s *Store) loadPractice(tx *gorm.DB, lock string, id survey.PracticeID) (
	p survey.PracticeContact, r survey.Round, err error) {
	head, err := s.head(tx, lock, "id = (SELECT round_id FROM practice_contacts WHERE id = ?)", key(id))
	if err != nil {
		return p, r, err
	}
	var row practiceRow
	if err := tx.Take(&row, "id = ?", key(id)).Error; err != nil {
		return p, r, err
	}
	p, err1 := row.practice()
	r, err2 := s.rounds.round(tx, head)
	return p, r, errors.Join(err1, err2)
}

// PracticeAnswers lists what has been said about a round's practice contacts,
// by one evaluator or, for "", by all.
func (s *Store) PracticeAnswers(ctx context.Context, id survey.RoundID, by string) ([]survey.PracticeAnswer, error) {
	tx := s.reader.WithContext(ctx).Table("practice_answers AS a").Select("a.*").
		Joins("JOIN practice_contacts p ON p.id = a.practice_id").Where("p.round_id = ?", key(id))
	if by != "" {
		tx = tx.Where("a.evaluator = ?", by)
	}
	var rows []practiceAnswerRow
	if err := tx.Order("a.answered_at, a.practice_id").Find(&rows).Error; err != nil {
		return nil, s.translate(ctx, err)
	}
	return each(rows, practiceAnswerRow.answer), nil
}

// PracticeRounds lists the codes of the rounds that are not closed and that the
// evaluator takes part in, newest period first.
func (s *Store) PracticeRounds(ctx context.Context, evaluator string) ([]string, error) {
	var codes []string
	err := s.reader.WithContext(ctx).Table("rounds AS r").Joins("JOIN evaluators e ON e.round_id = r.id").
		Where("e.email = ? AND r.stage IN ?", evaluator, []survey.Stage{survey.Draft, survey.Fieldwork, survey.Review}).
		Order("r.period_from DESC").Pluck("r.code", &codes).Error
	return codes, s.translate(ctx, err)
}

// UpdatePractice lets fn change a round's practice contacts: it gets them in
// their order and gives them in the order they are to have, with new ones
// among them. Those that are not given back are ErrConflict: they are retired,
// not removed. The store numbers them and their versions.
func (s *Store) UpdatePractice(ctx context.Context, ch survey.Change, code string,
	fn func(r survey.Round, list []survey.PracticeContact) ([]survey.PracticeContact, error)) error {
	if !storable(code) {
		return survey.ErrNotFound
	}
	return s.change(ctx, ch, func(tx *gorm.DB) error {
		head, err := s.head(tx, forUpdate, "code = ?", code)
		if err != nil {
			return err
		}
		r, err := s.rounds.round(tx, head)
		if err != nil {
			return err
		}
		var before []practiceRow
		if err := of(tx, head.ID).Order("position, id").Find(&before).Error; err != nil {
			return err
		}
		list, err := readEach(before, practiceRow.practice)
		if err != nil {
			return err
		}
		if list, err = fn(r, list); err != nil {
			return err
		}
		after, err := numbered(before, list, head.ID)
		if err != nil {
			return err
		}
		if err := replace(tx, before, after, practiceRow.key); err != nil {
			return err
		}
		return record(tx, ch, &head.ID, nil)
	})
}

// numbered makes rows of a round's practice contacts in their order. What is
// changed, and not only moved, has its version one higher.
func numbered(before []practiceRow, list []survey.PracticeContact, round key) ([]practiceRow, error) {
	old := map[key]practiceRow{}
	for _, row := range before {
		old[row.ID] = row
	}
	var after []practiceRow
	for i, p := range list {
		row, err := practiceRowOf(p)
		if err != nil {
			return nil, err
		}
		row.RoundID, row.Position = round, i+1
		was, known := old[row.ID]
		delete(old, row.ID)
		row.Version, was.Position = was.Version, row.Position
		if !known || was != row {
			row.Version++
		}
		after = append(after, row)
	}
	if len(old) > 0 {
		return nil, survey.ErrConflict
	}
	return after, nil
}

// SavePracticeAnswer keeps an evaluator's answer. allowed sees the practice
// contact and its round inside the transaction. ErrConflict: it has been
// answered.
func (s *Store) SavePracticeAnswer(ctx context.Context, ch survey.Change, a survey.PracticeAnswer,
	allowed func(p survey.PracticeContact, r survey.Round) error) error {
	if err := checkTexts(a); err != nil {
		return err
	}
	return s.change(ctx, ch, func(tx *gorm.DB) error {
		p, r, err := s.loadPractice(tx, forShare, a.Practice)
		if err != nil {
			return err
		}
		if err := allowed(p, r); err != nil {
			return err
		}
		row := practiceAnswerRowOf(a)
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		round := key(r.ID)
		return record(tx, ch, &round, nil)
	})
}

// ResetPractice forgets what an evaluator has said about a round's practice
// contacts, so that it can be done again. ErrNotFound: nothing has been said.
func (s *Store) ResetPractice(ctx context.Context, ch survey.Change, code, evaluator string) error {
	if !storable(code) || !storable(evaluator) {
		return survey.ErrNotFound
	}
	return s.change(ctx, ch, func(tx *gorm.DB) error {
		head, err := s.head(tx, forUpdate, "code = ?", code)
		if err != nil {
			return err
		}
		res := tx.Exec("DELETE FROM practice_answers WHERE evaluator = ? AND practice_id IN "+
			"(SELECT id FROM practice_contacts WHERE round_id = ?)", evaluator, head.ID)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return survey.ErrNotFound
		}
		return record(tx, ch, &head.ID, nil)
	})
}
