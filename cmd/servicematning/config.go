package main

import (
	"path/filepath"
	"runtime/debug"

	"github.com/alecthomas/kong"
)

// commands is the command line: one field per command of the interface.
type commands struct {
	Database string           `help:"Databas: en fil (SQLite) eller en postgres://-adress. Även SERVICEMATNING_DATABASE." default:"servicematning.db" placeholder:"DB"`
	Version  kong.VersionFlag `help:"Visa programmets version."`

	Serve   serveCommand   `cmd:"" help:"Kör webbtillämpningen."`
	Demo    demoCommand    `cmd:"" help:"Skapa en databas med exempel för alla 290 kommuner och kör den."`
	Migrate migrateCommand `cmd:"" help:"För databasens schema till programmets version."`
	Round   roundCommands  `cmd:"" help:"Skapa, visa och flytta mätomgångar mellan skeden."`
	Import  importCommands `cmd:"" help:"Läs in filer. Allt eller inget."`
	Plan    planCommand    `cmd:"" help:"Gör planen för en omgång. Det som har börjat behålls."`
	Export  exportCommands `cmd:"" help:"Skriv ut kontakter i inläsningens format."`
	Results resultsCommand `cmd:"" help:"Visa resultat, i alla skeden."`
	User    userCommands   `cmd:"" help:"Konton."`
	Health  healthCommand  `cmd:"" help:"Fråga en körande server om den mår bra."`
}

// environmentResolver lets SERVICEMATNING_DATABASE, SERVICEMATNING_ADDR and so
// on stand in for flags that are not given.
func environmentResolver(getenv func(string) string) kong.Resolver {
	names := map[string]string{
		"database": "SERVICEMATNING_DATABASE", "addr": "SERVICEMATNING_ADDR",
		"trusted-proxy": "SERVICEMATNING_TRUSTED_PROXY", "contact": "SERVICEMATNING_CONTACT",
	}
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if name := names[flag.Name]; name != "" {
			if value := getenv(name); value != "" {
				return value, nil
			}
		}
		return nil, nil
	})
}

// version is the module's version as built, or "utveckling".
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "utveckling"
	}
	return info.Main.Version
}

func dirOf(path string) string { return filepath.Dir(path) }
