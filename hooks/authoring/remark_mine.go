package authoring

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// MyRemarksPage is `/me/remarks`, "authoring/my-remarks": what a learner said of
// courses, the newest first, and what became of it.
type MyRemarksPage struct {
	web.Base
	Remarks []MyRemark
}

// A MyRemark is a remark for whoever made it.
type MyRemark struct {
	Remark
	Title   string // of the step; of the module for its start
	Lang    string // of the text
	Address string // where the block is now; "" where its page is gone
	Block   string // what the block said; "" where it is of the whole page
	Text    string
	Lock    reflections.Lock
	Back    string   // what was written back
	Fresh   bool     // something became of it, and they see it for the first time
	Changes []Change // from what the block said to what it says now, where it changed because of them
	Gone    bool     // the block is gone because of them
	Name    string   // under which they stand in the course for it; "" for none
}

// Dir is the direction of the text.
func (m MyRemark) Dir() string { return templates.Direction(m.Lang) }

// myRow is a remark with where it was made.
type myRow struct {
	Remark
	Build  string `db:"build"`
	Course string `db:"slug"`
	Name   string `db:"name"`   // slug of the module
	Called string `db:"called"` // the name under which they stand in the course
	Live   string `db:"live"`   // the live revision of the module in the language in which they read it, else in the course's; "" for none
}

const myRemarksSQL = "SELECT " + remarkColumns + `, c.build, c.slug, m.slug AS name, COALESCE((SELECT x.name FROM contributions x JOIN revisions t ON t.id = k.changed
		WHERE x.course = c.id AND x.path = t.path AND x.what = 'said' AND x.person = k.learner AND x.state = 'agreed'), '') AS called, COALESCE((SELECT l.id FROM revisions l WHERE l.module = m.id AND l.state = 'live'
		AND l.language IN (r.language, c.language) ORDER BY l.language != r.language LIMIT 1), '') AS live
	FROM remarks k JOIN revisions r ON r.id = k.revision JOIN modules m ON m.id = k.module JOIN courses c ON c.id = m.course
	WHERE k.learner = {:learner} ORDER BY k.created DESC, k.rowid DESC LIMIT 500`

func (a *Authoring) showMyRemarks(e *core.RequestEvent) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	var rows []myRow
	err := a.app.ConcurrentDB().NewQuery(myRemarksSQL).Bind(dbx.Params{"learner": viewer.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return fmt.Errorf("remarks of %s: %w", viewer.ID, err)
	}
	page := &MyRemarksPage{}
	for _, row := range rows {
		one, err := a.myRemark(ctx, viewer, row)
		if err != nil {
			return err
		}
		page.Remarks = append(page.Remarks, one)
	}
	if err := a.seeAnswers(viewer.ID); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "authoring/my-remarks", page)
}

func (a *Authoring) myRemark(ctx context.Context, viewer *web.Viewer, row myRow) (m MyRemark, err error) {
	m.Name = row.Called
	m.Remark, m.Fresh = row.Remark, row.State != RemarkOpen && row.Told == ""
	if m.Text, m.Lock, err = a.ownWords(viewer, row.place(), row.Sealed); err != nil {
		return m, err
	}
	if m.Lock == reflections.Unlocked {
		if m.Back, _, err = a.ownWords(viewer, row.placeOfThanks(), row.Thanks); err != nil {
			return m, err
		}
	}
	h, err := a.spokenOf(ctx, row.Remark, row.Build, row.Live)
	if err != nil {
		return m, err
	}
	m.Lang, m.Title = h.was.Module.Lang, h.was.Module.Title
	block := blockAt(h.was.Module, row.Place)
	m.Block = wordsOf(block)
	id, _, _ := strings.Cut(row.Place, "/")
	if step, place := h.was.Step(id); place > 0 {
		m.Title = step.Title
	}
	if h.in != nil {
		m.Address = content.StepAddress(row.Course, row.Name, h.in.ID)
	}
	if row.State == RemarkTaken && block != nil && h.now != nil && h.now.Module.Lang == m.Lang {
		if m.Gone = h.at == ""; !m.Gone {
			m.Changes = changes(m.Block, wordsOf(blockAt(h.now.Module, h.at)))
		}
	}
	return m, nil
}

// seeAnswers notes that a learner has seen what became of what they said.
func (a *Authoring) seeAnswers(learner string) error {
	err := web.Exec(a.app, "UPDATE remarks SET told = {:now} WHERE learner = {:learner} AND state != 'open' AND told = ''", dbx.Params{"learner": learner, "now": stamp(a.now())})
	if err != nil {
		return fmt.Errorf("note that answers were seen: %w", err)
	}
	return nil
}

// takeRemarkBack deletes what somebody said, what was written back, and the name under
// which they stand for it, at once.
func (a *Authoring) takeRemarkBack(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	ctx, viewer := e.Request.Context(), web.Current(e)
	err := a.app.RunInTransaction(func(tx core.App) error {
		gone, err := web.Changes(tx, "DELETE FROM remarks WHERE id = {:id} AND learner = {:viewer}", dbx.Params{"id": e.Request.PathValue("remark"), "viewer": viewer.ID})
		if err == nil && !gone {
			return web.ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("take back a remark: %w", err)
		}
		return takeNameBack(tx, viewer.ID)
	})
	if err != nil {
		return err
	}
	if err := people.TruncateLog(ctx, a.app); err != nil { // it would keep what was there (DESIGN §3, promise 6)
		a.app.Logger().Warn("empty the write-ahead log", "error", err)
	}
	web.Notify(e, "remark-back")
	return web.SeeOther(e, "/me/remarks")
}
