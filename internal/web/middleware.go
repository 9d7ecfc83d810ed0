package web

import (
	"context"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"servicematning/internal/survey"
	"servicematning/static"
)

// requestTimeout is how long a page may take, a large import included.
const requestTimeout = 60 * time.Second

// middleware is what every request passes, outermost first.
func (s *Server) middleware() []echo.MiddlewareFunc {
	return []echo.MiddlewareFunc{
		s.log,
		s.headers,
		s.recover,
		deadline,
		compress,
		s.sameOrigin(),
		s.identify,
	}
}

// deadline ends what takes too long. Unlike echo's own middleware it puts the
// request back, so that an error can still be told from a visitor who left.
func deadline(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		defer cancel()
		defer c.SetRequest(r)
		c.SetRequest(r.WithContext(ctx))
		return next(c)
	}
}

const requestIDKey = "request id"

// requestID names the request in the log and on error pages.
func requestID(c echo.Context) string {
	id, _ := c.Get(requestIDKey).(string)
	return id
}

// log writes one line per request: never the query string nor the body, which
// may hold names and addresses.
func (s *Server) log(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start, raw := s.Now(), make([]byte, 5)
		if _, err := io.ReadFull(s.Rand, raw); err != nil {
			return err
		}
		c.Set(requestIDKey, base32.StdEncoding.EncodeToString(raw))
		c.Response().Before(func() {
			ms := float64(s.Now().Sub(start).Microseconds()) / 1000
			c.Response().Header().Set("Server-Timing", fmt.Sprintf("total;dur=%.2f", ms))
		})
		if err := next(c); err != nil {
			c.Error(err) // answer here, so that the status is known
		}
		s.Log.InfoContext(c.Request().Context(), "request", "id", requestID(c), "method", c.Request().Method,
			"path", c.Request().URL.Path, "status", c.Response().Status, "ms", s.Now().Sub(start).Milliseconds(),
			"bytes", c.Response().Size, "user", visitOf(c).user.ID.String())
		return nil
	}
}

// securityHeaders go with every answer, errors and files included.
var securityHeaders = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
		"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cache-Control":                "no-store", // files set their own
}

func (s *Server) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header := c.Response().Header()
		for name, value := range securityHeaders {
			header.Set(name, value)
		}
		if s.overTLS(c.Request()) {
			header.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		return next(c)
	}
}

// recover turns a panic into an error with its stack, for the log.
func (s *Server) recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			r := recover()
			if r == nil {
				return
			}
			if stop, ok := r.(error); ok && errors.Is(stop, http.ErrAbortHandler) {
				panic(r) // net/http's own way to drop a connection
			}
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}()
		return next(c)
	}
}

// sameOrigin refuses what another site makes a visitor's browser send.
func (s *Server) sameOrigin() echo.MiddlewareFunc {
	guard := http.NewCrossOriginProtection()
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := guard.Check(c.Request()); err != nil {
				return fmt.Errorf("%w: %w", errCrossOrigin, err)
			}
			return next(c)
		}
	}
}

// identify finds out who asks. Files and health checks are nobody's.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if isFile(c) {
			return next(c)
		}
		v := &visit{Context: c, token: s.cookie(c.Request(), sessionCookie)}
		c.Set(visitKey, v)
		if v.token == "" {
			return next(c)
		}
		user, err := s.Auth.UserOf(v.ctx(), v.token)
		switch {
		case err == nil:
			v.user = user
		case !errors.Is(err, survey.ErrNotFound):
			return err
		}
		return next(c)
	}
}

// isFile reports whether the request is for a file or a health check.
func isFile(c echo.Context) bool {
	path := c.Request().URL.Path
	return strings.HasPrefix(path, static.Prefix) || path == "/healthz" || path == "/readyz" || path == "/favicon.ico"
}
