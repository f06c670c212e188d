package courses

import (
	"slices"
	"strings"
	"testing"
)

func TestFencesAreRead(t *testing.T) {
	for _, c := range []struct {
		line, name, label, id string
		ok                    bool
	}{
		{":::note", "note", "", "", true},
		{"::::::: note", "note", "", "", true},
		{"::: note :::", "note", "", "", true},
		{":::note[A *b*]{#c}", "note", "A *b*", "c", true},
		{`:::note[a [b] \] c]`, "note", `a [b] \] c`, "", true},
		{"::: {.callout #x}", "callout", "", "x", true},
		{":::نکته[سلام]{#یک}", "نکته", "سلام", "یک", true},
		{"::help[crisis]", "help", "crisis", "", true},
		{":::", "", "", "", true},
		{"::::   ::", "", "", "", true},
		{":: note", "", "", "", false},
		{"::", "", "", "", false},
		{": a definition", "", "", "", false},
		{"::: 12 monkeys", "", "", "", false},
	} {
		f, ok := readFence(c.line)
		if ok != (c.ok && c.name != "") && !(c.ok && c.name == "" && ok) {
			t.Errorf("%s: ok %v", c.line, ok)
		}
		if ok && (f.name != c.name || f.label != c.label || f.attrs.id != c.id) {
			t.Errorf("%s: %+v", c.line, f)
		}
	}
}

func TestAttributesAreRead(t *testing.T) {
	a, size, ok := readAttributes(`{#id again="x y" b='c"d' e=f g} tail`)
	if !ok || size != 31 || a.id != "id" || a.get("again") != "x y" || a.get("b") != `c"d` || a.get("e") != "f" || len(a.pairs) != 4 {
		t.Errorf("%+v %d %v", a, size, ok)
	}
	for _, broken := range []string{"{", "{#", `{a="b}`, "{?}", "{a=}"} {
		if _, _, ok := readAttributes(broken); ok {
			t.Errorf("%s is taken", broken)
		}
	}
}

func TestStepsBeginAtTwoHashesAndNowhereElse(t *testing.T) {
	for _, c := range []struct {
		text  string
		steps []string
	}{
		{"## One\na\n##\tTwo\n", []string{"One", "Two"}},
		{"a\n## One ##\n", []string{"", "One"}},
		{"```\n## no\n:::note\n```\n## One\n", []string{"", "One"}},
		{"~~~~ a\n## no\n~~~\n## no\n~~~~\n## One\n", []string{"", "One"}},
		{"- a\n\n  ```\n  ## no\n  ```\n## One\n", []string{"", "One"}},
		{"- a\n\n  ```\n  code\n## One\n", []string{"", "One"}},
		{"> ```\n> ## no\n## One\n", []string{"", "One"}},
		{"    ## no\n\na\n", []string{""}},
		{"> ## no\n", []string{""}},
		{"##no\n### no\n#### no\n", []string{""}},
		{"a\n\n <!-- open\n## One\n-->\n", []string{"", "One"}},
		{"<pre>\n## One\n</pre>\n", []string{"One"}},
		{":::note\na\n## One\nb\n", []string{"", "One"}},
		{"- a\n## One\nlazy\n", []string{"", "One"}},
		{"para\n## One", []string{"", "One"}},
		{"## <b>One</b> *two* `three` & four", []string{"One two three & four"}},
	} {
		var titles []string
		for _, s := range compileText(c.text).Steps {
			titles = append(titles, s.Title)
		}
		if strings.HasPrefix(c.text, "<pre>") {
			titles = slices.DeleteFunc(titles, func(s string) bool { return s == "" })
		}
		if !slices.Equal(titles, c.steps) {
			t.Errorf("%q: steps %q, not %q", c.text, titles, c.steps)
		}
	}
}

func TestAnOpenBlockEndsWhereTheNextStepBegins(t *testing.T) {
	m := compileText(":::note\n:::story[a]\nb\n\n- c\n\n## Two\n\nd\n:::\n")
	if got, want := found(m), []string{"fence-open 1", "fence-open 2", "fence-stray 10"}; !slices.Equal(got, want) {
		t.Errorf("reported %v", got)
	}
	if len(m.Steps) != 2 || m.Steps[1].Parts[0].Text != "d" {
		t.Errorf("second step: %+v", m.Steps[1].Parts)
	}
}

func TestInLessonsOfTheCarpentriesHashesInsideABlockAreContent(t *testing.T) {
	text := "::::::::::: challenge\n\n## Try\n\nIt.\n\n:::::: solution\n\n## Answer\n\nSo.\n\n::::::\n:::::::::::::::\n\n## Next\n\nMore.\n"
	m := Compile(Source{Path: "a.md", Lang: "en", Text: []byte(text), HashesInFences: true})
	if len(m.Steps) != 2 || len(m.Steps[0].Parts) != 1 {
		t.Fatalf("%d steps, %+v", len(m.Steps), m.Steps[0].Parts)
	}
	box := m.Steps[0].Parts[0]
	inner := box.Parts[len(box.Parts)-1]
	if box.Kind != Box || box.Label != "challenge" || inner.Kind != Box || inner.Label != "solution" || inner.Parts[0].HTML != `<h3 id="c-answer">Answer</h3>` {
		t.Errorf("%+v", box)
	}
	if got, want := found(m), []string{"block-unknown 1", "block-unknown 7"}; !slices.Equal(got, want) {
		t.Errorf("reported %v", got)
	}
}

func TestWhatIsWrittenAlmostRightIsTakenAndReported(t *testing.T) {
	for _, c := range []struct {
		text, want string
		kind       Kind
	}{
		{"::question[a]\n- [ ] b\n- [x] c\n:::\n", "block-colons 1", Question},
		{":::help[crisis]\n:::\n\nb\n", "", Help},
		{":::help[crisis]\n\nb\n", "", Help},
		{":::help[crisis]\n\nb\n:::\n", "fence-stray 4", Help},
		{"::: note Stop here\na\n:::\n", "label-bare 1", Note},
		{":::Note\na\n:::\n", "", Note},
		{"  :::note\na\n  :::\n", "", Note},
		{"::unknown[a]\n", "block-unknown 1", Prose},
		{"- a\n\n  :::note\n  b\n  :::\n", "fence-indented 3, fence-indented 5", Prose},
		{":::note{#a}\nb\n:::\n", "attribute-unknown 1", Note},
		{":::challenge[Now *you*]{x=y}\na\n:::\n", "block-unknown 1", Box},
		{":::help[crisis] now\n", "", Help},
		{":::practice[a]\n:::note\nb\n:::\n:::\n", "block-inside 2", Note},
		{":::practice[a]\n::help[crisis]\n:::\n", "block-inside 2", Help},
	} {
		m := compileText(c.text)
		if got := strings.Join(found(m), ", "); got != c.want {
			t.Errorf("%q: reported %q, not %q", c.text, got, c.want)
		}
		if !slices.Contains(kinds(m), c.kind) {
			t.Errorf("%q: no %s in %v", c.text, c.kind, kinds(m))
		}
	}
}

func TestTheBoxOfAnUnknownBlockKeepsItsLabelAndWhatIsInIt(t *testing.T) {
	m := compileText(":::challenge[Now *you*]\na\n\n:::practice[b]\n:::\n:::\n")
	box := m.Steps[0].Parts[0]
	if box.Label != "challenge" || box.Parts[0].HTML != "<p><strong>Now <em>you</em></strong></p>" || len(box.Parts) != 3 {
		t.Errorf("%+v", box)
	}
	if got := found(m); !slices.Equal(got, []string{"block-unknown 1", "block-inside 4"}) || len(m.Steps[0].Activities) != 1 {
		t.Errorf("reported %v", got)
	}
}
