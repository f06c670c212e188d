package main

import (
	"fmt"
	"time"

	"alongside/hooks"

	"github.com/pocketbase/dbx"
)

// The groups that the grid is measured on, and who looks at them: active
// learners are made facilitators of them, so they have a session.
var gridGroups = []struct {
	id       string
	learners int
	watcher  int // the active learner who facilitates it
}{
	{"cohortofthirty1", 30, 1},
	{"cohortoftwohun1", 200, 2},
}

// grid measures the cohort grid among many learners who have answered much.
func (b *bench) grid() error {
	data, err := b.folder("grid", b.learners, b.answers)
	if err != nil {
		return err
	}
	if err := addGroups(data, b.learners); err != nil {
		return err
	}
	s, err := b.serve(data)
	if err != nil {
		return err
	}
	defer s.stop()
	for _, g := range gridGroups {
		path := "/facilitate/cohorts/" + g.id
		page, _, err := s.browse(path, g.watcher)
		if err != nil {
			return err
		}
		if n := page.Find(".grid tbody tr").Length(); n != g.learners {
			return fmt.Errorf("%s shows %d learners", path, n)
		}
		if err := b.pageRow(s, fmt.Sprintf("cohort grid of %d, among %d learners with %d answers each", g.learners, b.learners, b.answers), path, g.watcher); err != nil {
			return err
		}
	}
	return nil
}

// pageRow measures what the processor needs for a page that somebody asks for again
// and again, on one connection: 50 ms at most (DESIGN §7).
func (b *bench) pageRow(s *server, name, path string, watcher int) error {
	one := load{Address: s.address, Connections: 1, For: b.window, Want: 200, Requests: [][]byte{get(s.address, path, watcher)}}
	began, err := s.processor()
	if err != nil {
		return err
	}
	r, err := send(one)
	if err != nil {
		return err
	}
	ended, err := s.processor()
	if err != nil {
		return err
	}
	r.Processor = ended - began
	b.add(atMost(name, 50, r.each()/float64(time.Millisecond), " ms",
		fmt.Sprintf("of the processor; answered in %s, p99 %s", r.P50.Round(time.Millisecond), r.P99.Round(time.Millisecond))))
	return nil
}

// addGroups puts learners into the groups, and makes somebody their facilitator.
func addGroups(data string, learners int) error {
	db, err := hooks.Connect(data + "/data.db")
	if err != nil {
		return err
	}
	defer db.Close()
	from := learners // the last ones: what is looked for among all is then far behind
	for _, g := range gridGroups {
		from -= g.learners
		for _, statement := range []string{
			`INSERT INTO cohorts (id, programme, name, starts, created, updated) VALUES ({:group}, 'programmeofall1', {:group}, ` + now + `, ` + now + `, ` + now + `)`,
			`UPDATE memberships SET cohort = {:group} WHERE user > printf('learner%08d', {:from}) AND user <= printf('learner%08d', {:to}) AND role = 'learner'`,
			`INSERT INTO memberships (id, user, programme, cohort, role, starts, created, updated)
				VALUES (` + id + `, printf('learner%08d', {:watcher}), 'programmeofall1', {:group}, 'facilitator', '2026-01-01 00:00:00.000Z', ` + now + `, ` + now + `)`,
			`INSERT INTO assignments (id, learner, worker, role, programme, starts, created, updated)
				SELECT ` + id + `, m.user, printf('learner%08d', {:watcher}), 'facilitator', 'programmeofall1', '2026-01-01 00:00:00.000Z', ` + now + `, ` + now + `
				FROM memberships m WHERE m.cohort = {:group} AND m.role = 'learner'`,
		} {
			params := dbx.Params{"group": g.id, "from": from, "to": from + g.learners, "watcher": g.watcher}
			if _, err := db.NewQuery(statement).Bind(params).Execute(); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
	}
	return nil
}
