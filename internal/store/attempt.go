package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"servicematning/internal/survey"
)

// A contact's calls are packed in one column, one line per attempt, as words
// with a letter in front that says what they are; what has not happened is
// left out. Instants are milliseconds, all but d after the first instant of
// the line. Reading a whole round's calls as JSON takes five times as long.
//
//	d1793091600000 a14200 f15000 f17200 c61500 e240000 oreached g7 Agood Igood Nfair Tvery_good mvad som sades
//
// d dialled, a answered, f forwarded, c connected, e ended, o outcome,
// g greeting, A answer, I information, N interest, T treatment. The note, m,
// is the last word and goes on to the end of the line.

var noteEscape = strings.NewReplacer(`\`, `\\`, "\n", `\n`)
var noteUnescape = strings.NewReplacer(`\\`, `\`, `\n`, "\n")

// checkWords refuses codes that would end their word: one such call would
// make its whole round unreadable.
func checkWords(attempts []survey.Attempt) error {
	for _, a := range attempts {
		r := a.Ratings
		codes := string(a.Outcome) + string(r.Answer) + string(r.Information) + string(r.Interest) + string(r.Treatment)
		if strings.ContainsAny(codes, " \n") {
			return fmt.Errorf("call with outcome %q and ratings %q: a code with a space cannot be stored", a.Outcome, r)
		}
	}
	return nil
}

func packAttempts(attempts []survey.Attempt) string {
	if len(attempts) == 0 {
		return ""
	}
	b := make([]byte, 0, 160*len(attempts))
	for i, a := range attempts {
		if i > 0 {
			b = append(b, '\n')
		}
		b = packAttempt(b, a)
	}
	return string(b)
}

func packAttempt(b []byte, a survey.Attempt) []byte {
	start := millis(a.Dialled)
	b = strconv.AppendInt(append(b, 'd'), start, 10)
	at := func(letter byte, t time.Time) {
		if !t.IsZero() {
			b = strconv.AppendInt(append(b, ' ', letter), millis(t)-start, 10)
		}
	}
	word := func(letter byte, s string) {
		if s != "" {
			b = append(append(b, ' ', letter), s...)
		}
	}
	at('a', a.Answered)
	for _, t := range a.Forwarded {
		at('f', t)
	}
	at('c', a.Connected)
	at('e', a.Ended)
	word('o', string(a.Outcome))
	if a.Greeting != 0 {
		word('g', strconv.Itoa(int(a.Greeting)))
	}
	word('A', string(a.Ratings.Answer))
	word('I', string(a.Ratings.Information))
	word('N', string(a.Ratings.Interest))
	word('T', string(a.Ratings.Treatment))
	if a.Note != "" {
		word('m', noteEscape.Replace(a.Note))
	}
	return b
}

func unpackAttempts(s string) ([]survey.Attempt, error) {
	if s == "" {
		return nil, nil
	}
	attempts := make([]survey.Attempt, 0, 1+strings.Count(s, "\n"))
	for line := range strings.SplitSeq(s, "\n") {
		a, err := unpackAttempt(line)
		if err != nil {
			return nil, fmt.Errorf("stored call %q: %w", line, err)
		}
		attempts = append(attempts, a)
	}
	return attempts, nil
}

func unpackAttempt(line string) (a survey.Attempt, err error) {
	if line == "" {
		return a, fmt.Errorf("an empty line")
	}
	var start int64
	for line != "" && err == nil {
		if line[0] == 'm' {
			a.Note = noteUnescape.Replace(line[1:])
			return a, nil
		}
		word, rest, _ := strings.Cut(line, " ")
		line = rest
		err = unpackWord(&a, &start, word)
	}
	return a, err
}

func unpackWord(a *survey.Attempt, start *int64, word string) (err error) {
	if word == "" {
		return fmt.Errorf("two spaces")
	}
	letter, value := word[0], word[1:]
	switch letter {
	case 'd', 'a', 'f', 'c', 'e':
		var n int64
		if n, err = strconv.ParseInt(value, 10, 64); err == nil {
			unpackInstant(a, start, letter, n)
		}
	case 'o':
		a.Outcome = survey.Outcome(value)
	case 'g':
		var n uint64
		n, err = strconv.ParseUint(value, 10, 8)
		a.Greeting = survey.Greeting(n)
	case 'A':
		a.Ratings.Answer = survey.LevelCode(value)
	case 'I':
		a.Ratings.Information = survey.LevelCode(value)
	case 'N':
		a.Ratings.Interest = survey.LevelCode(value)
	case 'T':
		a.Ratings.Treatment = survey.LevelCode(value)
	default:
		err = fmt.Errorf("unknown word %q", word)
	}
	return err
}

func unpackInstant(a *survey.Attempt, start *int64, letter byte, n int64) {
	if letter == 'd' {
		*start = n
		a.Dialled = instant(n)
		return
	}
	t := time.UnixMilli(*start + n).UTC()
	switch letter {
	case 'a':
		a.Answered = t
	case 'f':
		a.Forwarded = append(a.Forwarded, t)
	case 'c':
		a.Connected = t
	case 'e':
		a.Ended = t
	}
}
