package templates

import "testing"

func TestEveryPageIsParsedInEveryLanguage(t *testing.T) {
	for _, tag := range []string{"en", "en-XA", "ar-XB"} {
		if l := load().edition(tag); l.words.tag != tag || l.pages["learning/step"] == nil {
			t.Errorf("%s: %d pages of %s", tag, len(l.pages), l.words.tag)
		}
	}
}
