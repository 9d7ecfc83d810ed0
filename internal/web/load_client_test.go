package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
)

// loadClient is one evaluator's browser, as cheap as can be: it shares two
// processors with the server. It takes pages packed, as browsers do, and does
// not unpack them.
type loadClient struct {
	conn  net.Conn
	in    *bufio.Reader
	head  string // what every request has
	next  string // the address of the contact in hand
	took  [loadSteps]time.Duration
	bytes [loadSteps]int64
}

// The steps of one turn of the evaluator's loop.
const (
	loadList = iota
	loadForm
	loadSave
	loadSteps
)

var loadStepNames = [loadSteps]string{"list", "form", "save"}

// newLoadClient connects and takes the first contact.
func newLoadClient(address, token, round string) (*loadClient, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	c := &loadClient{conn: conn, in: bufio.NewReaderSize(conn, 64<<10), head: " HTTP/1.1\r\nHost: " + address +
		"\r\nAccept-Encoding: gzip\r\nSec-Fetch-Site: same-origin\r\nCookie: " + sessionCookie + "=" + token + "\r\n"}
	_, err = c.post("/min-dag/nasta", url.Values{"round": {round}})
	return c, err
}

// turn goes once through the loop: looks at the day, opens the contact in
// hand, reports the call and is given the next one. Between opening and
// reporting the phases of the call are stamped, outside the steps' times.
func (c *loadClient) turn() error {
	if !strings.HasPrefix(c.next, "/samtal/") {
		return fmt.Errorf("the next contact is at %q, not a call", c.next)
	}
	var err error
	if c.bytes[loadList], err = c.timed(loadList, func() (int64, error) { return c.get("/min-dag") }); err != nil {
		return err
	}
	if c.bytes[loadForm], err = c.timed(loadForm, func() (int64, error) { return c.get(c.next) }); err != nil {
		return err
	}
	if _, err := c.send(http.MethodPost, "/load/phases/"+strings.TrimPrefix(c.next, "/samtal/"), "", http.StatusOK); err != nil {
		return err
	}
	report := url.Values{
		"version": {"2"}, "attempt": {"1"}, "outcome": {"reached"}, "answer": {"good"}, "information": {"fair"},
		"interest": {"good"}, "treatment": {"very_good"}, "said_municipality": {"1"}, "said_hello": {"1"},
		"note": {"Tydligt besked, hänvisade till blanketten."}, "then": {"next"},
	}
	c.bytes[loadSave], err = c.timed(loadSave, func() (int64, error) { return c.post(c.next, report) })
	return err
}

func (c *loadClient) timed(step int, request func() (int64, error)) (int64, error) {
	start := time.Now()
	n, err := request()
	c.took[step] = time.Since(start)
	return n, err
}

func (c *loadClient) get(path string) (int64, error) {
	return c.send(http.MethodGet, path, "", http.StatusOK)
}

// post sends a form and goes where the answer leads.
func (c *loadClient) post(path string, form url.Values) (int64, error) {
	form.Set("form_id", uuid.NewString())
	return c.send(http.MethodPost, path, form.Encode(), http.StatusSeeOther)
}

// send asks, reads the whole answer and says how many bytes its body had.
func (c *loadClient) send(method, path, body string, want int) (int64, error) {
	request := method + " " + path + c.head
	if method == http.MethodPost {
		request += fmt.Sprintf("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n", len(body))
	}
	if _, err := io.WriteString(c.conn, request+"\r\n"+body); err != nil {
		return 0, err
	}
	answer, err := http.ReadResponse(c.in, &http.Request{Method: method})
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	if err == nil && answer.StatusCode != want {
		err = fmt.Errorf("%s %s: status %d, want %d", method, path, answer.StatusCode, want)
	}
	if at := answer.Header.Get("Location"); at != "" {
		c.next = at
	}
	return n, err
}
