package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// What follows is how a round's design, calendar and publication look as JSON
// in their columns. The types are apart from the domain's so that renaming a
// field there does not change what is stored.

type designDoc struct {
	Areas          []survey.QuestionArea `json:"areas"`
	Replicates     int                   `json:"replicates"`
	Criteria       []criterionDoc        `json:"criteria"`
	GoodWithin     int64                 `json:"good_within_ms"`
	WaitLimit      int64                 `json:"wait_limit_ms"`
	MaxAttempts    int                   `json:"max_attempts"`
	RetryDelays    []retryDelayDoc       `json:"retry_delays,omitempty"`
	HoldFor        int64                 `json:"hold_for_ms,omitempty"`
	ReplyCutoff    int64                 `json:"reply_cutoff_ms"`
	WeightsPhone   []weightDoc           `json:"weights_phone"`
	WeightsEmail   []weightDoc           `json:"weights_email"`
	PhoneShare     float64               `json:"phone_share"`
	EmailShare     float64               `json:"email_share"`
	MinBase        int                   `json:"min_base"`
	SmallBase      int                   `json:"small_base"`
	ReviewRequired bool                  `json:"review_required"`
	Definitions    string                `json:"definitions"`

	PracticeRequired     bool `json:"practice_required,omitempty"`
	PracticePass         int  `json:"practice_pass,omitempty"` // percent
	PracticeFromContacts bool `json:"practice_from_contacts,omitempty"`
}

type criterionDoc struct {
	Code    survey.CriterionCode `json:"code"`
	Channel survey.Channel       `json:"channel"`
	Title   string               `json:"title"`
	Scale   []levelDoc           `json:"scale"`
}

type levelDoc struct {
	Code   survey.LevelCode `json:"code"`
	Anchor string           `json:"anchor"`
}

type retryDelayDoc struct {
	Outcome survey.Outcome `json:"outcome"`
	Delay   int64          `json:"delay_ms"`
}

type weightDoc struct {
	Measure string  `json:"measure"`
	Points  float64 `json:"points"`
}

type calendarDoc struct {
	Opens      int            `json:"opens"` // minutes after midnight
	Closes     int            `json:"closes"`
	Exceptions []exceptionDoc `json:"exceptions"`
}

type exceptionDoc struct {
	Date   string `json:"date"`
	Name   string `json:"name"`
	Opens  int    `json:"opens"`
	Closes int    `json:"closes"`
}

type publicationDoc struct {
	Own      bool `json:"own"`
	Peers    bool `json:"peers"`
	County   bool `json:"county"`
	National bool `json:"national"`
}

// toJSON writes a document. The types above cannot fail to be written, but
// for a weight that is no number, which is the caller's mistake.
func toJSON(doc any) (string, error) {
	b, err := json.Marshal(doc)
	return string(b), err
}

func fromJSON[T any](what, text string) (doc T, err error) {
	if err = json.Unmarshal([]byte(text), &doc); err != nil {
		err = fmt.Errorf("stored %s: %w", what, err)
	}
	return doc, err
}

// each converts a list; an empty one becomes nil, so that nil and empty are
// one and the same after a round trip.
func each[A, B any](in []A, convert func(A) B) []B {
	var out []B
	for _, a := range in {
		out = append(out, convert(a))
	}
	return out
}

// readEach is each for rows that may hold what cannot be read.
func readEach[A, B any](in []A, convert func(A) (B, error)) ([]B, error) {
	var out []B
	for _, a := range in {
		b, err := convert(a)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

func designDocOf(d survey.Design) designDoc {
	return designDoc{
		Areas: d.Areas, Replicates: d.Replicates, Criteria: each(d.Criteria, criterionDocOf),
		GoodWithin: d.GoodWithin.Milliseconds(), WaitLimit: d.WaitLimit.Milliseconds(), MaxAttempts: d.MaxAttempts,
		RetryDelays: each(d.RetryDelays, retryDelayDocOf), HoldFor: d.HoldFor.Milliseconds(),
		ReplyCutoff:  d.ReplyCutoff.Milliseconds(),
		WeightsPhone: each(d.Weights.Phone, weightDocOf), WeightsEmail: each(d.Weights.Email, weightDocOf),
		PhoneShare: d.Weights.PhoneShare, EmailShare: d.Weights.EmailShare,
		MinBase: d.MinBase, SmallBase: d.SmallBase, ReviewRequired: d.ReviewRequired, Definitions: d.Definitions,
		PracticeRequired: d.PracticeRequired, PracticePass: d.PracticePass, PracticeFromContacts: d.PracticeFromContacts,
	}
}

// design gives the design without its questions, which have their own table.
func (d designDoc) design() survey.Design {
	return survey.Design{
		Areas: each(d.Areas, same), Replicates: d.Replicates, Criteria: each(d.Criteria, criterionDoc.criterion),
		GoodWithin: duration(d.GoodWithin), WaitLimit: duration(d.WaitLimit), MaxAttempts: d.MaxAttempts,
		RetryDelays: each(d.RetryDelays, retryDelayDoc.delay), HoldFor: duration(d.HoldFor),
		ReplyCutoff: duration(d.ReplyCutoff),
		Weights: survey.Weights{
			Phone: each(d.WeightsPhone, weightDoc.weight), Email: each(d.WeightsEmail, weightDoc.weight),
			PhoneShare: d.PhoneShare, EmailShare: d.EmailShare,
		},
		MinBase: d.MinBase, SmallBase: d.SmallBase, ReviewRequired: d.ReviewRequired, Definitions: d.Definitions,
		PracticeRequired: d.PracticeRequired, PracticePass: d.PracticePass, PracticeFromContacts: d.PracticeFromContacts,
	}
}

func same[T any](v T) T { return v }

func duration(ms int64) time.Duration { return time.Duration(ms) * time.Millisecond }

func retryDelayDocOf(r survey.RetryDelay) retryDelayDoc {
	return retryDelayDoc{r.Outcome, r.Delay.Milliseconds()}
}

func (r retryDelayDoc) delay() survey.RetryDelay {
	return survey.RetryDelay{Outcome: r.Outcome, Delay: duration(r.Delay)}
}

func weightDocOf(w survey.Weight) weightDoc { return weightDoc{w.Measure, w.Points} }
func (w weightDoc) weight() survey.Weight   { return survey.Weight{Measure: w.Measure, Points: w.Points} }
func levelDocOf(l survey.Level) levelDoc    { return levelDoc{l.Code, l.Anchor} }
func (l levelDoc) level() survey.Level      { return survey.Level{Code: l.Code, Anchor: l.Anchor} }
func (c criterionDoc) criterion() survey.Criterion {
	return survey.Criterion{Code: c.Code, Channel: c.Channel, Title: c.Title, Scale: each(c.Scale, levelDoc.level)}
}

func criterionDocOf(c survey.Criterion) criterionDoc {
	return criterionDoc{c.Code, c.Channel, c.Title, each(c.Scale, levelDocOf)}
}

// calendarDocOf lists the exceptions by date: a map has no order, and the
// same calendar must give the same bytes.
func calendarDocOf(c officehours.Calendar) calendarDoc {
	doc := calendarDoc{Opens: int(c.Opens), Closes: int(c.Closes)}
	for d, x := range c.Exceptions {
		doc.Exceptions = append(doc.Exceptions,
			exceptionDoc{d.String(), x.Name, int(x.Hours.Opens), int(x.Hours.Closes)})
	}
	slices.SortFunc(doc.Exceptions, func(a, b exceptionDoc) int { return cmp.Compare(a.Date, b.Date) })
	return doc
}

func (c calendarDoc) calendar() (officehours.Calendar, error) {
	cal := officehours.Calendar{Opens: officehours.Clock(c.Opens), Closes: officehours.Clock(c.Closes)}
	for _, x := range c.Exceptions {
		day, err := officehours.ParseDate(x.Date)
		if err != nil {
			return cal, fmt.Errorf("stored calendar: %w", err)
		}
		if cal.Exceptions == nil {
			cal.Exceptions = make(map[officehours.Date]officehours.Exception, len(c.Exceptions))
		}
		cal.Exceptions[day] = officehours.Exception{Name: x.Name, Hours: hours(x.Opens, x.Closes)}
	}
	return cal, nil
}

func hours(opens, closes int) officehours.Hours {
	return officehours.Hours{Opens: officehours.Clock(opens), Closes: officehours.Clock(closes)}
}
