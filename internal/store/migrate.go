package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"gorm.io/gorm"

	"servicematning/internal/survey"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the tables to this program's version, and fills an empty
// database with the bundled municipalities. It refuses a database that a
// newer program has changed: the older one would misread it.
func (s *Store) Migrate(ctx context.Context) error {
	provider, err := s.provider()
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if err := s.refuseNewer(ctx, provider); err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		// Another process may have migrated the same file at the same time.
		if pending, again := provider.HasPending(ctx); again != nil || pending {
			return s.translate(ctx, fmt.Errorf("migrate: %w", err))
		}
	}
	return s.write(ctx, false, func(tx *gorm.DB) error {
		var n int64
		if err := tx.Model(&municipalityRow{}).Count(&n).Error; err != nil || n > 0 {
			return err
		}
		rows := municipalityRows(survey.BundledMunicipalities())
		return tx.CreateInBatches(rows, batch).Error
	})
}

// Ready is nil when the database answers and its tables are this program's.
func (s *Store) Ready(ctx context.Context) error {
	newest, err := s.newest()
	if err != nil {
		return err
	}
	var version int64
	err = s.reader.WithContext(ctx).Raw("SELECT max(version_id) FROM goose_db_version").Row().Scan(&version)
	if err != nil && ctx.Err() == nil {
		return &Fault{"Databasen " + s.place + " svarar inte eller saknar tabeller. Starta om programmet så skapas de.", err}
	}
	if err != nil {
		return s.translate(ctx, err)
	}
	if version != newest {
		return s.versionFault(version, newest)
	}
	return nil
}

func (s *Store) refuseNewer(ctx context.Context, provider *goose.Provider) error {
	version, newest, err := provider.GetVersions(ctx)
	if err != nil {
		return s.translate(ctx, fmt.Errorf("read the schema's version: %w", err))
	}
	if version > newest {
		return s.versionFault(version, newest)
	}
	return nil
}

func (s *Store) versionFault(version, newest int64) error {
	what, remedy := "kan bara", "Installera en nyare version av programmet."
	if version < newest {
		what, remedy = "behöver", "Starta om programmet så uppgraderas den."
	}
	return &Fault{Message: fmt.Sprintf("Databasen %s har version %d men programmet %s version %d. %s",
		s.place, version, what, newest, remedy)}
}

// newest is the number of the last migration.
func (s *Store) newest() (int64, error) {
	provider, err := s.provider()
	if err != nil {
		return 0, fmt.Errorf("migrations: %w", err)
	}
	sources := provider.ListSources()
	return sources[len(sources)-1].Version, nil
}

func (s *Store) provider() (*goose.Provider, error) {
	dialect, folder, options := goose.DialectSQLite3, "migrations/sqlite", []goose.ProviderOption(nil)
	if s.postgres {
		// Several servers may start at once; the others wait for the first.
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
		if err != nil {
			return nil, err
		}
		dialect, folder = goose.DialectPostgres, "migrations/postgres"
		options = append(options, goose.WithSessionLocker(locker))
	}
	files, err := fs.Sub(migrations, folder)
	if err != nil {
		return nil, err
	}
	pool, err := s.writer.DB()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, pool, files, append(options, goose.WithDisableGlobalRegistry(true))...)
}
