package web

import (
	"net/http"
	"net/url"
	"testing"

	"servicematning/internal/auth"
	"servicematning/internal/survey"
)

var accountDoors = doorList{
	"GET /konton":               {admin},
	"GET /konton/nytt":          {admin},
	"POST /konton/nytt":         {admin},
	"GET /konton/:id":           {admin},
	"GET /konton/:id/stang-av":  {admin},
	"GET /konton/:id/losenord":  {admin},
	"POST /konton/:id/stang-av": {admin},
	"POST /konton/:id/oppna":    {admin},
	"POST /konton/:id/losenord": {admin},
}

var accountSamples = []page{
	&accountsPage{
		layout: sampleLayout("Konton", admin), Role: lead,
		Tabs:     tabs{Name: "Roll", Items: []link{{Label: "Alla", URL: "/konton", Current: true, Count: 2}}},
		Accounts: []accountRow{sampleAccount(false), sampleAccount(true)},
		Pager: pager{Total: 120, First: 51, Last: 100, Previous: "?sida=1", Next: "?sida=3",
			Pages: []pageLink{{N: 1, URL: "?sida=1"}, {}, {N: 2, Current: true}}},
		Table: sampleTable,
	},
	&accountsPage{layout: sampleLayout("Konton", admin), Table: sampleTable},
	&newAccountPage{
		layout: sampleLayout("Nytt konto", admin), Form: wrongForm("name", "email", "role", "municipality"),
		Roles:          []option{{"lead", "projektledare"}, {"reader", "läsare"}},
		Municipalities: []option{{"", "Ingen"}, {"0305", "Håbo"}},
	},
	&accountPage{layout: sampleLayout("Anna Ek", admin), Account: sampleAccount(false)},
	&accountPage{layout: sampleLayout("Anna Ek", admin), Account: sampleAccount(true)},
	&accountPage{layout: sampleLayout("Anna Ek", admin), Account: sampleAccount(false), Own: true},
	&passwordShownPage{layout: sampleLayout("Kontot är klart", admin), About: sampleAccount(false).User,
		Password: "bada-fiki", New: true},
	&passwordShownPage{layout: sampleLayout("Nytt lösenord", admin), About: sampleAccount(false).User,
		Password: "bada-fiki"},
}

func sampleAccount(disabled bool) accountRow {
	return accountRow{Place: "Håbo", User: survey.User{
		ID: survey.NewID[survey.User](), Email: "anna.ek@example.se", Name: "Anna Ek", Role: reader, Municipality: "0305",
		Disabled: disabled,
	}}
}

func TestAnAccountIsAddedAndItsPasswordShownOnce(t *testing.T) {
	a := newApp(t)
	w := a.as(t, admin).open("/konton").follow("Lägg till konto")
	form := w.form("main form").set("name", "Åsa  Öberg").set("email", "Asa.Oberg@example.se").choose("role", "reader").
		choose("municipality", "0380")
	form.submit().wants(http.StatusOK).sees("h1", "Kontot är klart")
	password := w.text("#password")
	form.submit().wants(http.StatusOK).sees("h1", "Konton") // the same form again
	w.sees("tbody tr:has(th:contains('Åsa Öberg'))", "Uppsala")

	own := a.login(t, "asa.oberg@example.se", password).open("/konto").sees("main", "Åsa Öberg")
	w.follow("Åsa Öberg").follow("Nytt lösenord …").sees("form.confirm", "Gör ett nytt lösenord åt Åsa Öberg?").
		form("form.confirm").submit().sees("h1", "Nytt lösenord")
	if again := w.text("#password"); again == password {
		t.Error("the new password is the old one")
	}
	own.open("/konto").sees("h1", "Logga in")
}

func TestWhatIsWrongWithANewAccountIsSaidAtItsField(t *testing.T) {
	w := newApp(t).as(t, admin).open("/konton/nytt")
	w.form("main form").set("email", "ingen alls").submit().wants(http.StatusUnprocessableEntity)
	w.sees("#f-email-err", "Skriv en e-postadress").sees("#f-name-err", "namn").sees("main .field.err legend", "Roll")
	if got := w.find("#f-email").AttrOr("value", ""); got != "ingen alls" {
		t.Errorf("the field holds %q, want what was written", got)
	}
	w.form("main form").set("email", "lead@example.se").set("name", "Anna Ek").choose("role", "reader").submit()
	w.wants(http.StatusUnprocessableEntity).sees("#f-municipality-err", "kommun")
	w.form("main form").choose("role", "lead").submit().wants(http.StatusUnprocessableEntity).
		sees("#f-email-err", "redan ett konto")
	w.form("main form").set("email", "ny@example.se").choose("role", "reader").set("municipality", "9999").submit()
	w.wants(http.StatusUnprocessableEntity).sees("#f-municipality-err", "9999")
}

func TestAccountsAreSearchedFilteredAndSorted(t *testing.T) {
	a := newApp(t)
	for _, name := range []string{"Örjan", "Ärla", "Åke", "Zeb"} {
		a.addUser(t, auth.NewUser{Name: name, Email: name[len(name)-1:] + "x@example.se", Role: evaluator})
	}
	w := a.as(t, admin).open("/konton?roll=evaluator")
	if got := w.text("tbody th"); got != "Prov bedömare Zeb Åke Ärla Örjan" && got != "Prov bedömareZebÅkeÄrlaÖrjan" {
		t.Errorf("order %q", got)
	}
	w.follow("Namn ▲").sees("tbody tr:first-child", "Örjan")
	w.form("main form[method=get]").set("sok", "ÄRL").submit().sees("tbody", "Ärla")
	if n := w.find("tbody tr").Length(); n != 1 {
		t.Errorf("%d rows found, want 1", n)
	}
	w.open("/konton?sok=finns+inte").sees(".empty", "Inget konto passar")
	w.open("/konton?sida=99").sees("tbody", "Zeb")
}

func TestAnAdministratorCannotShutTheDoorBehindThemselves(t *testing.T) {
	a := newApp(t)
	own := "/konton/" + a.users[admin].ID.String()
	w := a.as(t, admin).open(own).lacks(`a[href$="stang-av"]`)
	w.open(own+"/stang-av").sees("main", "ditt eget konto").lacks("form.confirm")
	other := w.open("/konton/" + a.users[lead].ID.String() + "/stang-av").form("form.confirm")
	w.post("/konton/"+a.users[admin].ID.String()+"/stang-av", other.fields).wants(http.StatusConflict).
		sees("main", "ditt eget konto")
}

// sampleTable is a table that has been searched.
var sampleTable = table{sorting: sorting{url: sampleURL, Key: "namn"}, Label: "Namn", Search: "ek", Found: 1, All: 64,
	Keep: []option{{"ordning", "namn"}}}

var sampleURL = &url.URL{Path: "/konton", RawQuery: "sok=ek"}
