// Package demo makes rounds to look at: all participants with their own
// strengths, a team of evaluators, and contacts as they might have gone. The
// same seed gives the same round. Nothing in it is measured.
package demo
