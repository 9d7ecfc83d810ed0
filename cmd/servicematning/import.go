package main

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"servicematning/internal/export"
	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

type importCommands struct {
	Municipalities importMunicipalities `cmd:"" help:"Läs in kommuner till referensregistret."`
	Participants   importParticipants   `cmd:"" help:"Läs in deltagande kommuner till en omgång."`
	Questions      importQuestions      `cmd:"" help:"Läs in frågebanken till en omgång."`
	Evaluators     importEvaluators     `cmd:"" help:"Läs in bedömare till en omgång."`
	Assignments    importAssignments    `cmd:"" help:"Läs in tilldelning till en omgång."`
	Contacts       importContacts       `cmd:"" help:"Läs in kontakter från ett annat system eller ett tidigare år."`
}

// roundFile is a file that belongs to a round.
type roundFile struct {
	File  string `arg:"" help:"CSV-fil."`
	Round string `required:"" help:"Omgångens kod." placeholder:"KOD"`
}

// importFile is one import: the file, what it is read against and the use cases.
type importFile struct {
	data    io.Reader
	name    string
	setup   survey.Setup
	service *fieldwork.Service
}

// read opens the file and the round, and hands both to the import.
func (f roundFile) read(a *app, do func(importFile) (string, error)) error {
	data, err := readFile(f.File)
	if err != nil {
		return err
	}
	s, err := a.service()
	if err != nil {
		return err
	}
	set, err := s.Setup(a.ctx, survey.CommandLine, f.Round)
	if err != nil {
		return noRound(err, f.Round)
	}
	done, err := do(importFile{bytes.NewReader(data), f.File, set, s})
	if err != nil {
		return err
	}
	fmt.Fprintln(a.Out, done)
	return nil
}

func readFile(path string) ([]byte, error) {
	data, err := os.ReadFile(path) //nolint:gosec // the user names the file to read
	if err != nil {
		return nil, fmt.Errorf("%s: filen går inte att läsa. Kontrollera sökvägen och rättigheterna", path)
	}
	return data, nil
}

type importMunicipalities struct {
	File string `arg:"" help:"CSV-fil."`
}

func (c importMunicipalities) Run(a *app) error {
	data, err := readFile(c.File)
	if err != nil {
		return err
	}
	ms, err := export.ReadMunicipalities(bytes.NewReader(data), c.File)
	if err != nil {
		return err
	}
	s, err := a.service()
	if err != nil {
		return err
	}
	changed, err := s.ImportMunicipalities(a.ctx, survey.CommandLine, ms)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "%d kommuner lästa, %d ändrade.\n", len(ms), changed)
	return nil
}

type importParticipants struct{ roundFile }

func (c importParticipants) Run(a *app) error {
	return c.read(a, func(f importFile) (string, error) {
		known, err := f.service.Municipalities(a.ctx, survey.CommandLine)
		if err != nil {
			return "", err
		}
		ps, err := export.ReadParticipants(f.data, f.name, known, f.setup)
		if err != nil {
			return "", err
		}
		return counted(len(ps), "deltagande kommun inläst.", "deltagande kommuner inlästa."),
			f.service.SaveParticipants(a.ctx, survey.CommandLine, c.Round, ps)
	})
}

type importQuestions struct{ roundFile }

func (c importQuestions) Run(a *app) error {
	return c.read(a, func(f importFile) (string, error) {
		qs, err := export.ReadQuestions(f.data, f.name, f.setup.Round.Design)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf(
				"%d frågor inlästa.",
				len(qs),
			), f.service.ImportQuestions(
				a.ctx,
				survey.CommandLine,
				c.Round,
				qs,
			)
	})
}

type importEvaluators struct{ roundFile }

func (c importEvaluators) Run(a *app) error {
	return c.read(a, func(f importFile) (string, error) {
		es, err := export.ReadEvaluators(f.data, f.name, f.setup)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf(
				"%d bedömare inlästa.",
				len(es),
			), f.service.SaveEvaluators(
				a.ctx,
				survey.CommandLine,
				c.Round,
				es,
			)
	})
}

type importAssignments struct{ roundFile }

func (c importAssignments) Run(a *app) error {
	return c.read(a, func(f importFile) (string, error) {
		as, err := export.ReadAssignments(f.data, f.name, f.setup)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf(
				"%d tilldelningar inlästa.",
				len(as),
			), f.service.AddAssignments(
				a.ctx,
				survey.CommandLine,
				c.Round,
				as,
			)
	})
}

type importContacts struct{ roundFile }

func (c importContacts) Run(a *app) error {
	return c.read(a, func(f importFile) (string, error) {
		if err := f.setup.Round.Open(); err != nil {
			return "", err
		}
		bar := a.progress("Läser " + f.name)
		cs, err := export.ReadContacts(bar.reader(f.data), f.name, f.setup, a.Now())
		bar.done()
		if err != nil {
			return "", err
		}
		bar = a.progress(fmt.Sprintf("Sparar %d kontakter", len(cs)))
		changed, err := f.service.ImportContacts(a.ctx, survey.CommandLine, f.setup, cs)
		bar.done()
		return fmt.Sprintf("%d kontakter lästa, %d nya eller ändrade.", len(cs), changed), err
	})
}

// counted writes a number with the words that go with one or with many.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
