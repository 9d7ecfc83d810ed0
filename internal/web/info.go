package web

import "servicematning/internal/survey"

var infoRoutes = []route{
	{get, "/tillganglighet", showInfo("accessibility", "Tillgänglighet"), public},
	{get, "/personuppgifter", showInfo("privacy", "Personuppgifter"), public},
	{get, "/hjalp", showInfo("help", "Hjälp"), public},
}

var infoPages = []page{
	&infoPage{name: "accessibility"}, &infoPage{name: "privacy"}, &infoPage{name: "help"},
}

// infoPage is a page that everybody can read, logged in or not: what it says
// must give nothing away.
type infoPage struct {
	layout
	Contact string // whom to ask, as the program was started; "" when that was not said
	name    string // of its template
}

func (p infoPage) file() string { return "info/" + p.name + ".html" }

func showInfo(name, title string) func(*Server, *visit) error {
	return func(s *Server, c *visit) error {
		return s.show(c, &infoPage{layout: layout{Title: title}, Contact: s.Contact, name: name})
	}
}

// Is reports whether the visitor has the role.
func (p infoPage) Is(role survey.Role) bool { return p.User.Role == role }
