package main

import (
	"encoding/json"
	"fmt"

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
	Contacts int             `json:"contacts"`
	Balance  []balanceFigure `json:"balance"`
	Notes    []string        `json:"notes"`
}

type balanceFigure struct {
	Code  string  `json:"code"`
	Title string  `json:"title"`
	Value float64 `json:"value"`
	Note  string  `json:"note,omitempty"`
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
	figures := planFigures{Round: c.Round, Seed: c.Seed, Contacts: len(plan.Contacts), Notes: []string{}}
	for _, b := range plan.Balance {
		figures.Balance = append(
			figures.Balance,
			balanceFigure{Code: b.Code, Title: b.Title, Value: float64(b.Value), Note: b.Note},
		)
	}
	if c.JSON {
		enc := json.NewEncoder(a.Out)
		enc.SetIndent("", "  ")
		return enc.Encode(figures)
	}
	fmt.Fprintf(a.Out, "Planen för omgång %s har %d kontakter (frö %d).\n", c.Round, figures.Contacts, c.Seed)
	for _, b := range figures.Balance {
		fmt.Fprintf(a.Out, "  %-50s %6g  %s\n", b.Title, b.Value, b.Note)
	}
	return nil
}
