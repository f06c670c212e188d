package gallery

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// The words of this pseudo-language carry a mark that no course text has, so
// that a page shows whose word each is.
const (
	strange = "ar-XB"
	mark    = "\u202e"
)

// Whoever listens to a page must hear our words in the page's language and the
// course's in the course's, wherever the ones stand among the others.
func TestEveryWordIsInTheLanguageThatThePageSays(t *testing.T) {
	course := courseTexts()
	for _, s := range scenes() {
		page, err := html.Parse(strings.NewReader(render(t, s, strange)))
		if err != nil {
			t.Fatal(err)
		}
		eachSaid(page, "", func(text, lang string) {
			switch ours := strings.Contains(text, mark); {
			case ours && lang != strange:
				t.Errorf("%s: our word %q stands in %q", s.file, text, lang)
			case !ours && lang != "en" && slices.Contains(course, text):
				t.Errorf("%s: the course's %q stands in the page's language", s.file, text)
			}
		})
	}
}

// eachSaid goes over all that is read aloud, with the language that it is in.
func eachSaid(n *html.Node, lang string, say func(text, lang string)) {
	if n.Type == html.ElementNode {
		if n.Data == "script" || n.Data == "style" || n.Data == "title" {
			return
		}
		for _, a := range n.Attr {
			if a.Key == "lang" {
				lang = a.Val
			}
		}
		for _, a := range n.Attr {
			if a.Val != "" && slices.Contains([]string{"aria-label", "alt", "title", "placeholder"}, a.Key) {
				say(a.Val, lang)
			}
		}
	}
	if n.Type == html.TextNode && strings.ContainsFunc(n.Data, unicode.IsLetter) {
		say(strings.TrimSpace(n.Data), lang)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		eachSaid(c, lang, say)
	}
}

// courseTexts are words of the course that the scenes show, also in lists.
func courseTexts() []string {
	course := row(0, true, true)
	texts := []string{course.Title, course.Summary, onward().Step.Title}
	for _, m := range modules() {
		texts = append(texts, m.Title, m.Summary)
	}
	for _, line := range lines() {
		texts = append(texts, line.Module, line.Question)
	}
	for _, word := range words {
		texts = append(texts, word.Word, word.Meaning)
	}
	for _, step := range module().Steps {
		texts = append(texts, step.Title)
		for _, a := range step.Activities {
			texts = append(texts, a.Text)
		}
	}
	return texts
}
