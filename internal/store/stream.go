package store

import (
	"context"

	"gorm.io/gorm"

	"servicematning/internal/results"
	"servicematning/internal/survey"
)

// EachContact streams all contacts of a round in the order of survey.ByKey.
func (s *Store) EachContact(ctx context.Context, id survey.RoundID) results.Contacts {
	return func(yield func(survey.Contact, error) bool) {
		for c, err := range eachContact(s.reader.WithContext(ctx), key(id)) {
			if !yield(c, s.translate(ctx, err)) {
				return
			}
		}
	}
}

// eachContact streams a round's contacts within tx. It may be ranged over
// more than once, each time with a query of its own.
func eachContact(tx *gorm.DB, round key) results.Contacts {
	return streamed(of(tx, round).Model(&contactRow{}).Order(byKey).Session(&gorm.Session{}))
}

// streamed reads what a query on contacts finds.
func streamed(query *gorm.DB) results.Contacts { return eachRow(query.Select(contactColumns)) }

// eachRow reads the rows of a query for contactColumns.
func eachRow(query *gorm.DB) results.Contacts { return eachOf(contactColumns, query) }

// eachOf reads the rows of a query for some of contactColumns one by one into
// the same row, without GORM's reflection.
func eachOf(columns []string, query *gorm.DB) results.Contacts {
	return func(yield func(survey.Contact, error) bool) {
		rows, err := query.Rows()
		if err != nil {
			yield(survey.Contact{}, err)
			return
		}
		defer rows.Close()
		var row contactRow
		fields := row.some(columns)
		for rows.Next() {
			if err := rows.Scan(fields...); err != nil {
				yield(survey.Contact{}, err)
				return
			}
			if c, err := row.contact(); !yield(c, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(survey.Contact{}, err)
		}
	}
}

// scanContacts reads the rows of a query on contacts into a list.
func scanContacts(query *gorm.DB) ([]survey.Contact, error) { return gathered(streamed(query)) }

func gathered(contacts results.Contacts) ([]survey.Contact, error) {
	var list []survey.Contact
	for c, err := range contacts {
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// scanEach reads every row of a query into the places that fields gives.
func scanEach[T any](query *gorm.DB, fields func(*T) []any) ([]T, error) {
	rows, err := query.Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		var v T
		if err := rows.Scan(fields(&v)...); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}
