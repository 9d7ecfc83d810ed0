package surveytest

import (
	"fmt"
	"slices"
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// FullSetup is a round of the largest size: all 290 municipalities, forty
// evaluators, every one of them in all areas.
func FullSetup() survey.Setup {
	set := survey.Setup{Round: Round()}
	for _, m := range survey.BundledMunicipalities() {
		set.Participants = append(set.Participants, survey.Participant{
			Municipality: m, Phone: "+46850800" + m.Code, Email: "kommun" + m.Code + "@example.se",
		})
	}
	for i := range 40 {
		set.Evaluators = append(set.Evaluators, survey.Evaluator{
			Email: fmt.Sprintf("evaluator%02d@example.se", i), Name: fmt.Sprintf("Bedömare %d", i),
			CallsPerDay: 50, EmailsPerDay: 50,
		})
	}
	for _, a := range set.Round.Design.Areas {
		for _, e := range set.Evaluators {
			set.Assignments = append(set.Assignments, survey.Assignment{Area: a, Evaluator: e.Email})
		}
	}
	return set
}

// Contacts are all contacts of a setup in the order of survey.ByKey. Every
// second is finished, the others are planned; they are spread over the
// evaluators and the working days. The same setup gives the same contacts.
func Contacts(set survey.Setup) []survey.Contact {
	all := set.Round.Calendar.WorkingDays(set.Round.Period.From, set.Round.Period.To)
	var cs []survey.Contact
	for i, p := range set.Participants {
		days := slices.DeleteFunc(slices.Clone(all), func(d officehours.Date) bool { return !p.TakesPart(d) })
		for _, ch := range []survey.Channel{survey.Email, survey.Phone} {
			for j, q := range set.Round.Design.Questions {
				for k := range set.Round.Design.Replicates {
					n := len(cs)
					c := survey.Contact{
						ID: survey.NewID[survey.Contact](), Round: set.Round.ID, Municipality: p.Code, Channel: ch,
						Area: q.Area, Question: q.Code, Replicate: k + 1,
						Evaluator: set.Evaluators[(i+7*j+k)%len(set.Evaluators)].Email,
						PlannedAt: days[(3*i+5*j+11*k)%len(days)].At(8+n%9, n%60).UTC(),
						State:     survey.Planned, Version: 1,
					}
					if (i+j+k)%2 == 0 {
						finish(&c, n)
					}
					cs = append(cs, c)
				}
			}
		}
	}
	return cs
}

// finish makes a plausible finished contact of a planned one.
func finish(c *survey.Contact, n int) {
	levels := []survey.LevelCode{survey.Good, survey.Fair, survey.Poor}
	rated := survey.Ratings{Answer: levels[n%3], Information: levels[n%2], Treatment: levels[n%3]}
	c.State, c.Disposition = survey.Submitted, survey.Completed
	at := c.PlannedAt.Add(time.Minute)
	if c.Channel == survey.Email {
		c.Mail = survey.Mail{
			Sent: at, AutoReply: at.Add(3 * time.Second), FirstReply: at.Add(30 * time.Hour),
			Sender: survey.FullSender, Ratings: rated, Note: "Svarade utförligt.",
		}
		c.SubmittedAt = at.Add(40 * time.Hour)
		return
	}
	rated.Interest = levels[n%2]
	c.Attempts = []survey.Attempt{{
		Dialled: at, Answered: at.Add(12 * time.Second), Forwarded: []time.Time{at.Add(20 * time.Second)},
		Connected: at.Add(time.Duration(25+n%90) * time.Second), Ended: at.Add(4 * time.Minute),
		Outcome: survey.Reached, Greeting: survey.FullGreeting, Ratings: rated, Note: "Tydligt besked med hänvisning.",
	}}
	c.SubmittedAt = at.Add(5 * time.Minute)
}
