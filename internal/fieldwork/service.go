package fieldwork

import (
	"context"
	"time"

	"servicematning/internal/survey"
)

// Service carries out the use cases. Now is the clock; instants are kept in UTC.
type Service struct {
	Store Store
	Now   func() time.Time

	live     liveResults
	counts   countsKept
	setups   setupsKept
	plans    plansKept
	fits     fitsKept
	pictures picturesKept
}

// New makes a Service.
func New(store Store, now func() time.Time) *Service {
	return &Service{Store: store, Now: now}
}

type formKey struct{}

// WithForm remembers the id of the form a request came from, so that the same
// form sent twice has its effect once.
func WithForm(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, formKey{}, id)
}

// change describes what is about to be done, for the history.
func (s *Service) change(ctx context.Context, by survey.User, action, detail string) survey.Change {
	form, _ := ctx.Value(formKey{}).(string)
	return survey.Change{By: by.Email, At: s.Now().UTC(), Action: action, Detail: detail, Form: form}
}
