package authoring

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// RemarkNamePage is `/me/remarks/{remark}/name`, "authoring/remark-name": under which
// name somebody stands in a course that changed because of them, or none. Its form
// posts named and name to the same address.
type RemarkNamePage struct {
	web.Base
	Course string // title
	Lang   string
	Named  string
	Name   string
	Errors []web.FieldError
}

// A wordsCredit is a text that changed because of somebody who may be named, and how
// they are.
type wordsCredit struct {
	Course    string `db:"course"`
	Path      string `db:"path"`
	Programme string `db:"programme"`
	Title     string `db:"title"`
	Lang      string `db:"language"`
	By        string `db:"answered_by"`
	Credit    string `db:"credit"` // id of the contribution; "" where they have not said yet
	Named     string `db:"named"`
	Name      string `db:"name"`
}

const wordsCreditSQL = `SELECT m.course, r.path, c.programme, c.title, c.language, k.answered_by, COALESCE(x.id, '') AS credit, COALESCE(x.named, '') AS named, COALESCE(x.name, '') AS name
	FROM remarks k JOIN modules m ON m.id = k.module JOIN courses c ON c.id = m.course JOIN revisions r ON r.id = k.changed
	LEFT JOIN contributions x ON x.course = m.course AND x.path = r.path AND x.what = 'said' AND x.person = k.learner
	WHERE k.id = {:id} AND k.learner = {:learner} AND k.credited = TRUE AND k.state = 'taken'`

// wordsCreditOf finds what a remark of the viewer's own made of a text. It returns
// web.ErrNotFound unless the text changed because of it, and they may be named.
func (a *Authoring) wordsCreditOf(ctx context.Context, db dbx.Builder, learner, remark string) (w wordsCredit, err error) {
	err = db.NewQuery(wordsCreditSQL).Bind(dbx.Params{"id": remark, "learner": learner}).WithContext(ctx).One(&w)
	if errors.Is(err, sql.ErrNoRows) {
		return w, web.ErrNotFound
	}
	if err != nil {
		return w, fmt.Errorf("credit for remark %s: %w", remark, err)
	}
	return w, nil
}

func (a *Authoring) showRemarkName(e *core.RequestEvent) error {
	w, err := a.wordsCreditOf(e.Request.Context(), a.app.ConcurrentDB(), web.Current(e).ID, e.Request.PathValue("remark"))
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "authoring/remark-name", &RemarkNamePage{Course: w.Title, Lang: w.Lang, Named: w.Named, Name: w.Name})
}

// nameRemark stores how somebody is named for what changed because of them. It holds
// for all of that text.
func (a *Authoring) nameRemark(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	ctx, viewer := e.Request.Context(), web.Current(e).ID
	w, err := a.wordsCreditOf(ctx, a.app.ConcurrentDB(), viewer, e.Request.PathValue("remark"))
	if err != nil {
		return err
	}
	page := remarkNamePageOf(form)
	page.Course, page.Lang = w.Title, w.Lang
	if page.Errors = page.problems(); len(page.Errors) > 0 {
		return web.Show(e, http.StatusUnprocessableEntity, "authoring/remark-name", page)
	}
	err = a.app.RunInTransaction(func(tx core.App) error {
		w, err := a.wordsCreditOf(ctx, tx.DB(), viewer, e.Request.PathValue("remark"))
		if err != nil {
			return err
		}
		return a.storeWordsCredit(tx, viewer, w, page)
	})
	if err != nil {
		return err
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/me/remarks")
}

func remarkNamePageOf(form url.Values) *RemarkNamePage {
	page := &RemarkNamePage{Named: form.Get("named"), Name: strings.Join(strings.Fields(strings.ToValidUTF8(form.Get("name"), "")), " ")}
	if page.Named == NamedNone {
		page.Name = ""
	}
	return page
}

func (page *RemarkNamePage) problems() []web.FieldError {
	switch {
	case !slices.Contains([]string{NamedReal, NamedFirst, NamedPen, NamedNone}, page.Named):
		return []web.FieldError{{Field: "named", Key: "remark-named"}}
	case page.Named != NamedNone && page.Name == "":
		return []web.FieldError{{Field: "name", Key: "credit-name"}}
	case utf8.RuneCountInString(page.Name) > nameMost:
		return []web.FieldError{{Field: "name", Key: "called-long", Max: nameMost}}
	}
	return nil
}

func (a *Authoring) storeWordsCredit(tx core.App, learner string, w wordsCredit, page *RemarkNamePage) error {
	now := stamp(a.now())
	params := dbx.Params{"id": w.Credit, "named": page.Named, "name": page.Name, "now": now}
	if w.Credit != "" {
		return web.Exec(tx, "UPDATE contributions SET state = 'agreed', named = {:named}, name = {:name}, agreed = {:now}, updated = {:now} WHERE id = {:id}", params)
	}
	params["id"], params["course"], params["path"], params["person"], params["by"] = web.NewRowID(a.now()), w.Course, w.Path, learner, w.By
	err := web.Exec(tx, `INSERT INTO contributions (id, course, path, story, person, asked_by, what, how, paper, draft, number, state, named, name, where_used, until, may_edit, may_translate, sha256, agreed, withdrawn, created, updated)
		VALUES ({:id}, {:course}, {:path}, '', {:person}, {:by}, 'said', 'here', '', '', 0, 'agreed', {:named}, {:name}, 'here', '', FALSE, FALSE, '', {:now}, '', {:now}, {:now})`, params)
	if err != nil {
		return err
	}
	return a.audit.Record(tx, audit.Act{Kind: audit.ConsentGiven, Actor: learner, Subject: learner, Programme: w.Programme, Item: params["id"].(string)})
}

// takeNameBack deletes how somebody is named in a text for which no remark of theirs is
// left.
func takeNameBack(tx core.App, learner string) error {
	return web.Exec(tx, `DELETE FROM contributions WHERE person = {:learner} AND what = 'said' AND NOT EXISTS (SELECT 1 FROM remarks k
		JOIN revisions r ON r.id = k.changed WHERE k.learner = {:learner} AND k.credited = TRUE AND r.course = contributions.course AND r.path = contributions.path)`,
		dbx.Params{"learner": learner})
}
