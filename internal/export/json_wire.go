package export

import (
	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// The JSON of the interface description. Names and order of what it lists are
// a promise; additions stand after them.

type headJSON struct {
	Round        string       `json:"round"`
	Revision     int          `json:"revision"`
	Definitions  string       `json:"definitions"`
	Stage        survey.Stage `json:"stage"`
	Participants int          `json:"participants"`
}

// tailJSON comes after the municipalities.
type tailJSON struct {
	Weights  weightsJSON   `json:"weights"`
	Measures []measureJSON `json:"measures"`
}

// weightsJSON are the points of each measure in the impressions.
type weightsJSON struct {
	Phone      []weightJSON `json:"phone"`
	Email      []weightJSON `json:"email"`
	PhoneShare float64      `json:"phone_share"`
	EmailShare float64      `json:"email_share"`
}

type weightJSON struct {
	Measure string  `json:"measure"`
	Points  float64 `json:"points"`
}

// measureJSON says once what each figure means.
type measureJSON struct {
	Code    string         `json:"code"`
	Title   string         `json:"title"`
	Channel survey.Channel `json:"channel"`
	Unit    results.Unit   `json:"unit"`
	Better  string         `json:"better"`
	Formula string         `json:"formula"`
}

type municipalityJSON struct {
	Code          string             `json:"code"`
	Name          string             `json:"name"`
	SizeClass     string             `json:"size_class"`
	CountyCode    string             `json:"county_code"`
	Measures      []figureJSON       `json:"measures"`
	Areas         []areaJSON         `json:"areas"`
	County        string             `json:"county"`
	SKRGroupCode  string             `json:"skr_group_code"`
	SKRGroup      string             `json:"skr_group"`
	Population    int                `json:"population"`
	Contacts      contactsJSON       `json:"contacts"`
	Distributions []distributionJSON `json:"distributions"`
	AnswerTimes   []timeClassJSON    `json:"answer_times"`
}

// contactsJSON are the contacts that count, per channel.
type contactsJSON struct {
	Phone int `json:"phone"`
	Email int `json:"email"`
}

// valueJSON is a figure by itself. Base is null for impressions, Count for
// what is not a share, Value when the base is empty.
type valueJSON struct {
	Code  string       `json:"code"`
	Base  *int         `json:"base"`
	Count *int         `json:"count"`
	Value *float64     `json:"value"`
	Unit  results.Unit `json:"unit"`
	Low   *float64     `json:"low"`
	High  *float64     `json:"high"`
}

// figureJSON is a figure with what it is compared with.
type figureJSON struct {
	valueJSON
	Place       *int              `json:"place"`
	Of          *int              `json:"of"`
	PlaceLow    *int              `json:"place_low"`
	PlaceHigh   *int              `json:"place_high"`
	Quartile    *results.Quartile `json:"quartile"`
	Means       meansJSON         `json:"means"`
	Previous    *previousJSON     `json:"previous,omitempty"`
	CountyPlace *int              `json:"county_place"`
	CountyOf    *int              `json:"county_of"`
	ClassPlace  *int              `json:"class_place"`
	ClassOf     *int              `json:"class_of"`
	Small       bool              `json:"small"`
	Rescaled    bool              `json:"rescaled"`
	Formula     string            `json:"formula"`
}

type meansJSON struct {
	All       *float64 `json:"all"`
	SizeClass *float64 `json:"size_class"`
	County    *float64 `json:"county"`
	SKRGroup  *float64 `json:"skr_group"`
}

type previousJSON struct {
	Round      string   `json:"round"`
	Value      *float64 `json:"value"`
	Comparable bool     `json:"comparable"`
	Change     *float64 `json:"change"`
	Low        *float64 `json:"low"`
	High       *float64 `json:"high"`
}

type areaJSON struct {
	Area          survey.QuestionArea `json:"area"`
	Measures      []areaFigureJSON    `json:"measures"`
	Distributions []distributionJSON  `json:"distributions"`
}

type areaFigureJSON struct {
	valueJSON
	Means    areaMeansJSON `json:"means"`
	Rescaled bool          `json:"rescaled"`
}

type areaMeansJSON struct {
	All *float64 `json:"all"`
}

type distributionJSON struct {
	Channel   survey.Channel       `json:"channel"`
	Criterion survey.CriterionCode `json:"criterion"`
	Title     string               `json:"title"`
	Base      int                  `json:"base"`
	Levels    []levelJSON          `json:"levels"`
}

type levelJSON struct {
	Level survey.LevelCode `json:"level"`
	Count int              `json:"count"`
}

type timeClassJSON struct {
	Class string `json:"class"`
	Count int    `json:"count"`
}
