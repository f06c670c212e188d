package courses

import (
	"strings"
	"unicode"

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
// the same or arrived the text after. Whole blocks are compared first and words within
// those that changed, so that a word is not found again in a block that has nothing to
// do with it. Words are those of Unicode (UAX #29), with what stands on or joins their
// letters, in every script. What moved is gone in one place and arrives in another.
func Difference(before, after []byte) []Run {
	var d difference
	d.blocks(sources(before), sources(after))
	return d.runs
}

// sources are the pieces of a text, as it is written.
func sources(text []byte) []string {
	pieces := Pieces(text)
	all := make([]string, len(pieces))
	for i, p := range pieces {
		all[i] = string(text[p.From:p.To])
	}
	return all
}

type difference struct{ runs []Run }

func (d *difference) say(kind RunKind, text string) {
	if text == "" {
		return
	}
	if n := len(d.runs); n > 0 && d.runs[n-1].Kind == kind {
		d.runs[n-1].Text += text
		return
	}
	d.runs = append(d.runs, Run{kind, text})
}

// eachChange walks a comparison: what is the same is said, and what was exchanged is
// given to somebody who looks closer.
func (d *difference) eachChange(before, after []string, closer func(gone, arrived string)) {
	var gone, arrived strings.Builder
	settle := func() {
		if gone.Len() > 0 || arrived.Len() > 0 {
			closer(gone.String(), arrived.String())
		}
		gone.Reset()
		arrived.Reset()
	}
	i, j := 0, 0
	for _, s := range compared(before, after) {
		switch s.kind {
		case diffmatchpatch.DiffEqual:
			if s.n > 0 {
				settle()
				d.say(Same, strings.Join(before[i:i+s.n], ""))
			}
			i, j = i+s.n, j+s.n
		case diffmatchpatch.DiffDelete:
			gone.WriteString(strings.Join(before[i:i+s.n], ""))
			i += s.n
		case diffmatchpatch.DiffInsert:
			arrived.WriteString(strings.Join(after[j:j+s.n], ""))
			j += s.n
		}
	}
	settle()
}

func (d *difference) blocks(before, after []string) {
	d.eachChange(before, after, func(gone, arrived string) {
		a, b := wordsWithSpace(gone), wordsWithSpace(arrived)
		if len(a)+len(b) <= mostCompared {
			d.words(a, b)
			return
		}
		d.eachChange(linesOf([]byte(gone)), linesOf([]byte(arrived)), func(gone, arrived string) {
			d.words(wordsWithSpace(gone), wordsWithSpace(arrived))
		})
	})
}

// words says which words of a block were changed. Between two changes, a mark of
// punctuation that is in both is read with them.
func (d *difference) words(before, after []string) {
	var all difference
	all.eachChange(before, after, func(gone, arrived string) {
		all.runs = append(all.runs, Run{Gone, gone}, Run{Arrived, arrived})
	})
	var gone, arrived strings.Builder
	settle := func() {
		d.say(Gone, gone.String())
		d.say(Arrived, arrived.String())
		gone.Reset()
		arrived.Reset()
	}
	for i, run := range all.runs {
		between := i > 0 && i < len(all.runs)-1
		switch {
		case run.Kind == Gone:
			gone.WriteString(run.Text)
		case run.Kind == Arrived:
			arrived.WriteString(run.Text)
		case between && isMark(run.Text) && gone.Len() > 0 && arrived.Len() > 0:
			gone.WriteString(run.Text)
			arrived.WriteString(run.Text)
		default:
			settle()
			d.say(Same, run.Text)
		}
	}
	settle()
}

// isMark reports whether a text is punctuation and blanks within a line.
func isMark(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return r == '\n' || r == '\r' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
	})
}

// wordsWithSpace cuts a text into words; blanks on a line go with the word before
// them, and each line ending is one by itself.
func wordsWithSpace(text string) []string {
	var all []string
	tokens := words.FromString(text)
	for tokens.Next() {
		word := tokens.Value()
		if n := len(all); n > 0 && strings.Trim(word, " \t") == "" && !strings.HasSuffix(all[n-1], "\n") {
			all[n-1] += word
			continue
		}
		all = append(all, word)
	}
	return all
}
