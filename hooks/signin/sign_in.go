package signin

import (
	"database/sql"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"
	"golang.org/x/crypto/bcrypt"
)

func (d *Desk) showSignIn(e *core.RequestEvent) error {
	back := web.LocalOr(e.Request.URL.Query().Get("back"), "/")
	if web.Current(e) != nil {
		return web.SeeOther(e, back)
	}
	page := &SignInPage{Back: back}
	page.IdleMinutes, page.IdleDays = rested(e)
	return showSignIn(e, http.StatusOK, page)
}

// showSignIn shows the page so that whoever chooses a language on it still comes
// to where they were going.
func showSignIn(e *core.RequestEvent, status int, page *SignInPage) error {
	if page.Back != "/" {
		page.Again = "/sign-in?back=" + url.QueryEscape(page.Back)
	}
	return web.Show(e, status, "signin/sign-in", page)
}

const restedKey = "signin.rested"

// rested is how long nothing happened before the session ended that a browser
// still brings, in minutes or in whole days; nothing where none ran out.
func rested(e *core.RequestEvent) (minutes, days int) {
	long, _ := e.Get(restedKey).(time.Duration)
	if days = int(long / (24 * time.Hour)); days > 0 {
		return 0, days
	}
	return int(long / time.Minute), 0
}

func (d *Desk) signIn(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page := &SignInPage{
		Back:      web.LocalOr(form.Get("back"), "/"),
		Who:       strings.TrimSpace(form.Get("who")),
		OwnDevice: form.Get("own") == "true",
	}
	password := form.Get("password")
	if page.Errors = missing(page.Who, password); page.Errors != nil {
		return showSignIn(e, http.StatusUnprocessableEntity, page)
	}
	user, comeBack, err := d.check(e, page.Who, password)
	if err != nil {
		return err
	}
	if !comeBack.IsZero() {
		page.Wait = d.sayWhen(e, comeBack)
		return showSignIn(e, http.StatusTooManyRequests, page)
	}
	if user == "" {
		page.Errors = []web.FieldError{{Field: "who", Key: "sign-in-wrong"}}
		return showSignIn(e, http.StatusUnprocessableEntity, page)
	}
	return d.enter(e, user, entry{How: byPassword, OwnDevice: page.OwnDevice}, page.Back)
}

func missing(who, password string) []web.FieldError {
	var wrong []web.FieldError
	if who == "" {
		wrong = append(wrong, web.FieldError{Field: "who", Key: "who-missing"})
	}
	if password == "" {
		wrong = append(wrong, web.FieldError{Field: "password", Key: "password-missing"})
	}
	return wrong
}

// check compares a password under the limits. It returns the person's id, ""
// where name or password are wrong, or when to come back.
func (d *Desk) check(e *core.RequestEvent, who, password string) (user string, comeBack time.Time, err error) {
	account := foldName(who)
	if comeBack = d.admit(e, account); !comeBack.IsZero() {
		return "", comeBack, nil
	}
	person, err := d.someone(e.App, who)
	if err != nil {
		return "", time.Time{}, err
	}
	if !person.ValidatePassword(password) || person == d.dummy {
		return "", time.Time{}, d.refuse(e, refusal{how: byPassword, user: person.Id})
	}
	d.tries.right(account)
	return person.Id, time.Time{}, nil
}

// someone finds a person by username or e-mail. Where there is nobody it gives
// the dummy, whose password takes as long to compare and is never right.
func (d *Desk) someone(app core.App, who string) (*core.Record, error) {
	where := "username = {:who} COLLATE NOCASE"
	if strings.Contains(who, "@") {
		where = "email = {:who} COLLATE NOCASE AND email != ''"
	}
	person := &core.Record{}
	err := app.RecordQuery("users").AndWhere(dbx.NewExp(where, dbx.Params{"who": who})).Limit(1).One(person)
	if errors.Is(err, sql.ErrNoRows) {
		return d.dummy, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find somebody to sign in: %w", err)
	}
	return person, nil
}

// nobody is a person with a password that nobody knows, hashed at the cost of
// everybody's.
func nobody(app core.App) (*core.Record, error) {
	users, err := app.FindCollectionByNameOrId("users")
	if err != nil {
		return nil, err
	}
	dummy := core.NewRecord(users)
	dummy.SetPassword(security.RandomString(30))
	return dummy, nil
}

// costOf is what it costs to hash somebody's password.
func costOf(person *core.Record) int {
	field, ok := person.Collection().Fields.GetByName(core.FieldNamePassword).(*core.PasswordField)
	if !ok || field.Cost == 0 {
		return bcrypt.DefaultCost
	}
	return field.Cost
}

// sayWhen tells the browser when to come back, and returns it in minutes.
func (d *Desk) sayWhen(e *core.RequestEvent, comeBack time.Time) int {
	wait := comeBack.Sub(d.now())
	e.Response.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	return max(1, int(math.Ceil(wait.Minutes())))
}
