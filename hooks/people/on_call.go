package people

import (
	"context"
	"fmt"
	"slices"
	"time"

	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
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
// facilitators before mentors. Who is away is passed over; where all of a programme
// are away, all of them are flagged.
func CalleesOf(ctx context.Context, app core.App, learner string, now time.Time) ([]Callee, error) {
	var onCall []Callee
	err := app.DB().NewQuery(fmt.Sprintf(onCallSQL, holdsNow("l"), holdsNow("m"))).
		Bind(dbx.Params{"learner": learner, "policyNow": Before(now)}).WithContext(ctx).All(&onCall)
	if err != nil {
		return nil, fmt.Errorf("read who is on call for %s: %w", learner, err)
	}
	beside, err := AnswerersOf(ctx, app, learner, now)
	if err != nil {
		return nil, err
	}
	away, err := AwayAround(ctx, app, learner, now)
	if err != nil {
		return nil, err
	}
	turns := [][]Callee{onCall, calleesIn(beside, web.Facilitator), calleesIn(beside, web.Mentor)}
	var callees []Callee
	covered := map[string]bool{}
	for _, turn := range turns {
		callees = append(callees, uncovered(turn, covered, away)...)
	}
	var all []Callee
	for _, c := range slices.Concat(turns...) {
		if !covered[c.Programme] && !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return append(callees, all...), nil
}

// HelpersOf are those who would be told now if a viewer needed help, as they are
// called.
func (o *Office) HelpersOf(ctx context.Context, v *web.Viewer) ([]web.Helper, error) {
	now := o.now()
	callees, err := CalleesOf(ctx, o.app, v.ID, now)
	if err != nil {
		return nil, err
	}
	away, err := AwayAround(ctx, o.app, v.ID, now)
	if err != nil {
		return nil, err
	}
	var helpers []web.Helper
	known := map[string]bool{}
	for _, c := range callees {
		if known[c.ID] {
			continue
		}
		known[c.ID] = true
		called, err := calledBy(ctx, o.app, c.ID)
		if err != nil {
			return nil, err
		}
		helpers = append(helpers, web.Helper{Called: called, Away: away[c]})
	}
	return helpers, nil
}

func calleesIn(beside []Answerer, role web.Role) (callees []Callee) {
	for _, a := range beside {
		if a.Role == role {
			callees = append(callees, Callee{ID: a.ID, Programme: a.Programme})
		}
	}
	return callees
}

// uncovered are those of a turn who are here, of the programmes for which nobody
// was found in a turn before. These are covered then.
func uncovered(turn []Callee, covered map[string]bool, away map[Callee]string) (here []Callee) {
	for _, c := range turn {
		if away[c] == "" && !covered[c.Programme] && !slices.Contains(here, c) {
			here = append(here, c)
		}
	}
	for _, c := range here {
		covered[c.Programme] = true
	}
	return here
}

// AwayAround are those who are away now in the programmes of a learner, each with
// their last day away, an ISO date.
func AwayAround(ctx context.Context, app core.App, learner string, now time.Time) (map[Callee]string, error) {
	var rows []struct {
		Callee
		Ends types.DateTime `db:"ends"`
	}
	err := app.ConcurrentDB().NewQuery(`SELECT b.worker AS id, b.programme, MAX(b.ends) AS ends FROM absences b
		WHERE b.starts <= {:policyNow} AND b.ends > {:policyNow}
			AND b.programme IN (SELECT l.programme FROM memberships l WHERE l.user = {:learner} AND l.role = 'learner')
		GROUP BY b.worker, b.programme`).
		Bind(dbx.Params{"learner": learner, "policyNow": Before(now)}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read who is away around %s: %w", learner, err)
	}
	away := map[Callee]string{}
	for _, row := range rows {
		away[row.Callee] = lastDay(row.Ends)
	}
	return away, nil
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

// NextCalleesOf are those who walk beside a learner and are here now, facilitators
// before mentors, whoever is on call.
func NextCalleesOf(ctx context.Context, app core.App, learner string, now time.Time) (next []Callee, err error) {
	beside, err := AnswerersOf(ctx, app, learner, now)
	if err != nil {
		return nil, err
	}
	away, err := AwayAround(ctx, app, learner, now)
	if err != nil {
		return nil, err
	}
	for _, c := range slices.Concat(calleesIn(beside, web.Facilitator), calleesIn(beside, web.Mentor)) {
		if away[c] == "" {
			next = append(next, c)
		}
	}
	return next, nil
}
