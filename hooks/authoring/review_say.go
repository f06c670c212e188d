package authoring

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// commentMost is how long a comment may be, in letters.
const commentMost = 5000

// addComment says something of a block, or of the whole text, or answers what was
// said. Those who write and those who review may.
func (a *Authoring) addComment(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.reviewPlace(e)
	if err != nil {
		return err
	}
	ctx := e.Request.Context()
	place, said, under := form.Get("place"), strings.TrimSpace(form.Get("text")), form.Get("under")
	page := &ReviewPage{Typed: ReviewTyped{Form: "comment", Place: place, Text: said}}
	if n := utf8.RuneCountInString(said); n == 0 || n > commentMost {
		page.Errors = []web.FieldError{{Field: "main", Key: "comment-missing", Max: commentMost}}
		return a.reviewPage(e, p, http.StatusUnprocessableEntity, page)
	}
	if err := a.comment(ctx, p, web.Current(e).ID, place, under, said); err != nil {
		return err
	}
	web.Notify(e, "comment-added")
	return web.SeeOther(e, p.ReviewAddress()+anchorOf(place))
}

// comment stores what somebody says at a place of the version that others are asked to
// read, or under what was said there.
func (a *Authoring) comment(ctx context.Context, p Place, by, place, under, said string) error {
	quoted, err := a.quoted(ctx, p, place)
	if err != nil {
		return err
	}
	added, err := web.Changes(a.app, `INSERT INTO comments (id, draft, revision, place, quoted, by, text, under, settled, settled_by, created, updated)
		SELECT {:id}, {:draft}, {:revision}, {:place}, {:quoted}, {:by}, {:text}, {:under}, '', '', {:now}, {:now}
		WHERE {:under} = '' OR EXISTS (SELECT 1 FROM comments WHERE id = {:under} AND draft = {:draft} AND under = '')`, dbx.Params{
		"id": web.NewRowID(a.now()), "draft": p.Draft.ID, "revision": p.Draft.Revision, "place": place, "quoted": quoted,
		"by": by, "text": said, "under": under, "now": stamp(a.now()),
	})
	if err == nil && !added {
		err = web.ErrNotFound
	}
	return err
}

// quotedMost is how much of a block a comment quotes, in letters.
const quotedMost = 300

// quoted is how a block of the version reads, web.ErrNotFound where there is none.
func (a *Authoring) quoted(ctx context.Context, p Place, place string) (string, error) {
	if place == "" {
		return "", nil
	}
	text, err := a.content.RevisionText(ctx, p.Draft.Revision)
	if err != nil {
		return "", err
	}
	for _, step := range compiled(p, text).Steps {
		for _, part := range step.Parts {
			if part.At != place {
				continue
			}
			if runes := []rune(part.Text); len(runes) > quotedMost {
				return string(runes[:quotedMost]) + "…", nil
			}
			return part.Text, nil
		}
	}
	return "", web.ErrNotFound
}

func anchorOf(place string) string {
	if place == "" {
		return "#whole"
	}
	return "#b-" + strings.ReplaceAll(place, "/", "-")
}

// settleComment ends a talk. Whoever began it may, and those who write.
func (a *Authoring) settleComment(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	p, err := a.reviewPlace(e)
	if err != nil {
		return err
	}
	done, err := web.Changes(a.app, `UPDATE comments SET settled = {:now}, settled_by = {:by}, updated = {:now}
		WHERE id = {:id} AND draft = {:draft} AND under = '' AND settled = '' AND (by = {:by} OR {:mine})`, dbx.Params{
		"now": stamp(a.now()), "by": web.Current(e).ID, "id": e.Request.PathValue("comment"), "draft": p.Draft.ID, "mine": p.Mine,
	})
	if err != nil {
		return err
	}
	if !done {
		return web.ErrNotFound
	}
	return web.SeeOther(e, p.ReviewAddress())
}

// sayVerdict signs a version off, says that it needs changes, or that it is not safe.
func (a *Authoring) sayVerdict(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.reviewPlace(e)
	if err != nil {
		return err
	}
	viewer := web.Current(e)
	kind, why := form.Get("kind"), strings.TrimSpace(form.Get("why"))
	page := &ReviewPage{Typed: ReviewTyped{Form: "verdict", Why: why, Kind: kind}}
	may := maySay(viewer, p.Course.Programme)
	if len(may) > 0 {
		may = append(may, wording)
	}
	switch {
	case !slices.Contains(may, kind):
		page.Errors = []web.FieldError{{Field: "kind", Key: "verdict-choose"}}
	case (kind == Changes || kind == Unsafe) && why == "":
		page.Errors = []web.FieldError{{Field: "why", Key: "verdict-why"}}
	case utf8.RuneCountInString(why) > commentMost:
		page.Errors = []web.FieldError{{Field: "why", Key: "line-long", Max: commentMost}}
	case form.Get("version") != p.Draft.Revision:
		page.Errors = []web.FieldError{{Field: "main", Key: "verdict-moved"}}
	}
	if len(page.Errors) > 0 {
		return a.reviewPage(e, p, http.StatusUnprocessableEntity, page)
	}
	moved := false
	err = a.app.RunInTransaction(func(tx core.App) error {
		d, err := a.draftByID(e.Request.Context(), tx.DB(), p.Draft.ID)
		if err != nil {
			return err
		}
		if moved = d.Revision != p.Draft.Revision || d.State != InReview && d.State != Approved; moved {
			return nil
		}
		wrote, err := isAuthor(e.Request.Context(), tx.DB(), d.ID, viewer.ID)
		if err != nil {
			return err
		}
		if wrote {
			return web.ErrNotFound // nobody signs off their own text
		}
		return a.addVerdict(e, tx, p, d, kind, why)
	})
	if err != nil {
		return err
	}
	if moved {
		page.Errors = []web.FieldError{{Field: "main", Key: "verdict-moved"}}
		return a.reviewPage(e, p, http.StatusConflict, page)
	}
	web.Notify(e, "verdict-said")
	return web.SeeOther(e, p.ReviewAddress())
}

func (a *Authoring) addVerdict(e *core.RequestEvent, tx core.App, p Place, d *Draft, kind, why string) error {
	ctx, by, now := e.Request.Context(), web.Current(e).ID, stamp(a.now())
	params := dbx.Params{"id": web.NewRowID(a.now()), "draft": d.ID, "revision": d.Revision, "by": by, "kind": kind, "why": why, "now": now}
	if kind == wording {
		earlier, err := a.signedBefore(ctx, tx.DB(), d)
		if err != nil {
			return err
		}
		if earlier == "" {
			return web.ErrNotFound
		}
		reviews, err := reviewsOf(ctx, tx.DB(), d.ID)
		if err != nil {
			return err
		}
		for _, r := range reviews {
			if r.Revision != earlier || r.Lifted != "" || r.Kind == Changes || r.Kind == Unsafe {
				continue
			}
			params["id"], params["kind"], params["by"], params["carried"], params["why"] = web.NewRowID(a.now()), r.Kind, r.By, by, ""
			if err := web.Exec(tx, addReviewSQL, params); err != nil {
				return err
			}
		}
	} else {
		params["carried"] = ""
		if err := web.Exec(tx, addReviewSQL, params); err != nil {
			return err
		}
	}
	act := audit.Act{Kind: audit.SignedOff, Actor: by, Programme: p.Course.Programme, Item: d.Revision, Detail: kind}
	if kind == Changes || kind == Unsafe {
		act.Kind = audit.HeldBack
	}
	if err := a.audit.Record(tx, act); err != nil {
		return err
	}
	return a.settleState(ctx, tx, d)
}

// addReviewSQL adds a review; who says the same of a version twice has said it once.
const addReviewSQL = `INSERT INTO reviews (id, draft, revision, by, kind, why, answer, answered_by, answered, lifted, lifted_by, carried_by, created, updated)
	SELECT {:id}, {:draft}, {:revision}, {:by}, {:kind}, {:why}, '', '', '', '', '', {:carried}, {:now}, {:now}
	WHERE NOT EXISTS (SELECT 1 FROM reviews WHERE revision = {:revision} AND by = {:by} AND kind = {:kind} AND lifted = '')`

// liftVerdict takes back what the viewer said, or, of a text that is not safe, says
// that this is settled: whoever may say so may, and nobody who wrote it.
func (a *Authoring) liftVerdict(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	p, err := a.reviewPlace(e)
	if err != nil {
		return err
	}
	viewer := web.Current(e)
	wrote, err := isAuthor(e.Request.Context(), a.app.ConcurrentDB(), p.Draft.ID, viewer.ID)
	if err != nil {
		return err
	}
	settles := !wrote && slices.Contains(maySay(viewer, p.Course.Programme), Unsafe)
	err = a.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, `UPDATE reviews SET lifted = {:now}, lifted_by = {:by}, updated = {:now}
			WHERE id = {:id} AND draft = {:draft} AND lifted = '' AND (by = {:by} OR kind = 'unsafe' AND {:settles})`, dbx.Params{
			"now": stamp(a.now()), "by": viewer.ID, "id": e.Request.PathValue("review"), "draft": p.Draft.ID, "settles": settles,
		})
		if err != nil {
			return err
		}
		if !done {
			return web.ErrNotFound
		}
		d, err := a.draftByID(e.Request.Context(), tx.DB(), p.Draft.ID)
		if err != nil {
			return err
		}
		return a.settleState(e.Request.Context(), tx, d)
	})
	if err != nil {
		return err
	}
	return web.SeeOther(e, p.ReviewAddress())
}

// takeReview says that the viewer looks at a text, for two days, or gives it back.
func (a *Authoring) takeReview(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.reviewPlace(e)
	if err != nil {
		return err
	}
	by, until := web.Current(e).ID, stamp(a.now().AddDate(0, 0, 2))
	if form.Get("do") == "leave" {
		by, until = "", ""
	}
	err = web.Exec(a.app, "UPDATE review_asks SET taken_by = {:by}, taken_until = {:until}, updated = {:now} WHERE draft = {:draft} AND ended = '' AND (taken_until <= {:now} OR taken_by IN ('', {:viewer}))",
		dbx.Params{"by": by, "until": until, "now": stamp(a.now()), "draft": p.Draft.ID, "viewer": web.Current(e).ID})
	if err != nil {
		return err
	}
	return web.SeeOther(e, p.ReviewAddress())
}
