package store

import (
	"context"

	"gorm.io/gorm"

	"servicematning/internal/survey"
)

// facts are the columns that a municipality and a participant share.
type facts struct {
	Code         string `gorm:"primaryKey"`
	Name         string
	CountyCode   string
	County       string
	Population   int
	SKRGroupCode string `gorm:"column:skr_group_code"`
	SKRGroup     string `gorm:"column:skr_group"`
	SizeClass    string
}

type municipalityRow struct {
	Facts facts `gorm:"embedded"`
}

// TableName names the table for GORM.
func (municipalityRow) TableName() string { return "municipalities" }

func (f facts) municipality() survey.Municipality {
	return survey.Municipality{
		Code: f.Code, Name: f.Name, CountyCode: f.CountyCode, County: f.County, Population: f.Population,
		SKRGroupCode: f.SKRGroupCode, SKRGroup: f.SKRGroup, SizeClass: f.SizeClass,
	}
}

func factsOf(m survey.Municipality) facts {
	return facts{
		Code: m.Code, Name: m.Name, CountyCode: m.CountyCode, County: m.County, Population: m.Population,
		SKRGroupCode: m.SKRGroupCode, SKRGroup: m.SKRGroup, SizeClass: m.SizeClass,
	}
}

func municipalityRows(ms []survey.Municipality) []municipalityRow {
	rows := make([]municipalityRow, len(ms))
	for i, m := range ms {
		rows[i] = municipalityRow{factsOf(m)}
	}
	return rows
}

// Municipalities lists the reference data by code.
func (s *Store) Municipalities(ctx context.Context) ([]survey.Municipality, error) {
	var rows []municipalityRow
	if err := s.reader.WithContext(ctx).Order("code").Find(&rows).Error; err != nil {
		return nil, s.translate(ctx, err)
	}
	var ms []survey.Municipality
	for _, r := range rows {
		ms = append(ms, r.Facts.municipality())
	}
	return ms, nil
}

// SaveMunicipalities adds and overwrites by code, and says how many rows changed.
func (s *Store) SaveMunicipalities(ctx context.Context, ch survey.Change, ms []survey.Municipality) (
	changed int, err error) {
	if err := checkTexts(ms); err != nil {
		return 0, err
	}
	err = s.change(ctx, ch, func(tx *gorm.DB) error {
		var before []municipalityRow
		if err := tx.Find(&before).Error; err != nil {
			return err
		}
		_, put, err := difference(before, municipalityRows(ms), func(r municipalityRow) string { return r.Facts.Code })
		if err != nil || len(put) == 0 {
			return err
		}
		changed = len(put)
		if err := upsert(tx, put); err != nil {
			return err
		}
		return record(tx, ch, nil, nil)
	})
	return changed, err
}
