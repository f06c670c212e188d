package authoring

import (
	"net/http"
	"unicode/utf8"

	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// RemarkPage is `/write/{course}/{module}/remarks/{remark}`, "authoring/remark": one
// remark, and what to do about it. Its form posts back to the same address, with do
// "thank" or "changed".
type RemarkPage struct {
	web.Base
	Head
	Root   string // address of the list
	Of     RemarkView
	Group  RemarkGroup
	Cares  bool
	Newer  bool   // a text went live since: it may have changed because of this
	Typed  string // what is written back
	Errors []web.FieldError
}

// thanksMost is how much is written back, in letters.
const thanksMost = 2_000

func (a *Authoring) showRemark(door hears) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		h, err := door(e)
		if err != nil {
			return err
		}
		row, err := a.remarkAt(e, h)
		if err != nil {
			return err
		}
		return a.remarkPage(e, h, row, http.StatusOK, &RemarkPage{})
	}
}

func (a *Authoring) remarkPage(e *core.RequestEvent, h hearing, row Remark, status int, page *RemarkPage) (err error) {
	page.Head, page.Root, page.Cares = headOf(h.Place), h.root, h.cares
	if page.Of, page.Group, _, err = a.heard(e.Request.Context(), h, row); err != nil {
		return err
	}
	if page.Newer, err = a.wentLiveSince(h.Live.Revision, row); err != nil {
		return err
	}
	return web.Show(e, status, "authoring/remark", page)
}

// wentLiveSince reports whether what is live went live after the text that a remark is of.
func (a *Authoring) wentLiveSince(live string, r Remark) (newer bool, err error) {
	err = a.app.ConcurrentDB().NewQuery("SELECT EXISTS (SELECT 1 FROM revisions l JOIN revisions r ON r.id = {:read} WHERE l.id = {:live} AND l.state = 'live' AND l.published > r.published)").
		Bind(dbx.Params{"live": live, "read": r.Revision}).Row(&newer)
	return newer, err
}

// answerRemark thanks a learner, or says that the text changed because of them.
func (a *Authoring) answerRemark(door hears) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		form, err := web.Form(e)
		if err != nil {
			return err
		}
		h, err := door(e)
		if err != nil {
			return err
		}
		row, err := a.remarkAt(e, h)
		if err != nil {
			return err
		}
		page := &RemarkPage{Typed: typed(form.Get("thanks"))}
		if utf8.RuneCountInString(page.Typed) > thanksMost {
			page.Errors = []web.FieldError{{Field: "thanks", Key: "remark-long", Max: thanksMost}}
			return a.remarkPage(e, h, row, http.StatusUnprocessableEntity, page)
		}
		state := RemarkThanked
		if form.Get("do") == "changed" {
			newer, err := a.wentLiveSince(h.Live.Revision, row)
			if err != nil {
				return err
			}
			if !newer {
				page.Errors = []web.FieldError{{Field: "thanks", Key: "remark-not-live"}}
				return a.remarkPage(e, h, row, http.StatusConflict, page)
			}
			state = RemarkTaken
		}
		err = a.settleRemark(web.Current(e).ID, h, row, state, page.Typed)
		if reflections.CannotKeep(err) {
			page.Errors = []web.FieldError{{Field: "thanks", Key: "practice-no-key"}}
			return a.remarkPage(e, h, row, http.StatusServiceUnavailable, page)
		}
		if err != nil {
			return err
		}
		if state == RemarkTaken {
			web.Notify(e, "remark-taken")
		} else {
			web.Notify(e, "remark-thanked")
		}
		return web.SeeOther(e, h.root)
	}
}

// settleRemark stores what became of a remark. What was written back before stays where
// nothing is written now, and a text that changed because of it did.
func (a *Authoring) settleRemark(by string, h hearing, row Remark, state, thanks string) error {
	return a.app.RunInTransaction(func(tx core.App) error {
		sealed, changed := "", ""
		if thanks != "" {
			var err error
			if sealed, err = a.sealRemark(tx, row.Learner, row.placeOfThanks(), thanks, ""); err != nil {
				return err
			}
		}
		if state == RemarkTaken {
			changed = h.Live.Revision
		}
		done, err := web.Changes(tx, `UPDATE remarks SET state = CASE WHEN state = 'taken' THEN state ELSE {:state} END,
				changed = CASE WHEN state = 'taken' THEN changed ELSE {:changed} END, thanks = CASE WHEN {:thanks} = '' THEN thanks ELSE {:thanks} END,
				answered_by = {:by}, answered = {:now}, told = '', updated = {:now} WHERE id = {:id}`, dbx.Params{
			"id": row.ID, "state": state, "changed": changed, "thanks": sealed, "by": by, "now": stamp(a.now()),
		})
		if err == nil && !done {
			return web.ErrNotFound // taken back meanwhile
		}
		return err
	})
}
