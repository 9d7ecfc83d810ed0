// Package export owns the file formats, in both directions: the CSV files that
// rounds are filled from, the contacts as they go out and come back in, and
// the figures as JSON, CSV and text.
//
// Reading is all or nothing. Each Read function goes through the whole file
// and gives either every value in it or FileErrors with every bad line; never
// both. Names of columns and codes are those of the interface description;
// what is wrong is said in Swedish, with what to do about it.
package export
