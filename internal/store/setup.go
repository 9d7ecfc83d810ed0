package store

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// setupRows are a round's setup as it is stored.
type setupRows struct {
	round        roundRow
	questions    []questionRow
	participants []participantRow
	evaluators   []evaluatorRow
	assignments  []assignmentRow
}

func setupRowsOf(set survey.Setup) (setupRows, error) {
	round, err := roundRowOf(set.Round)
	return setupRows{
		round: round, questions: questionRows(set.Round), participants: participantRows(set),
		evaluators: evaluatorRows(set), assignments: assignmentRows(set),
	}, err
}

// loadSetup reads what belongs to a round's row.
func loadSetup(tx *gorm.DB, round roundRow) (setupRows, error) {
	rows := setupRows{round: round}
	return rows, errors.Join(
		of(tx, round.ID).Order("position").Find(&rows.questions).Error,
		of(tx, round.ID).Order("code").Find(&rows.participants).Error,
		of(tx, round.ID).Order("email").Find(&rows.evaluators).Error,
		of(tx, round.ID).Order("area, evaluator, municipality").Find(&rows.assignments).Error,
	)
}

// of chooses a round's rows.
func of(tx *gorm.DB, round key) *gorm.DB { return tx.Where("round_id = ?", round) }

func (rows setupRows) setup() (survey.Setup, error) {
	round, err := rows.round.round()
	if err != nil {
		return survey.Setup{}, err
	}
	round.Design.Questions = each(rows.questions, questionRow.question)
	set := survey.Setup{
		Round:       round,
		Assignments: each(rows.assignments, assignmentRow.assignment),
	}
	if set.Participants, err = readEach(rows.participants, participantRow.participant); err != nil {
		return set, err
	}
	set.Evaluators, err = readEach(rows.evaluators, evaluatorRow.evaluator)
	return set, err
}

// same reports whether two setups are stored alike.
func (rows setupRows) same(o setupRows) bool {
	return rows.round.same(o.round) && rows.sameBasis(o)
}

// sameBasis reports whether everything that figures rest on is stored alike:
// all but the stage, the publication and the stamps of time.
func (rows setupRows) sameBasis(o setupRows) bool {
	return rows.round.Design == o.round.Design && rows.round.Calendar == o.round.Calendar &&
		rows.round.PeriodFrom == o.round.PeriodFrom && rows.round.PeriodTo == o.round.PeriodTo &&
		slices.Equal(rows.questions, o.questions) && slices.Equal(rows.participants, o.participants) &&
		slices.Equal(rows.evaluators, o.evaluators) && slices.Equal(rows.assignments, o.assignments)
}

// save writes what differs from the rows before.
func (rows setupRows) save(tx *gorm.DB, before setupRows) error {
	return errors.Join(
		tx.Select("*").Updates(&rows.round).Error,
		replace(tx, before.questions, rows.questions, questionRow.key),
		replace(tx, before.participants, rows.participants, participantRow.key),
		replace(tx, before.evaluators, rows.evaluators, evaluatorRow.key),
		replace(tx, before.assignments, rows.assignments, assignmentRow.key),
	)
}

// Setup reads a round with everything it is planned from.
func (s *Store) Setup(ctx context.Context, code string) (set survey.Setup, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		round, err := findRound(tx, code)
		if err != nil {
			return err
		}
		rows, err := loadSetup(tx, round)
		if err != nil {
			return err
		}
		set, err = rows.setup()
		return err
	})
	return set, err
}

// Participants lists a round's participants by municipality code.
func (s *Store) Participants(ctx context.Context, id survey.RoundID) ([]survey.Participant, error) {
	var rows []participantRow
	if err := of(s.reader.WithContext(ctx), key(id)).Order("code").Find(&rows).Error; err != nil {
		return nil, s.translate(ctx, err)
	}
	return readEach(rows, participantRow.participant)
}

// Participant finds one.
func (s *Store) Participant(ctx context.Context, id survey.RoundID, municipality string) (survey.Participant, error) {
	if !storable(municipality) {
		return survey.Participant{}, survey.ErrNotFound
	}
	var row participantRow
	if err := of(s.reader.WithContext(ctx), key(id)).Where("code = ?", municipality).Take(&row).Error; err != nil {
		return survey.Participant{}, s.translate(ctx, err)
	}
	return row.participant()
}

// UpdateSetup lets fn change the round and its setup and stores the
// difference. When nothing is different nothing is written, not even history.
// In a closed round only the stage, the publication and what goes with them
// may change.
func (s *Store) UpdateSetup(ctx context.Context, ch survey.Change, code string, version int,
	fn func(set *survey.Setup, contacts int) error) (set survey.Setup, err error) {
	err = s.change(ctx, ch, func(tx *gorm.DB) error {
		round, err := findRound(locked(tx), code)
		if err != nil {
			return err
		}
		if version != 0 && round.Version != version {
			return survey.ErrConflict
		}
		before, err := loadSetup(tx, round)
		if err != nil {
			return err
		}
		if set, err = before.setup(); err != nil {
			return err
		}
		var contacts int64
		if err := of(tx, round.ID).Model(&contactRow{}).Count(&contacts).Error; err != nil {
			return err
		}
		if err := fn(&set, int(contacts)); err != nil {
			return err
		}
		set, err = saveSetup(tx, ch, before, set)
		return err
	})
	return set, err
}

// saveSetup writes the setup as fn left it and gives it as it is stored.
func saveSetup(tx *gorm.DB, ch survey.Change, before setupRows, set survey.Setup) (survey.Setup, error) {
	set.Round.ID = survey.RoundID(before.round.ID)
	sortSetup(&set)
	if err := checkTexts(set); err != nil {
		return set, err
	}
	after, err := setupRowsOf(set)
	if err != nil {
		return set, err
	}
	after.round.Version, after.round.Stamp = before.round.Version, before.round.Stamp
	if after.same(before) {
		return after.setup()
	}
	if err := before.round.open(); err != nil && !after.sameBasis(before) {
		return set, err
	}
	after.round.Version, after.round.Stamp = before.round.Version+1, newStamp()
	if err := after.save(tx, before); err != nil {
		return set, err
	}
	if err := record(tx, ch, &after.round.ID, nil); err != nil {
		return set, err
	}
	return after.setup()
}
