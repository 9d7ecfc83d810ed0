package web

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"servicematning/internal/auth"
	"servicematning/internal/fieldwork"
)

// Config is what the pages need from the rest of the program.
type Config struct {
	Service *fieldwork.Service
	Auth    *auth.Service
	Now     func() time.Time
	Log     *slog.Logger
	Version string
	// Contact is whom visitors can turn to, an address or a sentence; "" when
	// nobody is named.
	Contact string
	// Secure says that visitors always come over TLS, whatever a request says.
	Secure bool
	// TrustedProxies are the addresses whose X-Forwarded-Proto and
	// X-Forwarded-For are believed; nobody else's are.
	TrustedProxies []netip.Prefix
	// Ready says why the program cannot serve at the moment; nil means it can.
	Ready func(context.Context) error
	Rand  io.Reader // nil: crypto/rand
}

// routes is every address and who may use it, split by noun.
var routes = slices.Concat(
	sessionRoutes,
	keysRoutes,
	accountRoutes,
	componentRoutes,
	handbookRoutes,
	infoRoutes,
	dayRoutes,
	callRoutes,
	emailRoutes,
	draftRoutes,
	roundRoutes,
	designRoutes,
	questionRoutes,
	assignmentRoutes,
	planRoutes,
	replanRoutes,
	progressRoutes,
	rehearsalRoutes,
	contactRoutes,
	calendarRoutes,
	participantRoutes,
	evaluatorRoutes,
	practiceRoutes,
	practiceLeadRoutes,
	uploadRoutes,
	resultsRoutes,
	closingRoutes,
	publishRoutes,
	readerRoutes,
)

// pages is every page, so that a missing template is found at start.
var pages = slices.Concat(
	errorPages,
	confirmPages,
	sessionPages,
	keysPages,
	accountPages,
	componentPages,
	handbookPages,
	infoPages,
	dayPages,
	callPages,
	emailPages,
	roundPages,
	designPages,
	questionPages,
	assignmentPages,
	planPages,
	replanPages,
	progressPages,
	rehearsalPages,
	contactPages,
	calendarPages,
	participantPages,
	evaluatorPages,
	practicePages,
	practiceLeadPages,
	uploadPages,
	resultsPages,
	closingPages,
	publishPages,
	readerPages,
)

// Server answers requests.
type Server struct {
	Config
	echo      *echo.Echo
	templates templateSet
	flashKey  []byte
	nav       navigation
	handbook  bookCache
}

// New makes a Server. It fails when a template is missing or broken, or when
// a route says nothing about who may use it.
func New(c Config) (*Server, error) {
	if c.Auth == nil || c.Now == nil || c.Log == nil {
		return nil, errors.New("web: Auth, Now and Log must be given")
	}
	if c.Rand == nil {
		c.Rand = rand.Reader
	}
	parsed, err := parseTemplates(pages)
	if err != nil {
		return nil, err
	}
	s := &Server{Config: c, echo: echo.New(), templates: parsed, flashKey: make([]byte, 32), nav: navigationFor(routes)}
	if _, err := io.ReadFull(c.Rand, s.flashKey); err != nil {
		return nil, err
	}
	s.echo.HTTPErrorHandler = s.fail
	s.echo.IPExtractor = s.addressExtractor()
	s.echo.Use(s.middleware()...)
	if err := s.addRoutes(routes); err != nil {
		return nil, err
	}
	return s, nil
}

// ServeHTTP makes a Server an http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// addRoutes registers the table, and what stands beside it: files and health.
func (s *Server) addRoutes(table []route) error {
	for _, r := range table {
		if err := r.check(); err != nil {
			return err
		}
		s.echo.Add(r.method, r.path, s.door(r))
		if r.method == get {
			s.echo.HEAD(r.path, s.door(r))
		}
	}
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		s.echo.Add(method, "/healthz", s.health)
		s.echo.Add(method, "/readyz", s.ready)
		s.echo.Add(method, "/static/:hash/*", s.file)
		s.echo.Add(method, "/favicon.ico", s.icon)
	}
	return nil
}

// health says that the process answers.
func (s *Server) health(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// ready says whether requests can be served, without telling strangers why not.
func (s *Server) ready(c echo.Context) error {
	if s.Ready == nil {
		return s.health(c)
	}
	if err := s.Ready(c.Request().Context()); err != nil {
		s.Log.Error("not ready", "err", err)
		return c.String(http.StatusServiceUnavailable, "not ready\n")
	}
	return s.health(c)
}
