package templates

import (
	"strings"
	"testing"
)

func TestThePseudoLanguagesAreOnlyForWhoAsksForExactlyThem(t *testing.T) {
	for _, c := range []struct{ wish, tag, dir string }{
		{"en-XA", "en-XA", "ltr"},
		{"ar-XB", "ar-XB", "rtl"},
		{"ar-XB,en;q=0.5", "ar-XB", "rtl"},
		{"ar", "en", "ltr"},
		{"ar-EG,ar;q=0.9", "en", "ltr"},
		{"en-US", "en", "ltr"},
		{"en", "en", "ltr"},
		{"xx,en-XB", "en", "ltr"},
		{"", "en", "ltr"},
		{"nonsense;;;q=%%", "en", "ltr"},
	} {
		if tag, dir := Match(c.wish); tag != c.tag || dir != c.dir {
			t.Errorf("%q gave %s %s, want %s %s", c.wish, tag, dir, c.tag, c.dir)
		}
	}
}

func TestTheFirstWishThatCanBeMetIsMet(t *testing.T) {
	if tag, _ := Match("", "tlh", "ar-XB", "en"); tag != "ar-XB" {
		t.Errorf("got %s", tag)
	}
}

func TestOnlyShippedLanguagesAreOffered(t *testing.T) {
	for _, l := range load().shipped {
		if l.Name == "" || l.Dir == "" || strings.Contains(l.Tag, "X") {
			t.Errorf("%+v is offered", l)
		}
	}
}

func TestTextRunsAsItsScriptDoes(t *testing.T) {
	for tag, want := range map[string]string{"fa": "rtl", "prs": "rtl", "ckb": "rtl", "ur": "rtl", "ti": "ltr", "kmr": "ltr", "en": "ltr", "": "ltr", "no tag": "ltr"} {
		if got := Direction(tag); got != want {
			t.Errorf("%q runs %s, want %s", tag, got, want)
		}
	}
}
