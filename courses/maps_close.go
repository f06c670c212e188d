package courses

import (
	"slices"
	"strings"
	"unicode"
)

// closeEnough is the likeness from which two texts are the same one reworded.
// It is high on purpose: to show somebody words that they never chose is worse
// than to show their answer as it was.
const closeEnough = 0.5

// shortWords is the number of words below which a text is compared by its
// letters: in "Not yet" one changed word is half of everything.
const shortWords = 4

// A vocabulary numbers the words of one comparison.
type vocabulary map[string]int32

// A look is what of a text is compared: its words and, where it is short, the
// pairs of letters next to each other, both as sorted numbers with repeats.
type look struct {
	seen         bool
	words, pairs []int32
}

func (v vocabulary) number(word string) int32 {
	n, ok := v[word]
	if !ok {
		n = int32(len(v))
		v[word] = n
	}
	return n
}

func (v vocabulary) look(text string) look {
	l := look{seen: true}
	words := lowerWords(text)
	for _, word := range words {
		l.words = append(l.words, v.number(word))
		if len(words) < 2*shortWords {
			l.pairs = append(l.pairs, v.pairs(word)...)
		}
	}
	slices.Sort(l.words)
	slices.Sort(l.pairs)
	return l
}

func (v vocabulary) pairs(word string) []int32 {
	letters := []rune(word)
	if len(letters) < 2 {
		return []int32{v.number(word)}
	}
	var pairs []int32
	for i := range letters[1:] {
		pairs = append(pairs, v.number(string(letters[i:i+2])))
	}
	return pairs
}

// lowerWords splits a text at whatever is no letter, mark or digit. A text with
// none, an emoji perhaps, is its own words.
func lowerWords(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.M, unicode.N)
	})
	if len(words) == 0 {
		return strings.Fields(text)
	}
	return words
}

// likeness is the Sørensen–Dice coefficient of two texts, from 0 to 1: twice
// what they share over what they have together. It counts words or, where
// either is short and both could be, pairs of letters.
func likeness(a, b look) float64 {
	short := min(len(a.words), len(b.words)) < shortWords
	if short && len(a.pairs) > 0 && len(b.pairs) > 0 {
		return dice(a.pairs, b.pairs)
	}
	return dice(a.words, b.words)
}

func dice(a, b []int32) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(shared(a, b)) / float64(len(a)+len(b))
}

// shared counts what two sorted lists have in common, repeats included.
func shared(a, b []int32) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n, a, b = n+1, a[1:], b[1:]
		}
	}
	return n
}
