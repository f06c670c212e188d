package signin

import (
	"fmt"
	"net/http"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// How long what staff hand out lasts.
const (
	roomCodeLife = 10 * time.Minute
	linkLife     = 7 * 24 * time.Hour
)

const roomCodeDigits = 8

// Kinds of codes, as they are stored.
const (
	roomCode    = "room"
	welcomeLink = "link"
)

// A shownCode is a code or a link that was just made, for the session that made
// it and the person it is for.
type shownCode struct {
	session, person, code string
}

// makeCode gives a learner a code for the next ten minutes, while somebody who
// works here is with them. It opens one session, in which text that is kept only
// for them stays closed, and a code that was made before stops.
func (d *Desk) makeCode(e *core.RequestEvent) error {
	learner, err := d.holder(e)
	if err != nil {
		return err
	}
	code, viewer := fmt.Sprintf("%0*d", roomCodeDigits, draw(100_000_000)), web.Current(e)
	hashed, err := d.hash(code)
	if err != nil {
		return err
	}
	act := audit.Act{Kind: audit.CodeMade, Actor: viewer.ID, Subject: learner.ID, Programme: learner.Programme, Detail: roomCode}
	if err := d.storeCode(e.App, roomCode, hashed, roomCodeLife, act); err != nil {
		return err
	}
	d.tries.right(foldName(learner.Username))
	shown, _ := d.codes.put(shownCode{viewer.Session, learner.ID, code[:4] + " " + code[4:]}, d.now())
	return web.SeeOther(e, "/facilitate/learners/"+learner.ID+"/code/"+shown)
}

// storeCode makes the code in use of its kind, and records it.
func (d *Desk) storeCode(app core.App, kind, hashed string, life time.Duration, act audit.Act) error {
	err := app.RunInTransaction(func(tx core.App) error {
		_, err := tx.DB().Delete("codes", dbx.HashExp{"user": act.Subject, "kind": kind, "used": ""}).Execute()
		if err != nil {
			return err
		}
		codes, err := tx.FindCachedCollectionByNameOrId("codes")
		if err != nil {
			return err
		}
		row := core.NewRecord(codes)
		row.Set("user", act.Subject)
		row.Set("kind", kind)
		row.Set("secret", hashed)
		row.Set("expires", databaseTime(d.now().Add(life)))
		row.Set("made_by", act.Actor)
		if err := tx.Save(row); err != nil {
			return err
		}
		act.Item = row.Id
		return d.audit.Record(tx, act)
	})
	if err != nil {
		return fmt.Errorf("make a %s code for %s: %w", kind, act.Subject, err)
	}
	return nil
}

func (d *Desk) showCode(e *core.RequestEvent) error {
	learner, err := d.holder(e)
	if err != nil {
		return err
	}
	shown, until, ok := d.codes.get(e.Request.PathValue("shown"), d.now())
	if !ok || shown.session != web.Current(e).Session || shown.person != learner.ID {
		return showGone(e, &NotShownPage{What: "code", Back: "/facilitate/learners/" + learner.ID})
	}
	return web.Show(e, http.StatusOK, "signin/code-made", &CodeMadePage{
		Learner: learner.ID, Called: learner.Called, Username: learner.Username,
		Code: shown.code, SiteAddress: e.Request.Host + "/sign-in/code", Minutes: minutesUntil(until, d.now()),
	})
}
