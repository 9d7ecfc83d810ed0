package fieldwork

import (
	"context"
	"errors"
	"sync"
	"time"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// freshFor is how long live figures are shown before they are counted again.
const freshFor = time.Minute

// liveResults keeps the newest report of each round, so that a page costs no
// counting. Frozen reports never change within a revision.
type liveResults struct {
	mu      sync.Mutex
	reports map[reportKey]results.Report
	seals   map[reportKey]survey.Closing   // without their documents
	locks   map[survey.RoundID]*sync.Mutex // one count at a time per round
}

type reportKey struct {
	round    survey.RoundID
	revision int
	frozen   bool
}

// Results gives a round's figures: frozen ones when the round is closed, and
// otherwise figures at most a minute old. Without the right to live figures
// nothing exists before publication.
func (s *Service) Results(ctx context.Context, by survey.User, code string) (results.Report, error) {
	r, err := s.seeResults(ctx, by, code)
	if err != nil {
		return results.Report{}, err
	}
	return s.report(ctx, r, s.Now().Add(-freshFor))
}

// CountNow gives a round's figures counted at this moment.
func (s *Service) CountNow(ctx context.Context, by survey.User, code string) (results.Report, error) {
	r, err := s.seeResults(ctx, by, code)
	if err != nil {
		return results.Report{}, err
	}
	return s.report(ctx, r, s.Now())
}

func (s *Service) seeResults(ctx context.Context, by survey.User, code string) (survey.Round, error) {
	if err := by.Allow(survey.SeeLiveResults); err != nil {
		return survey.Round{}, err
	}
	return s.Store.Round(ctx, code)
}

// OwnResult is what a reader sees of one published round.
type OwnResult struct {
	Round   survey.Round // without questions: they are asked again next year
	Report  results.Report
	Profile results.Profile
	// Others are the municipalities whose names and figures the round's
	// switches open to the reader; they hold neither areas nor distributions.
	Others []results.Profile
}

// OwnResult gives a reader the own municipality's published figures. Anything
// else does not exist: not the round before publication, not another
// municipality. The report holds no other municipality's profile.
func (s *Service) OwnResult(ctx context.Context, by survey.User, code string) (OwnResult, error) {
	if err := by.Allow(survey.SeeOwnResults); err != nil {
		return OwnResult{}, err
	}
	r, err := s.Store.Round(ctx, code)
	if err != nil {
		return OwnResult{}, err
	}
	if r.Stage != survey.Published {
		return OwnResult{}, survey.ErrNotFound
	}
	return s.ownResult(ctx, r, by.Municipality)
}

// PreviewResult gives whoever publishes exactly what a reader of the
// municipality would be given with the round's switches set as in p.
// ErrNotFound: the reader would find nothing.
func (s *Service) PreviewResult(ctx context.Context, by survey.User, code, municipality string,
	p survey.Publication) (OwnResult, error) {
	if err := by.Allow(survey.PublishRounds); err != nil {
		return OwnResult{}, err
	}
	r, err := s.Store.Round(ctx, code)
	if err != nil {
		return OwnResult{}, err
	}
	if !r.Frozen() {
		return OwnResult{}, notClosed(code)
	}
	r.Stage, r.Publication = survey.Published, p
	return s.ownResult(ctx, r, municipality)
}

// ownResult is the one place that decides what a published round shows to the
// readers of a municipality.
func (s *Service) ownResult(ctx context.Context, r survey.Round, municipality string) (OwnResult, error) {
	if !r.Publication.Own {
		return OwnResult{}, survey.ErrNotFound
	}
	rep, err := s.report(ctx, r, time.Time{})
	if err != nil {
		return OwnResult{}, err
	}
	p, ok := rep.Profile(municipality)
	if !ok {
		return OwnResult{}, survey.ErrNotFound
	}
	others := openedOthers(rep, p, r.Publication)
	rep.Profiles = []results.Profile{p}
	r.Design.Questions = nil
	return OwnResult{Round: r, Report: rep, Profile: p, Others: others}, nil
}

// openedOthers lists the other municipalities that the switches open.
func openedOthers(rep results.Report, own results.Profile, p survey.Publication) []results.Profile {
	var others []results.Profile
	for _, o := range rep.Profiles {
		sameCounty := p.County && o.Participant.CountyCode == own.Participant.CountyCode
		if o.Participant.Code != own.Participant.Code && (p.Peers || p.National || sameCounty) {
			others = append(others, results.Profile{Participant: o.Participant, Phone: o.Phone, Email: o.Email, Figures: o.Figures})
		}
	}
	return others
}

// Seal says how a round was closed: when, by whom, with which waivers and
// checksum. The frozen document is not part of it. ErrNotFound: not closed.
func (s *Service) Seal(ctx context.Context, by survey.User, r survey.Round) (survey.Closing, error) {
	if !by.May(survey.SeeSetup) && !by.May(survey.SeeLiveResults) {
		return survey.Closing{}, survey.ErrForbidden
	}
	if !r.Frozen() {
		return survey.Closing{}, survey.ErrNotFound
	}
	key := reportKey{r.ID, r.Revision, true}
	if seal, ok := s.live.seal(key); ok {
		return seal, nil
	}
	closing, err := s.Store.Closing(ctx, r.ID)
	if err != nil {
		return survey.Closing{}, err
	}
	s.live.putSeal(key, closing)
	closing.Frozen = nil
	return closing, nil
}

// OwnRounds lists the published rounds that hold a result of the reader's own
// municipality, newest first.
func (s *Service) OwnRounds(ctx context.Context, by survey.User) ([]survey.Round, error) {
	if err := by.Allow(survey.SeeOwnResults); err != nil {
		return nil, err
	}
	rounds, err := s.Rounds(ctx, by)
	if err != nil {
		return nil, err
	}
	var own []survey.Round
	for _, r := range rounds {
		_, err := s.Store.Participant(ctx, r.ID, by.Municipality)
		switch {
		case err == nil:
			own = append(own, r)
		case !errors.Is(err, survey.ErrNotFound):
			return nil, err
		}
	}
	return own, nil
}

// report gives the figures from memory when they are new enough.
func (s *Service) report(ctx context.Context, r survey.Round, newerThan time.Time) (results.Report, error) {
	key := reportKey{r.ID, r.Revision, r.Frozen()}
	lock := s.live.lock(r.ID)
	lock.Lock()
	defer lock.Unlock()
	if rep, ok := s.live.get(key); ok && (key.frozen || rep.Computed.After(newerThan)) {
		rep.Stage = r.Stage
		return rep, nil
	}
	rep, err := s.count(ctx, r)
	if err != nil {
		return results.Report{}, err
	}
	s.live.put(key, rep)
	return rep, nil
}

// count thaws or counts the figures.
func (s *Service) count(ctx context.Context, r survey.Round) (results.Report, error) {
	if r.Frozen() {
		closing, err := s.Store.Closing(ctx, r.ID)
		if err != nil {
			return results.Report{}, err
		}
		s.live.putSeal(reportKey{r.ID, r.Revision, true}, closing)
		rep, err := results.Thaw(closing.Frozen)
		rep.Stage = r.Stage
		return rep, err
	}
	set, err := s.Store.Setup(ctx, r.Code)
	if err != nil {
		return results.Report{}, err
	}
	previous, err := s.previous(ctx, r)
	if err != nil {
		return results.Report{}, err
	}
	return results.Compute(set, s.Store.EachContact(ctx, r.ID), previous, s.Now().UTC())
}

// previous is the report of the latest closed round before r, or nil.
func (s *Service) previous(ctx context.Context, r survey.Round) (*results.Report, error) {
	rounds, err := s.Store.Rounds(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range rounds {
		if !p.Frozen() || !p.Period.From.Before(r.Period.From) {
			continue
		}
		rep, err := s.frozen(ctx, p)
		return &rep, err
	}
	return nil, nil
}

// frozen is report for a round that is closed, without its lock: a closed
// round never waits for another.
func (s *Service) frozen(ctx context.Context, r survey.Round) (results.Report, error) {
	key := reportKey{r.ID, r.Revision, true}
	if rep, ok := s.live.get(key); ok {
		return rep, nil
	}
	rep, err := s.count(ctx, r)
	if err != nil {
		return results.Report{}, err
	}
	s.live.put(key, rep)
	return rep, nil
}

// RecountLive counts the live rounds that somebody has looked at anew, so
// that pages never wait for it. It is run by a timer.
func (s *Service) RecountLive(ctx context.Context) error {
	rounds, err := s.Store.Rounds(ctx)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if r.Frozen() || !s.live.has(reportKey{r.ID, r.Revision, false}) {
			continue
		}
		if _, err := s.report(ctx, r, s.Now()); err != nil {
			return err
		}
	}
	return nil
}

func (l *liveResults) lock(id survey.RoundID) *sync.Mutex {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.locks == nil {
		l.locks = map[survey.RoundID]*sync.Mutex{}
	}
	if l.locks[id] == nil {
		l.locks[id] = &sync.Mutex{}
	}
	return l.locks[id]
}

func (l *liveResults) get(key reportKey) (results.Report, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rep, ok := l.reports[key]
	return rep, ok
}

func (l *liveResults) has(key reportKey) bool {
	_, ok := l.get(key)
	return ok
}

// put keeps a report. A frozen one takes the place of the live one of its round.
func (l *liveResults) put(key reportKey, rep results.Report) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.reports == nil {
		l.reports = map[reportKey]results.Report{}
	}
	if key.frozen {
		delete(l.reports, reportKey{key.round, key.revision, false})
	}
	l.reports[key] = rep
}

func (l *liveResults) seal(key reportKey) (survey.Closing, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	seal, ok := l.seals[key]
	return seal, ok
}

// putSeal keeps a closing without its document, which is large and is in
// memory as a report already.
func (l *liveResults) putSeal(key reportKey, closing survey.Closing) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seals == nil {
		l.seals = map[reportKey]survey.Closing{}
	}
	closing.Frozen = nil
	l.seals[key] = closing
}
