package fieldwork

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// PlanFit is how much of a plan no longer fits the setup.
type PlanFit struct {
	Misfits int      // planned contacts that cannot be made as planned
	Missing int      // contacts that the setup asks for and nobody has planned
	Reasons []string // Swedish, the most common first
	Idle    []string // names of evaluators who could work and were never given a contact
}

// Fits reports whether the plan may stay as it is.
func (f PlanFit) Fits() bool { return f.Misfits+f.Missing+len(f.Idle) == 0 }

// calmFor is how long a plan that fits is believed to do so: what is done to
// contacts makes none of them fit less, and other changes are seen at once.
const calmFor = 15 * time.Minute

// fitsKept keeps each round's newest fit: weighing a plan takes as long as
// reading it.
type fitsKept struct {
	mu   sync.Mutex // held while a plan is weighed: one at a time is enough
	kept map[survey.RoundID]keptFit
}

type keptFit struct {
	fit     PlanFit
	version int
	planned time.Time
	until   time.Time
}

func (k *fitsKept) forget(id survey.RoundID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.kept, id)
}

// PlanFit weighs the plan of a round in the field against its setup. The
// answer may be some minutes old, but not older than the setup or the plan.
func (s *Service) PlanFit(ctx context.Context, by survey.User, set survey.Setup) (PlanFit, error) {
	if err := by.Allow(survey.SeeSetup); err != nil {
		return PlanFit{}, err
	}
	r, now := set.Round, s.Now()
	s.fits.mu.Lock()
	defer s.fits.mu.Unlock()
	k, found := s.fits.kept[r.ID]
	if found && k.version == r.Version && k.planned.Equal(r.PlannedAt) && now.Before(k.until) {
		return k.fit, nil
	}
	fit, err := s.weigh(ctx, set, now)
	if err != nil {
		return PlanFit{}, err
	}
	if s.fits.kept == nil {
		s.fits.kept = map[survey.RoundID]keptFit{}
	}
	until := now.Add(freshFor)
	if fit.Fits() {
		until = now.Add(calmFor)
	}
	s.fits.kept[r.ID] = keptFit{fit, r.Version, r.PlannedAt, until}
	return fit, nil
}

// weigh counts what does not fit, and why.
func (s *Service) weigh(ctx context.Context, set survey.Setup, now time.Time) (PlanFit, error) {
	if set.Round.InField() != nil {
		return PlanFit{}, nil
	}
	f, why := newFitter(set, now), map[string]int{}
	for c, err := range s.Store.EachSlot(ctx, set.Round.ID, survey.Planned) {
		if err != nil {
			return PlanFit{}, err
		}
		if !c.Untouched() {
			continue
		}
		if reason := f.misfit(c); reason != "" {
			why[reason]++
		}
	}
	var fit PlanFit
	for _, reason := range slices.SortedFunc(maps.Keys(why), func(a, b string) int {
		return cmp.Or(why[b]-why[a], cmp.Compare(a, b))
	}) {
		fit.Misfits += why[reason]
		fit.Reasons = append(fit.Reasons, fmt.Sprintf("%s: %s.", reason, survey.NumberText(why[reason])))
	}
	if more := len(fit.Reasons) - shownPlaces; more > 0 {
		fit.Reasons = append(fit.Reasons[:shownPlaces], fmt.Sprintf("Och %d skäl till.", more))
	}
	live, err := s.liveContacts(ctx, set)
	if err != nil {
		return PlanFit{}, err
	}
	fit.Missing = max(0, len(set.Wanted())*set.Round.Design.Replicates-live)
	fit.Idle, err = s.idle(ctx, f)
	return fit, err
}

// idle names the evaluators who have days left and areas to take, but have
// never been given a contact: they joined after the plan was made.
func (s *Service) idle(ctx context.Context, f *fitter) ([]string, error) {
	busy := map[string]bool{}
	for work := range f.load {
		busy[work.evaluator] = true
	}
	areas := map[string]bool{}
	for a := range f.assigned {
		areas[a.Evaluator] = true
	}
	r, today := f.set.Round, officehours.DateOf(f.now)
	days := r.Calendar.WorkingDays(today.AddDays(1), r.Period.To)
	var names []string
	for _, e := range f.set.Evaluators {
		able := e.CallsPerDay+e.EmailsPerDay > 0 && slices.ContainsFunc(days, e.Works)
		if busy[e.Email] || !areas[e.Email] || !able {
			continue
		}
		n, err := s.Store.CountContacts(ctx, r.ID, survey.ContactFilter{Evaluator: e.Email})
		if err != nil {
			return nil, err
		}
		if n == 0 {
			names = append(names, e.Name)
		}
	}
	return names, nil
}

// liveContacts counts the live contacts in cells that are asked for.
func (s *Service) liveContacts(ctx context.Context, set survey.Setup) (int, error) {
	counts, err := s.Store.Counts(ctx, set.Round.ID, survey.ByMunicipality)
	if err != nil {
		return 0, err
	}
	withdrawn, err := s.Store.WithdrawnCounts(ctx, set.Round.ID)
	if err != nil {
		return 0, err
	}
	stays := map[string]bool{}
	for _, p := range set.Participants {
		stays[p.Code] = p.Left.IsZero()
	}
	sum := func(counts []survey.Count) (n int) {
		for _, c := range counts {
			if stays[c.Key] && c.Disposition != survey.Void {
				n += c.N
			}
		}
		return n
	}
	return sum(counts) - sum(withdrawn), nil
}

// fitter judges planned contacts one by one.
type fitter struct {
	set          survey.Setup
	now          time.Time
	participants map[string]survey.Participant
	evaluators   map[string]survey.Evaluator
	questions    map[string]survey.Question
	assigned     map[survey.Assignment]bool
	hours        map[officehours.Date]officehours.Hours
	load         map[shift]int
}

// shift is an evaluator's contacts of one channel on one day.
type shift struct {
	evaluator string
	day       officehours.Date
	channel   survey.Channel
}

func newFitter(set survey.Setup, now time.Time) *fitter {
	f := &fitter{
		set: set, now: now, participants: map[string]survey.Participant{}, evaluators: map[string]survey.Evaluator{},
		questions: map[string]survey.Question{}, assigned: map[survey.Assignment]bool{},
		hours: map[officehours.Date]officehours.Hours{}, load: map[shift]int{},
	}
	for _, p := range set.Participants {
		f.participants[p.Code] = p
	}
	for _, e := range set.Evaluators {
		f.evaluators[e.Email] = e
	}
	for _, q := range set.Round.Design.Questions {
		f.questions[q.Code] = q
	}
	for _, a := range set.Assignments {
		f.assigned[a] = true
	}
	return f
}

// misfit says why a contact cannot be made as planned, or "". The time is not
// held against one that is only late: it is made as soon as there is time.
func (f *fitter) misfit(c survey.Contact) string {
	p, e := f.participants[c.Municipality], f.evaluators[c.Evaluator]
	day := officehours.DateOf(c.PlannedAt)
	someArea := survey.Assignment{Area: c.Area, Evaluator: c.Evaluator, Municipality: c.Municipality}
	anywhere := survey.Assignment{Area: c.Area, Evaluator: c.Evaluator}
	switch {
	case f.questions[c.Question].Withdrawn:
		return "Frågan " + c.Question + " är tillbakadragen"
	case !p.Left.IsZero() && !day.Before(p.Left):
		return p.Name + " lämnar omgången " + survey.DayText(p.Left)
	case day.Before(p.Joined):
		return p.Name + " är med först från " + survey.DayText(p.Joined)
	case e.Email == "":
		return c.Evaluator + " är inte bedömare i omgången"
	case !f.set.Round.PlannedAt.IsZero() && !f.assigned[anywhere] && !f.assigned[someArea]: // an imported plan needs none
		return e.Name + " får inte ta " + c.Area.Title()
	case c.PlannedAt.Before(f.now):
		return ""
	}
	return f.untimely(c, p, e, day)
}

// untimely says why a contact cannot be made at its time, or "".
func (f *fitter) untimely(c survey.Contact, p survey.Participant, e survey.Evaluator, day officehours.Date) string {
	open, known := f.hours[day]
	if !known {
		open = f.set.Round.Calendar.HoursOn(day)
		f.hours[day] = open
	}
	at := officehours.Clock(c.PlannedAt.Sub(day.At(0, 0)) / time.Minute)
	within := func(h officehours.Hours) bool { return h.Opens <= at && at < h.Closes }
	work := shift{c.Evaluator, day, c.Channel}
	switch {
	case open.Closed():
		return "Stängt " + survey.DayText(day)
	case !within(open):
		return "Öppet bara " + open.Opens.String() + "–" + open.Closes.String() + " " + survey.DayText(day)
	case c.Channel == survey.Phone && !within(p.ParticipantHours(open)):
		return "Växeln i " + p.Name + " är inte öppen då"
	case !e.Works(day):
		return e.Name + " är inte i tjänst då"
	case !within(e.WorkingHours(open)):
		return e.Name + " arbetar inte vid den tiden"
	case f.load[work] >= e.Capacity(c.Channel):
		return e.Name + " har för många " + manyOf(c.Channel) + " på en dag"
	}
	f.load[work]++
	return ""
}

func manyOf(ch survey.Channel) string {
	if ch == survey.Phone {
		return "samtal"
	}
	return "e-brev"
}
