package learning_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/web"

	"golang.org/x/net/html"
)

// saidIn goes over the texts of a page, but for its title, with the language
// that each is said to be in.
func saidIn(n *html.Node, lang string, say func(text, lang string)) {
	if n.Data == "title" {
		return
	}
	for _, a := range n.Attr {
		if a.Key == "lang" {
			lang = a.Val
		}
	}
	if n.Type == html.TextNode && strings.ContainsFunc(n.Data, unicode.IsLetter) {
		say(strings.TrimSpace(n.Data), lang)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		saidIn(c, lang, say)
	}
}

// The interface in a right-to-left language over the English course: each of its
// words has a mark that no word of the course has.
func TestAnEnglishCourseOnAPageInAnotherLanguageIsSaidToBeEnglish(t *testing.T) {
	const strange, mark = "ar-XB", "\u202e"
	s := shipped(t)
	p := s.MustPerson(t, web.Learner)
	b := s.SignIn(t, p)
	b.Post("/courses/walking-alongside", nil)
	execute(t, s, "UPDATE users SET language = '"+strange+"' WHERE id = '"+p.ID+"'")
	found := map[bool]int{}
	for _, m := range courses.Library()[0].Read(nil).Modules {
		for _, step := range m.Steps {
			page := b.Get("/courses/walking-alongside/" + m.Slug + "/" + step.ID).Page(t)
			for _, text := range page.Find("#step .text").Nodes {
				saidIn(text, "", func(words, lang string) {
					ours := strings.Contains(words, mark)
					if found[ours]++; ours && lang != strange || !ours && lang != "en" {
						t.Errorf("%s/%s: %q is said to be in %q", m.Slug, step.ID, words, lang)
					}
				})
			}
		}
	}
	if found[true] < 100 || found[false] < 1000 {
		t.Errorf("only %d words of ours and %d of the course", found[true], found[false])
	}
}

func TestAnArabicTranslationOnAnEnglishPageIsSaidToBeArabic(t *testing.T) {
	corpora := os.Getenv("CORPORA")
	if corpora == "" {
		t.Skip("CORPORA is not set: no course in Arabic to try")
	}
	folder, err := courses.OpenDir(filepath.Join(corpora, "security-101"))
	if err != nil {
		t.Fatal(err)
	}
	few := regexp.MustCompile(`^(translations/ar/)?(1\.[123] .*|README)\.md$`)
	files := slices.DeleteFunc(folder.Files, func(f courses.File) bool { return !few.MatchString(f.Path) })
	course := courses.NewFolder("security-101", files, nil).Read(nil)
	s, p, b := small(t)
	if _, err := s.House.Content.Store(t.Context(), course, content.How{Origin: content.Imported, Publish: true}); err != nil {
		t.Fatal(err)
	}
	execute(t, s, "UPDATE users SET language = 'ar' WHERE id = '"+p.ID+"'")
	arabic := 0
	for _, m := range course.Modules {
		pages := []string{"/courses", "/courses/security-101", "/courses/security-101/" + m.Slug}
		for _, step := range m.Steps {
			pages = append(pages, "/courses/security-101/"+m.Slug+"/"+step.ID)
		}
		for _, address := range pages {
			page := b.Get(address).Page(t)
			saidIn(page.Find("html").Nodes[0], "", func(words, lang string) {
				if !strings.ContainsFunc(words, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
					return
				}
				if arabic++; lang != "ar" {
					t.Errorf("%s: %q is said to be in %q", address, words, lang)
				}
			})
			for _, ours := range page.Find(".go button, .check, .how, .sign").EachIter() {
				saidIn(ours.Nodes[0], "ar", func(words, lang string) {
					if lang == "ar" && !ours.Is(".go button") {
						t.Errorf("%s: our %q is said to be Arabic", address, words)
					}
				})
			}
		}
	}
	if arabic < 100 {
		t.Errorf("only %d texts were Arabic", arabic)
	}
}
