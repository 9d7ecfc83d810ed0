package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"servicematning/static"
)

// file sends a file whose address names its content, so it may be kept for ever.
func (s *Server) file(c echo.Context) error {
	f, ok := static.Find(c.Param("hash"), c.Param("*"))
	if !ok {
		return echo.ErrNotFound
	}
	return sendFile(c, f, "public, max-age=31536000, immutable")
}

// icon answers browsers that ask for an icon without having read a page.
func (s *Server) icon(c echo.Context) error {
	url, err := static.URL("favicon.svg")
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusFound, url)
}

func sendFile(c echo.Context, f static.File, caching string) error {
	header, body := c.Response().Header(), f.Body
	header.Set(echo.HeaderCacheControl, caching)
	header.Set(echo.HeaderVary, echo.HeaderAcceptEncoding)
	if strings.Contains(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip") {
		header.Set(echo.HeaderContentEncoding, "gzip")
		body = f.Gzip
	}
	header.Set(echo.HeaderContentLength, strconv.Itoa(len(body)))
	return c.Blob(http.StatusOK, f.Type, body)
}
