package results

import (
	"time"

	"servicematning/internal/survey"
)

// Report is every figure of a round at one moment.
type Report struct {
	Round       string // code
	Revision    int
	Definitions string
	Stage       survey.Stage
	Computed    time.Time
	Weights     survey.Weights
	Profiles    []Profile // by municipality code
	// AreaMeans holds, per area in the design's order and measure in
	// Measures' order, the unweighted mean over all participants.
	AreaMeans []AreaMeans
}

// AreaMeans are the means over all participants within one question area.
type AreaMeans struct {
	Area  survey.QuestionArea
	Means []Optional // by measure, in the order of Measures
}

// Optional is a number that may be unknown.
type Optional struct {
	Value float64
	Known bool
}

// Value is one figure: what was counted, out of how many, and the result.
type Value struct {
	Base     int // contacts the figure rests on
	Count    int // contacts that fulfil it; only for shares
	Result   Optional
	Low      Optional // 95 % interval; unknown where none is computed
	High     Optional
	Rescaled bool // an impression some of whose measures had an empty base
}

// Place is a rank: 1, 2, 2, 4. Rank 0 means no place.
type Place struct {
	Rank, Of int
}

// Quartile is where among all places a figure lies.
type Quartile string

// The quartiles; "" where there is no place.
const (
	Best   Quartile = "best"
	Middle Quartile = "middle"
	Worst  Quartile = "worst"
)

// Means are the unweighted group means that a municipality is compared with,
// itself included.
type Means struct {
	All, SizeClass, County, SKRGroup Optional
}

// Change compares a figure with the previous round's.
type Change struct {
	Round      string
	Value      Optional
	Comparable bool     // same version of the definitions
	Change     Optional // difference, in the measure's unit
	Low, High  Optional // its 95 % interval, for shares
}

// Figure is one measure of one municipality with all it is compared with.
type Figure struct {
	Measure string // code
	Value
	Small    bool // base under the round's limit: shown, marked, no place
	Place    Place
	InCounty Place
	InClass  Place
	Quartile Quartile
	Means    Means
	Previous *Change // nil: no earlier round
}

// Level is how many contacts were rated at one level.
type Level struct {
	Level survey.LevelCode
	Count int
}

// Distribution is one criterion's ratings over its whole scale; a level that
// no one gave is there with 0.
type Distribution struct {
	Channel   survey.Channel
	Criterion survey.CriterionCode
	Title     string
	Base      int // contacts the criterion could be rated on
	Levels    []Level
}

// TimeClass is how many calls were connected within a span of waiting.
type TimeClass struct {
	Title string // "≤ 30 s", "31–60 s", "61–120 s", "> 120 s", "ingen handläggare"
	Count int
}

// AreaProfile is a municipality's figures within one question area.
type AreaProfile struct {
	Area          survey.QuestionArea
	Values        []Value // by measure, in the order of Measures
	Distributions []Distribution
}

// Profile is one municipality's result in one round.
type Profile struct {
	Participant   survey.Participant
	Phone, Email  int      // counted contacts per channel
	Figures       []Figure // in the order of Measures
	Distributions []Distribution
	AnswerTimes   []TimeClass // dialled → handläggare, all counted calls
	Areas         []AreaProfile
}

// Figure finds a figure by measure code.
func (p Profile) Figure(measure string) (Figure, bool) {
	for _, f := range p.Figures {
		if f.Measure == measure {
			return f, true
		}
	}
	return Figure{}, false
}

// Profile finds a municipality's profile by code.
func (r Report) Profile(code string) (Profile, bool) {
	for _, p := range r.Profiles {
		if p.Participant.Code == code {
			return p, true
		}
	}
	return Profile{}, false
}
