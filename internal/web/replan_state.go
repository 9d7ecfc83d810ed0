package web

import (
	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// planState is what every page about the plan says of its changes: the step
// that was applied last, the proposal that waits, and what no longer fits. The
// zero value says nothing.
type planState struct {
	URL     string // of the proposal
	Line    string // "Plan 7, införd mån 26 okt 16.02", or "ångrad" when none is left; "" before the first step
	Undo    *link  // to where that is taken back
	Waiting string // what the waiting proposal does; "" when there is none
	Text    string // how many contacts do not fit; "" when all do
	Reasons []string
	Can     bool  // the visitor may change the plan
	Remake  *link // to where a draft's plan, which is older than its setup, is made anew; nil when it is not
}

// planState reads how a round's plan stands. Before the fieldwork that is
// whether it is older than the setup, and after it how it was changed last.
func (s *Server) planState(c *visit, set survey.Setup) (planState, error) {
	r := set.Round
	if r.Stage == survey.Draft {
		return s.draftState(c, r)
	}
	steps, err := s.Service.PlanSteps(c.ctx(), c.user, r)
	if err != nil || r.Stage != survey.Fieldwork {
		return planState{Line: stepLine(steps)}, err
	}
	p := planState{URL: setupPath(r, "plan", "forslag"), Can: c.user.May(survey.EditSetup), Line: stepLine(steps)}
	for _, step := range steps {
		switch {
		case step.State == survey.Proposed && step.Basis == r.Version:
			p.Waiting = "Ett förslag till ny plan gjordes " + survey.MomentText(step.ProposedAt) + " och är inte infört."
		case step.State == survey.Applied && p.Undo == nil && p.Can:
			p.Undo = &link{Label: "Ångra plan " + number(step.Number), URL: setupPath(r, "plan", "angra")}
		}
	}
	fit, err := s.Service.PlanFit(c.ctx(), c.user, set)
	if err != nil {
		return p, err
	}
	p.Text, p.Reasons = fitText(fit), fit.Reasons
	return p, nil
}

// draftState says whether the setup has been changed since the plan was made.
func (s *Server) draftState(c *visit, r survey.Round) (planState, error) {
	if r.PlannedAt.IsZero() {
		return planState{}, nil
	}
	events, err := s.Service.History(c.ctx(), c.user, r.Code, shownEvents*5)
	if err != nil || !planIsOld(r, events) {
		return planState{}, err
	}
	return planState{
		Can:    c.user.May(survey.EditSetup),
		Remake: &link{Label: "Till planen", URL: setupPath(r, "plan") + "#h-make"},
	}, nil
}

// stepLine names the step that the plan comes from, of a round's steps with the
// newest first, or the one undone last when it is as it was before them all.
func stepLine(steps []survey.PlanStep) string {
	undone := ""
	for _, step := range steps {
		name := "Plan " + number(step.Number)
		switch {
		case step.State == survey.Applied:
			return name + ", införd " + survey.MomentText(step.AppliedAt)
		case step.State == survey.Undone && undone == "":
			undone = name + ", ångrad " + survey.MomentText(step.UndoneAt)
		}
	}
	return undone
}

// fitText says how much of the plan no longer fits, or "".
func fitText(f fieldwork.PlanFit) string {
	var parts []string
	if f.Misfits > 0 {
		parts = append(parts, contactsText(f.Misfits)+" kan inte göras som planerat")
	}
	if f.Missing > 0 {
		parts = append(parts, contactsText(f.Missing)+" saknas i planen")
	}
	if len(f.Idle) > 0 {
		parts = append(parts, listText(f.Idle)+" har inga kontakter")
	}
	if len(parts) == 0 {
		return ""
	}
	return listText(parts) + "."
}

// contactsText writes "1 kontakt" and "214 kontakter".
func contactsText(n int) string {
	if n == 1 {
		return "1 kontakt"
	}
	return number(n) + " kontakter"
}

// factFrame is the frame of a page about facts that reality changes during the
// fieldwork: they can be changed until the round is closed, and the page says
// what they have done to the plan.
type factFrame struct {
	setupFrame
	State planState
}

func (s *Server) newFactFrame(c *visit, set survey.Setup, title, part string) (factFrame, error) {
	state, err := s.planState(c, set)
	return factFrame{openFrame(c, set, title, part), state}, err
}

// openFrame is newSetupFrame for what may be changed until the round is closed.
func openFrame(c *visit, set survey.Setup, title, part string) setupFrame {
	f := newSetupFrame(c, set, title, part)
	f.Edit, f.Locked = c.user.May(survey.EditSetup), ""
	if err := set.Round.Open(); err != nil && f.Edit {
		f.Edit, f.Locked = false, err.Error()
	}
	return f
}

// Draft reports whether the round is still being set up: only then is anything
// taken out, and only then does what decides the measures change.
func (f *setupFrame) Draft() bool { return f.Round.Editable() == nil }

// openSetup is setup for a page that changes what a round that is not closed
// allows; part is where the same can be read.
func (s *Server) openSetup(c *visit, part string) (survey.Setup, error) {
	set, err := s.setup(c)
	if err != nil {
		return set, err
	}
	return set, s.locked(c, set.Round, part, set.Round.Open())
}

// spanText writes hours of a day as "8.00–16.30".
func spanText(h officehours.Hours) string { return h.Opens.String() + "–" + h.Closes.String() }
