package people_test

import (
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// rowsOf asks the database a number.
func rowsOf(t *testing.T, site *hooktest.Site, sql string, params ...any) (n int) {
	t.Helper()
	bound := dbx.Params{}
	for i := 0; i+1 < len(params); i += 2 {
		bound[params[i].(string)] = params[i+1]
	}
	if err := site.App.DB().NewQuery("SELECT COUNT(*) FROM " + sql).Bind(bound).Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func want(t *testing.T, what string, got, wanted any) {
	t.Helper()
	if got != wanted {
		t.Errorf("%s: %v, want %v", what, got, wanted)
	}
}

// elsewhere makes a programme with a group, a place and a learner of its own.
func elsewhere(t *testing.T, site *hooktest.Site) (programme, cohort string, learner hooktest.Person) {
	t.Helper()
	programme, err := people.CreateProgramme(site.App, people.Programme{Name: "South", Label: "South"})
	if err != nil {
		t.Fatal(err)
	}
	if cohort, err = people.CreateCohort(site.App, programme, "Their group", site.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	learner = site.MustPerson(t)
	site.MustJoin(t, people.Membership{User: learner.ID, Role: web.Learner, Programme: programme, Cohort: cohort})
	return programme, cohort, learner
}

func TestFromTheFirstPageToTheFirstGroupInOneForm(t *testing.T) {
	site := hooktest.Start(t)
	first := site.SignIn(t, site.MustSiteManager(t))
	form := url.Values{"site": {"Side by side"}, "name": {"Prison leavers north"}, "label": {"Willow"}, "cohort": {"Thursday group"}, "walk": {"true"}}
	r := first.Post("/manage/start", form)
	want(t, "status", r.Status, 303)
	if !strings.HasPrefix(r.Location, "/facilitate/learners/new?cohort=") {
		t.Errorf("on to %q", r.Location)
	}
	want(t, "the new group is among mine", first.Follow(r).Status, 200)
	want(t, "roles", rowsOf(t, site, "memberships WHERE role IN ('manager', 'facilitator') AND programme != ''"), 2)
	want(t, "recorded", rowsOf(t, site, "audit WHERE kind IN ('settings-changed', 'programme-made', 'cohort-made', 'role-given')"), 5)
	if !strings.Contains(first.Get("/manage").Body, "Side by side") {
		t.Error("the site has its new name on no page")
	}
}

func TestAFirstStartThatFailsLeavesNothingBehind(t *testing.T) {
	site := hooktest.Start(t)
	site.MustProgramme(t)
	first := site.SignIn(t, site.MustSiteManager(t))
	programmes, cohorts, acts := rowsOf(t, site, "programmes"), rowsOf(t, site, "cohorts"), rowsOf(t, site, "audit")
	r := first.Post("/manage/start", url.Values{"site": {"Changed"}, "name": {"Another"}, "label": {"North Quay"}, "cohort": {"G"}, "walk": {"true"}})
	want(t, "status", r.Status, 422)
	if !strings.Contains(r.Body, `value="Another"`) {
		t.Error("what was typed is gone")
	}
	want(t, "programmes", rowsOf(t, site, "programmes"), programmes)
	want(t, "cohorts", rowsOf(t, site, "cohorts"), cohorts)
	want(t, "acts", rowsOf(t, site, "audit"), acts)
	want(t, "the name", rowsOf(t, site, "settings WHERE name = 'Changed'"), 0)
}

func TestALabelThatTellsIsAskedAboutOnce(t *testing.T) {
	site := hooktest.Start(t)
	first := site.SignIn(t, site.MustSiteManager(t))
	for _, label := range []string{"Prison group", "Refugees Welcome", "The MAPPA group", "the very name"} {
		form := url.Values{"name": {"The very name"}, "label": {label}, "manager": {"me"}}
		r := first.Post("/manage/programmes/new", form)
		want(t, label, r.Status, 422)
		form.Set("doubt", r.Page(t).Find("input[name=doubt]").AttrOr("value", ""))
		want(t, label+", sent again", first.Post("/manage/programmes/new", form).Status, 303)
	}
	want(t, "one that tells nothing", first.Post("/manage/programmes/new", url.Values{"name": {"N"}, "label": {"Sprison lane"}, "manager": {"me"}}).Status, 303)
}

func TestAProgrammeAndItsNewManagerAreMadeTogetherOrNotAtAll(t *testing.T) {
	site := hooktest.Start(t)
	first := site.SignIn(t, site.MustSiteManager(t))
	before := rowsOf(t, site, "users")
	form := url.Values{"name": {"N"}, "label": {"Oak"}, "manager": {"known"}, "who": {"nobody-there"}}
	want(t, "nobody", first.Post("/manage/programmes/new", form).Status, 422)
	want(t, "programmes", rowsOf(t, site, "programmes"), 0)
	form = url.Values{"name": {"N"}, "label": {"Oak"}, "manager": {"new"}, "called": {"Kofi"}}
	want(t, "new", first.Post("/manage/programmes/new", form).Status, 303)
	want(t, "people", rowsOf(t, site, "users"), before+1)
	want(t, "managers", rowsOf(t, site, "memberships WHERE role = 'manager' AND programme != ''"), 1)
}

func TestManagersSeeTheirOwnProgrammeAndNobodyElsesAnything(t *testing.T) {
	site := hooktest.Start(t)
	programme, cohort := site.MustProgramme(t)
	theirs, theirCohort, stranger := elsewhere(t, site)
	manager := site.SignIn(t, site.MustPerson(t, web.Manager))
	learner := site.MustPerson(t, web.Learner)
	mine, others := "/manage/programmes/"+programme, "/manage/programmes/"+theirs
	for _, address := range []string{"/manage", mine, mine + "/edit", mine + "/cohorts/" + cohort, mine + "/people", mine + "/people/" + learner.ID, mine + "/staff/new", mine + "/places/new"} {
		want(t, address, manager.Get(address).Status, 200)
	}
	for _, address := range []string{others, others + "/people", mine + "/cohorts/" + theirCohort, mine + "/people/" + stranger.ID, others + "/people/" + learner.ID, mine + "/places/abcdefghijklmno", "/manage/settings", "/manage/programmes", "/manage/start", "/manage/mail"} {
		want(t, address, manager.Get(address).Status, 404)
	}
	for name, who := range map[string]*hooktest.Browser{"learner": site.SignIn(t, learner), "facilitator": site.SignIn(t, site.MustPerson(t, web.Facilitator)), "site manager": site.SignIn(t, site.MustSiteManager(t))} {
		for _, address := range []string{mine, mine + "/people", mine + "/staff/new"} {
			want(t, name+" at "+address, who.Get(address).Status, 404)
		}
	}
}

func TestAFormThatNamesSomethingOfAnotherProgrammeChangesNothing(t *testing.T) {
	site := hooktest.Start(t)
	programme, cohort := site.MustProgramme(t)
	theirs, theirCohort, stranger := elsewhere(t, site)
	worker := site.MustPerson(t)
	site.MustJoin(t, people.Membership{User: worker.ID, Role: web.Facilitator, Programme: theirs, Cohort: theirCohort})
	manager := site.SignIn(t, site.MustPerson(t, web.Manager))
	learner := site.MustPerson(t, web.Learner)
	var foreign string
	if err := site.App.DB().NewQuery("SELECT id FROM memberships WHERE user = {:id}").Bind(dbx.Params{"id": stranger.ID}).Row(&foreign); err != nil {
		t.Fatal(err)
	}
	person := "/manage/programmes/" + programme + "/people/" + learner.ID
	before := rowsOf(t, site, "memberships") + rowsOf(t, site, "assignments") + rowsOf(t, site, "audit")
	for address, form := range map[string]url.Values{
		person + "/roles":                                        {"role": {"mentor"}, "cohort": {theirCohort}},
		person + "/roles/" + foreign:                             {},
		person + "/roles/" + foreign + "/pause":                  {},
		person + "/workers":                                      {"worker": {"facilitator:" + worker.ID}},
		person + "/workers/abcdefghijklmno":                      {},
		"/manage/programmes/" + programme + "/cohorts/" + cohort: {"name": {"X"}, "place": {"abcdefghijklmno"}},
	} {
		if r := manager.Post(address, form); r.Status != 404 && r.Status != 422 {
			t.Errorf("%s: %d", address, r.Status)
		}
	}
	want(t, "rows", rowsOf(t, site, "memberships")+rowsOf(t, site, "assignments")+rowsOf(t, site, "audit WHERE kind NOT LIKE '%refused%'"), before)
	want(t, "still theirs", rowsOf(t, site, "memberships WHERE id = {:id} AND ends = '' AND paused = ''", "id", foreign), 1)
}

func TestANewMemberOfStaffHasANeutralNameAndAPageForTheirLink(t *testing.T) {
	site := hooktest.Start(t)
	programme, cohort := site.MustProgramme(t)
	manager := site.SignIn(t, site.MustPerson(t, web.Manager))
	address := "/manage/programmes/" + programme + "/staff/new"
	proposed := manager.Get(address).Page(t).Find("#username").AttrOr("value", "")
	hostile := `<script>alert("گروه")</script>` + strings.Repeat("ن", 60)
	form := url.Values{"username": {proposed}, "called": {hostile}, "role": {"facilitator"}, "cohort": {cohort}}
	r := manager.Post(address, form)
	want(t, "status", r.Status, 303)
	page := manager.Follow(r)
	want(t, "their page", page.Status, 200)
	if strings.Contains(page.Body, "<script>alert") || page.Page(t).Find("h1").Text() != hostile {
		t.Errorf("called %q", page.Page(t).Find("h1").Text())
	}
	want(t, "a way in", page.Page(t).Find(`form[action$="/link"]`).Length(), 1)
	form.Set("called", strings.Repeat("x", 101))
	form.Set("email", "nonsense")
	again := manager.Post(address, form)
	want(t, "too long", again.Status, 422)
	want(t, "each problem at its field", again.Page(t).Find("#called-error, #email-error").Length(), 2)
	form.Set("called", "Tom")
	form.Del("email")
	taken := manager.Post(address, form)
	want(t, "taken", taken.Page(t).Find("#username-error").Length(), 1)
	want(t, "nobody was made", rowsOf(t, site, "users WHERE name LIKE 'Tom%'"), 0)
}

func TestASearchStaysInTheProgramme(t *testing.T) {
	site := hooktest.Start(t)
	programme, _ := site.MustProgramme(t)
	_, _, stranger := elsewhere(t, site)
	manager := site.SignIn(t, site.MustPerson(t, web.Manager))
	learner := site.MustPerson(t, web.Learner)
	people := "/manage/programmes/" + programme + "/people"
	for search, wanted := range map[string]int{learner.Username: 1, stranger.Username: 0, "%": 0, "_": 0, `\`: 0, "' OR 1=1 --": 0, "": 2} {
		got := manager.Get(people + "?search=" + url.QueryEscape(search)).Page(t).Find("main .rows li").Length()
		want(t, search, got, wanted)
	}
	want(t, "by role", manager.Get(people+"?role=learner").Page(t).Find("main .rows li").Length(), 1)
	want(t, "far behind the last page", manager.Get(people+"?page=99").Status, 200)
}

func TestTheSameRoleIsGivenOnceThoughTwoPressAtOnce(t *testing.T) {
	site := hooktest.Start(t)
	programme, cohort := site.MustProgramme(t)
	one, two := site.SignIn(t, site.MustPerson(t, web.Manager)), site.SignIn(t, site.MustPerson(t, web.Manager))
	learner := site.MustPerson(t, web.Learner)
	var wait sync.WaitGroup
	for _, browser := range []*hooktest.Browser{one, two, one, two} {
		wait.Go(func() {
			browser.Post("/manage/programmes/"+programme+"/people/"+learner.ID+"/roles", url.Values{"role": {"mentor"}, "cohort": {cohort}, "last": {site.Clock.Now().AddDate(1, 0, 0).Format(time.DateOnly)}})
		})
	}
	wait.Wait()
	want(t, "roles", rowsOf(t, site, "memberships WHERE user = {:id} AND role = 'mentor'", "id", learner.ID), 1)
}

func TestDatesInTheWrongOrderAreSentBack(t *testing.T) {
	site := hooktest.Start(t)
	programme, cohort := site.MustProgramme(t)
	manager := site.SignIn(t, site.MustPerson(t, web.Manager))
	learner := site.MustPerson(t, web.Learner)
	mine := "/manage/programmes/" + programme
	for address, form := range map[string]url.Values{
		mine + "/edit":                            {"name": {"N"}, "label": {"Oak"}},
		mine + "/cohorts/new":                     {"name": {"N"}},
		mine + "/people/" + learner.ID + "/roles": {"role": {"mentor"}, "cohort": {cohort}},
		mine + "/staff/new":                       {"role": {"mentor"}, "username": {"oak-11"}},
	} {
		form.Set("first", "2036-05-03")
		form.Set("last", "2036-05-02")
		r := manager.Post(address, form)
		want(t, address, r.Status, 422)
		want(t, address+", at its field", r.Page(t).Find("#last-error").Length(), 1)
		form.Set("last", "someday")
		want(t, address+", no date", manager.Post(address, form).Status, 422)
	}
}

func TestNothingBeginsInAProgrammeThatHasEnded(t *testing.T) {
	site := hooktest.Start(t)
	programme, cohort := site.MustProgramme(t)
	manager := site.SignIn(t, site.MustPerson(t, web.Manager))
	learner := site.MustPerson(t, web.Learner)
	mine := "/manage/programmes/" + programme
	yesterday := site.Clock.Now().AddDate(0, 0, -1).Format(time.DateOnly)
	want(t, "end it", manager.Post(mine+"/edit", url.Values{"name": {"N"}, "label": {"Oak"}, "last": {yesterday}}).Status, 303)
	r := manager.Post(mine+"/people/"+learner.ID+"/roles", url.Values{"role": {"mentor"}, "cohort": {cohort}})
	want(t, "a role", r.Status, 422)
	if !strings.Contains(manager.Get("/manage").Body, "Ended") {
		t.Error("the hub does not say so")
	}
}

func TestAnEmailOfSomebodyElseIsRefusedForSomebodyNewInWordsThatDoNotSaySo(t *testing.T) {
	s := hooktest.Start(t)
	programme, cohort := s.MustProgramme(t)
	_, _, stranger := elsewhere(t, s)
	if _, err := s.App.NonconcurrentDB().NewQuery("UPDATE users SET email = 'stranger@example.org' WHERE id = {:id}").Bind(dbx.Params{"id": stranger.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	manager, boss := s.MustPerson(t, web.Manager), s.MustSiteManager(t)
	people := rowsOf(t, s, "users")
	staff := url.Values{"username": {"maple-48"}, "called": {"Mina"}, "role": {"mentor"}, "cohort": {cohort}, "email": {"Stranger@example.org"}}
	r := s.SignIn(t, manager).Post("/manage/programmes/"+programme+"/staff/new", staff)
	r2 := s.SignIn(t, boss).Post("/manage/programmes/new", url.Values{"name": {"A new one"}, "label": {"Harbour"}, "manager": {"new"}, "email": {"stranger@example.org"}})
	for _, r := range []hooktest.Response{r, r2} {
		said := plain(r.Page(t).Find("#email-error"))
		if r.Status != 422 || !strings.HasSuffix(said, "This e-mail cannot be used here. Type another one, or leave it empty.") {
			t.Errorf("status %d, %q", r.Status, said)
		}
	}
	s.House.Audit.Settle()
	for _, by := range []hooktest.Person{manager, boss} {
		want(t, "on record", rowsOf(t, s, "audit WHERE kind = 'email-refused' AND actor = {:by} AND subject = ''", "by", by.ID), 1)
	}
	want(t, "people", rowsOf(t, s, "users"), people)
}
