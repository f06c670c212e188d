package people_test

import (
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// stampAt is the stamp that the form of a page carries.
func stampAt(t *testing.T, browser *hooktest.Browser, address string) string {
	t.Helper()
	stamp, ok := browser.Get(address).Page(t).Find("input[name=stamp]").First().Attr("value")
	if !ok {
		t.Fatalf("%s carries no stamp", address)
	}
	return stamp
}

func TestWhatTheSiteManagerSetsIsOnTheNextPage(t *testing.T) {
	site := hooktest.Start(t)
	boss := site.SignIn(t, site.MustSiteManager(t))
	form := url.Values{"stamp": {stampAt(t, boss, "/manage/settings")}, "site": {"Side by side"}, "leave": {"https://example.org/weather"}, "language": {"en"}}
	want(t, "save", boss.Post("/manage/settings", form).Status, 303)
	guest := site.Guest(t)
	if !strings.Contains(guest.Get("/help").Body, "Side by side") {
		t.Error("a guest sees the former name")
	}
	want(t, "leave", guest.Get("/leave").Location, "https://example.org/weather")
	want(t, "recorded, each by its name", rowsOf(t, site, "audit WHERE kind = 'settings-changed' AND detail IN ('name', 'leave-target')"), 2)
}

func TestLeaveNeverGoesWhereItCouldRunSomething(t *testing.T) {
	site := hooktest.Start(t)
	boss := site.SignIn(t, site.MustSiteManager(t))
	for _, target := range []string{"", "javascript:alert(1)", "http://example.org", "//example.org", "https://", "https://user:secret@example.org", "data:text/html,x", "\\\\example.org"} {
		form := url.Values{"stamp": {stampAt(t, boss, "/manage/settings")}, "site": {"S"}, "leave": {target}, "language": {"en"}}
		r := boss.Post("/manage/settings", form)
		want(t, target, r.Status, 422)
		want(t, target+", at its field", r.Page(t).Find("#leave-error").Length(), 1)
	}
	form := url.Values{"stamp": {stampAt(t, boss, "/manage/settings")}, "site": {"S"}, "leave": {"/help"}, "language": {"xx"}}
	want(t, "no language", boss.Post("/manage/settings", form).Status, 422)
}

func TestTwoManagersNeverOverwriteEachOther(t *testing.T) {
	site := hooktest.Start(t)
	one, two := site.SignIn(t, site.MustSiteManager(t)), site.SignIn(t, site.MustSiteManager(t))
	form := func(stamp, name string) url.Values {
		return url.Values{"stamp": {stamp}, "site": {name}, "leave": {"/help"}, "language": {"en"}}
	}
	stamp := stampAt(t, one, "/manage/settings")
	want(t, "one", one.Post("/manage/settings", form(stamp, "By one")).Status, 303)
	late := two.Post("/manage/settings", form(stamp, "By two"))
	want(t, "two", late.Status, 409)
	want(t, "what stands", strings.Contains(late.Page(t).Find("#stands").Text(), "By one"), true)
	want(t, "what was typed", late.Page(t).Find("#site").AttrOr("value", ""), "By two")
	now := late.Page(t).Find("input[name=stamp]").AttrOr("value", "")
	want(t, "two, having seen both", two.Post("/manage/settings", form(now, "By two")).Status, 303)
}

func number(stamp, kind, name string) url.Values {
	return url.Values{"stamp": {stamp}, "kind": {kind}, "name": {name}, "phone": {"0800 1"}, "language": {"en"}}
}

func TestHelpNumbersAreAddedChangedMovedAndTakenOut(t *testing.T) {
	site := hooktest.Start(t)
	boss, guest := site.SignIn(t, site.MustSiteManager(t)), site.Guest(t)
	stamp := func() string { return stampAt(t, boss, "/manage/help") }
	all := len(readHelp(t, site))
	want(t, "add", boss.Post("/manage/help/new", number(stamp(), "advice", "The lantern line")).Status, 303)
	if !strings.Contains(guest.Get("/help").Body, "The lantern line") {
		t.Error("a guest does not see it")
	}
	want(t, "up", boss.Post("/manage/help/8/move", url.Values{"stamp": {stamp()}, "do": {"up"}}).Status, 303)
	want(t, "its place", readHelp(t, site)[all-1].Name, "The lantern line")
	want(t, "change", boss.Post("/manage/help/7", number(stamp(), "advice", "The moon line")).Status, 303)
	want(t, "its name", readHelp(t, site)[all-1].Name, "The moon line")
	late := stamp()
	want(t, "remove", boss.Post("/manage/help/7/move", url.Values{"stamp": {late}, "do": {"remove"}}).Status, 303)
	want(t, "how many", len(readHelp(t, site)), all)
	want(t, "the same again", boss.Post("/manage/help/7/move", url.Values{"stamp": {late}, "do": {"remove"}}).Status, 409)
	want(t, "how many still", len(readHelp(t, site)), all)
	want(t, "a late change", boss.Post("/manage/help/1", number(late, "emergency", "Mine")).Status, 409)
	for field, wrong := range map[string]url.Values{
		"name":    {"name": {""}},
		"phone":   {"phone": {"call us"}},
		"address": {"address": {"javascript:x"}},
	} {
		form := number(stamp(), "advice", "N")
		for key, value := range wrong {
			form[key] = value
		}
		want(t, field, boss.Post("/manage/help/new", form).Page(t).Find("#"+field+"-error").Length(), 1)
	}
}

// readHelp is the help of the site as it is stored.
func readHelp(t *testing.T, site *hooktest.Site) []web.HelpNumber {
	t.Helper()
	row, err := site.App.FindFirstRecordByFilter("settings", "id != ''")
	if err != nil {
		t.Fatal(err)
	}
	var help []web.HelpNumber
	if err := row.UnmarshalJSONField("help", &help); err != nil {
		t.Fatal(err)
	}
	return help
}

func TestTheLastEmergencyNumberIsNotTakenOutByOnePress(t *testing.T) {
	site := hooktest.Start(t)
	boss := site.SignIn(t, site.MustSiteManager(t))
	all := len(readHelp(t, site))
	form := url.Values{"stamp": {stampAt(t, boss, "/manage/help")}, "do": {"remove"}}
	want(t, "one press", boss.Post("/manage/help/1/move", form).Status, 422)
	want(t, "how many", len(readHelp(t, site)), all)
	changed := number(form.Get("stamp"), "advice", "Police")
	want(t, "as another kind", boss.Post("/manage/help/1", changed).Status, 422)
	form.Set("sure", "true")
	want(t, "sure", boss.Post("/manage/help/1/move", form).Status, 303)
	if !strings.Contains(boss.Get("/manage/help").Body, "There is no number for everybody under") {
		t.Error("the list does not warn")
	}
}

// speaks makes the site offer a second language, and gives it help in both.
func speaks(t *testing.T, site *hooktest.Site, second string, help ...web.HelpNumber) {
	t.Helper()
	row, err := site.App.FindFirstRecordByFilter("settings", "id != ''")
	if err != nil {
		t.Fatal(err)
	}
	row.Set("languages", []string{"en", second})
	row.Set("help", append(readHelp(t, site), help...))
	if err := site.App.Save(row); err != nil {
		t.Fatal(err)
	}
}

func TestTheListWarnsOfWhatALanguageLacks(t *testing.T) {
	site := hooktest.Start(t)
	speaks(t, site, "fa", web.HelpNumber{Kind: "crisis", Name: "Night line", Number: "0800 22", Language: "fa"})
	boss := site.SignIn(t, site.MustSiteManager(t))
	warnings := boss.Get("/manage/help").Page(t).Find(".unwatched").Text()
	for kind, lacks := range map[string]bool{"In danger now · فارسی": true, "When it is too much": false, "English": false} {
		if strings.Contains(warnings, kind) != lacks {
			t.Errorf("%s: warned %v: %s", kind, !lacks, warnings)
		}
	}
}

func TestTheLastNumberInALanguageIsNotTakenOutByOnePress(t *testing.T) {
	site := hooktest.Start(t)
	speaks(t, site, "fa", web.HelpNumber{Kind: "crisis", Name: "Night line", Number: "0800 22", Language: "fa"})
	boss := site.SignIn(t, site.MustSiteManager(t))
	all := len(readHelp(t, site))
	form := url.Values{"stamp": {stampAt(t, boss, "/manage/help")}, "do": {"remove"}}
	want(t, "one press", boss.Post("/manage/help/8/move", form).Status, 422)
	want(t, "in words of another language", boss.Post("/manage/help/8", number(form.Get("stamp"), "crisis", "Night line")).Status, 422)
	want(t, "how many", len(readHelp(t, site)), all)
	form.Set("sure", "true")
	want(t, "sure", boss.Post("/manage/help/8/move", form).Status, 303)
	form = url.Values{"stamp": {stampAt(t, boss, "/manage/help")}, "do": {"remove"}}
	want(t, "the only emergency number, lacking in one language already", boss.Post("/manage/help/1/move", form).Status, 422)
}

func TestLanguagesAreCalledByTheirOwnNames(t *testing.T) {
	site := hooktest.Start(t)
	one, two := site.SignIn(t, site.MustSiteManager(t)), site.SignIn(t, site.MustSiteManager(t))
	states := one.Get("/manage/help").Page(t).Find("#numbers .state").First().Text()
	want(t, "of a number: "+states, strings.Contains(states, "English"), true)
	form := url.Values{"stamp": {stampAt(t, one, "/manage/settings")}, "site": {"S"}, "leave": {"/help"}, "language": {"en"}}
	want(t, "one", one.Post("/manage/settings", form).Status, 303)
	stands := two.Post("/manage/settings", form).Page(t).Find("#stands").Text()
	want(t, "of the site: "+stands, strings.Contains(stands, "English"), true)
}

func TestANumberForOnePlaceIsForThoseOfItsProgramme(t *testing.T) {
	site := hooktest.Start(t)
	programme, _ := site.MustProgramme(t)
	_, _, stranger := elsewhere(t, site)
	manager := site.SignIn(t, site.MustPerson(t, web.Manager))
	want(t, "a place", manager.Post("/manage/programmes/"+programme+"/places/new", url.Values{"name": {"Quay House"}, "hours": {"9 to 5"}}).Status, 303)
	var place string
	if err := site.App.DB().NewQuery("SELECT id FROM places WHERE programme = {:p}").Bind(dbx.Params{"p": programme}).Row(&place); err != nil {
		t.Fatal(err)
	}
	boss := site.SignIn(t, site.MustSiteManager(t))
	form := number(stampAt(t, boss, "/manage/help"), "advice", "Front desk")
	form.Set("place", place)
	want(t, "add", boss.Post("/manage/help/new", form).Status, 303)
	for name, who := range map[string]*hooktest.Browser{"a learner there": site.SignIn(t, site.MustPerson(t, web.Learner)), "a learner elsewhere": site.SignIn(t, stranger), "a guest": site.Guest(t)} {
		body := who.Get("/help").Body
		want(t, name+", the number", strings.Contains(body, "Front desk"), name == "a learner there")
		want(t, name+", the place", strings.Contains(body, "Quay House"), name == "a learner there")
		want(t, name+" sees what is for all", strings.Contains(body, "Samaritans"), true)
	}
}

func TestACourseNamesNoNumberThatIsForOnePlaceOnly(t *testing.T) {
	site := web.Site{Help: []web.HelpNumber{{Kind: "advice", Name: "Front desk", Place: "quay"}, {Kind: "advice", Name: "For all"}}}
	if found := site.HelpOf("advice", "en"); len(found) != 1 || found[0].Name != "For all" {
		t.Errorf("%v", found)
	}
}
