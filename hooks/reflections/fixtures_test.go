package reflections_test

import (
	"context"
	"strconv"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/types"
)

const heron = "a-heron-by-the-canal"

const course = "---\ntitle: First\n---\nWelcome.\n\n## Look back {#back}\n\n:::reflection[When were you heard?]{#heard}\n:::\n"

// A room is a house with one module that asks for a reflection.
type room struct {
	*hooktest.Site
	module, revision string
}

func open(t *testing.T, change ...func(*hooktest.Setup)) *room {
	t.Helper()
	r := &room{Site: hooktest.Start(t, change...)}
	r.Publish(t, "small", map[string]string{"01-first.md": course})
	r.find(t)
	return r
}

func (r *room) find(t *testing.T) {
	t.Helper()
	if err := r.App.DB().NewQuery("SELECT module, id FROM revisions WHERE state = 'live' AND module != ''").Row(&r.module, &r.revision); err != nil {
		t.Fatal(err)
	}
}

// by is what somebody writes.
func (r *room) by(p hooktest.Person, text string) reflections.Reflection {
	return reflections.Reflection{
		User: p.ID, Module: r.module, Activity: "heard", Revision: r.revision, State: reflections.Draft,
		Words: reflections.Words{Typed: map[int]string{0: text}},
	}
}

// keep seals and stores.
func (r *room) keep(t *testing.T, one reflections.Reflection) {
	t.Helper()
	for _, row := range r.rows(t, hooktest.Person{ID: one.User}) {
		if row.Activity == one.Activity {
			one.Was = reflections.Stamp(row.Sealed)
		}
	}
	sealed, err := one.Seal(r.App, r.House.Vault)
	if err != nil {
		t.Fatal(err)
	}
	if err := one.Store(r.App, sealed, types.NowDateTime()); err != nil {
		t.Fatal(err)
	}
}

// rows are what is stored of a person.
func (r *room) rows(t *testing.T, p hooktest.Person) []reflections.Stored {
	t.Helper()
	rows, err := reflections.List(context.Background(), r.App, p.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// read opens the one reflection that somebody has, as its owner.
func (r *room) read(t *testing.T, p hooktest.Person) reflections.Reflection {
	t.Helper()
	rows := r.rows(t, p)
	if len(rows) != 1 {
		t.Fatalf("%d rows", len(rows))
	}
	return r.open(t, p, rows[0])
}

func (r *room) open(t *testing.T, p hooktest.Person, row reflections.Stored) reflections.Reflection {
	t.Helper()
	one := reflections.Reflection{User: p.ID, Module: row.Module, Activity: row.Activity, Revision: row.Revision, State: row.State}
	one, err := one.Read(r.App, r.House.Vault, &web.Viewer{ID: p.ID}, row.Sealed)
	if err != nil {
		t.Fatal(err)
	}
	return one
}

func (r *room) execute(t *testing.T, sql string, params dbx.Params) {
	t.Helper()
	done, err := r.App.NonconcurrentDB().NewQuery(sql).Bind(params).Execute()
	if err != nil {
		t.Fatal(err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		t.Fatalf("%s: %s rows, %v", sql, strconv.FormatInt(n, 10), err)
	}
}

func learner(t *testing.T, r *room) hooktest.Person { return r.MustPerson(t, web.Learner) }
