package courses

import (
	"slices"
	"testing"
)

// fixedBy applies every fix of a code, from the end of the text to its beginning.
func fixedBy(t *testing.T, text, code string) string {
	t.Helper()
	fixed := []byte(text)
	for _, a := range slices.Backward(adviceOn(text)) {
		if a.Code != code || a.Fix == nil {
			continue
		}
		if a.Fix.Code != code {
			t.Errorf("the fix of %s says that it is of %s", code, a.Fix.Code)
		}
		var ok bool
		if fixed, ok = ApplyFix(fixed, *a.Fix); !ok {
			t.Errorf("%+v does not fit", a.Fix)
		}
	}
	return string(fixed)
}

func TestAFixPutsRightWhatItSaysAndNothingElse(t *testing.T) {
	for _, c := range []struct{ name, code, text, want string }{
		{
			"an activity is closed behind its list", FenceOpen,
			"## A {#a}\r\n\r\n:::question[Q?]{#q}\r\n- [ ] No\r\n  > Not so.\r\n- [x] Yes\r\n  > Just so.\r\n\r\nMore words.\r\n\r\n## B {#b}\r\n\r\nEnd.\r\n",
			"## A {#a}\r\n\r\n:::question[Q?]{#q}\r\n- [ ] No\r\n  > Not so.\r\n- [x] Yes\r\n  > Just so.\r\n:::\r\n\r\nMore words.\r\n\r\n## B {#b}\r\n\r\nEnd.\r\n",
		},
		{
			"a note is closed where it ended", FenceOpen,
			"## A {#a}\n\n:::note\nOne.\n\nTwo.\n\n## B {#b}\n\nEnd.\n",
			"## A {#a}\n\n:::note\nOne.\n\nTwo.\n:::\n\n## B {#b}\n\nEnd.\n",
		},
		{"at the end of a text without a newline", FenceOpen, "Hello.\n\n:::tip\nOne.", "Hello.\n\n:::tip\nOne.\n:::"},
		{"colons that close nothing go", FenceStray, "One.\n\n:::\n\nTwo.\n", "One.\n\n\nTwo.\n"},
		{"a doubled id of a step", IDTwice, "## One {#same}\n\nA.\n\n## Two {#same}\n\nB.\n", "## One {#same}\n\nA.\n\n## Two {#two}\n\nB.\n"},
		{
			"a doubled id of an activity, with more in its braces", IDTwice,
			":::scale[One]{#s}\n1. a\n2. b\n:::\n\n:::scale[Two]{#s again=\"s\"}\n1. a\n2. b\n:::\n",
			":::scale[One]{#s}\n1. a\n2. b\n:::\n\n:::scale[Two]{#two again=\"s\"}\n1. a\n2. b\n:::\n",
		},
		{"a doubled id of a heading within a step", IDTwice, "## One {#same}\n\n### Two {#same}\n\nB.\n", "## One {#same}\n\n### Two {#two}\n\nB.\n"},
		{"an id that cannot be one", IDBroken, "## The beginning {#a.b}\n\nWords.\n", "## The beginning {#the-beginning}\n\nWords.\n"},
		{"an id that is kept", IDReserved, "## The beginning {#start}\n\nWords.\n", "## The beginning {#the-beginning}\n\nWords.\n"},
		{"colons that are missing", BlockColons, "  ::question[a]{#a}\n- [ ] b\n- [x] c\n:::\n", "  :::question[a]{#a}\n- [ ] b\n- [x] c\n:::\n"},
		{"a label without its end", LabelOpen, ":::checklist[Before you go\n- Breathe\n:::\n", ":::checklist[Before you go]\n- Breathe\n:::\n"},
		{"a label without its end before braces", LabelOpen, ":::checklist[Before you go {#before}\n- Breathe\n:::\n", ":::checklist[Before you go]{#before}\n- Breathe\n:::\n"},
		{"a label without brackets", LabelBare, "::: story Bees [1]\nYes.\n:::\n", "::: story[Bees \\[1\\]]\nYes.\n:::\n"},
		{"a label without brackets behind braces", LabelBare, ":::story{#bees} Bees\nYes.\n:::\n", ":::story[Bees]{#bees}\nYes.\n:::\n"},
		{"a choice without its box", BoxMissing, ":::question[a]{#a}\n- [x] b\n-   c\n:::\n", ":::question[a]{#a}\n- [x] b\n- [ ] c\n:::\n"},
	} {
		got := fixedBy(t, c.text, c.code)
		if got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
		if left := seen(problemsOf(adviceOn(got)), c.code); len(left) != 0 {
			t.Errorf("%s: still told: %v", c.name, left)
		}
	}
}

func TestAFixOfATextThatReadsOtherwiseByNowDoesNothing(t *testing.T) {
	text := []byte("One two three.")
	fix := Fix{From: 4, To: 7, Old: "two", With: "2"}
	if got, ok := ApplyFix(text, fix); !ok || string(got) != "One 2 three." || string(text) != "One two three." {
		t.Errorf("%q %v, and of the text became %q", got, ok, text)
	}
	for _, other := range []Fix{
		{From: 4, To: 7, Old: "too", With: "2"},
		{From: 5, To: 8, Old: "two", With: "2"},
		{From: -1, To: 2, Old: "One", With: "1"},
		{From: 12, To: 15, Old: "e..", With: "1"},
		{From: 4, To: 4, Old: "", With: "2"},
		{From: 7, To: 4, Old: "two", With: "2"},
	} {
		if got, ok := ApplyFix(text, other); ok || string(got) != string(text) {
			t.Errorf("%+v: %q", other, got)
		}
	}
}
