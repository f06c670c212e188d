package courses

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestSlugsWorkInEveryScript(t *testing.T) {
	for text, want := range map[string]string{
		"Look back":                  "look-back",
		"What's new? – It’s  *this*": "whats-new-its-this",
		"مرحبا بالعالم":              "مرحبا-بالعالم",
		"می\u200cشود گفت":            "میشود-گفت",
		"እንኳን ደህና መጡ":                "እንኳን-ደህና-መጡ",
		"日本語の見出し":                    "日本語の見出し",
		"நன்றி":                      "நன்றி",
		"Über 3 Straßen":             "über-3-straßen",
		"e\u0301":                    "é",
		"—!?":                        "",
		"":                           "",
		strings.Repeat("word ", 20):  "word-word-word-word-word-word-word-word-word",
		strings.Repeat("x", 60):      strings.Repeat("x", 48),
	} {
		if got := Slug(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

// idsOf gives the ids of steps, activities and stories, in the order of the text.
func idsOf(m *Module) []string {
	var list []string
	for _, s := range m.Steps {
		list = append(list, s.ID)
		eachPart(s.Parts, func(p *Part) {
			switch {
			case p.Activity != nil:
				list = append(list, p.Activity.ID)
			case p.Kind == Story:
				list = append(list, p.ID)
			}
		})
	}
	return list
}

func TestDerivedIDs(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"one namespace", "## A\n\n:::practice[A]\n:::\n\n## A\n\n:::story[A]\nb\n:::\n", []string{"a", "a-2", "a-3", "a-4"}},
		{"written ones come first", "## A\n\n:::practice[A]\n:::\n\n## B {#a}\n\n:::practice[x]{#a-2}\n:::\n", []string{"a-3", "a-4", "a", "a-2"}},
		{"from the first paragraph", ":::practice\nSay *hello*.\n\nThen go.\n:::\n", []string{"start", "say-hello"}},
		{"from nothing", "## …\n\n:::practice[?]\n:::\n\n:::practice[!]\n:::\n", []string{"step", "practice", "practice-2"}},
		{"start is taken", "Hi.\n\n## Start\n\na\n", []string{"start", "start-2"}},
		{"keep is a step like others", "## Keep\n\na\n", []string{"keep"}},
		{"term-1 is taken", "## Term 1\n\na\n", []string{"term-1-2"}},
		{"headings come last", "## S\n\n### A\n\n:::practice[A]\n:::\n", []string{"s", "a"}},
		{"closing hashes", "## A {#b} ##\n\na\n\n## C ## {#d}\n\na\n", []string{"b", "d"}},
	} {
		m := compileText(c.text)
		if got := idsOf(m); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
		for _, s := range m.Steps {
			if strings.Contains(s.Title, "{#") {
				t.Errorf("%s: title %q", c.name, s.Title)
			}
		}
	}
}

func TestHeadingsWithinAStepAreFoundByTheirPrefixedID(t *testing.T) {
	got := pageHTML(compileText("## S\n\n### A {#x}\n\n#### A\n\n### S\n"))
	want := `<h3 id="c-x">A</h3><h4 id="c-a">A</h4><h3 id="c-s-2">S</h3>`
	if got != want {
		t.Errorf("got %s", got)
	}
}

func assertIDsOnce(t testing.TB, html string) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`id="([^"]*)"`).FindAllStringSubmatch(html, -1) {
		if seen[m[1]] || !strings.HasPrefix(m[1], IDPrefix) {
			t.Errorf("id %q is there twice, or without its prefix", m[1])
		}
		seen[m[1]] = true
	}
}

const source = `Hi.

:::scale[Ready?]{#ready}
1. No
2. Yes
:::

## One {#one}

:::question[Which?]{#which}
- [ ] a
- [x] b
:::

:::question[And now?]{#now}
- a
- b
:::

:::story[Bees]{#bees}
x
:::

## Two {#two}

:::blanks{#gaps}
A [[b]] c.
:::
`

func translate(t *testing.T, text string) *Module {
	t.Helper()
	of := compileText(source)
	return Compile(Source{Path: "03-listening.fa.md", Lang: "fa", Text: []byte(text), Of: of})
}

func TestATranslationTakesItsIDsFromItsSourceByPlace(t *testing.T) {
	bare := regexp.MustCompile(` ?\{#[a-z]+\}`).ReplaceAllString(source, "")
	text := strings.NewReplacer("Ready?", "آماده؟", "Which?", "کدام؟", "One", "یک", "Two", "دو", "Bees", "زنبور").Replace(bare)
	m := translate(t, text)
	if want := idsOf(compileText(source)); !slices.Equal(idsOf(m), want) || len(m.Problems) > 2 {
		t.Errorf("ids %q, not %q, %v", idsOf(m), want, m.Problems)
	}
}

func TestATranslationThatDiffersFromItsSourceIsReported(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"a step more", "## Two", "## Extra\n\n## Two", "translation-steps"},
		{"a step less", "## Two {#two}", "", "translation-steps"},
		{"a block more", "## Two {#two}", "## Two {#two}\n\n:::practice[x]\n:::\n", "translation-shape"},
		{"another kind", ":::story[Bees]{#bees}\nx", ":::practice[Bees]{#bees}\nx", "translation-shape"},
		{"a choice less", "- [ ] a\n", "", "translation-items"},
		{"another choice right", "- [ ] a\n- [x] b", "- [x] a\n- [ ] b", "translation-right"},
		{"a gap more", "c.\n", "[[c]].\n", "translation-items"},
		{"another id", "{#which}", "{#what}", "translation-id"},
		{"no start", "Hi.\n\n:::scale[Ready?]{#ready}\n1. No\n2. Yes\n:::\n", "", "translation-shape"},
	} {
		text := strings.Replace(source, c.old, c.new, 1)
		if text == source {
			t.Fatalf("%s: nothing to replace", c.name)
		}
		m := translate(t, text)
		if !slices.Contains(codes(m), c.want) {
			t.Errorf("%s: reported %v", c.name, found(m))
		}
		for _, id := range idsOf(m) {
			if id == "extra" || id == "x" {
				t.Errorf("%s: %s is derived from the translation's own text", c.name, id)
			}
		}
	}
}
