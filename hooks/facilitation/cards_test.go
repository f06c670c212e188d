package facilitation_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

func (g *group) cards() string { return g.grid() + "/cards" }

// carded are people of the group with a card that was just made.
func (g *group) carded(t *testing.T, names ...string) {
	t.Helper()
	if r := g.add(t, g.report(t, strings.Join(names, "\n"))); r.Status != 303 {
		t.Fatalf("no cards: status %d\n%s", r.Status, r.Body)
	}
}

func (g *group) idOf(t *testing.T, name string) string {
	t.Helper()
	return g.one(t, "SELECT id FROM users WHERE name = {:name}", dbx.Params{"name": name})
}

// uses says that somebody signed in with their card.
func (g *group) uses(t *testing.T, name string) {
	t.Helper()
	if _, err := g.App.NonconcurrentDB().Update("cards", dbx.Params{"used": "2026-11-01 00:00:00.000Z"}, dbx.HashExp{"user": g.idOf(t, name)}).Execute(); err != nil {
		t.Fatal(err)
	}
}

func (g *group) secretOf(t *testing.T, name string) string {
	t.Helper()
	return g.one(t, "SELECT secret FROM cards WHERE user = {:user} AND ended = ''", dbx.Params{"user": g.idOf(t, name)})
}

func TestCardsThatNobodyUsedAreMadeAnewTogether(t *testing.T) {
	g := newGroup(t)
	g.carded(t, "Dina", "Yusuf", "Zoe")
	g.uses(t, "Zoe")
	was := map[string]string{"Dina": g.secretOf(t, "Dina"), "Yusuf": g.secretOf(t, "Yusuf"), "Zoe": g.secretOf(t, "Zoe")}
	if r := g.his.Get(g.grid()); r.Page(t).Find("a[href='"+g.cards()+"']").Length() != 1 || !strings.Contains(r.Body, "Make new cards for those who have not used theirs") {
		t.Fatalf("the group's page:\n%s", r.Body)
	}
	look := g.his.Get(g.cards())
	said := look.Page(t).Find("main").Text()
	if look.Status != 200 || !strings.Contains(said, "Dina") || !strings.Contains(said, "Yusuf") || strings.Contains(said, "Zoe") {
		t.Fatalf("status %d\n%s", look.Status, look.Body)
	}
	if g.secretOf(t, "Dina") != was["Dina"] {
		t.Fatal("a look made a card")
	}
	for range 2 { // and pressed twice
		g.his.Post(g.cards(), url.Values{"do": {"make"}})
	}
	r := g.ended(t, g.his, g.cards())
	if r.Status != 303 || !strings.HasPrefix(r.Location, "/facilitate/cards/") {
		t.Fatalf("status %d, to %q\n%s", r.Status, r.Location, r.Body)
	}
	if sheet := g.his.Follow(r); !strings.Contains(sheet.Body, "Dina") || !strings.Contains(sheet.Body, "Yusuf") || strings.Contains(sheet.Body, "Zoe") {
		t.Errorf("the cards:\n%s", sheet.Body)
	}
	for name, before := range was {
		if changed := g.secretOf(t, name) != before; changed == (name == "Zoe") {
			t.Errorf("%s: a new card: %v", name, changed)
		}
	}
	if n := g.count(t, "cards WHERE ended = ''"); n != 3 {
		t.Errorf("%d cards are in use", n)
	}
	if n := g.count(t, "audit WHERE kind = 'card-replaced' AND actor = '"+g.tom.ID+"'"); n != 2 {
		t.Errorf("%d rows of new cards", n)
	}
}

func TestNewCardsAreOnlyForThoseWhoseAccountOneHas(t *testing.T) {
	g := newGroup(t)
	g.carded(t, "Dina")
	linh, marek := g.MustPerson(t, web.Facilitator), g.MustPerson(t, web.Mentor)
	before := g.secretOf(t, "Dina")
	for name, p := range map[string]hooktest.Person{"a colleague": linh, "a mentor": marek} {
		b := g.SignInOnOwn(t, p)
		if r := b.Get(g.grid()); r.Page(t).Find("a[href='"+g.cards()+"']").Length() != 0 {
			t.Errorf("%s is led there", name)
		}
		if r := b.Get(g.cards()); r.Status == 200 && strings.Contains(r.Page(t).Find("main").Text(), "Dina") {
			t.Errorf("%s sees who has used what", name)
		}
		b.Post(g.cards(), url.Values{"do": {"make"}})
		g.ended(t, b, g.cards())
	}
	for _, p := range []hooktest.Person{g.MustPerson(t, web.Learner), g.MustPerson(t, web.Lead)} {
		if r := g.SignInOnOwn(t, p).Post(g.cards(), url.Values{"do": {"make"}}); r.Status != 404 {
			t.Errorf("status %d", r.Status)
		}
	}
	if g.secretOf(t, "Dina") != before {
		t.Error("somebody else made her a card")
	}
	managers := g.SignInOnOwn(t, g.MustPerson(t, web.Manager))
	managers.Post(g.cards(), url.Values{"do": {"make"}})
	if r := g.ended(t, managers, g.cards()); r.Status != 303 || g.secretOf(t, "Dina") == before {
		t.Errorf("the manager: status %d\n%s", r.Status, r.Body)
	}
}

func TestWhoeverMayReadOthersGetsNoCardWithTheGroup(t *testing.T) {
	g := newGroup(t)
	g.carded(t, "Dina", "Yusuf")
	also := g.MustPerson(t, web.Facilitator)
	if _, err := g.App.NonconcurrentDB().Update("memberships", dbx.Params{"user": g.idOf(t, "Yusuf")}, dbx.HashExp{"user": also.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	before := g.secretOf(t, "Yusuf")
	g.his.Post(g.cards(), url.Values{"do": {"make"}})
	g.ended(t, g.his, g.cards())
	if g.secretOf(t, "Yusuf") != before {
		t.Error("a facilitator got a card")
	}
}

func TestNewCardsThatAreStoppedLeaveTheOldOnes(t *testing.T) {
	g := newGroup(t)
	g.carded(t, manyNames(120)...)
	before := g.count(t, "cards")
	g.his.Post(g.cards(), url.Values{"do": {"make"}})
	g.his.Post(g.cards(), url.Values{"do": {"stop"}})
	r := g.ended(t, g.his, g.cards())
	if n := g.count(t, "cards"); n != before || !strings.Contains(r.Body, "You stopped it") {
		t.Errorf("%d new cards\n%s", n-before, r.Body)
	}
}

func TestNoNewCardIsHalfMadeWhereOneFails(t *testing.T) {
	g := newGroup(t)
	g.carded(t, "Dina", "Yusuf", "Zoe")
	before := g.count(t, "cards")
	_, err := g.App.NonconcurrentDB().NewQuery("CREATE TRIGGER t BEFORE INSERT ON cards WHEN new.user = '" + g.idOf(t, "Yusuf") + "' BEGIN SELECT RAISE(ABORT, 'full'); END").Execute()
	if err != nil {
		t.Fatal(err)
	}
	g.his.Post(g.cards(), url.Values{"do": {"make"}})
	r := g.ended(t, g.his, g.cards())
	if n := g.count(t, "cards"); n != before || g.count(t, "cards WHERE ended = ''") != 3 || !strings.Contains(r.Body, "The cards from before still work") {
		t.Errorf("%d new cards\n%s", n-before, r.Body)
	}
}

func TestWhoeverWillReadOthersLaterGetsNoCardWithTheGroup(t *testing.T) {
	g := newGroup(t)
	g.carded(t, "Dina", "Yusuf")
	programme, _ := g.MustProgramme(t)
	g.MustJoin(t, people.Membership{User: g.idOf(t, "Yusuf"), Role: web.Lead, Programme: programme, Starts: g.Clock.Now().Add(48 * time.Hour)})
	if said := g.his.Get(g.cards()).Page(t).Find("main").Text(); strings.Contains(said, "Yusuf") || !strings.Contains(said, "Dina") {
		t.Errorf("a card is offered\n%s", said)
	}
	before := g.secretOf(t, "Yusuf")
	g.his.Post(g.cards(), url.Values{"do": {"make"}})
	g.ended(t, g.his, g.cards())
	if g.secretOf(t, "Yusuf") != before {
		t.Error("somebody whose work here begins later got a card")
	}
}
