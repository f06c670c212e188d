package signin_test

import (
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
// card or such a code. Known and unknown take turns, so that what else the
// machine does falls on both, and their medians are compared: without the
// comparison for nobody's sake one of them is several times the other.
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
		for range 5 { // a machine under load is asked again
			if alike(known, unknown) {
				break
			}
			known, unknown = inTurns(t, c, way)
		}
		if !alike(known, unknown) {
			t.Errorf("%s: known takes %v, unknown %v", name, known, unknown)
		}
	}
}

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

// inTurns gives the medians of both.
func inTurns(t *testing.T, c *class, way [2]func(*hooktest.Browser) int) (known, unknown time.Duration) {
	t.Helper()
	var took [2][]time.Duration
	for range 11 {
		for i, try := range way {
			set(t, c.App, "UPDATE cards SET wrong = 0, state = 'active'")
			set(t, c.App, "UPDATE codes SET expires = '2090-01-01 00:00:00.000Z'")
			c.Clock.Pass(16 * time.Minute)
			browser := c.Guest(t)
			browser.Get("/sign-in/code") // the connection is there before the clock starts
			start := time.Now()
			if status := try(browser); status != 422 {
				t.Fatalf("status %d", status)
			}
			took[i] = append(took[i], time.Since(start))
		}
	}
	return median(took[0]), median(took[1])
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

func alike(a, b time.Duration) bool {
	return max(a, b) < min(a, b)*7/5
}
