package store

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// contactRow is a contact with everything that was rated: reading a round
// from one wide table is many times quicker than from a table of ratings.
type contactRow struct {
	ID              key `gorm:"primaryKey"`
	RoundID         key
	Municipality    string
	Channel         survey.Channel
	Area            survey.QuestionArea
	Question        string
	Replicate       int
	Evaluator       string
	PlannedAt       int64
	PlannedDay      string // of PlannedAt, in Sweden
	State           survey.State
	Disposition     survey.Disposition
	Attempts        string // packed: see attempt.go
	SentAt          int64
	AutoReplyAt     int64
	FirstReplyAt    int64
	CompleteReplyAt int64
	BouncedAt       int64
	Sender          survey.Sender
	Answer          survey.LevelCode // of the e-mail
	Information     survey.LevelCode
	Interest        survey.LevelCode
	Treatment       survey.LevelCode
	MailNote        string
	Suspected       bool
	SuspectedWhy    string
	ReviewNote      string
	ReviewedBy      string
	SubmittedAt     int64
	ReturnedAt      int64
	CallBackAt      int64
	HeldBy          string
	HeldUntil       int64
	Version         int
}

// TableName names the table for GORM.
func (contactRow) TableName() string { return "contacts" }

// contactColumns lists the columns in the order of fields.
var contactColumns = strings.Fields(`id round_id municipality channel area question replicate evaluator
	planned_at planned_day state disposition attempts sent_at auto_reply_at first_reply_at complete_reply_at bounced_at
	sender answer information interest treatment mail_note suspected suspected_why review_note reviewed_by
	submitted_at returned_at call_back_at held_by held_until version`)

// fields points at the columns in the order of contactColumns, for scanning
// many rows without GORM's reflection. Codes are pointed at as plain strings,
// which database/sql fills in without reflection too.
func (r *contactRow) fields() []any {
	return []any{
		&r.ID, &r.RoundID, &r.Municipality, (*string)(&r.Channel), (*string)(&r.Area), &r.Question, &r.Replicate,
		&r.Evaluator,
		&r.PlannedAt, &r.PlannedDay, (*string)(&r.State), (*string)(&r.Disposition), &r.Attempts,
		&r.SentAt, &r.AutoReplyAt, &r.FirstReplyAt, &r.CompleteReplyAt, &r.BouncedAt, &r.Sender,
		(*string)(&r.Answer), (*string)(&r.Information), (*string)(&r.Interest), (*string)(&r.Treatment),
		&r.MailNote,
		&r.Suspected, &r.SuspectedWhy, &r.ReviewNote, &r.ReviewedBy, &r.SubmittedAt, &r.ReturnedAt,
		&r.CallBackAt, &r.HeldBy, &r.HeldUntil, &r.Version,
	}
}

// some points at the columns that are named.
func (r *contactRow) some(columns []string) []any {
	all, chosen := r.fields(), make([]any, len(columns))
	for i, column := range columns {
		chosen[i] = all[slices.Index(contactColumns, column)]
	}
	return chosen
}

// checkedRow makes the contact's row and refuses what it could not give back
// as it was. The fields are named, which takes long, only where one is wrong.
func checkedRow(c survey.Contact) (contactRow, error) {
	row := contactRowOf(c)
	if !row.storable() {
		if err := checkTexts(c); err != nil {
			return row, err
		}
	}
	return row, checkWords(c.Attempts)
}

// storable reports whether every text of the row is, the packed calls' too.
func (r *contactRow) storable() bool {
	for _, field := range r.fields() {
		if text, ok := field.(*string); ok && !storable(*text) {
			return false
		}
	}
	return true
}

func contactRowOf(c survey.Contact) contactRow {
	return contactRow{
		ID: key(c.ID), RoundID: key(c.Round), Municipality: c.Municipality, Channel: c.Channel, Area: c.Area,
		Question: c.Question, Replicate: c.Replicate, Evaluator: c.Evaluator,
		PlannedAt: millis(c.PlannedAt), PlannedDay: dayOf(c.PlannedAt), State: c.State, Disposition: c.Disposition,
		Attempts: packAttempts(c.Attempts),
		SentAt:   millis(c.Mail.Sent), AutoReplyAt: millis(c.Mail.AutoReply), FirstReplyAt: millis(c.Mail.FirstReply),
		CompleteReplyAt: millis(c.Mail.CompleteReply), BouncedAt: millis(c.Mail.Bounced), Sender: c.Mail.Sender,
		Answer: c.Mail.Ratings.Answer, Information: c.Mail.Ratings.Information,
		Interest: c.Mail.Ratings.Interest, Treatment: c.Mail.Ratings.Treatment, MailNote: c.Mail.Note,
		Suspected: c.Suspected, SuspectedWhy: c.SuspectedWhy, ReviewNote: c.ReviewNote, ReviewedBy: c.ReviewedBy,
		SubmittedAt: millis(c.SubmittedAt), ReturnedAt: millis(c.ReturnedAt), CallBackAt: millis(c.CallBackAt),
		HeldBy: c.HeldBy, HeldUntil: millis(c.HeldUntil), Version: c.Version,
	}
}

func (r *contactRow) contact() (survey.Contact, error) {
	attempts, err := unpackAttempts(r.Attempts)
	return survey.Contact{
		ID: survey.ContactID(r.ID), Round: survey.RoundID(r.RoundID), Municipality: r.Municipality, Channel: r.Channel,
		Area: r.Area, Question: r.Question, Replicate: r.Replicate, Evaluator: r.Evaluator,
		PlannedAt: instant(r.PlannedAt), State: r.State, Disposition: r.Disposition, Attempts: attempts,
		Mail: survey.Mail{
			Sent: instant(r.SentAt), AutoReply: instant(r.AutoReplyAt), FirstReply: instant(r.FirstReplyAt),
			CompleteReply: instant(r.CompleteReplyAt), Bounced: instant(r.BouncedAt), Sender: r.Sender,
			Ratings: survey.Ratings{
				Answer: r.Answer, Information: r.Information, Interest: r.Interest, Treatment: r.Treatment,
			},
			Note: r.MailNote,
		},
		Suspected: r.Suspected, SuspectedWhy: r.SuspectedWhy, ReviewNote: r.ReviewNote, ReviewedBy: r.ReviewedBy,
		SubmittedAt: instant(r.SubmittedAt), ReturnedAt: instant(r.ReturnedAt), CallBackAt: instant(r.CallBackAt),
		HeldBy: r.HeldBy, HeldUntil: instant(r.HeldUntil), Version: r.Version,
	}, err
}

// Contact reads one contact and its round: both at one moment, in a single
// statement unless the round is not kept as it is.
func (s *Store) Contact(ctx context.Context, id survey.ContactID) (c survey.Contact, r survey.Round, err error) {
	var row contactRow
	var round roundRow
	fields := append([]any{&round.ID, &round.Stamp}, row.fields()...)
	err = s.reader.WithContext(ctx).Raw(contactAndRound, key(id)).Row().Scan(fields...)
	if err != nil {
		return c, r, s.translate(ctx, err)
	}
	known := false
	if r, known = s.rounds.known(round); !known {
		err = s.read(ctx, func(tx *gorm.DB) error {
			row, r, err = s.loadContact(tx, id, false)
			return err
		})
	}
	if err == nil {
		c, err = row.contact()
	}
	return c, r, err
}

var contactAndRound = "SELECT rounds.id, stamp, contacts." + strings.Join(contactColumns, ", contacts.") +
	" FROM contacts JOIN rounds ON rounds.id = round_id WHERE contacts.id = ?"

// loadContact reads a contact and its round; for a change it locks both. The
// round comes first: whoever changes the whole round locks it before its
// contacts, and two orders would deadlock.
func (s *Store) loadContact(tx *gorm.DB, id survey.ContactID, change bool) (row contactRow, r survey.Round, err error) {
	share, update := "", ""
	if change {
		share, update = forShare, forUpdate
	}
	round, err := s.head(tx, share, "id = (SELECT round_id FROM contacts WHERE id = ?)", key(id))
	if err != nil {
		return row, r, err
	}
	if err = tx.Raw(contactByID+s.lock(update), key(id)).Row().Scan(row.fields()...); err != nil {
		return row, r, err
	}
	r, err = s.rounds.round(tx, round)
	return row, r, err
}

var contactByID = "SELECT " + strings.Join(contactColumns, ", ") + " FROM contacts WHERE id = ?"

// UpdateContact lets fn change one contact, which gets a Version one higher.
// version 0 skips the check for a stale version.
func (s *Store) UpdateContact(ctx context.Context, ch survey.Change, id survey.ContactID, version int,
	fn func(c *survey.Contact, r survey.Round) error) (c survey.Contact, err error) {
	err = s.change(ctx, ch, func(tx *gorm.DB) error {
		before, r, err := s.loadContact(tx, id, true)
		if err != nil {
			return err
		}
		if version != 0 && before.Version != version {
			return survey.ErrConflict
		}
		if c, err = before.contact(); err != nil {
			return err
		}
		if err := fn(&c, r); err != nil {
			return err
		}
		if err := r.Open(); err != nil {
			return err
		}
		c, err = saveContact(tx, ch, before, c)
		return err
	})
	return c, err
}

// saveContact writes the contact as fn left it and gives it as it is stored.
func saveContact(tx *gorm.DB, ch survey.Change, before contactRow, c survey.Contact) (survey.Contact, error) {
	row, err := checkedRow(c)
	if err != nil {
		return c, err
	}
	row.ID, row.RoundID, row.Version = before.ID, before.RoundID, before.Version+1
	if err := updateContact(tx, before, row); err != nil {
		return c, err
	}
	if row.Evaluator != before.Evaluator {
		taken := ch
		taken.Action, taken.Detail = "contact.takeover", before.Evaluator
		if err := record(tx, taken, &row.RoundID, &row.ID); err != nil {
			return c, err
		}
	}
	if err := saveBeside(tx, ch, row.ID, c); err != nil {
		return c, err
	}
	if err := record(tx, ch, &row.RoundID, &row.ID); err != nil {
		return c, err
	}
	return row.contact()
}

// saveBeside writes what a change of a contact leaves in other tables.
func saveBeside(tx *gorm.DB, ch survey.Change, contact key, c survey.Contact) error {
	if err := checkTexts(c.Presses); err != nil {
		return err
	}
	if err := checkTexts(c.Replies); err != nil {
		return err
	}
	if err := addPresses(tx, contact, c.Presses); err != nil {
		return err
	}
	if err := saveReplies(tx, contact, c.Replies); err != nil {
		return err
	}
	if !ch.EndsDraft {
		return nil
	}
	return tx.Exec("DELETE FROM draft_forms WHERE contact_id = ? AND made_by = ?", contact, ch.By).Error
}

// updateContact writes the columns that differ, so that a save rewrites only
// the indexes that it must.
func updateContact(tx *gorm.DB, before, after contactRow) error {
	was, is := before.fields(), after.fields()
	var set []string
	var values []any
	for i, column := range contactColumns {
		if v := reflect.ValueOf(is[i]).Elem(); !v.Equal(reflect.ValueOf(was[i]).Elem()) {
			set, values = append(set, column+" = ?"), append(values, v.Interface())
		}
	}
	query := "UPDATE contacts SET " + strings.Join(set, ", ") + " WHERE id = ?"
	return tx.Exec(query, append(values, before.ID)...).Error
}
