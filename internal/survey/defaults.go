package survey

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"servicematning/internal/officehours"
)

//go:embed bank/municipalities.csv
var municipalitiesCSV []byte

//go:embed bank/questions.csv
var questionsCSV []byte

// BundledMunicipalities lists Sweden's 290 as the program carries them
// (SCB 2025-01-01, population 2024-12-31, SKR's groups of 2023).
var BundledMunicipalities = sync.OnceValue(func() []Municipality {
	rows := embedded(municipalitiesCSV)
	ms := make([]Municipality, len(rows))
	for i, r := range rows {
		population, err := strconv.Atoi(r[4])
		if err != nil {
			panic(fmt.Sprintf("bundled municipalities, line %d: %v", i+2, err))
		}
		ms[i] = Municipality{
			Code: r[0], Name: r[1], CountyCode: r[2], County: r[3], Population: population,
			SKRGroupCode: r[5], SKRGroup: r[6], SizeClass: r[7],
		}
	}
	return ms
})

// BundledQuestions is the question bank that a new round starts with: six per area.
var BundledQuestions = sync.OnceValue(func() []Question {
	rows := embedded(questionsCSV)
	qs := make([]Question, len(rows))
	for i, r := range rows {
		qs[i] = Question{
			Area: QuestionArea(r[0]), Code: r[1], PhoneText: r[2], EmailSubject: r[3], EmailText: r[4],
			AnswerKey: r[5], AnchorGood: r[6], AnchorFair: r[7], AnchorPoor: r[8],
		}
	}
	return qs
})

// embedded reads a bundled file without its header. The files are part of the
// program and are checked by tests, so a fault in them stops it.
func embedded(data []byte) [][]string {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) < 2 {
		panic(fmt.Sprintf("bundled file: %v", err))
	}
	return rows[1:]
}

// DefaultAreas are the ten question areas of domain.md §1.
func DefaultAreas() []QuestionArea {
	return []QuestionArea{
		"bygglov", "förskola", "grundskola", "individ- och familjeomsorg", "miljö och hälsa",
		"gator och vägar", "äldreomsorg", "handikappomsorg", "kultur och fritid", "kommunledningskontoret",
	}
}

// Definitions is the version of the measure definitions of domain.md §5 that
// this program computes. Rounds with the same version are comparable; a change
// to what a measure counts needs a new one.
const Definitions = "2019"

// DefaultDesign is the design of domain.md with the bundled question bank;
// definitions names the version of the measure definitions.
func DefaultDesign(definitions string) Design {
	return Design{
		Areas:       DefaultAreas(),
		Questions:   append([]Question(nil), BundledQuestions()...),
		Replicates:  2,
		Criteria:    defaultCriteria(),
		GoodWithin:  60 * time.Second,
		WaitLimit:   300 * time.Second,
		MaxAttempts: 1,
		ReplyCutoff: 90 * time.Hour,
		Weights: Weights{
			Phone: []Weight{
				{"phone_reached_60", 20}, {"phone_direct_answer", 25}, {"phone_information", 15},
				{"phone_interest", 15}, {"phone_treatment_index", 20}, {"phone_greeting", 5},
			},
			Email: []Weight{
				{"email_replied_1d", 30}, {"email_answer", 30}, {"email_information", 15},
				{"email_sender", 10}, {"email_treatment", 15},
			},
			PhoneShare: 50, EmailShare: 50,
		},
		MinBase:     100,
		SmallBase:   30,
		Definitions: definitions,
	}
}

func defaultCriteria() []Criterion {
	return []Criterion{
		{Answer, Phone, "Svar på frågan", []Level{
			{Good, "Svarar rätt och fullständigt på frågan."},
			{Fair, "Svarar delvis, eller fullständigt först efter följdfrågor."},
			{Poor, "Svarar fel, gissar eller hänvisar bara vidare."}}},
		{Information, Phone, "Information", []Level{
			{Good, "Ger något utöver frågan: tips, bakgrund eller nästa steg."},
			{Fair, "Ger en hänvisning eller ett tips."},
			{Poor, "Ger enbart svaret."}}},
		{Interest, Phone, "Intresse och engagemang", []Level{
			{Good, "Tar reda på, ställer motfrågor, ger sig tid."},
			{Fair, "Svarar villigt men lämnar resten åt dig."},
			{Poor, "Ointresserad, stressad, vill avsluta."}}},
		{Treatment, Phone, "Bemötande", []Level{
			{VeryGood, "Vänlig, hjälpsam, gör mer än man väntar sig."},
			{Good, "Vänlig och artig."},
			{Fair, "Korrekt men opersonlig."},
			{Poor, "Otrevlig, avvisande eller överlägsen."}}},
		{Answer, Email, "Svar på frågan", []Level{
			{Good, "Svarar rätt och fullständigt på frågan."},
			{Fair, "Svarar på en del av frågan."},
			{Poor, "Svarar fel eller på något annat."}}},
		{Information, Email, "Merinformation", []Level{
			{Good, "Något utöver frågan, till exempel en länk eller karta."},
			{Fair, "En allmän hänvisning."},
			{Poor, "Inget utöver svaret."}}},
		{Treatment, Email, "Bemötande", []Level{
			{VeryGood, "Personligt, vänligt och hjälpsamt."},
			{Good, "Vänligt och artigt."},
			{Fair, "Korrekt men opersonligt."},
			{Poor, "Avvisande eller otrevligt."}}},
	}
}

// NewRound makes a draft round with the default design and a calendar of
// Swedish working days for the years the period touches.
func NewRound(code string, period FieldPeriod) (Round, error) {
	var errs FieldErrors
	if code == "" || len(code) > 20 || !plainCode(code) || strings.EqualFold(code, newWord) {
		errs.Add("code", "Skriv en kort kod med bokstäver, siffror eller bindestreck, till exempel 2026.")
	}
	if period.From.IsZero() {
		errs.Add("from", "Skriv periodens första dag, till exempel 2026-10-19.")
	}
	if period.To.IsZero() {
		errs.Add("to", "Skriv periodens sista dag, till exempel 2026-11-20.")
	}
	if !period.From.IsZero() && period.To.Before(period.From) && !period.To.IsZero() {
		errs.Add("to", "Periodens sista dag kan inte ligga före den första.")
	}
	if !period.From.IsZero() && period.From.DaysUntil(period.To) > 366 {
		errs.Add("to", "Perioden kan inte vara längre än ett år.")
	}
	if err := errs.Err(); err != nil {
		return Round{}, err
	}
	return Round{
		ID: NewID[Round](), Code: code, Revision: 1, Stage: Draft, Period: period,
		Design:      DefaultDesign(Definitions),
		Calendar:    officehours.SwedishCalendar(period.From.Year, period.To.Year+1),
		Publication: Publication{Own: true},
		Version:     1,
	}, nil
}

// newWord is no round's code: in addresses it is where a round is made.
const newWord = "ny"

func plainCode(s string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
	return strings.Trim(s, letters) == ""
}
