package fieldwork

import (
	"context"
	"time"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// Store keeps everything. Each method is one whole transaction: it happens
// completely or not at all, and an answered write survives a power cut.
//
// Errors: ErrNotFound when the thing named does not exist; ErrConflict when a
// version is stale or a key is taken; ErrRepeated when the Change's form has
// been received before. Functions given to a method run inside its transaction
// and must not call the store; their error undoes everything and is returned
// as it is.
type Store interface {
	ReferenceStore
	RoundStore
	ContactStore
	PlanStore
	ProgressStore
	ClosingStore
	PracticeStore
}

// ReferenceStore keeps what does not belong to a round.
type ReferenceStore interface {
	// Municipalities lists the reference data by code.
	Municipalities(ctx context.Context) ([]survey.Municipality, error)
	// SaveMunicipalities adds and overwrites by code, and says how many rows changed.
	SaveMunicipalities(ctx context.Context, ch survey.Change, ms []survey.Municipality) (changed int, err error)
	// History lists what was done to a round, newest first; limit 0 means all.
	History(ctx context.Context, round string, limit int) ([]survey.Event, error)
	// ForgetForms drops the ids of forms received before the instant.
	ForgetForms(ctx context.Context, before time.Time) error
}

// RoundStore keeps rounds and what they are planned from.
type RoundStore interface {
	// Rounds lists all rounds, newest period first.
	Rounds(ctx context.Context) ([]survey.Round, error)
	// EvaluatorRounds lists the rounds that hold live contacts of the
	// evaluator's, or are in the field and have given them areas, newest
	// period first.
	EvaluatorRounds(ctx context.Context, evaluator string) ([]survey.Round, error)
	// Round finds a round by its code.
	Round(ctx context.Context, code string) (survey.Round, error)
	// CreateRound adds a round. ErrConflict: the code is taken.
	CreateRound(ctx context.Context, ch survey.Change, r survey.Round) error
	// Setup reads a round with everything it is planned from.
	Setup(ctx context.Context, code string) (survey.Setup, error)
	// Participants lists a round's participants by municipality code.
	Participants(ctx context.Context, id survey.RoundID) ([]survey.Participant, error)
	// Participant finds one.
	Participant(ctx context.Context, id survey.RoundID, municipality string) (survey.Participant, error)
	// UpdateSetup lets fn change the round and its setup and stores the
	// difference, with the round's Version one higher when anything changed.
	// version 0 skips the check for a stale version. contacts is the number
	// of contacts the round holds.
	UpdateSetup(ctx context.Context, ch survey.Change, code string, version int,
		fn func(s *survey.Setup, contacts int) error) (survey.Setup, error)
}

// ContactStore keeps contacts.
type ContactStore interface {
	// Contact reads one contact and its round.
	Contact(ctx context.Context, id survey.ContactID) (survey.Contact, survey.Round, error)
	// Contacts lists a round's contacts and how many there are without Offset and Limit.
	Contacts(ctx context.Context, id survey.RoundID, f survey.ContactFilter) (list []survey.Contact, total int, err error)
	// Workday reads what an evaluator's day in a round is made of.
	Workday(ctx context.Context, id survey.RoundID, q survey.WorkdayQuery) (survey.Workday, error)
	// CountContacts is the total of Contacts alone.
	CountContacts(ctx context.Context, id survey.RoundID, f survey.ContactFilter) (int, error)
	// EachContact streams all contacts of a round in the order of survey.ByKey.
	EachContact(ctx context.Context, id survey.RoundID) results.Contacts
	// Counts counts a round's contacts, voided ones too, per value of the grouping.
	Counts(ctx context.Context, id survey.RoundID, by survey.Grouping) ([]survey.Count, error)
	// DayCounts counts a round's live contacts per day and channel of every
	// value of the grouping, or of the keys alone when any are given, by key,
	// day and channel. ErrNotFound: only ByMunicipality and ByEvaluator exist.
	DayCounts(ctx context.Context, id survey.RoundID, by survey.Grouping, keys ...string) ([]survey.DayCount, error)
	// Work counts a round's live contacts that nothing has been done to yet, by
	// evaluator, day, channel and area.
	Work(ctx context.Context, id survey.RoundID) ([]survey.Work, error)
	// HandOut chooses what the evaluator who asks is to take now and holds it
	// for them; ok is false when there is nothing for them. A contact is held
	// by one at a time, and asking again gives the same one. ErrConflict: the
	// round is not at ask.Version.
	HandOut(ctx context.Context, ask survey.Asking) (c survey.Contact, ok bool, err error)
	// Renew lets the evaluator who holds a contact at now hold it until later;
	// held is false when they do not hold it any more.
	Renew(ctx context.Context, id survey.ContactID, evaluator string, now, until time.Time) (held bool, err error)
	// UpdateContact lets fn change one contact, which gets a Version one
	// higher. version 0 skips the check for a stale version.
	UpdateContact(ctx context.Context, ch survey.Change, id survey.ContactID, version int,
		fn func(c *survey.Contact, r survey.Round) error) (survey.Contact, error)
	// Presses lists what was done to the phases of a contact's dials, in order.
	Presses(ctx context.Context, id survey.ContactID) ([]survey.Press, error)
	// ReplyTexts gives the texts of the replies to an e-mail, masked.
	ReplyTexts(ctx context.Context, id survey.ContactID) ([]survey.ReplyText, error)
	// Draft reads what somebody has filled in about a contact. ErrNotFound: nothing.
	Draft(ctx context.Context, id survey.ContactID, by string) (survey.DraftForm, error)
	// SaveDraft keeps a draft over the one before and gives it with its
	// Revision. allowed runs inside the transaction. ErrConflict: DraftForm.Over.
	SaveDraft(ctx context.Context, d survey.DraftForm,
		allowed func(c survey.Contact, r survey.Round) error) (survey.DraftForm, error)
	// ForgetDrafts drops what was filled in and left before the instant.
	ForgetDrafts(ctx context.Context, before time.Time) error
	// ReplacePlan removes every contact of the round that is still planned
	// and adds the given ones (with new IDs where they have none), provided the
	// round still has r's Version, and stores r's Seed and PlannedAt.
	// ErrConflict: the round has changed, or one of the new contacts has been
	// begun meanwhile.
	ReplacePlan(ctx context.Context, ch survey.Change, r survey.Round, contacts []survey.Contact) error
	// SaveContacts adds contacts and overwrites those with the same key when
	// they differ, provided the round still has r's Version. changed is the
	// number of contacts added or overwritten.
	SaveContacts(ctx context.Context, ch survey.Change, r survey.Round, contacts []survey.Contact) (changed int, err error)
}

// ClosingStore keeps what ends a round.
type ClosingStore interface {
	// Waivers lists the waivers of a round's current revision.
	Waivers(ctx context.Context, id survey.RoundID) ([]survey.Waiver, error)
	// SaveWaiver adds a waiver, replacing one for the same item.
	SaveWaiver(ctx context.Context, ch survey.Change, id survey.RoundID, w survey.Waiver) error
	// RemoveWaiver takes a waiver back. ErrNotFound: there is none.
	RemoveWaiver(ctx context.Context, ch survey.Change, id survey.RoundID, item survey.CheckItem) error
	// CloseRound lets fn count and freeze while nobody can change a contact
	// of the round, then stores the closing and the round as fn left it.
	CloseRound(ctx context.Context, ch survey.Change, code string,
		fn func(s *survey.Setup, waivers []survey.Waiver, contacts results.Contacts) (survey.Closing, error)) error
	// Closing reads the newest closing of a round. ErrNotFound: never closed.
	Closing(ctx context.Context, id survey.RoundID) (survey.Closing, error)
}

// PracticeStore keeps what evaluators practise on.
type PracticeStore interface {
	// Practice lists a round's practice contacts in their order, retired ones too.
	Practice(ctx context.Context, id survey.RoundID) ([]survey.PracticeContact, error)
	// PracticeContact reads one practice contact and its round.
	PracticeContact(ctx context.Context, id survey.PracticeID) (survey.PracticeContact, survey.Round, error)
	// PracticeAnswers lists what has been said about a round's practice
	// contacts, by one evaluator or, for "", by all.
	PracticeAnswers(ctx context.Context, id survey.RoundID, by string) ([]survey.PracticeAnswer, error)
	// PracticeRounds lists the codes of the rounds that are not closed and that
	// the evaluator takes part in, newest period first.
	PracticeRounds(ctx context.Context, evaluator string) ([]string, error)
	// UpdatePractice lets fn change a round's practice contacts, which it gets
	// and gives in their order. ErrConflict: fn left one out.
	UpdatePractice(ctx context.Context, ch survey.Change, code string,
		fn func(r survey.Round, list []survey.PracticeContact) ([]survey.PracticeContact, error)) error
	// SavePracticeAnswer keeps an answer. allowed runs inside the transaction.
	// ErrConflict: the practice contact has been answered.
	SavePracticeAnswer(ctx context.Context, ch survey.Change, a survey.PracticeAnswer,
		allowed func(p survey.PracticeContact, r survey.Round) error) error
	// ResetPractice forgets what an evaluator has said about a round's practice
	// contacts. ErrNotFound: nothing.
	ResetPractice(ctx context.Context, ch survey.Change, code, evaluator string) error
}
