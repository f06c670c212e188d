package facilitation

import (
	"fmt"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// nobody stands where a form names whose learners they are, for those who have
// nobody: whoever walked beside them has left. No id is so short.
const nobody = "nobody"

// aloneThere is the condition that the learner of a membership l has nobody
// beside them there, nobody at least who still is what they were to them.
var aloneThere = `l.role = 'learner' AND ` + holds("l") + ` AND NOT EXISTS (SELECT 1 FROM assignments a
	WHERE a.learner = l.user AND +a.programme = l.programme AND ` + holds("a") + `
		AND ` + worksThere + `)`

// alone are the learners with nobody, as a caseload of each programme in which
// the viewer answers for every account.
func (f *Facilitation) alone(e *core.RequestEvent) ([]Caseload, error) {
	_, all := handsOverAs(web.Current(e))
	if len(all) == 0 {
		return nil, nil
	}
	q := newQuery(web.Now(e))
	var rows []struct {
		Programme string `db:"programme"`
		Label     string `db:"label"`
		Learners  int    `db:"learners"`
	}
	err := f.app.ConcurrentDB().NewQuery(`
		SELECT l.programme, p.label, COUNT(DISTINCT l.user) AS learners FROM memberships l JOIN programmes p ON p.id = l.programme
		WHERE l.programme IN (` + q.list("all", all) + `) AND ` + aloneThere + ` GROUP BY l.programme ORDER BY p.label COLLATE NOCASE, p.id`).
		Bind(q.params).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list who has nobody: %w", err)
	}
	var loads []Caseload
	for _, r := range rows {
		loads = append(loads, Caseload{Person: Person{ID: nobody}, Programme: r.Programme, Label: r.Label, Learners: r.Learners})
	}
	return loads, nil
}

// IsAlone reports whether these are the learners who have nobody.
func (c Caseload) IsAlone() bool { return c.ID == nobody }

// notice is what is said when they are handed over: who had nobody reads of no
// change, but sees who is there.
func (c Caseload) notice() string {
	if c.IsAlone() {
		return "worker-assigned"
	}
	return "handed-over"
}

// giveAlone gives a learner who has nobody to somebody. One whom somebody else
// took up since stays with them.
func (f *Facilitation) giveAlone(tx core.App, a people.Assignment, by string) error {
	var alone bool
	err := tx.DB().NewQuery("SELECT EXISTS (SELECT 1 FROM memberships l WHERE l.user = {:learner} AND l.programme = {:programme} AND " + aloneThere + ")").
		Bind(dbx.Params{"learner": a.Learner, "programme": a.Programme, "now": moment(a.Starts)}).Row(&alone)
	if err != nil {
		return fmt.Errorf("who has nobody: %w", err)
	}
	if !alone {
		return nil
	}
	return f.assign(tx, a, by)
}
