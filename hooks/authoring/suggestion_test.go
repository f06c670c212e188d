package authoring_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestTwoSuggestionsForOneListAreBothTaken(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustBegin(t)
	const list = "- We do not lend money.\n- We do not love.\n- We do not go home."
	w.mustSave(t, writer, strings.Replace(firstModule, "Welcome.", "Welcome.\n\n"+list, 1))
	mustStatus(t, writer.Post(address+"/ask", nil), http.StatusSeeOther)
	other, worker := w.SignIn(t, w.other), w.SignIn(t, w.worker)
	mustStatus(t, other.Post(reading+"/suggest", form("place", "start/2", "text", strings.Replace(list, "lend", "lend or hold", 1))), http.StatusSeeOther)
	mustStatus(t, worker.Post(reading+"/suggest", form("place", "start/2", "text", strings.Replace(list, "love", "love, nor after", 1))), http.StatusSeeOther)
	for _, of := range []string{w.other.ID, w.worker.ID} {
		id := w.mustOne(t, "SELECT id FROM suggestions WHERE by = {:by}", map[string]any{"by": of})
		mustStatus(t, writer.Post(address+"/suggestions/"+id, form("do", "take")), http.StatusSeeOther)
	}
	text, _ := mustText(t, writer)
	if !strings.Contains(text, "lend or hold money") || !strings.Contains(text, "love, nor after") {
		t.Errorf("the text is\n%s", text)
	}
}
