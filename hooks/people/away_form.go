package people

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// longestAway is how many days somebody may say at once that they are away: who
// is away for longer hands their learners over.
const longestAway = 90

// An AwayForm says from when until when somebody is away and who covers. Its
// fields are first, last and, for each programme, cover-<id>.
type AwayForm struct {
	First, Last string
	Where       []AwayWhere // programmes in which they walk beside learners
	Errors      []web.FieldError
	worker      string
}

// An AwayWhere is who could cover in a programme: whoever has there what the one
// who is away has.
type AwayWhere struct {
	Programme string
	Label     string // neutral
	Field     string
	Covers    []templates.Choice // the first is nobody
}

// Has reports whether somebody walks beside learners anywhere, so that it matters
// that they are away.
func (f *AwayForm) Has() bool { return len(f.Where) > 0 }

// ReadAwayForm gives the empty form for somebody, in one programme, or with "" in
// all where they are a mentor or a facilitator now.
func ReadAwayForm(e *core.RequestEvent, worker, programme string) (*AwayForm, error) {
	form := &AwayForm{worker: worker}
	params := dbx.Params{"worker": worker, "programme": programme, "policyNow": Before(web.Now(e))}
	var rows []struct {
		ID    string `db:"id"`
		Label string `db:"label"`
	}
	err := e.App.DB().NewQuery(`SELECT DISTINCT p.id, p.label FROM memberships m JOIN programmes p ON p.id = m.programme
		WHERE m.user = {:worker} AND {:programme} IN ('', m.programme) AND m.role IN ('mentor', 'facilitator') AND ` + holdsNow("m") + `
		ORDER BY p.label COLLATE NOCASE, p.id LIMIT 50`).Bind(params).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("where somebody may be away: %w", err)
	}
	for _, row := range rows {
		where := AwayWhere{Programme: row.ID, Label: row.Label, Field: "cover-" + row.ID, Covers: []templates.Choice{{Key: "away.nobody", Chosen: true}}}
		params["programme"] = row.ID
		others, err := choicesFrom(e, "", `
			SELECT DISTINCT u.id AS value, CASE u.name WHEN '' THEN u.username ELSE u.name || ' (' || u.username || ')' END AS text
			FROM memberships m JOIN users u ON u.id = m.user
			WHERE m.programme = {:programme} AND m.user != {:worker} AND `+holdsNow("m")+` AND m.role IN (
				SELECT m.role FROM memberships m WHERE m.user = {:worker} AND m.programme = {:programme} AND m.role IN ('mentor', 'facilitator') AND `+holdsNow("m")+`)
			ORDER BY text COLLATE NOCASE, u.id LIMIT 200`, params)
		if err != nil {
			return nil, err
		}
		where.Covers = append(where.Covers, others...)
		form.Where = append(form.Where, where)
	}
	return form, nil
}

// Take puts in what was typed, and says what is to be put right in it.
func (f *AwayForm) Take(form url.Values, now time.Time) {
	in := &typed{form: form}
	for field, missing := range map[string]string{"first": "away-first", "last": "away-last"} {
		if strings.TrimSpace(form.Get(field)) == "" {
			in.wrong(field, missing)
		}
	}
	f.First, f.Last = in.days("first", "last")
	today := now.UTC().Format(time.DateOnly)
	switch {
	case in.problems != nil:
	case f.First < today:
		in.wrong("first", "date-past")
	case endOf(f.Last).Sub(startOf(f.First)) > longestAway*24*time.Hour:
		in.note(web.FieldError{Field: "last", Key: "away-long", Max: longestAway})
	}
	for i := range f.Where {
		where := &f.Where[i]
		if chosen := form.Get(where.Field); !where.choose(chosen) {
			in.wrong(where.Field, "away-cover-gone")
		}
	}
	f.Errors = in.problems
}

// choose marks what was chosen, and reports whether it is offered.
func (w *AwayWhere) choose(chosen string) (there bool) {
	for i := range w.Covers {
		w.Covers[i].Chosen = w.Covers[i].Value == chosen
		there = there || w.Covers[i].Chosen
	}
	return there
}

func (w AwayWhere) cover() string {
	for _, c := range w.Covers {
		if c.Chosen {
			return c.Value
		}
	}
	return ""
}

// errTyped says that a form is to be put right.
var errTyped = errors.New("something is to be put right")

// Save writes that somebody is away, in every programme of the form, unless that
// is there already or who is to cover is away too. It reports whether it did: else
// the form says what to put right.
func (f *AwayForm) Save(app core.App, log *audit.Log, by string) (bool, error) {
	if f.Errors != nil || !f.Has() {
		return false, nil
	}
	err := app.RunInTransaction(func(tx core.App) error {
		for _, where := range f.Where {
			if err := f.look(tx, where); err != nil {
				return err
			}
		}
		for _, where := range f.Where {
			if err := f.saveOne(tx, log, by, where); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errTyped) {
		return false, nil
	}
	return err == nil, err
}

// look says what stands against it in one programme.
func (f *AwayForm) look(tx core.App, where AwayWhere) error {
	var found struct {
		Overlaps  bool `db:"overlaps"`
		CoverAway bool `db:"cover_away"`
	}
	const away = "EXISTS (SELECT 1 FROM absences WHERE programme = {:programme} AND starts < {:ends} AND ends > {:starts} AND worker = "
	err := tx.DB().NewQuery("SELECT " + away + "{:worker}) AS overlaps, {:cover} != '' AND " + away + "{:cover}) AS cover_away").Bind(dbx.Params{
		"programme": where.Programme, "worker": f.worker, "cover": where.cover(), "starts": stored(startOf(f.First)).String(), "ends": stored(endOf(f.Last)).String(),
	}).One(&found)
	switch {
	case err != nil:
		return fmt.Errorf("look who is away: %w", err)
	case found.Overlaps:
		f.Errors = []web.FieldError{{Field: "first", Key: "away-overlap"}}
		return errTyped
	case found.CoverAway:
		f.Errors = []web.FieldError{{Field: where.Field, Key: "away-cover-away"}}
		return errTyped
	}
	return nil
}

func (f *AwayForm) saveOne(tx core.App, log *audit.Log, by string, where AwayWhere) error {
	id, err := save(tx, "absences", map[string]any{
		"worker": f.worker, "programme": where.Programme, "cover": where.cover(), "starts": stored(startOf(f.First)), "ends": stored(endOf(f.Last)),
	})
	if err != nil {
		return err
	}
	return log.Record(tx, audit.Act{Kind: audit.AwaySet, Actor: by, Subject: f.worker, Item: id, Programme: where.Programme, Detail: where.cover()})
}
