package people

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Member is somebody with a role in a programme now.
type Member struct {
	ID        string `db:"id"` // of users
	Programme string `db:"programme"`
	Label     string `db:"label"` // of the programme
	Called    string `db:"called"`
	Username  string `db:"username"`
}

// LeadsOf are the safeguarding leads of a programme now.
func LeadsOf(ctx context.Context, app core.App, programme string, now time.Time) ([]Member, error) {
	return membersWhere(ctx, app, now, "m.role = 'lead' AND m.programme = {:programme}", dbx.Params{"programme": programme})
}

// MembersListed is how many of a programme are listed at most. Whoever is not among
// them is found by name of their own.
const MembersListed = 500

// StaffBeside are those who work in the programmes of a viewer's own roles now, the
// viewer among them.
func StaffBeside(ctx context.Context, app core.App, v *web.Viewer, now time.Time) ([]Member, error) {
	return staffBeside(ctx, app, v, now, "")
}

// StaffBesideBy are those of StaffBeside, however many there are, whose id or username
// this is: somebody in each programme in which they work.
func StaffBesideBy(ctx context.Context, app core.App, v *web.Viewer, who string, now time.Time) ([]Member, error) {
	if who == "" {
		return nil, nil
	}
	return staffBeside(ctx, app, v, now, who)
}

func staffBeside(ctx context.Context, app core.App, v *web.Viewer, now time.Time, who string) ([]Member, error) {
	in, params := "''", dbx.Params{"who": who}
	for i, m := range v.Memberships {
		if m.Role != web.Learner && m.Programme != "" {
			name := fmt.Sprintf("in%d", i)
			in += ", {:" + name + "}"
			params[name] = m.Programme
		}
	}
	return membersWhere(ctx, app, now, "m.role IN ('mentor', 'facilitator', 'lead', 'manager') AND m.programme IN ("+in+")"+isWho, params)
}

// LearnersToRaise are the learners about whom a viewer may raise a concern, each in
// the programme in which they may.
func LearnersToRaise(ctx context.Context, app core.App, v *web.Viewer, now time.Time) ([]Member, error) {
	return learnersToRaise(ctx, app, v, now, "")
}

// LearnersToRaiseBy are those of LearnersToRaise, however many there are, whose id or
// username this is: somebody in each programme in which a concern may be raised.
func LearnersToRaiseBy(ctx context.Context, app core.App, v *web.Viewer, who string, now time.Time) ([]Member, error) {
	if who == "" {
		return nil, nil
	}
	return learnersToRaise(ctx, app, v, now, who)
}

func learnersToRaise(ctx context.Context, app core.App, v *web.Viewer, now time.Time, who string) ([]Member, error) {
	var all []Member
	for _, m := range v.Memberships {
		one := *v
		one.Memberships = []web.Membership{m}
		if !May(&one, Raising) {
			continue
		}
		whom, params := Whom(&one, Raising, Whole, now)
		params["programme"], params["me"], params["who"] = m.Programme, v.ID, who
		found, err := membersWhere(ctx, app, now, "m.role = 'learner' AND m.programme = {:programme} AND m.user != {:me} AND m.user IN ("+whom+")"+isWho, params)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// isWho leaves one person, where the statement is asked for one.
const isWho = " AND ({:who} = '' OR u.id = {:who} OR u.username = {:who})"

func membersWhere(ctx context.Context, app core.App, now time.Time, condition string, params dbx.Params) ([]Member, error) {
	params["policyNow"] = Before(now)
	var members []Member
	err := app.DB().NewQuery(`SELECT DISTINCT u.id, m.programme, p.label, COALESCE(NULLIF(u.name, ''), u.username) AS called, u.username
		FROM memberships m JOIN users u ON u.id = m.user JOIN programmes p ON p.id = m.programme
		WHERE ` + condition + ` AND ` + holdsNow("m") + ` ORDER BY p.label COLLATE NOCASE, called COLLATE NOCASE, u.id LIMIT ` + strconv.Itoa(MembersListed)).
		Bind(params).WithContext(ctx).All(&members)
	if err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	return members, nil
}
