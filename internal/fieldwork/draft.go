package fieldwork

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"servicematning/internal/survey"
)

// A draft is a form of the program's own, so these are far above what one holds.
const (
	draftFields = 60
	draftText   = 20_000 // characters in one field
)

// draftKept is how long something filled in and left is remembered: longer
// than the cut-off of an e-mail.
const draftKept = 60 * 24 * time.Hour

// SaveDraft keeps what the evaluator has filled in about a contact and not
// reported. ErrConflict: another page of theirs has saved since.
func (s *Service) SaveDraft(ctx context.Context, by survey.User, d survey.DraftForm) (survey.DraftForm, error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return d, err
	}
	if err := checkDraft(d); err != nil {
		return d, err
	}
	d.By, d.SavedAt = by.Email, s.Now().UTC()
	return s.Store.SaveDraft(ctx, d, func(c survey.Contact, r survey.Round) error {
		if !reaches(by, c) {
			return survey.ErrNotFound
		}
		if err := r.Open(); err != nil {
			return err
		}
		return c.Draftable()
	})
}

func checkDraft(d survey.DraftForm) error {
	var errs survey.FieldErrors
	if len(d.Fields) > draftFields {
		errs.Add("", "Utkastet har för många fält.")
	}
	for name, text := range d.Fields {
		if utf8.RuneCountInString(text) > draftText {
			errs.Add(name, "Texten är för lång för att sparas. Skriv högst 20\u00a0000 tecken.")
		}
	}
	return errs.Err()
}

// Draft gives what the evaluator has filled in about a contact; ok is false
// when that is nothing.
func (s *Service) Draft(ctx context.Context, by survey.User, id survey.ContactID) (d survey.DraftForm, ok bool, err error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return d, false, err
	}
	d, err = s.Store.Draft(ctx, id, by.Email)
	if errors.Is(err, survey.ErrNotFound) {
		return d, false, nil
	}
	return d, err == nil, err
}

// ForgetDrafts drops drafts nobody has come back to. It is run by a timer.
func (s *Service) ForgetDrafts(ctx context.Context) error {
	return s.Store.ForgetDrafts(ctx, s.Now().UTC().Add(-draftKept))
}
