package signin

import (
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

const welcomePath = "/sign-in/welcome/"

// makeLink gives a member of staff a link on which they choose their password,
// the first or a new one. Who may do so may also take their second factor away.
func (d *Desk) makeLink(e *core.RequestEvent) error {
	viewer, person, programme := web.Current(e), e.Request.PathValue("person"), e.Request.PathValue("programme")
	if person == viewer.ID {
		return web.ErrNotFound
	}
	if err := d.mayReset(e.Request.Context(), viewer, person, programme); err != nil {
		return err
	}
	secret := newToken()
	act := audit.Act{Kind: audit.CodeMade, Actor: viewer.ID, Subject: person, Programme: programme, Detail: welcomeLink}
	if err := d.storeCode(e.App, welcomeLink, hashToken(secret), linkLife, act); err != nil {
		return err
	}
	shown, _ := d.codes.put(shownCode{viewer.Session, person, secret}, d.now())
	return web.SeeOther(e, "/manage/programmes/"+programme+"/people/"+person+"/link/"+shown)
}

func (d *Desk) showLink(e *core.RequestEvent) error {
	person := e.Request.PathValue("person")
	shown, until, ok := d.codes.get(e.Request.PathValue("shown"), d.now())
	if !ok || shown.session != web.Current(e).Session || shown.person != person {
		return showGone(e, &NotShownPage{What: "link", Back: backOf(e, person)})
	}
	page := &LinkMadePage{
		Back:    backOf(e, person),
		Link:    addressOf(e) + welcomePath + shown.code,
		Minutes: minutesUntil(until, d.now()),
	}
	err := e.App.DB().NewQuery("SELECT CASE WHEN name != '' THEN name ELSE username END FROM users WHERE id = {:id}").
		Bind(dbx.Params{"id": person}).Row(&page.Called)
	if errors.Is(err, sql.ErrNoRows) {
		return web.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("show a link: %w", err)
	}
	return web.Show(e, http.StatusOK, "signin/link-made", page)
}

// backOf is where a link was made: a site manager who does not manage the
// programme has no page of somebody in it.
func backOf(e *core.RequestEvent, person string) string {
	programme := e.Request.PathValue("programme")
	s := people.Subject{Programme: programme, Person: person}
	if _, err := people.See(e.Request.Context(), e.App, web.Now(e), web.Current(e), people.Groups, s); err != nil {
		return "/manage/programmes"
	}
	return "/manage/programmes/" + programme + "/people/" + person
}
