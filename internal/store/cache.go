package store

import (
	"maps"
	"slices"
	"sync"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// roundCache keeps decoded rounds with their questions. Every page and every
// save needs its round, and reading sixty questions each time costs more than
// all the rest. The stamp is read always; only when it is another than the
// kept one's is the round read and decoded.
type roundCache struct {
	mu   sync.Mutex
	kept map[key]keptRound
}

type keptRound struct {
	stamp int64
	round survey.Round
}

// cachedRounds is how many rounds are kept; there is one a year.
const cachedRounds = 16

// head reads what tells whether a round is kept: its identifier and stamp.
func (s *Store) head(tx *gorm.DB, lock, where string, arg any) (row roundRow, err error) {
	query := "SELECT id, stamp FROM rounds WHERE " + where + s.lock(lock)
	err = tx.Raw(query, arg).Row().Scan(&row.ID, &row.Stamp)
	return row, err
}

// known gives the round of a head just read, if it is kept. What it holds is
// shared and must not be changed in place: see cloneRound.
func (c *roundCache) known(head roundRow) (survey.Round, bool) {
	c.mu.Lock()
	k, ok := c.kept[head.ID]
	c.mu.Unlock()
	if !ok || k.stamp != head.Stamp {
		return survey.Round{}, false
	}
	return k.round, true
}

// round gives the round of a head just read in tx, which must be one
// unchanging picture of the round or hold its row locked. It is shared too.
func (c *roundCache) round(tx *gorm.DB, head roundRow) (survey.Round, error) {
	if r, ok := c.known(head); ok {
		return r, nil
	}
	r, err := loadRound(tx, head.ID)
	if err != nil {
		return r, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) >= cachedRounds {
		c.kept = map[key]keptRound{}
	}
	c.kept[head.ID] = keptRound{head.Stamp, r}
	return r, nil
}

// loadRound reads and decodes a round and its questions.
func loadRound(tx *gorm.DB, id key) (survey.Round, error) {
	var row roundRow
	if err := tx.Take(&row, "id = ?", id).Error; err != nil {
		return survey.Round{}, err
	}
	r, err := row.round()
	if err != nil {
		return r, err
	}
	var rows []questionRow
	if err := of(tx, id).Order("position").Find(&rows).Error; err != nil {
		return r, err
	}
	r.Design.Questions = each(rows, questionRow.question)
	return r, nil
}

// cloneRound copies everything a caller could change in place, for those who
// ask for the round itself. The evaluators' loop needs it to read alone, and
// sixty questions are more than all the rest that a turn would copy.
func cloneRound(r survey.Round) survey.Round {
	d := &r.Design
	d.Areas, d.Questions, d.Criteria = slices.Clone(d.Areas), slices.Clone(d.Questions), slices.Clone(d.Criteria)
	for i := range d.Criteria {
		d.Criteria[i].Scale = slices.Clone(d.Criteria[i].Scale)
	}
	d.RetryDelays = slices.Clone(d.RetryDelays)
	d.Weights.Phone, d.Weights.Email = slices.Clone(d.Weights.Phone), slices.Clone(d.Weights.Email)
	r.Calendar.Exceptions = maps.Clone(r.Calendar.Exceptions)
	return r
}
