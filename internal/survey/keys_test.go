package survey

import (
	"strings"
	"testing"
)

func TestNoTwoCommandsOnAPageHaveTheSameKey(t *testing.T) {
	seen := map[string]bool{}
	for i, c := range Commands {
		if seen[c.Name] || strings.ContainsAny(c.Name, "= ") || c.Title == "" || c.Key != strings.ToLower(c.Key) {
			t.Errorf("%+v: the name is taken or something is missing", c)
		}
		seen[c.Name] = true
		for _, other := range Commands[:i] {
			if other.Key == c.Key && other.Desk&c.Desk != 0 {
				t.Errorf("%s and %s both have %s", c.Name, other.Name, c.Key)
			}
		}
	}
}

func TestWhichKeysWillDo(t *testing.T) {
	for name, test := range map[string]struct{ command, key, wrong string }{
		"a letter nobody uses":             {"dial", "x", ""},
		"a capital":                        {"dial", "X", ""},
		"a Swedish letter":                 {"dial", "Å", ""},
		"a digit":                          {"next", "5", ""},
		"the one it has":                   {"save", "Enter", ""},
		"nothing, as it came":              {"dial", " ", ""},
		"two letters":                      {"dial", "xy", "en enda bokstav"},
		"a sign":                           {"dial", "%", "en enda bokstav"},
		"another command's special key":    {"dial", "enter", "en enda bokstav"},
		"one in use on the page":           {"dial", "S", "S används redan till Svar."},
		"one in use on every page":         {"dial", "n", "N används redan till Nästa kontakt."},
		"one in use on another page alone": {"copy", "r", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var k Keys
			k.Set(test.command, test.key)
			err := k.Check()
			if (err == nil) != (test.wrong == "") || err != nil && !strings.Contains(err.Error(), test.wrong) {
				t.Errorf("got %v, want %q", err, test.wrong)
			}
		})
	}
}

func TestTwoCommandsMayChangePlaces(t *testing.T) {
	var k Keys
	k.Set("dial", "s")
	k.Set("answer", "r")
	if err := k.Check(); err != nil {
		t.Error(err)
	}
}

func TestKeysAreKeptAsText(t *testing.T) {
	var k Keys
	if text := k.String(); text != "" {
		t.Errorf("untouched keys are %q", text)
	}
	k.Set("undo", "x")
	k.Set("dial", "Q")
	k.Set("no such command", "b")
	k.Off = true
	text := k.String()
	if text != "off dial=q undo=x" {
		t.Errorf("kept as %q", text)
	}
	again := ParseKeys(text + " gone=y nonsense")
	if again.String() != text || again.Of(Commands[0]) != "q" || again.Of(Commands[1]) != "s" {
		t.Errorf("read as %q", again)
	}
	again.Set("dial", "r")
	if got := again.String(); got != "off undo=x" {
		t.Errorf("the key it came with is kept as a change: %q", got)
	}
}

func TestOnlyEvaluatorsHaveCommandsOfTheWorkbench(t *testing.T) {
	if n := len(CommandsFor(User{Role: RoleEvaluator})); n != len(Commands) {
		t.Errorf("an evaluator has %d of %d", n, len(Commands))
	}
	if list := CommandsFor(User{Role: RoleReader}); len(list) != 2 || list[0].Name != "search" {
		t.Errorf("a reader has %v", list)
	}
}

func TestKeysAreShownAsTheyStandOnTheKeyboard(t *testing.T) {
	for key, want := range map[string]string{"r": "R", "ä": "Ä", "enter": "Enter", "←": "←", "7": "7"} {
		if got := Shown(key); got != want {
			t.Errorf("%s is shown as %s", key, got)
		}
	}
}
