package store_test

import (
	"servicematning/internal/auth"
	"servicematning/internal/fieldwork"
	"servicematning/internal/store"
)

// The ports are declared by those who use them; this is where the store is
// held to them.
var (
	_ fieldwork.Store = (*store.Store)(nil)
	_ auth.Store      = (*store.Store)(nil)
)
