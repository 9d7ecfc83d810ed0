package web

// CallBack is the fields of an appointment, nil where none can be agreed.
func (p *callPage) CallBack() *dayClock {
	if !p.missed() || p.lastAttempt() {
		return nil
	}
	t := newDayClock(p.Form, "call_back", "Avtalad återuppringning",
		"Fyll i bara om ni kom överens om en tid. Kontakten kommer då först i din kö. Skriv dagen som tis 10 nov och "+
			"tiden som 10.11. Tom dag betyder i dag.")
	return &t
}

// NoCallBack says why no appointment can be agreed where one could be thought of.
func (p *callPage) NoCallBack() string {
	if !p.missed() || !p.lastAttempt() {
		return ""
	}
	return "Det här är sista försöket: kontakten avslutas när du sparar, och någon återuppringning kan inte avtalas."
}

// missed reports whether there is a dial that has reached nobody.
func (p *callPage) missed() bool { return p.Made() && p.dial().Connected.IsZero() && p.Locked() == "" }

// lastAttempt reports whether no further attempt follows the dial in hand.
func (p *callPage) lastAttempt() bool {
	n := 1
	for _, a := range p.View.Contact.Attempts[:p.Attempt-1] {
		if a.Counted() {
			n++
		}
	}
	return n >= p.View.Round.Design.MaxAttempts
}
