package authoring

import (
	"context"
	"fmt"
	"net/http"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// DropPage is `/write/{course}/{module}/drop`, "authoring/drop": asks before a text
// that somebody writes is put away.
type DropPage struct {
	web.Base
	Head
	Days int // for how long it can be taken up again
}

// keptAway is how long a text that was put away is kept, unless a manager set another
// number.
const keptAway = 90 // days

// dropPlace is a draft of the viewer's own: those whom they asked to write with them
// put nothing away.
func (a *Authoring) dropPlace(e *core.RequestEvent) (Place, error) {
	p, err := a.writePlace(e)
	if err == nil && p.Draft.Owner != web.Current(e).ID {
		return p, web.ErrNotFound
	}
	return p, err
}

func (a *Authoring) showDrop(e *core.RequestEvent) error {
	p, err := a.dropPlace(e)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "authoring/drop", &DropPage{Head: headOf(p), Days: keptAway})
}

// dropText puts a draft away: nobody is asked to read it any more, and what learners
// read stays as it is.
func (a *Authoring) dropText(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	p, err := a.dropPlace(e)
	if err != nil {
		return err
	}
	now := stamp(a.now())
	err = a.app.RunInTransaction(func(tx core.App) error {
		dropped, err := web.Changes(tx, `UPDATE drafts AS d SET state = 'dropped', goes_live = '', missed = '', updated = {:now} WHERE d.id = {:id} AND `+atWork,
			dbx.Params{"id": p.Draft.ID, "now": now})
		if err != nil || !dropped {
			return err
		}
		return web.Exec(tx, "UPDATE review_asks SET ended = {:now} WHERE draft = {:draft} AND ended = ''", dbx.Params{"now": now, "draft": p.Draft.ID})
	})
	if err != nil {
		return err
	}
	web.Notify(e, "text-dropped")
	return web.SeeOther(e, "/write")
}

// pickUpText takes up again what the viewer put away last at an address, unless
// somebody writes on it now.
func (a *Authoring) pickUpText(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	course, err := a.courseFor(e, people.Writing)
	if err != nil {
		return err
	}
	name := e.Request.PathValue("module")
	away, err := a.droppedOf(e.Request.Context(), web.Current(e).ID)
	if err != nil {
		return err
	}
	for _, one := range away {
		if one.Course != course.ID || one.name() != name {
			continue
		}
		taken, err := web.Changes(a.app, `UPDATE OR IGNORE drafts SET state = 'open', updated = {:now} WHERE id = {:id} AND state = 'dropped'`,
			dbx.Params{"id": one.ID, "now": stamp(a.now())})
		if err != nil {
			return err
		}
		if !taken {
			web.Notify(e, "text-not-picked-up")
		}
		return web.SeeOther(e, "/write/"+course.Slug+"/"+name)
	}
	return web.ErrNotFound
}

// A dropped draft, with where it is.
type droppedDraft struct {
	Draft
	Slug        string `db:"slug"` // of its course
	CourseTitle string `db:"course_title"`
	Name        string `db:"name"` // of its module; "" while that is new
}

func (d droppedDraft) name() string {
	if d.Name != "" {
		return d.Name
	}
	return NameOf(d.Path, d.Kind)
}

// droppedOf are the drafts that somebody put away and nobody has begun anew since.
func (a *Authoring) droppedOf(ctx context.Context, person string) (all []droppedDraft, err error) {
	err = a.app.ConcurrentDB().NewQuery("SELECT " + draftColumns + `, c.slug, c.title AS course_title, COALESCE(m.slug, '') AS name
		FROM drafts d JOIN courses c ON c.id = d.course LEFT JOIN modules m ON m.id = d.module
		WHERE d.owner = {:person} AND d.state = 'dropped' ORDER BY d.updated DESC LIMIT 50`).
		Bind(dbx.Params{"person": person}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("what %s put away: %w", person, err)
	}
	return all, nil
}

// The rows of drafts that were put away before {:before}, and what hangs on them.
const (
	awaySQL         = "SELECT d.id FROM drafts d WHERE d.state = 'dropped' AND d.updated < {:before} AND d.owner NOT IN (" + audit.OnHold + ")"
	awayVersionsSQL = "SELECT s.revision FROM draft_states s WHERE s.revision != '' AND s.draft IN (" + awaySQL + ")"
)

// typedSQL selects what was typed on the way to a text that is live now: what was
// never shown to anybody, and no page shows any more.
const typedSQL = `SELECT s.id FROM draft_states s JOIN drafts d ON d.id = s.draft
	WHERE d.state = 'live' AND d.updated < {:before} AND s.revision = '' AND s.number != d.head
		AND d.owner NOT IN (` + audit.OnHold + `) AND s.by NOT IN (` + audit.OnHold + `)`

// typed is the clock of it.
func (k *Keeper) typed() people.Clock {
	return people.NewClock(k.app, people.Clock{Name: "typed", Days: keptAway, Least: 14}, typedSQL,
		"DELETE FROM draft_states WHERE id IN ("+typedSQL+" LIMIT {:most})")
}

// emptySQL selects the courses that somebody began here and of which nothing was kept.
const emptySQL = `SELECT c.id FROM courses c WHERE c.origin = 'written' AND c.created < {:before}
	AND NOT EXISTS (SELECT 1 FROM revisions r WHERE r.course = c.id) AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.course = c.id)
	AND NOT EXISTS (SELECT 1 FROM media m WHERE m.course = c.id) AND NOT EXISTS (SELECT 1 FROM offers o WHERE o.course = c.id)`

// away is the clock of what was put away. Versions of it that were live stay: they are
// part of the course.
func (k *Keeper) away() people.Clock {
	var statements []string
	for _, table := range []string{"comments", "suggestions", "reviews", "review_asks", "writers"} {
		statements = append(statements, "DELETE FROM "+table+" WHERE id IN (SELECT id FROM "+table+" WHERE draft IN ("+awaySQL+") LIMIT {:most})")
	}
	statements = append(statements,
		"UPDATE contributions SET draft = '' WHERE id IN (SELECT id FROM contributions WHERE draft IN ("+awaySQL+") LIMIT {:most})",
		"DELETE FROM revisions WHERE id IN (SELECT r.id FROM revisions r WHERE r.id IN ("+awayVersionsSQL+") AND r.published = '' LIMIT {:most})",
		"DELETE FROM draft_states WHERE id IN (SELECT id FROM draft_states WHERE draft IN ("+awaySQL+") LIMIT {:most})",
		"DELETE FROM drafts WHERE id IN ("+awaySQL+" AND NOT EXISTS (SELECT 1 FROM draft_states s WHERE s.draft = d.id) LIMIT {:most})",
		"DELETE FROM courses WHERE id IN ("+emptySQL+" LIMIT {:most})")
	return people.NewClock(k.app, people.Clock{Name: "drafts", Days: keptAway, Least: 14}, awaySQL, statements...)
}
