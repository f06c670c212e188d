package authoring_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"alongside/courses"
	"alongside/hooks/authoring"
	"alongside/templates"

	"github.com/PuerkitoBio/goquery"
)

func TestABlockIsPutWhereItsFormSays(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	page := mustStatus(t, b.Get(address+"/add/question?line=8"), http.StatusOK).Page(t)
	if got := page.Find("select#behind option[selected]").Text(); got != "Try it {#try-it" && !strings.HasPrefix(got, "Try it") {
		t.Errorf("it would go behind %q", got)
	}
	after, _ := page.Find("input[name=after]").Attr("value")
	behind, _ := page.Find("select#behind option[selected]").Attr("value")
	r := mustStatus(t, b.Post(address+"/add/question", form(
		"after", after, "behind", behind, "do", "add", "label", "What helps?", "choice-1", "Shouting", "feedback-1", "It frightens people.",
		"choice-2", "Listening *well*", "right", "2", "choice-3", "",
	)), http.StatusSeeOther)
	if got := r.Header.Get("Location"); got != address+"?line=9" {
		t.Errorf("led to %s", got)
	}
	text, _ := mustText(t, b)
	want := strings.Replace(firstModule, "## Try it {#try-it}\n\n", "## Try it {#try-it}\n\n:::question[What helps?]{#what-helps}\n- [ ] Shouting\n  > It frightens people.\n- [x] Listening \\*well\\*\n:::\n\n", 1)
	if text != want {
		t.Errorf("the text is\n%s", text)
	}
}

func TestAFormForABlockComesBackWithEverything(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	sent := form("after", "1", "behind", "1", "do", "add", "label", "", "choice-1", "Yes <b>", "feedback-1", "Why\nso", "right", "1", "choice-2", "")
	page := mustStatus(t, b.Post(address+"/add/question", sent), http.StatusUnprocessableEntity).Page(t)
	if got, _ := page.Find("#choice-1").Attr("value"); got != "Yes <b>" {
		t.Errorf("the answer came back as %q", got)
	}
	if page.Find("#right-1[checked]").Length() != 1 || strings.TrimPrefix(page.Find("#feedback-1").Text(), "\n") != "Why\nso" {
		t.Error("what was typed and ticked is not there any more")
	}
	if page.Find("#label[aria-invalid=true]").Length() != 1 || page.Find(`.errors a[href="#label"]`).Length() != 1 {
		t.Error("nothing says that the question is missing")
	}
	sent.Set("do", "more")
	page = mustStatus(t, b.Post(address+"/add/question", sent), http.StatusOK).Page(t)
	if n := page.Find(".block-row").Length(); n != 3 {
		t.Errorf("%d rows", n)
	}
	if got := w.states(t); got != "1" {
		t.Errorf("%s states", got)
	}
}

func TestABlockAndWhatWasSavedMeanwhileAreBothInTheText(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, firstModule+"\nA last word.\n")
	mustStatus(t, b.Post(address+"/add/tip", form("after", "1", "behind", "1", "do", "add", "text", "Drink water.")), http.StatusSeeOther)
	if text, _ := mustText(t, b); !strings.Contains(text, "A last word.") || !strings.Contains(text, "Drink water.") {
		t.Errorf("the text is\n%s", text)
	}
}

func TestEveryBlockHasAForm(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	todo, toRead := authoring.Kinds()
	for _, kind := range append(slices.Concat(todo, toRead), courses.Figure, courses.Audio, courses.Video) {
		page := mustStatus(t, b.Get(address+"/add/"+string(kind)), http.StatusOK).Page(t)
		if title := page.Find("h1").Text(); title == "" || strings.HasPrefix(title, "block.") {
			t.Errorf("%s is called %q", kind, title)
		}
		blocks, _ := courses.BlockFormOf(kind)
		for _, f := range blocks.Fields {
			if !templates.Has("block-field." + string(kind) + "." + f.Name) {
				t.Errorf("%s: no words for %s", kind, f.Name)
			}
		}
		if len(blocks.Rowed()) > 0 && !templates.Has("block-row."+string(kind)) {
			t.Errorf("%s: no word for its rows", kind)
		}
	}
	if got := b.Get(address + "/add/recall").Page(t).Find(`#of option[value="#heard"]`).Text(); !strings.Contains(got, "When were you heard?") {
		t.Errorf("what is asked earlier shows as %q", got)
	}
	for _, kind := range []string{"withdrawn", "box", "nonsense"} {
		mustStatus(t, b.Get(address+"/add/"+kind), http.StatusNotFound)
	}
	mustStatus(t, w.SignIn(t, w.other).Get(address+"/add/tip"), http.StatusNotFound)
}

func TestAdviceIsLeftWithAReasonThatStandsInTheText(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	w.mustSave(t, b, strings.Replace(firstModule, "Welcome.", "Welcome. It is a piece of cake.", 1))
	page := b.Get(address).Page(t)
	aside := page.Find(`form[action="` + address + `/waive"]`).FilterFunction(func(_ int, s *goquery.Selection) bool {
		kind, _ := s.Find("input[name=kind]").Attr("value")
		return kind == courses.Idiom
	})
	if aside.Length() == 0 {
		t.Fatalf("the idiom cannot be left as it is:\n%s", page.Find(".advice").Text())
	}
	place, _ := aside.Find("input[name=place]").Attr("value")
	mustStatus(t, b.Post(address+"/waive", form("kind", courses.Idiom, "place", place, "why", "  ")), http.StatusSeeOther)
	if text, _ := mustText(t, b); strings.Contains(text, "waive") {
		t.Error("it was left without a reason")
	}
	mustStatus(t, b.Post(address+"/waive", form("kind", courses.Idiom, "place", place, "why", "We say: cake")), http.StatusSeeOther)
	text, _ := mustText(t, b)
	if !strings.Contains(text, "why: 'We say: cake'") {
		t.Errorf("the reason is not in the text:\n%s", text)
	}
	if again := b.Get(address).Page(t).Find(".advice").Text(); strings.Contains(again, "cake") {
		t.Errorf("it is said again: %s", again)
	}
}

func TestWordsThatThePageBeganWithAreNamedUntilSomebodyWroteTheirOwn(t *testing.T) {
	w := mustWriting(t)
	b := w.SignIn(t, w.writer)
	at := mustStatus(t, b.Post("/write-new", form("course", "listening-course", "title", "Sitting with somebody", "from", "practice")), http.StatusSeeOther).Location
	left := func() []string {
		var lines []string
		b.Get(at).Page(t).Find(".advice a[data-line]").Each(func(_ int, s *goquery.Selection) { lines = append(lines, s.Text()) })
		return lines
	}
	began := left()
	if len(began) < 6 {
		t.Fatalf("of a page that nobody wrote on, only %q are named", began)
	}
	page := b.Get(at).Page(t)
	if page.Find(".advice .leave-it input[value=as-begun]").Length() > 0 {
		t.Error("words that ask its writer can be left for a learner to read")
	}
	after, _ := page.Find("input[name=after]").Attr("value")
	text := page.Find("textarea#text").Text()
	mustStatus(t, b.Post(at, form("text", text+"\n", "after", after, "do", "save")), http.StatusSeeOther) // ids are written
	if again := left(); len(again) != len(began) {
		t.Errorf("once ids stand in the text, %d of %d are named", len(again), len(began))
	}
	page = b.Get(at).Page(t)
	after, _ = page.Find("input[name=after]").Attr("value")
	mustStatus(t, b.Post(at, form("text", "---\ntitle: Sitting with somebody\nsummary: How to sit still.\n---\nSit down. Be quiet.\n", "after", after, "do", "sure")), http.StatusSeeOther)
	if rest := left(); len(rest) > 0 {
		t.Errorf("still named: %q", rest)
	}
}

func TestSavingWritesIdsWhereThePageSavedTheWordsBefore(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	_, after := mustText(t, b)
	typed := firstModule + "\n## A new page\n\nWords.\n"
	mustStatus(t, b.Post(address, form("text", typed, "after", after, "auto", "1", "page", "p1")), http.StatusNoContent)
	mustStatus(t, b.Post(address, form("text", typed, "after", "2", "do", "save")), http.StatusSeeOther)
	if text, _ := mustText(t, b); !strings.Contains(text, "## A new page {#a-new-page}") {
		t.Errorf("no id stands in\n%s", text)
	}
	mustStatus(t, b.Post(address, form("text", typed, "after", "2", "auto", "1", "page", "p1")), http.StatusConflict)
	if text, _ := mustText(t, b); !strings.Contains(text, "{#a-new-page}") {
		t.Error("an older page took the id away")
	}
}
