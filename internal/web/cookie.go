package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"

	"github.com/labstack/echo/v4"
)

const sessionCookie = "session"

// overTLS reports whether the visitor's browser speaks TLS, to us or to a
// proxy that we trust to say so.
func (s *Server) overTLS(r *http.Request) bool {
	if s.Secure || r.TLS != nil {
		return true
	}
	return s.fromProxy(r) && r.Header.Get("X-Forwarded-Proto") == "https"
}

func (s *Server) fromProxy(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && slices.ContainsFunc(s.TrustedProxies, func(p netip.Prefix) bool {
		return p.Contains(from.Addr().Unmap())
	})
}

// addressExtractor finds the visitor's address: the last one in
// X-Forwarded-For that is not a trusted proxy's, and without proxies the
// connection's own. Echo's default believes whatever a header says.
func (s *Server) addressExtractor() echo.IPExtractor {
	if len(s.TrustedProxies) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range s.TrustedProxies {
		_, network, err := net.ParseCIDR(p.Masked().String())
		if err == nil {
			options = append(options, echo.TrustIPRange(network))
		}
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// cookieName adds the prefix that makes browsers insist on TLS, this very host
// and the whole site.
func (s *Server) cookieName(r *http.Request, name string) string {
	if s.overTLS(r) {
		return "__Host-" + name
	}
	return name
}

func (s *Server) cookie(r *http.Request, name string) string {
	c, err := r.Cookie(s.cookieName(r, name))
	if err != nil {
		return ""
	}
	return c.Value
}

// setCookie sends a cookie that scripts and other sites' forms do not get;
// seconds 0 keeps it until the browser closes, and -1 removes it.
func (s *Server) setCookie(c *visit, name, value string, seconds int) {
	c.SetCookie(&http.Cookie{ //nolint:gosec // Secure whenever the visitor came over TLS; without it the cookie would be lost
		Name: s.cookieName(c.Request(), name), Value: value, Path: "/", MaxAge: seconds,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.overTLS(c.Request()),
	})
}
