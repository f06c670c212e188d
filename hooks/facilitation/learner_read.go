package facilitation

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A membershipRow is where somebody learns now, in a programme where the viewer
// works.
type membershipRow struct {
	ID        string `db:"id"`
	Programme string `db:"programme"`
	Cohort    string `db:"cohort"`
	Name      string `db:"name"`
	Place     string `db:"place"`
	Label     string `db:"label"`
	Starts    string `db:"starts"`
	Paused    string `db:"paused"`
	Resumes   string `db:"resumes"`
}

// learnerIn is the learner that the address names, as somebody sees them who
// works where they learn. Nobody meets themselves here: their own pages are
// below /me. It returns web.ErrNotFound for whoever is no learner there.
func (f *Facilitation) learnerIn(e *core.RequestEvent, matters ...people.Matter) (Person, []membershipRow, error) {
	id, viewer := e.Request.PathValue("learner"), web.Current(e)
	q := newQuery(web.Now(e))
	q.params["learner"] = id
	var rows []membershipRow
	err := f.app.ConcurrentDB().NewQuery(`
		SELECT m.id, m.programme, m.cohort, COALESCE(c.name, '') AS name, COALESCE(l.name, '') AS place, COALESCE(p.label, '') AS label, m.starts, m.paused, m.resumes
		FROM memberships m LEFT JOIN cohorts c ON c.id = m.cohort LEFT JOIN places l ON l.id = c.place LEFT JOIN programmes p ON p.id = m.programme
		WHERE m.user = {:learner} AND m.role = 'learner' AND ` + holds("m") + ` AND m.programme IN (` + q.whereTheyWork(viewer, matters...) + `)
		ORDER BY m.starts, m.id LIMIT 20`).
		Bind(q.params).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return Person{}, nil, fmt.Errorf("learner %s: %w", id, err)
	}
	if len(rows) == 0 || id == viewer.ID {
		return Person{}, nil, web.ErrNotFound
	}
	person, err := f.person(e.Request.Context(), id)
	return person, rows, err
}

func (f *Facilitation) person(ctx context.Context, id string) (Person, error) {
	p := Person{ID: id}
	err := f.app.ConcurrentDB().NewQuery("SELECT username, name FROM users WHERE id = {:id}").
		Bind(dbx.Params{"id": id}).WithContext(ctx).Row(&p.Username, &p.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return p, web.ErrNotFound
	}
	if err != nil {
		return p, fmt.Errorf("person %s: %w", id, err)
	}
	return p, nil
}

// beside are those who walk beside a learner now, in the programmes where the
// viewer works.
func (f *Facilitation) beside(e *core.RequestEvent, learner string) ([]Worker, error) {
	workers, err := people.WorkersOf(e.Request.Context(), f.app, learner, web.Now(e))
	if err != nil {
		return nil, err
	}
	here := worksIn(web.Current(e), people.Accounts, people.Progress)
	var all []Worker
	for _, w := range workers {
		if slices.Contains(here, w.Programme) {
			all = append(all, Worker{Called: w.Called, Role: w.Role, Since: isoDay(w.Since)})
		}
	}
	return all, nil
}
