package hooks_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

// The REST API is closed to people for every collection there is. These tests
// ask the app which there are, so that a new one is covered by itself. A rule
// that is opened on purpose is written into open, with its reason.
var open = map[string]string{} // "METHOD collection": why

func TestPolicyOfEveryCollectionOverREST(t *testing.T) {
	inFull(t)
	t.Parallel()
	w := mustWorld(t)
	w.keepRoles()
	w.viewers = append(w.viewers, w.mustHoldToken(t, "theirs"), w.mustHoldToken(t, "site manager"))
	rows := map[string][]string{} // before the watch begins, since it may make one
	for _, c := range ours(t, w.App) {
		rows[c.Name] = someRows(t, w.App, c)
	}
	watch, cells := mustWatch(t, w), 0
	for _, c := range ours(t, w.App) {
		for _, viewer := range w.viewers {
			for _, ask := range asks(c, rows[c.Name]) {
				if open[ask.method+" "+c.Name] != "" {
					continue
				}
				cells++
				told := map[answer]string{}
				for _, id := range ask.ids {
					got := viewer.do(t, ask.about(t, viewer, id))
					at := fmt.Sprintf("%s: %s %s %s", viewer, ask.method, ask.at(id), ask.body)
					if !got.isNothing() {
						t.Errorf("%s: %s", at, got)
					}
					leavesAlone(t, at, watch.changed(t))
					told[got.without(id)] = at
				}
				areTheSame(t, "of what is there, and of what is not, they are told", told)
			}
		}
	}
	t.Logf("policy: %d cells of REST, of %d collections", cells, len(rows))
}

// keepRoles leaves one viewer of each role: the API knows no more of people.
func (w *world) keepRoles() {
	w.viewers = slices.DeleteFunc(w.viewers, func(v *viewer) bool {
		return !slices.Contains([]string{"", "nobody", "theirs", "mentor", "facilitator", "lead", "manager", "site manager"}, v.name)
	})
}

// mustHoldToken is somebody who got hold of a token of PocketBase's own.
func (w *world) mustHoldToken(t *testing.T, name string) *viewer {
	t.Helper()
	record, err := w.App.FindRecordById("users", w.people[name].ID)
	if err != nil {
		t.Fatal(err)
	}
	v := w.mustView(t, "")
	v.name = name + ", with a token"
	if v.token, err = record.NewAuthToken(); err != nil {
		t.Fatal(err)
	}
	return v
}

// An apiAsk is one request of PocketBase's API, about rows where it names one.
type apiAsk struct {
	method, path string // {id} is the row
	body         string
	ids          []string // real ones, and one that nobody has; a single "" where it names none
}

func (a apiAsk) at(id string) string { return strings.ReplaceAll(a.path, "{id}", id) }

func (a apiAsk) about(t *testing.T, v *viewer, id string) *http.Request {
	t.Helper()
	address := v.browser.Request(a.method, "", nil).URL.String() + a.at(id)
	request, err := http.NewRequest(a.method, address, bytes.NewReader([]byte(strings.ReplaceAll(a.body, "{id}", id))))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	request.Header.Set("Content-Type", "application/json")
	if v.token != "" {
		request.Header.Set("Authorization", v.token)
	}
	return request
}

// isNothing reports whether a request got nothing: PocketBase answers a list that
// no rule opens with 403, and rows and files as if they were not there.
func (a answer) isNothing() bool { return a.status == 401 || a.status == 403 || a.status == 404 }

// asks is every way to a collection, its rows and its files.
func asks(c *core.Collection, rows []string) []apiAsk {
	records := "/api/collections/" + c.Name + "/records"
	batch := func(request string) apiAsk {
		return apiAsk{"POST", "/api/batch", `{"requests":[` + request + `]}`, rows}
	}
	none := []string{""}
	all := []apiAsk{
		{"GET", records, "", none},
		{"GET", "/api/collections/" + c.Id + "/records", "", none},
		{"GET", records + "?skipTotal=1&fields=id&perPage=1&sort=-id", "", none},
		{"GET", records + "?expand=" + strings.Join(relations(c), ","), "", none},
		{"GET", records + "/{id}", "", rows},
		{"GET", records + "/{id}?expand=" + strings.Join(relations(c), ","), "", rows},
		{"POST", records, body(c, ""), none},
		{"POST", records, body(c, "abcdefghijklmno"), none},
		{"PATCH", records + "/{id}", body(c, ""), rows},
		{"PATCH", records + "/{id}", "{}", rows},
		{"DELETE", records + "/{id}", "", rows},
		{"DELETE", "/api/collections/" + c.Name + "/truncate", "", none},
		{"GET", "/api/collections/" + c.Name, "", none},
		{"PATCH", "/api/collections/" + c.Name, `{"listRule":""}`, none},
		{"DELETE", "/api/collections/" + c.Name, "", none},
		batch(`{"method":"POST","url":"` + records + `","body":` + body(c, "") + `}`),
		batch(`{"method":"PATCH","url":"` + records + `/{id}","body":{}}`),
		batch(`{"method":"PUT","url":"` + records + `","body":{"id":"{id}"}}`),
		batch(`{"method":"DELETE","url":"` + records + `/{id}"}`),
	}
	for _, file := range append(files(c), "file.bin") {
		all = append(all,
			apiAsk{"GET", "/api/files/" + c.Name + "/{id}/" + file, "", rows},
			apiAsk{"GET", "/api/files/" + c.Id + "/{id}/" + file + "?thumb=100x100&token=x", "", rows})
	}
	for _, filter := range filters(c) {
		all = append(all, apiAsk{"GET", records + "?filter=" + url.QueryEscape(filter), "", none})
	}
	return all
}

// filters ask a list whether something is so of rows that it does not show: by
// their own fields, through relations, and through other collections.
func filters(c *core.Collection) []string {
	all := []string{`id~"a"`, `created>"2000"`, `@collection.users.username~"a"`, `@request.auth.id!=""`, `users_via_` + c.Name + `.id!=""`}
	for _, relation := range relations(c) {
		all = append(all, relation+`.username~"a"`)
	}
	return all
}

// relations are the fields that lead to other collections.
func relations(c *core.Collection) (names []string) {
	for _, field := range c.Fields {
		if _, ok := field.(*core.RelationField); ok {
			names = append(names, field.GetName())
		}
	}
	return names
}

// files are the fields that hold files.
func files(c *core.Collection) (names []string) {
	for _, field := range c.Fields {
		if _, ok := field.(*core.FileField); ok {
			names = append(names, field.GetName())
		}
	}
	return names
}

// body fills every field of a collection with something.
func body(c *core.Collection, id string) string {
	fields := map[string]any{}
	for _, field := range c.Fields {
		fields[field.GetName()] = "x"
	}
	fields["id"] = id
	text, _ := json.Marshal(fields) // of strings it cannot fail
	return string(text)
}

// someRows are rows that there are, and one that nobody has. A collection that
// is empty gets a row by hand, so that there is something to refuse.
func someRows(t *testing.T, app core.App, c *core.Collection) (ids []string) {
	t.Helper()
	if err := app.DB().Select("id").From(c.Name).Limit(2).Column(&ids); err != nil {
		t.Fatal(err)
	}
	if len(ids) == 0 {
		ids = []string{core.GenerateDefaultRandomId()}
		_, err := app.NonconcurrentDB().NewQuery(fmt.Sprintf("INSERT INTO {{%s}} (id) VALUES ({:id})", c.Name)).
			Bind(map[string]any{"id": ids[0]}).Execute()
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
	}
	return append(ids, invented)
}
