package learning

import (
	"context"
	"fmt"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

const closedSQL = `SELECT EXISTS (SELECT 1 FROM reflections WHERE user = {:user} AND updated < {:since})
	OR EXISTS (SELECT 1 FROM enrolments en JOIN answers a ON a.enrolment = en.id WHERE en.user = {:user} AND a.sealed != '' AND a.updated < {:since})`

// holdsClosed reports whether a viewer whose texts are closed has any, so that
// nobody is told of nothing.
func (l *Learning) holdsClosed(ctx context.Context, viewer *web.Viewer) (holds bool, err error) {
	if viewer == nil || !viewer.Closed {
		return false, nil
	}
	err = l.app.ConcurrentDB().NewQuery(closedSQL).
		Bind(dbx.Params{"user": viewer.ID, "since": viewer.ClosedSince}).WithContext(ctx).Row(&holds)
	if err != nil {
		return false, fmt.Errorf("what is closed for %s: %w", viewer.ID, err)
	}
	return holds, nil
}
