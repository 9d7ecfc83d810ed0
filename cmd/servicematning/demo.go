package main

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"servicematning/internal/auth"
	"servicematning/internal/demo"
	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/schedule"
	"servicematning/internal/survey"
)

type demoCommand struct {
	serverFlags
	Dir     string `help:"Mapp för databasen. Förval: en ny tillfällig mapp." placeholder:"MAPP"`
	NoServe bool   `help:"Skapa databasen men kör ingen server."`
}

// demoSeed makes every demonstration of the same day alike.
const demoSeed = 2026

func (c demoCommand) Run(a *app) error {
	dir, err := demoDir(c.Dir)
	if err != nil {
		return err
	}
	a.database = filepath.Join(dir, "servicematning.db")
	if _, err := os.Stat(a.database); err == nil {
		return fmt.Errorf("%s finns redan. Välj en annan mapp med --dir", a.database)
	}
	lines, err := a.makeDemo()
	if err != nil {
		return err
	}
	if c.NoServe {
		fmt.Fprint(a.Out, lines)
		return nil
	}
	return a.serve(c.serverFlags, func(url string) {
		fmt.Fprint(a.Out, lines)
		fmt.Fprintf(a.Out, "\nÖppna %s i en webbläsare. Stoppa med Ctrl+C.\n", url)
	})
}

func demoDir(dir string) (string, error) {
	if dir == "" {
		return os.MkdirTemp("", "servicematning-demo-")
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return "", fmt.Errorf("%s: mappen kan inte skapas", dir)
	}
	return dir, nil
}

// makeDemo fills the database and tells how to log in.
func (a *app) makeDemo() (string, error) {
	service, err := a.service()
	if err != nil {
		return "", err
	}
	bar := a.progress("Skapar konton")
	lines, err := a.demoAccounts()
	bar.done()
	if err != nil {
		return "", err
	}
	now := a.Now()
	current := demoPeriod(now)
	earlier := survey.FieldPeriod{From: current.From.AddDays(-364), To: current.To.AddDays(-364)}
	all := survey.BundledMunicipalities()
	d := demoMaker{a, service}
	if err := d.finished(earlier, demo.SomeOf(all, demoSeed, "0305", "0330", "1480")); err != nil {
		return "", err
	}
	if err := d.underWay(current, all, now); err != nil {
		return "", err
	}
	return lines, nil
}

// demoPeriod is five weeks with today in the third.
func demoPeriod(now time.Time) survey.FieldPeriod {
	today := officehours.DateOf(now)
	monday := today.AddDays(-((int(today.Weekday()) + 6) % 7))
	from := monday.AddDays(-14)
	return survey.FieldPeriod{From: from, To: from.AddDays(32)}
}

// demoMaker makes the two rounds of the demonstration.
type demoMaker struct {
	*app
	service *fieldwork.Service
}

// prepare makes a draft round with its team and plans it.
func (d demoMaker) prepare(
	period survey.FieldPeriod,
	ms []survey.Municipality,
) (survey.Setup, []survey.Contact, error) {
	code := fmt.Sprint(period.From.Year)
	by := survey.CommandLine
	r, err := d.service.CreateRound(d.ctx, by, code, period)
	if err != nil {
		return survey.Setup{}, nil, err
	}
	besides, err := d.openToday(r)
	if err != nil {
		return survey.Setup{}, nil, err
	}
	team := demo.Evaluators(period, besides...)
	for _, step := range []func() error{
		func() error { return d.service.SaveParticipants(d.ctx, by, code, demo.Participants(ms)) },
		func() error { return d.service.SaveEvaluators(d.ctx, by, code, team) },
		func() error {
			return d.service.AddAssignments(d.ctx, by, code, demo.Assignments(survey.DefaultAreas(), team))
		},
	} {
		if err := step(); err != nil {
			return survey.Setup{}, nil, err
		}
	}
	set, err := d.service.Setup(d.ctx, by, code)
	if err != nil {
		return survey.Setup{}, nil, err
	}
	plan, err := schedule.Plan(schedule.Input{Setup: set}, demoSeed)
	return set, plan.Contacts, err
}

// openToday makes today a working day of the round if it is not, so that the
// demonstration has a day's work to show at weekends too. It gives the
// weekday that the team then works besides the usual ones.
func (d demoMaker) openToday(r survey.Round) ([]time.Weekday, error) {
	now := d.Now()
	today := officehours.DateOf(now)
	if !r.Period.Contains(now) || r.Calendar.WorkingDay(today) {
		return nil, nil
	}
	hours := officehours.Hours{Opens: r.Calendar.Opens, Closes: r.Calendar.Closes}
	err := d.service.SaveException(d.ctx, survey.CommandLine, r.Code, 0, today,
		&officehours.Exception{Name: "Öppet i demonstrationen", Hours: hours})
	return []time.Weekday{today.Weekday()}, err
}

// finished makes a round of an earlier year, closed and published to the
// municipalities themselves.
func (d demoMaker) finished(period survey.FieldPeriod, ms []survey.Municipality) error {
	bar := d.progress(fmt.Sprintf("Skapar omgång %d, %d kommuner", period.From.Year, len(ms)))
	defer bar.done()
	set, contacts, err := d.prepare(period, ms)
	if err != nil {
		return err
	}
	code := set.Round.Code
	after := period.To.AddDays(30).At(12, 0)
	demo.Fill(set, contacts, uint64(period.From.Year), after)
	if _, err := d.service.ImportContacts(d.ctx, survey.CommandLine, set, contacts); err != nil {
		return err
	}
	by := survey.User{Email: demoCommissioner, Role: survey.RoleCommissioner}
	past := fieldwork.New(d.store, func() time.Time { return after })
	if err := past.CloseRound(d.ctx, by, code, nil); err != nil {
		return err
	}
	return past.Publish(d.ctx, by, code, 0, survey.Publication{Own: true})
}

// underWay makes a round in the middle of its fieldwork.
func (d demoMaker) underWay(period survey.FieldPeriod, ms []survey.Municipality, now time.Time) error {
	bar := d.progress(fmt.Sprintf("Skapar omgång %d, %d kommuner", period.From.Year, len(ms)))
	defer bar.done()
	set, contacts, err := d.prepare(period, ms)
	if err != nil {
		return err
	}
	demo.Fill(set, contacts, uint64(period.From.Year), now)
	by := survey.CommandLine
	if _, err := d.service.ImportContacts(d.ctx, by, set, contacts); err != nil {
		return err
	}
	if err := d.practise(set.Round, period); err != nil {
		return err
	}
	if err := d.service.StartFieldwork(d.ctx, by, set.Round.Code, 0); err != nil {
		return err
	}
	if set, err = d.service.Setup(d.ctx, by, set.Round.Code); err != nil {
		return err
	}
	_, err = d.service.ImportContacts(d.ctx, by, set, demo.Review(contacts, demoLead))
	return err
}

// practise gives a round the practice that comes with the program, and lets
// most of its evaluators answer it in the week before the fieldwork.
func (d demoMaker) practise(r survey.Round, period survey.FieldPeriod) error {
	by := survey.CommandLine
	rules := fieldwork.PracticeRules{Pass: survey.DefaultPracticePass, FromContacts: true}
	if err := d.service.SavePracticeRules(d.ctx, by, r.Code, 0, rules); err != nil {
		return err
	}
	if _, err := d.service.AddPracticePackage(d.ctx, by, r.Code); err != nil {
		return err
	}
	list, err := d.store.Practice(d.ctx, r.ID)
	if err != nil {
		return err
	}
	before := fieldwork.New(d.store, func() time.Time { return period.From.AddDays(-4).At(10, 15) })
	for _, a := range demo.Practise(r.Design, list, demo.Evaluators(period), demoSeed) {
		who := survey.User{Email: a.By, Role: survey.RoleEvaluator}
		if err := before.AnswerPractice(d.ctx, who, a.Practice, a.Given); err != nil {
			return err
		}
	}
	return nil
}

const (
	demoLead         = "sofia.bjork@example.se"
	demoCommissioner = "henrik.stahl@example.se"
)

// demoAccounts makes an account per role, each with a password of its own
// that is written here and nowhere else.
func (a *app) demoAccounts() (string, error) {
	accounts, err := auth.New(a.store, a.Now, auth.Options{Rand: rand.Reader})
	if err != nil {
		return "", err
	}
	evaluator := demo.Evaluators(survey.FieldPeriod{})[0]
	var lines strings.Builder
	lines.WriteString("Logga in med:\n")
	for _, u := range []auth.NewUser{
		{Email: evaluator.Email, Name: evaluator.Name, Role: survey.RoleEvaluator},
		{Email: demoLead, Name: "Sofia Björk", Role: survey.RoleLead},
		{Email: demoCommissioner, Name: "Henrik Ståhl", Role: survey.RoleCommissioner},
		{Email: "habo.lasare@example.se", Name: "Åsa Läsare", Role: survey.RoleReader, Municipality: "0305"},
		{Email: "admin@example.se", Name: "Kontoansvarig", Role: survey.RoleAdmin},
	} {
		password, _, err := accounts.AddUser(a.ctx, byCommandLine, u)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&lines, "  %-20s %-28s %s\n", u.Role.Title(), u.Email, password)
	}
	return lines.String(), nil
}
