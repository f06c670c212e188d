package facilitation_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/types"
)

// heron is what a learner wrote, and nobody else ever says.
const heron = "a grey heron waited with me"

// share lets somebody read what a learner wrote, and gives the id of the share.
func (g *group) share(t testing.TB, learner, reader hooktest.Person, role web.Role, said string) string {
	t.Helper()
	return g.shareOf(t, "boil", learner, reader, role, said)
}

func (g *group) shareOf(t testing.TB, activity string, learner, reader hooktest.Person, role web.Role, said string) string {
	t.Helper()
	id := g.reflection(t, activity, learner)
	shown := reflections.Shown{Module: "Water", Lang: "en", Asked: "What did you see?", Parts: []reflections.Part{{Asked: "What happened?", Said: said}}}
	to := people.Answerer{ID: reader.ID, Role: role, Programme: g.programme}
	err := g.House.Reflections.Give(&web.Viewer{ID: learner.ID}, id, to, shown, g.Clock.Now().Add(72*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return reflections.ShareID(id, reader.ID)
}

// reflection is one that a learner has kept, and its id.
func (g *group) reflection(t testing.TB, activity string, learner hooktest.Person) string {
	t.Helper()
	var module, revision string
	err := g.App.DB().NewQuery("SELECT m.id, r.id FROM modules m JOIN revisions r ON r.module = m.id AND r.state = 'live' WHERE m.slug = 'water'").Row(&module, &revision)
	if err != nil {
		t.Fatal(err)
	}
	r := reflections.Reflection{User: learner.ID, Module: module, Activity: activity, Revision: revision, State: reflections.Kept}
	r.Words.Typed = map[int]string{0: "only for me"}
	if id := reflections.RowID(learner.ID, module, activity); g.one(t, "SELECT id FROM reflections WHERE id = {:id}", dbx.Params{"id": id}) != "" {
		return id
	}
	sealed, err := r.Seal(g.App, g.House.Vault)
	if err != nil {
		t.Fatal(err)
	}
	now, _ := types.ParseDateTime(g.Clock.Now())
	if err := r.Store(g.App, sealed, now); err != nil {
		t.Fatal(err)
	}
	return reflections.RowID(learner.ID, module, activity)
}

// writesBack is the learner's next turn in a thread.
func (g *group) writesBack(t testing.TB, learner, reader hooktest.Person, share, text string) {
	t.Helper()
	ctx := context.Background()
	s, err := g.House.Reflections.Find(ctx, &web.Viewer{ID: reader.ID, Memberships: []web.Membership{{Role: web.Facilitator, Programme: g.programme}}}, share)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.House.Reflections.Send(ctx, &web.Viewer{ID: learner.ID}, s, text, false); err != nil {
		t.Fatal(err)
	}
}

// takeBack leaves a share as it is once the learner took it back.
func (g *group) takeBack(t testing.TB, share string) {
	t.Helper()
	now := g.Clock.Now().UTC().Format(types.DefaultDateLayout)
	_, err := g.App.DB().Update("shares", dbx.Params{"withdrawn": now, "waits": "", "sealed": "", "talk": false}, dbx.HashExp{"id": share}).Execute()
	if err != nil {
		t.Fatal(err)
	}
}

// ask is what a page asks for by itself.
func ask(b *hooktest.Browser, path, tag string) hooktest.Response {
	r := b.Request(http.MethodGet, path, nil)
	r.Header.Set("HX-Request", "true")
	if tag != "" {
		r.Header.Set("If-None-Match", tag)
	}
	return b.Do(r)
}

// queueOf is the list of who needs somebody, as its words.
func queueOf(t testing.TB, b *hooktest.Browser) string {
	t.Helper()
	r := b.Get("/facilitate")
	if r.Status != http.StatusOK {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	return words(r.Page(t).Find("#queue").Text())
}

func words(text string) string { return strings.Join(strings.Fields(text), " ") }
