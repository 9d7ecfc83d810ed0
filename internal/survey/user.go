package survey

import "slices"

// Role says what a user is there for. A user has exactly one.
type Role string

// The roles of the measurement, and System for the command line and the
// program's own timed work.
const (
	RoleEvaluator    Role = "evaluator"
	RoleLead         Role = "lead"
	RoleCommissioner Role = "commissioner"
	RoleReader       Role = "reader"
	RoleAdmin        Role = "admin"
	RoleSystem       Role = "system"
)

// Roles that an account can have, in the order they are shown.
var Roles = []Role{RoleEvaluator, RoleLead, RoleCommissioner, RoleReader, RoleAdmin}

// Title is the role's Swedish name.
func (r Role) Title() string {
	switch r {
	case RoleEvaluator:
		return "bedömare"
	case RoleLead:
		return "projektledare"
	case RoleCommissioner:
		return "SKR:s mätansvariga"
	case RoleReader:
		return "kommunens läsare"
	case RoleAdmin:
		return "administratör"
	case RoleSystem:
		return "kommandorad"
	}
	return string(r)
}

// Action is something that needs a right.
type Action string

// Everything that needs a right. Ownership (the own contacts, the own
// municipality) is checked in addition, where the thing is at hand.
const (
	PerformContacts Action = "perform contacts" // see, make, rate and correct the own contacts
	SeeSetup        Action = "see setup"        // design, participants, questions, evaluators, assignment, plan
	EditSetup       Action = "edit setup"       // change any of these, and start the fieldwork
	SeeContacts     Action = "see all contacts" // everybody's contacts
	ReviewContacts  Action = "review contacts"  // return, approve, void
	SeeLiveResults  Action = "see live results" // figures before publication
	SeeOwnResults   Action = "see own results"  // the own municipality's published figures
	CloseRounds     Action = "close rounds"     // review → closed, waivers
	PublishRounds   Action = "publish rounds"   // closed → published, and the audiences
	ManageAccounts  Action = "manage accounts"  // users and their passwords
	UseAccount      Action = "use own account"  // log out, change the own password
)

// rights is the table of domain.md §7.
var rights = map[Role][]Action{
	RoleEvaluator:    {PerformContacts, UseAccount},
	RoleLead:         {SeeSetup, EditSetup, SeeContacts, ReviewContacts, SeeLiveResults, UseAccount},
	RoleCommissioner: {SeeSetup, SeeContacts, SeeLiveResults, CloseRounds, PublishRounds, UseAccount},
	RoleReader:       {SeeOwnResults, UseAccount},
	RoleAdmin:        {ManageAccounts, UseAccount},
}

// User is somebody who can log in.
type User struct {
	ID           UserID
	Email        string // lower case; an evaluator's contacts carry the same address
	Name         string
	Role         Role
	Municipality string // a reader's municipality code, "" for others
	Disabled     bool
	Keys         string // how the user has changed the keyboard commands; "" for not at all
}

// CommandLine is who acts when a command is run on the server: full rights,
// named in the history.
var CommandLine = User{Email: "command line", Name: "command line", Role: RoleSystem}

// May reports whether the user's role has the right. A disabled user has none.
func (u User) May(a Action) bool {
	if u.Disabled {
		return false
	}
	return u.Role == RoleSystem || slices.Contains(rights[u.Role], a)
}

// Allow is May as an error: ErrForbidden when the right is missing.
func (u User) Allow(a Action) error {
	if !u.May(a) {
		return ErrForbidden
	}
	return nil
}
