package people_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// asksFor notes that somebody asked to be erased.
func (h *keptHouse) asksFor(t *testing.T, by *hooktest.Browser, person string) {
	t.Helper()
	if r := by.Post("/manage/erasures/"+person+"/ask", url.Values{}); r.Status != 303 {
		t.Fatalf("ask: status %d\n%s", r.Status, r.Body)
	}
}

func (h *keptHouse) erased(t *testing.T, by *hooktest.Browser) {
	t.Helper()
	h.asksFor(t, by, h.learner.ID)
	r := by.Post("/manage/erasures/"+h.learner.ID, url.Values{"username": {" Zephyr-77 "}})
	if r.Status != 303 || r.Location != "/manage/erasures" {
		t.Fatalf("status %d to %q\n%s", r.Status, r.Location, r.Body)
	}
}

// isGone looks into every table for the learner's id, and into the files for
// what only they had. What was done keeps ids.
func (h *keptHouse) isGone(t *testing.T) {
	t.Helper()
	all, err := h.App.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.Name == "audit" || c.Name == "erasures" || c.Name == "holds" || c.IsView() {
			continue
		}
		var rows []dbx.NullStringMap
		if err := h.App.DB().Select("*").From(c.Name).All(&rows); err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for column, value := range row {
				if strings.Contains(value.String, h.learner.ID) {
					t.Errorf("%s.%s still names them", c.Name, column)
				}
			}
		}
	}
	for _, text := range []string{nameOf, "Quillfeather", "quillfeather", "zephyr-77"} {
		if files := filesWith(t, h.Dir, text); files != nil {
			t.Errorf("%q stands in %v", text, files)
		}
	}
}

func TestWhoIsErasedIsGoneFromTheTablesAndFromTheFiles(t *testing.T) {
	h := mustKeptHouse(t)
	if filesWith(t, h.Dir, nameOf) == nil || h.count(t, "SELECT COUNT(*) FROM keys WHERE owner = {:id}", dbx.Params{"id": h.learner.ID}) != 1 {
		t.Fatal("the test looks at the wrong place")
	}
	var sealed []string
	if err := h.App.DB().NewQuery("SELECT sealed FROM reflections").Column(&sealed); err != nil {
		t.Fatal(err)
	}
	place := vault.Place{Collection: "x", Row: "y", Visibility: "only me"}
	text, err := h.House.Vault.Seal(h.App, h.learner.ID, place, []byte("in memory"))
	if err != nil {
		t.Fatal(err)
	}
	other := h.MustPerson(t, web.Learner)
	b := h.SignIn(t, other)
	h.writes(t, b, another, another)

	h.erased(t, h.SignIn(t, h.MustPerson(t, web.Manager)))
	h.isGone(t)
	for _, one := range sealed {
		if files := filesWith(t, h.Dir, one[len(one)-40:]); files != nil {
			t.Errorf("sealed text stands in %v", files)
		}
	}
	if _, err := h.House.Vault.Open(h.App, h.learner.ID, place, text); err == nil {
		t.Error("their key is still in memory")
	}
	if r := h.browser.Get("/me/data"); r.Status != 303 {
		t.Errorf("their session holds: status %d", r.Status)
	}
	if r := h.Guest(t).Post("/sign-in", url.Values{"who": {"zephyr-77"}, "password": {h.learner.Password}}); r.Status != 422 {
		t.Errorf("they can sign in: status %d", r.Status)
	}
	if got := b.Get(keptStep + "write"); strings.Count(got.Body, another) != 2 {
		t.Error("somebody else lost their words")
	}
	if n := h.written(t); n != 3 {
		t.Errorf("of somebody else %d of 3 are left", n)
	}
	if n := h.count(t, "SELECT COUNT(*) FROM audit WHERE kind = 'erased' AND subject = {:id}", dbx.Params{"id": h.learner.ID}); n != 1 {
		t.Errorf("%d on record", n)
	}
}

func TestWhoeverIsErasedDoesNotComeBackWithAnOldCopy(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustPerson(t, web.Manager))
	old := &hooktest.Site{Clock: h.Clock, Dir: filepath.Join(t.TempDir(), "copy")}
	if err := os.CopyFS(old.Dir, os.DirFS(h.Dir)); err != nil {
		t.Fatal(err)
	}
	h.erased(t, manager)
	for _, ending := range []string{".keys", ".keys.erased"} {
		text, err := os.ReadFile(h.Dir + ending)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(old.Dir+ending, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var said strings.Builder
	back := &keptHouse{learner: h.learner, Site: old.AfterPowerCut(t, func(s *hooktest.Setup) {
		list, err := os.ReadFile(old.Dir + ".keys.erased")
		if err != nil {
			t.Fatal(err)
		}
		s.Before = func(app core.App) {
			if n := countIn(t, app, "SELECT COUNT(*) FROM users WHERE username = 'zephyr-77'"); n != 1 {
				t.Fatal("they are not in the copy")
			}
			if err := os.WriteFile(app.DataDir()+".keys.erased", list, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s.Out = &said
	})}
	back.isGone(t)
	wantIn(t, "what the start says", said.String(), "erased again (1)")
	if n := back.count(t, "SELECT COUNT(*) FROM audit WHERE kind = 'erased-again'"); n != 1 {
		t.Errorf("%d on record", n)
	}
}

func countIn(t *testing.T, app core.App, sql string) (n int) {
	t.Helper()
	if err := app.DB().NewQuery(sql).Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAnErasureThatWasCutOffIsEndedAtTheNextStart(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustPerson(t, web.Manager))
	h.asksFor(t, manager, h.learner.ID)
	h.execute(t, "CREATE TRIGGER cut BEFORE DELETE ON answers BEGIN SELECT RAISE(ABORT, 'cut off'); END")
	if r := manager.Post("/manage/erasures/"+h.learner.ID, url.Values{"username": {"zephyr-77"}}); r.Status != 500 {
		t.Fatalf("status %d", r.Status)
	}
	if r := h.browser.Get("/me"); r.Status != 303 {
		t.Errorf("half erased they are still signed in: status %d", r.Status)
	}
	h.execute(t, "DROP TRIGGER cut")
	list, err := os.ReadFile(h.Dir + ".keys.erased")
	if err != nil {
		t.Fatal(err)
	}
	h.Site = h.AfterPowerCut(t, func(s *hooktest.Setup) {
		s.Before = func(app core.App) {
			if err := os.WriteFile(app.DataDir()+".keys.erased", list, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	})
	h.isGone(t)
}

func TestAHoldStopsAnErasureAndIsTold(t *testing.T) {
	h := mustKeptHouse(t)
	lead, manager := h.SignIn(t, h.MustPerson(t, web.Lead)), h.SignIn(t, h.MustPerson(t, web.Manager))
	page := "/manage/holds/" + h.learner.ID
	for _, wrong := range []url.Values{
		{},
		{"why": {"because"}, "until": {daysOn(h, 30)}},
		{"why": {"legal"}, "until": {daysOn(h, 0)}},
		{"why": {"legal"}, "until": {daysOn(h, 400)}},
		{"why": {"legal"}, "until": {"soon"}},
	} {
		if r := lead.Post(page, wrong); r.Status != 422 {
			t.Errorf("%v: status %d", wrong, r.Status)
		}
	}
	if r := lead.Post(page, url.Values{"why": {"safeguarding"}, "until": {daysOn(h, 100)}}); r.Status != 303 {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	h.asksFor(t, manager, h.learner.ID)
	if r := manager.Post("/manage/erasures/"+h.learner.ID, url.Values{"username": {"zephyr-77"}}); r.Status != 409 {
		t.Errorf("status %d", r.Status)
	}
	if n := h.count(t, "SELECT COUNT(*) FROM users WHERE username = 'zephyr-77'"); n != 1 {
		t.Fatal("they are erased")
	}
	if _, err := os.Stat(h.Dir + ".keys.erased"); err == nil {
		t.Error("they are on the list, and the next start would erase them")
	}
	wantIn(t, "erasure page", plain(manager.Get("/manage/erasures/"+h.learner.ID).Page(t).Find("main")), "The safety of a person")
	wantIn(t, "my data", plain(h.browser.Get("/me/data").Page(t).Find("main")), "The safety of a person")
	var hold string
	if err := h.App.DB().NewQuery("SELECT id FROM holds").Row(&hold); err != nil {
		t.Fatal(err)
	}
	someone := h.MustPerson(t, web.Learner)
	if r := lead.Post("/manage/holds/"+someone.ID+"/"+hold, url.Values{}); r.Status != 404 {
		t.Errorf("a hold of one person ended as another's: status %d", r.Status)
	}
	if r := lead.Post(page+"/"+hold, url.Values{}); r.Status != 303 {
		t.Fatalf("status %d", r.Status)
	}
	h.erased(t, manager)
	h.isGone(t)
}

func daysOn(h *keptHouse, days int) string {
	return h.Clock.Now().UTC().AddDate(0, 0, days).Format(time.DateOnly)
}

func TestSomebodyAsksToBeErasedAndTakesItBack(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustPerson(t, web.Manager))
	page := plain(h.browser.Get("/me/data/erase").Page(t).Find("main"))
	for _, part := range []string{"Answers2", "Private writing1", "The record of who did what", "Take a copy first", "Tuesday 22 December 2026"} {
		if part == "Tuesday 22 December 2026" {
			part = "2026" // of the day by which it is in no copy
		}
		wantIn(t, "page", page, part)
	}
	wantNotIn(t, "page", page, "What others and you did here")
	for range 2 {
		if r := h.browser.Post("/me/data/erase", url.Values{}); r.Status != 303 {
			t.Fatalf("status %d", r.Status)
		}
	}
	if n := h.count(t, "SELECT COUNT(*) FROM erasures"); n != 1 {
		t.Errorf("asked twice makes %d", n)
	}
	wantIn(t, "list", plain(manager.Get("/manage/erasures").Page(t).Find("main")), "zephyr-77")
	wantIn(t, "my data", plain(h.browser.Get("/me/data").Page(t).Find("main")), "You asked to be erased on")
	manager.Post("/manage/erasures/"+h.learner.ID+"/back", url.Values{})
	if n := h.count(t, "SELECT COUNT(*) FROM erasures WHERE state = 'asked'"); n != 1 {
		t.Error("a manager took back what somebody wished for themself")
	}
	h.browser.Post("/me/data/erase/back", url.Values{})
	wantNotIn(t, "list", plain(manager.Get("/manage/erasures").Page(t).Find("main")), "zephyr-77")
}

func TestOnlyTheUsernameCarriesAnErasureOut(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustPerson(t, web.Manager))
	h.asksFor(t, manager, h.learner.ID)
	for _, typed := range []string{"", "zephyr", "zephyr-7", nameOf} {
		if r := manager.Post("/manage/erasures/"+h.learner.ID, url.Values{"username": {typed}}); r.Status != 422 {
			t.Errorf("%q: status %d", typed, r.Status)
		}
	}
	page := manager.Get("/manage/erasures/" + h.learner.ID)
	for _, private := range []string{marker, spoken, nameOf, "quillfeather"} {
		if strings.Contains(page.Body, private) {
			t.Errorf("the dry run shows %q", private)
		}
	}
	wantIn(t, "page", plain(page.Page(t).Find("main")), "Answers2")
	if n := h.count(t, "SELECT COUNT(*) FROM audit WHERE kind = 'erasure-previewed' AND subject = {:id}", dbx.Params{"id": h.learner.ID}); n != 1 {
		t.Errorf("%d looks on record", n)
	}
}

// isHere fails where anything of the learner has been erased, or will be.
func (h *keptHouse) isHere(t *testing.T) {
	t.Helper()
	if n := h.count(t, "SELECT COUNT(*) FROM users WHERE username = 'zephyr-77' AND password != ''"); n != 1 {
		t.Error("they are erased")
	}
	if r := h.browser.Get("/me/data"); r.Status != 200 {
		t.Errorf("they are not signed in any more: status %d", r.Status)
	}
	if _, err := os.Stat(h.Dir + ".keys.erased"); err == nil {
		t.Error("they are on the list, and the next start would erase them")
	}
}

func TestAWishThatWasTakenBackIsNotCarriedOutFromAPageThatStoodOpen(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustPerson(t, web.Manager))
	h.browser.Post("/me/data/erase", url.Values{})
	address := "/manage/erasures/" + h.learner.ID
	if open := manager.Get(address).Page(t); open.Find("main #username").Length() != 1 {
		t.Fatal("the manager cannot carry it out")
	}
	h.browser.Post("/me/data/erase/back", url.Values{})
	r := manager.Post(address, url.Values{"username": {"zephyr-77"}})
	if r.Status != 409 {
		t.Fatalf("status %d", r.Status)
	}
	wantIn(t, "page", plain(r.Page(t).Find("main [role=alert]")), "Nobody asks for this now, so nothing was erased.")
	wantIn(t, "page", plain(r.Page(t).Find("main")), "Note that they asked")
	h.isHere(t)
}

func TestNobodyIsErasedForWhomNobodyAsked(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustSiteManager(t))
	address := "/manage/erasures/" + h.learner.ID
	page := manager.Get(address).Page(t)
	if page.Find("main #username").Length() != 0 {
		t.Error("the page offers to erase them")
	}
	for _, typed := range []string{"zephyr-77", "another"} {
		r := manager.Post(address, url.Values{"username": {typed}})
		if r.Status != 409 || r.Page(t).Find("main #username").Length() != 0 {
			t.Errorf("%q: status %d", typed, r.Status)
		}
	}
	h.isHere(t)
	h.erased(t, manager)
	h.isGone(t)
}

func TestNobodyErasesTheLastManager(t *testing.T) {
	h := mustKeptHouse(t)
	manager, site := h.MustPerson(t, web.Manager), h.MustSiteManager(t)
	first := h.SignIn(t, site)
	for _, last := range []hooktest.Person{manager, site} {
		h.asksFor(t, first, last.ID)
		if r := first.Post("/manage/erasures/"+last.ID, url.Values{"username": {last.Username}}); r.Status != 409 {
			t.Errorf("status %d", r.Status)
		}
	}
	second := h.MustSiteManager(t)
	if r := first.Post("/manage/erasures/"+site.ID, url.Values{"username": {site.Username}}); r.Status != 303 || r.Location != "/" {
		t.Errorf("with another there: status %d to %q", r.Status, r.Location)
	}
	if r := first.Get("/manage/erasures"); r.Status != 303 {
		t.Errorf("who erased themself is still in: status %d", r.Status)
	}
	if n := h.count(t, "SELECT COUNT(*) FROM users WHERE id = {:id}", dbx.Params{"id": second.ID}); n != 1 {
		t.Error("the other is gone")
	}
}

func TestWhoIsInAnotherProgrammeTooIsErasedByASiteManager(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustPerson(t, web.Manager))
	other, err := people.CreateProgramme(h.App, people.Programme{Name: "Elsewhere", Label: "East Pier"})
	if err != nil {
		t.Fatal(err)
	}
	h.MustJoin(t, people.Membership{User: h.learner.ID, Role: web.Learner, Programme: other})
	h.asksFor(t, manager, h.learner.ID)
	r := manager.Post("/manage/erasures/"+h.learner.ID, url.Values{"username": {"zephyr-77"}})
	if r.Status != 409 {
		t.Errorf("status %d", r.Status)
	}
	wantNotIn(t, "page", r.Body, "East Pier")
	h.erased(t, h.SignIn(t, h.MustSiteManager(t)))
	h.isGone(t)
}

func TestSomebodyIsFoundByUsernameOnlyAmongThoseOfTheViewer(t *testing.T) {
	h := mustKeptHouse(t)
	manager := h.SignIn(t, h.MustPerson(t, web.Manager))
	stranger := h.MustPerson(t)
	for _, typed := range []string{"", stranger.Username, "nobody-here"} {
		if r := manager.Post("/manage/erasures", url.Values{"username": {typed}}); r.Status != 422 {
			t.Errorf("%q: status %d", typed, r.Status)
		}
	}
	if r := manager.Post("/manage/erasures", url.Values{"username": {"ZEPHYR-77"}}); r.Location != "/manage/erasures/"+h.learner.ID {
		t.Errorf("to %q", r.Location)
	}
	manager.Post("/manage/erasures/"+h.learner.ID+"/ask", url.Values{})
	wantIn(t, "my data", plain(h.browser.Get("/me/data").Page(t).Find("main")), "Staff asked for you to be erased")
	manager.Post("/manage/erasures/"+h.learner.ID+"/back", url.Values{})
	if n := h.count(t, "SELECT COUNT(*) FROM erasures WHERE state = 'asked'"); n != 0 {
		t.Error("what was noted by mistake stays")
	}
	told := plain(manager.Get("/manage/erasures/" + h.learner.ID).Page(t).Find("main [role=status]"))
	if told != "That is taken back. Nothing of this person is erased." {
		t.Errorf("the manager reads %q", told)
	}
}
