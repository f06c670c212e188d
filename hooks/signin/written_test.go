package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

const diary = "/courses/diary/days/write"

// withPages gives the class a step with three places to write in.
func (c *class) withPages(t *testing.T) *class {
	t.Helper()
	c.Publish(t, "diary", map[string]string{
		"course.md":  "---\ntitle: Diary\nlanguage: en\n---\nAbout.\n",
		"01-days.md": "# Days\n\n## Write\n\n:::reflection[One?]{#one}\n:::\n\n:::reflection[Two?]{#two}\n:::\n\n:::reflection[Three?]{#three}\n:::\n",
	})
	return c
}

// write keeps words, only for their writer, in one of the places.
func write(t *testing.T, b *hooktest.Browser, place, words string) {
	t.Helper()
	form := valuesOf(b.Get(diary).Page(t).Find("form#step"))
	form.Set("a."+place, words)
	form.Set("do", "save")
	if r := b.Post(diary, form); r.Status != http.StatusSeeOther {
		t.Fatalf("write %q: status %d\n%s", words, r.Status, saysOf(t, r))
	}
	if !reads(b, words) {
		t.Fatalf("%q does not show to who wrote it", words)
	}
}

func reads(b *hooktest.Browser, words string) bool { return strings.Contains(b.Get(diary).Body, words) }

// withoutCard is a class whose learner has no card yet.
func withoutCard(t *testing.T) *class {
	t.Helper()
	site := hooktest.Start(t)
	c := &class{Site: site, staff: site.MustPerson(t, web.Facilitator), learner: newLearner(t, site)}
	assign(t, site, c.learner, c.staff)
	return c.withPages(t)
}

func TestAFirstCardThatStaffKeptOpensNothingThatTheLearnerWroteWithCodes(t *testing.T) {
	c := startClass(t).withPages(t)
	room := c.inTheRoom(t)
	write(t, room, "one", "in the room")
	c.Clock.Pass(time.Minute)
	kept := c.choose(t, c.card, staffPIN) // by the facilitator, who never handed it over
	if reads(kept, "in the room") || !asksToOpen(t, kept) {
		t.Fatal("whoever made the card reads it")
	}
	if isIn(room) {
		t.Error("the session of the code goes on, as with no other new way in")
	}
	if r := openWithPIN(kept, staffPIN); r.Status != http.StatusUnprocessableEntity || !c.textsAreClosed(t) {
		t.Errorf("the PIN that was chosen on it: status %d", r.Status)
	}
	if r := c.SignIn(t, c.staff).Post(c.address("/open"), url.Values{}); r.Status != http.StatusForbidden || !c.textsAreClosed(t) {
		t.Errorf("whoever made the card: status %d", r.Status)
	}
	if r := c.SignIn(t, c.somebodyElse(t)).Post(c.address("/open"), url.Values{}); r.Status != http.StatusSeeOther || c.textsAreClosed(t) {
		t.Errorf("a second person: status %d", r.Status)
	}
}

func TestTheFirstUseOfAFirstCardClosesNothingWhereNothingWasWritten(t *testing.T) {
	for name, first := range map[string]func(*testing.T, *class){
		"nobody was here before":               func(t *testing.T, c *class) { c.card = c.giveCard(t) },
		"with a code after the card was made":  func(t *testing.T, c *class) { c.card = c.giveCard(t); c.inTheRoom(t) },
		"with a code before the card was made": func(t *testing.T, c *class) { c.inTheRoom(t); c.card = c.giveCard(t) },
	} {
		t.Run(name, func(t *testing.T) {
			c := withoutCard(t)
			first(t, c)
			c.Clock.Pass(time.Minute)
			learner := c.choose(t, c.card, ownPIN)
			if c.textsAreClosed(t) || asksToOpen(t, learner) {
				t.Error("they are asked to open what is not there")
			}
			if n := tally(t, c.App, "SELECT COUNT(*) FROM audit WHERE kind = 'texts-closed'"); n != 0 {
				t.Errorf("%d times their text was closed", n)
			}
		})
	}
}

func TestWhatWasWrittenWithACodeBeforeTheFirstCardIsClosedOnce(t *testing.T) {
	c := withoutCard(t)
	write(t, c.inTheRoom(t), "one", "in the room")
	c.Clock.Pass(time.Minute)
	card := c.giveCard(t)
	if !c.textsAreClosed(t) {
		t.Fatal("it is open for whoever has the printed PIN")
	}
	if r := c.SignIn(t, c.somebodyElse(t)).Post(c.address("/open"), url.Values{}); r.Status != http.StatusSeeOther {
		t.Fatalf("a second person: status %d", r.Status)
	}
	if learner := c.choose(t, card, ownPIN); asksToOpen(t, learner) || !reads(learner, "in the room") {
		t.Error("what was opened for the card is closed again by its first use")
	}
}
