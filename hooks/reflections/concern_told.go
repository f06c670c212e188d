package reflections

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// toldFor is how long the first page leads to what somebody was told.
const toldFor = 30 * 24 * time.Hour

const toldSQL = `SELECT a.id, a.concern, a.actor, a.kind, a.sealed, a.at FROM concerns n JOIN concern_acts a ON a.concern = n.id
	WHERE n.about = {:learner} AND a.kind = 'told' AND a.at > {:since} ORDER BY a.at DESC LIMIT 100`

// toldTo is what was said to a learner, the newest first. What was said to somebody
// else, and made theirs by hand, is left out. While what the learner wrote is closed
// for this session, so is all of this: that there is any would say too much to
// whoever holds a card that is not theirs.
func (r *Room) toldTo(ctx context.Context, learner *web.Viewer, since time.Time) (all []Told, err error) {
	if !learner.Opens("") {
		return nil, nil
	}
	var rows []actRow
	err = r.app.ConcurrentDB().NewQuery(toldSQL).Bind(dbx.Params{"learner": learner.ID, "since": moment(since)}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("what %s was told: %w", learner.ID, err)
	}
	for _, row := range rows {
		d, err := row.open(r.app, r.vault, Concern{ID: row.Concern, About: learner.ID})
		if errors.Is(err, vault.ErrTampered) {
			continue
		}
		if err != nil && !errors.Is(err, vault.ErrNoKey) {
			return nil, err
		}
		all = append(all, Told{At: people.Moment(row.At), Text: d.Text, NotNow: err != nil})
	}
	return all, nil
}

// WasTold reports whether a learner was told lately what came of a concern about
// them.
func (r *Room) WasTold(ctx context.Context, learner *web.Viewer) (bool, error) {
	told, err := r.toldTo(ctx, learner, r.now().Add(-toldFor))
	return len(told) > 0, err
}

// showTold is `/me/told`. A learner finds there what they were told, and nothing
// else of a concern.
func (r *Room) showTold(e *core.RequestEvent) error {
	viewer := web.Current(e)
	told, err := r.toldTo(e.Request.Context(), viewer, time.Time{})
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "reflections/told", &ToldPage{Told: told, Shut: !viewer.Opens("")})
}
