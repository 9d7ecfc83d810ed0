// Package store keeps everything in a database: SQLite in a file, or
// PostgreSQL by URL. It is the only package that knows GORM and SQL, and it
// fulfils the ports that fieldwork and auth declare.
//
// Every exported method is one whole transaction. Writes are answered when
// they would survive a power cut. Rows are private structs, one per table,
// each with the conversion to and from the domain beside it; instants are
// whole milliseconds in UTC, so what is read back has lost what was finer.
package store
