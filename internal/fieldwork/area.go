package fieldwork

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"servicematning/internal/survey"
)

// AreaChange is one of a round's areas with its name before, "" for a new one.
type AreaChange struct{ Old, Name survey.QuestionArea }

// SaveAreas makes the given areas a draft round's, in their order. Questions
// and assignments follow a new name. Once there are contacts, which carry
// their area's name, only the order can be changed and areas added.
func (s *Service) SaveAreas(ctx context.Context, by survey.User, code string, version int, areas []AreaChange) error {
	return s.edit(ctx, by, survey.EditSetup, edit{"round.areas", code, version},
		func(set *survey.Setup, contacts int) error {
			if err := set.Round.Editable(); err != nil {
				return err
			}
			if err := checkAreas(set.Round.Design, areas, contacts); err != nil {
				return err
			}
			return renameAreas(set, areas)
		})
}

// checkAreas says what is wrong with the areas, each by its place: "area_0".
func checkAreas(d survey.Design, areas []AreaChange, contacts int) error {
	var errs survey.FieldErrors
	seen, kept := map[survey.QuestionArea]bool{}, map[survey.QuestionArea]bool{}
	for i, a := range areas {
		field := fmt.Sprintf("area_%d", i)
		switch {
		case a.Name == "":
			errs.Add(field, "Skriv områdets namn.")
		case len(a.Name) > 100 || strings.ContainsAny(string(a.Name), "\n\r\t;\""):
			errs.Add(field, "Skriv ett kort namn på en rad, utan semikolon och citattecken.")
		case seen[a.Name]:
			errs.Add(field, "Området "+string(a.Name)+" står två gånger.")
		case a.Old != "" && a.Old != a.Name && contacts > 0:
			errs.Add(field, "Omgången har kontakter i området "+string(a.Old)+". Det kan inte byta namn.")
		}
		seen[a.Name], kept[a.Old] = true, true
	}
	for _, old := range d.Areas {
		has := slices.ContainsFunc(d.Questions, func(q survey.Question) bool { return q.Area == old })
		if !kept[old] && has {
			errs.Add("", old.Title()+" har frågor. Ta bort eller flytta dem innan du tar bort området.")
		}
	}
	return errs.Err()
}

func renameAreas(set *survey.Setup, areas []AreaChange) error {
	d, names := &set.Round.Design, map[survey.QuestionArea]survey.QuestionArea{}
	d.Areas = nil
	for _, a := range areas {
		d.Areas = append(d.Areas, a.Name)
		names[a.Old] = a.Name
	}
	d.Questions = slices.Clone(d.Questions)
	for i, q := range d.Questions {
		d.Questions[i].Area = names[q.Area]
	}
	d.SortQuestions()
	assignments := slices.DeleteFunc(slices.Clone(set.Assignments),
		func(a survey.Assignment) bool { return names[a.Area] == "" })
	for i, a := range assignments {
		assignments[i].Area = names[a.Area]
	}
	return set.ReplaceAssignments(assignments)
}
