package facilitation_test

import (
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const practice = "/facilitate/practice"

// noted is a note that somebody has just kept, by its address.
func noted(t *testing.T, g *group, b *hooktest.Browser, form url.Values) string {
	t.Helper()
	if form.Get("key") == "" {
		form.Set("key", b.Get(practice+"/notes/new").Page(t).Find("main input[name=key]").AttrOr("value", ""))
	}
	if r := b.Post(practice+"/notes/new", form); r.Status != 303 {
		t.Fatalf("note: status %d\n%s", r.Status, r.Page(t).Find(".errors").Text())
	}
	return practice + "/notes/" + g.one(t, "SELECT id FROM practice_notes ORDER BY created DESC, id LIMIT 1", nil)
}

func TestANoteOnOnesPracticeIsForItsWriterAlone(t *testing.T) {
	g := newGroup(t)
	address := noted(t, g, g.his, url.Values{"what": {"I talked too much at the meeting."}, "next": {"Wait longer."}})
	says(t, text(t, g.his, practice), "I talked too much")
	page := g.his.Get(address).Page(t)
	if got := page.Find("#next").Text(); got != "Wait longer." {
		t.Errorf("what they do next: %q", got)
	}
	says(t, page.Find("main").Text(), "leave out the names of learners")
	for name, role := range map[string]web.Role{"facilitator": web.Facilitator, "mentor": web.Mentor, "manager": web.Manager, "lead": web.Lead, "learner": web.Learner} {
		b := g.SignIn(t, g.MustPerson(t, role))
		if r := b.Get(address); r.Status != 404 {
			t.Errorf("a %s gets it: status %d", name, r.Status)
		}
		if r := b.Post(address+"/delete", url.Values{}); r.Status != 404 {
			t.Errorf("a %s deletes it: status %d", name, r.Status)
		}
		if r := b.Post(address, url.Values{"what": {"mine now"}}); r.Status != 404 {
			t.Errorf("a %s writes over it: status %d", name, r.Status)
		}
	}
	if sealed := g.one(t, "SELECT sealed FROM practice_notes", nil); sealed == "" || strings.Contains(sealed, "talked") {
		t.Errorf("stored as %q", sealed)
	}
	if n := g.one(t, "SELECT COUNT(*) FROM audit WHERE kind LIKE 'practice%'", nil); n != "0" {
		t.Errorf("%s acts tell of it", n)
	}
}

func TestANoteThatIsSentTwiceIsThereOnce(t *testing.T) {
	g := newGroup(t)
	form := url.Values{"what": {"Listening."}}
	noted(t, g, g.his, form)
	noted(t, g, g.his, form)
	if n := g.count(t, "practice_notes"); n != 1 {
		t.Errorf("%d notes", n)
	}
}

// The answer to the first press was lost on its way; he goes back, adds a sentence
// and presses again. The form has the key that it had.
func TestANoteThatIsSentAgainWithMoreWordsKeepsThem(t *testing.T) {
	g := newGroup(t)
	form := url.Values{"what": {"I talked too much."}}
	noted(t, g, g.his, form)
	form.Set("what", "I talked too much. Next time I wait until she has ended.")
	r := g.his.Post(practice+"/notes/new", form)
	page := r.Page(t)
	if r.Status != 409 || !strings.Contains(page.Find("#what").Text(), "Next time I wait") || page.Find(".saved-meanwhile .as-typed").Text() != "I talked too much." {
		t.Fatalf("status %d, and both are not there", r.Status)
	}
	address := page.Find("main form").First().AttrOr("action", "")
	form.Set("seen", page.Find("main input[name=seen]").AttrOr("value", ""))
	if r := g.his.Post(address, form); r.Status != 303 || g.count(t, "practice_notes") != 1 {
		t.Errorf("saved again at %s: status %d, %d notes", address, r.Status, g.count(t, "practice_notes"))
	}
	says(t, text(t, g.his, address), "Next time I wait")
}

func TestASupervisionThatIsSentAgainWithMoreWordsKeepsThem(t *testing.T) {
	g := newGroup(t)
	form := booked(g, 3, nil)
	for range 2 {
		if r := g.his.Post(practice+"/supervision/new", form); r.Status != 303 || g.count(t, "supervisions") != 1 {
			t.Fatalf("status %d, %d are there", r.Status, g.count(t, "supervisions"))
		}
	}
	form.Set("need", "How to say no, and how to end a call.")
	r := g.his.Post(practice+"/supervision/new", form)
	page := r.Page(t)
	if r.Status != 409 || !strings.Contains(page.Find("#need").Text(), "how to end a call") || page.Find(".saved-meanwhile .as-typed").Text() != "How to say no." {
		t.Fatalf("status %d, and both are not there", r.Status)
	}
	address := page.Find("main form").First().AttrOr("action", "")
	form.Set("seen", page.Find("main input[name=seen]").AttrOr("value", ""))
	if r := g.his.Post(address, form); r.Status != 303 {
		t.Errorf("saved again at %s: status %d", address, r.Status)
	}
	says(t, text(t, g.his, practice), "how to end a call")
}

func TestTwoNotesFromFormsWhoseKeyGotLostAreTwo(t *testing.T) {
	g := newGroup(t)
	for _, words := range []string{"One.", "Another."} {
		g.his.Post(practice+"/notes/new", url.Values{"what": {words}})
	}
	if n := g.count(t, "practice_notes"); n != 2 {
		t.Errorf("%d notes", n)
	}
}

func TestANoteIsChangedAndDeleted(t *testing.T) {
	g := newGroup(t)
	address := noted(t, g, g.his, url.Values{"what": {"First."}})
	seen := func() string { return g.his.Get(address).Page(t).Find("main input[name=seen]").AttrOr("value", "") }
	before := seen()
	if r := g.his.Post(address, url.Values{"what": {"Second."}, "seen": {before}}); r.Status != 303 {
		t.Fatalf("change: status %d", r.Status)
	}
	says(t, text(t, g.his, practice), "Second.")

	r := g.his.Post(address, url.Values{"what": {"Third."}, "seen": {before}})
	if page := r.Page(t); r.Status != 409 || page.Find("#what").Text() != "Third." || !strings.Contains(page.Text(), "Second.") {
		t.Errorf("from an older window: status %d, and both are not there", r.Status)
	}
	says(t, text(t, g.his, practice), "Second.")

	if r := g.his.Post(address+"/delete", url.Values{}); r.Status != 303 || g.count(t, "practice_notes") != 0 {
		t.Errorf("delete: status %d", r.Status)
	}
}

func TestANoteWithNothingInItIsNotKept(t *testing.T) {
	g := newGroup(t)
	if r := g.his.Post(practice+"/notes/new", url.Values{"what": {" \n "}, "key": {"k"}}); r.Status != 422 {
		t.Errorf("status %d", r.Status)
	}
	r := g.his.Post(practice+"/notes/new", url.Values{"felt": {strings.Repeat("a", 20_001)}, "key": {"k"}})
	if r.Status != 422 || r.Page(t).Find("details[open] #felt").Length() != 1 {
		t.Errorf("too long: status %d, and its prompt is folded", r.Status)
	}
	if n := g.count(t, "practice_notes"); n != 0 {
		t.Errorf("%d notes", n)
	}
}

func TestWithoutTheKeyNotesStayClosedAndWhatIsTypedComesBack(t *testing.T) {
	g := newGroup(t)
	address := noted(t, g, g.his, url.Values{"what": {"Before."}})
	before := g.one(t, "SELECT sealed FROM practice_notes", nil)
	if err := os.Remove(g.Dir + ".keys"); err != nil {
		t.Fatal(err)
	}
	g.Site = g.AfterPowerCut(t)
	his := g.SignIn(t, g.tom)
	page := text(t, his, practice)
	saysNot(t, page, "Before.")
	says(t, page, "cannot be opened")
	for _, at := range []string{address, practice + "/notes/new"} {
		r := his.Post(at, url.Values{"what": {"Mine."}, "seen": {before[len(before)-12:]}, "key": {"k"}})
		if r.Status != 503 || r.Page(t).Find("#what").Text() != "Mine." {
			t.Errorf("%s: status %d, and what was typed is lost", at, r.Status)
		}
	}
	if now := g.one(t, "SELECT sealed FROM practice_notes", nil); now != before || g.count(t, "practice_notes") != 1 {
		t.Error("what was there is not as it was")
	}
}

// booked is the form of a supervision so many days from now.
func booked(g *group, days int, more url.Values) url.Values {
	form := url.Values{"day": {g.Clock.Now().UTC().AddDate(0, 0, days).Format(time.DateOnly)}, "with": {"Farida"}, "need": {"How to say no."}, "key": {core.GenerateDefaultRandomId()}}
	for name, values := range more {
		form[name] = values
	}
	return form
}

// Whoever keeps their own over it loses all of this, so all of it is shown.
func TestOfASupervisionThatWasSavedElsewhereAllIsShown(t *testing.T) {
	g := newGroup(t)
	g.his.Post(practice+"/supervision/new", booked(g, -1, nil))
	address := practice + "/supervision/" + g.one(t, "SELECT id FROM supervisions", nil)
	seen := g.his.Get(address).Page(t).Find("main input[name=seen]").AttrOr("value", "")
	other := booked(g, -1, url.Values{"time": {"16:45"}, "minutes": {"75"}, "held": {"true"}, "came": {"A plan."}, "seen": {seen}})
	if r := g.his.Post(address, other); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	r := g.his.Post(address, booked(g, -1, url.Values{"seen": {seen}}))
	if r.Status != 409 {
		t.Fatalf("status %d", r.Status)
	}
	meanwhile := r.Page(t).Find(".saved-meanwhile").Text()
	for _, want := range []string{"16:45", "Farida", "It took place", "75", "What I need from it", "How to say no.", "What came of it", "A plan."} {
		says(t, meanwhile, want)
	}
}

func TestTheNextSupervisionStandsOnTop(t *testing.T) {
	g := newGroup(t)
	for _, days := range []int{20, 3, 40} {
		if r := g.his.Post(practice+"/supervision/new", booked(g, days, nil)); r.Status != 303 {
			t.Fatalf("status %d", r.Status)
		}
	}
	first := g.his.Get(practice).Page(t).Find("main ul.rows li").First()
	if day := first.Find("time").AttrOr("datetime", ""); day != booked(g, 3, nil).Get("day") {
		t.Errorf("the first is on %s", day)
	}
	says(t, first.Text(), "How to say no.")
}

func TestSixWeeksWithoutSupervisionAreSaidKindly(t *testing.T) {
	g := newGroup(t)
	const kindly = "You have not had supervision for six weeks"
	saysNot(t, text(t, g.his, practice), kindly) // they began an hour ago
	if _, err := g.App.DB().NewQuery("UPDATE memberships SET starts = {:long} WHERE user = {:tom}").
		Bind(dbx.Params{"long": "2020-01-01 00:00:00.000Z", "tom": g.tom.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	says(t, text(t, g.his, practice), kindly)
	g.his.Post(practice+"/supervision/new", booked(g, -43, url.Values{"held": {"true"}}))
	says(t, text(t, g.his, practice), kindly)
	g.his.Post(practice+"/supervision/new", booked(g, -41, nil)) // nobody said that it took place
	says(t, text(t, g.his, practice), kindly)
	g.his.Post(practice+"/supervision/new", booked(g, 5, nil))
	saysNot(t, text(t, g.his, practice), kindly)
}

func TestTheRecordOfSupervisionHasDatesAndHoursOnly(t *testing.T) {
	g := newGroup(t)
	g.his.Post(practice+"/supervision/new", booked(g, -10, url.Values{"held": {"true"}, "minutes": {"90"}, "came": {"Courage."}}))
	g.his.Post(practice+"/supervision/new", booked(g, -5, url.Values{"minutes": {"60"}}))
	for _, at := range []string{practice + "/record", practice + "/record.csv"} {
		r := g.his.Get(at)
		body := string(r.Body)
		if r.Status != 200 || !strings.Contains(body, "1.5") {
			t.Errorf("%s: status %d\n%s", at, r.Status, body)
		}
		for _, word := range []string{"Farida", "How to say no", "Courage", booked(g, -5, nil).Get("day")} {
			saysNot(t, body, word)
		}
	}
}

func TestWhatCannotBeOfASupervisionComesBack(t *testing.T) {
	g := newGroup(t)
	for field, form := range map[string]url.Values{
		"day":     booked(g, 1, url.Values{"day": {"soon"}}),
		"time":    booked(g, 1, url.Values{"time": {"tea time"}}),
		"held":    booked(g, 1, url.Values{"held": {"true"}}),
		"minutes": booked(g, 1, url.Values{"minutes": {"an hour"}}),
		"with":    booked(g, 1, url.Values{"with": {strings.Repeat("a", 201)}}),
		"came":    booked(g, 1, url.Values{"came": {strings.Repeat("a", 5001)}}),
	} {
		r := g.his.Post(practice+"/supervision/new", form)
		if r.Status != 422 || r.Page(t).Find("#"+field+"-error").Length() != 1 {
			t.Errorf("%s: status %d, and nothing beside it", field, r.Status)
		}
	}
	if n := g.count(t, "supervisions"); n != 0 {
		t.Errorf("%d are stored", n)
	}
}

func TestASupervisionIsChangedAfterwards(t *testing.T) {
	g := newGroup(t)
	g.his.Post(practice+"/supervision/new", booked(g, -1, nil))
	address := practice + "/supervision/" + g.one(t, "SELECT id FROM supervisions", nil)
	says(t, text(t, g.his, practice), "Did it take place?")
	form := booked(g, -1, url.Values{"held": {"true"}, "came": {"A plan."}, "seen": {g.his.Get(address).Page(t).Find("main input[name=seen]").AttrOr("value", "")}})
	if r := g.his.Post(address, form); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	saysNot(t, text(t, g.his, practice), "Did it take place?")
	says(t, text(t, g.his, address), "A plan.")
	if r := g.SignIn(t, g.MustPerson(t, web.Facilitator)).Get(address); r.Status != 404 {
		t.Errorf("another gets it: status %d", r.Status)
	}
	if r := g.his.Post(address+"/delete", url.Values{}); r.Status != 303 || g.count(t, "supervisions") != 0 {
		t.Errorf("delete: status %d", r.Status)
	}
}
