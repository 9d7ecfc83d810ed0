package survey

func practiceMails() []PracticeContact {
	return []PracticeContact{
		{
			Channel: Email, Question: "GRUN2", Title: "Utförligt och personligt",
			Story: `Hej!

Vad roligt att ni funderar på att flytta hit! För elever i förskoleklass till årskurs 3 gäller två kilometer till skolan. Är vägen farlig, eller har barnet en funktionsnedsättning, kan man få skjuts även om det är närmare.

Ni ansöker i e-tjänsten senast den 1 maj, eller så snart ni har flyttat. Tänk på att rätten faller bort om ni väljer en annan skola än den vi anvisar.

På kartan i länken kan ni mäta avståndet från adressen ni tittar på: [länk]. Hör gärna av er om ni undrar över ett särskilt hus.

[Namn]
Skolskjutshandläggare, barn- och utbildningsförvaltningen
[direktnummer]`,
			Key: Judgement{
				Sender: FullSender, Ratings: Ratings{Answer: Good, Information: Good, Treatment: VeryGood},
			},
			Reasons: Reasons{
				SenderPoint:   "Namn, titel och enhet samt ett direktnummer: fullständiga uppgifter.",
				onAnswer:      "Avståndet, de andra skälen, hur man ansöker och vad skolvalet betyder. Allt som står i facit finns med.",
				onInformation: "Kartan att mäta i är något utöver frågan.",
				onTreatment:   "Personligt, vänligt och hjälpsamt: knyter an till flytten och bjuder in till nya frågor.",
			},
		},
		{
			Channel: Email, Question: "ÄLDR2", Title: "Tre frågor, två svar",
			Story: `Hej,

Trygghetslarm söker man hos biståndshandläggaren, som gör en enkel prövning. Man får det om man känner sig otrygg hemma.

Avgiften är 210 kronor i månaden och räknas in i maxtaxan.

Mvh
[Namn], biståndshandläggare`,
			Key: Judgement{
				Sender: GaveName | GaveTitle, Ratings: Ratings{Answer: Fair, Information: Poor, Treatment: Good},
			},
			Reasons: Reasons{
				SenderPoint:   "Namn och titel, men inget telefonnummer.",
				onAnswer:      "Ansökan och avgift besvaras, men inte hur lång tid det tar. En del av frågan är medelgott, hur tydlig den delen än är.",
				onInformation: "Maxtaxan hör till facit. Inget kommer utöver svaret, ingen länk och ingen hänvisning.",
				onTreatment:   "Kort men vänligt och artigt. Ett kort brev är inte opersonligt för att det är kort.",
			},
		},
		{
			Channel: Email, Question: "KULT3", Title: "En länk i stället för svar",
			Story: `Hej

Information om uthyrning hittar du på vår hemsida.

Kultur- och fritidsförvaltningen`,
			Key: Judgement{
				Sender: GaveTitle, Ratings: Ratings{Answer: Poor, Information: Fair, Treatment: Fair},
			},
			Reasons: Reasons{
				SenderPoint:   "Bara enheten. En enhet räknas som titel eller enhet, men inte som namn.",
				onAnswer:      "Frågan om bokning, pris och tider besvaras inte. Att uppgifterna kanske finns på webben gör det inte till ett svar.",
				onInformation: "En allmän hänvisning är medelgott. En länk rakt till bokningen hade varit gott.",
				onTreatment:   "Korrekt men opersonligt. Det är inte avvisande: du får veta var det står.",
			},
		},
		{
			Channel: Email, Question: "KOML1", Title: "Rätt svar utan avsändare",
			Story: `Hej!

Protokollen finns på webbplatsen under Politik och möten. Vill du ha ett äldre protokoll skriver du till registrator, som tar fram det så snart det går. Du behöver inte uppge namn eller varför du vill ha det. Att läsa är gratis, och de första nio sidorna kopior är det också; därefter tar vi betalt enligt taxan.`,
			Key: Judgement{
				Sender: 0, Ratings: Ratings{Answer: Good, Information: Poor, Treatment: Fair},
			},
			Reasons: Reasons{
				SenderPoint:   "Ingen avsändare alls. Det som syns i adressfältet räknas inte, bara det som står i brevet.",
				onAnswer:      "Var protokollen finns, att man får vara anonym och vad kopior kostar: rätt och fullständigt.",
				onInformation: "Registrator är en del av svaret på hur man gör. Något utöver frågan finns inte.",
				onTreatment:   "Korrekt, men ingen avslutning och ingen avsändare: opersonligt. Att svaret är bra höjer inte bemötandet.",
			},
		},
		{
			Channel: Email, Question: "HAND3", Title: "Varmt men inte till hjälp",
			Story: `Hej och tack för ditt mejl!

Vad fint att du bryr dig om din vän. Sjukresor beställer man hos regionen, och de tar en egenavgift på ungefär hundra kronor. Hon kan ringa dem på vardagar så hjälper de henne säkert.

Jag har bifogat deras broschyr, och tveka inte att höra av dig igen om det är något du undrar.

Allt gott!
[Namn]
Servicecenter, [telefonnummer]`,
			Key: Judgement{
				Sender: FullSender, Ratings: Ratings{Answer: Poor, Information: Good, Treatment: VeryGood},
			},
			Reasons: Reasons{
				SenderPoint:   "Namn, enhet och telefon. En enhet duger i stället för titel.",
				onAnswer:      "Svarar på något annat: sjukresor är inte färdtjänst. Det är dåligt även om uppgifterna om sjukresor skulle stämma.",
				onInformation: "Broschyren är något utöver frågan. Att den handlar om fel sak är redan bedömt i svaret.",
				onTreatment:   "Personligt, vänligt och hjälpsamt. Skilj på hur du blev bemött och om du fick hjälp.",
			},
		},
		{
			Channel: Email, Question: "GATA6", Title: "Rätt i sak, snäsigt i tonen",
			Story: `Det här framgår av vår broschyr som alla fastighetsägare har fått hem och som du borde ha läst. 70 cm i hörnet, tio meter åt vardera hållet. Inget får sticka ut över tomtgränsen under 2,5 m över gångbana, 3,2 m över cykelbana och 4,7 m över gata. Sköts det inte klipper vi på din bekostnad.

[Namn]
Gatuingenjör`,
			Key: Judgement{
				Sender: GaveName | GaveTitle, Ratings: Ratings{Answer: Good, Information: Poor, Treatment: Poor},
			},
			Reasons: Reasons{
				SenderPoint:   "Namn och titel, inget telefonnummer.",
				onAnswer:      "Höjden i hörnet, sträckan och höjderna över gång, cykel och gata. Allt finns, så svaret är gott oavsett ton.",
				onInformation: "Broschyren nämns som en förebråelse och bifogas inte. Att kommunen klipper hör till ansvaret i facit.",
				onTreatment:   "Överlägset och hotfullt: ”borde ha läst”. Det är mer än opersonligt.",
			},
		},
	}
}
