package authoring

import (
	"context"
	"fmt"

	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
)

// A HeardRow is a text that the viewer wrote and learners read, with how many things
// were said of it that wait for an answer.
type HeardRow struct {
	Title     string `db:"title"`
	Lang      string `db:"language"`
	Course    string `db:"course_title"`
	Programme string `db:"programme"`
	Slug      string `db:"slug"`
	Name      string `db:"name"`
	Open      int    `db:"open"`
}

// Dir is the direction of its title.
func (r HeardRow) Dir() string { return templates.Direction(r.Lang) }

// Address is where it is written.
func (r HeardRow) Address() string { return "/write/" + r.Slug + "/" + r.Name }

// heardBy are the live modules that a viewer wrote.
func (a *Authoring) heardBy(ctx context.Context, v *web.Viewer) ([]HeardRow, error) {
	var rows, mine []HeardRow
	err := a.app.ConcurrentDB().NewQuery(`SELECT (SELECT d.title FROM drafts d WHERE d.module = m.id AND d.state = 'live' ORDER BY d.updated DESC LIMIT 1) AS title,
			c.language, c.title AS course_title, c.programme, c.slug, m.slug AS name, (SELECT COUNT(*) FROM remarks k WHERE k.module = m.id AND k.state = 'open') AS open
		FROM modules m JOIN courses c ON c.id = m.course
		WHERE EXISTS (SELECT 1 FROM drafts d WHERE d.module = m.id AND d.state = 'live' AND ` + isWriter + `)
			AND EXISTS (SELECT 1 FROM revisions r WHERE r.module = m.id AND r.state = 'live')
		ORDER BY open DESC, title LIMIT 200`).Bind(dbx.Params{"viewer": v.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("what learners said to %s: %w", v.ID, err)
	}
	for _, row := range rows {
		if reaches(v, people.Writing, row.Programme) {
			mine = append(mine, row)
		}
	}
	return mine, nil
}

// heardByCarers reports whether those who care for a course read what learners say of a
// text, because nobody who wrote it is there.
func (a *Authoring) heardByCarers(ctx context.Context, p Place) (bool, error) {
	if p.Live.Module == "" {
		return false, nil
	}
	readers, err := a.readersNow(ctx, p.Live.Module, p.Course.Programme)
	return readers == ForCarers, err
}
