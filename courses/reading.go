package courses

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Reading is how a text reads.
type Reading struct {
	Words, Sentences int
	// Grade is the Flesch-Kincaid grade: the year of a United States school in
	// which a text can be read, about the reader's age less five. It is made for
	// English, and is only there for it.
	Grade float64
}

// WordsPerSentence is all that is said of how hard a text in another language
// than English is.
func (r Reading) WordsPerSentence() float64 {
	return float64(r.Words) / float64(max(1, r.Sentences))
}

// readingOf measures sentences of a language.
//
// The formula: J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom,
// "Derivation of new readability formulas for Navy enlisted personnel",
// Research Branch Report 8-75, 1975. Syllables are counted by rule, not from a
// dictionary, which is right for nine words in ten.
func readingOf(sentences []string, lang string) Reading {
	r := Reading{Sentences: len(sentences)}
	syllables := 0
	for _, sentence := range sentences {
		r.Words += countWords(sentence)
		if isEnglish(lang) {
			for _, word := range lowerWords(strings.NewReplacer("'", "", "’", "").Replace(sentence)) {
				syllables += syllablesOf(word)
			}
		}
	}
	if isEnglish(lang) && r.Words > 0 {
		r.Grade = 0.39*r.WordsPerSentence() + 11.8*float64(syllables)/float64(r.Words) - 15.59
	}
	return r
}

func isEnglish(lang string) bool { return lang == "en" || strings.HasPrefix(lang, "en-") }

// syllablesOf counts groups of vowels in an English word, but not an e that is
// silent at its end.
func syllablesOf(word string) int {
	n, vowel := 0, false
	for _, r := range word {
		is := strings.ContainsRune("aeiouyáéíóúàèïüö", r)
		if is && !vowel {
			n++
		}
		vowel = is
	}
	switch {
	case hasAnySuffix(word, "le", "ted", "ded", "ses", "zes", "xes", "ces", "ges", "shes", "ches", "ee"):
	case hasAnySuffix(word, "e", "es", "ed"):
		n--
	}
	return max(1, n)
}

func hasAnySuffix(word string, suffixes ...string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(word, suffix) {
			return true
		}
	}
	return false
}

var (
	notRead     = regexp.MustCompile(`(?s)<(?:pre|h[1-6])\b.*?</(?:pre|h[1-6])>`)
	blockEnd    = regexp.MustCompile(`</(?:p|li|td|th|dd|dt|blockquote|div)>|<br\s*/?>|<(?:ul|ol|blockquote)\b[^>]*>`)
	sentenceEnd = regexp.MustCompile(`[.!?…؟۔።।]+["'”’»)\]]*\s+|[。！？]+`)
)

// sentencesOf splits safe HTML into sentences. The end of a paragraph or a list
// item ends one; headings and code are not read as sentences. A full stop before
// a small letter, as in "e.g. this", ends none.
func sentencesOf(markup string) []string {
	markup = strings.ReplaceAll(notRead.ReplaceAllString(markup, "<br>"), "\n", " ")
	var sentences []string
	for block := range strings.SplitSeq(blockEnd.ReplaceAllString(markup, "\n"), "\n") {
		sentences = append(sentences, splitSentences(plain(block))...)
	}
	return sentences
}

func splitSentences(text string) []string {
	var sentences []string
	from := 0
	for _, at := range sentenceEnd.FindAllStringIndex(text, -1) {
		if next, _ := utf8.DecodeRuneInString(text[at[1]:]); unicode.IsLower(next) {
			continue
		}
		sentences = append(sentences, text[from:at[1]])
		from = at[1]
	}
	sentences = append(sentences, text[from:])
	var said []string
	for _, s := range sentences {
		if countWords(s) > 0 {
			said = append(said, strings.TrimSpace(s))
		}
	}
	return said
}
