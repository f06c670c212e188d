package learning_test

import (
	"fmt"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

// A step may ask more than anybody would look up one by one, of both kinds of
// rows, and more than SQLite takes parameters or depth for.
func TestAStepWithMoreActivitiesThanAreLookedUpByNameKeepsEachOfThem(t *testing.T) {
	for _, many := range []int{15, 16, 17, 600} { // with as many reflections beside them
		var text strings.Builder
		text.WriteString("---\ntitle: Many\n---\nWelcome.\n\n## All {#all}\n\n")
		for i := range many {
			fmt.Fprintf(&text, ":::practice[Try %d]{#try-%d}\n:::\n\n:::reflection[Say %d]{#say-%d}\n:::\n\n", i, i, i, i)
		}
		s := hooktest.Start(t)
		s.Publish(t, "small", map[string]string{"course.md": "---\ntitle: Small\nlanguage: en\n---\nAbout it.\n", "01-first.md": text.String()})
		b := s.SignIn(t, s.MustPerson(t, web.Learner))
		step := open(t, b, first+"/all")
		last := fmt.Sprint(many - 1)
		step.set("a.try-0", "the first try").set("a.say-0", "the first word").set("a.try-"+last, "the last try").set("a.say-"+last, "the last word").saved("save")

		again := open(t, b, first+"/all")
		for field, want := range map[string]string{
			"a.try-0": "the first try", "a.say-0": "the first word", "a.try-" + last: "the last try", "a.say-" + last: "the last word", "a.try-1": "",
		} {
			if got := again.form.Get(field); got != want {
				t.Errorf("of %d: %s comes back as %q", 2*many, field, got)
			}
		}
	}
}
