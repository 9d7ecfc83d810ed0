package survey

import "slices"

// Channel is how a municipality is contacted.
type Channel string

// The two channels.
const (
	Phone Channel = "phone"
	Email Channel = "email"
)

// Channels in the order they are shown.
var Channels = []Channel{Phone, Email}

// Title is the Swedish word for one contact of the channel.
func (c Channel) Title() string {
	if c == Phone {
		return "samtal"
	}
	return "e-brev"
}

// CriterionCode names a criterion in files and figures.
type CriterionCode string

// The criteria that measures are counted on.
const (
	Answer      CriterionCode = "answer"
	Information CriterionCode = "information"
	Interest    CriterionCode = "interest"
	Treatment   CriterionCode = "treatment"
)

// LevelCode names a step of a scale in files and figures.
type LevelCode string

// The levels in use. Which of them a criterion has is data of the round.
const (
	VeryGood LevelCode = "very_good"
	Good     LevelCode = "good"
	Fair     LevelCode = "fair"
	Poor     LevelCode = "poor"
)

// Title is the level's Swedish name.
func (l LevelCode) Title() string {
	switch l {
	case VeryGood:
		return "mycket god"
	case Good:
		return "god"
	case Fair:
		return "medelgod"
	case Poor:
		return "dålig"
	}
	return string(l)
}

// Level is one step of a criterion's scale, with the words that say when it fits.
type Level struct {
	Code   LevelCode
	Anchor string
}

// Criterion is something judged in a channel, on its scale, best level first.
type Criterion struct {
	Code    CriterionCode
	Channel Channel
	Title   string // Swedish
	Scale   []Level
}

// Has reports whether the level stands on the criterion's scale.
func (c Criterion) Has(l LevelCode) bool {
	return slices.ContainsFunc(c.Scale, func(s Level) bool { return s.Code == l })
}

// LevelTitles lists the scale in Swedish: "god, medelgod, dålig".
func (c Criterion) LevelTitles() string {
	s := ""
	for i, l := range c.Scale {
		if i > 0 {
			s += ", "
		}
		s += l.Code.Title()
	}
	return s
}

// Ratings are the judgements of one contact; "" where nothing was rated.
type Ratings struct {
	Answer, Information, Interest, Treatment LevelCode
}

// Of gives the rating on one criterion.
func (r Ratings) Of(c CriterionCode) LevelCode {
	switch c {
	case Answer:
		return r.Answer
	case Information:
		return r.Information
	case Interest:
		return r.Interest
	case Treatment:
		return r.Treatment
	}
	return ""
}

// Set changes the rating on one criterion.
func (r *Ratings) Set(c CriterionCode, l LevelCode) {
	switch c {
	case Answer:
		r.Answer = l
	case Information:
		r.Information = l
	case Interest:
		r.Interest = l
	case Treatment:
		r.Treatment = l
	}
}

// check adds an error for every rating that is not on its scale, and, when
// complete is asked for, for every criterion of the channel left unrated.
func (r Ratings) check(d Design, ch Channel, complete bool) FieldErrors {
	var errs FieldErrors
	for _, code := range []CriterionCode{Answer, Information, Interest, Treatment} {
		level := r.Of(code)
		criterion, ok := d.Criterion(ch, code)
		switch {
		case !ok && level != "":
			errs.Add(string(code), "bedöms inte i den här kanalen. Lämna tomt.")
		case ok && level != "" && !criterion.Has(level):
			errs.Add(string(code), "”"+string(level)+"” finns inte i skalan "+criterion.LevelTitles()+".")
		case ok && level == "" && complete:
			errs.Add(string(code), "Välj en nivå för "+criterion.Title+".")
		}
	}
	return errs
}
