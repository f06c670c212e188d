package courses

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

// FuzzCompile holds what is true of every text.
func FuzzCompile(f *testing.F) {
	for _, e := range examples(f) {
		f.Add([]byte(e.text))
	}
	f.Add([]byte("> [!NOTE]\n> a[^1]\n\n[^1]: b\n\n<b onclick=x>\n\n[a](javascript:b)\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		src := Source{Path: "a.md", Lang: "en", Text: text, Terms: []Term{{"a", "b"}, {"two words", "c"}}}
		m := Compile(src)
		if again := Compile(src); !reflect.DeepEqual(m, again) {
			t.Error("compiled twice, it is not the same")
		}
		assertModule(t, text, m)
		once := Format(text, Compile(Source{Path: "a.md", Lang: "en", Text: text}))
		src.Text = once
		formatted := Compile(src)
		if twice := Format(once, formatted); !bytes.Equal(once, twice) {
			t.Errorf("formatted again it changes:\n%q\n%q", once, twice)
		}
		if len(once) <= MaxFileBytes && !reflect.DeepEqual(idsOf(m), idsOf(formatted)) {
			t.Errorf("ids %q became %q", idsOf(m), idsOf(formatted))
		}
	})
}

func assertModule(t *testing.T, text []byte, m *Module) {
	t.Helper()
	lines := len(lineStarts(normalise(text)))
	for _, p := range m.Problems {
		if p.Line < 0 || p.Line > lines || p.Code == "" || p.Level == "" {
			t.Errorf("of %d lines: %+v", lines, p)
		}
	}
	seen := map[string]bool{}
	for _, id := range idsOf(m) {
		if seen[id] || id == "" {
			t.Errorf("id %q is there twice", id)
		}
		seen[id] = true
	}
	for _, step := range m.Steps {
		for _, a := range step.Activities {
			assertActivity(t, a)
		}
	}
	html := pageHTML(m)
	assertSafe(t, string(text), html)
	if strings.Contains(html, `src="http:`) || strings.Contains(html, `src="https:`) || strings.Contains(html, `src="//`) {
		t.Errorf("loads from elsewhere: %s", html)
	}
}

func assertActivity(t *testing.T, a *Activity) {
	t.Helper()
	for i, item := range a.Items {
		if item.Position != i+1 || item.Parent >= item.Position {
			t.Errorf("%s: item %d is %+v", a.ID, i+1, item)
		}
	}
	if a.Kind == Blanks && len(a.Pieces) != len(a.Items)+1 {
		t.Errorf("%s: %d pieces around %d gaps", a.ID, len(a.Pieces), len(a.Items))
	}
	if a.Text == "" && len(a.Items) == 0 {
		t.Logf("%s asks nothing", a.ID)
	}
}

// FuzzDirectives holds what is true of every opening line: it is read without
// panic, offsets point into it, and an id written onto it is read back.
func FuzzDirectives(f *testing.F) {
	for _, e := range examples(f) {
		for line := range strings.Lines(e.text) {
			if strings.HasPrefix(line, "::") {
				f.Add(strings.TrimRight(line, "\n"))
			}
		}
	}
	f.Fuzz(func(t *testing.T, line string) {
		fence, ok := readFence(line)
		if !ok {
			return
		}
		if fence.hasLabel && line[fence.labelAt:fence.labelAt+len(fence.label)] != fence.label {
			t.Errorf("%q: label %q is not at %d", line, fence.label, fence.labelAt)
		}
		if fence.name == "" || strings.ContainsAny(line, "\r\n") {
			return
		}
		with := string(blockWithID([]byte(line), "an-id"))
		again, ok := readFence(with)
		if with != line && (!ok || again.attrs.id != "an-id" || again.name != fence.name || again.label != fence.label) {
			t.Errorf("%q became %q: %+v", line, with, again)
		}
	})
}
