package results

import (
	"math"
	"testing"
)

func TestBaseOf(t *testing.T) {
	for code, want := range map[string]Population{
		"phone_reached_60": AllCalls, "phone_treatment": ReachedCalls, "phone_greeting": AnsweredCalls,
		"email_replied": AllEmails, "email_answer": RepliedEmails,
	} {
		if got, ok := BaseOf(code); !ok || got != want {
			t.Errorf("%s rests on %q, want %q", code, got, want)
		}
	}
	for _, code := range []string{"overall_impression", "phone_impression", "nothing"} {
		if p, ok := BaseOf(code); ok {
			t.Errorf("%s rests on %q", code, p)
		}
	}
	for _, m := range measures {
		if p, ok := BaseOf(m.Code); ok == m.Impression || ok && p == "" {
			t.Errorf("%s: %q, %v", m.Code, p, ok)
		}
	}
}

func TestShareWidth(t *testing.T) {
	for _, c := range []struct{ count, base int }{{60, 120}, {15, 30}, {100, 120}, {7, 31}} {
		low, high := wilson(c.count, c.base)
		if w := ShareWidth(float64(c.count)/float64(c.base), float64(c.base)); math.Abs(w-(high-low)) > 1e-12 {
			t.Errorf("%d of %d: %.6f wide, the interval is %.6f", c.count, c.base, w, high-low)
		}
	}
	if w := ShareWidth(0.5, 0); w != 1 {
		t.Errorf("without a base the width is %g", w)
	}
}
