package web

import (
	"servicematning/internal/export"
	"servicematning/internal/survey"
)

// uploadKind is one of the files that can be read in.
type uploadKind struct {
	path    string
	command string // its name on the command line, which addresses may use too
	target  []any  // where the visitor lands, below the round
	draft   bool   // only while the round is a draft
	take    func(*Server, *visit, survey.Setup, uploaded) (said string, err error)
	Title   string
	Does    string // what reading it does
	Columns []uploadColumn
	Example string
}

// uploadColumn is one column of a file.
type uploadColumn struct {
	Name     string
	Optional bool
	Text     string
}

var uploadKinds = []uploadKind{
	{
		path: "deltagare", command: "participants", target: []any{"kommuner"},
		take: takeParticipants, Title: "Kommuner",
		Does: "Kommuner i filen läggs till i omgången; de som redan är med får filens uppgifter. Ingen tas bort. " +
			"Har fältarbetet börjat är en ny kommun med från nästa arbetsdag, om filen inte säger en annan.",
		Columns: []uploadColumn{
			{"municipality", false, "kommunkod, fyra siffror: 0305"}, {"phone", false, "huvudnummer med riktnummer"},
			{"email", false, "officiell e-postadress"}, {"opens", true, "växeln öppnar: 8.00"},
			{"closes", true, "växeln stänger: 16.30"},
			{"joined", true, "första dagen, om den är senare än periodens: 2026-11-02"},
			{"left", true, "första dagen utan kontakter, om kommunen lämnar omgången"},
			{"population", true, "folkmängd det året"}, {"size_class", true, "storleksklass det året: 20000-29999"},
		},
		Example: "municipality,phone,email,opens,closes\n0305,0171-525 00,kommun@example.se,8.00,16.30\n" +
			"1480,031-365 00 00,goteborg@example.se,,\n",
	},
	{
		path: "fragor", command: "questions", target: []any{"fragor"}, draft: true, take: takeQuestions, Title: "Frågor",
		Does: "Filen ersätter hela frågebanken. Det går så länge omgången är utkast och saknar kontakter.",
		Columns: []uploadColumn{
			{"area", false, "frågeområdets namn: bygglov"}, {"question", false, "kort kod, unik i omgången: BYGG1"},
			{"phone_text", false, "frågan i telefon; {kommun} byts mot kommunens namn"}, {"email_subject", false, "ämnesrad"},
			{"email_text", false, "e-brevets text"}, {"answer_key", false, "facit, en punkt per rad"},
			{"anchor_good", true, "ett gott svar"}, {"anchor_fair", true, "ett medelgott svar"},
			{"anchor_poor", true, "ett dåligt svar"},
		},
		Example: "area,question,phone_text,email_subject,email_text,answer_key\n" +
			"bygglov,BYGG1,Behöver jag bygglov för ett förråd?,Bygglov för förråd,\"Hej! Behöver jag bygglov för ett förråd " +
			"i {kommun}?\",Beror på storlek och läge\n",
	},
	{
		path: "bedomare", command: "evaluators", target: []any{"bedomare"}, take: takeEvaluators, Title: "Bedömare",
		Does: "Bedömare i filen läggs till; de som redan finns får filens uppgifter. Ingen tas bort. Går tills omgången " +
			"är stängd.",
		Columns: []uploadColumn{
			{"email", false, "adressen som hör till bedömarens konto"}, {"name", false, "namn"},
			{"from", false, "första dag: 2026-10-19; tomt är hela perioden"}, {"to", false, "sista dag"},
			{"calls_per_day", false, "högsta antal samtal en dag"}, {"emails_per_day", false, "högsta antal e-brev en dag"},
			{"absent", true, "frånvaro med semikolon emellan: 2026-10-26;2026-10-27"}, {"days", true, "veckodagar: mon-thu"},
			{"opens", true, "arbetstidens början, om den är egen: 8.00"}, {"closes", true, "arbetstidens slut: 15.00"},
		},
		Example: "email,name,from,to,calls_per_day,emails_per_day,absent,days\n" +
			"maja@example.se,Maja Lindqvist,,,40,40,2026-10-28,\n" +
			"petra@example.se,Petra Ek,2026-10-19,2026-11-06,30,30,,mon-thu\n",
	},
	{
		path: "tilldelning", command: "assignments", target: []any{"tilldelning"},
		take: takeAssignments, Title: "Tilldelning",
		Does: "Tilldelningar i filen läggs till dem som finns. Kommuner och bedömare ska vara inlästa först.",
		Columns: []uploadColumn{
			{"area", false, "frågeområdets namn"}, {"evaluator", false, "bedömarens e-postadress"},
			{"municipality", true, "kommunkod; tomt är alla kommuner"},
		},
		Example: "area,evaluator,municipality\nbygglov,maja@example.se,\nförskola,petra@example.se,0305\n",
	},
	{
		path: "kontakter", command: "contacts", target: []any{""}, take: takeContacts, Title: "Kontakter",
		Does: "Färdiga kontakter från ett annat system eller ett tidigare år. De räknas som godkända. " +
			"Samma kontakt (kommun, kanal, fråga och gång) skrivs över. Går tills omgången är stängd.",
		Columns: []uploadColumn{
			{"municipality, channel, question, replicate", false, "vilken kontakt: 0305, phone eller email, BYGG1, 1 eller 2"},
			{"evaluator, planned_at", false, "bedömarens adress och planerad tid"},
			{"disposition", false, "completed, no_contact, no_reply eller void; tomt för planerade"},
			{"outcome", false, "samtalets utfall: reached, busy, no_answer, queue_limit, voicemail, unavailable, bounced, " +
				"referred, closed, fault"},
			{"dialled_at, answered_at, connected_at, ended_at", false, "samtalets tider: 2026-10-20T09:00:00+02:00"},
			{"sent_at, auto_reply_at, first_reply_at, complete_reply_at", false, "e-brevets tider"},
			{"answer, information, interest, treatment", false, "good, fair eller poor; treatment även very_good"},
			{"greeting", false, "municipality+name+hello, det som sades"}, {"sender", false, "name+title+phone, det som angavs"},
			{"suspected, comment", false, "true eller false; fri text utan personnamn"},
			{"attempt", true, "nummer på uppringningen; tidigare försök är egna rader"},
		},
		Example: "municipality,channel,question,replicate,evaluator,planned_at,disposition,outcome,dialled_at," +
			"answered_at,connected_at,ended_at,sent_at," +
			"auto_reply_at,first_reply_at,complete_reply_at,answer,information,interest,treatment,greeting,sender,suspected," +
			"comment\n" +
			"0305,phone,BYGG1,1,maja@example.se,2026-10-20T09:00:00+02:00,completed,reached,2026-10-20T09:00:05+02:00," +
			"2026-10-20T09:00:16+02:00," +
			"2026-10-20T09:00:50+02:00,2026-10-20T09:03:20+02:00,,,,,good,fair,good,good,municipality+name+hello,,false,\n",
	},
	{
		path: "register", command: "municipalities", target: []any{"lagg-till-kommuner"},
		take: takeMunicipalities, Title: "Kommunregister",
		Does: "Programmet har redan Sveriges 290 kommuner. Läs in en fil när fakta har ändrats. Omgångar som redan har " +
			"kommunerna påverkas inte.",
		Columns: []uploadColumn{
			{"code", false, "kommunkod: 0305"}, {"name", false, "namn"}, {"county_code, county", false, "länskod och län"},
			{"population", false, "folkmängd"}, {"skr_group_code, skr_group", false, "SKR:s kommungrupp: A2"},
			{"size_class", false, "storleksklass: 20000-29999"},
		},
		Example: "code,name,county_code,county,population,skr_group_code,skr_group,size_class\n" +
			"0305,Håbo,03,Uppsala län,22631,A2,Pendlingskommun nära storstad,20000-29999\n",
	},
}

func takeParticipants(s *Server, c *visit, set survey.Setup, u uploaded) (string, error) {
	known, err := s.Service.Municipalities(c.ctx(), c.user)
	if err != nil {
		return "", err
	}
	ps, err := export.ReadParticipants(u.reader(), u.name, known, set)
	if err != nil {
		return "", err
	}
	fresh, changed := compareLines(set.Participants, ps, func(p survey.Participant) string { return p.Code })
	return linesText("kommun", "kommuner", len(ps), fresh, changed), s.Service.SaveParticipants(c.ctx(), c.user, set.Round.Code, ps)
}

func takeQuestions(s *Server, c *visit, set survey.Setup, u uploaded) (string, error) {
	qs, err := export.ReadQuestions(u.reader(), u.name, set.Round.Design)
	if err != nil {
		return "", err
	}
	fresh, changed := compareLines(set.Round.Design.Questions, qs, func(q survey.Question) string { return q.Code })
	said := linesText("fråga", "frågor", len(qs), fresh, changed)
	if gone := len(set.Round.Design.Questions) + fresh - len(qs); gone > 0 {
		said += " " + number(gone) + " som inte står i filen " + plural(gone, "är borttagen.", "är borttagna.")
	}
	return said, s.Service.ImportQuestions(c.ctx(), c.user, set.Round.Code, qs)
}

func takeEvaluators(s *Server, c *visit, set survey.Setup, u uploaded) (string, error) {
	es, err := export.ReadEvaluators(u.reader(), u.name, set)
	if err != nil {
		return "", err
	}
	fresh, changed := compareLines(set.Evaluators, es, func(e survey.Evaluator) string { return e.Email })
	return linesText("bedömare", "bedömare", len(es), fresh, changed), s.Service.SaveEvaluators(c.ctx(), c.user, set.Round.Code, es)
}

func takeAssignments(s *Server, c *visit, set survey.Setup, u uploaded) (string, error) {
	as, err := export.ReadAssignments(u.reader(), u.name, set)
	if err != nil {
		return "", err
	}
	fresh, _ := compareLines(set.Assignments, as, func(a survey.Assignment) survey.Assignment { return a })
	return linesText("tilldelning", "tilldelningar", len(as), fresh, 0), s.Service.AddAssignments(c.ctx(), c.user, set.Round.Code, as)
}

func takeContacts(s *Server, c *visit, set survey.Setup, u uploaded) (string, error) {
	if err := set.Round.Open(); err != nil {
		return "", err
	}
	cs, err := export.ReadContacts(u.reader(), u.name, set, s.Now())
	if err != nil {
		return "", err
	}
	changed, err := s.Service.ImportContacts(c.ctx(), c.user, set, cs)
	return readText("kontakt", "kontakter", len(cs), changed), err
}

func takeMunicipalities(s *Server, c *visit, _ survey.Setup, u uploaded) (string, error) {
	ms, err := export.ReadMunicipalities(u.reader(), u.name)
	if err != nil {
		return "", err
	}
	changed, err := s.Service.ImportMunicipalities(c.ctx(), c.user, ms)
	return readText("kommun", "kommuner", len(ms), changed), err
}

// readText is linesText where new ones are not told from changed ones.
func readText(one, many string, all, changed int) string {
	if changed == 0 {
		return linesText(one, many, all, 0, 0)
	}
	return counted(all, one, many) + " " + plural(all, "inläst", "inlästa") + ", " +
		counted(changed, "ny eller ändrad", "nya eller ändrade") + "."
}
