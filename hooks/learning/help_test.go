package learning_test

import (
	"strings"
	"testing"

	"alongside/hooks/hooktest"
)

func TestACourseShowsHelpThatIsForEverybodyInTheReadersLanguageFirst(t *testing.T) {
	s := hooktest.Start(t)
	s.Publish(t, "small", map[string]string{
		"course.md":   "---\ntitle: Small\nlanguage: en\n---\nAbout it.\n",
		"01-first.md": "---\ntitle: First\n---\nWelcome.\n\n::help[crisis]\n\n## Talk {#talk}\n\n::help[other]\n",
	})
	execute(t, s, "UPDATE courses SET public = TRUE WHERE slug = 'small'")
	execute(t, s, `UPDATE settings SET revision = revision + 1, help = '[
		{"kind":"crisis","name":"Samaritans","number":"116 123","language":"en"},
		{"kind":"crisis","name":"Night line","number":"0800 22","language":"ar-XB"},
		{"kind":"crisis","name":"Front desk","number":"0800 33","place":"quay"}]'`)
	for address, kind := range map[string]string{first + "/start": "of a kind that there is", first + "/talk": "of a kind that there is none of"} {
		browser := s.Guest(t)
		request := browser.Request("GET", address, nil)
		request.Header.Set("Accept-Language", "ar-XB")
		text := browser.Do(request).Body
		own, other := strings.Index(text, "Night line"), strings.Index(text, "Samaritans")
		if own < 0 || other < own {
			t.Errorf("%s: what is in their language stands at %d, the rest at %d", kind, own, other)
		}
		if strings.Contains(text, "Front desk") {
			t.Errorf("%s: a guest sees the number of a place", kind)
		}
	}
}
