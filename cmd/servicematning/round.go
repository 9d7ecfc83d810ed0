package main

import (
	"errors"
	"fmt"
	"strings"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

type roundCommands struct {
	Create  roundCreate  `cmd:"" help:"Skapa ett utkast med förvalt upplägg."`
	Show    roundShow    `cmd:"" help:"Visa upplägg, skede och antal kontakter."`
	List    roundList    `cmd:"" help:"Lista alla omgångar."`
	Start   roundStart   `cmd:"" help:"Starta fältarbetet."`
	Review  roundReview  `cmd:"" help:"Avsluta fältarbetet och börja granskningen."`
	Close   roundClose   `cmd:"" help:"Stäng omgången och frys resultaten."`
	Publish roundPublish `cmd:"" help:"Publicera en stängd omgång."`
}

type roundCreate struct {
	Code string `arg:"" help:"Omgångens kod, till exempel 2026."`
	From string `required:"" help:"Periodens första dag." placeholder:"ÅÅÅÅ-MM-DD"`
	To   string `required:"" help:"Periodens sista dag." placeholder:"ÅÅÅÅ-MM-DD"`
}

func (c roundCreate) Run(a *app) error {
	from, err := officehours.ParseDate(c.From)
	if err != nil {
		return usageError{"--from: " + c.From + " är ingen dag. Skriv till exempel 2026-10-19."}
	}
	to, err := officehours.ParseDate(c.To)
	if err != nil {
		return usageError{"--to: " + c.To + " är ingen dag. Skriv till exempel 2026-11-20."}
	}
	s, err := a.service()
	if err != nil {
		return err
	}
	r, err := s.CreateRound(a.ctx, survey.CommandLine, c.Code, survey.FieldPeriod{From: from, To: to})
	switch {
	case errors.Is(err, survey.ErrConflict):
		return survey.Refuse(survey.ErrConflict, "Omgång "+c.Code+" finns redan. Välj en annan kod.")
	case err != nil:
		return err
	}
	fmt.Fprintf(a.Out, "Omgång %s är skapad: %s–%s.\n", r.Code, survey.DateText(from), survey.DateText(to))
	for _, remark := range r.Remarks() {
		fmt.Fprintln(a.Out, "Observera: "+remark)
	}
	return nil
}

type roundShow struct {
	Code string `arg:"" help:"Omgångens kod."`
}

func (c roundShow) Run(a *app) error {
	s, err := a.service()
	if err != nil {
		return err
	}
	p, err := s.Progress(a.ctx, survey.CommandLine, c.Code)
	if err != nil {
		return noRound(err, c.Code)
	}
	r, d := p.Setup.Round, p.Setup.Round.Design
	fmt.Fprintf(a.Out, "Omgång %s, %s, revision %d\n", r.Code, strings.ToLower(r.Stage.Title()), r.Revision)
	fmt.Fprintf(a.Out, "Period: %s–%s\n", survey.DateText(r.Period.From), survey.DateText(r.Period.To))
	fmt.Fprintf(
		a.Out,
		"Upplägg: %d områden, %d frågor, %d kontakter per kommun och kanal\n",
		len(d.Areas),
		len(d.Questions),
		d.Quota(),
	)
	fmt.Fprintf(a.Out, "Deltagare: %d kommuner, %d bedömare, %d tilldelningar\n",
		len(p.Setup.Participants), len(p.Setup.Evaluators), len(p.Setup.Assignments))
	for _, ch := range survey.Channels {
		t := p.All.ByChannel[ch]
		fmt.Fprintf(
			a.Out,
			"%s: %d planerade eller gjorda, varav %d påbörjade, %d klara (%d godkända, %d returnerade); %d makulerade\n",
			ch.Title(),
			t.Planned,
			t.Begun,
			t.Done,
			t.Approved,
			t.Returned,
			t.Void,
		)
	}
	for _, remark := range r.Remarks() {
		fmt.Fprintln(a.Out, "Observera: "+remark)
	}
	return nil
}

// noRound names the round that was not found.
func noRound(err error, code string) error {
	if errors.Is(err, survey.ErrNotFound) {
		return survey.Refuse(survey.ErrNotFound, "Omgång "+code+" finns inte. Visa alla med servicematning round list.")
	}
	return err
}

type roundList struct{}

func (roundList) Run(a *app) error {
	s, err := a.service()
	if err != nil {
		return err
	}
	rounds, err := s.Rounds(a.ctx, survey.CommandLine)
	if err != nil {
		return err
	}
	if len(rounds) == 0 {
		fmt.Fprintln(a.Out, "Det finns inga omgångar. Skapa en med servicematning round create.")
	}
	for _, r := range rounds {
		fmt.Fprintf(a.Out, "%s\t%s\t%s–%s\n", r.Code, r.Stage.Title(), r.Period.From, r.Period.To)
	}
	return nil
}

type roundStart struct {
	Code string `arg:"" help:"Omgångens kod."`
}

func (c roundStart) Run(a *app) error {
	return a.step(c.Code, "Fältarbetet i omgång %s har börjat.\n", func(s *fieldwork.Service) error {
		return s.StartFieldwork(a.ctx, survey.CommandLine, c.Code, 0)
	})
}

type roundReview struct {
	Code string `arg:"" help:"Omgångens kod."`
}

func (c roundReview) Run(a *app) error {
	return a.step(c.Code, "Granskningen av omgång %s har börjat.\n", func(s *fieldwork.Service) error {
		return s.StartReview(a.ctx, survey.CommandLine, c.Code, 0)
	})
}

type roundClose struct {
	Code  string            `arg:"" help:"Omgångens kod."`
	By    string            `required:"" help:"Den mätansvariga som stänger." placeholder:"E-POST"`
	Waive map[string]string `help:"Undantag för en punkt på checklistan, med skäl. Kan upprepas." mapsep:"none" placeholder:"PUNKT=SKÄL"`
}

func (c roundClose) Run(a *app) error {
	waivers := map[survey.CheckItem]string{}
	for item, reason := range c.Waive {
		waivers[survey.CheckItem(item)] = reason
	}
	by, err := a.commissioner(c.By)
	if err != nil {
		return err
	}
	if err := a.step(c.Code, "Omgång %s är stängd.\n", func(s *fieldwork.Service) error {
		return s.CloseRound(a.ctx, by, c.Code, waivers)
	}); err != nil {
		return err
	}
	s, err := a.service()
	if err != nil {
		return err
	}
	closing, err := s.Closing(a.ctx, survey.CommandLine, c.Code)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "Kontrollsumma sha256 %s\n", closing.Checksum)
	return nil
}

type roundPublish struct {
	Code     string   `arg:"" help:"Omgångens kod."`
	By       string   `required:"" help:"Den mätansvariga som publicerar." placeholder:"E-POST"`
	Audience []string `required:"" enum:"own,peers,county,national" help:"Vilka som får se: own, peers, county, national." placeholder:"VILKA"`
}

func (c roundPublish) Run(a *app) error {
	by, err := a.commissioner(c.By)
	if err != nil {
		return err
	}
	var p survey.Publication
	for _, who := range c.Audience {
		switch who {
		case "own":
			p.Own = true
		case "peers":
			p.Peers = true
		case "county":
			p.County = true
		case "national":
			p.National = true
		}
	}
	return a.step(c.Code, "Omgång %s är publicerad.\n", func(s *fieldwork.Service) error {
		return s.Publish(a.ctx, by, c.Code, 0, p)
	})
}

// step carries out one change of stage and says so.
func (a *app) step(code, done string, do func(*fieldwork.Service) error) error {
	s, err := a.service()
	if err != nil {
		return err
	}
	if err := do(s); err != nil {
		return noRound(err, code)
	}
	fmt.Fprintf(a.Out, done, code)
	return nil
}
