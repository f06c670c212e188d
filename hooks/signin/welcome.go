package signin

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A welcome is a link that still works: whose it is, and who made it.
type welcome struct {
	ID       string `db:"id"`
	User     string `db:"user"`
	Username string `db:"username"`
	MadeBy   string `db:"made_by"`
}

// welcomeOf is what the secret of an address stands for, nil where it is used,
// too old or none.
func (d *Desk) welcomeOf(e *core.RequestEvent, secret string) (*welcome, error) {
	w := &welcome{}
	err := e.App.DB().NewQuery(`
		SELECT l.id, l.user, l.made_by, u.username FROM codes l JOIN users u ON u.id = l.user
		WHERE l.secret = {:secret} AND l.kind = 'link' AND l.used = '' AND l.expires > {:now}`).
		Bind(dbx.Params{"secret": hashToken(secret), "now": databaseTime(d.now())}).One(w)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a welcome link: %w", err)
	}
	err = d.mayStillWelcome(e.Request.Context(), e.App, w)
	if errors.Is(err, web.ErrNotFound) {
		return nil, nil
	}
	return w, err
}

// mayStillWelcome asks once more whether the maker of a link may make it: their
// role may have ended meanwhile, and its owner may be more than they were. It
// returns web.ErrNotFound where they may not.
func (d *Desk) mayStillWelcome(ctx context.Context, app core.App, w *welcome) error {
	var packed string
	err := app.ConcurrentDB().NewQuery(`
		SELECT COALESCE(group_concat(m.role || ',' || m.programme || ',' || m.cohort, ';'), '') FROM users u JOIN memberships m ON m.user = u.id
		WHERE u.id = {:maker} AND m.starts <= {:now} AND (m.ends = '' OR m.ends > {:now})`).
		Bind(dbx.Params{"maker": w.MadeBy, "now": databaseTime(d.now())}).WithContext(ctx).Row(&packed)
	if err != nil {
		return fmt.Errorf("who made a welcome link: %w", err)
	}
	held, err := d.worksAs(ctx, app, w.User)
	if err != nil {
		return err
	}
	if len(held) == 0 {
		return web.ErrNotFound
	}
	return d.mayWeakenAll(ctx, app, &web.Viewer{ID: w.MadeBy, Memberships: memberships(packed)}, held)
}

func (d *Desk) showWelcome(e *core.RequestEvent) error {
	web.SecretAddress(e)
	w, err := d.welcomeOf(e, e.Request.PathValue("secret"))
	if err != nil {
		return err
	}
	return showWelcome(e, http.StatusOK, w, &WelcomePage{})
}

// showWelcome says so where the link opens nothing any more.
func showWelcome(e *core.RequestEvent, status int, w *welcome, page *WelcomePage) error {
	if w == nil {
		return web.Show(e, http.StatusNotFound, "signin/welcome", &WelcomePage{Gone: true})
	}
	page.Address, page.Username, page.Min = welcomePath+e.Request.PathValue("secret"), w.Username, people.MinPassword
	return web.Show(e, status, "signin/welcome", page)
}

// takeWelcome sets the password that somebody chose, and lets them in.
func (d *Desk) takeWelcome(e *core.RequestEvent) error {
	web.SecretAddress(e)
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	w, err := d.welcomeOf(e, e.Request.PathValue("secret"))
	if err != nil {
		return err
	}
	page, password := &WelcomePage{OwnDevice: form.Get("own") == "true"}, form.Get("password")
	if w == nil {
		return showWelcome(e, http.StatusNotFound, nil, page)
	}
	if problem := people.PasswordProblem(w.Username, password); problem != "" {
		page.Errors = []web.FieldError{{Field: "password", Key: problem}}
		return showWelcome(e, http.StatusUnprocessableEntity, w, page)
	}
	hashed, err := d.hash(password)
	if err != nil {
		return err
	}
	in := entry{How: byLink, OwnDevice: page.OwnDevice, With: w.MadeBy}
	err = d.enterWith(e, w.User, in, "/", func(tx core.App) error { return d.useWelcome(e.Request.Context(), tx, w, hashed) })
	if errors.Is(err, errCodeUsed) {
		return showWelcome(e, http.StatusNotFound, nil, page)
	}
	return err
}

// useWelcome uses a link up. Whoever was signed in as them is out, and a card that
// they had from the time when they only learned stops. Where they had
// a secret of their own before, text that is kept only for them is closed, and
// this password does not count as theirs: the one who made the link may have
// taken it.
func (d *Desk) useWelcome(ctx context.Context, tx core.App, w *welcome, hashed string) error {
	err := d.mayStillWelcome(ctx, tx, w)
	if errors.Is(err, web.ErrNotFound) {
		return errCodeUsed
	}
	if err != nil {
		return err
	}
	if _, err := d.endCard(tx, w.User); err != nil {
		return err
	}
	if err := d.closeTexts(tx, w.User, w.MadeBy); err != nil {
		return err
	}
	if err := useCode(tx, w.ID, d.now()); err != nil {
		return err
	}
	user, err := tx.FindRecordById("users", w.User)
	if err != nil {
		return fmt.Errorf("welcome %s: %w", w.User, err)
	}
	user.SetRaw(core.FieldNamePassword, &core.PasswordFieldValue{Hash: hashed})
	user.RefreshTokenKey()
	user.Set("own_password", user.GetDateTime("closed").IsZero())
	if err := tx.Save(user); err != nil {
		return fmt.Errorf("welcome %s: %w", w.User, err)
	}
	if err := end(tx, d.now(), whyPassword, dbx.HashExp{"user": w.User}); err != nil {
		return err
	}
	return d.audit.Record(tx, audit.Act{Kind: audit.PasswordChanged, Actor: w.User, Subject: w.User, Item: w.ID, Detail: byLink})
}
