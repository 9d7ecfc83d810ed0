package results

import (
	"math"
	"testing"
)

// The limits that Newcombe (1998), "Two-sided confidence intervals for the
// single proportion", table I, prints for his method 3.
func TestWilsonAgainstPublishedLimits(t *testing.T) {
	for _, tc := range []struct {
		count, base int
		low, high   float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
	} {
		low, high := wilson(tc.count, tc.base)
		if !near(low, tc.low) || !near(high, tc.high) {
			t.Errorf("%d of %d: %.4f–%.4f, want %.4f–%.4f", tc.count, tc.base, low, high, tc.low, tc.high)
		}
	}
}

func TestWilsonAtItsEnds(t *testing.T) {
	for _, n := range []int{1, 2, 3, 7, 29, 30, 117, 120, 34_800} {
		low, high := wilson(0, n)
		lowAll, highAll := wilson(n, n)
		if low != 0 || highAll != 1 {
			t.Errorf("n = %d: 0 of n from %v, n of n to %v, want 0 and 1 exactly", n, low, highAll)
		}
		if math.Abs(high-(1-lowAll)) > 1e-12 || high <= 0 || high >= 1 {
			t.Errorf("n = %d: 0 of n to %v is not the mirror of n of n from %v", n, high, lowAll)
		}
	}
}

func TestWilsonHoldsTheShareAndIsSymmetric(t *testing.T) {
	for n := 1; n <= 130; n++ {
		for count := 0; count <= n; count++ {
			low, high := wilson(count, n)
			p := float64(count) / float64(n)
			if low > p || high < p || low < 0 || high > 1 {
				t.Fatalf("%d of %d: %v–%v does not hold %v", count, n, low, high, p)
			}
			if otherLow, _ := wilson(n-count, n); math.Abs(high-(1-otherLow)) > 1e-12 {
				t.Fatalf("%d of %d: upper limit %v is not the mirror of the complement's %v", count, n, high, otherLow)
			}
		}
	}
}

// The differences of Newcombe (1998), "Interval estimation for the difference
// between independent proportions", table II, method 10.
func TestNewcombeAgainstPublishedLimits(t *testing.T) {
	for _, tc := range []struct {
		count1, base1, count2, base2 int
		low, high                    float64
	}{
		{56, 70, 48, 80, 0.0524, 0.3339},
		{9, 10, 3, 10, 0.1705, 0.8090},
		{10, 10, 0, 20, 0.6791, 1.0000},
		{10, 10, 0, 10, 0.6075, 1.0000},
		{0, 10, 0, 20, -0.1611, 0.2775},
	} {
		low, high := newcombe(tc.count1, tc.base1, tc.count2, tc.base2)
		if !near(low, tc.low) || !near(high, tc.high) {
			t.Errorf("%d/%d − %d/%d: %.4f–%.4f, want %.4f–%.4f",
				tc.count1, tc.base1, tc.count2, tc.base2, low, high, tc.low, tc.high)
		}
		// The other way round it is the same with the sign changed.
		backLow, backHigh := newcombe(tc.count2, tc.base2, tc.count1, tc.base1)
		if backLow != -high || backHigh != -low {
			t.Errorf("%d/%d − %d/%d: turned round %v–%v", tc.count1, tc.base1, tc.count2, tc.base2, backLow, backHigh)
		}
	}
}

func TestSharesHaveTheirInterval(t *testing.T) {
	p := Summarise(testRound(t), town0860, times(4, call(reached(0, allGood))))[0]
	low, high := wilson(4, 4)
	f := of(t, p, "phone_reached_first")
	if f.Low != known(100*low) || f.High != known(100*high) || f.Low.Value < 40 {
		t.Errorf("4 of 4: %v–%v, want %v–%v percent", f.Low, f.High, 100*low, 100*high)
	}
	for _, code := range []string{"phone_answer_time", "phone_treatment_index", "phone_impression", "email_replied"} {
		if f := of(t, p, code); f.Low.Known || f.High.Known {
			t.Errorf("%s has an interval %v–%v", code, f.Low, f.High)
		}
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 0.00005 }
