package signin_test

import (
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"

	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/crypto/bcrypt"
)

// slowHashes makes a comparison long enough to be told from everything else, on
// whatever machine and however this test was built.
func slowHashes(s *hooktest.Setup) {
	s.Before = func(app core.App) {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			panic(err)
		}
		users.Fields.GetByName(core.FieldNamePassword).(*core.PasswordField).Cost = costOf(20 * time.Millisecond)
		if err := app.Save(users); err != nil {
			panic(err)
		}
	}
}

func costOf(long time.Duration) int {
	for cost := bcrypt.MinCost; ; cost++ {
		start := time.Now()
		if _, err := bcrypt.GenerateFromPassword([]byte("three warm loaves"), cost); err != nil {
			panic(err)
		}
		if time.Since(start) >= long {
			return cost
		}
	}
}

// How long an answer takes tells nobody whether there is such an account, such a
// card or such a code. Known and unknown take turns, each first as often as the
// other, so that what else the machine does falls on both; and nothing is
// measured but which of the two is longer, so that it need not be quiet. Where
// both are alike, a run of all five calls one of them different less than once in
// 10,000 times.
func TestItTakesAsLongWhetherThereIsSomebodyOrNot(t *testing.T) {
	if testing.Short() {
		t.Skip("in full without the race detector: make full")
	}
	c := startClass(t, slowHashes)
	c.choose(t, c.card, ownPIN)
	c.SignIn(t, c.staff).Post(c.address("/code"), url.Values{})
	ways := map[string][2]func(browser *hooktest.Browser) int{
		"a password":                    eachWay(c, "/sign-in", url.Values{"password": {"three cold loaves"}}),
		"a typed card, all of it wrong": eachWay(c, "/sign-in/words", url.Values{"words": {"apple basket candle"}, "pin": {"918273"}}),
		"a typed card, its PIN wrong":   eachWay(c, "/sign-in/words", url.Values{"words": {c.card.words}, "pin": {"918273"}}),
		"a code":                        eachWay(c, "/sign-in/code", url.Values{"code": {"12345678"}}),
		"the link of a card": {
			func(b *hooktest.Browser) int { return byLink(b, c.card.link) },
			func(b *hooktest.Browser) int { return byLink(b, "/sign-in/card/"+strings.Repeat("B", 43)) },
		},
	}
	for name, way := range ways {
		known, unknown := inTurns(t, c, way)
		z := rankZ(known, unknown)
		t.Logf("%s: %.1f standard deviations", name, z)
		if math.Abs(z) > tooFar {
			t.Errorf("%s: known and unknown are told apart, by %.1f standard deviations: medians %v and %v", name, z, median(known), median(unknown))
		}
	}
}

// tooFar is how many standard deviations chance alone reaches, to either side,
// once in 70,000 times: for five ways, once in 14,000 runs.
const tooFar = 4.34

// eachWay sends a form with a username that is there, and with one that is not.
func eachWay(c *class, path string, form url.Values) [2]func(*hooktest.Browser) int {
	with := func(who string) func(*hooktest.Browser) int {
		return func(b *hooktest.Browser) int {
			form.Set("who", who)
			return b.Post(path, form).Status
		}
	}
	return [2]func(*hooktest.Browser) int{with(c.learner.Username), with("nobody-" + c.learner.Username)}
}

func byLink(b *hooktest.Browser, link string) int {
	b.Get(link)
	return b.Post("/sign-in/card", url.Values{"pin": {"918273"}}).Status
}

// turns is how often each of the two is timed: a difference in nearly every pair
// is then far beyond tooFar (7.7 where all of one are longer than all of the other).
const turns = 40

// inTurns gives how long both take.
func inTurns(t *testing.T, c *class, way [2]func(*hooktest.Browser) int) (known, unknown []time.Duration) {
	t.Helper()
	var took [2][]time.Duration
	for turn := range turns {
		for i := range way {
			which := (turn + i) % 2
			took[which] = append(took[which], once(t, c, way[which]))
		}
	}
	return took[0], took[1]
}

// once times one try, by somebody who has tried nothing lately.
func once(t *testing.T, c *class, try func(*hooktest.Browser) int) time.Duration {
	t.Helper()
	set(t, c.App, "UPDATE cards SET wrong = 0, state = 'active'")
	set(t, c.App, "UPDATE codes SET expires = '2090-01-01 00:00:00.000Z'")
	c.Clock.Pass(16 * time.Minute)
	browser := c.Guest(t)
	browser.Get("/sign-in/code") // the connection is there before the clock starts
	start := time.Now()
	if status := try(browser); status != 422 {
		t.Fatalf("status %d", status)
	}
	return time.Since(start)
}

// rankZ is the test of Mann and Whitney ("On a Test of Whether one of Two Random
// Variables is Stochastically Larger than the Other", 1947): U counts the pairs in
// which a value of a is longer than one of b. Where a and b come from the same
// source it is as good as normal, about half of the pairs with the variance below,
// and what comes back is how many standard deviations U is off.
func rankZ(a, b []time.Duration) float64 {
	var u float64
	for _, x := range a {
		for _, y := range b {
			switch {
			case x > y:
				u++
			case x == y:
				u += 0.5
			}
		}
	}
	n, m := float64(len(a)), float64(len(b))
	return (u - n*m/2) / math.Sqrt(n*m*(n+m+1)/12)
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}
