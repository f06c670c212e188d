package courses

import (
	"slices"
	"strings"
	"testing"
)

func TestLinksLeadWhereTheSiteSays(t *testing.T) {
	resolve := func(dest string) (string, bool) {
		switch dest {
		case "02-names.md", "02-names.md#greet":
			return "/courses/w/names/greet", true
		case "media/a.jpg":
			return "/media/h/a.jpg", true
		case "03-listening.md#two", "03-listening.md#inner":
			return "/courses/w/listening/" + dest[len("03-listening.md#"):], true
		}
		return "", false
	}
	for _, c := range []struct{ text, want, code string }{
		{"[a](02-names.md#greet)", `<p><a href="/courses/w/names/greet">a</a></p>`, ""},
		{"[a *b*](gone.md)", `<p>a <em>b</em></p>`, LinkUnknown},
		{"[a](/courses/x)", `<p>a</p>`, LinkUnknown},
		{"[a](https://x.example/?a=1&b=2)", `<p><a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer">a</a></p>`, ""},
		{"<mailto:a@b.example>", `<p><a href="mailto:a@b.example" rel="noopener noreferrer">mailto:a@b.example</a></p>`, ""},
		{"www.x.example", `<p><a href="http://www.x.example" rel="noopener noreferrer">www.x.example</a></p>`, ""},
		{"[a](ftp://x.example)", `<p>a</p>`, LinkScheme},
		{"![a](media/a.jpg)", `<p><img src="/media/h/a.jpg" alt="a" loading="lazy"></p>`, ""},
		{"![a & b](gone.jpg)", `<p><span class="picture-missing">a &amp; b</span></p>`, PictureMissing},
		{"![a](https://x.example/a.jpg)", `<p><a href="https://x.example/a.jpg" rel="noopener noreferrer">a</a></p>`, PictureExternal},
		{"[![a](https://x.example/a.jpg)](https://x.example)", `<p><a href="https://x.example" rel="noopener noreferrer"><span class="picture-missing">a</span></a></p>`, PictureExternal},
		{"[a](#here)\n\n### Here", `<p><a href="#c-here">a</a></p><h3 id="c-here">Here</h3>`, ""},
		{"[a](#two)\n\n## Two\n\nb", `<p><a href="/courses/w/listening/two">a</a></p><p>b</p>`, ""},
		{"[a](#inner)\n\n## Two\n\n:::practice[b]{#inner}\n:::", `<p><a href="/courses/w/listening/inner">a</a></p>b`, ""},
		{"[a](#inner)\n\n:::practice[b]{#inner}\n:::", `<p><a href="#at-inner">a</a></p>b`, ""},
		{"[a](#inner)\n\n:::story[b]{#inner}\nc\n:::", `<p><a href="#c-inner">a</a></p>b<p>c</p>`, ""},
		{"[a](#nowhere)", `<p>a</p>`, LinkUnknown},
		{"[a][r]\n\n## Two\n\nb\n\n[r]: https://x.example", `<p><a href="https://x.example" rel="noopener noreferrer">a</a></p><p>b</p>`, ""},
	} {
		m := Compile(Source{Path: "w/03-listening.md", Lang: "en", Text: []byte(c.text), Resolve: resolve})
		if got := pageHTML(m); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, got, c.want)
		}
		if got := strings.Join(codes(m), " "); got != c.code {
			t.Errorf("%q: reported %q, not %q", c.text, got, c.code)
		}
	}
}

func TestAFigureWhosePictureIsMissingSaysSo(t *testing.T) {
	m := Compile(Source{
		Path: "a.md", Lang: "en", Text: []byte("![Two *people*](gone.jpg \"Side by side\")"),
		Resolve: func(string) (string, bool) { return "", false },
	})
	p := m.Steps[0].Parts[0]
	if p.Kind != Figure || *p.Media != (Media{Path: "gone.jpg", Alt: "Two people", Caption: "Side by side", Missing: true}) {
		t.Errorf("got %+v", p.Media)
	}
}

func TestATaskListHoldsNoFormField(t *testing.T) {
	m := compileText("- [x] done\n- [ ] open\n")
	if got := pageHTML(m); strings.Contains(got, "<input") || !strings.Contains(got, "☑") || !strings.Contains(got, "☐") {
		t.Error(got)
	}
}

func TestTablesAreAlignedByClass(t *testing.T) {
	got := pageHTML(compileText("|a|b|c|\n|:-|:-:|-:|\n|1|2|3|\n"))
	for _, want := range []string{`<th class="align-start">a`, `<td class="align-center">2`, `<td class="align-end">3`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestFootnotesStandAtTheFootOfTheStepThatCallsThem(t *testing.T) {
	m := compileText("A[^x] b[^y] c[^x].\n\n## Two\n\nD[^y].\n\n[^x]: First.\n[^y]: Second.\n")
	foot := func(i int) string { parts := m.Steps[i].Parts; return parts[len(parts)-1].Text }
	if foot(0) != "First. ↩︎ Second. ↩︎" || foot(1) != "Second. ↩︎" {
		t.Errorf("feet %q, %q", foot(0), foot(1))
	}
	assertIDsOnce(t, pageHTML(m))
}

func TestAlertsAreNotes(t *testing.T) {
	for mark, want := range map[string]Kind{"NOTE": Note, "important": Note, "TIP": Tip, "WARNING": Warning, "CAUTION": Warning} {
		m := compileText("> [!" + mark + "]\n> Stop *here*.\n>\n> And rest.\n")
		p := m.Steps[0].Parts[0]
		if p.Kind != want || len(p.Parts) != 2 || p.Parts[0].HTML != "<p>Stop <em>here</em>.</p>" || p.Parts[1].At != "start/1/2" {
			t.Errorf("%s: %+v", mark, p)
		}
	}
	if m := compileText("> [!OTHER]\n> a\n"); m.Steps[0].Parts[0].Kind != Prose {
		t.Error("an unknown alert is no quote any more")
	}
}

func TestEachBlockOfMarkdownHasAnAddressOfItsOwn(t *testing.T) {
	m := compileText("One.\n\n- two\n\n## S\n\n:::story[T]\na\n\n:::practice[b]\n:::\n:::\n\nThree.\n")
	var at []string
	for _, s := range m.Steps {
		eachPart(s.Parts, func(p *Part) { at = append(at, p.At) })
	}
	if want := []string{"start/1", "start/2", "s/1", "s/1/1", "s/1/2", "s/2"}; !slices.Equal(at, want) {
		t.Errorf("addresses %v", at)
	}
	if a := m.Steps[1].Activities[0]; a.At != "s/1/2" || a.Step != "s" {
		t.Errorf("activity at %s in %s", a.At, a.Step)
	}
}
