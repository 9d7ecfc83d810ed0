package export

import (
	"bytes"
	"io"
	"testing"

	"servicematning/internal/survey"
)

// fullRound has 36,000 finished contacts: 150 municipalities with the
// contacts of Hultsfred each.
func fullRound(b *testing.B) (survey.Setup, []survey.Contact) {
	b.Helper()
	s := hultsfred(b)
	one, err := ReadContacts(file(b, "contacts.csv"), "contacts.csv", s, later)
	if err != nil {
		b.Fatal(err)
	}
	var all []survey.Contact
	s.Participants = nil
	for _, m := range survey.BundledMunicipalities()[:150] {
		s.Participants = append(s.Participants, survey.Participant{Municipality: m, Phone: "+46701740605",
			Email: "k@example.se"})
		for _, c := range one {
			c.Municipality = m.Code
			all = append(all, c)
		}
	}
	return s, all
}

func BenchmarkReadContacts(b *testing.B) {
	s, all := fullRound(b)
	data := export(b, s, all)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		cs, err := ReadContacts(bytes.NewReader(data), "contacts.csv", s, later)
		if err != nil || len(cs) != 36_000 {
			b.Fatal(len(cs), err)
		}
	}
}

func BenchmarkWriteContacts(b *testing.B) {
	s, all := fullRound(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteContacts(io.Discard, s, stream(all)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteResultsJSON(b *testing.B) {
	rep := fullReport(b)
	var size bytes.Buffer
	if err := WriteResultsJSON(&size, rep, ""); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(size.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteResultsJSON(io.Discard, rep, ""); err != nil {
			b.Fatal(err)
		}
	}
}
