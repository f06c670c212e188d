package authoring

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"alongside/hooks/audit"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// WritersPage is `/write/{course}/{module}/writers`, "authoring/writers": who writes on
// a text. The one whose it is asks others to write with them; one who was asked may
// leave. Its forms post person, and do: "ask", "end", "leave".
type WritersPage struct {
	web.Base
	Head
	Owner   string // what they are called; "" once they are gone
	Mine    bool   // it is the viewer's
	Writers []Asked
	May     []templates.Choice // who can be asked
	Errors  []web.FieldError
}

func (a *Authoring) showWriters(e *core.RequestEvent) error {
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	return a.writersPage(e, p, http.StatusOK, &WritersPage{})
}

func (a *Authoring) writersPage(e *core.RequestEvent, p Place, status int, page *WritersPage) (err error) {
	ctx, viewer := e.Request.Context(), web.Current(e).ID
	page.Head, page.Mine = headOf(p), p.Draft.Owner == viewer
	if page.Owner, err = a.called(ctx, p.Draft.Owner); err != nil {
		return err
	}
	if page.Writers, err = a.writersOf(ctx, p.Draft, viewer); err != nil {
		return err
	}
	mentors, err := a.mentorsOf(ctx, p.Course.Programme)
	if err != nil {
		return err
	}
	page.May = []templates.Choice{{Key: "writers.choose"}}
	for _, one := range mentors {
		if one.ID != p.Draft.Owner && !slices.ContainsFunc(page.Writers, func(w Asked) bool { return w.ID == one.ID }) {
			page.May = append(page.May, templates.Choice{Value: one.ID, Text: one.Called})
		}
	}
	return web.Show(e, status, "authoring/writers", page)
}

// writersOf are those who were asked to write on a draft.
func (a *Authoring) writersOf(ctx context.Context, d *Draft, viewer string) (all []Asked, err error) {
	err = a.app.ConcurrentDB().NewQuery(`SELECT u.id, COALESCE(NULLIF(u.name, ''), u.username) AS called, u.id = {:viewer} AS me
		FROM writers w JOIN users u ON u.id = w.person WHERE w.draft = {:draft} ORDER BY w.created`).
		Bind(dbx.Params{"draft": d.ID, "viewer": viewer}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("writers of draft %s: %w", d.ID, err)
	}
	return all, nil
}

// mentorsOf are those who may write the courses of a programme now, by name.
func (a *Authoring) mentorsOf(ctx context.Context, programme string) (all []Asked, err error) {
	err = a.app.ConcurrentDB().NewQuery(`SELECT u.id, COALESCE(NULLIF(u.name, ''), u.username) AS called FROM users u
		WHERE EXISTS (` + mentorSQL("u.id") + `) ORDER BY called COLLATE NOCASE LIMIT 200`).
		Bind(dbx.Params{"programme": programme, "policyNow": stamp(a.now())}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("mentors who write: %w", err)
	}
	return all, nil
}

// mentorSQL selects what makes somebody one who may write the courses of {:programme}.
func mentorSQL(person string) string {
	return "SELECT 1 FROM memberships m WHERE m.user = " + person + " AND m.role = 'mentor' AND " + isOfCourse("m", "{:programme}")
}

// saveWriters asks somebody to write with the viewer, or ends it.
func (a *Authoring) saveWriters(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	viewer, person := web.Current(e).ID, form.Get("person")
	if form.Get("do") == "leave" {
		person = viewer
	} else if p.Draft.Owner != viewer {
		return web.ErrNotFound
	}
	if form.Get("do") == "ask" {
		added, err := a.addWriter(p, viewer, person)
		if err != nil {
			return err
		}
		if !added {
			return a.writersPage(e, p, http.StatusUnprocessableEntity, &WritersPage{Errors: []web.FieldError{{Field: "person", Key: "writer-choose"}}})
		}
		web.Notify(e, "writer-asked")
		return web.SeeOther(e, p.Address()+"/writers")
	}
	if err := web.Exec(a.app, "DELETE FROM writers WHERE draft = {:draft} AND person = {:person}", dbx.Params{"draft": p.Draft.ID, "person": person}); err != nil {
		return err
	}
	web.Notify(e, "writer-ended")
	if person == viewer {
		return web.SeeOther(e, "/write")
	}
	return web.SeeOther(e, p.Address()+"/writers")
}

// addWriter lets a mentor of the course write on a draft. It adds nobody else, and
// nobody twice.
func (a *Authoring) addWriter(p Place, by, person string) (added bool, err error) {
	err = a.app.RunInTransaction(func(tx core.App) error {
		added, err = web.Changes(tx, `INSERT INTO writers (id, draft, person, created)
			SELECT {:id}, {:draft}, u.id, {:now} FROM users u WHERE u.id = {:person} AND u.id != {:owner} AND EXISTS (`+mentorSQL("u.id")+`) ON CONFLICT DO NOTHING`, dbx.Params{
			"id": web.NewRowID(a.now()), "draft": p.Draft.ID, "person": person, "owner": p.Draft.Owner, "now": stamp(a.now()),
			"programme": p.Course.Programme, "policyNow": stamp(a.now()),
		})
		if err != nil || !added {
			return err
		}
		return a.audit.Record(tx, audit.Act{Kind: audit.WriterAsked, Actor: by, Subject: person, Programme: p.Course.Programme, Item: p.Draft.ID})
	})
	return added, err
}
