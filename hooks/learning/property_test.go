package learning_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"pgregory.net/rapid"
)

// A text is a module that is edited: reflections in steps.
type draftText struct {
	steps [][]asked
	ids   int
}

type asked struct{ id, words string }

var nouns = []string{"bread", "river", "kettle", "ladder", "window", "market", "garden", "winter"}

func (d *draftText) write() string {
	var b strings.Builder
	b.WriteString("# Module\n\nWelcome to all of it.\n\n")
	for i, step := range d.steps {
		fmt.Fprintf(&b, "## Step %d {#step-%d}\n\nSome words.\n\n", i, i)
		for _, a := range step {
			fmt.Fprintf(&b, ":::reflection[%s]{#%s}\n:::\n\n", a.words, a.id)
		}
	}
	return b.String()
}

// edit changes one thing: a question comes, goes, moves, is reworded or renamed.
func (d *draftText) edit(t *rapid.T) {
	step := rapid.IntRange(0, len(d.steps)-1).Draw(t, "step")
	if len(d.steps[step]) == 0 || rapid.IntRange(0, 3).Draw(t, "add") == 0 {
		d.ids++
		noun := rapid.SampledFrom(nouns).Draw(t, "noun")
		id := fmt.Sprintf("q-%d", rapid.IntRange(1, d.ids).Draw(t, "id")) // often one that was there before
		if d.has(id) {
			id = fmt.Sprintf("q-%d-new", d.ids)
		}
		d.steps[step] = append(d.steps[step], asked{id, "What about the " + noun + " and the " + noun + " of old?"})
		return
	}
	at := rapid.IntRange(0, len(d.steps[step])-1).Draw(t, "at")
	one := d.steps[step][at]
	switch rapid.SampledFrom([]string{"go", "move", "reword", "rename"}).Draw(t, "edit") {
	case "go":
		d.steps[step] = append(d.steps[step][:at:at], d.steps[step][at+1:]...)
	case "move":
		to := rapid.IntRange(0, len(d.steps)-1).Draw(t, "to")
		d.steps[step] = append(d.steps[step][:at:at], d.steps[step][at+1:]...)
		d.steps[to] = append([]asked{one}, d.steps[to]...)
	case "reword":
		d.steps[step][at].words = "Tell of the " + rapid.SampledFrom(nouns).Draw(t, "noun") + " in your own words"
	case "rename":
		d.ids++
		d.steps[step][at].id = fmt.Sprintf("q-%d-renamed", d.ids)
	}
}

func (d *draftText) has(id string) bool {
	for _, step := range d.steps {
		for _, a := range step {
			if a.id == id {
				return true
			}
		}
	}
	return false
}

// What was typed last into a field is afterwards in the form, or on the
// module's page, whatever was edited in between.
func TestNoRowOfEditsAndAnswersLosesAText(t *testing.T) {
	tryOnly(t, "20")
	s := hooktest.Start(t)
	courses := 0
	rapid.Check(t, func(rt *rapid.T) {
		courses++
		name := fmt.Sprintf("course-%d", courses)
		b := s.SignInOnOwn(t, s.MustPerson(t, web.Learner))
		text := &draftText{steps: make([][]asked, 2)}
		publish := func() {
			s.Publish(t, name, map[string]string{"01-module.md": text.write()})
		}
		text.edit(rt)
		publish()
		address := "/courses/" + name + "/module"
		typed := map[string]bool{} // what must still be found
		for n := range rapid.IntRange(2, 8).Draw(rt, "acts") {
			if rapid.Bool().Draw(rt, "edits") {
				for range rapid.IntRange(1, 3).Draw(rt, "edits at once") {
					text.edit(rt)
				}
				publish()
			}
			page := open(t, b, fmt.Sprintf("%s/step-%d", address, rapid.IntRange(0, 1).Draw(rt, "reads")))
			for field, values := range page.form {
				if !strings.HasPrefix(field, "a.") || !rapid.Bool().Draw(rt, "types") {
					continue
				}
				delete(typed, values[0])
				words := fmt.Sprintf("words %d of %s", n, field)
				page.set(field, words)
				typed[words] = true
			}
			if rapid.Bool().Draw(rt, "published before it is sent") {
				text.edit(rt)
				publish()
			}
			if r := page.press("save"); r.Status != 303 {
				rt.Fatalf("save: status %d", r.Status)
			}
		}
		all := module(t, b, address) + open(t, b, address+"/step-0").body + open(t, b, address+"/step-1").body
		for words := range typed {
			if !strings.Contains(all, words) {
				rt.Fatalf("%q is lost; the text is now\n%s", words, text.write())
			}
		}
	})
}

// tryOnly lets a property with a whole house behind it be tried less often than
// others, unless -rapid.checks says how often.
func tryOnly(t *testing.T, times string) {
	t.Helper()
	checks := flag.Lookup("rapid.checks")
	if checks.Value.String() != checks.DefValue {
		return
	}
	if err := checks.Value.Set(times); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = checks.Value.Set(checks.DefValue) })
}
