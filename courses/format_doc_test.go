package courses

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// An example is one fenced block of docs/format.md that is meant to be tried.
type example struct {
	at     int // line in docs/format.md
	broken bool
	name   string
	want   []string // "code line"
	text   string
}

// examples reads docs/format.md: the description is the test data.
func examples(t testing.TB) []example {
	t.Helper()
	data, err := os.ReadFile("../docs/format.md")
	if err != nil {
		t.Fatal(err)
	}
	var found []example
	var open *example
	head := regexp.MustCompile("^````markdown (valid|broken) ([^:]+)(?:: (.+))?$")
	for i, line := range strings.Split(string(data), "\n") {
		if m := head.FindStringSubmatch(line); m != nil {
			open = &example{at: i + 1, broken: m[1] == "broken", name: m[2]}
			if m[3] != "" {
				open.want = strings.Split(m[3], ", ")
			}
			continue
		}
		if open != nil && line == "````" {
			found = append(found, *open)
			open = nil
		}
		if open != nil {
			open.text += line + "\n"
		}
	}
	if len(found) < 40 {
		t.Fatalf("docs/format.md has %d examples", len(found))
	}
	return found
}

func compileText(text string) *Module {
	return Compile(Source{Path: "03-listening.md", Slug: "listening", Lang: "en", Text: []byte(text)})
}

func found(m *Module) []string {
	var list []string
	for _, p := range m.Problems {
		list = append(list, p.Code+" "+strconv.Itoa(p.Line))
	}
	return list
}

func kinds(m *Module) []Kind {
	var list []Kind
	for _, step := range m.Steps {
		eachPart(step.Parts, func(p *Part) { list = append(list, p.Kind) })
	}
	return list
}

func TestTheValidExamplesOfTheDescriptionHaveNoProblems(t *testing.T) {
	for _, e := range examples(t) {
		if e.broken {
			continue
		}
		t.Run(fmt.Sprintf("%s at line %d", e.name, e.at), func(t *testing.T) {
			m := compileText(e.text)
			if len(m.Problems) > 0 {
				t.Errorf("problems: %v", m.Problems)
			}
			if kind := Kind(e.name); (kindNamed(e.name) != Box || kind == Figure || kind == Prose) && !slices.Contains(kinds(m), kind) {
				t.Errorf("no part is a %s, only %v", kind, kinds(m))
			}
		})
	}
}

func TestTheBrokenExamplesAreReportedAtTheirLineAndStayReadable(t *testing.T) {
	for _, e := range examples(t) {
		if !e.broken {
			continue
		}
		t.Run(fmt.Sprintf("%s at line %d", e.name, e.at), func(t *testing.T) {
			m := compileText(e.text)
			if got := found(m); !slices.Equal(got, e.want) {
				t.Errorf("reported %v, not %v", got, e.want)
			}
			page := pageText(m)
			for _, word := range wordsOf(e.text) {
				if !strings.Contains(page, word) {
					t.Errorf("the word %q is not on the page: %q", word, page)
				}
			}
		})
	}
}

// wordsOf gives the words of an example that a reader must still find: all but
// front matter, fences without a label, HTML tags and addresses.
func wordsOf(text string) []string {
	text = regexp.MustCompile(`(?s)^---\n.*?\n---\n`).ReplaceAllString(text, "")
	text = regexp.MustCompile(`(?m)^:::?:?\w*|\{[^}\n]*\}?|<[^>]*>|\]\([^)]*\)+|\[\[|\]\]|\[[ x]\]`).ReplaceAllString(text, " ")
	return regexp.MustCompile(`\pL+`).FindAllString(text, -1)
}

// pageText is everything that a learner reads.
func pageText(m *Module) string {
	var b strings.Builder
	for _, step := range m.Steps {
		b.WriteString(step.Title + "\n")
		eachPart(step.Parts, func(p *Part) {
			b.WriteString(plain(p.Label) + "\n" + plain(p.HTML) + "\n" + p.Text + "\n")
		})
	}
	return b.String()
}

func TestEveryCodeIsInTheDescription(t *testing.T) {
	doc, err := os.ReadFile("../docs/format.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("compile_problems.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`= "([a-z0-9-]+)"`).FindAllStringSubmatch(string(source), -1) {
		if !strings.Contains(string(doc), "\n| `"+m[1]+"` | ") {
			t.Errorf("docs/format.md does not list %s", m[1])
		}
	}
}
