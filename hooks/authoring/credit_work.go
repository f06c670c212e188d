package authoring

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"alongside/hooks/audit"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Works are the kinds of work on a text for which somebody is named, besides telling a
// story.
var Works = []string{"words", "review", "translation", "picture", "recording"}

// A WorkCredit is somebody who worked on a text, and whether they may be named.
type WorkCredit struct {
	What  string `db:"what"`
	Who   string `db:"who"` // "" where they are not here any more
	State string `db:"state"`
	Name  string `db:"name"` // as they want to be named; "" for not at all
}

// WorkerChoices are whom the form offers to be named.
func (p *CreditPage) WorkerChoices() []templates.Choice { return chosen(p.PeopleChoices(), p.Worker) }

// WorkChoices are the kinds of work that it offers.
func (p *CreditPage) WorkChoices() []templates.Choice {
	all := []templates.Choice{{Key: "work.choose"}}
	for _, one := range Works {
		all = append(all, templates.Choice{Value: one, Key: "work." + one})
	}
	return chosen(all, p.What)
}

func chosen(all []templates.Choice, value string) []templates.Choice {
	for i := range all {
		all[i].Chosen = value != "" && all[i].Value == value
	}
	return all
}

// workOn is who worked on a text, and was asked how they want to be named.
func (a *Authoring) workOn(ctx context.Context, p Place) (all []WorkCredit, err error) {
	err = a.app.ConcurrentDB().NewQuery(`SELECT k.what, k.state, k.name, COALESCE(NULLIF(u.name, ''), u.username, '') AS who
		FROM contributions k LEFT JOIN users u ON u.id = k.person
		WHERE k.course = {:course} AND k.path = {:path} AND k.what NOT IN ('story', 'said') AND k.state IN ('asked', 'agreed', 'declined') ORDER BY k.created, k.rowid`).
		Bind(dbx.Params{"course": p.Course.ID, "path": p.Text("").Path}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("who worked on %s: %w", p.Text("").Path, err)
	}
	return all, nil
}

// creditWork asks somebody how they want to be named for work on a text. Nobody is
// named before they said so; asked twice they are asked once.
func (a *Authoring) creditWork(e *core.RequestEvent, p Place, form url.Values) error {
	page := &CreditPage{Worker: form.Get("worker"), What: form.Get("work")}
	known, err := a.mayBeAsked(e, p)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(known, func(one Asked) bool { return one.ID == page.Worker }) {
		page.Errors = append(page.Errors, web.FieldError{Field: "worker", Key: "work-person"})
	}
	if !slices.Contains(Works, page.What) {
		page.Errors = append(page.Errors, web.FieldError{Field: "work", Key: "work-what"})
	}
	if len(page.Errors) > 0 {
		return a.creditPage(e, p, http.StatusUnprocessableEntity, page)
	}
	viewer, id := web.Current(e).ID, web.NewRowID(a.now())
	err = a.app.RunInTransaction(func(tx core.App) error {
		asked, err := web.Changes(tx, `INSERT INTO contributions (id, course, path, story, person, asked_by, what, how, paper, state, named, name, where_used, until,
				may_edit, may_translate, sha256, draft, number, agreed, withdrawn, created, updated)
			SELECT {:id}, {:course}, {:path}, '', {:person}, {:by}, {:what}, 'here', '', 'asked', '', '', '', '', FALSE, FALSE, '', {:draft}, {:number}, '', '', {:now}, {:now}
			WHERE NOT EXISTS (SELECT 1 FROM contributions WHERE course = {:course} AND path = {:path} AND person = {:person} AND what = {:what} AND state IN ('asked', 'agreed'))`,
			dbx.Params{
				"id": id, "course": p.Course.ID, "path": p.Text("").Path, "person": page.Worker, "by": viewer, "what": page.What,
				"draft": p.Draft.ID, "number": p.Draft.Head, "now": stamp(a.now()),
			})
		if err != nil || !asked {
			return err
		}
		return a.audit.Record(tx, audit.Act{Kind: audit.ConsentAsked, Actor: viewer, Subject: page.Worker, Programme: p.Course.Programme, Item: id, Detail: page.What})
	})
	if err != nil {
		return err
	}
	if page.Worker == viewer {
		return web.SeeOther(e, "/me/credit")
	}
	web.Notify(e, "work-asked")
	return web.SeeOther(e, p.Address()+"/credit")
}
