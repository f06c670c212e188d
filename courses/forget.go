package courses

import (
	"strings"
	"unicode"
)

// sameRun is how many words in a row make a line a quote: fewer are anybody's.
const sameRun = 6

// runInStory is the same within a story, which may be one that was only begun.
const runInStory = 3

// Forget takes what somebody told out of a text: the story of theirs by its id,
// every other story that tells it too, in part, and every line that quotes it. told
// is their words as they read in any revision. It is for what its teller took back,
// and removes rather a line too much. It reports whether anything was there.
func Forget(src Source, id string, told []string) (text []byte, found bool) {
	text, found = CutStory(src, id)
	run := runsOf(told, runInStory)
	for _, story := range Stories(compileBare(src, text)) {
		if run.in(story.Words) || isPartOf(story.Words, told) {
			again := src
			again.Text = text
			var cut bool
			if text, cut = CutStory(again, story.ID); cut {
				found = true
			}
		}
	}
	quoted := runsOf(told, sameRun)
	var kept strings.Builder
	for _, line := range linesOf(text) {
		if quoted.in(line) {
			found = true
			continue
		}
		kept.WriteString(line)
	}
	return []byte(kept.String()), found
}

// Quotes reports whether a text that is no course's quotes what somebody told.
func Quotes(text string, told []string) bool { return runsOf(told, sameRun).in(text) }

func compileBare(src Source, text []byte) *Module {
	src.Text = text
	return Compile(src)
}

// isPartOf reports whether the words of a story are the beginning of what was told:
// it was saved while it was typed. Fewer than two words tell nothing.
func isPartOf(words string, told []string) bool {
	begun := strings.Join(bareWords(words), " ")
	if !strings.Contains(begun, " ") {
		return false
	}
	for _, all := range told {
		if strings.HasPrefix(strings.Join(bareWords(all), " "), begun) {
			return true
		}
	}
	return false
}

// runs are the runs of so many words in a row that somebody told.
type runs struct {
	of    int
	known map[string]bool
}

// runsOf collects them; what is told in fewer words is one run.
func runsOf(told []string, of int) runs {
	r := runs{of: of, known: map[string]bool{}}
	for _, one := range told {
		for line := range strings.Lines(one) {
			words := bareWords(line)
			if len(words) > 1 && len(words) < of {
				r.known[strings.Join(words, " ")] = true
			}
			for i := range max(0, len(words)-of+1) {
				r.known[strings.Join(words[i:i+of], " ")] = true
			}
		}
	}
	return r
}

// in reports whether a text has one of the runs. A text that is one short run whole
// counts, and a longer text that only has a short one in it does not.
func (r runs) in(text string) bool {
	words := bareWords(text)
	if len(words) < r.of {
		return len(words) > 1 && r.known[strings.Join(words, " ")]
	}
	for i := range len(words) - r.of + 1 {
		if r.known[strings.Join(words[i:i+r.of], " ")] {
			return true
		}
	}
	return false
}

// bareWords are the words of a text without case, marks of Markdown and punctuation.
func bareWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\'' && r != '’' && r != '\u200c'
	})
}
