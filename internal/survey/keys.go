package survey

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Desk is where a keyboard command stands: a set of kinds of page.
type Desk uint8

// The kinds of page. A key may mean different things on two of them.
const (
	CallDesk Desk = 1 << iota
	EmailDesk
	EveryDesk = CallDesk | EmailDesk
)

// Command is something that a key does. The control that it presses carries
// the command's name.
type Command struct {
	Name  string
	Title string // what it does, for the list of keys
	Key   string // until the user changes it: as it is typed, in lower case
	Group string // heading in the list of keys
	Desk  Desk
	// All says that everybody has it, not only those who perform contacts.
	All bool
}

// Commands is every command, in the order of the list of keys.
var Commands = slices.Concat(
	commandsOf("Samtalets skeden", CallDesk,
		"dial", Dial.Title(), "r", "answer", PickUp.Title(), "s", "forward", Forward.Title(), "k",
		"connect", Connect.Title(), "h", "end", HangUp.Title(), "a", "undo", "Ångra senaste tryck", "z"),
	commandsOf("Så slutade uppringningen", CallDesk,
		"outcome-busy", Busy.Title(), "u", "outcome-no_answer", NoAnswer.Title(), "i",
		"outcome-queue_limit", QueueLimit.Title(), "l", "outcome-voicemail", Voicemail.Title(), "t",
		"outcome-unavailable", Unavailable.Title(), "e", "outcome-bounced", Bounced.Title(), "v",
		"outcome-referred", Referred.Title(), "ä", "outcome-closed", ClosedNow.Title(), "g",
		"outcome-fault", Fault.Title(), "f"),
	commandsOf("E-brevet", EmailDesk,
		"copy", "Kopiera brevet", "c", "sent", "Markera som skickat", "m", "reply-person", "Svar från en person", "p",
		"reply-auto", "Automatiskt svar", "a", "reply-bounce", "Studsade tillbaka", "s"),
	commandsOf("Bedömning", EveryDesk,
		"level-1", "Första nivån i frågan som är i tur", "1", "level-2", "Andra nivån", "2",
		"level-3", "Tredje nivån", "3", "level-4", "Fjärde nivån", "4",
		"turn-back", "Föregående fråga", "←", "turn-on", "Nästa fråga", "→",
		"box-1", "Första rutan om hälsning eller avsändare", "7", "box-2", "Andra rutan", "8", "box-3", "Tredje rutan", "9"),
	commandsOf("Vidare", EveryDesk, "save", "Spara och ta nästa", "enter", "next", "Nästa kontakt", "n"),
	forAll(commandsOf("Överallt", EveryDesk, "search", "Gå till sökrutan", "/", "help", "Visa tangenterna på sidan", "?")),
)

// commandsOf makes commands from triples of name, title and key.
func commandsOf(group string, desk Desk, triples ...string) []Command {
	var list []Command
	for t := range slices.Chunk(triples, 3) {
		list = append(list, Command{Name: t[0], Title: t[1], Key: t[2], Group: group, Desk: desk})
	}
	return list
}

func forAll(list []Command) []Command {
	for i := range list {
		list[i].All = true
	}
	return list
}

// CommandsFor lists the commands that the user can meet.
func CommandsFor(u User) []Command {
	var list []Command
	for _, c := range Commands {
		if c.All || u.May(PerformContacts) {
			list = append(list, c)
		}
	}
	return list
}

// Keys is how a user has changed the keyboard commands. The zero value is the
// keys as they come.
type Keys struct {
	Off     bool              // no key does anything
	changed map[string]string // by the command's name
}

// keysOff is how Keys that are off begin as text.
const keysOff = "off"

// ParseKeys reads what String wrote. What it does not know is left out, so
// that a command may be taken away from the program.
func ParseKeys(text string) Keys {
	var k Keys
	for word := range strings.FieldsSeq(text) {
		if word == keysOff {
			k.Off = true
			continue
		}
		if name, key, ok := strings.Cut(word, "="); ok {
			k.Set(name, key)
		}
	}
	return k
}

// String is the keys as they are kept: "" when nothing is changed.
func (k Keys) String() string {
	var words []string
	if k.Off {
		words = append(words, keysOff)
	}
	for _, name := range slices.Sorted(maps.Keys(k.changed)) {
		words = append(words, name+"="+k.changed[name])
	}
	return strings.Join(words, " ")
}

// Of is the key of a command.
func (k Keys) Of(c Command) string {
	if key, ok := k.changed[c.Name]; ok {
		return key
	}
	return c.Key
}

// Set gives the named command a key; "" gives it back the one it came with.
// Whether the key will do is for Check.
func (k *Keys) Set(name, key string) {
	i := slices.IndexFunc(Commands, func(c Command) bool { return c.Name == name })
	if i < 0 {
		return
	}
	key = strings.ToLower(strings.TrimSpace(key))
	if key == "" || key == Commands[i].Key {
		delete(k.changed, name)
		return
	}
	if k.changed == nil {
		k.changed = map[string]string{}
	}
	k.changed[name] = key
}

// Check says which keys will not do, by the commands' names: a key is one
// letter or digit, and has one meaning on a page.
func (k Keys) Check() error {
	var errs FieldErrors
	for _, c := range Commands {
		key, changed := k.changed[c.Name]
		if !changed {
			continue
		}
		if !keyPossible(key) {
			errs.Add(c.Name, "Skriv en enda bokstav eller siffra.")
			continue
		}
		for _, other := range Commands {
			if other.Name != c.Name && other.Desk&c.Desk != 0 && k.Of(other) == key {
				errs.Add(c.Name, strings.ToUpper(key)+" används redan till "+other.Title+". Välj en annan.")
			}
		}
	}
	return errs.Err()
}

func keyPossible(key string) bool {
	r, size := utf8.DecodeRuneInString(key)
	return size == len(key) && (unicode.IsLetter(r) || unicode.IsDigit(r)) && r != utf8.RuneError
}

// Shown is a key as it stands on a control: "R", "Enter", "←".
func Shown(key string) string {
	r, size := utf8.DecodeRuneInString(key)
	return string(unicode.ToUpper(r)) + key[size:]
}
