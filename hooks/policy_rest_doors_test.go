package hooks_test

import (
	"bufio"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"alongside/hooks/hooktest"

	"github.com/pocketbase/pocketbase/core"
)

// PocketBase's own doors: ways to sign in, to become somebody else, to run the
// site. Those of people are not there for anybody; those of superusers are there
// for superusers.
func TestPolicyOfPocketBasesOwnDoors(t *testing.T) {
	t.Parallel()
	w := mustWorld(t)
	w.keepRoles()
	w.viewers = append(w.viewers, w.mustHoldToken(t, "theirs"), w.mustHoldToken(t, "manager"))
	watch, cells := mustWatch(t, w), 0
	superuser := w.mustBeSuperuser(t)
	watch.changed(t) // the superuser is gone again, their token too
	for _, door := range doorsOfSignIn(w.people["theirs"]) {
		for _, viewer := range append(w.viewers, superuser) {
			cells++
			at := fmt.Sprintf("%s: %s %s", viewer, door.method, door.path)
			if got := viewer.do(t, door.about(t, viewer, "")); got.status != 404 {
				t.Errorf("%s: %s", at, got)
			}
			leavesAlone(t, at, watch.changed(t))
		}
	}
	for _, door := range doorsOfSuperusers(w.people["theirs"].ID) {
		for _, viewer := range w.viewers {
			cells++
			at := fmt.Sprintf("%s: %s %s", viewer, door.method, door.path)
			if got := viewer.do(t, door.about(t, viewer, "")); !got.isNothing() {
				t.Errorf("%s: %s", at, got)
			}
			leavesAlone(t, at, watch.changed(t))
		}
	}
	t.Logf("policy: %d cells of PocketBase's own doors", cells)
}

// doorsOfSignIn are those that PocketBase has for every collection of people.
func doorsOfSignIn(p hooktest.Person) (all []apiAsk) {
	for _, collection := range []string{"users", "_pb_users_auth_"} {
		for action, body := range map[string]string{
			"GET auth-methods":            ``,
			"POST auth-with-password":     `{"identity":"` + p.Username + `","password":"` + p.Password + `"}`,
			"POST auth-with-otp":          `{"otpId":"x","password":"1"}`,
			"POST auth-with-oauth2":       `{"provider":"google","code":"x"}`,
			"POST auth-refresh":           `{}`,
			"POST request-otp":            `{"email":"a@example.org"}`,
			"POST request-password-reset": `{"email":"a@example.org"}`,
			"POST confirm-password-reset": `{"token":"x","password":"y","passwordConfirm":"y"}`,
			"POST request-verification":   `{"email":"a@example.org"}`,
			"POST confirm-verification":   `{"token":"x"}`,
			"POST request-email-change":   `{"newEmail":"a@example.org"}`,
			"POST confirm-email-change":   `{"token":"x","password":"y"}`,
			"POST impersonate/" + p.ID:    `{}`,
		} {
			method, action, _ := strings.Cut(action, " ")
			all = append(all, apiAsk{method, "/api/collections/" + collection + "/" + action, body, nil})
		}
	}
	return all
}

// doorsOfSuperusers are the rest of PocketBase's API.
func doorsOfSuperusers(person string) (all []apiAsk) {
	for _, door := range []string{
		"GET /api/collections", "POST /api/collections", "PUT /api/collections/import", "GET /api/collections/meta/scaffolds",
		"GET /api/collections/meta/oauth2-providers", "POST /api/collections/meta/dry-run-view",
		"GET /api/settings", "PATCH /api/settings", "POST /api/settings/test/s3", "POST /api/settings/test/email",
		"POST /api/settings/apple/generate-client-secret",
		"GET /api/logs", "GET /api/logs/stats", "GET /api/logs/x",
		"GET /api/backups", "POST /api/backups", "POST /api/backups/upload", "DELETE /api/backups/x", "POST /api/backups/x/restore",
		"GET /api/backups/x?token=x", "GET /api/crons", "POST /api/crons/optimize", "POST /api/sql",
		"GET /api/collections/_superusers/records", "GET /api/collections/_externalAuths/records", "GET /api/collections/_authOrigins/records",
		"GET /api/collections/_mfas/records", "GET /api/collections/_otps/records", "POST /api/collections/_superusers/records",
		"GET /api/collections/_authOrigins/records?filter=recordRef='" + person + "'",
	} {
		method, path, _ := strings.Cut(door, " ")
		all = append(all, apiAsk{method, path, "{}", nil})
	}
	return all
}

// mustBeSuperuser is somebody with a superuser's token.
func (w *world) mustBeSuperuser(t *testing.T) *viewer {
	t.Helper()
	superusers, err := w.App.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		t.Fatal(err)
	}
	superuser := core.NewRecord(superusers)
	superuser.SetEmail("root@example.org")
	superuser.SetPassword("apples in autumn")
	if err := w.App.Save(superuser); err != nil {
		t.Fatal(err)
	}
	v := w.mustView(t, "")
	v.name = "superuser"
	if v.token, err = superuser.NewAuthToken(); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestPolicyLetsSuperusersReadEveryCollection(t *testing.T) {
	w := mustWorld(t)
	superuser := w.mustBeSuperuser(t)
	for _, c := range ours(t, w.App) {
		list := apiAsk{"GET", "/api/collections/" + c.Name + "/records", "", nil}
		if got := superuser.do(t, list.about(t, superuser, "")); got.status != 200 {
			t.Errorf("%s: %s", c.Name, got)
		}
	}
}

func TestPolicyOfEveryRealtimeTopic(t *testing.T) {
	inFull(t)
	t.Parallel()
	w := mustWorld(t)
	w.keepRoles()
	all := topics(t, w) // before the watch begins, since it may make rows
	watch, cells := mustWatch(t, w), 0
	for _, viewer := range w.viewers {
		client := viewer.mustListen(t)
		for _, topic := range all {
			cells++
			body := fmt.Sprintf(`{"clientId":%q,"subscriptions":[%q]}`, client, topic)
			ask := apiAsk{"POST", "/api/realtime", body, nil}
			if got := viewer.do(t, ask.about(t, viewer, "")); got.status != 403 {
				t.Errorf("%s: %s: %s", viewer, topic, got)
			}
			leavesAlone(t, viewer.String()+": "+topic, watch.changed(t))
		}
	}
	t.Logf("policy: %d cells of realtime", cells)
}

// topics are all that somebody might listen to: each collection by its name and
// its id, one row of it, all of them, with what PocketBase takes as options; and
// names that are no collection's.
func topics(t *testing.T, w *world) []string {
	t.Helper()
	all := []string{"@oauth2", "PB_CONNECT", "grid", "queue", "*", "/", "users/" + w.people["theirs"].ID}
	for _, c := range ours(t, w.App) {
		for _, id := range someRows(t, w.App, c) {
			all = append(all, c.Name+"/"+id)
		}
		all = append(all, c.Name, c.Name+"/*", c.Id+"/*", c.Name+`/*?options={"query":{"filter":"id!=''","expand":"user"}}`)
	}
	return all
}

// mustListen opens a connection as somebody and gives its id.
func (v *viewer) mustListen(t *testing.T) string {
	t.Helper()
	request := v.browser.Request(http.MethodGet, "/api/realtime", nil)
	for _, cookie := range v.cookies {
		request.AddCookie(cookie)
	}
	response, err := v.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		if id, ok := strings.CutPrefix(lines.Text(), "id:"); ok {
			return id
		}
	}
	t.Fatal("no connection")
	return ""
}
