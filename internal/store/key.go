package store

import (
	"database/sql/driver"
	"fmt"

	"github.com/google/uuid"
)

// key is an identifier as a column: 16 bytes in SQLite, a uuid in PostgreSQL.
// The domain's identifiers convert to and from it.
type key [16]byte

// Value hands the key to the database driver.
func (k key) Value() (driver.Value, error) { return k[:], nil }

// Scan takes the key from the database driver.
func (k *key) Scan(src any) error {
	switch v := src.(type) {
	case []byte:
		if len(v) == len(k) {
			copy(k[:], v)
			return nil
		}
	case string:
		u, err := uuid.Parse(v)
		*k = key(u)
		return err
	}
	return fmt.Errorf("an identifier of type %T", src)
}
