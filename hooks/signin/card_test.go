package signin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/signin"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// A class is a learner without a password, and who walks beside them.
type class struct {
	*hooktest.Site
	learner hooktest.Person
	staff   hooktest.Person
	card    *paper
}

// A paper is what is on a card.
type paper struct{ link, username, words, pin string }

const ownPIN = "408213"

// startClass gives a learner a card, as a facilitator does.
func startClass(t *testing.T, change ...func(*hooktest.Setup)) *class {
	t.Helper()
	site := hooktest.Start(t, change...)
	c := &class{Site: site, staff: site.MustPerson(t, web.Facilitator), learner: newLearner(t, site)}
	assign(t, site, c.learner, c.staff)
	c.card = c.giveCard(t)
	return c
}

func newLearner(t testing.TB, site *hooktest.Site) hooktest.Person {
	t.Helper()
	username, err := people.NewUsername(site.App)
	if err != nil {
		t.Fatal(err)
	}
	id, err := people.Create(site.App, people.Person{Username: username, Name: "Dina"}, "")
	if err != nil {
		t.Fatal(err)
	}
	programme, cohort := site.MustProgramme(t)
	site.MustJoin(t, people.Membership{User: id, Role: web.Learner, Programme: programme, Cohort: cohort})
	return hooktest.Person{ID: id, Username: username}
}

func assign(t testing.TB, site *hooktest.Site, learner, staff hooktest.Person) {
	t.Helper()
	programme, _ := site.MustProgramme(t)
	err := people.Assign(site.App, people.Assignment{
		Learner: learner.ID, Worker: staff.ID, Role: web.Facilitator, Programme: programme, Starts: site.Clock.Now().Add(-time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (c *class) address(rest string) string { return "/facilitate/learners/" + c.learner.ID + rest }

// giveCard presses "make a card", and reads what is printed.
func (c *class) giveCard(t testing.TB) *paper {
	t.Helper()
	return cardBy(t, c.SignIn(t, c.staff), c.learner)
}

func cardBy(t testing.TB, staff *hooktest.Browser, learner hooktest.Person) *paper {
	t.Helper()
	r := staff.Follow(staff.Post("/facilitate/learners/"+learner.ID+"/card", url.Values{}))
	if r.Status != 200 {
		t.Fatalf("the card to print: status %d\n%s", r.Status, r.Body)
	}
	page := r.Page(t)
	card := &paper{}
	for i, into := range []*string{&card.username, &card.words, &card.pin} {
		*into = strings.TrimSpace(page.Find(".card dd").Eq(i).Text())
	}
	card.link = linkOf(t, page.Find(".card .qr path").AttrOr("d", ""))
	return card
}

// enter signs in by the link, and on the first time chooses a PIN.
func (c *class) enter(t *testing.T, card *paper, pin string) *hooktest.Browser {
	t.Helper()
	browser := c.Guest(t)
	browser.Follow(browser.Get(card.link))
	if r := browser.Post("/sign-in/card", url.Values{"pin": {pin}}); r.Status != 303 || r.Location != "/" {
		t.Fatalf("status %d to %q\n%s", r.Status, r.Location, r.Body)
	}
	return browser
}

// choose signs in with the printed PIN and chooses another.
func (c *class) choose(t *testing.T, card *paper, pin string) *hooktest.Browser {
	t.Helper()
	browser := c.Guest(t)
	browser.Get(card.link)
	if r := browser.Post("/sign-in/card", url.Values{"pin": {card.pin}}); r.Location != "/sign-in/pin" {
		t.Fatalf("status %d to %q\n%s", r.Status, r.Location, r.Body)
	}
	if r := browser.Post("/sign-in/pin", url.Values{"pin": {pin}, "again": {pin}}); r.Status != 303 || r.Location != "/" {
		t.Fatalf("status %d to %q\n%s", r.Status, r.Location, r.Body)
	}
	return browser
}

func TestTheLinkOfACardChangesNothingAndLeadsToAnAddressWithoutTheSecret(t *testing.T) {
	c := startClass(t)
	before := rowsOf(t, c.App)
	for range 20 {
		browser := c.Guest(t)
		r := browser.Get(c.card.link)
		if r.Status != 303 || r.Location != "/sign-in/card" {
			t.Fatalf("status %d to %q", r.Status, r.Location)
		}
		if secret := c.card.link[strings.LastIndex(c.card.link, "/")+1:]; strings.Contains(browser.Follow(r).Body, secret) {
			t.Error("the secret is on the page")
		}
	}
	if after := rowsOf(t, c.App); after != before {
		t.Errorf("rows changed:\n%s\n%s", before, after)
	}
	c.choose(t, c.card, ownPIN)
}

// rowsOf is how much there is in each table of this room, and in the record.
func rowsOf(t *testing.T, app core.App) (rows string) {
	t.Helper()
	err := app.DB().NewQuery(`SELECT (SELECT COUNT(*) FROM sessions) || ' ' || (SELECT COUNT(*) FROM audit) || ' ' || (SELECT COUNT(*) FROM kept_posts)
		|| ' ' || COALESCE((SELECT group_concat(id || wrong || state || used || updated) FROM cards), '') FROM (SELECT 1)`).Row(&rows)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTheCookieOfACardLastsTenMinutesAndComesAlongFromACamera(t *testing.T) {
	c := startClass(t, func(s *hooktest.Setup) { s.BehindProxy = true })
	r := c.Guest(t).Get("/sign-in/card/abc")
	if got := r.Header.Get("Set-Cookie"); got != "__Host-card=abc; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Lax" {
		t.Errorf("cookie %s", got)
	}
}

func TestAnySecretLooksTheSameUntilItsPINIsTyped(t *testing.T) {
	c := startClass(t)
	var pages, refusals []string
	for _, link := range []string{c.card.link, "/sign-in/card/" + strings.Repeat("A", 43)} {
		browser := c.Guest(t)
		pages = append(pages, browser.Follow(browser.Get(link)).Body)
		r := browser.Post("/sign-in/card", url.Values{"pin": {"918273"}})
		if r.Status != 422 {
			t.Errorf("status %d", r.Status)
		}
		refusals = append(refusals, r.Body)
	}
	if pages[0] != pages[1] || refusals[0] != refusals[1] {
		t.Error("the pages differ")
	}
}

func TestThePrintedPINIsUsedUpWhenTheirOwnIsStoredAndNotBefore(t *testing.T) {
	c := startClass(t)
	for range 2 { // they are called away before they have chosen
		browser := c.Guest(t)
		browser.Get(c.card.link)
		if r := browser.Post("/sign-in/card", url.Values{"pin": {c.card.pin}}); r.Location != "/sign-in/pin" {
			t.Fatalf("status %d to %q", r.Status, r.Location)
		}
		if r := browser.Get("/me"); r.Status != 303 {
			t.Error("the printed PIN alone opens a session")
		}
	}
	c.choose(t, c.card, ownPIN)

	browser := c.Guest(t)
	browser.Get(c.card.link)
	if r := browser.Post("/sign-in/card", url.Values{"pin": {c.card.pin}}); r.Status != 422 {
		t.Errorf("the printed PIN works again: status %d to %q", r.Status, r.Location)
	}
	c.enter(t, c.card, ownPIN)
}

func TestOfTwoWhoChooseWithOnePrintedPINOnlyTheFirstGetsIn(t *testing.T) {
	c := startClass(t)
	first, second := c.Guest(t), c.Guest(t)
	for _, browser := range []*hooktest.Browser{first, second} {
		browser.Get(c.card.link)
		browser.Post("/sign-in/card", url.Values{"pin": {c.card.pin}})
	}
	if r := first.Post("/sign-in/pin", url.Values{"pin": {ownPIN}, "again": {ownPIN}}); r.Location != "/" {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	if r := second.Post("/sign-in/pin", url.Values{"pin": {"550912"}, "again": {"550912"}}); r.Location != "/sign-in/card" {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
	if r := second.Get("/me"); r.Status != 303 {
		t.Error("the second is in")
	}
	c.enter(t, c.card, ownPIN)
}

func TestAPINThatAnybodyWouldTryIsNotTaken(t *testing.T) {
	c := startClass(t)
	browser := c.Guest(t)
	browser.Get(c.card.link)
	browser.Post("/sign-in/card", url.Values{"pin": {c.card.pin}})
	for pin, again := range map[string]string{
		"000000": "", "123456": "", "654321": "", "112112": "", "121212": "", "12345": "", "abcdef": "", "٤٠٨٢١٣": "",
		strings.ReplaceAll(c.card.pin, " ", ""): "", ownPIN: "408214",
	} {
		if again == "" {
			again = pin
		}
		r := browser.Post("/sign-in/pin", url.Values{"pin": {pin}, "again": {again}})
		if r.Status != 422 || r.Page(t).Find(".digits[aria-invalid=true]").Length() != 1 {
			t.Errorf("%s, %s: status %d to %q", pin, again, r.Status, r.Location)
		}
	}
	if r := browser.Post("/sign-in/pin", url.Values{"pin": {"408 213"}, "again": {"408-213"}}); r.Location != "/" {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
}

func TestACardIsTypedInAnyLettersWithAnythingBetween(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	for _, words := range []string{c.card.words, strings.ToUpper(c.card.words), "  " + strings.ReplaceAll(c.card.words, " ", ", "), strings.ReplaceAll(c.card.words, " ", "-")} {
		browser := c.Guest(t)
		r := browser.Post("/sign-in/words", url.Values{"who": {strings.ToUpper(c.card.username)}, "words": {words}, "pin": {ownPIN}, "back": {"/me"}})
		if r.Status != 303 || r.Location != "/me" {
			t.Errorf("%q: status %d to %q", words, r.Status, r.Location)
		}
	}
}

func TestEverythingWrongWithATypedCardIsToldInTheSameWords(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	pages := map[string]string{}
	for _, typed := range [][3]string{
		{"nobody-99", c.card.words, ownPIN},
		{c.card.username, "apple basket candle", ownPIN},
		{c.card.username, c.card.words, "550912"},
		{c.staff.Username, c.card.words, ownPIN},
	} {
		r := c.Guest(t).Post("/sign-in/words", url.Values{"who": {typed[0]}, "words": {typed[1]}, "pin": {typed[2]}})
		if r.Status != 422 {
			t.Errorf("%v: status %d", typed, r.Status)
		}
		pages[strings.NewReplacer(typed[0], "", typed[1], "").Replace(r.Body)] = typed[0]
	}
	if len(pages) != 1 {
		t.Errorf("%d different pages", len(pages))
	}
}

func TestACardThatIsLockedVoidOrExpiredSaysWhatAWrongPINSays(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	try := func(pin string) hooktest.Response {
		c.Clock.Pass(16 * time.Minute)
		browser := c.Guest(t)
		browser.Get(c.card.link)
		return browser.Post("/sign-in/card", url.Values{"pin": {pin}})
	}
	want := try("918273")
	for name, change := range map[string]string{
		"locked": "state = 'locked'", "void": "state = 'void', ended = '2020-01-01 00:00:00.000Z'", "expired": "expires = '2020-01-01 00:00:00.000Z'",
	} {
		set(t, c.App, "UPDATE cards SET state = 'active', ended = '', expires = '2090-01-01 00:00:00.000Z', wrong = 0")
		set(t, c.App, "UPDATE cards SET "+change)
		if r := try(ownPIN); r.Status != want.Status || r.Body != want.Body {
			t.Errorf("%s: status %d\n%s", name, r.Status, r.Body)
		}
		r := c.Guest(t).Post("/sign-in/words", url.Values{"who": {c.card.username}, "words": {c.card.words}, "pin": {ownPIN}})
		if r.Status != 422 {
			t.Errorf("%s, typed: status %d", name, r.Status)
		}
	}
}

func TestACardLastsAHundredAndEightyDays(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	c.Clock.Pass(179 * 24 * time.Hour)
	c.enter(t, c.card, ownPIN)
	c.Clock.Pass(2 * 24 * time.Hour)
	browser := c.Guest(t)
	browser.Get(c.card.link)
	if r := browser.Post("/sign-in/card", url.Values{"pin": {ownPIN}}); r.Status != 422 {
		t.Errorf("status %d", r.Status)
	}
	if state := c.state(t); state.State != "expired" {
		t.Errorf("state %q", state.State)
	}
}

func (c *class) state(t *testing.T) signin.CardState {
	t.Helper()
	state, err := c.House.SignIn.CardOf(t.Context(), c.learner.ID)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func set(t *testing.T, app core.App, sql string) {
	t.Helper()
	if _, err := app.DB().NewQuery(sql).Execute(); err != nil {
		t.Fatal(err)
	}
}

func TestTheDatabaseHoldsNoSecretOfACard(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	var all string
	err := c.App.DB().NewQuery("SELECT group_concat(secret || ' ' || words || ' ' || pin) || (SELECT group_concat(kind || item || detail) FROM audit) FROM cards").Row(&all)
	if err != nil {
		t.Fatal(err)
	}
	secret := c.card.link[strings.LastIndex(c.card.link, "/")+1:]
	for _, private := range []string{secret, strings.Fields(c.card.words)[0], strings.ReplaceAll(c.card.pin, " ", ""), ownPIN} {
		if strings.Contains(all, private) {
			t.Errorf("%q is in it", private)
		}
	}
}

func TestACardHasNoNameAndNoProgrammeOnIt(t *testing.T) {
	c := startClass(t)
	staff := c.SignIn(t, c.staff)
	page := staff.Follow(staff.Post(c.address("/card"), url.Values{})).Page(t)
	card := page.Find(".card").Text()
	for _, private := range []string{"Dina", "North Quay", "Thursday"} {
		if strings.Contains(card, private) {
			t.Errorf("%q is on the card: %s", private, card)
		}
	}
	if beside := page.Find(".beside.no-print").Text(); !strings.Contains(beside, "Dina") {
		t.Errorf("beside it stands %q", beside)
	}
	if title := page.Find("title").Text(); strings.Contains(title, "Dina") {
		t.Errorf("the title is %q", title)
	}
}

func TestCardsAreShownToWhoMadeThemAndForTenMinutes(t *testing.T) {
	c := startClass(t)
	staff := c.SignInOnOwn(t, c.staff)
	sheet := staff.Post(c.address("/card"), url.Values{}).Location
	if r := c.SignInOnOwn(t, c.staff).Get(sheet); r.Status != 404 {
		t.Errorf("another session of theirs: status %d", r.Status)
	}
	c.Clock.Pass(9 * time.Minute)
	if r := staff.Get(sheet); r.Status != 200 {
		t.Errorf("after nine minutes: status %d", r.Status)
	}
	c.Clock.Pass(2 * time.Minute)
	if r := staff.Get(sheet); r.Status != 404 {
		t.Errorf("after eleven: status %d", r.Status)
	}
}

func TestStaffMakeCardsForTheirLearnersAndForNobodyElse(t *testing.T) {
	c := startClass(t)
	stranger, mentor := c.MustPerson(t, web.Facilitator), c.MustPerson(t, web.Mentor)
	programme, _ := c.MustProgramme(t)
	manager := c.MustPerson(t, web.Manager)
	c.MustJoin(t, people.Membership{User: stranger.ID, Role: web.Learner, Programme: programme})
	for _, act := range []string{"/card", "/card/void", "/card/unlock", "/code"} {
		for name, browser := range map[string]*hooktest.Browser{
			"another facilitator": c.SignIn(t, stranger), "a mentor": c.SignIn(t, mentor), "the learner": c.choose(t, c.giveCard(t), ownPIN),
		} {
			if r := browser.Post(c.address(act), url.Values{}); r.Status != 404 {
				t.Errorf("%s, %s: status %d to %q", name, act, r.Status, r.Location)
			}
		}
		// nobody becomes staff, or gives themselves a card
		for _, other := range []string{c.staff.ID, stranger.ID, manager.ID, mentor.ID} {
			if act == "/card/void" { // what is lost is stopped, whoever they are by now
				continue
			}
			if r := c.SignIn(t, manager).Post("/facilitate/learners/"+other+act, url.Values{}); r.Status != 404 {
				t.Errorf("%s for staff: status %d to %q", act, r.Status, r.Location)
			}
		}
	}
	cardBy(t, c.SignIn(t, manager), c.learner)
}

func TestANewCardStopsTheOldOneAndWhatItOpened(t *testing.T) {
	c := startClass(t)
	old := c.choose(t, c.card, ownPIN)
	fresh := c.giveCard(t)
	if r := old.Get("/me"); r.Status != 303 {
		t.Errorf("the old session still opens /me: status %d", r.Status)
	}
	browser := c.Guest(t)
	browser.Get(c.card.link)
	if r := browser.Post("/sign-in/card", url.Values{"pin": {ownPIN}}); r.Status != 422 {
		t.Errorf("the old card: status %d to %q", r.Status, r.Location)
	}
	c.choose(t, fresh, "550912")
	if n := tally(t, c.App, "SELECT COUNT(*) FROM cards WHERE ended = ''"); n != 1 {
		t.Errorf("%d cards in use", n)
	}
}

func TestAfterTheirCardWasReplacedWhatIsOnlyForThemIsClosed(t *testing.T) {
	c := startClass(t)
	c.giveCard(t) // they had chosen nothing yet
	if n := tally(t, c.App, "SELECT COUNT(*) FROM users WHERE closed != ''"); n != 0 {
		t.Error("closed although there was no secret of theirs")
	}
	c.choose(t, c.giveCard(t), ownPIN)
	c.giveCard(t)
	var former string
	err := c.App.DB().NewQuery("SELECT former_pin FROM users WHERE closed != '' AND closed_by = '" + c.staff.ID + "' AND id = '" + c.learner.ID + "'").Row(&former)
	if err != nil || former == "" {
		t.Fatalf("not closed: %v", err)
	}
	fresh := c.giveCard(t) // nobody used the one between
	if n := tally(t, c.App, "SELECT COUNT(*) FROM users WHERE former_pin = '"+former+"'"); n != 1 {
		t.Error("the PIN that opens it is another now")
	}
	// whoever has it chooses a PIN, and staff make one more: neither says who wrote all
	c.choose(t, fresh, "550912")
	c.giveCard(t)
	if n := tally(t, c.App, "SELECT COUNT(*) FROM users WHERE former_pin != ''"); n != 0 {
		t.Error("a PIN opens what was written before it or after it")
	}
}

func TestAVoidCardOpensNothing(t *testing.T) {
	c := startClass(t)
	learner := c.choose(t, c.card, ownPIN)
	if r := c.SignIn(t, c.staff).Post(c.address("/card/void"), url.Values{}); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	if r := learner.Get("/me"); r.Status != 303 {
		t.Errorf("the session still opens /me: status %d", r.Status)
	}
	browser := c.Guest(t)
	browser.Get(c.card.link)
	if r := browser.Post("/sign-in/card", url.Values{"pin": {ownPIN}}); r.Status != 422 {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
	if state := c.state(t); state.State != "void" {
		t.Errorf("state %q", state.State)
	}
}

func TestLearnersChangeTheirPINWithTheOldOne(t *testing.T) {
	c := startClass(t)
	browser, other := c.choose(t, c.card, ownPIN), c.enter(t, c.card, ownPIN)
	if r := browser.Post("/me/pin", url.Values{"current": {"918273"}, "pin": {"550912"}, "again": {"550912"}}); r.Status != 422 {
		t.Errorf("with a wrong one: status %d", r.Status)
	}
	if r := browser.Post("/me/pin", url.Values{"current": {ownPIN}, "pin": {"550912"}, "again": {"550912"}}); r.Status != 303 {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	if r := browser.Get("/me"); r.Status != 200 {
		t.Errorf("they are out themselves: status %d", r.Status)
	}
	if r := other.Get("/me"); r.Status != 303 {
		t.Errorf("another device stays: status %d", r.Status)
	}
	c.enter(t, c.card, "550912")
}

func TestLearnersSeeTheirCardsAndHowSomebodyGotIn(t *testing.T) {
	c := startClass(t)
	c.SignIn(t, c.staff).Post(c.address("/code"), url.Values{})
	page := c.choose(t, c.card, ownPIN).Get("/me/cards").Page(t).Find("main").Text()
	for _, told := range []string{"In use", "Sam", "A code to sign in", "With your card", "Chrome"} {
		if !strings.Contains(page, told) {
			t.Errorf("%q is not told:\n%s", told, regexp.MustCompile(`\s+`).ReplaceAllString(page, " "))
		}
	}
}

func TestWhoeverHasACardOnlyIsNotOfferedToChangeAPassword(t *testing.T) {
	c := startClass(t)
	if n := c.choose(t, c.card, ownPIN).Get("/me").Page(t).Find("a[href='/me/password']").Length(); n != 0 {
		t.Error("a learner with a card")
	}
	if n := c.SignIn(t, c.staff).Get("/me").Page(t).Find("a[href='/me/password']").Length(); n != 1 {
		t.Error("staff cannot change theirs")
	}
}

func TestEveryActOnACardIsRecorded(t *testing.T) {
	c := startClass(t)
	c.choose(t, c.card, ownPIN)
	staff := c.SignIn(t, c.staff)
	for _, act := range []string{"/code", "/card/unlock", "/card/void", "/card"} {
		staff.Post(c.address(act), url.Values{})
	}
	c.giveCard(t)
	for _, kind := range []string{"card-made", "card-replaced", "card-voided", "card-unlocked", "code-made", "pin-changed", "signed-in"} {
		if tally(t, c.App, "SELECT COUNT(*) FROM audit WHERE kind = '"+kind+"' AND subject = '"+c.learner.ID+"' AND actor != ''") == 0 {
			t.Errorf("%s is not recorded", kind)
		}
	}
}

func tally(t *testing.T, app core.App, sql string) (n int) {
	t.Helper()
	if err := app.DB().NewQuery(sql).Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestACardFromAnotherSiteIsNotTyped(t *testing.T) {
	c := startClass(t)
	browser := c.Guest(t)
	browser.Get(c.card.link)
	request := browser.Request(http.MethodPost, "/sign-in/card", url.Values{"pin": {c.card.pin}})
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	if r := browser.Do(request); r.Status != 403 {
		t.Errorf("status %d", r.Status)
	}
}
