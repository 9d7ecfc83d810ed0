package store_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/store"
	"servicematning/internal/survey"
)

func TestReplyTextsAreKeptBesideTheContact(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, call, mail := sample(t, s)
		change := func(texts ...survey.ReplyText) {
			t.Helper()
			_, err := s.UpdateContact(t.Context(), survey.Change{By: "maja@example.se"}, mail.ID, 0,
				func(c *survey.Contact, _ survey.Round) error {
					c.Replies = texts
					return nil
				})
			must(t, err)
		}
		first := survey.ReplyText{Kind: survey.FirstReply, Text: "Hej!\n\"Ja\", å ä ö.\n[namn]"}
		complete := survey.ReplyText{Kind: survey.CompleteReply, Text: strings.Repeat("Mer. ", 700)}
		for _, step := range []struct {
			name         string
			change, want []survey.ReplyText
		}{
			{"one", []survey.ReplyText{first}, []survey.ReplyText{first}},
			{"a change that names none", nil, []survey.ReplyText{first}},
			{"another", []survey.ReplyText{complete}, []survey.ReplyText{first, complete}},
			{"over one", []survey.ReplyText{{Kind: survey.FirstReply, Text: "Nej."}},
				[]survey.ReplyText{{Kind: survey.FirstReply, Text: "Nej."}, complete}},
			{"taken away", []survey.ReplyText{{Kind: survey.FirstReply}}, []survey.ReplyText{complete}},
		} {
			change(step.change...)
			got, err := s.ReplyTexts(t.Context(), mail.ID)
			must(t, err)
			if d := cmp.Diff(step.want, got); d != "" {
				t.Errorf("%s: %s", step.name, d)
			}
		}
		none, err := s.ReplyTexts(t.Context(), call.ID)
		must(t, err)
		if len(none) > 0 {
			t.Errorf("another contact has %v", none)
		}
		if c := contact(t, s, mail.ID); c.Replies != nil {
			t.Errorf("the contact is read with %v", c.Replies)
		}
	})
}

func TestAChangeThatFailsKeepsNoText(t *testing.T) {
	eachDatabase(t, func(t *testing.T, s *store.Store) {
		_, _, mail := sample(t, s)
		_, err := s.UpdateContact(t.Context(), survey.Change{}, mail.ID, 0, func(c *survey.Contact, _ survey.Round) error {
			c.Replies = []survey.ReplyText{{Kind: survey.FirstReply, Text: "Ja."}, {Kind: survey.CompleteReply, Text: "a\xff"}}
			return nil
		})
		if err == nil {
			t.Error("text that is cut inside a letter was taken")
		}
		got, err := s.ReplyTexts(t.Context(), mail.ID)
		must(t, err)
		if len(got) > 0 {
			t.Errorf("kept %v", got)
		}
	})
}
