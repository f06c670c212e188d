package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"time"

	"alongside/hooks"

	"github.com/pocketbase/dbx"
)

// active is how many learners use a server at the same time: the first of a
// folder. They have a session each, and answer over HTTP.
const active = 100

// fill puts learners into a data folder that no server has open. All but the
// active ones have taken three modules already.
func fill(data string, learners, answers int) error {
	db, err := hooks.Connect(filepath.Join(data, "data.db"))
	if err != nil {
		return err
	}
	defer db.Close()
	db.DB().SetMaxOpenConns(1)
	for _, quick := range []string{"synchronous = OFF", "secure_delete = OFF", "cache_size = -500000"} {
		if _, err := db.NewQuery("PRAGMA " + quick).Execute(); err != nil {
			return err
		}
	}
	err = db.Transactional(func(tx *dbx.Tx) error {
		for _, statement := range filling {
			params := dbx.Params{"learners": learners, "answers": answers, "active": active}
			if _, err := tx.NewQuery(statement).Bind(params).Execute(); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return addSessions(tx)
	})
	if err != nil {
		return fmt.Errorf("fill %s: %w", data, err)
	}
	_, err = db.NewQuery("PRAGMA wal_checkpoint(TRUNCATE)").Execute()
	return err
}

// now as the database writes it; one is the n-th learner, counted up by seq.
const (
	now = `strftime('%Y-%m-%d %H:%M:%fZ', 'now')`
	one = `printf('learner%08d', n)`
	id  = `lower(substr(hex(randomblob(8)), 1, 15))`
	seq = `WITH RECURSIVE seq(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM seq WHERE n < {:learners}) `
	act = `, acts(a) AS (VALUES (1) UNION ALL SELECT a + 1 FROM acts WHERE a < {:answers}) `
)

var filling = []string{
	seq + `INSERT INTO users (id, username, language, tokenKey, created, updated)
		SELECT ` + one + `, printf('bench-%05d', n), 'en', lower(hex(randomblob(25))), ` + now + `, ` + now + ` FROM seq`,
	seq + `INSERT INTO memberships (id, user, programme, cohort, role, starts, created, updated)
		SELECT ` + id + `, ` + one + `, 'programmeofall1', printf('cohort%09d', n / 20), 'learner', '2026-01-01 00:00:00.000Z', ` + now + `, ` + now + ` FROM seq`,
	seq + `INSERT INTO enrolments (id, user, course, state, created, updated)
		SELECT ` + id + `, ` + one + `, c.id, 'active', ` + now + `, ` + now + ` FROM seq, courses c WHERE n > {:active}`,
	`INSERT INTO progress (id, enrolment, module, revision, done, last, completed, created, updated)
		SELECT ` + id + `, e.id, r.module, r.id, '["start","dee","look-back"]', 'keep', ` + now + `, ` + now + `, ` + now + `
		FROM enrolments e JOIN revisions r ON r.state = 'live' AND r.kind = 'module'`,
	`WITH RECURSIVE seq(n) AS (VALUES (1))` + act + `INSERT INTO answers (id, enrolment, module, activity, revision, positions, sealed, tries, tried, created, updated)
		SELECT ` + id + `, e.id, r.module, printf('activity-%d', a), r.id, '{"chosen":[1]}', 'v1.' || e.id || '.' || hex(zeroblob(900)), 1, TRUE, ` + now + `, ` + now + `
		FROM enrolments e, acts, (SELECT id, module FROM revisions WHERE state = 'live' AND kind = 'module' ORDER BY id LIMIT 1) r`,
	`INSERT INTO keys (id, owner, wrapped, master, created)
		SELECT ` + id + `, e.user, lower(hex(randomblob(60))), k.master, ` + now + ` FROM enrolments e, keys k WHERE k.owner = 'signatures'`,
}

// token is the session cookie of an active learner.
func token(n int) string { return fmt.Sprintf("bench-session-%05d", n) }

func addSessions(tx *dbx.Tx) error {
	for n := 1; n <= active; n++ {
		sum := sha256.Sum256([]byte(token(n)))
		_, err := tx.Insert("sessions", dbx.Params{
			"id": fmt.Sprintf("session%08d", n), "token": hex.EncodeToString(sum[:]), "user": fmt.Sprintf("learner%08d", n),
			"own_device": true, "last_seen": databaseTime(0), "expires": databaseTime(30 * 24 * time.Hour), "created": databaseTime(0),
		}).Execute()
		if err != nil {
			return err
		}
	}
	return nil
}

// databaseTime is a moment from now, as the database writes it.
func databaseTime(ahead time.Duration) string {
	return time.Now().Add(ahead).UTC().Format("2006-01-02 15:04:05.000Z")
}
