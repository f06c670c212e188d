package reflections

import (
	"context"
	"errors"
	"fmt"

	"alongside/hooks/content"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
)

// Kinds of calls: what a learner asks somebody for.
const (
	CallStuck = "stuck" // they are stuck on a step
	CallNow   = "now"   // they need help now
	CallElse  = "else"  // they would rather have somebody else
)

// A Call is a row of `calls`: a learner asks for somebody. There are no words of
// theirs in it.
type Call struct {
	ID        string `db:"id"`
	Learner   string `db:"learner"` // of users
	Kind      string `db:"kind"`
	Programme string `db:"programme"`
	Label     string `db:"label"` // of the programme
	Module    string `db:"module"`
	Step      string `db:"step"`
	Worker    string `db:"worker"` // of now: who was flagged
	Made      string `db:"made"`   // moments, as the database writes them
	Taken     string `db:"taken"`
	Taker     string `db:"taker"` // who is on it; once it has ended, who ended it, "" where the learner did
	Ended     string `db:"ended"`
	Updated   string `db:"updated"` // while nobody is on it, when those who can see it were told last

	// While it is open, whoever works there no more was not told and is not on it.
	Called   string `db:"called"`   // the learner's name
	Username string `db:"username"` // the learner's
	Flagged  string `db:"flagged"`  // what Worker is called
	OnIt     string `db:"on_it"`    // what Taker is called

	CourseSlug string `db:"course_slug"` // of Module; "" where it is not there any more
	ModuleSlug string `db:"module_slug"`
	Revision   string `db:"revision"` // that is live

	// Of stuck, in the course's own language; empty once they are not there any more.
	ModuleTitle string `db:"-"`
	StepTitle   string `db:"-"`
	Lang        string `db:"-"` // BCP 47
	Address     string `db:"-"`
}

// Since is when it was made, for the page.
func (c Call) Since() string { return people.Moment(c.Made) }

// TakenAt is when somebody said that they are on it; "" while nobody did.
func (c Call) TakenAt() string { return people.Moment(c.Taken) }

// EndedAt is when it was settled or taken back; "" while it is open.
func (c Call) EndedAt() string { return people.Moment(c.Ended) }

// ErrNobody says that there is nobody to ask.
var ErrNobody = errors.New("there is nobody to ask")

// callsSQL reads calls of the table k. While one is open, whoever does not work in
// its programme any more counts as nobody.
var callsSQL = `SELECT k.id, k.learner, k.kind, k.programme, p.label, k.module, k.step, k.worker, k.made, k.ended, k.updated,
		CASE WHEN k.ended = '' AND t.id IS NULL THEN '' ELSE k.taken END AS taken, COALESCE(t.id, '') AS taker,
		COALESCE(NULLIF(u.name, ''), u.username) AS called, u.username,
		COALESCE(NULLIF(w.name, ''), w.username, '') AS flagged, COALESCE(NULLIF(t.name, ''), t.username, '') AS on_it,
		COALESCE(c.slug, '') AS course_slug, COALESCE(m.slug, '') AS module_slug,
		COALESCE((SELECT r.id FROM revisions r WHERE r.module = m.id AND r.state = 'live' AND r.language = c.language), '') AS revision
	FROM calls k JOIN users u ON u.id = k.learner JOIN programmes p ON p.id = k.programme
	LEFT JOIN users w ON w.id = k.worker AND k.worker != '' AND (k.ended != '' OR ` + people.Works("k.worker", "k.programme") + `)
	LEFT JOIN users t ON t.id = k.taker AND k.taker != '' AND (k.ended != '' OR ` + people.Works("k.taker", "k.programme") + `)
	LEFT JOIN modules m ON m.id = k.module AND k.module != '' LEFT JOIN courses c ON c.id = m.course
	WHERE `

// callsWhere lists the calls of which a condition on the table k is true, the
// oldest first.
func (r *Room) callsWhere(ctx context.Context, condition string, params dbx.Params) ([]Call, error) {
	params["policyNow"] = people.Before(r.now())
	var calls []Call
	err := r.app.ConcurrentDB().NewQuery(callsSQL + "(" + condition + ") ORDER BY k.made, k.id LIMIT 500").Bind(params).WithContext(ctx).All(&calls)
	if err != nil {
		return nil, fmt.Errorf("list calls: %w", err)
	}
	for i := range calls {
		if err := r.place(ctx, &calls[i]); err != nil {
			return nil, err
		}
	}
	return calls, nil
}

// place says where somebody is stuck, as the step is called now.
func (r *Room) place(ctx context.Context, c *Call) error {
	if c.Revision == "" {
		return nil
	}
	outline, err := r.content.Outline(ctx, c.Revision)
	if err != nil {
		return err
	}
	c.ModuleTitle, c.Lang = outline.Title, outline.Lang
	c.Address = content.ModuleAddress(c.CourseSlug, c.ModuleSlug)
	for _, step := range outline.Steps {
		if step.ID == c.Step {
			c.StepTitle, c.Address = step.Title, content.StepAddress(c.CourseSlug, c.ModuleSlug, c.Step)
		}
	}
	return nil
}
