package survey

import (
	"slices"
	"strings"
	"time"
)

// QuestionArea is one of the round's areas, by its lower-case Swedish name:
// "individ- och familjeomsorg".
type QuestionArea string

// Title is the area's name with a capital first letter.
func (a QuestionArea) Title() string {
	r := []rune(string(a))
	if len(r) == 0 {
		return ""
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// Question is one thing that is asked in every municipality.
type Question struct {
	Area         QuestionArea
	Code         string // short and unique in the round: "BYGG1"
	PhoneText    string // as a resident would say it; {kommun} stands for the municipality's name
	EmailSubject string
	EmailText    string
	AnswerKey    string // points a right answer holds, one per line
	AnchorGood   string // what a good, fair and poor answer to this question looks like; may be empty
	AnchorFair   string
	AnchorPoor   string
	// Withdrawn: no further contacts are planned. Those made count as before.
	Withdrawn bool
}

// Anchor is the question's own words for a level of the answer, or "".
func (q Question) Anchor(l LevelCode) string {
	switch l {
	case Good:
		return q.AnchorGood
	case Fair:
		return q.AnchorFair
	case Poor:
		return q.AnchorPoor
	case VeryGood: // no answer is rated so
	}
	return ""
}

// Said fills in the municipality's name where a text has {kommun}.
func Said(text, municipality string) string {
	return strings.ReplaceAll(text, "{kommun}", municipality)
}

// Weight is the share of one measure in an impression. Only proportions count.
type Weight struct {
	Measure string // code of domain.md §5
	Points  float64
}

// Weights of the impressions of domain.md §5.
type Weights struct {
	Phone, Email []Weight
	// PhoneShare and EmailShare weigh the two channels in the overall impression.
	PhoneShare, EmailShare float64
}

// Design is how a round measures: its questions, its scales and its limits.
type Design struct {
	Areas          []QuestionArea
	Questions      []Question // by area in Areas' order, then code
	Replicates     int        // contacts per question, municipality and channel
	Criteria       []Criterion
	GoodWithin     time.Duration // accessibility is good when connected within this, fair when later
	WaitLimit      time.Duration // how long the evaluator waits for a handläggare
	MaxAttempts    int           // counted attempts per phone contact, 1–3
	RetryDelays    []RetryDelay  // how long to wait before dialling again; DefaultRetryDelays for outcomes not listed
	HoldFor        time.Duration // how long a contact handed out stays with who got it, untouched; zero: DefaultHold
	ReplyCutoff    time.Duration // office time after which an e-mail is unanswered
	Weights        Weights
	MinBase        int    // counted contacts of a channel needed to take part in its places and means
	SmallBase      int    // a figure with a smaller base is marked and has no place
	ReviewRequired bool   // contacts count only when approved
	Definitions    string // version of the measure definitions

	PracticeRequired     bool // evaluators pass the practice before their first real contact
	PracticePass         int  // percent of points that must agree then; zero: DefaultPracticePass
	PracticeFromContacts bool // reviewed contacts may become practice contacts
}

// Quota is the number of contacts per municipality and channel. Those made
// before a question was withdrawn come on top.
func (d Design) Quota() int { return len(d.Asked()) * d.Replicates }

// Asked lists the questions that contacts are still planned for.
func (d Design) Asked() []Question {
	return slices.DeleteFunc(slices.Clone(d.Questions), func(q Question) bool { return q.Withdrawn })
}

// Question finds a question by its code.
func (d Design) Question(code string) (Question, bool) {
	i := slices.IndexFunc(d.Questions, func(q Question) bool { return q.Code == code })
	if i < 0 {
		return Question{}, false
	}
	return d.Questions[i], true
}

// Area finds one of the round's areas by name, whatever its case.
func (d Design) Area(name string) (QuestionArea, bool) {
	want := QuestionArea(strings.ToLower(strings.TrimSpace(name)))
	return want, slices.Contains(d.Areas, want)
}

// Criterion finds a criterion by channel and code.
func (d Design) Criterion(ch Channel, code CriterionCode) (Criterion, bool) {
	i := slices.IndexFunc(d.Criteria, func(c Criterion) bool { return c.Channel == ch && c.Code == code })
	if i < 0 {
		return Criterion{}, false
	}
	return d.Criteria[i], true
}

// CriteriaFor lists the criteria of a channel in order.
func (d Design) CriteriaFor(ch Channel) []Criterion {
	var cs []Criterion
	for _, c := range d.Criteria {
		if c.Channel == ch {
			cs = append(cs, c)
		}
	}
	return cs
}

// Check says everything that makes the design unusable.
func (d Design) Check() FieldErrors {
	var errs FieldErrors
	if d.Replicates < 1 || d.Replicates > 4 {
		errs.Add("replicates", "Skriv 1–4 kontakter per fråga och kanal.")
	}
	if d.MaxAttempts < 1 || d.MaxAttempts > 3 {
		errs.Add("max_attempts", "Skriv 1–3 försök per samtal.")
	}
	if d.WaitLimit < 30*time.Second || d.WaitLimit > time.Hour {
		errs.Add("wait_limit", "Väntegränsen ska vara 30–3600 sekunder.")
	}
	if d.GoodWithin <= 0 || d.GoodWithin > d.WaitLimit {
		errs.Add("good_within", "Gränsen för god tillgänglighet ska vara minst 1 sekund och högst väntegränsen.")
	}
	if d.ReplyCutoff < time.Hour || d.ReplyCutoff > 900*time.Hour {
		errs.Add("reply_cutoff", "Stoppgränsen för svar ska vara 1–900 timmar kontorstid.")
	}
	if d.MinBase < 0 || d.SmallBase < 0 {
		errs.Add("min_base", "Basgränser kan inte vara negativa.")
	}
	errs = append(errs, d.checkDelays()...)
	for _, w := range append(slices.Clone(d.Weights.Phone), d.Weights.Email...) {
		if w.Points < 0 {
			errs.Add("weight_"+w.Measure, "En vikt kan inte vara negativ.")
		}
	}
	if d.Weights.PhoneShare < 0 || d.Weights.EmailShare < 0 || d.Weights.PhoneShare+d.Weights.EmailShare == 0 {
		errs.Add("phone_share", "Skriv vikter för telefon och e-post som tillsammans är mer än 0.")
	}
	return errs
}
