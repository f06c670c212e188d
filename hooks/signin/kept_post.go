package signin

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Bounds of what is kept of a form that came after its session had run out.
const (
	maxKeptBytes = 1 << 20
	maxKept      = 5 // of one person
	keepFor      = 24 * time.Hour
)

// tooLate is a request of somebody whose session has run out. A form that may be
// kept is sealed for them and waits; everything else they see as a guest, and
// the sign-in page tells them why.
func (d *Desk) tooLate(e *core.RequestEvent, f *found) error {
	if !web.MayKeep(e) {
		e.Set(restedKey, idle(f.ownDevice))
		return e.Next()
	}
	form, err := readForm(e.Request.Body)
	if err == nil && web.IsAnothers(form, f.user) {
		return d.askToSave(e, form)
	}
	return d.keepAndAsk(e, f.user, form, err)
}

// keepAndAsk seals a form for somebody if it can be, and asks them to sign in.
func (d *Desk) keepAndAsk(e *core.RequestEvent, user string, form url.Values, err error) error {
	if err == nil {
		err = d.keepPost(e, user, form)
	}
	notice := "post-kept"
	if err != nil {
		e.App.Logger().Error("keep a form that came too late", "user", user, "error", err)
		notice = "post-not-kept"
	}
	web.Notify(e, notice)
	return web.AskToSignInFor(e, e.Request.URL.Path)
}

// LateForms are what package web asks of a desk.
func (d *Desk) LateForms() web.LateForms { return lateForms{d} }

type lateForms struct{ desk *Desk }

func (l lateForms) Keep(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	return l.desk.askToSave(e, form)
}

func (lateForms) Kept(e *core.RequestEvent) (url.Values, bool) { return KeptPost(e) }

func (lateForms) Drop(e *core.RequestEvent) error { return DropKeptPost(e) }

func (d *Desk) keepPost(e *core.RequestEvent, user string, form url.Values) error {
	id := core.GenerateDefaultRandomId()
	sealed, err := d.vault.Seal(e.App, user, keptPlace(id), []byte(form.Encode()))
	if err != nil {
		return err
	}
	return e.App.RunInTransaction(func(tx core.App) error {
		if err := makeRoom(tx, user, e.Request.URL.Path); err != nil {
			return err
		}
		posts, err := tx.FindCachedCollectionByNameOrId("kept_posts")
		if err != nil {
			return err
		}
		row := core.NewRecord(posts)
		row.Id = id
		row.Set("user", user)
		row.Set("address", e.Request.URL.Path)
		row.Set("sealed", sealed)
		return tx.Save(row)
	})
}

func readForm(body io.Reader) (url.Values, error) {
	form, err := io.ReadAll(io.LimitReader(body, maxKeptBytes+1))
	if err != nil {
		return nil, err
	}
	if len(form) > maxKeptBytes {
		return nil, web.ErrTooLarge
	}
	return url.ParseQuery(string(form))
}

// makeRoom drops the earlier form of the same page, and the oldest of many. Those
// from before their texts were closed stay: nobody saw them, so nobody knows what
// this would take the place of.
func makeRoom(tx core.App, user, address string) error {
	_, err := tx.DB().NewQuery(`
		DELETE FROM kept_posts WHERE user = {:user} AND created >= (SELECT closed FROM users WHERE id = {:user})
			AND (address = {:address} OR id NOT IN (
				SELECT id FROM kept_posts WHERE user = {:user} AND address != {:address} ORDER BY created DESC LIMIT {:others}))`).
		Bind(dbx.Params{"user": user, "address": address, "others": maxKept - 1}).Execute()
	return err
}

// keptPlace is authenticated with the text: it opens in its own row only.
func keptPlace(row string) vault.Place {
	return vault.Place{Collection: "kept_posts", Row: row, Visibility: "own"}
}

// KeptPost gives back what the viewer sent to this very address after their
// session had run out, to show it as not saved yet. It costs nothing where
// nothing is kept, which the session's statement already told.
func KeptPost(e *core.RequestEvent) (url.Values, bool) {
	v := visitOf(e)
	if v == nil || !v.found.hasKept {
		return nil, false
	}
	kept, err := v.desk.keptPost(e.App, web.Current(e), e.Request.URL.Path)
	if err != nil {
		e.App.Logger().Error("open a kept form", "user", v.found.user, "error", err)
	}
	return kept.form, kept.form != nil
}

// A keptForm is a form that waits.
type keptForm struct {
	id   string
	form url.Values
}

// keptPost is the newest form of an address that a viewer may see.
func (d *Desk) keptPost(app core.App, viewer *web.Viewer, address string) (keptForm, error) {
	var row struct {
		ID     string `db:"id"`
		Sealed string `db:"sealed"`
	}
	err := app.DB().NewQuery(`
		SELECT id, sealed FROM kept_posts
		WHERE user = {:user} AND address = {:address} AND created > {:since} ORDER BY created DESC LIMIT 1`).
		Bind(dbx.Params{"user": viewer.ID, "address": address, "since": databaseTime(d.now().Add(-keepFor))}).
		One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return keptForm{}, nil
	}
	if err != nil {
		return keptForm{}, err
	}
	text, err := d.vault.Open(app, viewer.ID, keptPlace(row.ID), row.Sealed)
	if err != nil {
		return keptForm{}, fmt.Errorf("kept form %s: %w", row.ID, err)
	}
	form, err := url.ParseQuery(string(text))
	if err != nil {
		return keptForm{}, fmt.Errorf("kept form %s: %w", row.ID, err)
	}
	if opens, err := d.opensPage(app, viewer, web.SessionOf(form)); err != nil || !opens {
		return keptForm{}, err
	}
	return keptForm{row.ID, form}, nil
}

// opensPage reports whether a viewer may see what stood on a page of theirs, by
// the session that it was made in, because a page holds what was stored when it was
// opened. While their texts are closed that is a session that began since, in the
// same way.
func (d *Desk) opensPage(app core.App, viewer *web.Viewer, session string) (opens bool, err error) {
	if !viewer.Closed || viewer.OnlyHere {
		return viewer.Opens(session), nil
	}
	err = app.DB().NewQuery(`SELECT EXISTS (SELECT 1 FROM audit a JOIN users u ON u.id = a.subject
		WHERE u.id = {:user} AND a.kind = {:kind} AND a.item = {:session} AND a.at >= {:since}
			AND ` + wayIn("a.detail") + ` = {:way})`).
		Bind(dbx.Params{"user": viewer.ID, "kind": audit.SignedIn, "session": session, "since": viewer.ClosedSince, "way": viewer.Way}).Row(&opens)
	if err != nil {
		return false, fmt.Errorf("when session %s began: %w", session, err)
	}
	return opens, nil
}

// DropKeptPost forgets what KeptPost gives for this address, once it is saved; no
// more than that, since what did not show was not saved.
func DropKeptPost(e *core.RequestEvent) error {
	v := visitOf(e)
	if v == nil || !v.found.hasKept {
		return nil
	}
	kept, err := v.desk.keptPost(e.App, web.Current(e), e.Request.URL.Path)
	if err == nil && kept.form != nil {
		_, err = e.App.DB().Delete("kept_posts", dbx.HashExp{"id": kept.id}).Execute()
	}
	if err != nil {
		return fmt.Errorf("drop kept form of %s: %w", v.found.user, err)
	}
	return nil
}
