package courses

import (
	"strings"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/sergi/go-diff/diffmatchpatch"
)

// A Run is words in a row of a difference.
type Run struct {
	Kind RunKind
	Text string
}

// A RunKind says of words whether they are in both texts, or in which.
type RunKind string

// The kinds of run.
const (
	Same    RunKind = "same"
	Gone    RunKind = "gone"    // in the text before alone
	Arrived RunKind = "arrived" // in the text after alone
)

// Difference says, word by word, what was changed from one text to another: the runs
// that are the same or gone are the text before, byte for byte, and those that are
// the same or arrived the text after. Words are those of Unicode (UAX #29), with
// what stands on or joins their letters, in every script.
func Difference(before, after []byte) []Run {
	a, b := wordsWithSpace(before), wordsWithSpace(after)
	var all []Run
	i, j := 0, 0
	for _, s := range compared(a, b) {
		switch s.kind {
		case diffmatchpatch.DiffEqual:
			all = append(all, Run{Same, strings.Join(a[i:i+s.n], "")})
			i, j = i+s.n, j+s.n
		case diffmatchpatch.DiffDelete:
			all = append(all, Run{Gone, strings.Join(a[i:i+s.n], "")})
			i += s.n
		case diffmatchpatch.DiffInsert:
			all = append(all, Run{Arrived, strings.Join(b[j:j+s.n], "")})
			j += s.n
		}
	}
	return all
}

// wordsWithSpace cuts a text into words; blanks on a line go with the word before
// them, and each line ending is one by itself.
func wordsWithSpace(text []byte) []string {
	var all []string
	tokens := words.FromBytes(text)
	for tokens.Next() {
		word := string(tokens.Value())
		if n := len(all); n > 0 && strings.Trim(word, " \t") == "" && !strings.HasSuffix(all[n-1], "\n") {
			all[n-1] += word
			continue
		}
		all = append(all, word)
	}
	return all
}
