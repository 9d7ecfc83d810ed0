package auth

import (
	"context"

	"servicematning/internal/survey"
)

// WithoutLogin gives those of the addresses, in their order, with which no
// evaluator can log in: there is no account, it is disabled, or it has another
// role. A lead needs no more than that to see who lacks an account.
func (s *Service) WithoutLogin(ctx context.Context, by survey.User, emails []string) ([]string, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return nil, err
	}
	accounts, err := s.store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	able := make(map[string]bool, len(accounts))
	for _, a := range accounts {
		able[a.Email] = !a.Disabled && a.Role == survey.RoleEvaluator
	}
	var without []string
	for _, email := range emails {
		if !able[email] {
			without = append(without, email)
		}
	}
	return without, nil
}
