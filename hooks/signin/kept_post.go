package signin

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

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

// tooLate is a request of somebody whose session has run out. A form that they
// sent is sealed for them and waits; everything else they see as a guest, and
// the sign-in page tells them why.
func (d *Desk) tooLate(e *core.RequestEvent, f *found) error {
	if !isKeepable(e) {
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
	return web.AskToSignIn(e)
}

// isKeepable leaves out every form that may hold a password, and the choice of
// a language, which guests have too.
func isKeepable(e *core.RequestEvent) bool {
	path := e.Request.URL.Path
	kind, _, _ := mime.ParseMediaType(e.Request.Header.Get("Content-Type"))
	return e.Request.Method == http.MethodPost && kind == "application/x-www-form-urlencoded" &&
		!isAPI(e) && !strings.HasPrefix(path, "/sign-in") && path != "/sign-out" && path != "/language" && !strings.HasPrefix(path, "/me/")
}

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

// makeRoom drops the earlier form of the same page, and the oldest of many.
func makeRoom(tx core.App, user, address string) error {
	_, err := tx.DB().NewQuery(`
		DELETE FROM kept_posts WHERE user = {:user} AND (address = {:address} OR id NOT IN (
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
	form, err := v.desk.keptPost(e.App, v.found.user, e.Request.URL.Path)
	if err != nil {
		e.App.Logger().Error("open a kept form", "user", v.found.user, "error", err)
	}
	return form, form != nil
}

func (d *Desk) keptPost(app core.App, user, address string) (url.Values, error) {
	var row struct {
		ID     string `db:"id"`
		Sealed string `db:"sealed"`
	}
	err := app.DB().NewQuery(`
		SELECT id, sealed FROM kept_posts
		WHERE user = {:user} AND address = {:address} AND created > {:since}`).
		Bind(dbx.Params{"user": user, "address": address, "since": databaseTime(d.now().Add(-keepFor))}).
		One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	form, err := d.vault.Open(app, user, keptPlace(row.ID), row.Sealed)
	if err != nil {
		return nil, fmt.Errorf("kept form %s: %w", row.ID, err)
	}
	return url.ParseQuery(string(form))
}

// DropKeptPost forgets what KeptPost gives for this address, once it is saved.
func DropKeptPost(e *core.RequestEvent) error {
	v := visitOf(e)
	if v == nil || !v.found.hasKept {
		return nil
	}
	_, err := e.App.DB().Delete("kept_posts",
		dbx.HashExp{"user": v.found.user, "address": e.Request.URL.Path}).Execute()
	if err != nil {
		return fmt.Errorf("drop kept form of %s: %w", v.found.user, err)
	}
	return nil
}
