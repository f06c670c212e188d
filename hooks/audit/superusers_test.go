package audit_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"alongside/hooks/audit"
	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// A superuser is somebody with the dashboard: who they are, and what they send.
type superuser struct {
	id, token string
	browser   *hooktest.Browser
}

const (
	superMail     = "root@example.org"
	superPassword = "apples in autumn"
)

func mustSuperuser(t *testing.T, s *hooktest.Site) superuser {
	t.Helper()
	collection, err := s.App.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		t.Fatal(err)
	}
	row := core.NewRecord(collection)
	row.SetEmail(superMail)
	row.SetPassword(superPassword)
	if err := s.App.Save(row); err != nil {
		t.Fatal(err)
	}
	root := superuser{id: row.Id, browser: s.Guest(t)}
	r := root.ask(t, http.MethodPost, "/api/collections/_superusers/auth-with-password", `{"identity":"`+superMail+`","password":"`+superPassword+`"}`)
	var answer struct{ Token string }
	if err := json.Unmarshal([]byte(r.Body), &answer); err != nil || answer.Token == "" {
		t.Fatalf("sign in: status %d, %v\n%s", r.Status, err, r.Body)
	}
	root.token = answer.Token
	return root
}

func (u superuser) ask(t *testing.T, method, path, body string) hooktest.Response {
	t.Helper()
	request, err := http.NewRequest(method, u.browser.Request(http.MethodGet, path, nil).URL.String(), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if u.token != "" {
		request.Header.Set("Authorization", u.token)
	}
	return u.browser.Do(request)
}

// newest is the newest act.
func newest(t *testing.T, s *hooktest.Site) audit.Act {
	t.Helper()
	s.House.Audit.Settle()
	var row struct{ Kind, Actor, Subject, Item, Detail string }
	if err := s.App.DB().NewQuery("SELECT kind, actor, subject, item, detail FROM audit ORDER BY number DESC LIMIT 1").One(&row); err != nil {
		t.Fatal(err)
	}
	return audit.Act{Kind: audit.Kind(row.Kind), Actor: row.Actor, Subject: row.Subject, Item: row.Item, Detail: row.Detail}
}

func TestWhatASuperuserDoesIsRecordedAndAboutThePersonItBelongsTo(t *testing.T) {
	s := hooktest.Start(t)
	learner := s.MustPerson(t, web.Learner)
	root := mustSuperuser(t, s)
	in := audit.Act{Kind: audit.SuperuserIn, Actor: root.id, Detail: "password"}
	if got := newest(t, s); got != in {
		t.Errorf("sign-in: %+v", got)
	}
	var membership string
	if err := s.App.DB().NewQuery("SELECT id FROM memberships LIMIT 1").Row(&membership); err != nil {
		t.Fatal(err)
	}
	change := func(subject, item, detail string) audit.Act {
		return audit.Act{Kind: audit.SuperuserChange, Actor: root.id, Subject: subject, Item: item, Detail: detail}
	}
	for _, test := range []struct {
		method, path, body string
		status             int
		want               audit.Act
	}{
		{"PATCH", "/api/collections/users/records/" + learner.ID, `{"name":"Alex"}`, 200, change(learner.ID, "users/"+learner.ID, "update")},
		{"GET", "/api/collections/users/records/" + learner.ID, ``, 200, audit.Act{Kind: audit.SuperuserView, Actor: root.id, Subject: learner.ID, Item: "users/" + learner.ID, Detail: "view"}},
		{"GET", "/api/collections/memberships/records", ``, 200, audit.Act{Kind: audit.SuperuserView, Actor: root.id, Item: "memberships", Detail: "list"}},
		{"DELETE", "/api/collections/memberships/records/" + membership, ``, 204, change(learner.ID, "memberships/"+membership, "delete")},
		{"POST", "/api/collections/programmes/records", `{"name":"A","label":"A"}`, 200, change("", "", "create")},
		{"PATCH", "/api/settings", `{"meta":{"appName":"Other"}}`, 200, change("", "", "PATCH /api/settings")},
		{"PATCH", "/api/collections/places", `{"listRule":null}`, 200, change("", "places", "PATCH /api/collections/{collection}")},
		{"DELETE", "/api/collections/holds/truncate", ``, 204, change("", "holds", "DELETE /api/collections/{collection}/truncate")},
		{"POST", "/api/sql", `{"query":"SELECT 1"}`, 200, change("", "", "POST /api/sql")},
	} {
		r := root.ask(t, test.method, test.path, test.body)
		got := newest(t, s)
		if test.want.Detail == "create" {
			test.want.Item = got.Item
		}
		if r.Status != test.status || got != test.want {
			t.Errorf("%s %s: status %d, recorded %+v, want %+v\n%s", test.method, test.path, r.Status, got, test.want, r.Body)
		}
	}
	before := newest(t, s)
	root.ask(t, "GET", "/api/collections/memberships/records", ``)
	if got := newest(t, s); got != before {
		t.Errorf("a second list within the hour: %+v", got)
	}
	about, err := s.House.Audit.About(t.Context(), learner.ID, 10)
	if err != nil || len(about) != 3 {
		t.Errorf("about the learner: %+v, %v", about, err)
	}
}

func TestASuperusersSignInThatIsRefusedIsRecorded(t *testing.T) {
	s := hooktest.Start(t)
	root := mustSuperuser(t, s)
	root.token = ""
	root.ask(t, http.MethodPost, "/api/collections/_superusers/auth-with-password", `{"identity":"`+superMail+`","password":"wrong wrong wrong"}`)
	if got := newest(t, s); got != (audit.Act{Kind: audit.SuperuserNotIn, Item: "_superusers/" + root.id}) {
		t.Errorf("%+v", got)
	}
	root.ask(t, http.MethodPost, "/api/collections/_superusers/auth-with-password", `{"identity":"nobody@example.org","password":"wrong wrong wrong"}`)
	if got := newest(t, s); got != (audit.Act{Kind: audit.SuperuserNotIn}) {
		t.Errorf("%+v", got)
	}
}

func TestASuperuserCannotTouchTheRecordInTheDashboard(t *testing.T) {
	s := hooktest.Start(t)
	s.SignIn(t, s.MustPerson(t, web.Learner))
	root := mustSuperuser(t, s)
	var row string
	if err := s.App.DB().NewQuery("SELECT id FROM audit WHERE kind = 'signed-in'").Row(&row); err != nil {
		t.Fatal(err)
	}
	for _, ask := range []struct{ method, path, body, says string }{
		{"PATCH", "/api/collections/audit/records/" + row, `{"detail":"x"}`, "only grows"},
		{"DELETE", "/api/collections/audit/records/" + row, ``, "only grows"},
		{"POST", "/api/collections/audit/records", `{"number":999,"at":"2026-01-01 00:00:00.000Z","kind":"erased"}`, "only grows"},
		{"PATCH", "/api/collections/audit", `{"listRule":""}`, "only grows"},
		{"DELETE", "/api/collections/audit", ``, ""},
		{"DELETE", "/api/collections/audit/truncate", ``, ""},
		{"POST", "/api/sql", `{"query":"DELETE FROM audit"}`, "kept for a year"},
		{"POST", "/api/sql", `{"query":"UPDATE audit SET detail = 'x'"}`, "never changes"},
	} {
		r := root.ask(t, ask.method, ask.path, ask.body)
		if r.Status < 400 || !strings.Contains(r.Body, ask.says) {
			t.Errorf("%s %s: status %d\n%s", ask.method, ask.path, r.Status, r.Body)
		}
	}
	report, err := s.House.Audit.Verify(t.Context(), nil)
	if err != nil || !report.IsWhole() {
		t.Errorf("%v\n%v", err, report.Lines("en"))
	}
}

func TestSomebodysOwnSignInsAndDevicesAreRecorded(t *testing.T) {
	s := hooktest.Start(t)
	learner := s.MustPerson(t, web.Learner)
	phone := s.SignInOnOwn(t, learner)
	computer := s.SignIn(t, learner)
	var other string
	if err := s.App.DB().NewQuery("SELECT id FROM sessions WHERE own_device = 1").Row(&other); err != nil {
		t.Fatal(err)
	}
	computer.Post("/me/devices/"+other, nil)
	if got := newest(t, s); got.Kind != audit.SignedOutOther || got.Item != other || got.Subject != learner.ID {
		t.Errorf("a device signed out: %+v", got)
	}
	if r := phone.Get("/me"); r.Status != 303 {
		t.Errorf("it is still signed in: status %d", r.Status)
	}
	computer.Post("/me/devices/nothing-like-it", nil)
	if got := newest(t, s); got.Item != other {
		t.Errorf("no device signed out: %+v", got)
	}
	about, err := s.House.Audit.About(t.Context(), learner.ID, 10)
	if err != nil || len(about) != 3 {
		t.Errorf("%+v, %v", about, err)
	}
}
