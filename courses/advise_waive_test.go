package courses

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestWhatIsSetAsideIsWrittenIntoTheFrontMatterAndNothingElseChanges(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no front matter", "Words.\n", "---\nwaive:\n  - check: idiom\n    at: a\n    why: They say so\n---\nWords.\n"},
		{"no front matter, and other ends of lines", "\ufeffOne.\r\nTwo.", "\ufeff---\r\nwaive:\r\n  - check: idiom\r\n    at: a\r\n    why: They say so\r\n---\r\nOne.\r\nTwo."},
		{"no list", "---\n# ours\ntitle: 'A: b'   # so\nother: [x]\n---\nWords.\n", "---\n# ours\ntitle: 'A: b'   # so\nwaive:\n  - check: idiom\n    at: a\n    why: They say so\nother: [x]\n---\nWords.\n"},
		{"a list", "---\nwaive:\n- check: list-flat # yes\n  why: \"a: b\"\n\n# note\ntitle: A\n---\n", "---\nwaive:\n- check: list-flat # yes\n  why: \"a: b\"\n- check: idiom\n  at: a\n  why: They say so\n\n# note\ntitle: A\n---\n"},
		{"a list that is set in", "---\nwaive:\n    - {check: list-flat, why: x}\n...\nW", "---\nwaive:\n    - {check: list-flat, why: x}\n    - check: idiom\n      at: a\n      why: They say so\n...\nW"},
		{"a list in one line", "---\nwaive: [{check: list-flat, why: x}]\n---\n", "---\nwaive:\n  - check: list-flat\n    why: x\n  - check: idiom\n    at: a\n    why: They say so\n---\n"},
		{"a list without anything", "---\nwaive:\ntitle: A\n---\n", "---\nwaive:\n  - check: idiom\n    at: a\n    why: They say so\ntitle: A\n---\n"},
		{"nothing in the front matter", "---\n---\nW\n", "---\nwaive:\n  - check: idiom\n    at: a\n    why: They say so\n---\nW\n"},
	} {
		got, err := Waive([]byte(c.text), "idiom", "a", "They say so")
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v %q, not %q", c.name, err, got, c.want)
			continue
		}
		if again, err := Waive(got, "idiom", "a", "Once more"); err != nil || string(again) != c.want {
			t.Errorf("%s: once more: %v %q", c.name, err, again)
		}
	}
}

func TestWhateverIsTypedAsAReasonComesBackInOneLine(t *testing.T) {
	text := []byte("---\ntitle: A\n---\n\n## B {#b}\n\nBy and large.\n")
	for _, why := range []string{
		"It is: so", "\"so\" they 'say'", "- a", "# not a note", "{a: b}", "yes", "null", "12", "*a &b !c |d >e %f @g `h", "a\\b \\n",
		"چون این\u200cطور می\u200cگویند: «بله»", "هكذا", "\u200fa\u202e", "😀", "---", "...", "? a", "a #b", "~", "=", "a: ", strings.Repeat("long and ", 300),
	} {
		for _, typed := range []string{why, "  " + why + "\r\n", strings.Replace(why, " ", "\n\n", 1)} {
			want := strings.Join(strings.Fields(why), " ")
			out, err := Waive(text, "idiom", "b", typed)
			if err != nil {
				t.Errorf("%q: %v", typed, err)
				continue
			}
			m := compileText(string(out))
			if len(m.Waivers) != 1 || m.Waivers[0] != (Waiver{"idiom", "b", want}) || len(m.Problems) != 0 {
				t.Errorf("%q came back as %q %v", typed, m.Waivers, m.Problems)
			}
			if all := adviceOn(string(out)); len(all) != 0 {
				t.Errorf("%q: still told: %v", typed, all)
			}
		}
	}
}

func TestManyThingsAreSetAsideOneAfterAnother(t *testing.T) {
	text := []byte("Words.\r\n")
	var want []Waiver
	for _, w := range []Waiver{{"idiom", "", "one"}, {"idiom", "a", "two: 2"}, {"step-long", "", "three"}} {
		var err error
		if text, err = Waive(text, w.Check, w.At, w.Why); err != nil {
			t.Fatal(err)
		}
		want = append(want, w)
	}
	if got := compileText(string(text)).Waivers; !slices.Equal(got, want) {
		t.Errorf("%v in %q", got, text)
	}
}

func TestFrontMatterThatAProgramCannotChangeIsLeftToItsAuthor(t *testing.T) {
	for _, text := range []string{
		"---\ntitle: a: b\n---\n", "---\ntitle: a\n", "---\n- a\n---\n", "---\n{title: a}\n---\n", "---\nwaive: no\n---\n", "---\nwaive: {check: a}\n---\n",
	} {
		if got, err := Waive([]byte(text), "idiom", "", "so"); !errors.Is(err, ErrFront) || got != nil {
			t.Errorf("%q: %v %q", text, err, got)
		}
	}
	for _, c := range [][2]string{{"", "so"}, {"idiom", ""}, {"idiom", " \n\x00"}} {
		if _, err := Waive([]byte("W"), c[0], "", c[1]); !errors.Is(err, ErrWaiverBare) {
			t.Errorf("%q: %v", c, err)
		}
	}
}

func FuzzWaive(f *testing.F) {
	f.Add("---\nwaive:\n  - check: a\n    why: b\n---\nW", "a: b")
	f.Add("---\nwaive: [ ]\r\n---\r\n", "\u2028")
	f.Add("---\nwaive:\n- &a {check: a, why: b}\n- *a\n# note\n---\n", "#")
	f.Fuzz(func(t *testing.T, text, why string) {
		out, err := Waive([]byte(text), "idiom", "a", why)
		if err != nil || len(text) > 10<<10 || !strings.HasPrefix(text, "---\n") {
			return
		}
		before, after := compileText(text), compileText(string(out))
		if _, refused := guard("", []byte(text)); !refused {
			return
		}
		if !slices.ContainsFunc(after.Waivers, func(w Waiver) bool { return w.Check == "idiom" && w.At == "a" && w.Why != "" }) ||
			before.Title != after.Title || before.Summary != after.Summary || len(before.Steps) != len(after.Steps) {
			t.Fatalf("%q became %q", text, out)
		}
	})
}
