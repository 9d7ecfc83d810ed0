package fieldwork

import (
	"context"
	"slices"
	"strings"

	"servicematning/internal/survey"
)

// Rounds lists the rounds the user may know of, newest period first:
// everything for those who see the setup, rounds in the
// field for an evaluator, published ones for a reader.
func (s *Service) Rounds(ctx context.Context, by survey.User) ([]survey.Round, error) {
	rounds, err := s.Store.Rounds(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(rounds, func(r survey.Round) bool { return !mayKnow(by, r) }), nil
}

func mayKnow(by survey.User, r survey.Round) bool {
	switch {
	case by.May(survey.SeeSetup):
		return true
	case by.May(survey.PerformContacts):
		return r.Stage == survey.Fieldwork || r.Stage == survey.Review
	case by.May(survey.SeeOwnResults):
		return r.Stage == survey.Published && r.Publication.Own
	}
	return false
}

// CreateRound adds a draft round with the default design.
func (s *Service) CreateRound(ctx context.Context, by survey.User,
	code string, period survey.FieldPeriod) (survey.Round, error) {
	return s.CreateNamedRound(ctx, by, code, period, "")
}

// CreateNamedRound is CreateRound with the period in words, as it is announced.
func (s *Service) CreateNamedRound(ctx context.Context, by survey.User, code string, period survey.FieldPeriod,
	label string) (survey.Round, error) {
	if err := by.Allow(survey.EditSetup); err != nil {
		return survey.Round{}, err
	}
	r, err := survey.NewRound(code, period)
	if err != nil {
		return survey.Round{}, err
	}
	r.Label = strings.TrimSpace(label)
	if err := s.Store.CreateRound(ctx, s.change(ctx, by, "round.create", code), r); err != nil {
		return survey.Round{}, err
	}
	return r, nil
}

// Round reads one round with its questions.
func (s *Service) Round(ctx context.Context, by survey.User, code string) (survey.Round, error) {
	r, err := s.Store.Round(ctx, code)
	if err != nil {
		return survey.Round{}, err
	}
	if !mayKnow(by, r) {
		return survey.Round{}, survey.ErrNotFound
	}
	return r, nil
}

// Setup reads a round with everything it is planned from.
func (s *Service) Setup(ctx context.Context, by survey.User, code string) (survey.Setup, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return survey.Setup{}, err
	}
	return s.Store.Setup(ctx, code)
}

// Municipalities lists the reference data by code.
func (s *Service) Municipalities(ctx context.Context, by survey.User) ([]survey.Municipality, error) {
	if !by.May(survey.SeeSetup) && !by.May(survey.ManageAccounts) {
		return nil, survey.ErrForbidden
	}
	return s.Store.Municipalities(ctx)
}

// StartReview ends the fieldwork: no new calls or e-mails, only late replies
// and corrections.
func (s *Service) StartReview(ctx context.Context, by survey.User, code string, version int) error {
	return s.edit(ctx, by, survey.EditSetup, edit{"round.review", code, version}, func(set *survey.Setup, _ int) error {
		return set.Round.Advance(survey.Review, s.Now().UTC())
	})
}

// History lists what was done to a round, newest first.
func (s *Service) History(ctx context.Context, by survey.User, code string, limit int) ([]survey.Event, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return nil, err
	}
	return s.Store.History(ctx, code, limit)
}
