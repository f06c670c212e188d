package authoring_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestTheFormAboutATextChangesItsTopAndNothingElse(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	noted := strings.Replace(firstModule, "title: Listening\n", "title: Listening # the panel's word\nours: kept\n", 1)
	w.mustSave(t, b, noted)
	page := mustStatus(t, b.Get(address+"/about"), http.StatusOK).Page(t)
	after, _ := page.Find("input[name=after]").Attr("value")
	if title, _ := page.Find("input[name=title]").Attr("value"); title != "Listening" {
		t.Errorf("the form has the title %q", title)
	}
	said := form("after", after, "title", " Hearing  somebody ", "summary", "Hear somebody out.", "minutes", "45", "content-note", "", "do", "save")
	mustStatus(t, b.Post(address+"/about", said), http.StatusSeeOther)
	want := strings.Replace(noted, "title: Listening #", "title: Hearing somebody #", 1)
	want = strings.Replace(want, "summary: Hear somebody out.\n", "summary: Hear somebody out.\nminutes: 45\n", 1)
	if text, _ := mustText(t, b); text != want {
		t.Errorf("the text is %q, and not %q", text, want)
	}
	states := w.states(t)
	said.Set("after", w.mustOne(t, "SELECT head FROM drafts", nil))
	mustStatus(t, b.Post(address+"/about", said), http.StatusSeeOther)
	if again := w.states(t); again != states {
		t.Errorf("what changes nothing made a state: %s, and before %s", again, states)
	}
}

func TestTheFormAboutATextKeepsWhatOthersSavedMeanwhile(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, strings.Replace(strings.Replace(firstModule, "Welcome.", "Good to see you.", 1), "Hear somebody out.", "Hear them.", 1))
	mustStatus(t, b.Post(address+"/about", form("after", "1", "title", "New", "summary", "Hear somebody out.", "minutes", "", "content-note", "", "do", "save")), http.StatusSeeOther)
	text, _ := mustText(t, b)
	for _, words := range []string{"title: New\n", "summary: Hear them.\n", "Good to see you."} {
		if !strings.Contains(text, words) {
			t.Errorf("%q is not in %q", words, text)
		}
	}
}

func TestTheFormAboutATextComesBackWithWhatWasTyped(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	wrong := mustStatus(t, b.Post(address+"/about", form("after", "1", "title", "", "summary", "Kept words", "minutes", "soon", "content-note", "Kept note", "do", "save")), http.StatusUnprocessableEntity)
	for _, words := range []string{"Kept words", "Kept note", `value="soon"`, `id="title-error"`, `id="minutes-error"`} {
		if !strings.Contains(wrong.Body, words) {
			t.Errorf("the page lacks %q", words)
		}
	}
	if n := w.states(t); n != "1" {
		t.Errorf("%s states after a form that was refused", n)
	}
	mustStatus(t, w.SignIn(t, w.other).Get(address+"/about"), http.StatusNotFound)
}

func TestACourseNamesOneMorePerson(t *testing.T) {
	w := mustWriting(t)
	b := w.SignIn(t, w.writer)
	const course = "/write/listening-course/course.md"
	mustStatus(t, b.Post(course+"/begin", nil), http.StatusSeeOther)
	said := form("after", "1", "title", "Listening to people", "summary", "", "name.0", "Amal", "about.0", "Told how it was", "do", "more")
	if more := mustStatus(t, b.Post(course+"/about", said), http.StatusOK).Page(t); more.Find("input[name='name.1']").Length() != 1 {
		t.Error("there is no room for one more person")
	}
	said.Set("do", "save")
	mustStatus(t, b.Post(course+"/about", said), http.StatusSeeOther)
	text := w.mustOne(t, "SELECT text FROM draft_states ORDER BY number DESC LIMIT 1", nil)
	if want := "---\ntitle: Listening to people\nlanguage: en\ncontributors:\n  - name: Amal\n    about: Told how it was\n---\nAbout it.\n"; text != want {
		t.Errorf("course.md is %q", text)
	}
}

func TestTheChecksComeAloneForAPageThatIsOpen(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, firstModule+"\n:::question[Broken]\n:::\n")
	request := b.Request(http.MethodGet, address+"/checks", nil)
	request.Header.Set("HX-Request", "true")
	r := mustStatus(t, b.Do(request), http.StatusOK)
	if strings.Contains(r.Body, "<textarea") || !strings.Contains(r.Body, `data-line=`) {
		t.Errorf("the part of the page is %q", r.Body)
	}
	mustStatus(t, b.Get(address+"/checks"), http.StatusSeeOther)
}
