package web

import (
	"compress/gzip"
	"net/http"
	"runtime"
	"strings"

	"github.com/labstack/echo/v4"
)

// packLevel is where more effort no longer pays: a day's page of 3.8 kB takes
// half as long again at 2, and is a twentieth smaller; three times at 5, and a
// seventh.
const packLevel = gzip.BestSpeed

// packFrom is the size under which packing costs more than it saves.
const packFrom = 1024

// packers are the writers that are kept. Each has close to a MiB of tables, so
// one is taken only while an answer is written, and not by everybody who waits
// for the database; those beyond one for each processor are let go.
var packers = make(chan *gzip.Writer, runtime.GOMAXPROCS(0))

// compress packs what is sent to browsers that can unpack it.
func compress(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if isFile(c) {
			return next(c)
		}
		c.Response().Header().Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
		if !strings.Contains(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip") {
			return next(c)
		}
		plain := c.Response().Writer
		p := &packer{ResponseWriter: plain}
		c.Response().Writer = p
		defer func() {
			p.end()
			c.Response().Writer = plain
		}()
		return next(c)
	}
}

// packer packs an answer whose first piece shows that it is worth it: pages
// are written whole, files in pieces.
type packer struct {
	http.ResponseWriter
	status int          // told, and not sent yet
	gz     *gzip.Writer // nil until the first piece, or when it is too small
	begun  bool
}

// WriteHeader waits with the status until it is known whether to pack.
func (p *packer) WriteHeader(status int) { p.status = status }

// Write sends a piece of the answer.
func (p *packer) Write(piece []byte) (int, error) {
	if !p.begun {
		p.begin(len(piece) >= packFrom)
	}
	if p.gz == nil {
		return p.ResponseWriter.Write(piece)
	}
	return p.gz.Write(piece)
}

func (p *packer) begin(pack bool) {
	p.begun = true
	if pack {
		p.Header().Set(echo.HeaderContentEncoding, "gzip")
		p.Header().Del(echo.HeaderContentLength)
		select {
		case p.gz = <-packers:
			p.gz.Reset(p.ResponseWriter)
		default:
			p.gz, _ = gzip.NewWriterLevel(p.ResponseWriter, packLevel) // it fails for unknown levels alone
		}
	}
	if p.status != 0 {
		p.ResponseWriter.WriteHeader(p.status)
	}
}

// end sends what is left and gives the writer back.
func (p *packer) end() {
	if !p.begun {
		p.begin(false)
	}
	if p.gz == nil {
		return
	}
	_ = p.gz.Close() // it fails when the visitor has left
	select {
	case packers <- p.gz:
	default:
	}
}

// Unwrap is for http.ResponseController.
func (p *packer) Unwrap() http.ResponseWriter { return p.ResponseWriter }
