package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"servicematning/internal/survey"
)

// Who may use what, written out once more: the test below compares it with
// what the server does, so that a right given by mistake is seen.
const (
	evaluator    = survey.RoleEvaluator
	lead         = survey.RoleLead
	commissioner = survey.RoleCommissioner
	reader       = survey.RoleReader
	admin        = survey.RoleAdmin
	nobody       = survey.Role("")
)

type doorList = map[string][]survey.Role

var (
	everyone = []survey.Role{nobody, evaluator, lead, commissioner, reader, admin}
	members  = everyone[1:]
)

// doors lists the roles that each line of the route table lets in. Nouns keep
// theirs in their own test files.
var doors = []doorList{sessionDoors, keysDoors, accountDoors, setupDoors, componentDoors, handbookDoors, infoDoors, dayDoors, callDoors, draftDoors, emailDoors, planningDoors, replanDoors,
	assignmentDoors,
	practiceDoors,
	planDoors, resultsDoors, progressDoors, rehearsalDoors,
}

func TestEveryDoorForEveryRole(t *testing.T) {
	a := newApp(t)
	browsers := map[survey.Role]*walk{nobody: a.visitor(t)}
	for _, role := range survey.Roles {
		browsers[role] = a.as(t, role)
	}
	for _, r := range routes {
		name := r.method + " " + r.path
		allowed, listed := rolesFor(name)
		if !listed {
			t.Errorf("%s is in no list of doors: write down who may use it", name)
			continue
		}
		for role, w := range browsers {
			if got, want := knock(w, r), slices.Contains(allowed, role); got != want {
				t.Errorf("%s as %q: let in %v, want %v (status %d)", name, role, got, want, w.answer.StatusCode)
			}
			if r.path == "/logga-ut" && role != nobody {
				browsers[role] = a.as(t, role)
			}
		}
	}
}

func rolesFor(name string) ([]survey.Role, bool) {
	for _, list := range doors {
		if roles, ok := list[name]; ok {
			return roles, true
		}
	}
	return nil, false
}

// knock asks for a route, with parameters that fit nothing, and reports
// whether the door let it in. What happened inside does not matter.
func knock(w *walk, r route) bool {
	path := strings.NewReplacer(":id", survey.NewID[survey.Contact]().String(), ":round", "1999",
		":municipality", "0305").Replace(r.path)
	w.redirects(false)
	if r.method == post {
		w.post(path, url.Values{})
	} else {
		w.open(path)
	}
	switch w.answer.StatusCode {
	case http.StatusForbidden:
		return false
	case http.StatusSeeOther:
		return !strings.HasPrefix(w.answer.Header.Get("Location"), "/logga-in") || r.access.everybody
	}
	return true
}

func TestNoDoorIsListedThatIsNotThere(t *testing.T) {
	for _, list := range doors {
		for name := range list {
			if !slices.ContainsFunc(routes, func(r route) bool { return r.method+" "+r.path == name }) {
				t.Errorf("%s is listed but not in the route table", name)
			}
		}
	}
}
