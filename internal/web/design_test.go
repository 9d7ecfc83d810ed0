package web

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"servicematning/internal/survey"
	"servicematning/internal/surveytest"
)

var designSamples = []page{
	sampleDesign(sampleFrame("Upplägg")), sampleDesign(lockedFrame("Upplägg")),
	&basicsPage{sampleFrame("Period"), wrongForm("from", "to", "label")},
	&designLimitsPage{sampleFrame("Gränser"), wrongForm("replicates", "good_within", "wait_limit", "max_attempts",
		"reply_cutoff",
		"min_base", "small_base", "review_required", "hold_for", "retry_busy")},
	&criteriaPage{sampleFrame("Kriterier"), wrongForm("title_phone_answer", "scale_phone_answer"),
		byChannel(criterionViews(surveytest.Round().Design, wrongForm("scale_phone_answer")))},
	&weightsPage{sampleFrame("Vikter"), wrongForm("weight_phone_reached_60", "phone_share"),
		impressionTables(surveytest.Round().Design.Weights)[:2]},
	&areasPage{sampleFrame("Frågeområden"), wrongForm("area_0", "place_0"), []areaField{{0, "bygglov", 6}, {1, "", 0}}},
}

func sampleDesign(frame setupFrame) page {
	r := surveytest.Round()
	return &designPage{
		setupFrame: frame, Basics: basicsOf(r), Limits: limitsOf(r.Design), Criteria: byChannel(criterionViews(r.Design,
			newForm())),
		Weights: impressionTables(r.Design.Weights), Areas: designAreas(r.Design),
	}
}

func TestTheDesignIsShown(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/upplagg").wants(http.StatusOK)
	w.sees("main", "90 h (10 arbetsdagar)").sees("main", "60 frågor, 2 gånger: 120 kontakter per kommun och kanal")
	w.sees("tr:has(th:contains('Bygglov'))", "24").sees("tr:has(th:contains('inom 60 sekunder'))", "20,0 %")
	w.sees("h3:contains('Telefon: Bemötande') + dl", "mycket god")
}

func TestPeriodAndLabelAreChanged(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/upplagg/grunder")
	w.form("main form").set("to", "13 nov").submit().wants(http.StatusOK).sees(".flash-ok", "fre 13 nov 2026")
	w.open("/omgangar/2026").sees("main", "men datumen är vecka 43–46")
	w.open("/omgangar/2026/upplagg/grunder").form("main form").set("to", "1 okt 2026").submit()
	w.wants(http.StatusUnprocessableEntity).sees("#f-to-err", "före den första")
}

func TestLimitsAreChanged(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/upplagg/granser")
	w.form("main form").set("wait_limit", "20").set("max_attempts", "4").set("reply_cutoff", "nio").submit()
	w.wants(http.StatusUnprocessableEntity).sees("#f-reply_cutoff-err", "Skriv ett tal")
	w.form("main form").set("reply_cutoff", "1000").submit().wants(http.StatusUnprocessableEntity)
	w.sees("#f-wait_limit-err", "30–3600").sees("#f-max_attempts-err", "1–3").sees("#f-reply_cutoff-err", "1–900")
	if got := w.find("#f-wait_limit").AttrOr("value", ""); got != "20" {
		t.Errorf("the field holds %q, want what was written", got)
	}
	form := w.form("main form").set("wait_limit", "240").set("max_attempts", "2").set("reply_cutoff", "85,5").
		choose("review_required", "1")
	form.submit().wants(http.StatusOK).sees("main", "85,5 h")
	d := a.setupNow(t).Round.Design
	if d.WaitLimit != 240*time.Second || d.MaxAttempts != 2 || d.ReplyCutoff != 85*time.Hour+30*time.Minute ||
		!d.ReviewRequired {
		t.Errorf("stored %v, %d attempts, %v, review %v", d.WaitLimit, d.MaxAttempts, d.ReplyCutoff, d.ReviewRequired)
	}
	if len(d.Questions) != 60 || len(d.Criteria) != 7 {
		t.Errorf("%d questions and %d criteria are left", len(d.Questions), len(d.Criteria))
	}
	form.submit().wants(http.StatusOK).sees("h1", "Upplägg") // the same form again
	if again := a.setupNow(t).Round.Version; again != 4 {
		t.Errorf("version %d after the same form twice, want 4", again)
	}
}

func TestDelaysAndTheHoldTimeAreChanged(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/upplagg/granser")
	for field, says := range map[string]string{"hold_for": "1–240", "retry_busy": "0–10080"} {
		for _, wrong := range []string{"-1", "20000"} {
			w.form("main form").set(field, wrong).submit().wants(http.StatusUnprocessableEntity).sees("#f-"+field+"-err", says)
		}
		w.open("/omgangar/2026/upplagg/granser")
	}
	w.form("main form").set("hold_for", "0").submit().wants(http.StatusUnprocessableEntity).sees("#f-hold_for-err", "1–240")
	w.form("main form").set("hold_for", "25").set("retry_busy", "45").set("retry_fault", "5").submit().
		wants(http.StatusOK).sees("main", "upptaget 45 min, inget svar inom väntetiden 1 h").
		sees("main", "eget tekniskt fel 5 min").sees("main", "25 min")
	d := a.setupNow(t).Round.Design
	if d.Hold() != 25*time.Minute || d.RetryDelay(survey.Busy) != 45*time.Minute ||
		d.RetryDelay(survey.Voicemail) != 2*time.Hour {
		t.Errorf("stored %v, %v", d.HoldFor, d.RetryDelays)
	}
}

func TestAStaleFormIsRefused(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/upplagg/granser")
	form := w.form("main form").set("wait_limit", "240")
	a.as(t, lead).open("/omgangar/2026/upplagg/granser").form("main form").set("min_base", "90").submit().
		wants(http.StatusOK)
	form.submit().wants(http.StatusConflict).sees("#stale", "Någon annan hann före")
	if now, _ := w.find("#f-wait_limit").Attr("value"); now != "240" {
		t.Errorf("what was typed is lost: %q", now)
	}
	if d := a.setupNow(t).Round.Design; d.WaitLimit != 300*time.Second || d.MinBase != 90 {
		t.Errorf("stored %v and %d, want the first change alone", d.WaitLimit, d.MinBase)
	}
}

func TestCriteriaAndScalesAreChanged(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/upplagg/kriterier")
	w.form("main form").clear("on_phone_answer_good").clear("on_phone_answer_fair").set("title_email_answer", " ").submit()
	w.wants(http.StatusUnprocessableEntity).sees("#f-scale_phone_answer .err-msg", "minst två nivåer").
		sees("#f-title_email_answer-err", "namn")
	w.lacks(`[name="on_phone_answer_good"][checked]`)
	form := w.form("main form").choose("on_phone_answer_good", "1").choose("on_phone_answer_very_good", "1")
	form.set("anchor_phone_answer_very_good", "Kan allt.").set("title_email_answer", "Svaret").submit().
		wants(http.StatusOK)
	cr, _ := a.setupNow(t).Round.Design.Criterion(survey.Phone, survey.Answer)
	if cr.LevelTitles() != "mycket god, god, dålig" || cr.Scale[0].Anchor != "Kan allt." {
		t.Errorf("the scale is %+v", cr.Scale)
	}
	w.sees("h3:contains('Telefon: Svar på frågan') + dl", "Kan allt.").sees("main", "E-post: Svaret")
}

func TestWeightsAreChanged(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/upplagg/vikter")
	w.form("main form").set("weight_phone_greeting", "-5").submit().wants(http.StatusUnprocessableEntity).
		sees("#f-weight_phone_greeting-err", "negativ")
	form := w.form("main form").set("weight_phone_greeting", "").set("weight_phone_treatment", "7,5").
		set("phone_share", "60")
	form.submit().wants(http.StatusOK).sees("tr:has(th:contains('Gott bemötande'))", "7,5")
	weights := a.setupNow(t).Round.Design.Weights
	if weights.PhoneShare != 60 || slices.Contains(weights.Phone, survey.Weight{Measure: "phone_greeting", Points: 5}) ||
		!slices.Contains(weights.Phone, survey.Weight{Measure: "phone_treatment", Points: 7.5}) {
		t.Errorf("the weights are %+v", weights)
	}
}

func TestAreasAreRenamedOrderedAddedAndRemoved(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	if err := a.service.AddAssignments(t.Context(), survey.CommandLine, "2026",
		[]survey.Assignment{{Area: "bygglov", Evaluator: "omar.ek@example.se"}}); err != nil {
		t.Fatal(err)
	}
	w := a.as(t, lead).open("/omgangar/2026/upplagg/omraden")
	w.form("main form").set("area_1", "").set("area_10", "Grundskola").submit().wants(http.StatusUnprocessableEntity)
	w.sees("#errors", "Förskola har frågor").sees("#f-area_10-err", "två gånger")
	w.form("main form").set("area_1", "förskola").set("area_0", "Bygge").set("place_0", "99").set("area_10", "Turism").
		set("place_10", "0,5").submit()
	w.wants(http.StatusOK).sees("tr:has(th:contains('Turism'))", "0").sees("tr:has(th:contains('Bygge'))", "6")
	set := a.setupNow(t)
	areas := set.Round.Design.Areas
	if areas[0] != "turism" || areas[1] != "förskola" || areas[len(areas)-1] != "bygge" {
		t.Errorf("the areas are %q", areas)
	}
	if q, _ := set.Round.Design.Question("BYGG1"); q.Area != "bygge" || set.Assignments[0].Area != "bygge" {
		t.Errorf("the question is in %q and the assignment in %q", q.Area, set.Assignments[0].Area)
	}
	w.open("/omgangar/2026/upplagg/omraden").form("main form").set("area_0", "").submit().wants(http.StatusOK).
		lacks("th:contains('Turism')")
}

func TestNothingInTheDesignChangesInTheField(t *testing.T) {
	a := newApp(t)
	a.setupRound(t)
	w := a.as(t, lead).open("/omgangar/2026/upplagg/granser")
	form := w.form("main form").set("wait_limit", "240")
	a.startRound(t)
	form.set("version", "0").submit().wants(http.StatusConflict).sees("main", "Upplägget kan bara ändras i ett utkast")
	w.open("/omgangar/2026/upplagg/granser").sees("h1", "Upplägg").sees(".flash", "Låst").lacks("main form")
	w.open("/omgangar/2026/upplagg").sees(".flash", "Låst").lacks("a:contains('Ändra')")
}
