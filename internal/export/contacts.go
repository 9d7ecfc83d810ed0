package export

import (
	"strings"

	"servicematning/internal/survey"
)

// contactColumns is the format of contacts, in and out.
var contactColumns = columns{
	needed: []string{
		"municipality", "channel", "question", "replicate", "evaluator", "planned_at", "disposition",
		"outcome", "dialled_at", "answered_at", "connected_at", "ended_at",
		"sent_at", "auto_reply_at", "first_reply_at", "complete_reply_at",
		"answer", "information", "interest", "treatment", "greeting", "sender", "suspected", "comment",
	},
	optional: []string{"attempt"},
}

// Columns that only one channel has.
var (
	phoneOnly = []string{"outcome", "dialled_at", "answered_at", "connected_at", "ended_at", "greeting"}
	emailOnly = []string{"sent_at", "auto_reply_at", "first_reply_at", "complete_reply_at", "sender"}
)

// ratingColumns are named as the criteria.
var ratingColumns = []string{
	string(survey.Answer), string(survey.Information), string(survey.Interest), string(survey.Treatment),
}

// The dispositions of each channel.
var dispositions = map[survey.Channel][]survey.Disposition{
	survey.Phone: {survey.Completed, survey.NoContact, survey.Void},
	survey.Email: {survey.Completed, survey.NoReply, survey.Void},
}

var outcomes = func() []survey.Outcome {
	var codes []survey.Outcome
	for _, o := range survey.Outcomes {
		codes = append(codes, o.Outcome)
	}
	return codes
}()

const (
	maxReplicate = 99
	maxAttempt   = 50 // counted ones and faults together
	maxCounted   = 3
	maxComment   = 4000
	maxAddress   = 254
	usualLine    = 100 // bytes; planned contacts have shorter lines, finished ones longer
)

// unixBreaks gives a text line breaks of one kind. CSV does not keep CR LF.
func unixBreaks(s string) string {
	for strings.Contains(s, "\r\n") {
		s = strings.ReplaceAll(s, "\r\n", "\n")
	}
	return s
}

// lookup is what the setup knows about the texts in the file.
type lookup struct {
	participants map[string]survey.Participant
	questions    map[string]survey.Question
	scales       map[survey.Channel][]scale // by channel, in the order of ratingColumns
}

// scale is a criterion's levels; it has none where the channel is not rated on it.
type scale struct {
	codes  []survey.LevelCode
	titles string
}

func newLookup(s survey.Setup) lookup {
	p := lookup{
		participants: make(map[string]survey.Participant, len(s.Participants)),
		questions:    make(map[string]survey.Question, len(s.Round.Design.Questions)),
		scales:       map[survey.Channel][]scale{},
	}
	for _, x := range s.Participants {
		p.participants[x.Code] = x
	}
	for _, q := range s.Round.Design.Questions {
		p.questions[q.Code] = q
	}
	for _, ch := range survey.Channels {
		for _, column := range ratingColumns {
			criterion, _ := s.Round.Design.Criterion(ch, survey.CriterionCode(column))
			one := scale{titles: criterion.LevelTitles()}
			for _, l := range criterion.Scale {
				one.codes = append(one.codes, l.Code)
			}
			p.scales[ch] = append(p.scales[ch], one)
		}
	}
	return p
}
