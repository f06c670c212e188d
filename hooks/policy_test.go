package hooks_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// The REST API is closed to people for every collection there is. This test
// asks the app which there are, so that a new one is covered by itself. A rule
// that is opened on purpose is written into open, with its reason.
var open = map[string]string{} // "role METHOD collection": why

// ours are the collections of this house, PocketBase's own left out.
func ours(t *testing.T, app core.App) []*core.Collection {
	t.Helper()
	all, err := app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	var found []*core.Collection
	for _, c := range all {
		if !c.System {
			found = append(found, c)
		}
	}
	if len(found) < 8 {
		t.Fatalf("only %d collections: the test looks at the wrong place", len(found))
	}
	return found
}

func TestNoCollectionHasARuleThatOpensIt(t *testing.T) {
	site := hooktest.Start(t)
	for _, c := range ours(t, site.App) {
		rules := map[string]*string{"list": c.ListRule, "view": c.ViewRule, "create": c.CreateRule, "update": c.UpdateRule, "delete": c.DeleteRule}
		if c.IsAuth() {
			rules["auth"], rules["manage"] = c.AuthRule, c.ManageRule
		}
		for name, rule := range rules {
			if rule != nil {
				t.Errorf("%s: its %s rule is %q, and it should be null", c.Name, name, *rule)
			}
		}
	}
}

func TestEveryRelationIsIndexed(t *testing.T) {
	site := hooktest.Start(t)
	for _, c := range ours(t, site.App) {
		for _, field := range c.Fields {
			if _, ok := field.(*core.RelationField); ok && !isIndexed(t, site.App, c.Name, field.GetName()) {
				t.Errorf("%s.%s: no index begins with it", c.Name, field.GetName())
			}
		}
	}
}

// isIndexed reports whether an index over all rows begins with a column.
func isIndexed(t *testing.T, app core.App, table, column string) bool {
	t.Helper()
	var n int
	err := app.DB().NewQuery(`
		SELECT COUNT(*) FROM pragma_index_list({:table}) l JOIN pragma_index_info(l.name) i
		WHERE l.partial = 0 AND i.seqno = 0 AND i.name = {:column}`).
		Bind(map[string]any{"table": table, "column": column}).Row(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n > 0
}

// someRow writes a row by hand, with something in each required field, so that
// there is something to refuse.
func someRow(t *testing.T, app core.App, c *core.Collection) string {
	t.Helper()
	var existing string
	if err := app.DB().Select("id").From(c.Name).Limit(1).Row(&existing); err == nil {
		return existing
	}
	id := core.GenerateDefaultRandomId()
	_, err := app.DB().NewQuery(fmt.Sprintf("INSERT INTO {{%s}} (id) VALUES ({:id})", c.Name)).
		Bind(map[string]any{"id": id}).Execute()
	if err != nil {
		t.Fatalf("%s: %v", c.Name, err)
	}
	return id
}

// contents is everything in a table, to see whether anything changed.
func contents(t *testing.T, app core.App, table string) string {
	t.Helper()
	rows, err := app.DB().NewQuery("SELECT * FROM {{" + table + "}} ORDER BY id").Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all strings.Builder
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values, pointers := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			pointers[i] = &values[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&all, values...)
	}
	return all.String()
}

func TestNobodyReachesACollectionThroughREST(t *testing.T) {
	site := hooktest.Start(t)
	who := map[string]*hooktest.Browser{
		"guest":        site.Guest(t),
		"learner":      site.SignInOnOwn(t, site.MustPerson(t, web.Learner)),
		"mentor":       site.SignInOnOwn(t, site.MustPerson(t, web.Mentor)),
		"facilitator":  site.SignInOnOwn(t, site.MustPerson(t, web.Facilitator)),
		"lead":         site.SignInOnOwn(t, site.MustPerson(t, web.Lead)),
		"manager":      site.SignInOnOwn(t, site.MustPerson(t, web.Manager)),
		"site manager": site.SignInOnOwn(t, site.MustSiteManager(t)),
	}
	for _, c := range ours(t, site.App) {
		row := someRow(t, site.App, c)
		before := contents(t, site.App, c.Name)
		for role, browser := range who {
			for _, ask := range asks(c, row) {
				if open[role+" "+ask.method+" "+c.Name] != "" {
					continue
				}
				if r := browser.Do(ask.by(browser)); !refused(r) {
					t.Errorf("%s: %s %s: status %d\n%s", role, ask.method, ask.path, r.Status, r.Body)
				}
			}
		}
		if after := contents(t, site.App, c.Name); after != before {
			t.Errorf("%s changed:\n%s\n---\n%s", c.Name, before, after)
		}
	}
}

type ask struct{ method, path, body string }

// asks is every way to a row and its files.
func asks(c *core.Collection, row string) []ask {
	records := "/api/collections/" + c.Name + "/records"
	all := []ask{
		{http.MethodGet, records, ""},
		{http.MethodGet, records + "?filter=id!=''&expand=user", ""},
		{http.MethodGet, records + "/" + row, ""},
		{http.MethodPost, records, body(c)},
		{http.MethodPatch, records + "/" + row, body(c)},
		{http.MethodDelete, records + "/" + row, ""},
		{http.MethodDelete, "/api/collections/" + c.Name + "/truncate", ""},
		{http.MethodGet, "/api/files/" + c.Name + "/" + row + "/file.bin", ""},
		{http.MethodPost, "/api/batch", `{"requests":[{"method":"DELETE","url":"` + records + "/" + row + `"}]}`},
	}
	return all
}

// body fills every field of a collection with something.
func body(c *core.Collection) string {
	fields := map[string]any{}
	for _, field := range c.Fields {
		fields[field.GetName()] = "x"
	}
	text, _ := json.Marshal(fields) // of strings it cannot fail
	return string(text)
}

func (a ask) by(b *hooktest.Browser) *http.Request {
	request := b.Request(a.method, a.path, nil)
	if a.body != "" {
		fresh, _ := http.NewRequest(a.method, request.URL.String(), bytes.NewReader([]byte(a.body)))
		fresh.Header = request.Header
		request = fresh
	}
	request.Header.Set("Content-Type", "application/json")
	return request
}

// refused reports whether a request got nothing: PocketBase answers a list that
// no rule opens with 403, and rows and files as if they were not there.
func refused(r hooktest.Response) bool {
	return r.Status == 401 || r.Status == 403 || r.Status == 404
}

func TestNobodyListensToACollection(t *testing.T) {
	site := hooktest.Start(t)
	browser := site.SignIn(t, site.MustSiteManager(t))
	for _, c := range ours(t, site.App) {
		for _, topic := range []string{c.Name, c.Name + "/*", c.Id + "/*"} {
			request := ask{http.MethodPost, "/api/realtime", `{"clientId":"` + listening(t, site) + `","subscriptions":["` + topic + `"]}`}
			if r := browser.Do(request.by(browser)); !refused(r) {
				t.Errorf("%s: status %d\n%s", topic, r.Status, r.Body)
			}
		}
	}
}

// listening opens a connection as a guest and gives its id.
func listening(t *testing.T, site *hooktest.Site) string {
	t.Helper()
	response, err := http.Get(site.URL + "/api/realtime")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	buffer := make([]byte, 256)
	n, err := response.Body.Read(buffer)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(buffer[:n]), "id:")
	id, _, _ := strings.Cut(rest, "\n")
	return id
}
