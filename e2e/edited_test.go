package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/e2e/browser"
	"alongside/e2e/product"
)

// A module is edited while learners are half-way: choices move, are reworded
// and go, a question moves to another step, another goes, and so does a step.
func TestAnEditOfAModuleCostsNobodyTheirWork(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	page := open(t, p, browser.Options{})
	signIn(page, person(t, p, "learner", 0))
	answerBeforeTheEdit(page)
	finished := open(t, p, browser.Options{})
	signIn(finished, person(t, p, "learner", 2))
	finished.Visit(module3)
	before := strings.Count(finished.Text(), "Done")

	publish(t, p, editTheModule(t))

	page.Visit(module3 + "/what-bernie-did")
	for label, want := range map[string]bool{
		"She put her phone in her bag, where nobody could see it.": true,  // was reworded
		"She gave Dee her own words back.":                         true,  // was last but one, is first
		"She asked one open question, and then she stopped.":       false, // was never chosen
	} {
		if page.Chosen(label) != want {
			t.Errorf("after the edit %q is chosen: %t, want %t", label, !want, want)
		}
	}
	page.See("This question has changed since you answered", "She told Dee that it gets easier")
	page.Visit(module3 + "/dee")
	if got := page.Value(heard); got != private {
		t.Errorf("the reflection is %q", got)
	}
	page.Visit(module3 + "/your-block")
	if !page.Chosen("How was it at the job centre?") {
		t.Error("the answer did not follow its question to another step")
	}
	page.Visit(module3)
	page.See("These questions are not in the module any more", "A little ready")
	finished.Visit(module3)
	finished.See("You finished this module")
	if after := strings.Count(finished.Text(), "Done"); after < before-1 {
		t.Errorf("%d steps are done for who had finished, %d were", after, before)
	}
}

func answerBeforeTheEdit(page *browser.Page) {
	page.Visit("/courses/walking-alongside")
	page.Press("Start this course")
	page.Visit(module3 + "/start")
	page.Choose("A little ready")
	page.Press("Continue")
	page.Visit(module3 + "/dee")
	page.Fill(heard, private)
	page.Press("Continue")
	page.Choose("She put her phone where nobody could see it.")
	page.Choose("She told Dee that it gets easier.")
	page.Choose("She gave Dee her own words back.")
	page.Press("Continue")
	page.Visit(module3 + "/open-doors")
	page.Choose("How was it at the job centre?")
	page.Press("Save")
	page.See("Saved")
}

// editTheModule writes the shipped course to a folder, with module 3 edited,
// and returns the folder.
func editTheModule(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "walking-alongside")
	must(t, os.CopyFS(folder, os.DirFS("../courses/library/walking-alongside")))
	file := filepath.Join(folder, "03-listening.md")
	text, err := os.ReadFile(file)
	must(t, err)
	edit := &editor{t: t, text: string(text)}

	words := edit.take("- [x] She gave Dee her own words back.", "- [ ] She asked why")
	edit.before("- [x] She put her phone", words)
	edit.take("- [ ] She told Dee that it gets easier.", "- [x] She asked one open")
	edit.change("She put her phone where nobody could see it.", "She put her phone in her bag, where nobody could see it.")
	moved := edit.take(":::question[Which of these leaves the most room?]", ":::blanks[Fill the gaps.")
	edit.before("There is no right answer here. It is only good to know which one to look out for.", moved)
	edit.take(":::scale[How ready do you feel to listen to someone", "## Who can read")
	edit.take(":::scale[", ":::\n") // the scale that asked again at the end
	edit.take("## A good place to stop {#stop-1}", "## Sitting 2")
	must(t, os.WriteFile(file, []byte(edit.text), 0o644))
	return folder
}

// An editor cuts and pastes, and fails where the text is not as expected.
type editor struct {
	t    *testing.T
	text string
}

func (e *editor) find(words string) int {
	e.t.Helper()
	at := strings.Index(e.text, words)
	if at < 0 {
		e.t.Fatalf("the module does not hold %q", words)
	}
	return at
}

// take cuts from some words to just before others, and returns the cut.
func (e *editor) take(from, to string) string {
	e.t.Helper()
	start := e.find(from)
	length := strings.Index(e.text[start+1:], to) + 1
	if length == 0 {
		e.t.Fatalf("after %q the module does not hold %q", from, to)
	}
	cut := e.text[start : start+length]
	e.text = e.text[:start] + e.text[start+length:]
	return cut
}

func (e *editor) before(words, pasted string) {
	e.t.Helper()
	at := e.find(words)
	e.text = e.text[:at] + pasted + e.text[at:]
}

func (e *editor) change(old, words string) {
	e.t.Helper()
	e.find(old)
	e.text = strings.Replace(e.text, old, words, 1)
}

// publish imports a folder beside the running server.
func publish(t *testing.T, p *product.Product, folder string) {
	t.Helper()
	out, code, err := p.Run("import", folder, "--publish")
	must(t, err)
	if code > 1 {
		t.Fatalf("import ended with %d:\n%s", code, out)
	}
	t.Log(out)
}
