package authoring

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/notify"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A news is one kind of thing of this room that waits for people, counted for all of
// them in one statement. Nobody is told of the same thing every day: what waits is told
// on the day after it came and then once a week, what happened once.
type news struct {
	app core.App
	sql string
}

// daysSince are the whole days between that of a moment and today.
func daysSince(column string) string {
	return "CAST(julianday({:today}) - julianday(date(" + column + ")) AS INTEGER)"
}

// yesterday is the condition that something happened on the day before this one.
func yesterday(column string) string { return daysSince(column) + " = 1" }

// waitsSince is the condition that something which waits since a moment is told today.
func waitsSince(column string) string { return daysSince(column) + " % 7 = 1" }

// writesOn are whoever writes on which draft, and still is one of those who write
// courses there.
var writesOn = `WITH pairs AS (SELECT id AS draft, owner AS person FROM drafts WHERE owner != '' UNION SELECT draft, person FROM writers),
	writing AS (SELECT p.draft, p.person FROM pairs p JOIN drafts d ON d.id = p.draft JOIN courses c ON c.id = d.course
		WHERE EXISTS (SELECT 1 FROM memberships m WHERE m.user = p.person AND m.role = 'mentor' AND ` + isOfCourse("m", "c.programme") + `)) `

// textsWaitSQL counts texts for those who can give a sign-off that is missing, wrote
// nothing of them, and do not see that somebody else is reading. What is not safe, or
// needs changes, waits for its writers.
var textsWaitSQL = `SELECT m.user AS person, 'texts' AS kind, COUNT(DISTINCT d.id) AS count
	FROM review_asks k JOIN drafts d ON d.id = k.draft JOIN courses c ON c.id = d.course
	JOIN memberships m ON m.role IN ('mentor', 'facilitator', 'lead') AND m.programme != '' AND ` + isOfCourse("m", "c.programme") + `
	WHERE k.ended = '' AND ` + waitsSince("k.created") + ` AND (k.taken_until <= {:now} OR k.taken_by IN ('', m.user))
		AND d.owner != m.user AND NOT EXISTS (SELECT 1 FROM writers w WHERE w.draft = d.id AND w.person = m.user)
		AND NOT EXISTS (SELECT 1 FROM draft_states s WHERE s.draft = d.id AND s.by = m.user)
		AND NOT EXISTS (SELECT 1 FROM reviews v WHERE v.draft = d.id AND v.lifted = '' AND (v.kind = 'unsafe' OR v.kind = 'changes' AND v.revision = d.revision))
		AND (m.role = 'mentor' AND ` + lacks("'lived'") + ` OR m.role != 'mentor' AND ` + lacks("'safe'") + ` OR c.asks != '' AND ` + lacks("c.asks") + `)
	GROUP BY m.user`

// lacks is the condition that nobody has signed off the version of d as a kind.
func lacks(kind string) string {
	return "NOT EXISTS (SELECT 1 FROM reviews v WHERE v.draft = d.id AND v.revision = d.revision AND v.lifted = '' AND v.kind = " + kind + ")"
}

// suggestedSQL counts other words for their text that wait for writers.
var suggestedSQL = writesOn + `SELECT w.person, 'writing' AS kind, COUNT(*) AS count FROM writing w JOIN drafts d ON d.id = w.draft AND ` + atWork + `
	JOIN suggestions s ON s.draft = d.id AND s.state = 'open' AND s.by != w.person AND ` + waitsSince("s.created") + ` GROUP BY w.person`

// commentedSQL counts what was said of their text, to its writers and to whoever began
// the talk.
var commentedSQL = writesOn + `, hears AS (SELECT draft, person, '' AS under FROM writing UNION
		SELECT t.draft, t.by, t.id FROM comments t WHERE t.under = '' AND t.by != '' AND t.by NOT IN (SELECT person FROM writing w WHERE w.draft = t.draft)
			AND EXISTS (SELECT 1 FROM memberships m WHERE m.user = t.by AND m.role IN ('mentor', 'facilitator', 'lead') AND ` + people.InForce("m") + `))
	SELECT h.person, 'writing' AS kind, COUNT(*) AS count FROM hears h JOIN drafts d ON d.id = h.draft AND ` + atWork + `
	JOIN comments c ON c.draft = d.id AND c.by != h.person AND (h.under = '' OR c.under = h.under) AND ` + yesterday("c.created") + `
	LEFT JOIN comments t ON t.id = c.under WHERE COALESCE(t.settled, c.settled) = '' GROUP BY h.person`

// heldSQL counts texts that need changes or are not safe, for their writers.
var heldSQL = writesOn + `SELECT w.person, 'writing' AS kind, COUNT(DISTINCT d.id) AS count FROM writing w JOIN drafts d ON d.id = w.draft AND ` + atWork + `
	JOIN reviews v ON v.draft = d.id AND v.lifted = '' AND (v.kind = 'unsafe' OR v.kind = 'changes' AND v.revision = d.revision) AND ` + waitsSince("v.created") + `
	GROUP BY w.person`

// approvedSQL counts texts that may go live and that nobody has set an hour for.
var approvedSQL = writesOn + `SELECT w.person, 'writing' AS kind, COUNT(*) AS count FROM writing w JOIN drafts d ON d.id = w.draft
	WHERE d.state = 'approved' AND d.goes_live = '' AND d.missed = '' AND ` + waitsSince("d.updated") + ` GROUP BY w.person`

// liveSQL counts texts that went live, by themselves or by another's hand, or that did
// not at their hour.
var liveSQL = writesOn + `SELECT w.person, 'writing' AS kind, COUNT(*) AS count FROM writing w JOIN drafts d ON d.id = w.draft
	WHERE d.state = 'live' AND d.goes_live_by != w.person AND ` + yesterday("d.updated") + ` OR d.missed != '' AND ` + atWork + " AND " + waitsSince("d.missed") + ` GROUP BY w.person`

// decidedSQL counts suggestions of which something became, for whoever made them.
var decidedSQL = `SELECT s.by AS person, 'writing' AS kind, COUNT(*) AS count FROM suggestions s
	WHERE s.by != '' AND s.decided_by != s.by AND s.state IN ('taken', 'changed', 'declined') AND ` + yesterday("s.decided") + `
		AND EXISTS (SELECT 1 FROM memberships m WHERE m.user = s.by AND m.role IN ('mentor', 'facilitator', 'lead') AND ` + people.InForce("m") + `)
	GROUP BY s.by`

// consentWaitsSQL counts what people are asked about their stories and their names.
var consentWaitsSQL = `SELECT k.person, 'asked' AS kind, COUNT(*) AS count FROM contributions k
	WHERE k.person != '' AND k.how = 'here' AND k.state = 'asked' AND ` + waitsSince("k.created") + ` GROUP BY k.person`

// storiesEndSQL counts stories that go by themselves in 30 days, or in a week: for whose
// they are, and for those who write the text.
var storiesEndSQL = writesOn + `, ends AS (SELECT k.* FROM contributions k WHERE k.what = 'story' AND k.state = 'agreed' AND k.until != ''
		AND ` + daysSince("k.until") + ` IN (-30, -7) AND NOT EXISTS (SELECT 1 FROM contributions n WHERE n.course = k.course AND n.path = k.path AND n.story = k.story
			AND n.what = 'story' AND n.id != k.id AND n.state = 'agreed' AND n.created > k.created))
	SELECT person, kind, SUM(count) AS count FROM (
		SELECT k.person, 'asked' AS kind, COUNT(*) AS count FROM ends k WHERE k.person != '' GROUP BY k.person
		UNION ALL SELECT w.person, 'writing', COUNT(*) FROM ends k JOIN writing w ON w.draft = k.draft AND w.person != k.person GROUP BY w.person
	) GROUP BY person, kind`

// offersWaitSQL counts paid work that waits for a yes or a no, and what is done and
// waits to be paid, for whoever offered it.
var offersWaitSQL = `SELECT o.person, 'asked' AS kind, COUNT(*) AS count FROM offers o WHERE o.person != '' AND o.state = 'offered' AND ` + waitsSince("o.created") + ` GROUP BY o.person
	UNION ALL SELECT o.offered_by, 'tasks', COUNT(*) FROM offers o JOIN memberships m ON m.user = o.offered_by AND m.role = 'manager' AND m.programme IN ('', o.programme) AND ` + people.InForce("m") + `
	WHERE o.state = 'done' AND ` + waitsSince("o.done") + ` GROUP BY o.offered_by`

// saidSQL counts what learners said of texts, for those who wrote them.
var saidSQL = writesOn + `SELECT w.person, 'said' AS kind, COUNT(DISTINCT k.id) AS count FROM remarks k JOIN drafts d ON d.module = k.module AND d.state = 'live'
	JOIN writing w ON w.draft = d.id WHERE k.state = 'open' AND ` + waitsSince("k.created") + ` GROUP BY w.person`

// heardSQL counts what became of what learners said, and they have not seen.
var heardSQL = `SELECT k.learner AS person, 'heard' AS kind, COUNT(*) AS count FROM remarks k
	WHERE k.state != 'open' AND k.told = '' AND ` + yesterday("k.answered") + ` GROUP BY k.learner`

// News are what the daily mail counts of this room.
func (a *Authoring) News() []notify.Source {
	var all []notify.Source
	for _, sql := range []string{
		textsWaitSQL, suggestedSQL, commentedSQL, heldSQL, approvedSQL, liveSQL, decidedSQL, consentWaitsSQL, storiesEndSQL, offersWaitSQL,
		saidSQL, heardSQL,
	} {
		all = append(all, news{a.app, sql})
	}
	return all
}

// Waiting counts by person.
func (n news) Waiting(ctx context.Context, now time.Time) (counts []notify.Count, err error) {
	err = n.app.ConcurrentDB().NewQuery(n.sql).Bind(dbx.Params{"policyNow": people.Before(now), "now": stamp(now), "today": now.UTC().Format(time.DateOnly)}).WithContext(ctx).All(&counts)
	if err != nil {
		return nil, fmt.Errorf("count what waits: %w", err)
	}
	return counts, nil
}
