package fieldwork_test

import (
	"errors"
	"strings"
	"testing"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

// practising is a round with the bundled practice; maja and emil make calls
// and e-mails in it.
func (h *house) practising(t *testing.T) (code string, list []survey.PracticeContact) {
	t.Helper()
	code = h.small(t)
	r, err := h.Round(h.ctx, lead, code)
	ok(t, err)
	r.Design.Questions = survey.BundledQuestions()
	ok(t, h.ImportQuestions(h.ctx, lead, code, r.Design.Questions))
	n, err := h.AddPracticePackage(h.ctx, lead, code)
	ok(t, err)
	b, err := h.PracticeBook(h.ctx, lead, code)
	ok(t, err)
	if n != len(survey.BundledPractice()) || len(b.Contacts) != n || b.NotAdded() != 0 {
		t.Fatalf("%d added, %d there, %d left", n, len(b.Contacts), b.NotAdded())
	}
	return code, b.Contacts
}

// answer answers every practice contact as the change makes of the key.
func (h *house) answer(t *testing.T, who survey.User, list []survey.PracticeContact, change func(*survey.Judgement)) {
	t.Helper()
	for _, p := range list {
		given := p.Key
		change(&given)
		ok(t, h.AnswerPractice(h.ctx, who, p.ID, given))
	}
}

func asKey(*survey.Judgement) {}

func TestTheKeyIsHiddenUntilTheAnswer(t *testing.T) {
	h := newHouse(t)
	code, list := h.practising(t)
	maja := evaluator("maja@example.se")
	p, err := h.Practising(h.ctx, maja, code)
	ok(t, err)
	if len(p.Tasks) != len(list) {
		t.Fatalf("%d tasks of %d", len(p.Tasks), len(list))
	}
	for _, task := range p.Tasks {
		if task.Contact.Key != (survey.Judgement{}) || task.Contact.Reasons != nil || task.Contact.Title != "" {
			t.Errorf("%d tells its key: %+v", task.Number, task.Contact)
		}
	}
	ok(t, h.AnswerPractice(h.ctx, maja, list[0].ID, list[0].Key))
	task, all, err := h.PracticeTask(h.ctx, maja, list[0].ID)
	ok(t, err)
	if task.Contact.Key != list[0].Key || task.Contact.Title == "" || all.Standing.Answered != 1 {
		t.Errorf("after the answer: %+v, %+v", task.Contact, all.Standing)
	}
}

func TestPracticeIsForThoseWhoTakePart(t *testing.T) {
	h := newHouse(t)
	code, list := h.practising(t)
	stranger := evaluator("annan@example.se")
	_, err := h.Practising(h.ctx, stranger, code)
	is(t, err, survey.ErrNotFound)
	_, _, err = h.PracticeTask(h.ctx, stranger, list[0].ID)
	is(t, err, survey.ErrNotFound)
	is(t, h.AnswerPractice(h.ctx, stranger, list[0].ID, list[0].Key), survey.ErrNotFound)
	_, err = h.Practising(h.ctx, lead, code)
	is(t, err, survey.ErrForbidden)
	_, err = h.PracticeBook(h.ctx, evaluator("maja@example.se"), code)
	is(t, err, survey.ErrForbidden)
	_, err = h.PracticeBook(h.ctx, commissioner, code)
	ok(t, err)
	for name, err := range map[string]error{
		"package": refusedWith(h.AddPracticePackage(h.ctx, commissioner, code)),
		"save":    refusedWith(h.SavePractice(h.ctx, commissioner, code, 0, list[0])),
		"rules":   h.SavePracticeRules(h.ctx, commissioner, code, 0, fieldwork.PracticeRules{Pass: 80}),
		"reset":   h.ResetPractice(h.ctx, commissioner, code, "maja@example.se", "ny"),
		"move":    h.MovePractice(h.ctx, evaluator("maja@example.se"), code, list[0].ID, false),
		"retire":  h.RetirePractice(h.ctx, evaluator("maja@example.se"), code, 0, list[0].ID, true),
	} {
		if !errors.Is(err, survey.ErrForbidden) {
			t.Errorf("%s: %v, want forbidden", name, err)
		}
	}
	rounds, err := h.PracticeRounds(h.ctx, evaluator("maja@example.se"))
	ok(t, err)
	if len(rounds) != 1 || rounds[0] != code {
		t.Errorf("rounds %v", rounds)
	}
}

func refusedWith[T any](_ T, err error) error { return err }

func TestAnEvaluatorPractisesTheOwnChannels(t *testing.T) {
	h := newHouse(t)
	code, _ := h.practising(t)
	ok(t, h.SaveEvaluators(h.ctx, lead, code, []survey.Evaluator{
		{Email: "maja@example.se", Name: "Maja", EmailsPerDay: 20},
	}))
	p, err := h.Practising(h.ctx, evaluator("maja@example.se"), code)
	ok(t, err)
	for _, task := range p.Tasks {
		if task.Contact.Channel != survey.Email {
			t.Errorf("a %s for somebody who makes e-mails", task.Contact.Channel)
		}
	}
	if p.Standing.Asked != 6 {
		t.Errorf("%d asked, want 6", p.Standing.Asked)
	}
}

func TestAnAnswerStands(t *testing.T) {
	h := newHouse(t)
	code, list := h.practising(t)
	maja := evaluator("maja@example.se")
	wrong := list[0].Key
	wrong.Ratings.Answer = ""
	var errs survey.FieldErrors
	if err := h.AnswerPractice(h.ctx, maja, list[0].ID, wrong); !errors.As(err, &errs) || errs.On("answer") == "" {
		t.Errorf("a criterion left out: %v", err)
	}
	ok(t, h.AnswerPractice(h.ctx, maja, list[0].ID, list[1].Key))
	err := h.AnswerPractice(h.ctx, maja, list[0].ID, list[0].Key)
	is(t, err, survey.ErrConflict)
	if !strings.Contains(err.Error(), "redan svarat") {
		t.Errorf("it says %q", err)
	}
	b, err := h.PracticeBook(h.ctx, lead, code)
	ok(t, err)
	if len(b.Answers) != 1 || b.Answers[0].Given != list[1].Key {
		t.Errorf("kept: %+v", b.Answers)
	}
	ok(t, h.RetirePractice(h.ctx, lead, code, 0, list[2].ID, true))
	is(t, h.AnswerPractice(h.ctx, maja, list[2].ID, list[2].Key), survey.ErrNotFound)
	ok(t, h.RetirePractice(h.ctx, lead, code, 0, list[0].ID, true))
	task, all, err := h.PracticeTask(h.ctx, maja, list[0].ID)
	ok(t, err)
	if task.Answer == nil || all.Standing.Asked != len(list)-2 || all.Standing.Answered != 0 {
		t.Errorf("a retired one with an answer: %+v, %+v", task, all.Standing)
	}
}

func TestTheLeadWritesMovesAndChanges(t *testing.T) {
	h := newHouse(t)
	code, list := h.practising(t)
	p := list[0]
	p.ID, p.Title = survey.PracticeID{}, "Eget"
	id, err := h.SavePractice(h.ctx, lead, code, 0, p)
	ok(t, err)
	_, err = h.SavePractice(h.ctx, lead, code, 0, survey.PracticeContact{Channel: survey.Phone})
	var errs survey.FieldErrors
	if !errors.As(err, &errs) || errs.On("title") == "" || errs.On("story") == "" || errs.On("question") == "" {
		t.Errorf("an empty one: %v", err)
	}
	p.ID, p.Title = id, "Eget, ändrat"
	_, err = h.SavePractice(h.ctx, lead, code, 1, p)
	ok(t, err)
	_, err = h.SavePractice(h.ctx, lead, code, 1, p)
	is(t, err, survey.ErrConflict)                     // it has version 2 now
	ok(t, h.MovePractice(h.ctx, lead, code, id, true)) // past the e-mails, before the last call
	b, err := h.PracticeBook(h.ctx, lead, code)
	ok(t, err)
	var calls []string
	for _, x := range b.Contacts {
		if x.Channel == survey.Phone {
			calls = append(calls, x.Title)
		}
	}
	if n := len(calls); calls[n-2] != "Eget, ändrat" {
		t.Errorf("calls in order: %v", calls)
	}
	ok(t, h.MovePractice(h.ctx, lead, code, list[0].ID, true)) // the first stays
	after, err := h.PracticeBook(h.ctx, lead, code)
	ok(t, err)
	if after.Contacts[0].ID != list[0].ID {
		t.Errorf("%s is first", after.Contacts[0].Title)
	}
}

func TestTheGateBeforeRealContacts(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	_, err := h.AddPracticePackage(h.ctx, lead, code)
	ok(t, err)
	b, err := h.PracticeBook(h.ctx, lead, code)
	ok(t, err)
	call, mail := first(t, cs, survey.Phone), first(t, cs, survey.Email)
	callers, mailers := evaluator(call.Evaluator), evaluator(mail.Evaluator)
	begun, err := h.Press(h.ctx, callers, call.ID, 0, survey.Dial, 0)
	ok(t, err)
	ok(t, h.SavePracticeRules(h.ctx, lead, code, 0, fieldwork.PracticeRules{Required: true, Pass: 80}))
	// What is begun may be finished.
	_, err = h.Press(h.ctx, callers, call.ID, begun.Version, survey.HangUp, 0)
	ok(t, err)
	_, err = h.MarkSent(h.ctx, mailers, mail.ID, 0)
	is(t, err, survey.ErrUnpractised)
	_, _, err = h.NextContact(h.ctx, mailers, code, "", survey.ContactID{})
	is(t, err, survey.ErrUnpractised)
	h.answer(t, mailers, b.Contacts, func(j *survey.Judgement) { j.Greeting, j.Ratings.Answer = 0, survey.Poor })
	_, err = h.MarkSent(h.ctx, mailers, mail.ID, 0)
	if !errors.Is(err, survey.ErrUnpractised) || !strings.Contains(err.Error(), "inte godkänd") {
		t.Errorf("not enough agrees: %v", err)
	}
	ok(t, h.ResetPractice(h.ctx, lead, code, mailers.Email, "Genomgången gjord."))
	h.answer(t, mailers, b.Contacts, asKey)
	_, err = h.MarkSent(h.ctx, mailers, mail.ID, 0)
	ok(t, err)
	_, _, err = h.NextContact(h.ctx, mailers, code, "", survey.ContactID{})
	ok(t, err)
}

func TestAResetIsToldInTheHistory(t *testing.T) {
	h := newHouse(t)
	code, list := h.practising(t)
	maja := evaluator("maja@example.se")
	h.answer(t, maja, list[:1], asKey)
	var errs survey.FieldErrors
	if err := h.ResetPractice(h.ctx, lead, code, maja.Email, " "); !errors.As(err, &errs) || errs.On("why") == "" {
		t.Errorf("without a reason: %v", err)
	}
	ok(t, h.ResetPractice(h.ctx, lead, code, maja.Email, "Började om."))
	events, err := h.History(h.ctx, lead, code, 1)
	ok(t, err)
	if want := "maja@example.se, 6 av 6 punkter lika med facit. Började om."; events[0].Detail != want {
		t.Errorf("the history says %q, want %q", events[0].Detail, want)
	}
	is(t, h.ResetPractice(h.ctx, lead, code, maja.Email, "Igen."), survey.ErrNotFound)
}

func TestTheRulesAreChecked(t *testing.T) {
	h := newHouse(t)
	code, _ := h.practising(t)
	for _, pass := range []int{0, 101} {
		var errs survey.FieldErrors
		err := h.SavePracticeRules(h.ctx, lead, code, 0, fieldwork.PracticeRules{Pass: pass})
		if !errors.As(err, &errs) || errs.On("practice_pass") == "" {
			t.Errorf("%d %%: %v", pass, err)
		}
	}
}

func TestAReviewedContactBecomesPractice(t *testing.T) {
	h := newHouse(t)
	code, cs := h.started(t)
	call := first(t, cs, survey.Phone)
	who := evaluator(call.Evaluator)
	version := 0
	for _, p := range []survey.Phase{survey.Dial, survey.PickUp, survey.Forward, survey.Connect, survey.HangUp} {
		c, err := h.Press(h.ctx, who, call.ID, version, p, 0)
		ok(t, err)
		version, h.at = c.Version, h.at.Add(14e9)
	}
	view, err := h.Contact(h.ctx, who, call.ID)
	ok(t, err)
	place := view.Participant.Name
	_, err = h.ReportCall(h.ctx, who, call.ID, version, survey.CallReport{
		Outcome: survey.Reached, Greeting: survey.SaidHello, Note: place + "s kommun har en karta. Gäller i " + place + ".",
		Ratings: survey.Ratings{Answer: survey.Good, Information: survey.Fair, Interest: survey.Fair, Treatment: survey.Good},
	})
	ok(t, err)
	_, err = h.BorrowPractice(h.ctx, lead, code, call.ID)
	is(t, err, survey.ErrConflict) // the round does not allow it
	ok(t, h.SavePracticeRules(h.ctx, lead, code, 0, fieldwork.PracticeRules{Pass: 80, FromContacts: true}))
	_, err = h.BorrowPractice(h.ctx, lead, code, call.ID)
	is(t, err, survey.ErrConflict) // it is not reviewed
	ok(t, h.Approve(h.ctx, lead, call.ID, 0))
	p, err := h.BorrowPractice(h.ctx, lead, code, call.ID)
	ok(t, err)
	want := "0.00 Du ringer kommunens huvudnummer.\n0.14 Någon svarar: …\n0.28 Du kopplas vidare.\n" +
		"0.42 En handläggare svarar: …\n0.56 Samtalet avslutas.\n\nkommunen har en karta. Gäller i kommunen."
	if p.Story != want || p.Key.Greeting != survey.SaidHello || p.Key.Ratings.Information != survey.Fair || !p.Borrowed {
		t.Errorf("%+v", p)
	}
	if strings.Contains(p.Story, place) || p.Title != "" || p.Reasons != nil {
		t.Errorf("it tells too much: %+v", p)
	}
	_, err = h.BorrowPractice(h.ctx, who, code, call.ID)
	is(t, err, survey.ErrForbidden)
	_, err = h.BorrowPractice(h.ctx, lead, "2025", call.ID)
	is(t, err, survey.ErrNotFound)
}
