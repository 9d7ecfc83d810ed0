// Package fieldwork holds the use cases: who may do what to a round, when, and
// in what order. Every method checks the user's right and, where it matters,
// whose contact or municipality it is; the rules themselves are survey's, the
// plan is schedule's, the figures are results'.
package fieldwork
