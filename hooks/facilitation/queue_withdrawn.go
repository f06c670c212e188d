package facilitation

import (
	"time"

	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// withdrawnFor is how long the queue says that something was taken back.
const withdrawnFor = 14 * 24 * time.Hour

// withdrawnSQL is what was taken back from the reader of late, the newest first. Left to
// itself SQLite goes through everything that is shared in their programme.
func withdrawnSQL(known string) string {
	return sharedFromSQL("shares s INDEXED BY shares_reader", "s.reader = {:viewer} AND s.withdrawn > {:since} AND "+known, "s.withdrawn DESC, s.id")
}

// withdrawn are those who took something back from the viewer: that they did, and
// when.
func (f *Facilitation) withdrawn(e *core.RequestEvent) (all []Waiting, err error) {
	now := web.Now(e)
	known, params := reflections.KnownTo(web.Current(e), now)
	params["since"] = moment(now.Add(-withdrawnFor))
	rows, err := f.shared(e, withdrawnSQL(known), params, queueMost)
	for _, row := range rows {
		all = append(all, row.inQueue(nil, moment(now)))
	}
	return all, err
}
