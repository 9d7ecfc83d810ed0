package store

import (
	"reflect"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"servicematning/internal/survey"
)

// storable reports whether both databases keep the text as it is: PostgreSQL
// refuses broken UTF-8 and NUL, SQLite would keep or cut them silently.
func storable(s string) bool {
	return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}

// checkTexts looks through every text in a domain value and gives
// FieldErrors for those that cannot be stored, named after their field.
func checkTexts(v any) error {
	var errs survey.FieldErrors
	walkTexts(reflect.ValueOf(v), "", func(field, text string) {
		if !storable(text) {
			errs.Add(field, "Texten innehåller tecken som inte kan sparas. Skriv om den.")
		}
	})
	return errs.Err()
}

var timeType = reflect.TypeFor[time.Time]()

// walkTexts calls visit for every string below v with the name of the struct
// field it stands in.
func walkTexts(v reflect.Value, field string, visit func(field, text string)) {
	switch v.Kind() {
	case reflect.String:
		visit(snake(field), v.String())
	case reflect.Struct:
		if v.Type() == timeType {
			return
		}
		for i := range v.NumField() {
			walkTexts(v.Field(i), v.Type().Field(i).Name, visit)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return // bytes, not text
		}
		for i := range v.Len() {
			walkTexts(v.Index(i), field, visit)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			walkTexts(it.Key(), field, visit)
			walkTexts(it.Value(), field, visit)
		}
	default: // numbers and the like hold no text
	}
}

// snake writes SuspectedWhy as suspected_why, as form fields are named.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
