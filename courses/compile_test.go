package courses

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// codes gives the codes of a module's problems.
func codes(m *Module) []string {
	var list []string
	for _, p := range m.Problems {
		list = append(list, p.Code)
	}
	return list
}

// pageHTML is everything that the compiler lets through as HTML.
func pageHTML(m *Module) string {
	var b strings.Builder
	for _, step := range m.Steps {
		eachPart(step.Parts, func(p *Part) {
			if p.Activity != nil {
				b.WriteString(activityHTML(p.Activity))
				return
			}
			b.WriteString(p.HTML + p.Label)
		})
	}
	return b.String()
}

func activityHTML(a *Activity) string {
	html := a.Label + a.Prompt + strings.Join(a.Pieces, "")
	for _, item := range a.Items {
		html += item.HTML + item.Feedback
	}
	return html
}

func TestATextThatIsRefusedGivesAModuleAndItsReason(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a file of 257 KB", strings.Repeat("a", MaxFileBytes+1), "file-too-big 0"},
		{"50 MB of quotes", strings.Repeat(">", 50<<20), "file-too-big 0"},
		{"broken UTF-8", "fine\nfine\n\xff\n", "file-not-utf8 3"},
		{"a NUL", "fine\n\x00\n", "file-nul 2"},
		{"quotes in quotes", "a\n\n" + strings.Repeat(">", 33) + " a", "too-deep 3"},
		{"quotes with spaces", strings.Repeat("> ", 33) + "a", "too-deep 1"},
		{"lists in lists", strings.Repeat("- ", 33) + "a", "too-deep 1"},
		{"lists line by line", nestedList(34), "too-deep 33"},
		{"blocks in blocks", strings.Repeat(":::note\n", 33), "too-deep 33"},
		{"lists in quotes in blocks", ":::note\n" + strings.Repeat("> - ", 16) + "a", "too-deep 2"},
		{"a wide table", strings.Repeat("|a", 70) + "\n" + strings.Repeat("|-", 70), "table-too-big 2"},
		{"a long table", "|a|b|\n|-|-|\n" + strings.Repeat("a\n", 6000), "table-too-big 5002"},
		{"links without end", strings.Repeat("[a](", 501), "line-too-dense 1"},
		{"nothing", "", "module-empty 0"},
		{"only front matter", "---\ntitle: x\n---\n", "module-empty 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := compileText(c.text)
			if got := found(m); !slices.Contains(got, c.want) {
				t.Errorf("reported %v, not %s", got, c.want)
			}
			if m.Title == "" || len(m.Steps) > 0 {
				t.Errorf("title %q, %d steps", m.Title, len(m.Steps))
			}
		})
	}
}

func nestedList(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

func TestThirtyTwoLevelsAreRead(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("> ", 32) + "deep", nestedList(32), strings.Repeat(":::note\n", 32) + "deep\n" + strings.Repeat(":::\n", 32),
		"- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -", // a line, no list
	} {
		if m := compileText(text + "\n\nend"); slices.Contains(codes(m), TooDeep) {
			t.Errorf("refused %.20q…", text)
		}
	}
}

func TestHostileTextsAreCompiledInTime(t *testing.T) {
	long := strings.Repeat("x", MaxFileBytes/2)
	for name, text := range map[string]string{
		"open links":       strings.Repeat("[a](((( ", 400),
		"open brackets":    strings.Repeat("[", MaxFileBytes),
		"emphasis":         strings.Repeat("*a _b ", MaxFileBytes/6),
		"one long address": "[a]: http://" + long + "\n\n" + strings.Repeat("[a] ", 20_000),
		"one long note":    "[^a]: " + long + "\n\n" + strings.Repeat("## a\n\n[^a]\n", 9_000),
		"open lists":       strings.Repeat("- ", MaxFileBytes/2-1) + "a",
		"many steps":       strings.Repeat("## a\n", MaxFileBytes/5),
		"open gaps":        ":::blanks\n" + strings.Repeat("[[a", MaxFileBytes/4) + "\n:::\n",
		"lazy quotes":      ":::question[a]\n- [ ] a\n  > b\n" + strings.Repeat("c\n", MaxFileBytes/4),
	} {
		began := time.Now()
		m := compileText(text)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s: %v", name, took)
		}
		if n := len(pageHTML(m)); n > 24*MaxFileBytes {
			t.Errorf("%s: %d bytes of HTML", name, n)
		}
		if len(m.Problems) > maxProblems+1 {
			t.Errorf("%s: %d problems", name, len(m.Problems))
		}
	}
}

func TestByteOrderMarkAndNewlineStylesChangeNothing(t *testing.T) {
	text := "---\ntitle: Listening\n---\nHello.\n\n## One {#one}\n\n:::checklist[A]{#a}\n- b\n:::\n\n<b>x</b>\n"
	want := compileText(text)
	for _, other := range []string{
		"\ufeff" + text,
		strings.ReplaceAll(text, "\n", "\r\n"),
		strings.ReplaceAll(text, "\n", "\r"),
		strings.TrimRight(text, "\n"),
	} {
		if got := compileText(other); !reflect.DeepEqual(got, want) {
			t.Errorf("%.12q… compiles to something else: %+v", other, got)
		}
	}
}

func TestFrontMatter(t *testing.T) {
	m := compileText("---\ntitle: Listening  well\nsummary: Help.\nminutes: 45\ncontent_note: Prison.\nwaive:\n  - {check: idiom, at: one, why: known}\n---\nHello.\n")
	want := &Module{Title: "Listening well", Summary: "Help.", Minutes: 45, ContentNote: "Prison.", Waivers: []Waiver{{"idiom", "one", "known"}}}
	got := &Module{Title: m.Title, Summary: m.Summary, Minutes: m.Minutes, ContentNote: m.ContentNote, Waivers: m.Waivers}
	if !reflect.DeepEqual(got, want) || len(m.Problems) > 0 {
		t.Errorf("got %+v, %v", got, m.Problems)
	}
}

func TestFrontMatterThatIsBrokenIsReportedAndTheTextStays(t *testing.T) {
	for _, c := range []struct{ front, want string }{
		{"---\ntitle: a: b\n---\n", "front-broken 2"},
		{"---\ntitle: fine\nsummary: [\n---\n", "front-broken 3"},
		{"---\n- a\n---\n", "front-broken 2"},
		{"---\nminutes: soon\n---\n", "front-value 2"},
		{"---\nminutes: -3\n---\n", "front-value 2"},
		{"---\ntitle: [a]\n---\n", "front-value 2"},
		{"---\nx: 1\ntitel: a\n---\n", "front-unknown 3"},
		{"---\ntitle: open\n", "front-open 1"},
	} {
		m := compileText(c.front + "\nHello, you.\n")
		if got := found(m); !slices.Contains(got, c.want) {
			t.Errorf("%q: reported %v, not %s", c.front, got, c.want)
		}
		if !strings.Contains(pageText(m), "Hello, you.") {
			t.Errorf("%q: the text is gone", c.front)
		}
	}
}

func TestTheTitleIsNotShownTwice(t *testing.T) {
	for _, c := range []struct{ text, title, page string }{
		{"---\ntitle: Listening\n---\n# Listening\n\nHello.", "Listening", "<p>Hello.</p>"},
		{"# Listening\n\nHello.", "Listening", "<p>Hello.</p>"},
		{"---\ntitle: Listening\n---\n# Something else\n\nHello.", "Listening", `<h3 id="c-something-else">Something else</h3><p>Hello.</p>`},
		{"Hello.", "listening", "<p>Hello.</p>"},
	} {
		m := compileText(c.text)
		if m.Title != c.title || pageHTML(m) != c.page {
			t.Errorf("%q: title %q, page %q", c.text, m.Title, pageHTML(m))
		}
	}
}

func TestNothingCanRunOrSendARequest(t *testing.T) {
	for _, text := range []string{
		"<script>alert(1)</script>", "<div onclick=alert(1)>a</div>", "a <img src=x onerror=alert(1)> b",
		"[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](&#106;avascript:alert(1))", "[a](java\tscript:x)", "[a](<java\tscript:x>)",
		"[a](vbscript:x)", "[a](data:text/html,x)", "[a](file:///etc/passwd)", "<javascript:alert(1)>", "[a](//evil.example)",
		"![a](javascript:alert(1))", "![a](data:image/svg+xml,x)", "![a](data:image/png;base64,x)", "![a](https://evil.example/x.png)", "![a](//evil.example/x)",
		"# a {onclick=alert(1)}", "### a {#b onclick=alert(1)}", ":::note{onclick=alert(1)}\na\n:::", `[a](https://x "\" onclick=alert(1)")`,
		":::question[<img src=x onerror=alert(1)>]\n- [ ] <script>a</script>\n  > <iframe src=x></iframe>\n- [x] b\n:::",
		"::audio[a]{src=\"javascript:x\"}", "::audio[a]{src=\"https://evil.example/a\"}", ":::story[a]{#\"onclick=x}\n:::", ":::\"><script>x\na\n:::",
		"[a]: javascript:alert(1)\n\n[a]", "## <script>x</script>\n\na", "a[^1]\n\n[^1]: <script>x</script>", "http://x.example/\"onmouseover=alert(1)",
	} {
		m := compileText(text)
		assertSafe(t, text, pageHTML(m))
		if slices.Contains(codes(m), ModuleEmpty) {
			continue
		}
		if strings.Contains(pageHTML(m), "src=") {
			t.Errorf("%q loads something: %s", text, pageHTML(m))
		}
	}
}

var dangerous = regexp.MustCompile(`(?i)<(script|iframe|style|object|form|input|button)|<[^>]*[\s"']on\w+\s*=|(href|src)="\s*(javascript|vbscript|data|file):|<[^>]*\sstyle=|\x00`)

func assertSafe(t testing.TB, text, html string) {
	t.Helper()
	// What stands inside quotes of an attribute is text.
	bare := regexp.MustCompile(`(alt|title)="[^"]*"`).ReplaceAllString(html, "")
	if m := dangerous.FindString(bare); m != "" {
		t.Errorf("%q lets %q through: %s", text, m, html)
	}
}

func TestHTMLIsDroppedWithANoticeAndCommentsQuietly(t *testing.T) {
	m := compileText("Some <b>bold</b> words.\n\n<!-- a note\nto self -->\n\n<div>\n\n**in it**\n\n</div>\n")
	if got, want := found(m), []string{"html-dropped 1", "html-dropped 6", "html-dropped 10"}; !slices.Equal(got, want) {
		t.Errorf("reported %v, not %v", got, want)
	}
	if got, want := pageHTML(m), "<p>Some bold words.</p><p><strong>in it</strong></p>"; got != want {
		t.Errorf("page %s", got)
	}
}

func TestAStepTakesAtLeastAMinuteAndActivitiesTakeTime(t *testing.T) {
	m := compileText("Hi.\n\n## Two\n\n" + strings.Repeat("word ", 300) + "\n\n## Three\n\n:::reflection[Why?]\n1. a\n2. b\n:::\n")
	var minutes []int
	for _, s := range m.Steps {
		minutes = append(minutes, s.Minutes)
	}
	if !slices.Equal(minutes, []int{1, 2, 6}) || m.Minutes != 9 || m.Words != 306 {
		t.Errorf("minutes %v, module %d, words %d", minutes, m.Minutes, m.Words)
	}
}

func TestWordsAreCountedWithoutSpacesBetweenThemToo(t *testing.T) {
	for text, want := range map[string]int{"": 0, "one two-three, don't": 3, "聞くことは大事です": 5, "سلام دنیا": 2, "እንኳን ደህና": 2, "— … 4": 1} {
		if got := countWords(text); got != want {
			t.Errorf("%q: %d words, not %d", text, got, want)
		}
	}
}

func TestTypographyIsForEnglishOnly(t *testing.T) {
	text := `She said "yes" -- don't.`
	for lang, want := range map[string]string{"en": "“yes” – don’t", "en-GB": "“yes” – don’t", "fa": `"yes" -- don't`, "": "“yes” – don’t"} {
		m := Compile(Source{Path: "a.md", Lang: lang, Text: []byte(text)})
		if got := m.Steps[0].Parts[0].Text; !strings.Contains(got, want) {
			t.Errorf("%s: %q", lang, got)
		}
	}
}

func TestLineBreaksAreSpacesButInChineseAndJapanese(t *testing.T) {
	for _, lang := range []string{"en", "fa", "ko"} {
		m := Compile(Source{Path: "a.md", Lang: lang, Text: []byte("One\n*two*")})
		if got := m.Steps[0].Parts[0].Text; got != "One two" {
			t.Errorf("%s: %q", lang, got)
		}
	}
	m := Compile(Source{Path: "a.md", Lang: "ja", Text: []byte("聞く\nこと")})
	if got := m.Steps[0].Parts[0].Text; got != "聞くこと" {
		t.Errorf("ja: %q", got)
	}
}
