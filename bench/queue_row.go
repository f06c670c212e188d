package main

import (
	"fmt"

	"alongside/hooks"

	"github.com/pocketbase/dbx"
)

// queue measures the page of who needs a facilitator today, among many learners who
// have answered and shared much, and the part of it that the page asks for again.
func (b *bench) queue() error {
	data, err := b.folder("queue", b.learners, b.answers)
	if err != nil {
		return err
	}
	if err := addGroups(data, b.learners); err != nil {
		return err
	}
	if err := addShares(data, b.learners); err != nil {
		return err
	}
	s, err := b.serve(data)
	if err != nil {
		return err
	}
	defer s.stop()
	for _, g := range gridGroups {
		page, _, err := s.browse("/facilitate", g.watcher)
		if err != nil {
			return err
		}
		if n := page.Find("#queue .row").Length(); n < min(g.learners, 50) {
			return fmt.Errorf("the queue of a facilitator of %d shows %d", g.learners, n)
		}
		if err := b.pageRow(s, fmt.Sprintf("queue of a facilitator of %d, whole page, among %d learners with %d answers each", g.learners, b.learners, b.answers), "/facilitate", g.watcher); err != nil {
			return err
		}
	}
	return nil
}

// addShares lets every learner share something with somebody: those of the groups
// with who watches them, who has answered a half of it, all others with others.
func addShares(data string, learners int) error {
	db, err := hooks.Connect(data + "/data.db")
	if err != nil {
		return err
	}
	defer db.Close()
	for _, statement := range []string{
		seq + `, parts(p) AS (VALUES (1) UNION ALL SELECT p + 1 FROM parts WHERE p < 4)
			INSERT INTO reflections (id, user, module, activity, state, sealed, created, updated)
			SELECT printf('refl%08d%03d', n, p), ` + one + `, r.module, printf('look-%d', p), 'shared', 'v1.' || hex(zeroblob(300)), ` + now + `, ` + now + `
			FROM seq, parts, (SELECT module FROM revisions WHERE state = 'live' AND kind = 'module' ORDER BY id LIMIT 1) r`,
		`INSERT INTO shares (id, reflection, learner, reader, role, programme, sealed, shared, promised, seen, answered, waits, withdrawn, talk, mac, created, updated)
			SELECT ` + id + `, f.id, f.user, COALESCE(a.worker, 'learner00000099'), 'facilitator', 'programmeofall1', 'v1.' || hex(zeroblob(600)), ` + now + `, ` + now + `,
				'', '', CASE WHEN f.activity < 'look-3' THEN ` + now + ` ELSE '' END, '', FALSE, 'x', ` + now + `, ` + now + `
			FROM reflections f LEFT JOIN assignments a ON a.learner = f.user AND a.role = 'facilitator'`,
		`INSERT INTO replies (id, share, writer, state, sealed, sent, seen, created, updated)
			SELECT ` + id + `, s.id, s.reader, CASE WHEN s.learner LIKE '%7' THEN 'draft' ELSE 'sent' END, 'v1.' || hex(zeroblob(300)), ` + now + `, '', ` + now + `, ` + now + ` FROM shares s WHERE s.waits = ''`,
	} {
		if _, err := db.NewQuery(statement).Bind(dbx.Params{"learners": learners}).Execute(); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}
