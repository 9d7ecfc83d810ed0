// Package surveytest holds canonical samples of the domain: one valid value of
// everything, with every field filled in, so that a test which forgets a field
// notices. Only tests import it.
package surveytest

import (
	"time"

	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

// Start is the first day of the sample round, a Monday.
var Start = officehours.Date{Year: 2026, Month: time.October, Day: 19}

// At is the clock time in Sweden on the sample round's day number day, from 0.
func At(day, hour, minute int) time.Time { return Start.AddDays(day).At(hour, minute).UTC() }

// Change is a write by a project lead, from no form.
func Change(action string) survey.Change {
	return survey.Change{By: "lena.lead@example.se", At: At(0, 8, 0), Action: action, Detail: "2026"}
}

// Round is a round in the field with the default design.
func Round() survey.Round {
	period := survey.FieldPeriod{From: Start, To: Start.AddDays(32)}
	r, err := survey.NewRound("2026", period)
	if err != nil {
		panic(err)
	}
	r.Stage = survey.Fieldwork
	r.Label = "vecka 43–47"
	r.Design.RetryDelays = []survey.RetryDelay{{Outcome: survey.Busy, Delay: 10 * time.Minute}}
	r.Design.HoldFor = 10 * time.Minute
	r.Design.PracticePass, r.Design.PracticeFromContacts = 75, true
	r.Publication = survey.Publication{Own: true, Peers: true}
	r.Seed = 1<<63 + 7
	r.PlannedAt, r.StartedAt = At(-3, 10, 15), At(0, 7, 0)
	return r
}

// Participants are three municipalities of different size.
func Participants() []survey.Participant {
	var ps []survey.Participant
	for _, m := range survey.BundledMunicipalities() {
		switch m.Code {
		case "0180", "0305", "0860":
			ps = append(ps, survey.Participant{
				Municipality: m, Phone: "+468508000" + m.Code[:2], Email: "kommun" + m.Code + "@example.se",
			})
		}
	}
	ps[0].Hours = officehours.Hours{Opens: 9 * 60, Closes: 16 * 60}
	ps[1].Joined, ps[1].Left = Start.AddDays(2), Start.AddDays(30)
	return ps
}

// Evaluators are two, one of them part time.
func Evaluators() []survey.Evaluator {
	return []survey.Evaluator{
		{
			Email: "asa.berg@example.se", Name: "Åsa Berg", From: Start, To: Start.AddDays(30),
			CallsPerDay: 40, EmailsPerDay: 35,
			Absent: []officehours.Date{Start.AddDays(3), Start.AddDays(4)}, Days: []time.Weekday{time.Monday, time.Thursday},
			Hours: officehours.Hours{Opens: 8 * 60, Closes: 15 * 60},
		},
		{Email: "omar.ek@example.se", Name: "Omar Ek", CallsPerDay: 45, EmailsPerDay: 45},
	}
}

// Setup is a round with participants, evaluators and assignments.
func Setup() survey.Setup {
	return survey.Setup{
		Round: Round(), Participants: Participants(), Evaluators: Evaluators(),
		Assignments: []survey.Assignment{
			{Area: "bygglov", Evaluator: "asa.berg@example.se"},
			{Area: "bygglov", Evaluator: "omar.ek@example.se", Municipality: "0305"},
			{Area: "äldreomsorg", Evaluator: "omar.ek@example.se"},
		},
	}
}

// PhoneContact is an approved call that failed once and was tried again.
func PhoneContact(r survey.Round) survey.Contact {
	return survey.Contact{
		ID: survey.NewID[survey.Contact](), Round: r.ID, Municipality: "0305", Channel: survey.Phone,
		Area: "bygglov", Question: r.Design.Questions[0].Code, Replicate: 1, Evaluator: "asa.berg@example.se",
		PlannedAt: At(1, 9, 20), State: survey.Approved, Disposition: survey.Completed,
		Attempts: []survey.Attempt{
			{
				Dialled: At(1, 9, 21), Answered: At(1, 9, 22), Ended: At(1, 9, 25), Outcome: survey.Voicemail,
				Greeting: survey.SaidMunicipality, Note: "Telefonsvarare på växeln.\nRing igen.",
			},
			{
				Dialled: At(1, 13, 0), Answered: At(1, 13, 0).Add(4200 * time.Millisecond),
				Forwarded: []time.Time{At(1, 13, 0).Add(20 * time.Second), At(1, 13, 0).Add(50 * time.Second)},
				Connected: At(1, 13, 1), Ended: At(1, 13, 6), Outcome: survey.Reached, Greeting: survey.FullGreeting,
				Ratings: survey.Ratings{
					Answer: survey.Good, Information: survey.Fair, Interest: survey.Poor, Treatment: survey.VeryGood,
				},
				Note: `Åtta veckor, "en \n-fråga".`,
			},
		},
		Suspected: true, SuspectedWhy: "Frågade om det var en mätning.",
		ReviewNote: "Bra.", ReviewedBy: "lena.lead@example.se",
		SubmittedAt: At(1, 13, 7), ReturnedAt: At(1, 14, 2), CallBackAt: At(1, 13, 0), HeldBy: "asa.berg@example.se", HeldUntil: At(1, 13, 15),
		Version: 1,
	}
}

// EmailContact is a submitted e-mail with a complete reply.
func EmailContact(r survey.Round) survey.Contact {
	return survey.Contact{
		ID: survey.NewID[survey.Contact](), Round: r.ID, Municipality: "0180", Channel: survey.Email,
		Area: "bygglov", Question: r.Design.Questions[1].Code, Replicate: 2, Evaluator: "omar.ek@example.se",
		PlannedAt: At(2, 14, 0), State: survey.Submitted, Disposition: survey.Completed,
		Mail: survey.Mail{
			Sent: At(2, 14, 1), AutoReply: At(2, 14, 1).Add(time.Second), FirstReply: At(3, 9, 0), CompleteReply: At(4, 10, 30),
			Bounced: At(2, 14, 2), Sender: survey.GaveName | survey.GavePhone,
			Ratings: survey.Ratings{
				Answer: survey.Good, Information: survey.Poor, Interest: survey.Fair, Treatment: survey.Good,
			},
			Note: "Hänvisade även till webben.",
		},
		SubmittedAt: At(4, 11, 0), Version: 1,
	}
}
