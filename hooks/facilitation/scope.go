package facilitation

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/types"
)

// A query is a statement that is put together, with its parameters.
type query struct{ params dbx.Params }

func newQuery(now time.Time) query { return query{dbx.Params{"now": moment(now)}} }

// whom gives what selects the people of whom a viewer sees a matter. Its
// parameters get names of their own, so that several stand in one statement.
func (q query) whom(v *web.Viewer, matter people.Matter, atLeast people.Depth, now time.Time) string {
	return q.renamed(string(matter[0])+strings.Repeat("x", int(atLeast)), func() (string, dbx.Params) {
		return people.Whom(v, matter, atLeast, now)
	})
}

// cohorts gives what selects the groups of which a viewer sees a matter.
func (q query) cohorts(v *web.Viewer, matter people.Matter, atLeast people.Depth) string {
	return q.renamed("c"+string(matter[0]), func() (string, dbx.Params) { return people.Cohorts(v, matter, atLeast) })
}

func (q query) renamed(as string, of func() (string, dbx.Params)) string {
	sql, params := of()
	for name, value := range params {
		sql = strings.ReplaceAll(sql, "{:"+name+"}", "{:"+as+name+"}")
		q.params[as+name] = value
	}
	return sql
}

// whereTheyWork gives the programmes in which a viewer has a role that lets them
// see one of these matters, as they stand after IN: nothing of another programme
// is ever shown.
func (q query) whereTheyWork(v *web.Viewer, matters ...people.Matter) string {
	return q.list("work", worksIn(v, matters...))
}

// worksIn are the ids of these programmes.
func worksIn(v *web.Viewer, matters ...people.Matter) []string {
	in := map[string]bool{}
	for _, matter := range matters {
		for _, g := range people.Grants(v, matter) {
			if g.Of > people.Own {
				in[g.Programme] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(in))
}

// list gives values as they stand after IN.
func (q query) list(as string, values []string) string {
	if len(values) == 0 {
		return "NULL"
	}
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = as + strconv.Itoa(i)
		q.params[names[i]] = value
	}
	return "{:" + strings.Join(names, "}, {:") + "}"
}

// holds is the condition that something between two dates holds.
func holds(alias string) string {
	return alias + ".starts <= {:now} AND (" + alias + ".ends = '' OR " + alias + ".ends > {:now})"
}

// moment is a time as the database writes it.
func moment(t time.Time) string { return t.UTC().Format(types.DefaultDateLayout) }
