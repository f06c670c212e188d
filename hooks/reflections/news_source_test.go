package reflections_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// waits is what the daily mail would say to somebody: "stuck 1, tasks 2".
func (c *circle) waits(t *testing.T, p hooktest.Person) string {
	t.Helper()
	var said []string
	for _, source := range c.House.Reflections.News() {
		counts, err := source.Waiting(t.Context(), c.Clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range counts {
			if one.Person == p.ID {
				said = append(said, fmt.Sprintf("%s %d", one.Kind, one.Count))
			}
		}
	}
	slices.Sort(said)
	return strings.Join(said, ", ")
}

// wait reports whoever is told something else than is wanted. Whoever is not named is
// to be told nothing.
func (c *circle) wait(t *testing.T, when string, wanted map[string]string) {
	t.Helper()
	all := map[string]hooktest.Person{"Maple": c.maple, "Tom": c.tom, "Mia": c.mia, "Lea": c.lea, "Anna": c.anna}
	for name, p := range all {
		if got := c.waits(t, p); got != wanted[name] {
			t.Errorf("%s: %s has %q, want %q", when, name, got, wanted[name])
		}
	}
}

func (c *circle) ends(t *testing.T, table string, p hooktest.Person) {
	t.Helper()
	column := map[string]string{"memberships": "user", "assignments": "worker"}[table]
	c.execute(t, "UPDATE "+table+" SET ends = {:now} WHERE "+column+" = {:id}", dbx.Params{"now": people.Before(c.Clock.Now().Add(-time.Minute)), "id": p.ID})
}

func TestTheDailyMailCountsWhoIsStuckForThoseWhoWalkBesideThem(t *testing.T) {
	c := newCircle(t)
	b := c.SignIn(t, c.maple)
	c.stuckOn(t, b, "")
	c.wait(t, "asked", map[string]string{"Tom": "stuck 1", "Mia": "stuck 1"})
	c.execute(t, "UPDATE memberships SET paused = {:now} WHERE user = {:id}", dbx.Params{"now": people.Before(c.Clock.Now()), "id": c.maple.ID})
	c.wait(t, "with a break, as in their queues", map[string]string{"Tom": "stuck 1", "Mia": "stuck 1"})
	c.ends(t, "assignments", c.mia)
	c.wait(t, "no mentor any more", map[string]string{"Tom": "stuck 1"})
	c.ends(t, "memberships", c.tom)
	c.wait(t, "nobody there any more", nil)
}

func TestTheDailyMailSaysNothingOfWhoIsStuckOnceTheyAreNoLearnerOrWereHelped(t *testing.T) {
	c := newCircle(t)
	b := c.SignIn(t, c.maple)
	c.stuckOn(t, b, "")
	if err := c.House.Reflections.Settle(t.Context(), c.viewer(t, c.mia), c.one(t, "SELECT id FROM calls", nil)); err != nil {
		t.Fatal(err)
	}
	c.wait(t, "helped", nil)
	c.stuckOn(t, b, "")
	c.ends(t, "memberships", c.maple)
	c.wait(t, "left", nil)
}

func TestTheDailyMailCountsWhoNeedsHelpNowForThoseWhoWereToldWhileNobodyIsOnIt(t *testing.T) {
	c := newCircle(t)
	c.onCall(t, c.lea)
	askNow(t, c.SignIn(t, c.maple))
	c.wait(t, "asked", map[string]string{"Lea": "now 1"})
	lea := c.SignIn(t, c.lea)
	lea.Post("/calls/"+c.one(t, "SELECT id FROM calls", nil)+"/on-it", nil)
	c.wait(t, "taken", nil)
	lea.Post("/calls/"+c.one(t, "SELECT id FROM calls", nil)+"/let-go", nil)
	c.wait(t, "let go", map[string]string{"Lea": "now 1"})
	c.ends(t, "memberships", c.lea)
	c.wait(t, "left", nil)
}

func TestTheDailyMailCountsWishesForManagersAsATaskAndNotForWhomOneIsAbout(t *testing.T) {
	c := newCircle(t)
	c.join(t, c.tom, web.Manager)
	far := c.named(t, "Far")
	c.MustJoin(t, people.Membership{User: far.ID, Role: web.Manager, Programme: c.elsewhere(t)})
	site := c.MustSiteManager(t)
	maple := c.SignIn(t, c.maple)
	assignment := c.one(t, "SELECT id FROM assignments WHERE worker = {:tom}", dbx.Params{"tom": c.tom.ID})
	if r := maple.Post("/me/calls/else", map[string][]string{"do": {"ask"}, "who": {assignment}}); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	c.wait(t, "asked", map[string]string{"Anna": "tasks 1"})
	if c.waits(t, far) != "" || c.waits(t, site) != "" {
		t.Error("a manager of another programme or of the site is told")
	}
	c.ends(t, "assignments", c.tom)
	c.wait(t, "come true", nil)
}

func TestTheDailyMailCountsConcernsForLeadsAsATaskAndNotForWhomOneNames(t *testing.T) {
	c := newCircle(t)
	leo := c.named(t, "Leo", web.Lead)
	tom := c.SignIn(t, c.tom)
	form := c.saying(t, tom, c.maple)
	form.Set("staff", c.programme+":"+c.lea.ID)
	c.drafted(t, tom, c.saying(t, tom, c.maple))
	c.wait(t, "a draft", nil)
	at := c.raised(t, tom, form)
	c.wait(t, "one that names Lea", nil)
	if got := c.waits(t, leo); got != "tasks 1" {
		t.Errorf("the other lead has %q", got)
	}
	leos := c.SignIn(t, leo)
	do := func(do, review string) {
		t.Helper()
		form := doing(do, "because")
		form.Set("what", "act")
		form.Set("review", review)
		if r := leos.Post(at+"/acts", form); r.Status != 303 {
			t.Fatalf("%s: status %d", do, r.Status)
		}
	}
	do("acknowledged", "")
	do("decided", c.Clock.Now().AddDate(0, 0, 7).Format(time.DateOnly))
	if got := c.waits(t, leo); got != "" {
		t.Errorf("to be looked at in a week, he has %q", got)
	}
	c.Clock.Pass(8 * 24 * time.Hour)
	if got := c.waits(t, leo); got != "tasks 1" {
		t.Errorf("that day he has %q", got)
	}
	c.execute(t, "UPDATE concerns SET staff = ''", nil) // by hand
	if c.waits(t, leo) != "" || c.waits(t, c.lea) != "" {
		t.Error("one that was changed by hand is counted")
	}
}

func TestWithoutTheKeyTheDailyMailCountsNoConcern(t *testing.T) {
	c := newCircle(t)
	c.raisedByTom(t)
	c.wait(t, "raised", map[string]string{"Lea": "tasks 1"})
	keys := c.Dir + ".keys"
	if err := os.Rename(keys, keys+".away"); err != nil {
		t.Fatal(err)
	}
	later := *c
	later.room = &room{Site: c.AfterPowerCut(t)}
	if got := later.waits(t, c.lea); got != "" {
		t.Errorf("she has %q", got)
	}
}
