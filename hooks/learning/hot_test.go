package learning_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// statements counts what runs on data.db through PocketBase's own builders; the
// two prepared statements of a page are beside them.
func statements(app core.App) (taken func() []string) {
	var mu sync.Mutex
	var seen []string
	log := func(_ context.Context, _ time.Duration, query string, _ *sql.Rows, _ error) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, query)
	}
	app.ConcurrentDB().(*dbx.DB).QueryLogFunc = log
	app.NonconcurrentDB().(*dbx.DB).ExecLogFunc = func(_ context.Context, _ time.Duration, query string, _ sql.Result, _ error) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, query)
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		all := seen
		seen = nil
		return all
	}
}

func TestAStepPageRunsNothingBesideItsTwoStatements(t *testing.T) {
	s, _, b := small(t)
	files := everything()
	for i := range 60 {
		files[fmt.Sprintf("%02d-more-%d.md", i+10, i)] = "# More\n\nWords.\n"
	}
	s.Publish(t, "small", files)
	open(t, b, first+"/write").set("a.heard", "once").set("a.words.1", "twice").press("save")
	open(t, b, first+"/write")
	taken := statements(s.App)
	for range 3 {
		open(t, b, first+"/write")
	}
	if got := taken(); len(got) != 0 {
		t.Errorf("beside the session's and its own it runs\n%s", strings.Join(got, "\n"))
	}
	open(t, b, first+"/choose") // another place: it is remembered
	waitFor(t, func() bool { return column(t, s, "SELECT last FROM progress")[0] == "choose" })
	written := 0
	for _, one := range taken() {
		written += strings.Count(one, "INSERT INTO progress")
	}
	if written != 1 {
		t.Errorf("another place is written %d times", written)
	}
}

// waitFor waits until something that was begun is there.
func waitFor(t *testing.T, there func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !there(); {
		if time.Now().After(end) {
			t.Fatal("it does not come")
		}
		time.Sleep(time.Millisecond)
	}
}

func TestHomeAndTheCatalogueTakeAsManyStatementsWithMoreModules(t *testing.T) {
	s, _, b := small(t)
	b.Post("/courses/small", nil)
	count := func() int {
		b.Get("/")
		taken := statements(s.App)
		for _, page := range []string{"/", "/courses", "/courses/small", first, "/me/lines"} {
			if r := b.Get(page); r.Status != 200 {
				t.Fatalf("GET %s: status %d", page, r.Status)
			}
		}
		return len(taken())
	}
	few := count()
	files := everything()
	for i := range 60 {
		files[fmt.Sprintf("%02d-more-%d.md", i+10, i)] = "# More\n\nWords.\n"
	}
	s.Publish(t, "small", files)
	if many := count(); many > few {
		t.Errorf("%d statements with one module, %d with 61", few, many)
	}
}

// BenchmarkLists shows what the lists of 200 modules take, the first time and after.
func BenchmarkLists(b *testing.B) {
	s := shipped(b)
	text := column(b, s, "SELECT text FROM revisions WHERE path LIKE '03-%'")[0]
	files := map[string]string{}
	for i := range 200 {
		files[fmt.Sprintf("%03d-module-%d.md", i, i)] = text
	}
	s.Publish(b, "large", files)
	p := s.SignIn(b, s.MustPerson(b, web.Learner))
	begun := time.Now()
	p.Post("/courses/large", nil)
	p.Get("/courses/large")
	b.Logf("the first time: %s", time.Since(begun))
	for _, page := range []string{"/", "/courses", "/courses/large", "/courses/large/module-100", "/courses/large/module-100/start"} {
		b.Run(page, func(b *testing.B) {
			for b.Loop() {
				if r := p.Get(page); r.Status != 200 {
					b.Fatal(r.Status)
				}
			}
		})
	}
}
