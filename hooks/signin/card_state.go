package signin

import (
	"time"

	"github.com/pocketbase/pocketbase/tools/types"
)

// cardNone is the state of a card that is not there.
const cardNone = "none"

type cardRow struct {
	ID       string         `db:"id"`
	State    string         `db:"state"`
	Made     types.DateTime `db:"made"`
	Expires  types.DateTime `db:"expires"`
	OwnPIN   bool           `db:"own_pin"`
	Used     types.DateTime `db:"used"`
	Closed   types.DateTime `db:"closed"`
	ClosedBy string         `db:"closed_by"`
}

// at is what a card is at a moment: one whose time is over is expired, whether
// or not that was stored yet.
func (r cardRow) at(now time.Time) CardState {
	s := CardState{
		ID: r.ID, State: r.State, Made: r.Made.Time(), Expires: r.Expires.Time(), OwnPIN: r.OwnPIN, Used: r.Used.Time(),
		Closed: r.Closed.Time(), ClosedBy: r.ClosedBy,
	}
	switch {
	case s.ID == "":
		s.State = cardNone
	case s.State != cardVoid && !now.Before(s.Expires):
		s.State = cardExpired
	}
	return s
}
