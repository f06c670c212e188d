package facilitation

import (
	"fmt"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// viewedAgain is how long somebody goes in and out of a learner's page before it
// counts as another view.
const viewedAgain = time.Hour

// recordView writes down who looked at whom, before anything is shown. The
// learner sees it among what is theirs.
func (f *Facilitation) recordView(e *core.RequestEvent, learner, programme string, account bool) error {
	viewer, now := web.Current(e), web.Now(e)
	kind := audit.ProgressViewed
	if account {
		kind = audit.AccountViewed
	}
	var lately bool
	err := f.app.ConcurrentDB().NewQuery(`
		SELECT EXISTS (SELECT 1 FROM audit WHERE subject = {:learner} AND actor = {:viewer} AND kind = {:kind} AND at > {:since})`).
		Bind(dbx.Params{"learner": learner, "viewer": viewer.ID, "kind": string(kind), "since": moment(now.Add(-viewedAgain))}).
		WithContext(e.Request.Context()).Row(&lately)
	if err != nil {
		return fmt.Errorf("view of %s: %w", learner, err)
	}
	if lately {
		return nil
	}
	return f.audit.Record(f.app, audit.Act{Kind: kind, Actor: viewer.ID, Subject: learner, Programme: programme})
}
