package authoring_test

import (
	"net/http"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestTheEditorLeadsToWhatOthersSaidAndWhoSaidItAloneTakesItBack(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustBegin(t)
	w.mustSave(t, writer, changed())
	said := func() string {
		return writer.Get(address).Page(t).Find(`main p a[href="` + reading + `"]`).Text()
	}
	mustStatus(t, writer.Post(address+"/ask", nil), http.StatusSeeOther)
	if got := said(); got != "" {
		t.Errorf("nobody said anything, and it says %q", got)
	}
	version := w.mustOne(t, "SELECT revision FROM drafts WHERE state != 'live'", nil)
	worker := w.SignIn(t, w.worker)
	mustStatus(t, worker.Post(reading+"/comments", form("place", "", "text", "Why so long?")), http.StatusSeeOther)
	mustStatus(t, worker.Post(reading+"/verdict", form("version", version, "kind", "changes", "why", "It is long.")), http.StatusSeeOther)
	if got := said(); got != "2 things that others said wait for you" {
		t.Errorf("it says %q", got)
	}
	lifts := func(page *goquery.Document) int { return page.Find(`form[action$="/lift"]`).Length() }
	if n := lifts(writer.Get(reading).Page(t)); n != 0 {
		t.Error("the writer is offered to take back what somebody else said")
	}
	if n := lifts(worker.Get(reading).Page(t)); n != 1 {
		t.Errorf("who said it has %d ways to take it back", n)
	}
}
