package web

import (
	"fmt"

	"servicematning/internal/fieldwork"
	"servicematning/internal/survey"
)

func (s *Server) approveContact(c *visit) error {
	return s.reviewContact(c, "Kontakten är godkänd.", (*Server).contactPage, func(id survey.ContactID, f *form) error {
		return s.Service.Approve(c.ctx(), c.user, id, f.version())
	})
}

func (s *Server) returnContact(c *visit) error {
	return s.reviewContact(c, "Kontakten är returnerad till bedömaren.", (*Server).returnPage, func(id survey.ContactID, f *form) error {
		return s.Service.Return(c.ctx(), c.user, id, f.version(), f.text("why"))
	})
}

func (s *Server) voidContact(c *visit) error {
	return s.reviewContact(c, "Kontakten är makulerad. En ersättning läggs in när planen görs om.", (*Server).voidPage,
		func(id survey.ContactID, f *form) error {
			return s.Service.Void(c.ctx(), c.user, id, f.version(), f.text("why"))
		})
}

// reviewContact does what a lead decides about a contact; again shows the page
// that the form came from when something in it is wrong.
func (s *Server) reviewContact(c *visit, done string, again func(*Server, *visit, *form) error,
	do func(survey.ContactID, *form) error) error {
	f, err := s.form(c)
	if err != nil {
		return err
	}
	id, err := survey.ParseID[survey.Contact](c.Param("id"))
	if err != nil {
		return err
	}
	err = do(id, f)
	if f.wrong(err) {
		return again(s, c, f)
	}
	return s.doneSaying(c, err, address("omgangar", c.Param("round"), "kontakter", id), saved(done))
}

func (s *Server) askReturn(c *visit) error { return s.returnPage(c, newForm()) }

func (s *Server) returnPage(c *visit, f *form) error {
	return s.askAbout(c, f, "Returnera kontakten", func(v fieldwork.ContactView) (confirm, error) {
		set, err := s.setup(c)
		who := evaluatorName(set, v.Contact.Evaluator)
		return confirm{
			URL: "returnera", Title: "Returnera " + contactName(v) + " till " + who + "?",
			Effect: "Kontakten räknas inte förrän " + who + " har sett över den och den är klar igen.",
			Button: "Returnera till " + who, Reason: &field{Label: "Vad ska " + who + " se över?"},
		}, err
	})
}

func (s *Server) askVoid(c *visit) error { return s.voidPage(c, newForm()) }

func (s *Server) voidPage(c *visit, f *form) error {
	return s.askAbout(c, f, "Makulera kontakten", func(v fieldwork.ContactView) (confirm, error) {
		x := v.Contact
		n, err := s.countContacts(c, v.Round, survey.ContactFilter{Municipality: x.Municipality, Channel: x.Channel})
		effect := fmt.Sprintf("Kontakten lämnar resultaten för gott. %s har sedan %s av %s %s kvar.", v.Participant.Name,
			number(max(0, n-1)), number(n), channelWord(x.Channel))
		if v.Round.Plannable() == nil {
			effect += " En ersättning läggs in när planen görs om."
		} else {
			effect += " Fältarbetet är slut, så den ersätts inte."
		}
		return confirm{
			URL: "makulera", Title: "Makulera " + contactName(v) + "?", Effect: effect, Button: "Makulera kontakten",
			Reason: &field{Label: "Skäl"},
		}, err
	})
}

// askAbout asks about a contact; question's URL is the last part of the address.
func (s *Server) askAbout(c *visit, f *form, title string, question func(fieldwork.ContactView) (confirm, error)) error {
	v, err := s.contactView(c)
	if err != nil {
		return err
	}
	q, err := question(v)
	if err != nil {
		return err
	}
	at := address("omgangar", v.Round.Code, "kontakter", v.Contact.ID)
	reason := newField(f, "why", q.Reason.Label)
	q.URL, q.Keep, q.Reason = at+"/"+q.URL, at, &reason
	q.Hidden = []option{{"version", fmt.Sprint(v.Contact.Version)}}
	return s.ask(c, &confirmPage{
		layout: layout{Title: title, Round: &v.Round}, Form: f, Confirm: q,
		Above: link{Label: "Kontakter", URL: address("omgangar", v.Round.Code, "kontakter")},
	})
}

// contactName names a contact in a sentence: "samtalet med Åmål, FÖRS2, andra kontakten".
func contactName(v fieldwork.ContactView) string {
	what := "samtalet med "
	if v.Contact.Channel == survey.Email {
		what = "e-brevet till "
	}
	return what + v.Participant.Name + ", " + v.Contact.Question + ", " + v.Contact.ReplicateTitle(v.Round.Design)
}
