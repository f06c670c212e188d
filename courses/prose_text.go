package courses

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordsPerMinute is the pace of a slow reader, in a language that may be their
// second.
const wordsPerMinute = 150

// plain gives the text of safe HTML as goldmark writes it: tags gone, one space
// where a block or a line ended, a picture as its alternative text.
func plain(markup string) string {
	b := make([]byte, 0, len(markup))
	for markup != "" {
		before, rest, found := strings.Cut(markup, "<")
		b = appendText(b, before)
		if !found {
			break
		}
		tag, after, _ := strings.Cut(rest, ">")
		if strings.HasPrefix(tag, "sup ") { // the number of a footnote
			_, after, _ = strings.Cut(after, "</sup>")
		}
		b = appendText(b, tagText(tag))
		markup = after
	}
	return strings.TrimSuffix(string(b), " ")
}

// appendText adds escaped text, with one space for every run of space.
func appendText(b []byte, text string) []byte {
	if strings.IndexByte(text, '&') >= 0 {
		text = html.UnescapeString(text)
	}
	for _, r := range []byte(text) {
		switch {
		case r > ' ':
			b = append(b, r)
		case r != ' ' && r != '\n' && r != '\t' && r != '\r':
			b = append(b, r)
		case len(b) > 0 && b[len(b)-1] != ' ':
			b = append(b, ' ')
		}
	}
	return b
}

// tagText gives what a tag leaves in the text.
func tagText(tag string) string {
	name, attrs, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " ")
	switch name {
	case "em", "strong", "a", "code", "del", "span", "sup", "b", "i":
		return ""
	case "img":
		_, alt, _ := strings.Cut(attrs, `alt="`)
		alt, _, _ = strings.Cut(alt, `"`)
		return alt
	}
	return " "
}

// countWords counts words as a reader meets them. Chinese, Japanese, Thai and
// their like put no space between words: there, two letters are a word.
func countWords(text string) int {
	words, letters := 0, 0
	inWord := false
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			letter := r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'
			if letter && !inWord {
				words++
			}
			inWord = letter || inWord && r != ' ' && r != '\n' && r != '\t'
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			letters++
			inWord = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !inWord {
				words++
			}
			inWord = true
		case unicode.IsSpace(r):
			inWord = false
		}
	}
	return words + (letters+1)/2
}

// seconds that an activity takes besides reading it: what people need who read
// and type slowly. A reflection is counted by prompt.
func (a *Activity) seconds() int {
	switch a.Kind {
	case Scale:
		return 20
	case Question:
		return 45
	case Order, Blanks, Checklist:
		return 60
	case Sort, Scenario:
		return 90
	case Reflection:
		return 180 * max(1, len(a.Items))
	case Practice:
		return 300
	}
	return 0
}
