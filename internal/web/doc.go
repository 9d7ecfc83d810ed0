// Package web is the browser's side: addresses, pages, forms, cookies, status
// codes and the Swedish wording of pages. It is the only room that knows echo.
//
// # How to add a page
//
// Everything about a noun stands in one file, web/round.go for templates/round/*.html
// and web/round_test.go.
//
//  1. Its type embeds layout and names its template; put it in the noun's list
//     of pages, which server.go joins:
//
//     type planPage struct { layout; Plan fieldwork.Plan; Form *form }
//     func (planPage) file() string { return "round/plan.html" }
//     var roundPages = []page{&planPage{}}
//
//  2. The template defines "main" and uses the parts in templates/partials;
//     every form that changes something has {{template "form-id"}}, and
//     {{template "version" .Round.Version}} when it changes stored values.
//
//  3. Its line in the noun's table, joined in server.go too:
//
//     {get, "/omgangar/:round/plan", (*Server).showPlan, may(survey.SeeSetup)},
//     {post, "/omgangar/:round/plan", (*Server).makePlan, may(survey.EditSetup)},
//
//     may(a, b) lets in whoever has one of the rights, upload(a) allows 32 MB.
//     The use case checks the right again, and whose thing it is. The page stands
//     in the navigation by itself if its address is in menus (page.go).
//
//  4. A GET ends with s.show(c, &planPage{layout: layout{Title: "Plan", Round: &round}, …}).
//     A POST reads s.form(c), calls the use case with c.ctx() — which carries the
//     form's id — and ends in one of three ways:
//
//     f, err := s.form(c)                    // err: return it
//     seed := f.int("seed")                  // what cannot be read is noted in f.Errors
//     if f.ok() { err = s.Service.…(c.ctx(), c.user, …) }
//     if f.wrong(err) { return s.planPage(c, f) }           // showForm: same page, input kept, 422
//     return s.doneSaying(c, err, target, saved("Planen är gjord."))  // 303, a repeated form too
//
//     Any error that is returned becomes a page by the table in errors.go; a
//     survey.Refusal shows its own words.
//
//  5. A filled sample of the page in the noun's test (samples, page_test.go),
//     and a walk: app.as(t, survey.RoleLead).open("/…").fill(…).submit("Planera").
//     The test of rights reads the route table; it needs a line in its table.
package web
