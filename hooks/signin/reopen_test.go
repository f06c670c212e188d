package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/crypto/bcrypt"
)

const chosenPIN = "482913"

// closed is a learner whose texts are closed since a member of staff replaced
// their card, and two who work with them.
type closed struct {
	*hooktest.Site
	learner, maker, second hooktest.Person
}

func closedTexts(t *testing.T) closed {
	t.Helper()
	s := hooktest.Start(t)
	c := closed{s, s.MustPerson(t, web.Learner), s.MustPerson(t, web.Facilitator), s.MustPerson(t, web.Facilitator)}
	c.assign(t, c.maker)
	c.assign(t, c.second)
	c.card(t, c.maker)
	c.pin(t, chosenPIN)
	c.set(t, "users", dbx.Params{"own_password": false, "closed": "", "closed_by": "", "former_pin": ""}, dbx.HashExp{"id": c.learner.ID})
	c.Clock.Pass(time.Minute)
	c.card(t, c.maker)
	return c
}

func (c closed) assign(t *testing.T, worker hooktest.Person) {
	t.Helper()
	programme, _ := c.MustProgramme(t)
	err := people.Assign(c.App, people.Assignment{
		Learner: c.learner.ID, Worker: worker.ID, Role: web.Facilitator, Programme: programme, Starts: c.Clock.Now().Add(-time.Minute),
	})
	if err != nil {
		t.Fatal(err)
	}
}

// card is a member of staff who makes the learner a new card.
func (c closed) card(t *testing.T, by hooktest.Person) {
	t.Helper()
	card, err := c.House.SignIn.PrepareCard()
	if err == nil {
		err = c.App.RunInTransaction(func(tx core.App) error { return c.House.SignIn.StoreCard(tx, card, c.learner.ID, "Sam", by.ID) })
	}
	if err != nil {
		t.Fatal(err)
	}
}

// pin is whoever has the card now, choosing its PIN.
func (c closed) pin(t *testing.T, pin string) {
	t.Helper()
	hashed, err := bcrypt.GenerateFromPassword([]byte(pin), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	c.set(t, "cards", dbx.Params{"pin": string(hashed), "own_pin": true}, dbx.HashExp{"user": c.learner.ID, "ended": ""})
}

func (c closed) set(t *testing.T, table string, to dbx.Params, where dbx.Expression) {
	t.Helper()
	if _, err := c.App.DB().Update(table, to, where).Execute(); err != nil {
		t.Fatal(err)
	}
}

// code is a browser in which the learner signed in with a code of a member of
// staff.
func (c closed) code(t *testing.T, by hooktest.Person) *hooktest.Browser {
	t.Helper()
	before := c.ids(t)
	b := c.SignIn(t, c.learner)
	for id := range c.ids(t) {
		if !before[id] {
			c.set(t, "sessions", dbx.Params{"how": "code", "closed": true, "with": by.ID}, dbx.HashExp{"id": id})
		}
	}
	return b
}

func (c closed) ids(t *testing.T) map[string]bool {
	t.Helper()
	var all []string
	if err := c.App.DB().NewQuery("SELECT id FROM sessions").Column(&all); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, id := range all {
		ids[id] = true
	}
	return ids
}

func (c closed) number(t *testing.T, sql string) (n int) {
	t.Helper()
	if err := c.App.DB().NewQuery(sql).Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (c closed) isClosed(t *testing.T) bool {
	t.Helper()
	return c.number(t, "SELECT COUNT(*) FROM users WHERE closed != ''") > 0
}

// asksToOpen reports whether a browser of the learner is asked to open something.
func asksToOpen(t *testing.T, b *hooktest.Browser) bool {
	t.Helper()
	return b.Get("/me/open").Page(t).Find(`form[action="/me/open"], main h2`).Length() > 0
}

func (c closed) open(t *testing.T, by hooktest.Person) hooktest.Response {
	t.Helper()
	return c.SignIn(t, by).Post("/facilitate/learners/"+c.learner.ID+"/open", url.Values{})
}

func TestThePINFromBeforeOpensAndNoOther(t *testing.T) {
	c := closedTexts(t)
	c.pin(t, "739105") // of the new card, chosen by whoever has it
	b := c.SignIn(t, c.learner)
	for _, pin := range []string{"739105", "000000", "", "x"} {
		r := b.Post("/me/open", url.Values{"pin": {pin}})
		if r.Status != http.StatusUnprocessableEntity || r.Page(t).Find("#pin-error").Length() != 1 || !c.isClosed(t) {
			t.Errorf("%q: status %d", pin, r.Status)
		}
	}
	if r := b.Post("/me/open", url.Values{"pin": {"482 913"}}); r.Status != http.StatusSeeOther || c.isClosed(t) {
		t.Errorf("their own: status %d", r.Status)
	}
	if n := c.number(t, "SELECT COUNT(*) FROM users WHERE former_pin != '' OR closed_by != ''"); n != 0 {
		t.Error("something of the closing is left")
	}
	if asksToOpen(t, b) {
		t.Error("the page still asks")
	}
}

func TestAPINThatWasChosenOnACardFromStaffOpensNothingAfterTheNextOne(t *testing.T) {
	c := closedTexts(t)
	c.pin(t, "739105") // by the maker, in the learner's place
	c.card(t, c.maker)
	b := c.SignIn(t, c.learner)
	if r := b.Post("/me/open", url.Values{"pin": {"739105"}}); r.Status != http.StatusUnprocessableEntity || !c.isClosed(t) {
		t.Errorf("status %d", r.Status)
	}
}

func TestAfterTenWrongPINsOnlySomethingElseOpens(t *testing.T) {
	c := closedTexts(t)
	for n := range 10 {
		c.Clock.Pass(20 * time.Minute) // so that the limits on guessing let it be looked at
		if r := c.SignIn(t, c.learner).Post("/me/open", url.Values{"pin": {"111222"}}); r.Status != http.StatusUnprocessableEntity {
			t.Fatalf("try %d: status %d", n, r.Status)
		}
	}
	c.Clock.Pass(20 * time.Minute)
	b := c.AfterPowerCut(t).SignIn(t, c.learner) // a restart forgives nothing
	if page := b.Get("/me/open").Page(t); page.Find("#pin").Length() != 0 || !strings.Contains(page.Find("main").Text(), "Too many PINs") {
		t.Error("the page still asks for the PIN")
	}
	if r := b.Post("/me/open", url.Values{"pin": {chosenPIN}}); r.Status == http.StatusSeeOther {
		t.Error("the PIN is still taken")
	}
}

func TestTriesToOpenAreLimitedLikeThoseToSignIn(t *testing.T) {
	c := closedTexts(t)
	b := c.SignIn(t, c.learner)
	for range 5 {
		b.Post("/me/open", url.Values{"pin": {"111222"}})
	}
	r := b.Post("/me/open", url.Values{"pin": {chosenPIN}})
	if r.Status != http.StatusTooManyRequests || r.Header.Get("Retry-After") == "" || !c.isClosed(t) {
		t.Errorf("status %d", r.Status)
	}
}

func TestAPasswordOpensOnlyIfItsOwnerChoseIt(t *testing.T) {
	c := closedTexts(t)
	b := c.SignIn(t, c.learner)
	c.set(t, "sessions", dbx.Params{"how": "card"}, dbx.HashExp{"user": c.learner.ID})
	if r := b.Post("/me/open", url.Values{"password": {c.learner.Password}}); r.Status != http.StatusUnprocessableEntity || !c.isClosed(t) {
		t.Errorf("one that staff may know: status %d", r.Status)
	}
	c.set(t, "users", dbx.Params{"own_password": true}, dbx.HashExp{"id": c.learner.ID})
	if r := b.Post("/me/open", url.Values{"password": {"something else"}}); r.Status != http.StatusUnprocessableEntity || !c.isClosed(t) {
		t.Errorf("a wrong one: status %d", r.Status)
	}
	if r := b.Post("/me/open", url.Values{"password": {c.learner.Password}}); r.Status != http.StatusSeeOther || c.isClosed(t) {
		t.Errorf("their own: status %d", r.Status)
	}
}

func TestWhoeverSignsInWithTheirOwnPasswordFindsEverythingOpenThere(t *testing.T) {
	c := closedTexts(t)
	c.set(t, "users", dbx.Params{"own_password": true}, dbx.HashExp{"id": c.learner.ID})
	if asksToOpen(t, c.SignIn(t, c.learner)) {
		t.Error("it is closed")
	}
	card := c.SignIn(t, c.learner)
	c.set(t, "sessions", dbx.Params{"how": "card"}, dbx.NewExp("rowid = (SELECT MAX(rowid) FROM sessions)"))
	if !c.isClosed(t) || !asksToOpen(t, card) {
		t.Error("whoever has the card finds it open as well")
	}
}

func TestWhatWasOpenedElsewhereWithACardOrACodeEndsOnceTheyOpen(t *testing.T) {
	c := closedTexts(t)
	impostor, b := c.code(t, c.maker), c.SignIn(t, c.learner)
	if r := b.Post("/me/open", url.Values{"pin": {chosenPIN}}); r.Status != http.StatusSeeOther {
		t.Fatalf("status %d", r.Status)
	}
	if r := impostor.Get("/me"); r.Status != http.StatusSeeOther {
		t.Errorf("the other session: status %d", r.Status)
	}
	if r := b.Get("/me"); r.Status != http.StatusOK {
		t.Errorf("their own: status %d", r.Status)
	}
}

func TestTheSecondPersonOpensItWithTheLearnerAndThatIsRecorded(t *testing.T) {
	c := closedTexts(t)
	b := c.SignIn(t, c.learner)
	page := c.SignIn(t, c.second).Get("/facilitate/learners/" + c.learner.ID + "/open")
	if main := page.Page(t).Find("main").Text(); !strings.Contains(main, "with me now") || page.Page(t).Find("main form").Length() != 1 {
		t.Errorf("the page asks nothing\n%s", main)
	}
	if r := c.open(t, c.second); r.Status != http.StatusSeeOther || r.Location != "/facilitate/learners/"+c.learner.ID || c.isClosed(t) {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	if asksToOpen(t, b) {
		t.Error("it is still closed for the learner")
	}
	if n := c.number(t, "SELECT COUNT(*) FROM audit WHERE kind = 'reopened' AND detail = 'staff' AND actor = '"+c.second.ID+"' AND subject = '"+c.learner.ID+"'"); n != 1 {
		t.Errorf("%d acts are recorded", n)
	}
	if home := b.Get("/").Page(t).Find("main").Text(); !strings.Contains(home, "was opened again with you by") {
		t.Errorf("home does not tell\n%s", home)
	}
}

func TestWhoMadeTheNewWayInIsNotTheSecondPersonWhateverElseTheyAre(t *testing.T) {
	for name, also := range map[string]func(*testing.T, closed){
		"as they are": func(*testing.T, closed) {},
		"with another role": func(t *testing.T, c closed) {
			programme, _ := c.MustProgramme(t)
			c.MustJoin(t, people.Membership{User: c.maker.ID, Role: web.Mentor, Programme: programme})
		},
		"after somebody else made one more": func(t *testing.T, c closed) { c.card(t, c.second) },
		"where another is written down": func(t *testing.T, c closed) {
			c.set(t, "users", dbx.Params{"closed_by": c.second.ID}, dbx.HashExp{"id": c.learner.ID})
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := closedTexts(t)
			also(t, c)
			if r := c.open(t, c.maker); r.Status != http.StatusForbidden || !c.isClosed(t) || r.Page(t).Find("main form").Length() != 0 {
				t.Errorf("status %d", r.Status)
			}
		})
	}
}

func TestWhoeverMadeOneMoreWayInIsNotTheSecondPersonEither(t *testing.T) {
	c := closedTexts(t)
	c.card(t, c.second)
	if r := c.open(t, c.second); r.Status != http.StatusForbidden || !c.isClosed(t) {
		t.Errorf("status %d", r.Status)
	}
	third := c.MustPerson(t, web.Facilitator)
	c.assign(t, third)
	if r := c.open(t, third); r.Status != http.StatusSeeOther || c.isClosed(t) {
		t.Errorf("a third: status %d", r.Status)
	}
}

func TestWhoIsWrittenDownAsTheMakerIsRefusedEvenOnceTheRecordOfItIsGone(t *testing.T) {
	c := closedTexts(t)
	c.set(t, "users", dbx.Params{"closed_by": c.second.ID}, dbx.HashExp{"id": c.learner.ID}) // and no act of theirs
	if r := c.open(t, c.second); r.Status != http.StatusForbidden || !c.isClosed(t) {
		t.Errorf("status %d", r.Status)
	}
}

func TestNobodyOpensForThemselvesOrForWhoIsNotTheirs(t *testing.T) {
	c := closedTexts(t)
	programme, _ := c.MustProgramme(t)
	c.MustJoin(t, people.Membership{User: c.learner.ID, Role: web.Facilitator, Programme: programme})
	c.assign(t, c.learner) // who works here too, and is their own
	others := map[string]hooktest.Person{"the learner": c.learner, "another learner": c.MustPerson(t, web.Learner), "a facilitator of others": c.MustPerson(t, web.Facilitator), "a mentor": c.MustPerson(t, web.Mentor)}
	for name, p := range others {
		if r := c.open(t, p); r.Status == http.StatusSeeOther || !c.isClosed(t) {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
}

func TestASessionFromACodeIsOpenedByThePINOfTheCardInUse(t *testing.T) {
	c := closedTexts(t)
	c.set(t, "users", dbx.Params{"closed": "", "closed_by": "", "former_pin": ""}, dbx.HashExp{"id": c.learner.ID})
	b := c.code(t, c.maker)
	if page := b.Get("/me/open").Page(t); page.Find("#pin").Length() != 0 {
		t.Error("the printed PIN would open it")
	}
	c.pin(t, "739105")
	if r := b.Post("/me/open", url.Values{"pin": {"739105"}}); r.Status != http.StatusSeeOther || asksToOpen(t, b) {
		t.Errorf("status %d", r.Status)
	}
}

func TestASessionFromACodeIsOpenedByAnyoneButWhoMadeTheCode(t *testing.T) {
	c := closedTexts(t)
	c.set(t, "users", dbx.Params{"closed": "", "closed_by": "", "former_pin": ""}, dbx.HashExp{"id": c.learner.ID})
	b, other := c.code(t, c.second), c.code(t, c.maker)
	if r := c.open(t, c.second); r.Status != http.StatusSeeOther {
		t.Errorf("status %d", r.Status) // the session that is not of their code
	}
	if !asksToOpen(t, b) || asksToOpen(t, other) {
		t.Error("the wrong one is open")
	}
	if r := c.open(t, c.second); r.Status != http.StatusForbidden || !asksToOpen(t, b) {
		t.Errorf("their own: status %d", r.Status)
	}
}

func TestWhoeverHadNoSecretButACodeFindsTheirTextClosedWithTheirFirstCard(t *testing.T) {
	s := hooktest.Start(t)
	c := closed{s, s.MustPerson(t, web.Learner), s.MustPerson(t, web.Facilitator), hooktest.Person{}}
	c.set(t, "users", dbx.Params{"own_password": false}, dbx.HashExp{"id": c.learner.ID})
	c.card(t, c.maker)
	if c.isClosed(t) {
		t.Error("who was never here has closed text")
	}
	c.code(t, c.maker)
	c.card(t, c.maker)
	if !c.isClosed(t) {
		t.Error("it is open for whoever has the printed PIN")
	}
}
