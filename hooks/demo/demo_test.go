package demo_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/hooks/demo"
	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

func TestFillingADemoTwiceMakesNobodyTwice(t *testing.T) {
	site := hooktest.Start(t)
	var first, second demo.People
	keep := func(into *demo.People) []demo.Filler {
		return []demo.Filler{func(_ core.App, people demo.People) error { *into = people; return nil }}
	}
	if err := demo.Fill(site.App, site.House.SignIn, site.Clock.Now(), keep(&first)); err != nil {
		t.Fatal(err)
	}
	if err := demo.Fill(site.App, site.House.SignIn, site.Clock.Now(), keep(&second)); err != nil {
		t.Fatal(err)
	}
	for key, id := range first {
		if id == "" || second[key] != id {
			t.Errorf("%s was %q, is %q", key, id, second[key])
		}
	}
	if n, err := people.Count(site.App, 100); err != nil || n != len(first) {
		t.Errorf("%d people, want %d: %v", n, len(first), err)
	}
}

func TestAPasswordThatWasChangedInTheDemoIsTheOldOneAtTheNextStart(t *testing.T) {
	site := hooktest.Start(t)
	if err := demo.Fill(site.App, site.House.SignIn, site.Clock.Now(), nil); err != nil {
		t.Fatal(err)
	}
	user, err := site.App.FindFirstRecordByData("users", "username", "maple-48")
	if err != nil {
		t.Fatal(err)
	}
	user.SetPassword("another one for now")
	if err := site.App.Save(user); err != nil {
		t.Fatal(err)
	}
	if err := demo.Fill(site.App, site.House.SignIn, site.Clock.Now(), nil); err != nil {
		t.Fatal(err)
	}
	site.SignIn(t, hooktest.Person{Username: "maple-48", Password: "maple-three-warm-loaves"})
}

func TestACardThatWasReplacedOrLockedInTheDemoOpensAgainAtTheNextStart(t *testing.T) {
	site := hooktest.Start(t)
	fill := func() {
		t.Helper()
		if err := demo.Fill(site.App, site.House.SignIn, site.Clock.Now(), nil); err != nil {
			t.Fatal(err)
		}
		if err := demo.Announce(io.Discard, site.Dir, site.URL); err != nil {
			t.Fatal(err)
		}
	}
	for _, change := range []string{
		"",
		"UPDATE cards SET state = 'locked'",
		"UPDATE cards SET pin = 'another'",
		"UPDATE cards SET state = 'void', ended = '2026-01-01 00:00:00.000Z'",
		"DELETE FROM cards",
	} {
		fill()
		if change != "" {
			if _, err := site.App.DB().NewQuery(change).Execute(); err != nil {
				t.Fatal(err)
			}
			fill()
		}
		for _, p := range learnersOf(t, site) {
			browser := site.Guest(t)
			browser.Get(strings.TrimPrefix(p.CardURL, site.URL))
			if r := browser.Post("/sign-in/card", url.Values{"pin": {p.PIN}}); r.Location != "/" {
				t.Errorf("%q, %s: status %d to %q", change, p.CardURL, r.Status, r.Location)
			}
		}
	}
}

type holder struct {
	Role    string
	CardURL string `json:"card_url"`
	PIN     string
}

func learnersOf(t *testing.T, site *hooktest.Site) (learners []holder) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(site.Dir, "demo.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []holder
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if p.Role == "learner" {
			learners = append(learners, p)
		}
	}
	if len(learners) != 3 || !strings.HasPrefix(learners[0].CardURL, site.URL+"/sign-in/card/") {
		t.Fatalf("%+v", learners)
	}
	return learners
}

func TestADemoRefusesRealPeopleAndWritesNothing(t *testing.T) {
	site := hooktest.Start(t)
	site.MustPerson(t, web.Learner)
	if err := demo.Fill(site.App, site.House.SignIn, site.Clock.Now(), nil); !errors.Is(err, demo.ErrRealPeople) {
		t.Errorf("%v", err)
	}
	if n, _ := people.Count(site.App, 100); n != 1 {
		t.Errorf("%d people", n)
	}
	if _, err := os.Stat(filepath.Join(site.Dir, "demo.json")); !errors.Is(err, os.ErrNotExist) {
		t.Error("demo.json was written")
	}
}

func TestAFillerThatFailsSaysSo(t *testing.T) {
	site := hooktest.Start(t)
	broken := errors.New("broken")
	err := demo.Fill(site.App, site.House.SignIn, site.Clock.Now(), []demo.Filler{func(core.App, demo.People) error { return broken }})
	if !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}
