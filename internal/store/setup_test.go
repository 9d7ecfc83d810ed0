package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/officehours"
	"servicematning/internal/store"
	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

func keep(*survey.Setup, int) error { return nil }

func TestSetupComesBackAsItWas(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		want := surveytest.Setup()
		want.Round.Label = "vecka 43–47, åäö \U0001F4DE"
		want.Round.ClosedAt, want.Round.PublishedAt = surveytest.At(40, 9, 0), surveytest.At(41, 9, 0)
		stored := fill(t, s, want, nil)
		want.Round.Version = 2
		got, err := s.Setup(t.Context(), "2026")
		must(t, err)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("read (-want +got):\n%s", d)
		}
		if d := cmp.Diff(want, stored); d != "" {
			t.Errorf("answered (-want +got):\n%s", d)
		}
		r, err := s.Round(t.Context(), "2026")
		must(t, err)
		if d := cmp.Diff(want.Round, r); d != "" {
			t.Errorf("round (-want +got):\n%s", d)
		}
	})
}

// A sample in which a field has its zero value would not notice if the field
// were forgotten.
func TestSampleIsFilled(t *testing.T) {
	for name, samples := range map[string][]any{
		"setup":   {surveytest.Setup()},
		"contact": {surveytest.PhoneContact(surveytest.Round()), surveytest.EmailContact(surveytest.Round())},
	} {
		for _, path := range unfilled(samples...) {
			if !slices.Contains([]string{
				".Round.ClosedAt", ".Round.PublishedAt", // set in the test above
				".Round.Publication.County", ".Round.Publication.National", ".Round.Design.ReviewRequired", ".Round.Design.PracticeRequired",
				".Round.Design.Questions[].AnchorGood", ".Round.Design.Questions[].AnchorFair",
				".Round.Design.Questions[].AnchorPoor", ".Round.Design.Questions[].Withdrawn",
				".Presses", ".Replies", // which are kept beside it
			}, path) {
				t.Errorf("%s%s is empty in the sample", name, path)
			}
		}
	}
}

func TestEmptyListsAreNil(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set := survey.Setup{Round: surveytest.Round()}
		set.Round.Design = survey.Design{Areas: []survey.QuestionArea{}, Questions: []survey.Question{}}
		set.Round.Calendar = officehours.Calendar{Exceptions: map[officehours.Date]officehours.Exception{}}
		got := fill(t, s, set, nil)
		want := set
		want.Round.Design, want.Round.Calendar = survey.Design{}, officehours.Calendar{}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	})
}

func TestUpdateSetupWritesTheDifference(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, _, _ := sample(t, s)
		got, err := s.UpdateSetup(t.Context(), surveytest.Change("setup.save"), "2026", set.Round.Version,
			func(in *survey.Setup, contacts int) error {
				if contacts != 2 {
					t.Errorf("%d contacts", contacts)
				}
				in.Participants = append(in.Participants[1:], survey.Participant{Municipality: survey.Municipality{Code: "0000"}})
				in.Evaluators[0].Absent = nil
				in.Assignments = in.Assignments[:1]
				questions := &in.Round.Design.Questions
				*questions = slices.Insert((*questions)[1:], 3, survey.Question{Area: "bygglov", Code: "NY"})
				in.Round.Design.Replicates = 3
				return nil
			})
		must(t, err)
		if got.Round.Version != set.Round.Version+1 || got.Participants[0].Code != "0000" {
			t.Errorf("version %d, first participant %s", got.Round.Version, got.Participants[0].Code)
		}
		read, err := s.Setup(t.Context(), "2026")
		must(t, err)
		if d := cmp.Diff(got, read); d != "" {
			t.Error(d)
		}
	})
}

func TestNoChangeLeavesNoTrace(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, _, _ := sample(t, s)
		before := events(t, s, "2026")
		reorder := func(in *survey.Setup, _ int) error {
			slices.Reverse(in.Participants) // another order is no change
			slices.Reverse(in.Assignments)
			return nil
		}
		got, err := s.UpdateSetup(t.Context(), surveytest.Change("setup.save"), "2026", 0, reorder)
		must(t, err)
		if d := cmp.Diff(set, got); d != "" {
			t.Error(d)
		}
		if n := events(t, s, "2026"); n != before {
			t.Errorf("%d events more", n-before)
		}
	})
}

func TestStaleSetup(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, _, _ := sample(t, s)
		_, err := s.UpdateSetup(t.Context(), surveytest.Change("x"), "2026", set.Round.Version-1, keep)
		wantErr(t, err, survey.ErrConflict)
		_, err = s.UpdateSetup(t.Context(), surveytest.Change("x"), "1999", 0, keep)
		wantErr(t, err, survey.ErrNotFound)
		_, err = s.Setup(t.Context(), "x\x00\xff")
		wantErr(t, err, survey.ErrNotFound)
		_, err = s.Participant(t.Context(), set.Round.ID, "9999")
		wantErr(t, err, survey.ErrNotFound)
	})
}

func TestFailedChangeUndoesAll(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, _, _ := sample(t, s)
		mine := errors.New("mine")
		ch := surveytest.Change("x")
		ch.Form = "form-1"
		_, err := s.UpdateSetup(t.Context(), ch, "2026", 0, func(in *survey.Setup, _ int) error {
			in.Participants = nil
			return mine
		})
		if err != mine {
			t.Errorf("got %v, want the very error", err)
		}
		for name, spoil := range map[string]func(in *survey.Setup){
			"two with one key": func(in *survey.Setup) { in.Participants = append(in.Participants, in.Participants[0]) },
			"half a letter":    func(in *survey.Setup) { in.Round.Label = "Ö"[:1] },
			"NUL in a list":    func(in *survey.Setup) { in.Round.Design.Areas[2] = "a\x00" },
			"NUL in a map": func(in *survey.Setup) {
				in.Round.Calendar.Exceptions[surveytest.Start] = officehours.Exception{Name: "\x00"}
			},
		} {
			_, err := s.UpdateSetup(t.Context(), ch, "2026", 0, func(in *survey.Setup, _ int) error {
				spoil(in)
				return nil
			})
			var fields survey.FieldErrors
			if !errors.Is(err, survey.ErrConflict) && !errors.As(err, &fields) {
				t.Errorf("%s: %v", name, err)
			}
		}
		got, err := s.UpdateSetup(t.Context(), ch, "2026", 0, keep) // the form was undone too
		must(t, err)
		if d := cmp.Diff(set, got); d != "" {
			t.Error(d)
		}
	})
}

func TestClosedRoundKeepsItsBasis(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, call, _ := sample(t, s)
		advance(t, s, "2026", survey.Closed)
		for name, change := range map[string]func(in *survey.Setup){
			"participants": func(in *survey.Setup) { in.Participants[0].Population++ },
			"evaluators":   func(in *survey.Setup) { in.Evaluators = nil },
			"assignments":  func(in *survey.Setup) { in.Assignments = nil },
			"questions":    func(in *survey.Setup) { in.Round.Design.Questions[0].AnswerKey = "annat" },
			"weights":      func(in *survey.Setup) { in.Round.Design.Weights.PhoneShare = 60 },
			"calendar":     func(in *survey.Setup) { in.Round.Calendar.Opens++ },
			"period":       func(in *survey.Setup) { in.Round.Period.To = in.Round.Period.To.AddDays(1) },
		} {
			_, err := s.UpdateSetup(t.Context(), surveytest.Change(name), "2026", 0, func(in *survey.Setup, _ int) error {
				change(in)
				return nil
			})
			wantErr(t, err, survey.ErrClosed)
		}
		now, err := s.Setup(t.Context(), "2026")
		must(t, err)
		ch := surveytest.Change("x")
		_, err = s.SaveContacts(t.Context(), ch, now.Round, []survey.Contact{call})
		wantErr(t, err, survey.ErrClosed)
		wantErr(t, s.ReplacePlan(t.Context(), ch, now.Round, nil), survey.ErrClosed)
		wantErr(t, s.SaveWaiver(t.Context(), ch, set.Round.ID, survey.Waiver{Item: survey.Unreviewed}), survey.ErrClosed)
		_, err = s.UpdateContact(t.Context(), ch, call.ID, 0, untouched)
		wantErr(t, err, survey.ErrClosed)
		got, err := s.UpdateSetup(t.Context(), ch, "2026", 0, func(in *survey.Setup, _ int) error {
			in.Round.Publication.National = true
			return in.Round.Advance(survey.Published, surveytest.At(50, 8, 0))
		})
		must(t, err)
		if got.Round.Stage != survey.Published || !got.Round.Publication.National {
			t.Errorf("not published: %+v", got.Round.Publication)
		}
	})
}

func TestRounds(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		for year, code := range map[int]string{2025: "2025", 2027: "2027", 2026: "2026"} {
			r := surveytest.Round()
			r.Code, r.Period.From.Year, r.Period.To.Year = code, year, year
			must(t, s.CreateRound(t.Context(), surveytest.Change("round.create"), r))
		}
		rounds, err := s.Rounds(t.Context())
		must(t, err)
		var codes []string
		for _, r := range rounds {
			codes = append(codes, r.Code)
			if len(r.Design.Questions) != 60 || r.Design.Replicates != 2 {
				t.Errorf("%s: %d questions, %d replicates", r.Code, len(r.Design.Questions), r.Design.Replicates)
			}
		}
		if d := cmp.Diff([]string{"2027", "2026", "2025"}, codes); d != "" {
			t.Error(d)
		}
		wantErr(t, s.CreateRound(t.Context(), surveytest.Change("round.create"), surveytest.Round()), survey.ErrConflict)
	})
}

// Whoever gets a round may do with it what they like; the next one to read it
// must not see that.
func TestReadRoundsAreIndependent(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		set, _, _ := sample(t, s)
		for range 2 {
			r, err := s.Round(t.Context(), "2026")
			must(t, err)
			if d := cmp.Diff(set.Round, r); d != "" {
				t.Fatal(d)
			}
			r.Design.Questions[0].AnswerKey, r.Design.Criteria[0].Scale[0].Anchor = "ändrad", "ändrad"
			r.Design.Areas[0], r.Design.Weights.Phone[0].Points = "ändrat", 0
			r.Calendar.Exceptions[surveytest.Start] = officehours.Exception{Name: "ändrad"}
		}
	})
}

// A write by another process is seen at once, though rounds are kept decoded.
func TestRoundIsReadAnew(t *testing.T) {
	for _, kind := range databases {
		t.Run(kind.name, func(t *testing.T) {
			url := kind.url(t)
			here, there := open(t, url), open(t, url)
			sample(t, here)
			for i := range 3 {
				ch := surveytest.Change("x")
				advanced, err := there.UpdateSetup(t.Context(), ch, "2026", 0, func(in *survey.Setup, _ int) error {
					in.Round.Design.Questions[0].AnswerKey += "x"
					in.Round.Design.WaitLimit += time.Second
					return nil
				})
				must(t, err)
				r, err := here.Round(t.Context(), "2026")
				must(t, err)
				if d := cmp.Diff(advanced.Round, r); d != "" {
					t.Fatal(i, d)
				}
			}
		})
	}
}

func TestSetupQueries(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		sample(t, s)
		before := s.Queries()
		_, err := s.Setup(t.Context(), "2026")
		must(t, err)
		if n := s.Queries() - before; n < 1 || n > 6 {
			t.Errorf("%d queries for a setup", n)
		}
	})
}
