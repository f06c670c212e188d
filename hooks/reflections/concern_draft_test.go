package reflections_test

import (
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// byItself sends a screen as its page does without anybody pressing anything, and
// notes what the page is told that it shows as stored from then on.
func byItself(t *testing.T, b *hooktest.Browser, address string, form url.Values) hooktest.Response {
	t.Helper()
	form.Set("auto", "1")
	r := b.Post(address, form)
	form.Del("auto")
	seen, err := url.ParseQuery(r.Header.Get("Stored"))
	if err != nil {
		t.Fatal(err)
	}
	for name := range seen {
		form.Set(name, seen.Get(name))
	}
	return r
}

// screens are the three, with a field of each.
func screens() map[string]string {
	return map[string]string{"said": "think", "done": "done", "wishes": "wishes"}
}

func TestConcernIsSavedWhileItIsTypedBeforeAnybodyIsChosen(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	form := fieldsOf(t, tom.Get("/concerns/new"), "/concerns/new")
	form.Set("said", theirWords)
	if r := byItself(t, tom, "/concerns/new", form); r.Status != 204 {
		t.Fatalf("status %d", r.Status)
	}
	form.Set("seen", whatISaw)
	form.Set("staff", c.programme+":"+c.mia.ID)
	if r := byItself(t, tom, "/concerns/new", form); r.Status != 204 {
		t.Fatalf("the second time: status %d", r.Status)
	}
	list := tom.Get("/concerns").Page(t)
	at := strings.TrimSuffix(list.Find("a[href$='/said']").AttrOr("href", ""), "/said")
	if at == "" || c.one(t, "SELECT COUNT(*) FROM concerns", nil) != "1" {
		t.Fatalf("the draft is not in the list\n%s", list.Find("main").Text())
	}
	again := fieldsOf(t, tom.Get(at+"/said"), at+"/said")
	if again.Get("said") != theirWords || again.Get("seen") != whatISaw || again.Get("about") != "" || again.Get("staff") != c.programme+":"+c.mia.ID {
		t.Errorf("it comes back as %v", again)
	}
	for name, one := range map[string]hooktest.Person{"the lead": c.lea, "a mentor": c.mia, "the learner": c.maple} {
		b := c.SignIn(t, one)
		if r := b.Get(at + "/said"); r.Status != 404 || strings.Contains(b.Get("/concerns").Body, at) {
			t.Errorf("%s finds it: status %d", name, r.Status)
		}
	}
	if r := tom.Post(at+"/raise", nil); r.Status != 422 || c.acts(t, "concern-raised") != "0" {
		t.Errorf("it is raised about nobody: status %d", r.Status)
	}
	form.Set("about", c.programme+":"+c.maple.ID)
	if r := tom.Post("/concerns/new", form); r.Location != at+"/done" {
		t.Errorf("on it leads to %q with status %d", r.Location, r.Status)
	}
}

func TestConcernScreenInTwoTabsShowsBothTextsAndAsks(t *testing.T) {
	for screen, field := range screens() {
		for keep, want := range map[string]string{"mine": "from two", "stored": "from one", "both": "from one\n\nfrom two"} {
			t.Run(screen+" "+keep, func(t *testing.T) {
				c := newCircle(t)
				tom := c.SignIn(t, c.tom)
				at := c.drafted(t, tom, c.saying(t, tom, c.maple))
				address := at + "/" + screen
				one, two := fieldsOf(t, tom.Get(address), address), fieldsOf(t, tom.Get(address), address)
				one.Set(field, "from one")
				if r := byItself(t, tom, address, one); r.Status != 204 {
					t.Fatalf("the first tab: status %d", r.Status)
				}
				two.Set(field, "from two")
				if r := byItself(t, tom, address, two); r.Status != 409 {
					t.Errorf("the second tab by itself: status %d", r.Status)
				}
				r := tom.Post(address, two)
				if page := r.Page(t); r.Status != 409 || !strings.Contains(page.Find("fieldset.changed").Text(), "from one") || page.Find("#"+field).Text() != "from two" {
					t.Fatalf("pressed: status %d\n%s", r.Status, page.Find("main").Text())
				}
				asked := fieldsOf(t, r, address)
				if r := tom.Post(address, asked); r.Status != 409 {
					t.Errorf("nothing was chosen: status %d", r.Status)
				}
				if got := fieldsOf(t, tom.Get(address), address).Get(field); got != "from one" {
					t.Errorf("stored is %q", got)
				}
				asked.Set("keep."+screen, keep)
				if r := tom.Post(address, asked); r.Status != 303 {
					t.Fatalf("chosen: status %d", r.Status)
				}
				if got := fieldsOf(t, tom.Get(address), address).Get(field); got != want {
					t.Errorf("it reads %q", got)
				}
			})
		}
	}
}

func TestConcernScreensInTwoTabsDoNotMeet(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	at := c.drafted(t, tom, c.saying(t, tom, c.maple))
	said, done := fieldsOf(t, tom.Get(at+"/said"), at+"/said"), fieldsOf(t, tom.Get(at+"/done"), at+"/done")
	said.Set("page", "1")
	done.Set("page", "2")
	for range 2 {
		said.Set("think", said.Get("think")+" more")
		done.Set("done", done.Get("done")+" more")
		if a, b := byItself(t, tom, at+"/said", said), byItself(t, tom, at+"/done", done); a.Status != 204 || b.Status != 204 {
			t.Errorf("status %d and %d", a.Status, b.Status)
		}
	}
}

func TestConcernScreenThatIsSavedByItselfAgainAndAgainMeetsOnlyItself(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	at := c.drafted(t, tom, c.saying(t, tom, c.maple))
	form := fieldsOf(t, tom.Get(at+"/wishes"), at+"/wishes")
	form.Set("page", "1")
	for _, text := range []string{"a", "a b", "a b c"} {
		form.Set("wishes", text)
		form.Set("auto", "1") // and no answer arrives
		if r := tom.Post(at+"/wishes", form); r.Status != 204 {
			t.Errorf("%q: status %d", text, r.Status)
		}
	}
}

func TestConcernDraftThatWasDeletedIsNotBroughtBackByAnOpenPage(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	form := c.saying(t, tom, c.maple)
	byItself(t, tom, "/concerns/new", form)
	at := "/concerns/" + c.one(t, "SELECT id FROM concerns", nil)
	done := fieldsOf(t, tom.Get(at+"/done"), at+"/done")
	tom.Post(at+"/delete", nil)
	form.Set("think", "words after it")
	if r := byItself(t, tom, "/concerns/new", form); r.Status != 409 || c.one(t, "SELECT COUNT(*) FROM concerns", nil) != "0" {
		t.Errorf("by itself: status %d", r.Status)
	}
	r := tom.Post("/concerns/new", form)
	if page := r.Page(t); r.Status != 409 || page.Find("#think").Text() != "words after it" || !strings.Contains(page.Find(".errors").Text(), "You deleted this draft") {
		t.Errorf("pressed: status %d", r.Status)
	}
	if r := tom.Post("/concerns/new", fieldsOf(t, r, "/concerns/new")); r.Status != 303 || c.one(t, "SELECT COUNT(*) FROM concerns", nil) != "1" {
		t.Errorf("pressed once more: status %d", r.Status)
	}
	c.execute(t, "DELETE FROM concerns", nil)
	done.Set("done", whatWeDid)
	if r := tom.Post(at+"/done", done); r.Status != 404 || !strings.Contains(r.Body, whatWeDid) {
		t.Errorf("the second screen: status %d, and its words are lost", r.Status)
	}
}

func TestConcernThatWasRaisedFromAnotherTabGivesWordsBack(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	at := c.drafted(t, tom, c.saying(t, tom, c.maple))
	form := fieldsOf(t, tom.Get(at+"/done"), at+"/done")
	tom.Post(at+"/raise", nil)
	form.Set("done", "words-after-it")
	r := tom.Post(at+"/done", form)
	if page := r.Page(t); r.Status != 409 || !strings.Contains(page.Find("main").Text(), "words-after-it") || page.Find("main a[href='"+at+"']").Length() != 1 {
		t.Errorf("status %d\n%s", r.Status, page.Find("main").Text())
	}
}

func TestConcernIsRaisedOnlyAsItWasCheckedLast(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	at := c.drafted(t, tom, c.saying(t, tom, c.maple))
	check := fieldsOf(t, tom.Get(at+"/check"), at+"/raise")
	wishes := fieldsOf(t, tom.Get(at+"/wishes"), at+"/wishes")
	wishes.Set("wishes", "something-else")
	tom.Post(at+"/wishes", wishes)
	r := tom.Post(at+"/raise", check)
	if r.Status != 409 || !strings.Contains(r.Body, "something-else") || c.acts(t, "concern-raised") != "0" {
		t.Fatalf("status %d", r.Status)
	}
	if r := tom.Post(at+"/raise", fieldsOf(t, r, at+"/raise")); r.Location != at || c.acts(t, "concern-raised") != "1" {
		t.Errorf("after a look: status %d, to %q", r.Status, r.Location)
	}
}

func TestConcernGoneOverAgainFromItsFirstPageKeepsTheOtherScreens(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	form := c.saying(t, tom, c.maple)
	at := c.drafted(t, tom, form)
	tom.Post("/concerns/new", form) // the way back, and on again
	if got := fieldsOf(t, tom.Get(at+"/done"), at+"/done").Get("done"); got != whatWeDid {
		t.Errorf("the second screen reads %q", got)
	}
}

func TestConcernSaysPlainlyThatItsLinkIsDroppedAndFindsItAgain(t *testing.T) {
	c := newCircle(t)
	_, share := c.shared(t)
	tom := c.SignIn(t, c.tom)
	form := fieldsOf(t, tom.Get("/concerns/new?share="+share), "/concerns/new")
	form.Set("said", theirWords)
	maple := form.Get("about")
	form.Set("about", c.programme+":")
	at := c.drafted(t, tom, form)
	const dropped = "There is no link to what they shared with you"
	if page := shows(t, tom, at+"/check"); !strings.Contains(page, dropped) {
		t.Errorf("the last page says nothing of it\n%s", page)
	}
	said := fieldsOf(t, tom.Get(at+"/said"), at+"/said")
	said.Set("about", maple)
	tom.Post(at+"/said", said)
	if page := shows(t, tom, at+"/check"); strings.Contains(page, dropped) || !strings.Contains(page, "will have a link to what they shared") {
		t.Errorf("chosen again\n%s", page)
	}
	said = fieldsOf(t, tom.Get(at+"/said"), at+"/said")
	said.Set("about", c.programme+":")
	r := tom.Post(at+"/said", said)
	if text := tom.Follow(r).Page(t).Find(".notice").Text(); !strings.Contains(text, "is not linked to this concern") {
		t.Errorf("at once it says %q", text)
	}
	tom.Post(at+"/raise", nil)
	if c.one(t, "SELECT share FROM concerns", nil) != "" {
		t.Error("it is raised with the link")
	}
}

func TestConcernGivesWordsBackToWhoeverMayRaiseNoneAnyMore(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	first := c.saying(t, tom, c.maple)
	at := c.drafted(t, tom, first)
	said := fieldsOf(t, tom.Get(at+"/said"), at+"/said")
	another := c.saying(t, tom, c.maple)
	c.execute(t, "UPDATE memberships SET ends = starts WHERE user = {:tom}", dbx.Params{"tom": c.tom.ID})
	for address, form := range map[string]url.Values{
		"/concerns/new": another, at + "/said": said, at + "/done": {"done": {theirWords}}, at + "/wishes": {"wishes": {theirWords}},
	} {
		r := tom.Post(address, form)
		if page := r.Page(t).Find("main"); r.Status != 404 || !strings.Contains(page.Text(), theirWords) || page.Find("a[href='/concerns']").Length() != 0 {
			t.Errorf("%s: status %d\n%s", address, r.Status, page.Text())
		}
		if r := tom.Post(address, url.Values{}); r.Status != 404 || strings.Contains(r.Body, "raise a concern") {
			t.Errorf("%s without words: status %d", address, r.Status)
		}
		if r := byItself(t, tom, address, form); r.Status != 404 || strings.Contains(r.Body, theirWords) {
			t.Errorf("%s by itself: status %d", address, r.Status)
		}
	}
	if c.one(t, "SELECT COUNT(*) FROM concerns", nil) != "1" {
		t.Error("something of it is stored")
	}
}

func TestConcernOfAProgrammeInWhichTheRoleEndedGivesWordsBackInAnother(t *testing.T) {
	c := newCircle(t)
	c.MustJoin(t, people.Membership{User: c.tom.ID, Role: web.Facilitator, Programme: c.elsewhere(t)})
	tom := c.SignIn(t, c.tom)
	form := c.saying(t, tom, c.maple)
	byItself(t, tom, "/concerns/new", form)
	c.execute(t, "UPDATE memberships SET ends = starts WHERE user = {:tom} AND programme = {:here}", dbx.Params{"tom": c.tom.ID, "here": c.programme})
	form.Set("said", "words-after-it")
	if r := tom.Post("/concerns/new", form); r.Status/100 == 3 || !strings.Contains(r.Body, "words-after-it") {
		t.Errorf("status %d", r.Status)
	}
}

// TestWhatComesOnceMoreByItselfDoesNotCallForAnotherLook: a page may send its words
// once more by itself when it is left, after the button sent them.
func TestWhatComesOnceMoreByItselfDoesNotCallForAnotherLook(t *testing.T) {
	for screen := range screens() {
		t.Run(screen, func(t *testing.T) {
			c := newCircle(t)
			tom := c.SignIn(t, c.tom)
			at := c.drafted(t, tom, c.saying(t, tom, c.maple))
			address := at + "/" + screen
			form := fieldsOf(t, tom.Get(address), address)
			form.Set("page", "1")
			if r := tom.Post(address, form); r.Status != 303 {
				t.Fatalf("pressed: status %d", r.Status)
			}
			check := fieldsOf(t, tom.Get(at+"/check"), at+"/raise")
			if r := byItself(t, tom, address, form); r.Status != 204 || r.Header.Get("Stored") == "" {
				t.Errorf("by itself: status %d, stored %q", r.Status, r.Header.Get("Stored"))
			}
			if r := tom.Post(at+"/raise", check); r.Status != 303 || r.Location != at {
				t.Errorf("raise: status %d\n%s", r.Status, r.Page(t).Find(".errors").Text())
			}
		})
	}
}
