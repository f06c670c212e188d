package people

import (
	"context"
	"fmt"
	"time"

	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Callee is somebody who is flagged when a learner needs help now.
type Callee struct {
	ID        string `db:"id"` // of users
	Programme string `db:"programme"`
}

const onCallSQL = `SELECT p.id AS programme, p.on_call AS id FROM programmes p
	WHERE p.on_call != '' AND p.on_call != {:learner}
		AND EXISTS (SELECT 1 FROM memberships l WHERE l.user = {:learner} AND l.role = 'learner' AND l.programme = p.id AND %s)
		AND EXISTS (SELECT 1 FROM memberships m WHERE m.user = p.on_call AND m.role IN ('facilitator', 'lead', 'manager') AND m.programme = p.id AND %s)`

// CalleesOf are those who are flagged when a learner needs help now: in each of
// their programmes whoever is on call there, else those who walk beside them,
// facilitators before mentors.
func CalleesOf(ctx context.Context, app core.App, learner string, now time.Time) ([]Callee, error) {
	var callees []Callee
	err := app.DB().NewQuery(fmt.Sprintf(onCallSQL, holdsNow("l"), holdsNow("m"))).
		Bind(dbx.Params{"learner": learner, "policyNow": Before(now)}).WithContext(ctx).All(&callees)
	if err != nil {
		return nil, fmt.Errorf("read who is on call for %s: %w", learner, err)
	}
	covered := map[string]bool{}
	for _, c := range callees {
		covered[c.Programme] = true
	}
	beside, err := AnswerersOf(ctx, app, learner, now)
	if err != nil {
		return nil, err
	}
	for _, role := range []web.Role{web.Facilitator, web.Mentor} {
		found := map[string]bool{}
		for _, a := range beside {
			if a.Role == role && !covered[a.Programme] {
				found[a.Programme] = true
				callees = append(callees, Callee{ID: a.ID, Programme: a.Programme})
			}
		}
		for programme := range found {
			covered[programme] = true
		}
	}
	return callees, nil
}

// promises are what a programme promises its learners.
type promises struct {
	ReplyDays int    `db:"reply_days"` // 0 for the usual
	OnCall    string `db:"on_call"`    // of users; "" for nobody by name
}

func promisesOf(e *core.RequestEvent, programme string) (p promises, err error) {
	err = e.App.DB().NewQuery("SELECT reply_days, on_call FROM programmes WHERE id = {:id}").
		Bind(dbx.Params{"id": programme}).WithContext(e.Request.Context()).One(&p)
	if err != nil {
		return p, fmt.Errorf("what programme %s promises: %w", programme, err)
	}
	return p, nil
}

// onCallChoices are those of the programme who may be on call, and nobody.
func onCallChoices(e *core.RequestEvent, chosen string) ([]templates.Choice, error) {
	nobody := templates.Choice{Key: "programme.on-call.nobody", Chosen: chosen == ""}
	found, err := choicesFrom(e, chosen, `
		SELECT DISTINCT u.id AS value, CASE u.name WHEN '' THEN u.username ELSE u.name || ' (' || u.username || ')' END AS text
		FROM memberships m JOIN users u ON u.id = m.user
		WHERE m.programme = {:programme} AND m.role IN ('facilitator', 'lead', 'manager') AND `+holdsNow("m")+`
		ORDER BY text COLLATE NOCASE LIMIT 500`,
		dbx.Params{"programme": e.Request.PathValue(inProgramme), "policyNow": Before(web.Now(e))})
	return append([]templates.Choice{nobody}, found...), err
}
