// Package survey holds the words and the rules of the measurement: what a
// round, a contact and a rating are, and what may be done with them when.
//
// Glossary (Swedish words are what users see):
//
//	Round        mätomgång          one year's measurement
//	FieldPeriod  mätperiod          first and last day, explicit dates
//	Design       upplägg            areas, questions, replicates, criteria, thresholds, limits, weights
//	Municipality kommun             the place
//	Participant  deltagande kommun  the place in one round, with that round's population, class, phone, e-mail
//	QuestionArea frågeområde        what questions are about; Question: fråga
//	Contact      kontakt            one planned test call or test e-mail
//	Replicate    första/andra kontakten  1st or 2nd contact of a cell; 3 and up replace voided ones
//	Cell         cell               participant × question × channel
//	Attempt      uppringning        one dial; Outcome (utfall): how it ended
//	Disposition  slutkod            how the contact ended, set once
//	Evaluator    bedömare           makes and rates contacts
//	Assignment   tilldelning        area (and optionally municipality) → evaluator
//	Criterion    kriterium          what is judged; Scale (skala) of Levels (nivåer); Rating: bedömning
//	Stage        skede              draft → fieldwork → review → closed → published
//	Void         makulerad          a contact made in error; its Replacement (ersättning) takes its place
//
// Messages that users read are Swedish and stand beside the rule that gives
// them, because the web pages, the file imports and the command line must say
// the same thing. Sentinel errors are English and for the program.
package survey
