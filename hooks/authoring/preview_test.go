package authoring_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/hooktest"

	"github.com/pocketbase/dbx"
)

// revisionField is the one value in a step's page that names the revision.
var revisionField = regexp.MustCompile(`name="revision" value="[^"]*"`)

// asRead is a step's page with its addresses and its revision under names that are
// the same for what is live and for what is not. After the last step a learner goes
// on to the course, and who writes goes back to the list of steps.
func asRead(body, course, root string) string {
	body = revisionField.ReplaceAllString(body, `name="revision" value="REVISION"`)
	body = strings.ReplaceAll(body, `class="button onward" href="`+course+`"`, `class="button onward" href="ROOT"`)
	return strings.ReplaceAll(body, root, "ROOT")
}

// mustLookAlike opens every step of a live module as somebody who looks on, begins to
// change it, and opens every step of the preview.
func (w *writing) mustLookAlike(t *testing.T, b *hooktest.Browser, course string, module *courses.Module) {
	t.Helper()
	write := "/write/" + course + "/" + module.Slug
	if _, err := w.App.DB().Update("courses", dbx.Params{"open": false}, nil).Execute(); err != nil { // so that they only look on
		t.Fatal(err)
	}
	mustStatus(t, b.Post(write+"/begin", nil), http.StatusSeeOther)
	for _, step := range module.Steps {
		live := mustStatus(t, b.Get("/courses/"+course+"/"+module.Slug+"/"+step.ID), http.StatusOK)
		draft := mustStatus(t, b.Get(write+"/preview/"+step.ID), http.StatusOK)
		want := asRead(live.Body, "/courses/"+course, "/courses/"+course+"/"+module.Slug)
		got := asRead(draft.Body, "/courses/"+course, write+"/preview")
		if got != want {
			t.Errorf("%s/%s#%s: the preview is another page:\n%s", course, module.Slug, step.ID, firstDifference(want, got))
		}
	}
}

func firstDifference(want, got string) string {
	i := 0
	for i < len(want) && i < len(got) && want[i] == got[i] {
		i++
	}
	from := max(i-80, 0)
	return "live:    " + want[from:min(i+120, len(want))] + "\npreview: " + got[from:min(i+120, len(got))]
}

func TestThePreviewOfEveryShippedStepIsTheLearnersPage(t *testing.T) {
	w := mustWriting(t)
	b := w.SignIn(t, w.writer)
	for _, folder := range courses.Library() {
		read := folder.Read(nil)
		if _, err := w.House.Content.Store(t.Context(), read, content.How{Publish: true, Origin: content.Imported}); err != nil {
			t.Fatal(err)
		}
		for _, module := range read.Modules {
			w.mustLookAlike(t, b, read.Slug, module)
		}
	}
}

func TestThePreviewOfATextFromRightToLeftIsTheLearnersPage(t *testing.T) {
	w := mustWriting(t)
	text := "---\ntitle: گوش دادن\nsummary: شنیدن\ncontent_note: سخت\n---\nسلام، خوش آمدید.\n\n## امتحان {#try-it}\n\n" +
		":::scale[چقدر؟]{#ready}\n1. کم\n2. زیاد\n:::\n\n## پایان {#end}\n\n::recall{of=\"#ready\"}\n\n:::scale[حالا چقدر؟]{#now again=\"ready\"}\n1. کم\n2. زیاد\n:::\n"
	w.Publish(t, "gosh", map[string]string{"course.md": "---\ntitle: شنیدن\nlanguage: fa\n---\n", "01-gosh-dadan.md": text})
	module := courses.Compile(courses.Source{Path: "01-gosh-dadan.md", Slug: "gosh-dadan", Lang: "fa", Text: []byte(text)})
	w.mustLookAlike(t, w.SignIn(t, w.writer), "gosh", module)
}

func TestThePreviewShowsWhatWasSavedLastAndIsTheirs(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, strings.Replace(firstModule, "Welcome.", "Good to see you.", 1))
	page := mustStatus(t, b.Get(address+"/preview/start"), http.StatusOK)
	if !strings.Contains(page.Body, "Good to see you.") {
		t.Errorf("the preview is older than the text:\n%s", page.Body)
	}
	mustStatus(t, b.Get(address+"/preview/nowhere"), http.StatusNotFound)
	mustStatus(t, w.SignIn(t, w.other).Get(address+"/preview/start"), http.StatusNotFound)
}

func TestOnlyThePreviewMayStandInAFrameAndOnlyOfThisSite(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	for at, want := range map[string][2]string{ // who may frame it, what it may frame
		address:                    {"frame-ancestors 'none'", "frame-src 'self'"},
		address + "/preview":       {"frame-ancestors 'self'", ""},
		address + "/preview/start": {"frame-ancestors 'self'", ""},
		address + "/history":       {"frame-ancestors 'none'", ""},
		"/courses/listening-course/listening/start": {"frame-ancestors 'none'", ""},
	} {
		policy := mustStatus(t, b.Get(at), http.StatusOK).Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, want[0]) || strings.Contains(policy, "frame-src") != (want[1] != "") || !strings.Contains(policy, want[1]) {
			t.Errorf("%s: %s", at, policy)
		}
	}
}
