package results

// Population names the contacts that a measure's base is made of.
type Population string

// The populations of domain.md §5.
const (
	AllCalls      Population = "all calls"
	ReachedCalls  Population = "reached calls"
	AnsweredCalls Population = "answered calls"
	AllEmails     Population = "all e-mails"
	RepliedEmails Population = "replied e-mails"
)

// Populations lists them in the order they are shown.
var Populations = []Population{AllCalls, ReachedCalls, AnsweredCalls, AllEmails, RepliedEmails}

// BaseOf is the population that a measure rests on; ok is false for an
// impression, which has none, and for an unknown code.
func BaseOf(code string) (p Population, ok bool) {
	i, known := measureIndex[code]
	if !known || measures[i].Impression {
		return "", false
	}
	return map[population]Population{
		phoneAll: AllCalls, phoneReached: ReachedCalls, phoneAnswered: AnsweredCalls, emailAll: AllEmails,
		emailReplied: RepliedEmails,
	}[rules[i].base], true
}
