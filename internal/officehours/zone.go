package officehours

import (
	"fmt"
	"time"
	_ "time/tzdata" // here, not only in cmd: see Stockholm
)

// Stockholm is Swedish civil time, the only time zone in which this package
// reads a clock. It is loaded when the package is initialised; a program
// without time zone data stops there, before it can count anything wrongly.
//
// This package imports time/tzdata itself because only what it imports is sure to
// be initialised before it. A main package that imports tzdata comes in time only
// as long as the import paths happen to sort that way.
var Stockholm = mustLoad("Europe/Stockholm")

func mustLoad(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(fmt.Sprintf("officehours: no time zone data for %s (import time/tzdata or install it): %v", name, err))
	}
	return loc
}
