package signin

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func (d *Desk) showCodeSignIn(e *core.RequestEvent) error {
	page := &CodePage{Back: web.LocalOr(e.Request.URL.Query().Get("back"), "/")}
	return web.Show(e, http.StatusOK, "signin/code", page)
}

func (d *Desk) signInByCode(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page := &CodePage{
		Back:      web.LocalOr(form.Get("back"), "/"),
		Who:       strings.TrimSpace(form.Get("who")),
		OwnDevice: form.Get("own") == "true",
	}
	typed := foldDigits(form.Get("code"))
	if page.Errors = page.missing(typed); page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "signin/code", page)
	}
	code, comeBack, err := d.checkCode(e, page.Who, typed)
	if err != nil {
		return err
	}
	if !comeBack.IsZero() {
		page.Wait = d.sayWhen(e, comeBack)
		return web.Show(e, http.StatusTooManyRequests, "signin/code", page)
	}
	if code == nil {
		return page.refuse(e)
	}
	// The first one too: its session may last, and see what they write elsewhere.
	in := entry{How: byCode, OwnDevice: page.OwnDevice, With: code.MadeBy, Closed: true}
	err = d.enterWith(e, code.User, in, page.Back, func(tx core.App) error { return useCode(tx, code.ID, d.now()) })
	if errors.Is(err, errCodeUsed) {
		return page.refuse(e)
	}
	return err
}

func (p *CodePage) refuse(e *core.RequestEvent) error {
	p.Errors = []web.FieldError{{Field: "who", Key: "code-wrong"}}
	return web.Show(e, http.StatusUnprocessableEntity, "signin/code", p)
}

func (p *CodePage) missing(typed string) []web.FieldError {
	var wrong []web.FieldError
	if p.Who == "" {
		wrong = append(wrong, web.FieldError{Field: "who", Key: "username-missing"})
	}
	if len(typed) != roomCodeDigits || strings.Trim(typed, "0123456789") != "" {
		wrong = append(wrong, web.FieldError{Field: "code", Key: "code-digits"})
	}
	return wrong
}

// A heldCode is a code that was made for somebody.
type heldCode struct {
	ID     string `db:"id"`
	User   string `db:"user"`
	Secret string `db:"secret"`
	MadeBy string `db:"made_by"`
}

// checkCode compares a code that was typed, or as long with nobody's.
func (d *Desk) checkCode(e *core.RequestEvent, who, typed string) (code *heldCode, comeBack time.Time, err error) {
	account := foldName(who)
	if comeBack = d.admit(e, account); !comeBack.IsZero() {
		return nil, comeBack, nil
	}
	code = &heldCode{}
	err = e.App.DB().NewQuery(`
		SELECT l.id, l.user, l.secret, l.made_by FROM users u JOIN codes l ON l.user = u.id
		WHERE u.username = {:who} COLLATE NOCASE AND l.kind = 'room' AND l.used = '' AND l.expires > {:now} AND NOT ` + worksHere("u.id") + `
		ORDER BY l.created DESC LIMIT 1`).
		Bind(dbx.Params{"who": account, "now": databaseTime(d.now())}).One(code)
	if errors.Is(err, sql.ErrNoRows) {
		code.Secret, err = d.dummy.GetString("password:hash"), nil
	}
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("find a code: %w", err)
	}
	if !fits(code.Secret, typed) || code.ID == "" {
		return nil, time.Time{}, d.refuse(e, refusal{how: byCode, user: code.User})
	}
	d.tries.right(account)
	return code, time.Time{}, nil
}

// errCodeUsed means that a code opened something already.
var errCodeUsed = errors.New("the code is used up")

// useCode uses a code or a link up: exactly once, and a code of the room only for
// somebody who does not work here.
func useCode(tx core.App, id string, now time.Time) error {
	done, err := tx.DB().Update("codes", dbx.Params{"used": databaseTime(now)},
		dbx.And(dbx.HashExp{"id": id, "used": ""}, dbx.NewExp("expires > {:now} AND (kind = 'link' OR NOT "+worksHere("codes.user")+")", dbx.Params{"now": databaseTime(now)}))).Execute()
	if err != nil {
		return fmt.Errorf("use code %s: %w", id, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errCodeUsed)
	}
	return nil
}
