package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

type planCommand struct {
	Round              string `required:"" help:"Omgångens kod." placeholder:"KOD"`
	Seed               uint64 `help:"Frö: samma underlag och frö ger samma plan." default:"1"`
	AllowSameEvaluator bool   `help:"Godta att samma bedömare gör båda kontakterna där bara en kan."`
	JSON               bool   `name:"json" help:"Skriv siffrorna som JSON."`
}

// planFigures is what plan --json prints.
type planFigures struct {
	Round    string          `json:"round"`
	Seed     uint64          `json:"seed"`
	Contacts int             `json:"contacts"` // newly planned, of which:
	Phone    int             `json:"phone"`
	Email    int             `json:"email"`
	Change   *changeFigures  `json:"change,omitempty"` // what was mended, once the fieldwork has begun
	Balance  []balanceFigure `json:"balance"`
	Notes    []string        `json:"notes"` // what the lead should know, in Swedish
}

// changeFigures is how a plan was changed during the fieldwork.
type changeFigures struct {
	Number      int `json:"number"` // of the step, by which it is undone; 0: nothing was changed
	Moved       int `json:"moved"`
	Unavoidable int `json:"unavoidable"` // contacts that any change had to move
	Added       int `json:"added"`
	Removed     int `json:"removed"`
}

// balanceFigure is one figure of how even the plan is, of kept and new
// contacts together.
type balanceFigure struct {
	Code       string `json:"code"`
	Title      string `json:"title"`
	Value      int    `json:"value"`
	Bound      int    `json:"bound"`       // what the measurement asks for
	LowerBound int    `json:"lower_bound"` // the best that any plan could reach
	AtLeast    bool   `json:"at_least"`    // value should be at least bound, not at most
	Met        bool   `json:"met"`
	Note       string `json:"note,omitempty"`
	Why        string `json:"why,omitempty"` // why and by how much bound is missed
}

func (c planCommand) Run(a *app) error {
	s, err := a.service()
	if err != nil {
		return err
	}
	plan, err := s.Plan(a.ctx, survey.CommandLine, c.Round,
		fieldwork.PlanRequest{Seed: c.Seed, AllowSameEvaluator: c.AllowSameEvaluator})
	if err != nil {
		return noRound(err, c.Round)
	}
	figures := c.figures(plan)
	if c.JSON {
		enc := json.NewEncoder(a.Out)
		enc.SetIndent("", "  ")
		return enc.Encode(figures)
	}
	return figures.print(a.Out)
}

func (c planCommand) figures(plan fieldwork.Planned) planFigures {
	f := planFigures{
		Round: c.Round, Seed: c.Seed, Contacts: len(plan.Contacts),
		Balance: []balanceFigure{}, Notes: []string{},
	}
	for _, x := range plan.Contacts {
		if x.Channel == survey.Phone {
			f.Phone++
		}
	}
	f.Email = f.Contacts - f.Phone
	if step := plan.Step; step != nil {
		n := step.Count()
		f.Change = &changeFigures{step.Number, n.Moved, step.Unavoidable, n.Added, n.Removed}
		f.Notes = append(f.Notes, step.Notes...)
	} else {
		f.Notes = append(f.Notes, plan.SameEvaluator...)
	}
	for _, b := range plan.Balance {
		f.Balance = append(f.Balance, balanceFigure{
			Code: b.Code, Title: b.Title, Value: b.Value, Bound: b.Bound, LowerBound: b.Limit,
			AtLeast: b.AtLeast, Met: b.Met(), Note: b.Note, Why: b.Why,
		})
	}
	return f
}

// headline says what was done.
func (f planFigures) headline() string {
	switch c := f.Change; {
	case c == nil:
		return fmt.Sprintf("Planen för omgång %s har %d kontakter (frö %d): %d samtal och %d e-brev.",
			f.Round, f.Contacts, f.Seed, f.Phone, f.Email)
	case c.Number == 0:
		return "Planen för omgång " + f.Round + " stämmer. Ingenting behöver flyttas."
	default:
		return fmt.Sprintf("Plan %d för omgång %s är införd: %d flyttas (%d går inte att undvika), %d tillkommer, %d tas bort.",
			c.Number, f.Round, c.Moved, c.Unavoidable, c.Added, c.Removed)
	}
}

// print writes the figures as a table for people.
func (f planFigures) print(out io.Writer) error {
	fmt.Fprintln(out, f.headline())
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "  Mått\tVärde\tKrav\tBäst möjligt\t")
	for _, b := range f.Balance {
		sign, verdict := "≤", "✓ "+b.Note
		if b.AtLeast {
			sign = "≥"
		}
		if !b.Met {
			verdict = "✗ " + b.Why
		}
		fmt.Fprintf(t, "  %s\t%d\t%s %d\t%d\t%s\n", b.Title, b.Value, sign, b.Bound, b.LowerBound, verdict)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, n := range f.Notes {
		fmt.Fprintln(out, n)
	}
	return nil
}
