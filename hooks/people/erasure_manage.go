package people

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func (k *Keeping) showErasures(e *core.RequestEvent) error {
	return k.listErasures(e, http.StatusOK, &ErasuresPage{})
}

func (k *Keeping) listErasures(e *core.RequestEvent, status int, page *ErasuresPage) error {
	whom, params := Whom(web.Current(e), Erasures, Whole, k.now())
	var rows []struct {
		erasure
		Username string `db:"username"`
		Held     bool   `db:"held"`
	}
	err := k.app.ConcurrentDB().NewQuery(`SELECT er.id, er.person, er.asked_by, er.asked, u.username,
		EXISTS (SELECT 1 FROM holds h WHERE h.person = er.person AND h.ended = '') AS held
		FROM erasures er JOIN users u ON u.id = er.person
		WHERE er.state = 'asked' AND er.person IN (` + whom + `) ORDER BY er.asked, er.id LIMIT 500`).
		Bind(params).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return fmt.Errorf("list erasures: %w", err)
	}
	for _, row := range rows {
		page.Open = append(page.Open, OpenErasure{
			Person: row.Person, Username: row.Username, Asked: Moment(row.Asked), Held: row.Held, Theirs: row.AskedBy == row.Person,
		})
	}
	return web.Show(e, status, "people/erasures", page)
}

// findToErase leads to the page of somebody whose username is typed.
func (k *Keeping) findToErase(e *core.RequestEvent) error {
	person, username, problems, err := k.whoIsTyped(e, Erasures)
	if err != nil {
		return err
	}
	if problems != nil {
		return k.listErasures(e, http.StatusUnprocessableEntity, &ErasuresPage{Who: username, Errors: problems})
	}
	return web.SeeOther(e, "/manage/erasures/"+person)
}

// whoIsTyped finds somebody by the field username, among those of whom the
// viewer sees a matter. Whoever is not among them is as if they were not there.
func (k *Keeping) whoIsTyped(e *core.RequestEvent, matter Matter) (person, username string, problems []web.FieldError, err error) {
	form, err := web.Form(e)
	if err != nil {
		return "", "", nil, err
	}
	username = strings.ToLower(strings.TrimSpace(form.Get("username")))
	if username == "" {
		return "", "", []web.FieldError{{Field: "username", Key: "username-missing"}}, nil
	}
	whom, params := Whom(web.Current(e), matter, Whole, k.now())
	params["username"] = username
	err = k.app.ConcurrentDB().NewQuery("SELECT id FROM users WHERE username = {:username} COLLATE NOCASE AND id IN (" + whom + ")").
		Bind(params).WithContext(e.Request.Context()).Row(&person)
	if errors.Is(err, sql.ErrNoRows) {
		return "", username, []web.FieldError{{Field: "username", Key: "nobody-called-so"}}, nil
	}
	if err != nil {
		return "", "", nil, fmt.Errorf("find somebody by username: %w", err)
	}
	return person, username, nil, nil
}

// usernameOf is the neutral name of somebody.
func usernameOf(ctx context.Context, app core.App, person string) (username string, err error) {
	err = app.ConcurrentDB().NewQuery("SELECT username FROM users WHERE id = {:person}").
		Bind(dbx.Params{"person": person}).WithContext(ctx).Row(&username)
	if errors.Is(err, sql.ErrNoRows) {
		return "", web.ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("username of %s: %w", person, err)
	}
	return username, nil
}

// calledBy is what somebody is called; "" for who is not here any more.
func calledBy(ctx context.Context, app core.App, person string) (called string, err error) {
	err = app.ConcurrentDB().NewQuery("SELECT COALESCE(NULLIF(name, ''), username) FROM users WHERE id = {:person}").
		Bind(dbx.Params{"person": person}).WithContext(ctx).Row(&called)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("what %s is called: %w", person, err)
	}
	return called, nil
}
