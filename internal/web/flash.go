package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"servicematning/internal/survey"
)

// flash is a message about what just happened. State is its first word.
type flash struct {
	Kind  string // ok, warn, late, or "" for a plain fact
	State string // "Sparat"
	Text  string // "Kontakten med Åmål är klar."
}

// Sign is the shape that goes with the kind.
func (f flash) Sign() string {
	switch f.Kind {
	case "ok":
		return "✓"
	case "warn":
		return "◆"
	case "late":
		return "▲"
	}
	return "i"
}

// saved is the flash after something was stored.
func saved(text string) flash { return flash{Kind: "ok", State: "Sparat", Text: text} }

// withName adds to what is said of a saved contact that its note seems to hold
// a name.
func withName(note string, said flash) flash {
	if survey.HoldsName(note) {
		said.Text += " Anteckningen verkar innehålla ett namn. Ta bort det."
	}
	return said
}

const flashCookie = "meddelande"

// leaveFlash sends a message to the next page, in a cookie that nobody but
// this process can have written.
func (s *Server) leaveFlash(c *visit, f flash) {
	text, err := json.Marshal(f)
	if err != nil {
		return // a message is not worth failing for
	}
	value := base64.RawURLEncoding.EncodeToString(text)
	s.setCookie(c, flashCookie, value+"."+s.sign(value), 60)
}

// takeFlash reads the message and forgets it.
func (s *Server) takeFlash(c *visit) *flash {
	raw := s.cookie(c.Request(), flashCookie)
	if raw == "" {
		return nil
	}
	if c.Request().Method != http.MethodHead {
		s.setCookie(c, flashCookie, "", -1)
	}
	value, signature, _ := strings.Cut(raw, ".")
	if !hmac.Equal([]byte(signature), []byte(s.sign(value))) {
		return nil
	}
	text, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil {
		return nil
	}
	f := new(flash)
	if json.Unmarshal(text, f) != nil {
		return nil
	}
	return f
}

func (s *Server) sign(value string) string {
	mac := hmac.New(sha256.New, s.flashKey)
	mac.Write([]byte(value))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
