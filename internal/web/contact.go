package web

import (
	"net/url"
	"slices"
	"time"

	"servicematning/internal/fieldwork"
	"servicematning/internal/officehours"
	"servicematning/internal/survey"
)

var contactRoutes = []route{
	{get, "/omgangar/:round/kontakter", (*Server).listContacts, may(survey.SeeContacts)},
	{get, "/omgangar/:round/kontakter/:id", (*Server).showContact, may(survey.SeeContacts)},
	{post, "/omgangar/:round/kontakter/:id/godkann", (*Server).approveContact, may(survey.ReviewContacts)},
	{get, "/omgangar/:round/kontakter/:id/returnera", (*Server).askReturn, may(survey.ReviewContacts)},
	{post, "/omgangar/:round/kontakter/:id/returnera", (*Server).returnContact, may(survey.ReviewContacts)},
	{get, "/omgangar/:round/kontakter/:id/makulera", (*Server).askVoid, may(survey.ReviewContacts)},
	{post, "/omgangar/:round/kontakter/:id/makulera", (*Server).voidContact, may(survey.ReviewContacts)},
}

var contactPages = []page{&contactsPage{}, &contactPage{}}

// contactsPage lists the contacts of a round for its lead.
type contactsPage struct {
	layout
	Rows       []contactRow
	Pager      pager
	Form       *form
	Filters    []field
	Filtered   bool
	Sort       sorting
	Clear      string
	EmptyRound bool
}

func (contactsPage) file() string { return "contact/list.html" }

// contactRow is a contact with the names to show.
type contactRow struct {
	survey.Contact
	URL, Place, Who, Which string
	Late                   bool
}

const contactsPerPage = 50

// contactStates are what the list can be limited to, beside the states themselves.
var contactStates = []option{
	{"", "Alla lägen"}, {"planned", "planerade"}, {"begun", "påbörjade"}, {"submitted", "klara"},
	{"returned", "returnerade"}, {"approved", "godkända"}, {"live", "alla utom makulerade"}, {"void", "makulerade"},
	{"suspected", "misstänkt upptäckt"},
}

func (s *Server) listContacts(c *visit) error {
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	q := c.QueryParams()
	p := &contactsPage{layout: layout{Title: "Kontakter", Round: &set.Round}, Form: &form{values: q}}
	p.Clear = address("omgangar", set.Round.Code, "kontakter")
	filter := contactFilter(q)
	if p.Sort = sortingOf(c, "plan"); p.Sort.Falling {
		filter.Order = survey.ByLast
	}
	filter.Offset, filter.Limit = c.offset(contactsPerPage), contactsPerPage
	list, total, err := s.Service.Contacts(c.ctx(), c.user, set.Round.Code, filter)
	if err != nil {
		return err
	}
	p.fillFilters(set)
	p.Pager = newPager(c, contactsPerPage, total)
	if p.Pager.Offset != filter.Offset { // a page after the last one
		filter.Offset = p.Pager.Offset
		if list, _, err = s.Service.Contacts(c.ctx(), c.user, set.Round.Code, filter); err != nil {
			return err
		}
	}
	p.EmptyRound = total == 0 && !p.Filtered
	now := s.Now()
	for _, x := range list {
		row := contactRow{Contact: x, URL: address("omgangar", set.Round.Code, "kontakter", x.ID), Who: x.Evaluator}
		if m, ok := set.Participant(x.Municipality); ok {
			row.Place = m.Name
		}
		if e, ok := set.Evaluator(x.Evaluator); ok {
			row.Who = e.Name
		}
		row.Which = x.ReplicateTitle(set.Round.Design)
		row.Late = x.State == survey.Planned && x.Disposition == "" && !set.Round.Frozen() && x.PlannedAt.Before(now)
		p.Rows = append(p.Rows, row)
	}
	return s.show(c, p)
}

// contactFilter reads the query. What it does not know restricts nothing.
func contactFilter(q url.Values) survey.ContactFilter {
	f := survey.ContactFilter{
		Municipality: q.Get("kommun"), Area: survey.QuestionArea(q.Get("omrade")), Evaluator: q.Get("bedomare"),
		Channel: survey.Channel(q.Get("kanal")),
	}
	f.PlannedFrom, f.PlannedTo = plannedSpan(q.Get("dag"))
	switch state := q.Get("lage"); state {
	case "":
	case "live":
		f.LiveOnly = true
	case "void":
		f.Disposition = survey.Void
	case "suspected":
		f.Suspected = true
	default:
		f.States, f.LiveOnly = []survey.State{survey.State(state)}, true
	}
	return f
}

// plannedSpan reads a day such as "2026-10-27". Any other text is no span.
func plannedSpan(day string) (from, to time.Time) {
	d, err := officehours.ParseDate(day)
	if err != nil {
		return time.Time{}, time.Time{}
	}
	return d.At(0, 0), d.AddDays(1).At(0, 0)
}

// dayOptions lists the days of the period that contacts are planned on, and
// the one that is asked for.
func dayOptions(r survey.Round, asked string) []option {
	days := r.Calendar.WorkingDays(r.Period.From, r.Period.To)
	if d, err := officehours.ParseDate(asked); err == nil && !slices.Contains(days, d) {
		days = append(days, d)
		slices.SortFunc(days, officehours.Date.Compare)
	}
	options := []option{{"", "Alla dagar"}}
	for _, d := range days {
		options = append(options, option{d.String(), survey.DayText(d)})
	}
	return options
}

func (p *contactsPage) fillFilters(set survey.Setup) {
	places := []option{{"", "Alla kommuner"}}
	for _, m := range set.Participants {
		places = append(places, option{m.Code, m.Name})
	}
	sortSwedish(places[1:], func(o option) string { return o.Label })
	areas := []option{{"", "Alla områden"}}
	for _, a := range set.Round.Design.Areas {
		areas = append(areas, option{string(a), a.Title()})
	}
	people := []option{{"", "Alla bedömare"}}
	for _, e := range set.Evaluators {
		people = append(people, option{e.Email, e.Name})
	}
	sortSwedish(people[1:], func(o option) string { return o.Label })
	channels := []option{{"", "Båda kanalerna"}, {"phone", "samtal"}, {"email", "e-brev"}}
	for _, f := range []struct {
		name, label string
		options     []option
	}{
		{"kommun", "Kommun", places}, {"kanal", "Kanal", channels}, {"omrade", "Frågeområde", areas},
		{"bedomare", "Bedömare", people}, {"dag", "Planerad", dayOptions(set.Round, p.Form.text("dag"))},
		{"lage", "Läge", contactStates},
	} {
		p.Filters = append(p.Filters, narrow(withOptions(f.options, newField(p.Form, f.name, f.label))))
		p.Filtered = p.Filtered || p.Form.given(f.name)
	}
}

// contactPage shows one contact to a lead, with what the lead can do about it.
type contactPage struct {
	layout
	View                     fieldwork.ContactView
	Who, Which               string
	Criteria                 []ratedCriterion
	Access                   survey.LevelCode
	Items                    []box // what was said in the greeting, or given by the sender
	Office, Elapsed          string
	Presses                  []pressRow
	Texts                    []survey.ReplyText // what the municipality wrote, masked
	Form                     *form
	Approve, Return, CanVoid bool
	Borrow                   bool // it may become a practice contact
}

func (contactPage) file() string { return "contact/show.html" }

// ratedCriterion is a criterion with what was chosen.
type ratedCriterion struct {
	Title string
	Level survey.LevelCode
}

func (s *Server) showContact(c *visit) error { return s.contactPage(c, newForm()) }

func (s *Server) contactPage(c *visit, f *form) error {
	view, err := s.contactView(c)
	if err != nil {
		return err
	}
	set, err := s.setup(c)
	if err != nil {
		return err
	}
	x := view.Contact
	p := &contactPage{
		layout: layout{Title: view.Participant.Name + ", " + x.Question, Round: &view.Round},
		View:   view, Who: evaluatorName(set, x.Evaluator), Which: x.ReplicateTitle(view.Round.Design), Form: f,
	}
	p.rate()
	live := x.Disposition != survey.Void && !view.Round.Frozen() && c.user.May(survey.ReviewContacts)
	p.CanVoid = live
	p.Approve = live && x.State == survey.Submitted
	p.Borrow = live && x.State == survey.Approved && view.Round.Design.PracticeFromContacts && c.user.May(survey.EditSetup)
	p.Return = live && slices.Contains([]survey.State{survey.Submitted, survey.Approved}, x.State)
	if x.Channel == survey.Phone {
		p.Presses, err = s.pressesByName(c, set, view)
	} else {
		p.Texts, err = s.Service.ReplyTexts(c.ctx(), c.user, x)
	}
	if err != nil {
		return err
	}
	return s.showForm(c, f, p)
}

// contactView reads the contact that the address names.
func (s *Server) contactView(c *visit) (fieldwork.ContactView, error) {
	id, err := survey.ParseID[survey.Contact](c.Param("id"))
	if err != nil {
		return fieldwork.ContactView{}, err
	}
	view, err := s.Service.Contact(c.ctx(), c.user, id)
	if err == nil && view.Round.Code != c.Param("round") {
		err = survey.ErrNotFound
	}
	return view, err
}

// evaluatorName gives the name, or the address of somebody who is no evaluator
// of the round.
func evaluatorName(set survey.Setup, email string) string {
	if e, ok := set.Evaluator(email); ok {
		return e.Name
	}
	return email
}

// rate gathers the ratings that count, and the times of an e-mail.
func (p *contactPage) rate() {
	x, r := p.View.Contact, p.View.Round
	ratings := x.Mail.Ratings
	if a, ok := x.ReachedAttempt(); ok {
		ratings = a.Ratings
	}
	for _, c := range r.Design.CriteriaFor(x.Channel) {
		p.Criteria = append(p.Criteria, ratedCriterion{c.Title, ratings.Of(c.Code)})
	}
	p.Access, _ = x.Accessibility(r.Design)
	if a, ok := x.GreetingAttempt(); ok {
		p.Items = bitsOf(greetingBits, a.Greeting)
	}
	if x.Channel == survey.Email && !x.Mail.FirstReply.IsZero() {
		p.Items = bitsOf(senderBits, x.Mail.Sender)
	}
	if office, ok := x.Mail.ResponseTime(r.Calendar); ok {
		p.Office = survey.SpanText(office)
		p.Elapsed = survey.SpanText(x.Mail.FirstReply.Sub(x.Mail.Sent))
	}
}

// bitsOf shows a set as boxes.
func bitsOf[T ~uint8](bits []bit[T], set T) []box {
	var list []box
	for _, b := range bits {
		list = append(list, box{b.name, b.label, set&b.in != 0})
	}
	return list
}
