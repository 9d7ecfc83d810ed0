package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"servicematning/internal/survey"
)

// refusals says which status each kind of refusal has, and what the visitor
// reads when the refusal brings no words of its own.
var refusals = []struct {
	kind   error
	status int
	title  string
	text   string
}{
	{survey.ErrNotFound, http.StatusNotFound, "Sidan finns inte",
		"Adressen kan vara felskriven, eller så är det du söker borttaget."},
	{survey.ErrForbidden, http.StatusForbidden, "Du har inte tillgång till sidan",
		"Den hör till en annan roll än din. Behöver du den, tala med projektledaren."},
	{survey.ErrConflict, http.StatusConflict, "Någon annan hann före",
		"Uppgifterna har ändrats sedan sidan visades. Inget av ditt har sparats. " +
			"Gå tillbaka, ladda om sidan och gör om ändringen."},
	{survey.ErrClosed, http.StatusConflict, "Omgången är stängd",
		"Ingenting i den kan ändras."},
	{survey.ErrUnpractised, http.StatusConflict, "Övningen först", "Gör klart övningen innan du börjar ringa och skicka."},
	{survey.ErrRepeated, http.StatusConflict, "Det är redan gjort",
		"Formuläret hade redan skickats en gång. Det gäller, och inget har gjorts två gånger."},
	{errNoForm, http.StatusBadRequest, "Formuläret gick inte att läsa",
		"Gå tillbaka, ladda om sidan och fyll i det igen. Inget har ändrats."},
	{errTooLarge, http.StatusRequestEntityTooLarge, "För mycket på en gång",
		"En fil får vara högst 32 MB och ett formulär högst 1 MB. Inget har ändrats."},
	{errCrossOrigin, http.StatusForbidden, "Formuläret kom från en annan webbplats",
		"Därför har inget gjorts. Öppna sidan härifrån och försök igen."},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "Det tog för lång tid",
		"Inget har ändrats. Vänta en stund och försök igen."},
}

var (
	errNoForm      = errors.New("unreadable form")
	errTooLarge    = errors.New("body too large")
	errCrossOrigin = errors.New("cross-origin request")
)

// errorPage is what is shown when something cannot be.
type errorPage struct {
	layout
	Status    int
	Text      string
	Reference string // of a fault, to be found in the log; "" for a refusal
	Act       *link  // what to do about it; nil: back to the beginning
}

func (errorPage) file() string { return "error/show.html" }

var errorPages = []page{&errorPage{}}

// errorPageFor gives the page for an error. What it does not know is a fault,
// of which the visitor learns nothing but the reference.
func errorPageFor(err error, reference string) *errorPage {
	for _, r := range refusals {
		if !errors.Is(err, r.kind) {
			continue
		}
		p := &errorPage{layout: layout{Title: r.title}, Status: r.status, Text: r.text}
		if own := new(survey.Refusal); errors.As(err, &own) {
			p.Text = own.Message
			if errors.Is(own.Kind, survey.ErrConflict) {
				p.Title = "Det går inte nu" // refused by a rule, not by somebody else
			}
		}
		if errors.Is(err, survey.ErrUnpractised) {
			p.Act = &link{Label: "Gå till övningen", URL: "/ovning"}
		}
		return p
	}
	if wrong := (survey.FieldErrors)(nil); errors.As(err, &wrong) {
		return &errorPage{layout: layout{Title: "Något är fel ifyllt"}, Status: http.StatusUnprocessableEntity,
			Text: wrong.Error()}
	}
	if own := new(echo.HTTPError); errors.As(err, &own) && own.Code < http.StatusInternalServerError {
		return errorPageOfEcho(own.Code)
	}
	return &errorPage{
		layout: layout{Title: "Något gick fel hos oss"}, Status: http.StatusInternalServerError,
		Text: "Inget har ändrats. Försök igen om en stund. " +
			"Går det fel igen, hör av dig till projektledaren och uppge numret här.",
		Reference: reference,
	}
}

// errorPageOfEcho is for what echo itself refuses: unknown addresses mostly.
func errorPageOfEcho(status int) *errorPage {
	kind := errNoForm
	switch status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		kind = survey.ErrNotFound
	case http.StatusRequestEntityTooLarge:
		kind = errTooLarge
	}
	return errorPageFor(kind, "")
}

// statusLeft is in the log when the visitor did not wait for the answer.
const statusLeft = 499

// fail answers a request that ended with an error.
func (s *Server) fail(err error, c echo.Context) {
	v := visitOf(c)
	if c.Response().Committed {
		return // it is too late for another answer
	}
	if errors.Is(c.Request().Context().Err(), context.Canceled) {
		c.Response().Status = statusLeft // for the log
		return
	}
	p := errorPageFor(err, requestID(c))
	if p.Status >= http.StatusInternalServerError {
		s.Log.ErrorContext(v.ctx(), "request failed", "id", requestID(c), "route", c.Path(), "err", err)
	}
	if p.Status == http.StatusForbidden && errors.Is(err, survey.ErrForbidden) {
		p.Text = "Den hör till en annan roll än din. " + askAbout(v.user.Role)
	}
	if v.wantsJSON() {
		_ = c.JSON(p.Status, refusalAnswer{Message: p.Text}) // nobody is left to tell
		return
	}
	if from := cameFrom(c.Request()); from != "" && p.Act == nil {
		p.Act = &link{Label: "Tillbaka till sidan du kom från", URL: from}
	}
	if shown := s.showAs(v, p.Status, p); shown != nil {
		s.Log.ErrorContext(v.ctx(), "error page failed", "id", requestID(c), "err", shown)
		_ = c.String(http.StatusInternalServerError, "Något gick fel hos oss. "+requestID(c)+"\n")
	}
}

// askAbout says whom somebody without the right to a page turns to.
func askAbout(r survey.Role) string {
	if r == survey.RoleReader {
		return "Behöver du den, tala med SKR."
	}
	if r == survey.RoleEvaluator {
		return "Behöver du den, tala med projektledaren."
	}
	return "Behöver du den, be administratören om ett konto med rätt roll."
}

// cameFrom gives the page of this site that led to the request, unless it is
// the one that was asked for.
func cameFrom(r *http.Request) string {
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host != r.Host || (r.Method == http.MethodGet && from.RequestURI() == r.URL.RequestURI()) {
		return ""
	}
	return localPath(from.RequestURI())
}

// refusalAnswer is what a script is told when what it sent was not taken.
type refusalAnswer struct {
	Message  string `json:"message"`
	Conflict bool   `json:"conflict,omitempty"` // something else was saved elsewhere
	Login    bool   `json:"login,omitempty"`    // the visitor is logged in no longer
}
