package templates

import (
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// A pseudoLanguage is English made strange, so that a word that is not in the
// locale files, a line too narrow for a longer language, or a page that forgot
// about right-to-left can be seen. Nobody gets one who does not ask for exactly
// its tag.
type pseudoLanguage struct {
	tag, dir string
	text     func(string) string
}

var pseudoLanguages = []pseudoLanguage{
	{tag: "en-XA", dir: "ltr", text: lengthen},
	{tag: "ar-XB", dir: "rtl", text: mirror},
}

// words makes the pseudo-language's words of the source's.
func (p pseudoLanguage) words(source *words) *words {
	var own []*i18n.Message
	for key, text := range source.plain {
		strange := p.around(text)
		own = append(own, &i18n.Message{
			ID: key, Zero: strange, One: strange, Two: strange, Few: strange, Many: strange, Other: strange,
		})
	}
	w := newWords(p.tag, &i18n.MessageFile{Tag: language.MustParse(sourceLanguage)}, own)
	w.setDirection(p.dir)
	return w
}

// around changes a message's own text and leaves the names of its values.
func (p pseudoLanguage) around(text string) string {
	var b strings.Builder
	for _, piece := range split(text) {
		if piece.value != "" {
			b.WriteString("{{." + piece.value + "}}")
			continue
		}
		b.WriteString(p.text(piece.text))
	}
	if p.dir == "ltr" {
		return "[" + b.String() + "]"
	}
	return b.String()
}

var accents = strings.NewReplacer(
	"a", "á", "e", "é", "i", "í", "o", "ó", "u", "ú", "c", "ç", "n", "ñ", "y", "ý", "s", "š", "z", "ž",
	"A", "Á", "E", "É", "I", "Í", "O", "Ó", "U", "Ú", "C", "Ç", "N", "Ñ", "Y", "Ý", "S", "Š", "Z", "Ž")

// lengthen adds accents and about a third of the length, in words that can wrap.
func lengthen(text string) string {
	more := []byte(strings.Repeat("~", (len([]rune(text))*35+99)/100))
	for i := 6; i < len(more); i += 7 {
		more[i] = ' '
	}
	return accents.Replace(text) + string(more)
}

// Marks of Unicode's bidirectional algorithm.
const (
	rightToLeftMark     = "\u200f"
	rightToLeftOverride = "\u202e"
	popFormatting       = "\u202c"
)

// mirror makes each word run from right to left, as Android's pseudo-language does.
func mirror(text string) string {
	spoken := strings.Fields(text)
	if len(spoken) == 0 {
		return text
	}
	for i, word := range spoken {
		spoken[i] = rightToLeftMark + rightToLeftOverride + word + popFormatting + rightToLeftMark
	}
	lead := text[:len(text)-len(strings.TrimLeft(text, " "))]
	tail := text[len(strings.TrimRight(text, " ")):]
	return lead + strings.Join(spoken, " ") + tail
}
