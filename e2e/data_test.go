package e2e

import (
	"archive/zip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"alongside/e2e/browser"
)

// What somebody takes with them opens on any computer, without the internet, and
// holds what they wrote.
func TestACopyOfMyDataOpensFromTheDisk(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	who := person(t, p, "learner", 1)
	page := open(t, p, browser.Options{Elsewhere: []string{"file://"}})
	signIn(page, who)
	page.Visit("/me/data")
	page.Fill("Your PIN", "111112")
	page.Press("Download my data")
	page.See("There is a problem")
	page.Fill("Your PIN", who.PIN)
	file := page.Download("Download my data")

	folder := t.TempDir()
	unpack(t, file, folder)
	before := len(page.Asked())
	page.OpenFile(filepath.Join(folder, "index.html"))
	page.See("Too many kinds of milk", "Yusuf", who.Username)
	page.DontSee(who.PIN)
	if elsewhere := slices.DeleteFunc(page.Asked()[before:], func(address string) bool { return strings.HasPrefix(address, "file://") }); len(elsewhere) > 0 {
		t.Errorf("the copy asked for %v", elsewhere)
	}
}

// unpack takes every file out of a zip.
func unpack(t *testing.T, file, folder string) {
	t.Helper()
	copied, err := zip.OpenReader(file)
	must(t, err)
	defer copied.Close()
	must(t, os.CopyFS(folder, copied))
}

// Somebody asks to be erased, and a manager carries it out.
func TestSomebodyWhoAsksToBeErasedIsGone(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	who := person(t, p, "learner", 1)
	phone := open(t, p, browser.Options{})
	signIn(phone, who)
	phone.Visit("/me/data")
	phone.Press("See what would be erased")
	phone.See("This would be erased, for good")
	phone.Press("Ask to be erased")
	phone.See("You asked to be erased on")

	desk := open(t, p, browser.Options{})
	signIn(desk, person(t, p, "manager", 0))
	desk.Visit("/manage/erasures")
	desk.Press(who.Username)
	desk.See("They asked for it themselves", "What would go")
	desk.DontSee("Too many kinds of milk", "Yusuf")
	desk.Press("Erase this person")
	desk.See("There is a problem")
	desk.Fill("Type the username to confirm", who.Username)
	desk.Press("Erase this person")
	desk.See("Nobody is waiting to be erased.")

	phone.Visit("/me")
	phone.See("Sign in")
	enter(phone, who)
	phone.See("There is a problem")
	desk.Visit("/facilitate")
	desk.DontSee("Yusuf")
	if out, code, err := p.Run("audit", "verify"); err != nil || code != 0 {
		t.Errorf("after the erasure the record of acts does not hold: %v %s", err, out)
	}
}
