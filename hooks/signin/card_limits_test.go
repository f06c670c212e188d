package signin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/hooks/hooktest"
)

// behindProxy is a class whose browsers speak through a proxy that ends TLS. The
// test itself speaks plain HTTP to it, so it carries the secure cookies by hand.
func behindProxy(s *hooktest.Setup) { s.BehindProxy = true }

// guess tries one PIN on a card from an address.
func guess(browser *hooktest.Browser, card *paper, address, pin string) hooktest.Response {
	request := browser.Request(http.MethodPost, "/sign-in/card", url.Values{"pin": {pin}})
	request.Header.Set("X-Forwarded-For", address)
	request.Header.Set("Accept-Encoding", "identity")
	request.AddCookie(&http.Cookie{Name: "__Host-card", Value: card.link[strings.LastIndex(card.link, "/")+1:]})
	return browser.Do(request)
}

// Somebody has the card, and ten thousand guesses from a hundred addresses for
// its PIN. They wait as long as they are told to, and longer. The right PIN is
// the very last of them, so that whatever looks at all of them lets them in.
func TestTenThousandGuessesFromAHundredAddressesDoNotFindAPIN(t *testing.T) {
	if testing.Short() {
		t.Skip("in full without the race detector: make full")
	}
	c := startClass(t, behindProxy)
	card := choosePIN(t, c, c.card, ownPIN)
	looked := 0
	for round := range 100 {
		looked += c.guessFromEverywhere(t, card, round)
		c.Clock.Pass(16 * time.Minute)
	}
	if looked < 10 || looked > 1000 {
		t.Errorf("%d guesses were looked at", looked)
	}
	if state := c.state(t); state.State != "locked" {
		t.Fatalf("the card is %s", state.State)
	}
	if r := guess(c.Guest(t), card, "198.51.100.7", ownPIN); r.Status == 303 {
		t.Fatal("a locked card opens")
	}

	// Somebody who works here helps: the card is unlocked, or they get another.
	staff := throughProxy(t, c)
	staff.post(c.address("/card/unlock"), url.Values{})
	if r := guess(c.Guest(t), card, "198.51.100.7", ownPIN); r.Location != "/" {
		t.Errorf("after it was unlocked: status %d to %q", r.Status, r.Location)
	}
	r := staff.follow(staff.post(c.address("/card"), url.Values{}))
	fresh := &paper{link: linkOf(t, r.Page(t).Find(".card .qr path").AttrOr("d", "")), pin: strings.TrimSpace(r.Page(t).Find(".pin").Text())}
	if r := guess(c.Guest(t), fresh, "198.51.100.7", fresh.pin); r.Location != "/sign-in/pin" {
		t.Errorf("with a new card: status %d to %q", r.Status, r.Location)
	}
}

// guessFromEverywhere is one guess from each of a hundred addresses at the same
// moment, and how many of them were looked at.
func (c *class) guessFromEverywhere(t *testing.T, card *paper, round int) (looked int) {
	t.Helper()
	var all sync.WaitGroup
	answers := make([]hooktest.Response, 100)
	for i := range answers {
		pin := fmt.Sprintf("%06d", 300_000+100*round+i)
		if round == 99 && i == 99 {
			pin = ownPIN
		}
		all.Go(func() { answers[i] = guess(c.Guest(t), card, fmt.Sprintf("203.0.113.%d", i), pin) })
	}
	all.Wait()
	for i, r := range answers {
		switch r.Status {
		case http.StatusUnprocessableEntity:
			looked++
		case http.StatusTooManyRequests:
		default:
			t.Fatalf("round %d, guess %d: status %d to %q", round, i, r.Status, r.Location)
		}
	}
	return looked
}

// choosePIN makes the printed PIN their own, without a browser.
func choosePIN(t *testing.T, c *class, card *paper, pin string) *paper {
	t.Helper()
	browser := c.Guest(t)
	r := guess(browser, card, "198.51.100.7", card.pin)
	request := browser.Request(http.MethodPost, "/sign-in/pin", url.Values{"pin": {pin}, "again": {pin}})
	for _, cookie := range (&http.Response{Header: r.Header}).Cookies() {
		request.AddCookie(&http.Cookie{Name: cookie.Name, Value: cookie.Value})
	}
	if r := browser.Do(request); r.Location != "/" {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	return card
}

// A proxied browser carries its session by hand: a jar keeps no secure cookie of
// plain HTTP.
type proxied struct {
	*hooktest.Browser
	session *http.Cookie
}

func throughProxy(t *testing.T, c *class) *proxied {
	t.Helper()
	browser := c.Guest(t)
	r := browser.Post("/sign-in", url.Values{"who": {c.staff.Username}, "password": {c.staff.Password}})
	if r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	for _, cookie := range (&http.Response{Header: r.Header}).Cookies() {
		if cookie.Name == "__Host-session" {
			return &proxied{browser, &http.Cookie{Name: cookie.Name, Value: cookie.Value}}
		}
	}
	t.Fatal("no session")
	return nil
}

func (p *proxied) post(path string, form url.Values) hooktest.Response {
	request := p.Request(http.MethodPost, path, form)
	request.AddCookie(p.session)
	return p.Do(request)
}

func (p *proxied) follow(r hooktest.Response) hooktest.Response {
	request := p.Request(http.MethodGet, r.Location, nil)
	request.AddCookie(p.session)
	return p.Do(request)
}

func TestWrongPINsAreCountedAcrossRestartsAndQuietDays(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	wrong := func(site *hooktest.Site, times int) {
		for range times {
			browser := site.Guest(t)
			browser.Get(c.card.link)
			if r := browser.Post("/sign-in/card", url.Values{"pin": {"918273"}}); r.Status != 422 {
				t.Fatalf("status %d", r.Status)
			}
			c.Clock.Pass(24 * time.Hour)
		}
	}
	wrong(c.Site, 5)
	again := c.AfterPowerCut(t)
	wrong(again, 4)
	if state, err := again.House.SignIn.CardOf(t.Context(), c.learner.ID); err != nil || state.State != "active" {
		t.Fatalf("after nine: %+v, %v", state, err)
	}
	wrong(again, 1)
	if state, err := again.House.SignIn.CardOf(t.Context(), c.learner.ID); err != nil || state.State != "locked" {
		t.Errorf("after ten: %+v, %v", state, err)
	}
}

func TestARightPINForgivesTheWrongOnes(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	for range 5 {
		for range 4 {
			browser := c.Guest(t)
			browser.Get(c.card.link)
			browser.Post("/sign-in/card", url.Values{"pin": {"918273"}})
		}
		c.enter(t, c.card, ownPIN)
	}
	if state := c.state(t); state.State != "active" {
		t.Errorf("the card is %s", state.State)
	}
}

// Usernames can be guessed. Whoever does not have the card cannot lock it.
func TestNobodyLocksACardWhoseWordsTheyDoNotKnow(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	try := func(words, pin string) int {
		c.Clock.Pass(16 * time.Minute)
		return c.Guest(t).Post("/sign-in/words", url.Values{"who": {c.card.username}, "words": {words}, "pin": {pin}}).Status
	}
	for range 15 {
		try("apple basket candle", ownPIN)
	}
	if state := c.state(t); state.State != "active" {
		t.Errorf("without the words: the card is %s", state.State)
	}
	for range 10 {
		try(c.card.words, "918273")
	}
	if state := c.state(t); state.State != "locked" {
		t.Errorf("with the words: the card is %s", state.State)
	}
	if status := try(c.card.words, ownPIN); status != 422 {
		t.Errorf("a locked card, typed: status %d", status)
	}
}

func TestACardThatIsNotThereIsClosedAsLongAsOneThatIs(t *testing.T) {
	c := startClass(t)
	unknown := "/sign-in/card/" + strings.Repeat("B", 43)
	var told [2][]int
	for range 30 {
		for i, link := range []string{c.card.link, unknown} {
			browser := c.Guest(t)
			browser.Get(link)
			r := browser.Post("/sign-in/card", url.Values{"pin": {"918273"}})
			told[i] = append(told[i], r.Status)
			if r.Status == 429 {
				told[i] = append(told[i], len(r.Body))
			}
		}
		c.Clock.Pass(2 * time.Minute)
	}
	if !slices.Equal(told[0], told[1]) {
		t.Errorf("a card that is there:  %v\na card that is not: %v", told[0], told[1])
	}
}

// Thirty people with their cards in one room, behind one address, within the same
// minute, and some of them mistype.
func TestAClassSignsInWithCardsAtOnce(t *testing.T) {
	c := startClass(t)
	staff := c.SignInOnOwn(t, c.staff)
	links := make([]*paper, 30)
	for i := range links {
		learner := newLearner(t, c.Site)
		assign(t, c.Site, learner, c.staff)
		links[i] = cardBy(t, staff, learner)
	}
	var room sync.WaitGroup
	failed := make(chan string, len(links))
	for i, card := range links {
		room.Go(func() {
			browser := c.Guest(t)
			browser.Get(card.link)
			for range i % 3 { // none, one or two typing mistakes
				browser.Post("/sign-in/card", url.Values{"pin": {"918273"}})
			}
			r := browser.Post("/sign-in/card", url.Values{"pin": {card.pin}})
			if r.Location == "/sign-in/pin" {
				r = browser.Post("/sign-in/pin", url.Values{"pin": {ownPIN}, "again": {ownPIN}})
			}
			if r.Location != "/" {
				failed <- fmt.Sprintf("learner %d: status %d to %q", i, r.Status, r.Location)
			}
			c.Clock.Pass(time.Second)
		})
	}
	room.Wait()
	close(failed)
	for one := range failed {
		t.Error(one)
	}
}
