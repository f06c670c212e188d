package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/e2e/browser"
)

const notSaved = "Not saved yet. What you wrote is still here."

func TestAMentorTypesOnWhileTheServerIsKilledAndEverythingIsStoredWhenItIsBack(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	page := toWrite(t, p, 0, browser.Options{})
	page.WriteOver("The text", certificate, "Before the cut.")
	page.SeeLike(savedAt)
	page.WriteAfter("The text", "Before the cut.", " In the middle of ")
	p.Kill()
	page.WriteAfter("The text", "In the middle of ", "a sentence.")
	page.See(notSaved)
	page.Stay() // the browser would let go of the words: nothing is kept in it
	page.Press("Save")
	page.See(notSaved)
	before := len(page.Asked())
	page.WriteAfter("The text", "a sentence.", " And after it.")
	if !page.Until(func() bool { return len(page.Asked()) > before }) {
		t.Fatal("the page does not try to store what is typed")
	}

	must(t, p.Start()) // from here on nobody touches the page
	page.SeeLike(savedAt)
	page.DontSee("Not saved yet.")
	page.Await(`!document.querySelector("[data-late]")`)
	beside := page.Tab()
	beside.Visit(editor1)
	holds(t, beside.Value("The text"), "Before the cut. In the middle of a sentence. And after it.")

	page.WriteAfter("The text", "And after it.", " And on.") // the page goes on from what it stored
	page.Press("Save")
	page.Reload()
	holds(t, page.Value("The text"), "And after it. And on.")
	if page.AskedToLeave() != 1 {
		t.Errorf("the browser asked %d times whether to leave, and once something was not saved", page.AskedToLeave())
	}
}

// A small course in Arabic: what is typed runs from right to left.
const arabic = "---\ntitle: الإصغاء\n---\nمرحبا.\n\n## جرّب\n\nاجلس مع شخص تثق به.\n\n:::reflection[متى أصغى إليك أحد؟]{#heard}\n:::\n"

func TestALineThatIsCutWhileAMentorWritesArabicCostsNoWord(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	folder := filepath.Join(t.TempDir(), "listening-ar")
	must(t, os.Mkdir(folder, 0o755))
	must(t, os.WriteFile(filepath.Join(folder, "course.md"), []byte("---\ntitle: الإصغاء\nlanguage: ar\n---\nدورة قصيرة.\n"), 0o644))
	must(t, os.WriteFile(filepath.Join(folder, "01-listening.md"), []byte(arabic), 0o644))
	publish(t, p, folder)
	page := open(t, p, browser.Options{Width: 320, Height: 640, Dark: true})
	signIn(page, person(t, p, "mentor", 0))
	page.Visit("/write/listening-ar/listening")
	page.Press("Change this text")

	page.Line(browser.NoLine)
	page.WriteAfter("The text", "تثق به.", " لا تقاطعه.")
	page.See(notSaved)
	page.WriteAfter("The text", "لا تقاطعه.", " دع له وقتا.")
	page.Press("Save")
	page.See(notSaved)
	page.WriteAfter("The text", "وقتا.", " ثم اسأله.")
	page.Line(browser.Quick)
	page.SeeLike(savedAt)
	said := page.Ask(`document.querySelector("[data-state]").innerText.match(/\d\d:\d\d/)[0]`)
	if now := page.Ask(`[0, 1].map(m => new Date(Date.now() - m * 60000).toTimeString().slice(0, 5))`); !strings.Contains(now, said) {
		t.Errorf("it says that it saved at %s, and now or a minute ago it was %s", said, now)
	}
	page.Reload()
	holds(t, page.Value("The text"), "اجلس مع شخص تثق به. لا تقاطعه. دع له وقتا. ثم اسأله.")
	if wider := page.Ask(`document.documentElement.scrollWidth - document.documentElement.clientWidth`); wider != "0" {
		t.Errorf("the page is %s pixels wider than the screen", wider)
	}
	page.Visit("/write/listening-ar/listening/preview")
	page.Press("جرّب")
	page.See("دع له وقتا.")
	if way := page.Ask(`getComputedStyle(document.querySelector("#main h1")).direction`); way != `"rtl"` {
		t.Errorf("what a learner would see runs %s", way)
	}
}

func TestWhatAMentorTypedAtOnceBeforeTheyWentIsThereWhenTheyAreBack(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	page := toWrite(t, p, 0, browser.Options{})
	page.WriteOver("The text", certificate, "Then a link.")
	page.Press("See it as a learner")
	page.Press("What did Winston do?")
	page.See("Then a link.") // a link waits until it is stored: the page that it leads to shows it
	page.Visit(editor1)
	holds(t, page.Value("The text"), "Then a link.")
	if page.AskedToLeave() != 0 {
		t.Error("the browser asked whether to leave what could be saved")
	}

	page.WriteAfter("The text", "Then a link.", " Then back.")
	page.Back()
	page.Visit(editor1)
	comes(t, page, "Then a link. Then back.")

	beside := page.Tab()
	beside.Visit(editor1)
	beside.WriteAfter("The text", "Then back.", " Then gone.")
	beside.Close()
	comes(t, page, "Then back. Then gone.")

	// Leave asks nothing, whatever is not saved.
	asked := page.AskedToLeave()
	leaving := open(t, p, browser.Options{Elsewhere: []string{"https://www.bbc.co.uk"}})
	signIn(leaving, person(t, p, "mentor", 0))
	leaving.Visit(editor1)
	leaving.WriteAfter("The text", "Then gone.", " Then Leave.")
	leaving.Press("Leave")
	if leaving.AskedToLeave() != 0 || page.AskedToLeave() != asked {
		t.Error("Leave was held up by a question")
	}
	comes(t, page, "Then gone. Then Leave.")
}

// comes waits until the editor shows words that a page sent as it went.
func comes(t *testing.T, page *browser.Page, words string) {
	t.Helper()
	if !page.Until(func() bool { page.Reload(); return strings.Contains(page.Value("The text"), words) }) {
		t.Errorf("%q is lost", words)
	}
}
