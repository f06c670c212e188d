package authoring

import (
	"fmt"
	"net/http"
	"slices"

	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// QueuePage is `/review`, "authoring/queue": texts that wait to be read.
type QueuePage struct {
	web.Base
	Mine []QueueRow // for which the viewer can give what is missing
	Rest []QueueRow
	Own  []QueueRow // that they wrote, and others read
}

// A QueueRow is a text in the queue.
type QueueRow struct {
	Title   string
	Lang    string
	Course  string
	Address string
	Since   string // when it was asked for, as the database writes it
	Who     string // who asks
	Missing []string
	Taken   string // who said that they look at it; "" for nobody
	TakenMe bool
	Held    bool
}

// Dir is the direction of its title.
func (r QueueRow) Dir() string { return templates.Direction(r.Lang) }

type askRow struct {
	Draft
	Slug        string `db:"slug"`
	Name        string `db:"name"`
	CourseTitle string `db:"course_title"`
	Programme   string `db:"programme"`
	Since       string `db:"since"`
	Who         string `db:"who"`
	Taken       string `db:"taken"`
	TakenBy     string `db:"taken_by"`
}

func (a *Authoring) showQueue(e *core.RequestEvent) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	var rows []askRow
	err := a.app.ConcurrentDB().NewQuery("SELECT " + draftColumns + `, c.slug, c.title AS course_title, c.programme, COALESCE(m.slug, '') AS name, k.created AS since,
			COALESCE(NULLIF(u.name, ''), u.username, '') AS who, CASE WHEN k.taken_until > {:now} THEN COALESCE(NULLIF(t.name, ''), t.username, '') ELSE '' END AS taken,
			CASE WHEN k.taken_until > {:now} THEN k.taken_by ELSE '' END AS taken_by
		FROM review_asks k JOIN drafts d ON d.id = k.draft JOIN courses c ON c.id = d.course LEFT JOIN modules m ON m.id = d.module
		LEFT JOIN users u ON u.id = k.by LEFT JOIN users t ON t.id = k.taken_by
		WHERE k.ended = '' ORDER BY k.created LIMIT 500`).Bind(dbx.Params{"now": stamp(a.now())}).WithContext(ctx).All(&rows)
	if err != nil {
		return fmt.Errorf("what waits to be read: %w", err)
	}
	page := &QueuePage{}
	for _, row := range rows {
		if !reaches(viewer, people.Reviewing, row.Programme) {
			continue
		}
		signed, err := a.signOffs(ctx, a.app.ConcurrentDB(), &row.Draft, row.Revision)
		if err != nil {
			return err
		}
		wrote, err := isAuthor(ctx, a.app.ConcurrentDB(), row.ID, viewer.ID)
		if err != nil {
			return err
		}
		name := row.Name
		if name == "" {
			name = NameOf(row.Path, row.Kind)
		}
		shown := QueueRow{
			Title: row.Title, Lang: row.Language, Course: row.CourseTitle, Address: "/review/" + row.Slug + "/" + name, Since: row.Since,
			Who: row.Who, Missing: signed.Missing, Taken: row.Taken, TakenMe: row.TakenBy == viewer.ID, Held: len(signed.Held) > 0,
		}
		may := maySay(viewer, row.Programme)
		switch {
		case wrote:
			page.Own = append(page.Own, shown)
		case slices.ContainsFunc(signed.Missing, func(kind string) bool { return slices.Contains(may, kind) }):
			page.Mine = append(page.Mine, shown)
		default:
			page.Rest = append(page.Rest, shown)
		}
	}
	return web.Show(e, http.StatusOK, "authoring/queue", page)
}
