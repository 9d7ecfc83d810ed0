package auth

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"servicematning/internal/survey"
)

// Cost is what one look at a password takes.
type Cost struct {
	MemoryKiB uint32
	Passes    uint32
}

// fullCost follows OWASP: 19 MiB and two passes, about 40 ms.
var fullCost = Cost{MemoryKiB: 19 * 1024, Passes: 2}

// atOnce is how many passwords are hashed at the same time: without a limit a
// crowd at the login page could take all memory. 64 logins at once take the
// process to 124 MB with two and to 47 MB with one, in the same time.
const atOnce = 1

// hasher makes and compares password hashes.
type hasher struct {
	params   *argon2id.Params
	slots    chan struct{}
	nobody   string // hash that no password is known for, compared with when there is no account
	computed atomic.Int64
}

func newHasher(c Cost) (*hasher, error) {
	if c == (Cost{}) {
		c = fullCost
	}
	h := &hasher{
		params: &argon2id.Params{Memory: c.MemoryKiB, Iterations: c.Passes, Parallelism: 1, SaltLength: 16, KeyLength: 32},
		slots:  make(chan struct{}, atOnce),
	}
	var err error
	h.nobody, err = h.hash(context.Background(), "")
	return h, err
}

// enter waits for a free slot, as long as the visitor does.
func (h *hasher) enter(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		h.computed.Add(1)
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *hasher) leave() { <-h.slots }

func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return argon2id.CreateHash(password, h.params)
}

func (h *hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	if err := h.enter(ctx); err != nil {
		return false, err
	}
	defer h.leave()
	return argon2id.ComparePasswordAndHash(password, hash)
}

// hashToken is what the store knows of a session's token.
func hashToken(token string) TokenHash { return sha256.Sum256([]byte(token)) }

// Passwords are judged by length alone, and by not being what everybody tries
// first; rules on digits and signs make them worse.
const (
	shortest = 12
	longest  = 200
)

// commonest are the long ones among the most used, by what they begin with
// when written in small letters without digits and signs.
var commonest = []string{
	"password", "passwordpassword", "losenord", "lösenord", "losenordlosenord", "lösenordlösenord", "qwertyuiop",
	"qwertyuiopå", "qwertyqwerty", "abcdefghijkl", "abcabcabcabc", "hejhejhejhej", "sommar", "vinter",
	"servicemätning", "servicematning", "valkommen", "välkommen", "administrator", "administratör", "iloveyou",
}

// checkPassword says what is wrong with a new password.
func checkPassword(field, password, email string) survey.FieldErrors {
	var errs survey.FieldErrors
	lower := strings.ToLower(password)
	switch n := utf8.RuneCountInString(password); {
	case n < shortest:
		errs.Add(field, fmt.Sprintf("Lösenordet är för kort. Skriv minst %d tecken, gärna några ord efter varandra.",
			shortest))
	case n > longest:
		errs.Add(field, fmt.Sprintf("Lösenordet är för långt. Skriv högst %d tecken.", longest))
	case email != "" && (lower == email || strings.HasPrefix(email, lower+"@")):
		errs.Add(field, "Lösenordet får inte vara e-postadressen. Välj något annat.")
	case common(lower):
		errs.Add(field, "Lösenordet hör till de vanligaste och är lätt att gissa. Välj något annat.")
	}
	return errs
}

// common reports whether a password is one that everybody tries: a common
// word with digits after it, or the same few signs again and again.
func common(lower string) bool {
	letters := strings.TrimRight(strings.TrimLeft(lower, "0123456789"), "0123456789 !.-_?")
	for _, word := range commonest {
		if letters == word {
			return true
		}
	}
	different := map[rune]bool{}
	for _, r := range lower {
		different[r] = true
	}
	return len(different) < 4 || strings.HasPrefix("01234567890123456789", lower) ||
		strings.HasPrefix("12345678901234567890", lower)
}

// syllables make passwords that can be read aloud and typed from paper.
const (
	consonants = "bdfghjklmnprstv"
	vowels     = "aeiouy"
)

// newPassword invents one: five groups of four letters, about 65 bits.
func newPassword(random io.Reader) (string, error) {
	var b strings.Builder
	for i := range 20 {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		set := consonants
		if i%2 == 1 {
			set = vowels
		}
		letter, err := pick(random, set)
		if err != nil {
			return "", err
		}
		b.WriteByte(letter)
	}
	return b.String(), nil
}

// pick takes one letter, each as likely as the others.
func pick(random io.Reader, set string) (byte, error) {
	limit := 256 - 256%len(set) // bytes from here on would favour the first letters
	for one := make([]byte, 1); ; {
		if _, err := io.ReadFull(random, one); err != nil {
			return 0, err
		}
		if n := int(one[0]); n < limit {
			return set[n%len(set)], nil
		}
	}
}
