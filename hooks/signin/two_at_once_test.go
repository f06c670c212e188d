package signin_test

import (
	"net/http"
	"net/url"
	"runtime"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// meanwhile posts while somebody else writes: the post has read and compared all
// that it does before its own write, which waits for that of the other.
func meanwhile(t *testing.T, app core.App, write func(tx core.App) error, post func() hooktest.Response) hooktest.Response {
	t.Helper()
	db, ok := app.NonconcurrentDB().(*dbx.DB)
	if !ok {
		t.Fatal("who waits to write is not known")
	}
	answer := make(chan hooktest.Response, 1)
	err := app.RunInTransaction(func(tx core.App) error {
		if err := write(tx); err != nil {
			return err
		}
		before := db.DB().Stats().WaitCount
		go func() { answer <- post() }()
		for stop := time.Now().Add(20 * time.Second); db.DB().Stats().WaitCount == before && time.Now().Before(stop); {
			runtime.Gosched()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return <-answer
}

func TestACardThatIsStoppedWhileItsPINIsComparedLetsNobodyIn(t *testing.T) {
	for name, sql := range map[string]string{
		"stopped":          "UPDATE cards SET state = 'void', ended = '2020-01-01 00:00:00.000Z'",
		"locked":           "UPDATE cards SET state = 'locked'",
		"given a new PIN":  "UPDATE cards SET pin = 'another'",
		"run out":          "UPDATE cards SET expires = '2020-01-01 00:00:00.000Z'",
		"of staff by then": "UPDATE memberships SET role = 'facilitator'",
	} {
		t.Run(name, func(t *testing.T) {
			c := startClass(t)
			c.choose(t, c.card, ownPIN)
			browser := c.Guest(t)
			browser.Get(c.card.link)
			r := meanwhile(t, c.App, func(tx core.App) error {
				_, err := tx.DB().NewQuery(sql).Execute()
				return err
			}, func() hooktest.Response { return browser.Post("/sign-in/card", url.Values{"pin": {ownPIN}}) })
			if r.Status != http.StatusUnprocessableEntity || isIn(browser) {
				t.Errorf("status %d to %q", r.Status, r.Location)
			}
		})
	}
}

func TestAPasswordThatIsChangedWhileStaffMakeACardLeavesTheTextsClosed(t *testing.T) {
	c := closedTexts(t)
	c.set(t, "users", dbx.Params{"own_password": true, "closed": "", "closed_by": "", "former_pin": ""}, dbx.HashExp{"id": c.learner.ID})
	browser := c.SignIn(t, c.learner)
	card, err := c.House.SignIn.PrepareCard()
	if err != nil {
		t.Fatal(err)
	}
	r := meanwhile(t, c.App, func(tx core.App) error {
		return c.House.SignIn.StoreCard(tx, card, c.learner.ID, "Sam", c.maker.ID)
	}, func() hooktest.Response {
		return browser.Post("/me/password", url.Values{"current": {c.learner.Password}, "password": {"five red apples"}})
	})
	if r.Status != http.StatusSeeOther || !c.isClosed(t) {
		t.Errorf("status %d, closed %t", r.Status, c.isClosed(t))
	}
}

func TestWhoeverIsSignedOutMeanwhileChangesNoPassword(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Mentor)
	browser := site.SignIn(t, sam)
	r := meanwhile(t, site.App, func(tx core.App) error {
		_, err := tx.DB().NewQuery("UPDATE sessions SET ended = '2020-01-01 00:00:00.000Z'").Execute()
		return err
	}, func() hooktest.Response {
		return browser.Post("/me/password", url.Values{"current": {sam.Password}, "password": {"five red apples"}})
	})
	if r.Location == "/me" || isIn(browser) {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
	site.SignIn(t, sam)
}

func TestAPasswordCountsAsTheirOwnOnceTheyChangeItWithEverythingOpen(t *testing.T) {
	site := hooktest.Start(t)
	manager, person := site.MustPerson(t, web.Manager), site.MustPerson(t, web.Mentor)
	path, _ := linkFor(t, site, manager, person)
	browser := site.Guest(t)
	browser.Post(path, url.Values{"password": {"three cold loaves"}})
	own := func() bool {
		return tally(t, site.App, "SELECT COUNT(*) FROM users WHERE own_password AND id = '"+person.ID+"'") == 1
	}
	change := func(current, password string) {
		t.Helper()
		if r := browser.Post("/me/password", url.Values{"current": {current}, "password": {password}}); r.Location != "/me" {
			t.Fatalf("status %d to %q", r.Status, r.Location)
		}
	}
	change("three cold loaves", "three warm loaves")
	if own() {
		t.Error("whoever took the link has a password of theirs by changing it")
	}
	set(t, site.App, "UPDATE users SET closed = '', closed_by = '', former_pin = ''") // a second person opened it
	if r := browser.Post("/me/password", url.Values{"current": {"a guess at it"}, "password": {"five red apples"}}); r.Location != "" || own() {
		t.Errorf("without the current one: status %d to %q", r.Status, r.Location)
	}
	change("three warm loaves", "five red apples")
	if !own() {
		t.Error("it is nobody's")
	}
}

func TestNoSessionIsLeftThatGaveASecondFactorOnceItIsTurnedOff(t *testing.T) {
	site := hooktest.Start(t)
	sam, phone := staffWithPhone(t, site)
	here, there := withPassword(t, site, sam, "/me"), withPassword(t, site, sam, "/me")
	for _, browser := range []*hooktest.Browser{there, here} {
		if r := giveCode(browser, phone.next()); r.Status != http.StatusSeeOther {
			t.Fatalf("status %d", r.Status)
		}
	}
	if r := change(here, "off", sam.Password, phone.next()); r.Status != http.StatusSeeOther {
		t.Fatalf("status %d", r.Status)
	}
	given := "SELECT COUNT(*) FROM sessions WHERE second AND ended = ''"
	if n := tally(t, site.App, given); n != 0 {
		t.Errorf("%d are left", n)
	}
	set(t, site.App, "UPDATE sessions SET second = TRUE") // as older ones may be
	if r := here.Post("/me/password", url.Values{"current": {sam.Password}, "password": {"five red apples"}}); r.Location != "/me" {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	if n := tally(t, site.App, given); n != 0 {
		t.Error("a new password carries it on")
	}
}
