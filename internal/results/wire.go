package results

import (
	"time"

	"servicematning/internal/survey"
)

// format is the version of the frozen document. A document is kept for as long
// as the round is, so an older format must stay readable.
const format = 1

// document is the frozen document of a closed round: what was measured, by
// which rules, and every figure. It says once what stands in which column of
// its tables, and is the same bytes whenever it is made of the same report.
type document struct {
	Format      int           `json:"format"`
	Round       string        `json:"round"`
	Revision    int           `json:"revision"`
	Definitions string        `json:"definitions"`
	Stage       survey.Stage  `json:"stage"`
	Computed    time.Time     `json:"computed"`
	Frozen      time.Time     `json:"frozen"`
	Previous    string        `json:"previous,omitempty"` // the round that changes are counted from
	Period      wirePeriod    `json:"period"`
	Calendar    wireCalendar  `json:"calendar"`
	Limits      wireLimits    `json:"limits"`
	Weights     wireWeights   `json:"weights"`
	Measures    []wireMeasure `json:"measures"`

	Areas       []survey.QuestionArea `json:"areas"`
	Criteria    []wireCriterion       `json:"criteria"`
	TimeClasses []string              `json:"time_classes"`

	ValueColumns  []string `json:"value_columns"`
	FigureColumns []string `json:"figure_columns"`
	LevelColumns  []string `json:"level_columns"`
	Quartiles     []string `json:"quartiles"` // 1, 2, 3 in the column quartile

	AreaMeans      table         `json:"area_means"` // a row per area, a column per measure
	Municipalities []wireProfile `json:"municipalities"`
}

type wirePeriod struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Label string `json:"label,omitempty"`
}

type wireCalendar struct {
	Opens      string          `json:"opens"`
	Closes     string          `json:"closes"`
	Exceptions []wireException `json:"exceptions"` // by date
}

type wireException struct {
	Date   string `json:"date"`
	Name   string `json:"name"`
	Opens  string `json:"opens,omitempty"` // both missing: closed all day
	Closes string `json:"closes,omitempty"`
}

type wireLimits struct {
	GoodWithin     float64 `json:"good_within_seconds"`
	WaitLimit      float64 `json:"wait_limit_seconds"`
	MaxAttempts    int     `json:"max_attempts"`
	ReplyCutoff    float64 `json:"reply_cutoff_hours"`
	Replicates     int     `json:"replicates"`
	Questions      int     `json:"questions"`
	MinBase        int     `json:"min_base"`
	SmallBase      int     `json:"small_base"`
	ReviewRequired bool    `json:"review_required"`
}

type wireWeights struct {
	Phone      []wireWeight `json:"phone"`
	Email      []wireWeight `json:"email"`
	PhoneShare float64      `json:"phone_share"`
	EmailShare float64      `json:"email_share"`
}

type wireWeight struct {
	Measure string  `json:"measure"`
	Points  float64 `json:"points"`
}

type wireMeasure struct {
	Code       string         `json:"code"`
	Channel    survey.Channel `json:"channel,omitempty"`
	Title      string         `json:"title"`
	Formula    string         `json:"formula"`
	Unit       Unit           `json:"unit"`
	LowIsBest  bool           `json:"low_is_best,omitempty"`
	Impression bool           `json:"impression,omitempty"`
	Share      bool           `json:"share,omitempty"`
}

type wireCriterion struct {
	Channel survey.Channel       `json:"channel"`
	Code    survey.CriterionCode `json:"code"`
	Title   string               `json:"title"`
	Levels  []survey.LevelCode   `json:"levels"`
}

// wireProfile is one municipality: what it is compared as, and its figures.
type wireProfile struct {
	Code         string     `json:"code"`
	Name         string     `json:"name"`
	CountyCode   string     `json:"county_code"`
	County       string     `json:"county"`
	Population   int        `json:"population"`
	SKRGroupCode string     `json:"skr_group_code"`
	SKRGroup     string     `json:"skr_group"`
	SizeClass    string     `json:"size_class"`
	Phone        string     `json:"phone"`
	Email        string     `json:"email"`
	Opens        int        `json:"opens,omitempty"` // minutes after midnight
	Closes       int        `json:"closes,omitempty"`
	Calls        int        `json:"calls"` // counted contacts
	Emails       int        `json:"emails"`
	Figures      table      `json:"figures"` // a row per measure
	Levels       table      `json:"levels"`  // a row per criterion
	Times        []int      `json:"times"`   // a number per time class
	Areas        []wireArea `json:"areas"`
}

type wireArea struct {
	Values table `json:"values"`
	Levels table `json:"levels"`
}

// The columns of a value's row, and of a figure's, which begins with them.
const (
	colBase = iota
	colCount
	colValue
	colLow
	colHigh
	colRescaled
	colSmall
	colPlace
	colOf
	colCountyPlace
	colCountyOf
	colClassPlace
	colClassOf
	colQuartile
	colMeanAll
	colMeanClass
	colMeanCounty
	colMeanSKR
	colComparable // unknown: no previous figure
	colPrevious
	colChange
	colChangeLow
	colChangeHigh
	columns

	valueColumns = colRescaled + 1
)

var columnNames = [columns]string{
	"base", "count", "value", "low", "high", "rescaled",
	"small", "place", "of", "county_place", "county_of", "class_place", "class_of", "quartile",
	"mean_all", "mean_size_class", "mean_county", "mean_skr_group",
	"comparable", "previous", "change", "change_low", "change_high",
}

// quartiles are numbered from 1 in a table; 0 is none.
var quartiles = []Quartile{"", Best, Middle, Worst}
