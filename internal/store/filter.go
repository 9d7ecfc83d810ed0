package store

import (
	"context"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// orders are the allowed ORDER BY: nothing a visitor sends is ever put in one.
var orders = map[survey.ContactOrder]string{
	survey.ByPlan: "planned_at, " + byKey,
	survey.ByLast: "planned_at DESC, municipality DESC, channel DESC, question DESC, replicate DESC",
	survey.ByKey:  byKey,
	survey.ByDone: "submitted_at DESC, " + byKey,
}

const byKey = "municipality, channel, question, replicate"

// filtered chooses a round's contacts.
func filtered(tx *gorm.DB, id survey.RoundID, f survey.ContactFilter) *gorm.DB {
	tx = of(tx, key(id)).Model(&contactRow{})
	for _, equal := range []struct{ column, value string }{
		{"evaluator", f.Evaluator}, {"held_by", f.HeldBy}, {"municipality", f.Municipality}, {"channel", string(f.Channel)},
		{"area", string(f.Area)}, {"question", f.Question}, {"disposition", string(f.Disposition)},
	} {
		switch {
		case equal.value == "":
		case !storable(equal.value):
			tx = tx.Where("1 = 0")
		default:
			tx = tx.Where(equal.column+" = ?", equal.value)
		}
	}
	if f.HeldBy != "" {
		tx = tx.Where("held_by <> ''") // said once more, for the index of these alone
	}
	if len(f.States) > 0 {
		tx = tx.Where("state IN ?", f.States)
	}
	switch f.Ended {
	case survey.MailClosed:
		tx = tx.Where("(disposition = ? OR disposition = ? AND bounced_at > 0)", survey.Completed, survey.NoReply)
	case survey.MailLapsed:
		tx = tx.Where("disposition = ? AND bounced_at = 0", survey.NoReply)
	}
	if f.LiveOnly {
		tx = tx.Where("disposition <> ?", survey.Void)
	}
	if f.Suspected {
		tx = tx.Where("suspected = ?", true)
	}
	return spanned(tx, f)
}

// spanned limits the contacts in time.
func spanned(tx *gorm.DB, f survey.ContactFilter) *gorm.DB {
	if !f.PlannedFrom.IsZero() {
		tx = tx.Where("planned_at >= ?", millis(f.PlannedFrom))
	}
	if !f.PlannedTo.IsZero() {
		tx = tx.Where("planned_at < ?", millis(f.PlannedTo))
	}
	if !f.SentFrom.IsZero() {
		tx = tx.Where("sent_at >= ?", millis(f.SentFrom))
	}
	if !f.DoneFrom.IsZero() {
		tx = tx.Where("submitted_at >= ?", millis(f.DoneFrom))
	}
	if !f.DoneTo.IsZero() {
		// 0 is "not submitted", which is no time before DoneTo.
		tx = tx.Where("submitted_at < ? AND submitted_at <> 0", millis(f.DoneTo))
	}
	return tx
}

// Contacts lists a round's contacts and how many there are without Offset and Limit.
func (s *Store) Contacts(ctx context.Context, id survey.RoundID, f survey.ContactFilter) (
	list []survey.Contact, total int, err error) {
	if f.Limit <= 0 && f.Offset <= 0 {
		list, err = listContacts(s.reader.WithContext(ctx), id, f)
		return list, len(list), s.translate(ctx, err)
	}
	err = s.read(ctx, func(tx *gorm.DB) error {
		if list, err = listContacts(tx, id, f); err != nil {
			return err
		}
		total, err = countContacts(tx, id, f)
		return err
	})
	return list, total, err
}

func listContacts(tx *gorm.DB, id survey.RoundID, f survey.ContactFilter) ([]survey.Contact, error) {
	order, ok := orders[f.Order]
	if !ok {
		order = orders[survey.ByPlan]
	}
	return scanContacts(page(filtered(tx, id, f).Order(order), f.Offset, f.Limit))
}

// CountContacts is the total of Contacts alone.
func (s *Store) CountContacts(ctx context.Context, id survey.RoundID, f survey.ContactFilter) (int, error) {
	n, err := countContacts(s.reader.WithContext(ctx), id, f)
	return n, s.translate(ctx, err)
}

func countContacts(tx *gorm.DB, id survey.RoundID, f survey.ContactFilter) (int, error) {
	var n int64
	err := filtered(tx, id, f).Count(&n).Error
	return int(n), err
}
