package store_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"servicematning/internal/survey"
)

// untouched saves a contact as it is.
func untouched(*survey.Contact, survey.Round) error { return nil }

func wantErr(t testing.TB, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("got %v, want %v", err, kind)
	}
}

// unfilled lists the fields that are zero in every one of the samples, and in
// every element of their lists.
func unfilled(samples ...any) []string {
	seen := map[string]bool{} // path → filled somewhere
	var order []string
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch {
		case v.Type() == reflect.TypeFor[time.Time]():
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				walk(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
			return
		case v.Kind() == reflect.Slice && v.Len() > 0:
			seen[path] = true
			for i := range v.Len() {
				walk(path+"[]", v.Index(i))
			}
			return
		}
		if _, ok := seen[path]; !ok {
			order = append(order, path)
		}
		seen[path] = seen[path] || !v.IsZero()
	}
	for _, s := range samples {
		walk("", reflect.ValueOf(s))
	}
	var out []string
	for _, path := range order {
		if !seen[path] {
			out = append(out, path)
		}
	}
	return out
}
