package learning_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/hooks/hooktest"
)

// auto sends a form as the page does by itself.
func (s *screen) auto() hooktest.Response {
	s.t.Helper()
	s.set("auto", "1")
	defer delete(s.form, "auto")
	return s.press("save")
}

// twoTabs are one step opened twice, with a text that both of them show.
func twoTabs(t *testing.T) (s *hooktest.Site, one, two *screen) {
	t.Helper()
	s, p, b := small(t)
	open(t, b, first+"/write").set("a.heard", "before").set("a.three.1", "one").saved("save")
	return s, open(t, b, first+"/write"), open(t, s.SignIn(t, p), first+"/write")
}

// conflict wants the page that shows both texts, and nothing overwritten.
func conflict(t *testing.T, tab *screen, r hooktest.Response, mine, stored string) *screen {
	t.Helper()
	if r.Status != 422 {
		t.Fatalf("status %d", r.Status)
	}
	page := show(t, tab.browser, r)
	wantText(t, "summary", text(page.page.Find(".errors")), "You also wrote to “When were you heard?” in another place")
	wantText(t, "the other text", text(page.page.Find("#at-heard fieldset.changed")), stored)
	if got := page.form.Get("a.heard"); got != mine {
		t.Errorf("their own text comes back as %q", got)
	}
	if link := page.page.Find(".errors a").AttrOr("href", ""); page.page.Find(`input[type=radio][id="`+strings.TrimPrefix(link, "#")+`"]`).Length() != 1 {
		t.Errorf("the summary leads to %q", link)
	}
	if got := open(t, tab.browser, first+"/write").form.Get("a.heard"); got != stored {
		t.Errorf("stored is %q", got)
	}
	return page
}

func TestTheSecondOfTwoTabsSeesBothTextsAndChooses(t *testing.T) {
	for keep, want := range map[string]string{"mine": "from two", "stored": "from one", "both": "from one\n\nfrom two"} {
		t.Run(keep, func(t *testing.T) {
			_, one, two := twoTabs(t)
			one.set("a.heard", "from one").saved("save")
			page := conflict(t, two, two.set("a.heard", "from two").press("continue"), "from two", "from one")
			page = conflict(t, page, page.press("save"), "from two", "from one") // nothing was chosen
			if got := page.set("keep.heard", keep).saved("save").form.Get("a.heard"); got != want {
				t.Errorf("it reads %q", got)
			}
			if got := open(t, one.browser, first+"/write").form.Get("a.three.1"); got != "one" {
				t.Errorf("another reflection reads %q", got)
			}
		})
	}
}

func TestAPageThatSavesByItselfDoesNotChooseForAnybody(t *testing.T) {
	_, one, two := twoTabs(t)
	one.set("a.heard", "from one").saved("save")
	if r := two.set("a.heard", "from two").auto(); r.Status != http.StatusConflict {
		t.Fatalf("status %d", r.Status)
	}
	page := conflict(t, two, two.press("save"), "from two", "from one")
	if r := page.set("keep.heard", "mine").auto(); r.Status != http.StatusConflict {
		t.Errorf("after a look: status %d", r.Status)
	}
	if got := open(t, one.browser, first+"/write").form.Get("a.heard"); got != "from one" {
		t.Errorf("stored is %q", got)
	}
}

func TestAPageThatSavesByItselfAgainAndAgainMeetsOnlyItself(t *testing.T) {
	_, one, _ := twoTabs(t)
	one.set("page", "a page")
	for _, words := range []string{"I", "I was", "she was", ""} {
		if r := one.set("a.heard", words).auto(); r.Status != http.StatusNoContent {
			t.Fatalf("%q: status %d", words, r.Status)
		}
	}
	if got := one.set("a.heard", "they were").saved("save").form.Get("a.heard"); got != "they were" {
		t.Errorf("it reads %q", got)
	}
}

func TestWhatWasChosenOnceIsAskedAgainWhereTheOtherTabWritesOn(t *testing.T) {
	_, one, two := twoTabs(t)
	one = one.set("a.heard", "from one").saved("save")
	page := conflict(t, two, two.set("a.heard", "from two").press("save"), "from two", "from one")
	one.set("a.heard", "from one, more").saved("save")
	conflict(t, page, page.set("keep.heard", "mine").press("save"), "from two", "from one, more")
}

func TestTwoTabsThatSayTheSameOrOneThatSaysNothingNewAreNoMatter(t *testing.T) {
	_, one, two := twoTabs(t)
	one.set("a.heard", "alike").saved("save")
	if got := two.set("a.heard", "alike").set("a.three.2", "two").saved("save").form; got.Get("a.heard") != "alike" || got.Get("a.three.2") != "two" {
		t.Errorf("it reads %v", got)
	}
}

func TestATextThatCouldNotBeSavedBesideAnotherIsNoConflict(t *testing.T) {
	_, one, _ := twoTabs(t)
	long := strings.Repeat("long ", 5000)
	page := show(t, one.browser, one.set("a.heard", "from one").set("a.listen", long).press("save"))
	if got := page.set("a.heard", "then changed").set("a.listen", "short").saved("save").form.Get("a.heard"); got != "then changed" {
		t.Errorf("it reads %q", got)
	}
}

func TestWhatWasKeptOverAnIdleEndMeetsWhatWasSavedSince(t *testing.T) {
	s, p, _ := small(t)
	late := open(t, s.SignIn(t, p), first+"/write").set("a.heard", "typed too late")
	open(t, s.SignIn(t, p), first+"/write").set("a.heard", "from elsewhere").saved("save")
	s.Clock.Pass(20 * time.Minute)
	if r := late.press("save"); !strings.HasPrefix(r.Location, "/sign-in") {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	page := open(t, s.SignIn(t, p), first+"/write")
	wantText(t, "both texts", page.act("heard"), "typed too late", "from elsewhere", "Choose which text to keep")
	if got := page.set("keep.heard", "both").saved("save").form.Get("a.heard"); got != "from elsewhere\n\ntyped too late" {
		t.Errorf("it reads %q", got)
	}
}

func TestTwoSavesAtOnceLoseNeitherText(t *testing.T) {
	_, one, two := twoTabs(t)
	tabs := []*screen{one.set("a.heard", "from one"), two.set("a.heard", "from two")}
	for range 10 {
		results := make([]hooktest.Response, len(tabs))
		var all sync.WaitGroup
		for i, tab := range tabs {
			all.Go(func() { results[i] = tab.press("save") })
		}
		all.Wait()
		statuses := []int{results[0].Status, results[1].Status}
		slices.Sort(statuses)
		if !slices.Equal(statuses, []int{303, 422}) {
			t.Fatalf("statuses %v: one is saved, the other asks", statuses)
		}
		for i, text := range []string{"from one", "from two"} {
			tabs[i] = open(t, tabs[i].browser, first+"/write").set("a.heard", text+time.Now().Format(".000000000"))
		}
	}
}

// Before there was anything the page shows no stamp, and later it could not tell
// what was deleted from what never was.
func TestAPageOpenedBeforeThereWasAnythingDoesNotBringBackWhatWasDeletedSince(t *testing.T) {
	s, _, b := small(t)
	page := open(t, b, first+"/write").set("page", "1").set("a.heard", "first words")
	r := page.auto()
	seen, err := url.ParseQuery(r.Header.Get("Stored"))
	if err != nil || r.Status != http.StatusNoContent || seen.Get("seen.heard") == "" || len(seen) != 1 {
		t.Fatalf("status %d, and it says that stored is %v", r.Status, seen)
	}
	page.set("seen.heard", seen.Get("seen.heard"))
	ids := column(t, s, "SELECT id FROM reflections")
	if r := b.Post("/reflections/"+ids[0]+"/delete", nil); r.Status != http.StatusSeeOther {
		t.Fatalf("delete: status %d", r.Status)
	}
	if r := page.set("a.heard", "first words, and more").auto(); r.Status != http.StatusConflict {
		t.Errorf("by itself: status %d", r.Status)
	}
	if ids := column(t, s, "SELECT id FROM reflections"); len(ids) != 0 {
		t.Error("the words are back")
	}
}
