package reflections_test

import (
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// away makes somebody be away in the circle's programme, today.
func (c *circle) away(t *testing.T, p hooktest.Person) {
	t.Helper()
	now := c.Clock.Now()
	c.execute(t, `INSERT INTO absences (id, worker, programme, cover, starts, ends, created, updated)
		VALUES ({:id}, {:worker}, {:programme}, '', {:from}, {:until}, {:from}, {:from})`,
		dbx.Params{"id": p.ID, "worker": p.ID, "programme": c.programme, "from": people.Before(now.Add(-24 * time.Hour)), "until": people.Before(now.Add(24 * time.Hour))})
}

// flagged are the names of those who were told that a learner needs help now.
func (c *circle) flagged(t *testing.T) string {
	t.Helper()
	return c.one(t, "SELECT GROUP_CONCAT(name, ' ' ORDER BY name) FROM calls k JOIN users u ON u.id = k.worker", nil)
}

func TestNowGoesToTheMentorWhileTheFacilitatorIsAway(t *testing.T) {
	c := newCircle(t)
	c.away(t, c.tom)
	askNow(t, c.SignIn(t, c.maple))
	if got := c.flagged(t); got != "Mia" {
		t.Errorf("told: %s", got)
	}
}

func TestNowGoesPastWhoeverIsOnCallAndAway(t *testing.T) {
	c := newCircle(t)
	c.onCall(t, c.lea)
	c.away(t, c.lea)
	askNow(t, c.SignIn(t, c.maple))
	if got := c.flagged(t); got != "Tom" {
		t.Errorf("told: %s", got)
	}
}

func TestNowWithEverybodyAwayGoesToAllAndSaysThatTheyAreAway(t *testing.T) {
	c := newCircle(t)
	c.onCall(t, c.lea)
	for _, p := range only(c.lea, c.tom, c.mia) {
		c.away(t, p)
	}
	maple := c.SignIn(t, c.maple)
	askNow(t, maple)
	if got := c.flagged(t); got != "Lea Mia Tom" {
		t.Errorf("told: %s", got)
	}
	if page := shows(t, maple, "/me/calls"); strings.Count(page, "is away until") != 3 {
		t.Errorf("the learner reads\n%s", page)
	}
}

// Two of those beside her are called the same, and both are away.
func TestWhoCoversForOneSamDoesNotCoverForTheOther(t *testing.T) {
	c := newCircle(t)
	sara := c.named(t, "Sara", web.Facilitator)
	var cover string
	for _, sam := range []hooktest.Person{c.named(t, "Sam", web.Facilitator), c.named(t, "Sam", web.Facilitator)} {
		c.assign(t, c.maple, sam, web.Facilitator)
		c.away(t, sam)
		cover = sam.ID
	}
	c.execute(t, "UPDATE absences SET cover = {:sara} WHERE worker = {:sam}", dbx.Params{"sara": sara.ID, "sam": cover})
	away, err := people.AwayOf(t.Context(), c.App, c.maple.ID, c.Clock.Now())
	if err != nil || len(away) != 2 || len(away[0].Covers)+len(away[1].Covers) != 1 {
		t.Errorf("%+v, %v", away, err)
	}
}
