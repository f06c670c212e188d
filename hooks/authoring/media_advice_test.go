package authoring_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestTheChecksKnowWhichFilesACourseHasAndHowLargeTheyAre(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	mustStatus(t, put(t, b, address, "x", []byte(voice), "name", "voice"), http.StatusSeeOther)
	missing := "\n::audio[A]{src=\"media/none.mp3\" transcript=\"media/none.md\"}\n"
	w.mustSave(t, b, firstModule+missing)
	if said := b.Get(address).Page(t).Find(".advice").Text(); !strings.Contains(said, "media/none.mp3") {
		t.Errorf("it does not say that the recording is missing: %s", said)
	}
	mustStatus(t, b.Post(address+"/add/audio", form("after", "2", "do", "add", "src", w.path(t, "voice"), "label", "A", "transcript", "Come in.")), http.StatusSeeOther)
	text, _ := mustText(t, b)
	w.mustSave(t, b, strings.Replace(text, missing, "", 1))
	if said := b.Get(address).Page(t).Find(".advice").Text(); strings.Contains(said, "not in the folder") {
		t.Errorf("it says that something is missing: %s", said)
	}
	w.mustSave(t, b, strings.Replace(text, missing, "\n![A bench](media/heavy.png)\n", 1))
	if _, err := w.App.DB().NewQuery("UPDATE media SET path = 'media/heavy.png', type = 'image/png', size = 900000").Execute(); err != nil {
		t.Fatal(err)
	}
	if said := b.Get(address).Page(t).Find(".advice").Text(); !strings.Contains(said, "KB") {
		t.Errorf("it does not say that the page is heavy: %s", said)
	}
}
