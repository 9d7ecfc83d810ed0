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
// all the rest. The row itself is read always; only when its stamp is another
// than the kept one's are the questions read and the documents decoded.
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

// round gives the round of a row just read in tx, which must be one unchanging
// picture and must not itself have written the round.
func (c *roundCache) round(tx *gorm.DB, row roundRow) (survey.Round, error) {
	if r, ok := c.find(row); ok {
		return r, nil
	}
	r, err := loadRound(tx, row)
	if err != nil {
		return r, err
	}
	c.keep(row, r)
	return r, nil
}

func (c *roundCache) find(row roundRow) (survey.Round, bool) {
	c.mu.Lock()
	k, ok := c.kept[row.ID]
	c.mu.Unlock()
	if !ok || k.stamp != row.Stamp {
		return survey.Round{}, false
	}
	return cloneRound(k.round), true
}

func (c *roundCache) keep(row roundRow, r survey.Round) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) >= cachedRounds {
		c.kept = map[key]keptRound{}
	}
	c.kept[row.ID] = keptRound{row.Stamp, cloneRound(r)}
}

// loadRound decodes a row and reads its questions.
func loadRound(tx *gorm.DB, row roundRow) (survey.Round, error) {
	r, err := row.round()
	if err != nil {
		return r, err
	}
	var rows []questionRow
	if err := tx.Where("round_id = ?", row.ID).Order("position").Find(&rows).Error; err != nil {
		return r, err
	}
	r.Design.Questions = each(rows, questionRow.question)
	return r, nil
}

// cloneRound copies everything a caller could change in place.
func cloneRound(r survey.Round) survey.Round {
	d := &r.Design
	d.Areas, d.Questions, d.Criteria = slices.Clone(d.Areas), slices.Clone(d.Questions), slices.Clone(d.Criteria)
	for i := range d.Criteria {
		d.Criteria[i].Scale = slices.Clone(d.Criteria[i].Scale)
	}
	d.Weights.Phone, d.Weights.Email = slices.Clone(d.Weights.Phone), slices.Clone(d.Weights.Email)
	r.Calendar.Exceptions = maps.Clone(r.Calendar.Exceptions)
	return r
}
