package web

import (
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"servicematning/internal/survey"
	"servicematning/static"
)

// funcs is what templates can call.
var funcs = template.FuncMap{
	"asset": static.URL, "formid": newFormID, "capital": capital, "address": address,

	"num": number, "count": counted, "decimal": decimal, "percent": percent,
	"day": survey.DayText, "date": survey.DateText, "clock": survey.ClockText,
	"moment": survey.MomentText, "stamp": survey.StampText, "span": survey.SpanText,

	"field": newField, "hint": withHint, "kind": withKind, "complete": withComplete, "mode": withMode,
	"size": withSize, "rows": withRows, "options": withOptions, "plain": plain, "narrow": narrow,
	"readonly": readonly, "optional": optional, "id": withID, "value": withValue,

	"badge": func(kind, text string) badge { return badge{kind, text} },
	"flash": func(kind, state, text string) flash { return flash{kind, state, text} },
	"empty": newEmpty, "act": withAct, "bar": newBar, "filled": filled, "tick": tick,
	"help": newHelp, "right": right,
}

// capital begins a text with a capital letter.
func capital(text string) string {
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

const (
	nbsp  = "\u00a0"
	minus = "−"
)

// newFormID names one rendered form.
func newFormID() (string, error) {
	id, err := uuid.NewV7()
	return id.String(), err
}

// number writes 1234567 as "1 234 567" with no-break spaces.
func number(n int) string { return survey.NumberText(n) }

// counted writes "1 fråga" and "60 frågor".
func counted(n int, one, many string) string { return number(n) + " " + plural(n, one, many) }

// decimal writes 1234.56 with one decimal as "1 234,6". What rounds to nothing
// has no sign, and what is not a number is a dash.
func decimal(decimals int, x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	scale := math.Pow10(decimals)
	x = math.Round(x*scale) / scale
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'f', decimals, 64), ".")
	text := survey.Grouped(whole)
	if fraction != "" {
		text += "," + fraction
	}
	if x < 0 {
		text = minus + text
	}
	return text
}

// percent writes a share between 0 and 1 as "84,2 %".
func percent(share float64) string {
	if math.IsNaN(share) {
		return "–"
	}
	return decimal(1, share*100) + nbsp + "%"
}

// fullPercent writes a share in whole percent. It is 100 only when nothing is
// missing: 399 of 400 is 99.
func fullPercent(share float64) string {
	whole := math.Round(100 * share)
	if share < 1 {
		whole = min(whole, 99)
	}
	return decimal(0, whole) + nbsp + "%"
}

// sortSwedish sorts by a name as Swedes do: å, ä and ö last, capitals and
// small letters alike. A collator is not safe to share, so each call has one.
func sortSwedish[T any](list []T, name func(T) string) {
	order := collate.New(language.Swedish)
	var buffer collate.Buffer
	keys := make(map[string][]byte, len(list))
	for _, item := range list {
		if text := name(item); keys[text] == nil {
			keys[text] = order.KeyFromString(&buffer, text)
		}
	}
	slices.SortStableFunc(list, func(a, b T) int {
		return slices.Compare(keys[name(a)], keys[name(b)])
	})
}
