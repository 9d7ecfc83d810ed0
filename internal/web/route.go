package web

import (
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"servicematning/internal/survey"
)

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// route is one line of the table: what is asked for, who answers, who may ask.
type route struct {
	method string
	path   string
	handle func(*Server, *visit) error
	access access
}

// access says who may use a route and how much they may send.
type access struct {
	everybody bool
	rights    []survey.Action
	large     bool
}

// public lets everybody in, logged in or not.
var public = access{everybody: true}

// may lets in whoever has one of the rights. Ownership is for the use case.
func may(rights ...survey.Action) access { return access{rights: rights} }

// upload lets the same people send a file.
func upload(rights ...survey.Action) access { return access{rights: rights, large: true} }

// The largest body a request may have.
const (
	formLimit = 1 << 20
	fileLimit = 32 << 20
)

func (r route) check() error {
	if r.handle == nil || (!r.access.everybody && len(r.access.rights) == 0) {
		return fmt.Errorf("web: route %s %s lacks a handler or says nothing about who may use it", r.method, r.path)
	}
	return nil
}

// admits reports whether the user may use the route.
func (r route) admits(u survey.User) bool {
	return r.access.everybody || slices.ContainsFunc(r.access.rights, u.May)
}

// visit is one request by one visitor.
type visit struct {
	echo.Context
	user  survey.User // zero when nobody is logged in
	token string      // of the session, "" without one
	large bool        // a file may come with it
	sent  *multipart.Form
}

// ctx is the request's context: it ends when the visitor leaves or waits too
// long, and carries the form's id once form has been called.
func (c *visit) ctx() context.Context { return c.Request().Context() }

// wantsJSON reports whether a script asks, that reads no pages.
func (c *visit) wantsJSON() bool {
	return strings.Contains(c.Request().Header.Get("Accept"), "application/json")
}

// loggedIn reports whether the visitor is known.
func (c *visit) loggedIn() bool { return c.user.Role != "" }

// tidy removes files that were sent and set aside. net/http would do so only
// for the request as it was before contexts were put around it.
func (c *visit) tidy() {
	if c.sent != nil {
		_ = c.sent.RemoveAll() // the system clears its own folder in time
	}
}

const visitKey = "visit"

// visitOf gives the request's visit, made by the middleware identify.
func visitOf(c echo.Context) *visit {
	if v, ok := c.Get(visitKey).(*visit); ok {
		return v
	}
	return &visit{Context: c}
}

// door stands before a route's handler.
func (s *Server) door(r route) echo.HandlerFunc {
	return func(c echo.Context) error {
		v := visitOf(c)
		v.large = r.access.large
		defer v.tidy()
		switch {
		case r.admits(v.user):
			return r.handle(s, v)
		case v.loggedIn():
			return survey.ErrForbidden
		default:
			return s.askToLogIn(v)
		}
	}
}

// askToLogIn leads to the login page, and says so to somebody who believes
// to be logged in: what they sent has not been received.
func (s *Server) askToLogIn(v *visit) error {
	if v.token != "" {
		s.setCookie(v, sessionCookie, "", -1)
	}
	switch {
	case v.wantsJSON():
		return v.JSON(http.StatusUnauthorized, refusalAnswer{Login: true, Message: "Du är inte längre inloggad. " +
			"Logga in i en ny flik, så sparas det som står här när du fortsätter."})
	case v.Request().Method == post:
		s.leaveFlash(v, flash{"late", "Inte sparat", "Du var inte längre inloggad. Logga in och skicka en gång till."})
	case v.token != "":
		s.leaveFlash(v, flash{"warn", "Utloggad", "Det var länge sedan du gjorde något här. Logga in igen."})
	}
	return v.Redirect(http.StatusSeeOther, loginPath(v.Request()))
}

// loginPath leads to the login page and from there back to what was asked
// for, or to the page with the form that was sent.
func loginPath(r *http.Request) string {
	target := r.URL
	if r.Method == post {
		from, err := url.Parse(r.Referer())
		if err != nil || from.Host != r.Host {
			return "/logga-in"
		}
		target = from
	}
	if target.Path == "/" {
		return "/logga-in"
	}
	return "/logga-in?" + url.Values{"till": {target.RequestURI()}}.Encode()
}
