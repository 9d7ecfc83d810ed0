package survey

// ReplyKind says which letter a text is.
type ReplyKind string

// The letters whose text is kept.
const (
	FirstReply    ReplyKind = "first"    // by a person
	CompleteReply ReplyKind = "complete" // the one that answered the question, when it came later
)

// ReplyText is what a municipality wrote, without what names the writer: the
// text is masked before it is kept.
type ReplyText struct {
	Kind ReplyKind
	Text string
}
