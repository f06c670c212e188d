package courses

import "bytes"

// A Fix puts one thing right: it replaces a stretch of a text.
type Fix struct {
	Code     string // of the problem that it puts right
	From, To int    // bytes of the text
	Old      string // what stands there; never empty
	With     string // what comes in its place
}

// fixOf makes a fix of the words at a place; nil where there is nothing to change.
func fixOf(code string, from int, old, with string) *Fix {
	if old == "" || old == with {
		return nil
	}
	return &Fix{Code: code, From: from, To: from + len(old), Old: old, With: with}
}

// ApplyFix gives the text with a fix in it. ok is false where the text no longer
// reads there as it did when the fix was made; the text is then as it was. text is
// not changed.
func ApplyFix(text []byte, fix Fix) (fixed []byte, ok bool) {
	if fix.Old == "" || fix.From < 0 || fix.To > len(text) || fix.From > fix.To || string(text[fix.From:fix.To]) != fix.Old {
		return text, false
	}
	return bytes.Join([][]byte{text[:fix.From], []byte(fix.With), text[fix.To:]}, nil), true
}
