package store

import (
	"context"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// replyTextRow is what a municipality wrote.
type replyTextRow struct {
	ContactID key              `gorm:"primaryKey"`
	Kind      survey.ReplyKind `gorm:"primaryKey"`
	Text      string
}

// TableName names the table for GORM.
func (replyTextRow) TableName() string { return "reply_texts" }

// saveReplies keeps the texts of the change; an empty one is taken away.
func saveReplies(tx *gorm.DB, contact key, list []survey.ReplyText) error {
	for _, r := range list {
		query, values := "DELETE FROM reply_texts WHERE contact_id = ? AND kind = ?", []any{contact, string(r.Kind)}
		if r.Text != "" {
			query = `INSERT INTO reply_texts (contact_id, kind, text) VALUES (?, ?, ?)
				ON CONFLICT (contact_id, kind) DO UPDATE SET text = excluded.text`
			values = append(values, r.Text)
		}
		if err := tx.Exec(query, values...).Error; err != nil {
			return err
		}
	}
	return nil
}

// ReplyTexts gives the texts of the replies to an e-mail.
func (s *Store) ReplyTexts(ctx context.Context, id survey.ContactID) ([]survey.ReplyText, error) {
	var rows []replyTextRow
	err := s.reader.WithContext(ctx).Order("kind DESC").Find(&rows, "contact_id = ?", key(id)).Error
	return each(rows, func(r replyTextRow) survey.ReplyText { return survey.ReplyText{Kind: r.Kind, Text: r.Text} }),
		s.translate(ctx, err)
}
