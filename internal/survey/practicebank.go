package survey

import "slices"

// BundledPractice is the practice contacts that come with the program, on
// questions of the bundled bank: easy ones, and ones that people judge
// differently. They name no municipality and nobody who works there.
func BundledPractice() []PracticeContact {
	list := slices.Concat(practiceCalls(), practiceMails())
	for i := range list {
		list[i].Position, list[i].Version = i+1, 1
	}
	return list
}

// The criteria as points of the bundled practice.
const (
	onAnswer      = "answer"
	onInformation = "information"
	onInterest    = "interest"
	onTreatment   = "treatment"
)

func practiceCalls() []PracticeContact {
	return []PracticeContact{
		{
			Channel: Phone, Question: "BYGG1", Title: "Rätt svar, men det går undan",
			Story: `0.00 Du ringer kommunens huvudnummer.
0.09 ”Kommunen, hej, det är [namn].” Du ber att få fråga om ett förråd.
0.21 ”Jag kopplar.”
0.34 ”Bygglov.” Du ställer din fråga.
0.48 ”Du behöver inget lov för tolv kvadrat om det är lägre än fyra meter och ni inte redan har byggt bort ytan med andra bodar. Fyra och en halv meter till gränsen, annars ska grannen gå med på det.”
1.07 Du frågar om detaljplanen kan säga något annat. ”Ja, det kan den. Den ligger på kartan på vår webbplats. Var det bra så?” Det hörs att någon väntar.
1.15 ”Hej då.” Samtalet avslutas.`,
			Key: Judgement{
				Outcome: Reached, Greeting: FullGreeting,
				Ratings: Ratings{Answer: Good, Information: Fair, Interest: Poor, Treatment: Fair},
			},
			Reasons: Reasons{
				OutcomePoint:  "Du kopplades till bygglov, och där kunde personen svara på frågan. Att det gick fort ändrar inte utfallet.",
				GreetingPoint: "Växeln sade kommunens namn, sitt eget namn och hej. Hur bygglov svarade räknas inte: hälsningsfrasen gäller huvudnumret.",
				onAnswer:      "Om lov krävs, varför (ytan och höjden), att andra bodar räknas in och vad som gäller vid gränsen. Allt kom utan följdfrågor.",
				onInformation: "Hänvisningen till kartan är ett tips. För god krävs något mer, till exempel nästa steg eller hur man läser planen.",
				onInterest:    "Inga motfrågor, stressat, och vill avsluta. Ett rätt svar gör inte intresset bättre än det var.",
				onTreatment:   "Korrekt men opersonligt. Det var aldrig otrevligt eller avvisande, så det är inte dåligt.",
			},
		},
		{
			Channel: Phone, Question: "FÖRS2", Title: "Hela svaret, men bit för bit",
			Story: `0.00 Du ringer kommunens huvudnummer.
0.14 ”Välkommen till [kommunens namn].” En röst ber dig välja; du väljer barn och utbildning.
0.52 ”Hej, du har kommit till kontaktcenter, jag heter [namn].” Du ställer din fråga.
1.10 ”Man söker i vår e-tjänst med BankID.”
1.18 Det blir tyst. Du frågar hur långt innan ni måste söka. ”Ja, just det. Vi ska erbjuda plats inom fyra månader, så räkna med det.”
1.36 Du frågar om ni kan söka innan ni har flyttat. ”Det går bra. Ni behöver bara kunna visa att ni ska flytta hit, till exempel ett köpekontrakt.”
1.58 ”Lycka till med flytten!” Samtalet avslutas.`,
			Key: Judgement{
				Outcome: Reached, Greeting: FullGreeting,
				Ratings: Ratings{Answer: Fair, Information: Poor, Interest: Fair, Treatment: Good},
			},
			Reasons: Reasons{
				OutcomePoint:  "En vägledare i kontaktcenter som kan svara på frågan räknas som handläggare.",
				GreetingPoint: "Rösten sade kommunens namn, och vägledaren sade hej och sitt namn. Tillsammans är det en fullständig hälsningsfras.",
				onAnswer:      "Svaret blev fullständigt, men först efter två följdfrågor. Då är det medelgott, även om allt stämmer.",
				onInformation: "Köpekontraktet hör till svaret på din följdfråga. Inget kom utöver det du frågade om.",
				onInterest:    "Villig att svara, men du fick driva samtalet själv. Ointresserad var personen inte.",
				onTreatment:   "Vänlig och artig, och önskade lycka till. För mycket god krävs mer än man väntar sig.",
			},
		},
		{
			Channel: Phone, Question: "KOML4", Title: "Hjälpsam men fel",
			Story: `0.00 Du ringer kommunens huvudnummer.
0.07 ”God morgon, välkommen till kommunen, du talar med [namn].” Du ställer din fråga redan här.
0.20 ”Vilken bra fråga. Vänta, så ska du få tala med någon som kan det.”
1.12 ”Hej, [namn] på kansliet. Berätta, vad kan jag hjälpa dig med?”
1.40 ”Är det ett beslut om dig, eller något som fullmäktige har bestämt? Jag frågar för att det inte är samma sak.” Du säger att du vill förstå skillnaden.
2.05 ”Gäller det dig själv skickar du överklagandet hit till oss. Är det fullmäktige går det direkt till förvaltningsrätten. I båda fallen har du två månader på dig.”
2.50 ”Det står alltid längst ned i beslutet hur man gör. Vill du att jag mejlar dig en länk till sidan där det står? Och ring gärna mig direkt om det är något mer.”
3.20 Samtalet avslutas.`,
			Key: Judgement{
				Outcome: Reached, Greeting: FullGreeting,
				Ratings: Ratings{Answer: Poor, Information: Good, Interest: Good, Treatment: VeryGood},
			},
			Reasons: Reasons{
				OutcomePoint:  "Du nådde en handläggare på kansliet. Att svaret var fel hör till svaret, inte till utfallet.",
				GreetingPoint: "Kommunens namn, eget namn och hälsning: alla tre.",
				onAnswer:      "Tiden är tre veckor, inte två månader. Fel tid kan göra att någon förlorar sin rätt, och facit säger att fel tid är dåligt, även om resten stämmer.",
				onInformation: "Berättade var i beslutet det står och erbjöd en länk: något utöver frågan. Att en uppgift var fel bedöms i svaret och dras inte av två gånger.",
				onInterest:    "Ställde motfrågor, gav sig tid och tog reda på vem som kunde svara.",
				onTreatment:   "Vänlig, hjälpsam och bjöd in att ringa igen: mer än man väntar sig. Låt inte det felaktiga svaret färga bemötandet.",
			},
		},
		{
			Channel: Phone, Question: "KULT1", Title: "Växeln svarar själv",
			Story: `0.00 Du ringer kommunens huvudnummer.
0.11 ”Kommunen.” Du ställer din fråga.
0.30 ”Det kan jag svara på, jag jobbar extra på biblioteket. Ta med legitimation. Barn får eget kort från sex år, och då skriver en förälder under.”
0.49 ”Du ordnar det i vilket bibliotek som helst och det kostar ingenting.”
1.02 Samtalet avslutas.`,
			Key: Judgement{
				Outcome: Reached, Greeting: SaidMunicipality,
				Ratings: Ratings{Answer: Good, Information: Poor, Interest: Fair, Treatment: Good},
			},
			Reasons: Reasons{
				OutcomePoint:  "Handläggare är den som kan svara på frågan. Kan växeln det trycker du Handläggare när svaret börjar.",
				GreetingPoint: "Bara kommunens namn. Varken hälsning eller eget namn sades.",
				onAnswer:      "Vuxna, barn, var man får kortet och att det är gratis: rätt och fullständigt på en gång.",
				onInformation: "Enbart svaret. Att personen jobbar extra på biblioteket hjälper inte dig vidare.",
				onInterest:    "Svarade villigt men frågade inget tillbaka.",
				onTreatment:   "Vänlig och tillmötesgående, men inget utöver det vanliga.",
			},
		},
		{
			Channel: Phone, Question: "IFO2", Title: "Någon svarar, men kan inget säga",
			Story: `0.00 Du ringer kommunens huvudnummer.
0.13 ”Hej och välkommen till kommunen, mitt namn är [namn].” Du ställer din fråga.
0.31 ”Vi har en budgetrådgivare, men hon är på semester till på måndag. Jag vet tyvärr inte mer än så. Du kan höra av dig då.”
0.52 Du frågar om någon annan kan svara. ”Nej, tyvärr, hon är ensam om det.”
1.00 Samtalet avslutas.`,
			Key: Judgement{Outcome: Unavailable, Greeting: FullGreeting},
			Reasons: Reasons{
				OutcomePoint:  "Du fick besked om frånvaro. Växeln kunde inte svara på frågan, så ingen handläggare nåddes, hur trevlig personen än var. Kvaliteten bedöms inte.",
				GreetingPoint: "Kommunens namn, eget namn och hälsning sades. Hälsningsfrasen bedöms även när ingen handläggare nås.",
			},
		},
		{
			Channel: Phone, Question: "KULT3", Title: "”Allt står på hemsidan”",
			Story: `0.00 Du ringer kommunens huvudnummer.
0.18 ”Kommunens kontaktcenter, hej.” Du ställer din fråga.
0.33 ”Allt om lokaler ligger på hemsidan under Uppleva och göra. Gå in där så ser du priser och bokning.”
0.47 Du säger att du hellre vill få svar nu. ”Vi tar inte det per telefon.”
0.55 Samtalet avslutas.`,
			Key: Judgement{Outcome: Referred, Greeting: SaidMunicipality | SaidHello},
			Reasons: Reasons{
				OutcomePoint:  "Du hänvisades till webben och kopplades inte till någon som svarar. Det är inte kontakt med handläggare, och samtalet ringes inte om. I ett riktigt samtal skriver du i anteckningen vart du hänvisades.",
				GreetingPoint: "Kommunens namn och hej, men inget eget namn.",
			},
		},
	}
}
