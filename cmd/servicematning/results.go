package main

import (
	"io"

	"servicematning/internal/export"
	"servicematning/internal/survey"
)

type exportCommands struct {
	Contacts exportContacts `cmd:"" help:"Skriv alla kontakter i en omgång, även planerade."`
}

type exportContacts struct {
	Round  string `required:"" help:"Omgångens kod." placeholder:"KOD"`
	Output string `help:"Skriv till en fil i stället för till skärmen." placeholder:"FIL"`
}

func (c exportContacts) Run(a *app) error {
	s, err := a.service()
	if err != nil {
		return err
	}
	set, err := s.Setup(a.ctx, survey.CommandLine, c.Round)
	if err != nil {
		return noRound(err, c.Round)
	}
	return a.output(c.Output, func(w io.Writer) error {
		return export.WriteContacts(w, set, s.Store.EachContact(a.ctx, set.Round.ID))
	})
}

type resultsCommand struct {
	Round        string `required:"" help:"Omgångens kod." placeholder:"KOD"`
	Municipality string `help:"Bara en kommun, till exempel 0305." placeholder:"KOD"`
	Format       string `enum:"table,json,csv" default:"table" help:"table, json eller csv."`
	Output       string `help:"Skriv till en fil i stället för till skärmen." placeholder:"FIL"`
}

func (c resultsCommand) Run(a *app) error {
	s, err := a.service()
	if err != nil {
		return err
	}
	rep, err := s.CountNow(a.ctx, survey.CommandLine, c.Round)
	if err != nil {
		return noRound(err, c.Round)
	}
	if _, ok := rep.Profile(c.Municipality); c.Municipality != "" && !ok {
		return survey.Refuse(survey.ErrNotFound, "Kommunen "+c.Municipality+" deltar inte i omgång "+c.Round+
			". Skriv den fyrsiffriga koden, till exempel 0305.")
	}
	return a.output(c.Output, func(w io.Writer) error {
		switch c.Format {
		case "json":
			return export.WriteResultsJSON(w, rep, c.Municipality)
		case "csv":
			return export.WriteResultsCSV(w, rep, c.Municipality)
		}
		return export.WriteResultsTable(w, rep, c.Municipality)
	})
}
