package learning_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/crypto/bcrypt"
)

const ownPIN = "482913"

// carded lets somebody be known by a card with a PIN of their own, and by no
// password.
func carded(t *testing.T, s *hooktest.Site, p hooktest.Person, staff string) {
	t.Helper()
	newCard(t, s, p, staff)
	choosePIN(t, s, p, ownPIN)
	execute(t, s, "UPDATE users SET own_password = FALSE, closed = '', closed_by = '', former_pin = '' WHERE id = '"+p.ID+"'")
}

// newCard is staff who make somebody a card, in place of one that they have.
func newCard(t *testing.T, s *hooktest.Site, p hooktest.Person, staff string) {
	t.Helper()
	s.Clock.Pass(time.Minute)
	card, err := s.House.SignIn.PrepareCard()
	if err == nil {
		err = s.App.RunInTransaction(func(tx core.App) error { return s.House.SignIn.StoreCard(tx, card, p.ID, "Sam", staff) })
	}
	if err != nil {
		t.Fatal(err)
	}
}

func choosePIN(t *testing.T, s *hooktest.Site, p hooktest.Person, pin string) {
	t.Helper()
	hashed, err := bcrypt.GenerateFromPassword([]byte(pin), bcrypt.MinCost)
	if err == nil {
		_, err = s.App.DB().Update("cards", dbx.Params{"pin": string(hashed), "own_pin": true}, dbx.HashExp{"user": p.ID, "ended": ""}).Execute()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// byCode lets a session be one that began with a code of staff.
func byCode(t *testing.T, s *hooktest.Site, p hooktest.Person, staff string) *hooktest.Browser {
	t.Helper()
	b := s.SignIn(t, p)
	execute(t, s, "UPDATE sessions SET how = 'code', closed = TRUE, with = '"+staff+"' WHERE user = '"+p.ID+"' AND id = (SELECT id FROM sessions ORDER BY rowid DESC LIMIT 1)")
	return b
}

// wrote is somebody with a card who typed the word into everything, on every kind
// of page that shows it.
func wrote(t *testing.T) (s *hooktest.Site, p hooktest.Person, staff string) {
	t.Helper()
	s, p, b := written(t)
	staff = s.MustPerson(t, web.Facilitator).ID
	carded(t, s, p, staff)
	for _, step := range []string{"start", "choose", "arrange"} {
		open(t, b, first+"/"+step).press("continue")
	}
	open(t, b, first+"/choose").choose("open", "How was it").checked("open")
	edited(t, s, ":::practice[Listen for two minutes]{#listen}\nNote it.\n:::\n", "::recall{of=\"heard\"}\n") // so that some of it is in the module no more
	open(t, b, first+"/write").set("a.heard", typed+" twice").set("a.three.3", typed).press("continue")
	return s, p, staff
}

// walked are the pages of a person that hold a word, of all that links and the
// addresses of courses lead to.
func walked(t *testing.T, b *hooktest.Browser, word string) (with, all []string) {
	t.Helper()
	seen := map[string]bool{}
	for next := []string{"/", "/me", "/me/lines", "/me/open", "/me/data", "/me/record/small", "/courses", first}; len(next) > 0; next = next[1:] {
		path, _, _ := strings.Cut(next[0], "#")
		if seen[path] || !strings.HasPrefix(path, "/") || path == "/leave" || len(seen) > 200 {
			continue
		}
		seen[path] = true
		r := b.Get(path)
		if strings.Contains(r.Body, word) {
			with = append(with, path)
		}
		if r.Status == http.StatusOK && strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
			for _, link := range r.Page(t).Find("a[href]").EachIter() {
				next = append(next, link.AttrOr("href", ""))
			}
		}
	}
	for path := range seen {
		all = append(all, path)
	}
	return with, all
}

func TestAfterStaffMadeANewCardNoPageShowsWhatWasWrittenBefore(t *testing.T) {
	s, p, staff := wrote(t)
	with, _ := walked(t, s.SignIn(t, p), typed)
	for _, page := range []string{first + "/write", first + "/keep", first, "/me/lines", "/me/record/small"} {
		if !slices.Contains(with, page) {
			t.Fatalf("before, %s did not show it; %v did", page, with)
		}
	}
	newCard(t, s, p, staff)
	b := s.SignIn(t, p)
	with, all := walked(t, b, typed)
	if len(with) > 0 || len(all) < 12 {
		t.Errorf("of %d pages %v show it", len(all), with)
	}
	for _, page := range []string{first + "/write", first + "/keep", first, "/me/lines", "/me/record/small", "/"} {
		main := b.Get(page).Page(t).Find("main")
		if main.Find(`a[href="/me/open"]`).Length() == 0 {
			t.Errorf("%s does not say how to open it\n%s", page, text(main))
		}
	}
}

func TestInASessionThatBeganWithACodeNoPageShowsWhatWasWrittenElsewhere(t *testing.T) {
	s, p, staff := wrote(t)
	if with, all := walked(t, byCode(t, s, p, staff), typed); len(with) > 0 || len(all) < 12 {
		t.Errorf("of %d pages %v show it", len(all), with)
	}
}

func TestWhatWasChosenStillShowsWhileTextIsClosed(t *testing.T) {
	s, p, staff := wrote(t)
	newCard(t, s, p, staff)
	if got := open(t, s.SignIn(t, p), first+"/choose").chosen("open"); !slices.Equal(got, []string{"How was it"}) {
		t.Errorf("chosen is %v", got)
	}
}

// sealedRows is all that is stored as text.
func sealedRows(t *testing.T, s *hooktest.Site) []string {
	t.Helper()
	return append(column(t, s, "SELECT id || sealed FROM reflections ORDER BY id"), column(t, s, "SELECT id || sealed FROM answers WHERE sealed != '' ORDER BY id")...)
}

func TestTextThatIsClosedIsNeverOverwritten(t *testing.T) {
	s, p, staff := wrote(t)
	newCard(t, s, p, staff)
	b, before := s.SignIn(t, p), sealedRows(t, s)
	page := open(t, b, first+"/write")
	for _, field := range []string{"a.heard", "a.three.1", "a.words.1", "seen.heard"} {
		if _, there := page.form[field]; there {
			t.Errorf("the page has the field %s", field)
		}
	}
	if slices.Contains(page.form["has"], "heard") {
		t.Error("the form says that it holds the closed text")
	}
	if r := page.press("continue"); r.Status != http.StatusSeeOther {
		t.Errorf("what is closed keeps them from going on: status %d", r.Status)
	}
	forged := url.Values{"do": {"save"}, "has": {"heard", "three", "words"}, "keep.heard": {"mine"}}
	forged["whose"] = page.form["whose"]
	for _, words := range []string{"", "over it"} {
		for _, field := range []string{"a.heard", "a.three.1", "a.three.2", "a.words.1", "a.words.2"} {
			forged.Set(field, words)
		}
		for _, auto := range []string{"", "1"} {
			forged.Set("auto", auto)
			r := b.Post(first+"/write", forged)
			wantNoText(t, "the answer", r.Body, typed)
			if words != "" {
				wantText(t, "the answer", r.Page(t).Find(".errors").Text(), "they are closed for now")
				if got := show(t, b, r).form.Get("a.heard"); r.Status != http.StatusUnprocessableEntity || got != words {
					t.Errorf("status %d, and what they wrote comes back as %q", r.Status, got)
				}
			}
		}
	}
	if after := sealedRows(t, s); !slices.Equal(before, after) {
		t.Error("what was stored is another now")
	}
}

func TestWhatIsWrittenWithTheNewCardShowsUntilTheNextOne(t *testing.T) {
	s, p, b := small(t)
	staff := s.MustPerson(t, web.Facilitator).ID
	carded(t, s, p, staff)
	open(t, b, first+"/write").set("a.heard", "with the first").saved("save")
	newCard(t, s, p, staff)
	open(t, s.SignIn(t, p), first+"/write").set("a.listen", "with the second").saved("save")
	b = s.SignIn(t, p)
	page := open(t, b, first+"/write")
	wantNoText(t, "the step", page.body, "with the first")
	if got := page.form.Get("a.listen"); got != "with the second" {
		t.Errorf("it reads %q", got)
	}
	if got := page.set("a.listen", "with the second, more").saved("save").form.Get("a.listen"); got != "with the second, more" {
		t.Errorf("written on it reads %q", got)
	}
	choosePIN(t, s, p, "739105") // which may be staff's own
	newCard(t, s, p, staff)
	wantNoText(t, "with the third card", open(t, s.SignIn(t, p), first+"/write").body, "with the first", "with the second")
}

// byCard lets the newest session be one that began with a card.
func byCard(t *testing.T, s *hooktest.Site, p hooktest.Person) *hooktest.Browser {
	t.Helper()
	b := s.SignIn(t, p)
	execute(t, s, "UPDATE sessions SET how = 'card' WHERE rowid = (SELECT MAX(rowid) FROM sessions)")
	execute(t, s, "UPDATE users SET own_password = TRUE WHERE id = '"+p.ID+"'")
	return b
}

func TestWhatIsWrittenWithTheirOwnPasswordDoesNotShowToWhoHasTheNewCard(t *testing.T) {
	s, p, b := small(t)
	staff := s.MustPerson(t, web.Facilitator).ID
	carded(t, s, p, staff)
	newCard(t, s, p, staff) // which the learner knows nothing of
	card := byCard(t, s, p)
	own := open(t, b, first+"/write").set("a.heard", "on their own phone").saved("save")
	if got := own.form.Get("a.heard"); got != "on their own phone" {
		t.Errorf("they read %q", got)
	}
	wantNoText(t, "with the card", open(t, card, first+"/write").body, "on their own phone")
	own = open(t, s.SignIn(t, p), first+"/write").set("a.listen", "too late")
	s.Clock.Pass(20 * time.Minute)
	own.press("save")
	wantNoText(t, "with the card, later", open(t, byCard(t, s, p), first+"/write").body, "on their own phone", "too late")
	if got := open(t, s.SignIn(t, p), first+"/write").form.Get("a.listen"); got != "too late" {
		t.Errorf("with the password, later, they read %q", got)
	}
}

func TestASessionThatBeganWithACodeShowsWhatItWroteItself(t *testing.T) {
	s, p, b := small(t)
	staff := s.MustPerson(t, web.Facilitator).ID
	carded(t, s, p, staff)
	newCard(t, s, p, staff) // so that both are closed
	one := byCode(t, s, p, staff)
	open(t, one, first+"/write").set("a.heard", "in this room").saved("save")
	s.Clock.Pass(time.Minute)
	open(t, b, first+"/write").set("a.listen", "on their own phone").saved("save")
	page := open(t, one, first+"/write")
	if got := page.form.Get("a.heard"); got != "in this room" {
		t.Errorf("it reads %q", got)
	}
	wantNoText(t, "the room", page.body, "on their own phone")
	wantNoText(t, "with the card", open(t, s.SignIn(t, p), first+"/write").body, "in this room")
	wantNoText(t, "another room", open(t, byCode(t, s, p, staff), first+"/write").body, "in this room", "on their own phone")
}

func TestAFormThatWaitsIsClosedTooAndComesBackOnceItIsOpen(t *testing.T) {
	s, p, b := small(t)
	staff := s.MustPerson(t, web.Facilitator).ID
	carded(t, s, p, staff)
	page := open(t, b, first+"/write").set("a.heard", "typed too late")
	s.Clock.Pass(20 * time.Minute)
	page.press("save")
	newCard(t, s, p, staff)
	b = s.SignIn(t, p)
	now := open(t, b, first+"/write")
	wantNoText(t, "the step", now.body, "typed too late")
	now.set("a.listen", "new").saved("save")
	s.Clock.Pass(20 * time.Minute)
	now.set("a.listen", "newer").press("save")
	b = s.SignIn(t, p)
	if page := open(t, b, first+"/write"); page.form.Get("a.listen") != "newer" || strings.Contains(page.body, "typed too late") {
		t.Errorf("what they typed with the new card reads %q", page.form.Get("a.listen"))
	}
	open(t, b, first+"/write").saved("save")
	opened(t, b, url.Values{"pin": {ownPIN}})
	if got := open(t, b, first+"/write").form.Get("a.heard"); got != "typed too late" {
		t.Errorf("once it is open it reads %q", got)
	}
}

// opened posts to the page on which somebody opens what is theirs.
func opened(t *testing.T, b *hooktest.Browser, form url.Values) {
	t.Helper()
	if r := b.Post("/me/open", form); r.Status != http.StatusSeeOther {
		t.Fatalf("status %d\n%s", r.Status, text(r.Page(t).Find("main")))
	}
}

func TestThePINFromBeforeOpensEverythingAgain(t *testing.T) {
	s, p, staff := wrote(t)
	before, _ := walked(t, s.SignIn(t, p), typed)
	newCard(t, s, p, staff)
	b := s.SignIn(t, p)
	opened(t, b, url.Values{"pin": {" 482 913"}})
	with, _ := walked(t, b, typed)
	if slices.Sort(before); !slices.Equal(before, sorted(with)) {
		t.Errorf("shown on %v, before on %v", with, before)
	}
}

func sorted(all []string) []string {
	slices.Sort(all)
	return all
}
