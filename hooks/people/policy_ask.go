package people

import (
	"context"
	"fmt"
	"strings"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Subject is who or what a page or an act is about. Where more is named, all
// of it is asked for. The zero Subject is the matter itself.
type Subject struct {
	Person    string // of users
	Cohort    string
	Programme string
}

// See says how deep a viewer sees a matter of a subject: the deepest that any
// role of theirs gives. It returns web.ErrNotFound where they see none of it, and
// the same where there is no such subject, so that nobody learns which.
func See(ctx context.Context, app core.App, now time.Time, v *web.Viewer, matter Matter, s Subject) (Depth, error) {
	return deepest(ctx, app, now, v, Grants(v, matter), s)
}

func deepest(ctx context.Context, app core.App, now time.Time, v *web.Viewer, grants []Grant, s Subject) (Depth, error) {
	deepest := Depth(-1)
	for _, g := range grants {
		if deepest >= 0 && g.How >= deepest {
			continue
		}
		ok, err := g.reaches(ctx, app, now, v, s)
		if err != nil {
			return 0, err
		}
		if ok {
			deepest = g.How
		}
	}
	if deepest < 0 {
		return 0, web.ErrNotFound
	}
	return deepest, nil
}

// reaches reports whether a grant is about this subject.
func (g Grant) reaches(ctx context.Context, app core.App, now time.Time, v *web.Viewer, s Subject) (bool, error) {
	if s.Person != "" {
		whom, params := g.whom(v, now)
		params["subject"] = s.Person
		if ok, err := there(ctx, app, "SELECT EXISTS (SELECT 1 FROM users WHERE id = {:subject} AND id IN ("+whom+"))", params); !ok {
			return false, err
		}
	}
	if s.Cohort != "" {
		which, params := g.cohorts()
		params["subject"] = s.Cohort
		if ok, err := there(ctx, app, "SELECT EXISTS (SELECT 1 FROM cohorts c WHERE c.id = {:subject} AND "+which+")", params); !ok {
			return false, err
		}
	}
	if s.Programme != "" {
		which, params := g.programmes()
		params["subject"] = s.Programme
		if ok, err := there(ctx, app, "SELECT EXISTS (SELECT 1 FROM programmes p WHERE p.id = {:subject} AND "+which+")", params); !ok {
			return false, err
		}
	}
	return true, nil
}

func there(ctx context.Context, app core.App, sql string, params dbx.Params) (yes bool, err error) {
	if err := app.ConcurrentDB().NewQuery(sql).Bind(params).WithContext(ctx).Row(&yes); err != nil {
		return false, fmt.Errorf("ask the policy: %w", err)
	}
	return yes, nil
}

// Whom gives a statement that selects the ids of the people of whom a viewer
// sees a matter at least so deep, with its parameters, for queries that list:
// `WHERE u.id IN (` + whom + `)`. Its parameters begin with "policy".
func Whom(v *web.Viewer, matter Matter, atLeast Depth, now time.Time) (string, dbx.Params) {
	return union(v, matter, atLeast, func(g Grant) (string, dbx.Params) { return g.whom(v, now) })
}

// Cohorts gives a statement that selects the ids of the cohorts of which a
// viewer sees a matter at least so deep.
func Cohorts(v *web.Viewer, matter Matter, atLeast Depth) (string, dbx.Params) {
	return union(v, matter, atLeast, func(g Grant) (string, dbx.Params) {
		which, params := g.cohorts()
		return "SELECT c.id FROM cohorts c WHERE " + which, params
	})
}

// ProgrammesOf gives a statement that selects the ids of the programmes of which
// a viewer sees a matter at least so deep.
func ProgrammesOf(v *web.Viewer, matter Matter, atLeast Depth) (string, dbx.Params) {
	return union(v, matter, atLeast, func(g Grant) (string, dbx.Params) {
		which, params := g.programmes()
		return "SELECT p.id FROM programmes p WHERE " + which, params
	})
}

// union joins what each grant selects, and keeps the names of parameters apart.
func union(v *web.Viewer, matter Matter, atLeast Depth, of func(Grant) (string, dbx.Params)) (string, dbx.Params) {
	parts, all := []string{}, dbx.Params{}
	for i, g := range Grants(v, matter) {
		if g.How > atLeast {
			continue
		}
		sql, params := of(g)
		for name, value := range params {
			own := fmt.Sprintf("%s%d", name, i)
			sql = strings.ReplaceAll(sql, "{:"+name+"}", "{:"+own+"}")
			all[own] = value
		}
		parts = append(parts, sql)
	}
	if len(parts) == 0 {
		return "SELECT '' WHERE 0", all
	}
	return strings.Join(parts, " UNION "), all
}

// holdsNow is the condition that something between two dates holds.
func holdsNow(alias string) string {
	return fmt.Sprintf("%[1]s.starts <= {:policyNow} AND (%[1]s.ends = '' OR %[1]s.ends > {:policyNow})", alias)
}

// whom selects the people that a grant is about. A learner counts while they
// are one in that programme: what ended is nobody's any more.
func (g Grant) whom(v *web.Viewer, now time.Time) (string, dbx.Params) {
	params := dbx.Params{"policyNow": stored(now).String()}
	learners := "SELECT l.user FROM memberships l WHERE l.role = 'learner' AND " + holdsNow("l")
	switch g.Of {
	case Own:
		params["policyViewer"] = v.ID
		return "SELECT {:policyViewer}", params
	case Assigned:
		// + keeps SQLite from looking for each of them among all of the programme.
		params["policyViewer"], params["policyRole"], params["policyProgramme"] = v.ID, string(g.Role), g.Programme
		return `SELECT a.learner FROM assignments a WHERE a.worker = {:policyViewer} AND a.role = {:policyRole}
			AND a.programme = {:policyProgramme} AND ` + holdsNow("a") + `
			AND EXISTS (` + learners + ` AND l.user = a.learner AND +l.programme = a.programme)`, params
	case OfCohort:
		params["policyCohort"] = g.Cohort
		return learners + " AND l.cohort = {:policyCohort} AND l.cohort != ''", params
	case OfProgramme:
		params["policyProgramme"] = g.Programme
		return "SELECT m.user FROM memberships m WHERE m.programme = {:policyProgramme} AND m.programme != '' AND " + holdsNow("m"), params
	case Everybodys:
		return "SELECT id FROM users", params
	default:
		return "SELECT '' WHERE 0", params
	}
}

func (g Grant) cohorts() (string, dbx.Params) {
	switch g.Of {
	case OfCohort:
		return "c.id = {:policyCohort}", dbx.Params{"policyCohort": g.Cohort}
	case OfProgramme:
		return "c.programme = {:policyProgramme}", dbx.Params{"policyProgramme": g.Programme}
	case Everybodys:
		return "1", dbx.Params{}
	default:
		return "0", dbx.Params{}
	}
}

func (g Grant) programmes() (string, dbx.Params) {
	switch g.Of {
	case OfProgramme:
		return "p.id = {:policyProgramme}", dbx.Params{"policyProgramme": g.Programme}
	case Everybodys:
		return "1", dbx.Params{}
	default:
		return "0", dbx.Params{}
	}
}
