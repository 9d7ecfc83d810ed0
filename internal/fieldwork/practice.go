package fieldwork

import (
	"context"
	"errors"
	"slices"

	"servicematning/internal/survey"
)

// PracticeTask is a practice contact for an evaluator. Until it is answered it
// comes without its key and reasons, and without its title, which may tell.
type PracticeTask struct {
	Contact survey.PracticeContact
	Number  int                    // its place among the round's of the channel, from 1
	Answer  *survey.PracticeAnswer // nil: not answered
}

// Practising is an evaluator's practice in a round.
type Practising struct {
	Round    survey.Round
	Tasks    []PracticeTask // in their order; retired ones only where answered
	Standing survey.PracticeStanding
}

// PracticeRounds lists the codes of the rounds in which the evaluator can
// practise, newest first. A draft is among them: practice is for before.
func (s *Service) PracticeRounds(ctx context.Context, by survey.User) ([]string, error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return nil, err
	}
	return s.Store.PracticeRounds(ctx, by.Email)
}

// Practising reads the evaluator's practice in a round they take part in.
func (s *Service) Practising(ctx context.Context, by survey.User, code string) (Practising, error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return Practising{}, err
	}
	r, err := s.Store.Round(ctx, code)
	if err != nil {
		return Practising{}, err
	}
	return s.practising(ctx, by, r)
}

func (s *Service) practising(ctx context.Context, by survey.User, r survey.Round) (Practising, error) {
	p := Practising{Round: r}
	who, err := s.practitioner(ctx, by, r)
	if err != nil {
		return p, err
	}
	contacts, err := s.Store.Practice(ctx, r.ID)
	if err != nil {
		return p, err
	}
	answers, err := s.Store.PracticeAnswers(ctx, r.ID, by.Email)
	if err != nil {
		return p, err
	}
	numbers := map[survey.Channel]int{}
	for _, c := range contacts {
		numbers[c.Channel]++
		task := PracticeTask{Contact: c, Number: numbers[c.Channel], Answer: answerTo(answers, c.ID)}
		if !task.belongs(who) {
			continue
		}
		if !c.Retired {
			p.Standing.Add(r.Design, c, task.given())
		}
		p.Tasks = append(p.Tasks, task.hidden())
	}
	return p, nil
}

// practitioner finds the user among the round's evaluators. To others the
// round's practice does not exist.
func (s *Service) practitioner(ctx context.Context, by survey.User, r survey.Round) (survey.Evaluator, error) {
	set, err := s.setup(ctx, r)
	if err != nil {
		return survey.Evaluator{}, err
	}
	who, ok := set.Evaluator(by.Email)
	if !ok || r.Frozen() {
		return who, survey.ErrNotFound
	}
	return who, nil
}

func answerTo(answers []survey.PracticeAnswer, id survey.PracticeID) *survey.PracticeAnswer {
	i := slices.IndexFunc(answers, func(a survey.PracticeAnswer) bool { return a.Practice == id })
	if i < 0 {
		return nil
	}
	return &answers[i]
}

// belongs reports whether the task is for the evaluator: answered, or of a
// channel they make contacts in and not retired.
func (t PracticeTask) belongs(who survey.Evaluator) bool {
	return t.Answer != nil || !t.Contact.Retired && slices.Contains(who.PracticeChannels(), t.Contact.Channel)
}

func (t PracticeTask) given() *survey.Judgement {
	if t.Answer == nil {
		return nil
	}
	return &t.Answer.Given
}

// hidden takes away what would tell the key until there is an answer.
func (t PracticeTask) hidden() PracticeTask {
	if t.Answer == nil {
		t.Contact.Key, t.Contact.Reasons, t.Contact.Title = survey.Judgement{}, nil, ""
	}
	return t
}

// PracticeTask reads one of the evaluator's practice contacts and all of their
// practice in the round.
func (s *Service) PracticeTask(ctx context.Context, by survey.User, id survey.PracticeID) (PracticeTask, Practising, error) {
	if err := by.Allow(survey.PerformContacts); err != nil {
		return PracticeTask{}, Practising{}, err
	}
	_, r, err := s.Store.PracticeContact(ctx, id)
	if err != nil {
		return PracticeTask{}, Practising{}, err
	}
	all, err := s.practising(ctx, by, r)
	if err != nil {
		return PracticeTask{}, all, err
	}
	i := slices.IndexFunc(all.Tasks, func(t PracticeTask) bool { return t.Contact.ID == id })
	if i < 0 {
		return PracticeTask{}, all, survey.ErrNotFound
	}
	return all.Tasks[i], all, nil
}

// AnswerPractice keeps what the evaluator says about a practice contact, once.
func (s *Service) AnswerPractice(ctx context.Context, by survey.User, id survey.PracticeID,
	given survey.Judgement) error {
	task, _, err := s.PracticeTask(ctx, by, id)
	if err != nil {
		return err
	}
	ch := s.change(ctx, by, "practice.answer", "")
	a := survey.PracticeAnswer{Practice: id, By: by.Email, Given: given.Tidy(task.Contact.Channel), At: ch.At}
	err = s.Store.SavePracticeAnswer(ctx, ch, a, func(p survey.PracticeContact, r survey.Round) error {
		if err := r.Open(); err != nil {
			return err
		}
		if p.Retired {
			return survey.Refuse(survey.ErrConflict, "Övningskontakten används inte längre. Ta nästa.")
		}
		return p.CheckAnswer(r.Design, a.Given)
	})
	if errors.Is(err, survey.ErrConflict) && task.Answer != nil {
		return survey.Refuse(survey.ErrConflict,
			"Du har redan svarat och sett facit. Det första svaret gäller.")
	}
	return err
}

// PracticeStanding says how far the evaluator has come with a round's practice.
func (s *Service) PracticeStanding(ctx context.Context, by survey.User,
	r survey.Round) (survey.PracticeStanding, error) {
	p, err := s.practising(ctx, by, r)
	if errors.Is(err, survey.ErrNotFound) {
		return survey.PracticeStanding{}, nil // not one of the round's evaluators: nothing to practise
	}
	return p.Standing, err
}

// practised is nil while the evaluator may begin real contacts, as far as
// practice is concerned. It asks the store only where the round asks for it.
func (s *Service) practised(ctx context.Context, by survey.User, r survey.Round) error {
	if !r.Design.PracticeRequired {
		return nil
	}
	standing, err := s.PracticeStanding(ctx, by, r)
	if err != nil {
		return err
	}
	return standing.Gate(r.Design)
}

// errAskPractice stops a change that may be the evaluator's first real contact.
var errAskPractice = errors.New("practice is to be looked at")

// beginning is perform for what may begin a contact. Where the round asks for a
// passed practice the change is stopped once, so that practice can be looked
// at outside its transaction, and made when it has been passed. A contact that
// is begun already may be finished.
func (s *Service) beginning(ctx context.Context, by survey.User, action string, id survey.ContactID, version int,
	fn func(c *survey.Contact, r survey.Round) error) (survey.Contact, error) {
	var round survey.Round
	passed := false
	try := func() (survey.Contact, error) {
		return s.perform(ctx, by, action, id, version, func(c *survey.Contact, r survey.Round) error {
			fresh := c.State == survey.Planned
			if err := fn(c, r); err != nil {
				return err
			}
			if fresh && r.Design.PracticeRequired && !passed {
				round = r
				return errAskPractice
			}
			return nil
		})
	}
	c, err := try()
	if !errors.Is(err, errAskPractice) {
		return c, err
	}
	if err := s.practised(ctx, by, round); err != nil {
		return c, err
	}
	passed = true
	return try()
}
