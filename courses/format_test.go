package courses

import (
	"slices"
	"testing"
)

func format(text string) string { return string(Format([]byte(text), compileText(text))) }

func TestFormatWritesTheMissingIDsAndNothingElse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"## Look back", "## Look back {#look-back}"},
		{"## Look back  \na", "## Look back {#look-back}  \na"},
		{"## Look back ##\na", "## Look back ## {#look-back}\na"},
		{"##\na", "## {#step}\na"},
		{"## A {#b}\n\n### C\n", "## A {#b}\n\n### C\n"},
		{":::practice[Do it]\r\n:::\r\n", ":::practice[Do it]{#do-it}\r\n:::\r\n"},
		{":::practice\nDo it\n:::", ":::practice{#do-it}\nDo it\n:::"},
		{":::practice[a] \n:::", ":::practice[a]{#a} \n:::"},
		{"\ufeff:::practice[a]\n:::", "\ufeff:::practice[a]{#a}\n:::"},
		{"\ufeff## A\r\ra", "\ufeff## A {#a}\r\ra"},
		{"::::: story :::::\na\n:::", "::::: story{#a} :::::\na\n:::"},
		{"## S {#s}\n\n:::scale[a]{#x}\n1. b\n2. c\n:::\n\n:::scale[d]{again=\"x\"}\n1. b\n2. c\n:::\n", "## S {#s}\n\n:::scale[a]{#x}\n1. b\n2. c\n:::\n\n:::scale[d]{#d again=\"x\"}\n1. b\n2. c\n:::\n"},
		{":::practice[a]{}\n:::", ":::practice[a]{#a}\n:::"},
		{":::note\n:::reflection[a]\n:::\n:::", ":::note\n:::reflection[a]{#a}\n:::\n:::"},
		{"---\ntitle: T\n---\n## A\n", "---\ntitle: T\n---\n## A {#a}\n"},
		{"```\n## A\n```\n", "```\n## A\n```\n"},
		{"Only words.", "Only words."},
		{"", ""},
	} {
		if got := format(c.text); got != c.want {
			t.Errorf("%q:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestAFormattedTextHasTheSameIDsAndIsFormatted(t *testing.T) {
	for _, e := range examples(t) {
		once := format(e.text)
		if twice := format(once); twice != once {
			t.Errorf("line %d: formatted again it changes:\n%s\n%s", e.at, once, twice)
		}
		if a, b := idsOf(compileText(e.text)), idsOf(compileText(once)); !slices.Equal(a, b) {
			t.Errorf("line %d: ids %v became %v", e.at, a, b)
		}
	}
}
