package signin_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/PuerkitoBio/goquery"
)

const notDone = "You were signed out before this was done. It was not done. Please do it again."

// A team is somebody who may do everything there is, and a learner of theirs.
type team struct {
	*hooktest.Site
	boss, learner     hooktest.Person
	programme, cohort string
}

func withTeam(t *testing.T) *team {
	t.Helper()
	site := hooktest.Start(t)
	all := &team{Site: site, boss: site.MustSiteManager(t), learner: site.MustPerson(t, web.Learner)}
	all.programme, all.cohort = site.MustProgramme(t)
	for _, role := range []web.Role{web.Manager, web.Facilitator, web.Mentor} {
		site.MustJoin(t, people.Membership{User: all.boss.ID, Role: role, Programme: all.programme, Cohort: all.cohort})
	}
	return all
}

// one is a value of the database.
func (m *team) one(t *testing.T, query string) (value string) {
	t.Helper()
	if err := m.App.DB().NewQuery(query).Row(&value); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return value
}

// signInAgain follows to the sign-in page, signs in on it, and opens where that
// leads.
func (m *team) signInAgain(t *testing.T, browser *hooktest.Browser, sent hooktest.Response) (page hooktest.Response, notice string) {
	t.Helper()
	asked := browser.Follow(sent)
	notice = strings.TrimSpace(asked.Page(t).Find(".notice").Text())
	form := credentials(m.boss.Username, m.boss.Password)
	form.Set("back", asked.Page(t).Find("main [name=back]").AttrOr("value", ""))
	return browser.Follow(browser.Post("/sign-in", form)), notice
}

func TestAFormThatCannotBeShownAgainSaysThatItIsNotDoneAndLeadsToItsPage(t *testing.T) {
	m := withTeam(t)
	learner, person := "/facilitate/learners/"+m.learner.ID, "/manage/programmes/"+m.programme+"/people/"+m.learner.ID
	for _, c := range []struct{ address, from, to string }{
		{learner + "/card", learner, learner},
		{learner + "/card/void", "", learner},
		{learner + "/code", m.URL + learner + "?from=list", learner + "?from=list"},
		{learner + "/pause", m.URL + learner + "/pause", learner}, // it had come back to be put right
		{person + "/workers", m.URL + person, person},
		{person + "/roles", "", person},
		{"/manage/managers", m.URL + "/manage/programmes", "/manage/programmes"},
		{"/manage/managers", "https://elsewhere.example//elsewhere", "/manage"},
		{"/manage/managers", "https://elsewhere.example/nowhere", "/manage"},
		{"/manage/mail", m.URL + "/manage/mail", "/manage/mail"},
		{"/me/data/download", "", "/me/data"},
		{"/me/devices/none", "", "/me"},
		{"/me/password", "", "/me/password"},
	} {
		browser := m.SignIn(t, m.boss)
		m.Clock.Pass(16 * time.Minute)
		request := browser.Request(http.MethodPost, c.address, url.Values{"name": {"typed"}})
		request.Header.Set("Referer", c.from)
		sent := browser.Do(request)
		if want := "/sign-in?back=" + url.QueryEscape(c.to); sent.Status != 303 || sent.Location != want {
			t.Errorf("%s: status %d to %q, want %q", c.address, sent.Status, sent.Location, want)
			continue
		}
		page, notice := m.signInAgain(t, browser, sent)
		if notice != notDone || page.Status != 200 {
			t.Errorf("%s: %q, then status %d", c.address, notice, page.Status)
		}
	}
	if n := keptForms(t, m.Site); n != 0 {
		t.Errorf("%d forms are kept", n)
	}
}

func TestAListThatComesTooLateIsSaidNotToBeDone(t *testing.T) {
	m := withTeam(t)
	page := "/facilitate/cohorts/" + m.cohort + "/import"
	browser := m.SignIn(t, m.boss)
	m.Clock.Pass(16 * time.Minute)

	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("list", "people.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write([]byte(strings.Repeat("name\nSam\n", 50_000))); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, m.URL+page, &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	shown, notice := m.signInAgain(t, browser, browser.Do(request))
	if notice != notDone || shown.Status != 200 || shown.Page(t).Find("form[enctype]").Length() != 1 {
		t.Errorf("%q, then status %d", notice, shown.Status)
	}
}

func TestAFormOfSomebodyWhoSignedOutInAnotherTabIsKeptOrSaidNotToBeDone(t *testing.T) {
	m := withTeam(t)
	places := "/manage/programmes/" + m.programme + "/places/new"
	for address, want := range map[string]string{
		places:             "It is kept.",
		"/manage/managers": "It was not done.",
	} {
		browser := m.SignIn(t, m.boss)
		mark := browser.Get(places).Page(t).Find("main [name=whose]").AttrOr("value", "")
		browser.Post("/sign-out", nil)
		sent := browser.Post(address, url.Values{"whose": {mark}, "name": {"The library"}})
		if _, notice := m.signInAgain(t, browser, sent); !strings.Contains(notice, want) {
			t.Errorf("%s: %q", address, notice)
		}
	}
	if name := fieldsOf(t, m.SignIn(t, m.boss).Get(places), places).Get("name"); name != "The library" {
		t.Errorf("the place is called %q", name)
	}
}

// Every form of the house that waits for who sent it, filled in on all its lines.
func TestEveryFormThatIsKeptComesBackWithAllThatWasTyped(t *testing.T) {
	m := withTeam(t)
	tried := 0
	for _, door := range m.House.Pages.Doors() {
		if door.Late != web.LateRefilled {
			continue
		}
		tried++
		t.Run(door.Path, func(t *testing.T) {
			address := m.addressOf(t, door.Path)
			browser := m.SignIn(t, m.boss)
			page := browser.Get(address)
			typed := typeInto(t, page, address)
			if len(typed) == 0 {
				t.Fatalf("no form on %s: status %d", address, page.Status)
			}
			m.Clock.Pass(16 * time.Minute)
			again, notice := m.signInAgain(t, browser, browser.Post(address, typed))
			if !strings.Contains(notice, "It is kept.") {
				t.Errorf("the sign-in page says %q", notice)
			}
			if said := again.Page(t).Find("main .notice").Text(); !strings.Contains(said, "It is here again.") {
				t.Errorf("the page says %q", said)
			}
			typed.Del("whose")
			got := fieldsOf(t, again, address)
			got.Del("whose")
			for name, want := range typed {
				if !slices.Equal(got[name], want) {
					t.Errorf("%s is %q, want %q", name, got[name], want)
				}
			}
			if len(got) != len(typed) {
				t.Errorf("it has %v, want %v", got, typed)
			}
		})
	}
	if tried < 14 {
		t.Errorf("only %d forms are kept", tried)
	}
}

func TestEveryFormThatIsKeptHasAPageAtItsAddress(t *testing.T) {
	doors := hooktest.Start(t).House.Pages.Doors()
	for _, door := range doors {
		isPage := func(other web.Door) bool { return other.Method == http.MethodGet && other.Path == door.Path }
		if door.Late != web.LateNotDone && !slices.ContainsFunc(doors, isPage) {
			t.Errorf("%s: nothing can be opened there", door.Path)
		}
	}
}

func TestAFilledInFormIsForgottenOnceItIsDoneAndNotBefore(t *testing.T) {
	m := withTeam(t)
	places := "/manage/programmes/" + m.programme + "/places/new"
	browser := m.SignIn(t, m.boss)
	m.Clock.Pass(16 * time.Minute)
	browser.Post(places, url.Values{"name": {"The library"}})
	browser = m.SignIn(t, m.boss)

	if r := browser.Post(places, url.Values{"name": {""}}); r.Status != 422 || strings.Contains(r.Body, "The library") {
		t.Errorf("without a name: status %d", r.Status)
	}
	if n := keptForms(t, m.Site); n != 1 {
		t.Errorf("%d forms are kept, want 1", n)
	}
	if r := browser.Post(places, url.Values{"name": {"The library"}}); r.Status != 303 {
		t.Errorf("with a name: status %d", r.Status)
	}
	if name := fieldsOf(t, browser.Get(places), places).Get("name"); name != "" || keptForms(t, m.Site) != 0 {
		t.Errorf("the form still has %q", name)
	}
}

func TestAnotherPersonsFormThatHasNoPageLeadsToThePageItWasOn(t *testing.T) {
	m := withTeam(t)
	learner := "/facilitate/learners/" + m.learner.ID
	r := m.SignIn(t, m.boss).Post(learner+"/pause", url.Values{"whose": {"somebody.else"}})
	if r.Status != 303 || r.Location != learner {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
}

// formAt is the form of a page that is sent to an address.
func formAt(t *testing.T, page hooktest.Response, address string) *goquery.Selection {
	t.Helper()
	return page.Page(t).Find("main form[method=post]").FilterFunction(func(_ int, form *goquery.Selection) bool {
		return form.AttrOr("action", "") == address
	}).First()
}

// typeInto is the form of a page with every line of it filled in and every choice
// made anew.
func typeInto(t *testing.T, page hooktest.Response, address string) url.Values {
	t.Helper()
	form := formAt(t, page, address)
	form.Find("input, textarea").Each(func(_ int, line *goquery.Selection) {
		switch line.AttrOr("type", "text") {
		case "hidden", "password":
		case "radio": // the last of its name stays chosen
			form.Find("input[type=radio][name='" + line.AttrOr("name", "") + "']").RemoveAttr("checked")
			line.SetAttr("checked", "")
		case "checkbox":
			if _, on := line.Attr("checked"); on {
				line.RemoveAttr("checked")
			} else {
				line.SetAttr("checked", "")
			}
		case "date":
			line.SetAttr("value", "2031-02-03")
		case "time":
			line.SetAttr("value", "13:45")
		case "number":
			line.SetAttr("value", "77")
		default:
			line.SetAttr("value", `<b>"typed"</b> & `+line.AttrOr("name", ""))
			if goquery.NodeName(line) == "textarea" {
				line.SetText("\n<b>two</b>\nlines")
			}
		}
	})
	form.Find("select").Each(func(_ int, list *goquery.Selection) {
		list.Find("option").RemoveAttr("selected").Last().SetAttr("selected", "")
	})
	return valuesOf(form)
}

// fieldsOf is what a browser would send of a form as it stands.
func fieldsOf(t *testing.T, page hooktest.Response, address string) url.Values {
	t.Helper()
	return valuesOf(formAt(t, page, address))
}

func valuesOf(form *goquery.Selection) url.Values {
	all := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, line *goquery.Selection) {
		name, value := line.AttrOr("name", ""), line.AttrOr("value", "")
		switch line.AttrOr("type", "") {
		case "checkbox", "radio":
			if _, on := line.Attr("checked"); !on {
				return
			}
		}
		switch goquery.NodeName(line) {
		case "textarea":
			value = line.Text()
		case "select":
			chosen := line.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = line.Find("option").First()
			}
			value = chosen.AttrOr("value", "")
		}
		all.Add(name, value)
	})
	return all
}
