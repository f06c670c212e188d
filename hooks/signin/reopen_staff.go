package signin

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// A Closing is how the texts of a learner are closed, as one member of staff
// finds it.
type Closing struct {
	Since time.Time // zero where nothing is closed
	Opens bool      // this member of staff may open it with the learner
}

// closing is a Closing as the database tells it.
type closing struct {
	Username string         `db:"username"`
	Name     string         `db:"name"`
	Closed   types.DateTime `db:"closed"`
	Mine     bool           `db:"mine"`   // they made one of the new ways in, so they do not open the texts
	Others   types.DateTime `db:"others"` // when a session began with a code of somebody else
	Own      types.DateTime `db:"own"`    // with one of theirs
}

// Whoever made any of the new ways in, since it was last open, is not the second
// person; nor is whoever made the code that a session began with.
const closingSQL = `SELECT u.username, u.name, u.closed,
	u.closed_by = {:staff} OR EXISTS (SELECT 1 FROM audit a WHERE a.subject = u.id AND a.actor = {:staff}
		AND a.kind = {:closed} AND a.number > ` + lastReopened + `) AS mine,
	COALESCE((SELECT MIN(s.created) FROM sessions s WHERE ` + runsClosed + ` AND s.with != {:staff}), '') AS others,
	COALESCE((SELECT MIN(s.created) FROM sessions s WHERE ` + runsClosed + ` AND s.with = {:staff}), '') AS own
	FROM users u WHERE u.id = {:learner}`

// Sessions that were used in the last minute may run longer than is stored; to open
// one that is over does nothing.
const runsClosed = `s.user = u.id AND s.closed AND s.ended = '' AND s.expires > {:stored}`

func (d *Desk) closingOf(ctx context.Context, app core.App, learner, staff string) (closing, error) {
	var c closing
	err := app.DB().NewQuery(closingSQL).Bind(dbx.Params{
		"learner": learner, "staff": staff, "closed": audit.TextsClosed, "stored": databaseTime(d.now().Add(-writeSeenEvery)),
	}).WithContext(ctx).One(&c)
	if err != nil {
		return closing{}, fmt.Errorf("how the texts of %s are closed: %w", learner, err)
	}
	return c, nil
}

// opensTexts reports whether there is something that this member of staff may
// open for good, and opensSessions whether there is a session. While texts are
// closed a session that is opened writes as the card does, so whoever made the card
// opens neither.
func (c closing) opensTexts() bool { return !c.Closed.IsZero() && !c.Mine }

func (c closing) opensSessions() bool { return !c.Others.IsZero() && (c.Closed.IsZero() || !c.Mine) }

func (c closing) asSeen() Closing {
	for _, since := range []types.DateTime{c.Closed, c.Others, c.Own} {
		if !since.IsZero() {
			return Closing{Since: since.Time(), Opens: c.opensTexts() || c.opensSessions()}
		}
	}
	return Closing{}
}

// ClosedFor tells a member of staff whether texts of a learner are closed, and
// whether they may be the second person who opens them.
func (d *Desk) ClosedFor(ctx context.Context, learner, staff string) (Closing, error) {
	c, err := d.closingOf(ctx, d.app, learner, staff)
	return c.asSeen(), err
}

// showOpenFor asks a member of staff what they confirm.
func (d *Desk) showOpenFor(e *core.RequestEvent) error { return d.openForPage(e, http.StatusOK) }

func (d *Desk) openForPage(e *core.RequestEvent, status int) error {
	learner := e.Request.PathValue("learner")
	c, err := d.closingOf(e.Request.Context(), e.App, learner, web.Current(e).ID)
	if err != nil {
		return err
	}
	person, seen := web.Viewer{Username: c.Username, Name: c.Name}, c.asSeen()
	page := &OpenForPage{Called: person.Called(), Back: pageOf(learner), Closed: !seen.Since.IsZero()}
	if page.Closed {
		page.Since, page.Same = seen.Since.Format(time.RFC3339), !seen.Opens
	}
	return web.Show(e, status, "signin/open-for", page)
}

func pageOf(learner string) string { return "/facilitate/learners/" + learner }

// openFor is the second person, who says that the learner stands beside them.
func (d *Desk) openFor(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	viewer, learner := web.Current(e), e.Request.PathValue("learner")
	if learner == viewer.ID {
		return web.ErrForbidden
	}
	opened := false
	err := e.App.RunInTransaction(func(tx core.App) error {
		c, err := d.closingOf(e.Request.Context(), tx, learner, viewer.ID)
		if err != nil {
			return err
		}
		if opened = c.opensTexts() || c.opensSessions(); !opened {
			return nil
		}
		return d.openWith(tx, c, learner, viewer.ID)
	})
	if err != nil {
		return err
	}
	if !opened {
		return d.openForPage(e, http.StatusForbidden)
	}
	web.Notify(e, "opened-for")
	return web.SeeOther(e, pageOf(learner))
}

// openWith opens what this member of staff may open, and records that they did.
func (d *Desk) openWith(tx core.App, c closing, learner, staff string) error {
	detail := onlySession + withStaff
	if c.opensTexts() {
		if _, err := openTexts(tx, learner, c.Closed); err != nil {
			return err
		}
		detail = withStaff
	}
	_, err := tx.DB().Update("sessions", dbx.Params{"closed": false},
		dbx.And(dbx.HashExp{"user": learner, "ended": "", "closed": true}, dbx.Not(dbx.HashExp{"with": staff}))).Execute()
	if err != nil {
		return fmt.Errorf("open sessions of %s: %w", learner, err)
	}
	return d.audit.Record(tx, audit.Act{Kind: audit.Reopened, Actor: staff, Subject: learner, Detail: detail})
}
