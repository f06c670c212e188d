package reflections

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
)

// Usually says how long somebody takes to answer, as learners read it before they
// share.
type Usually struct {
	Days     int  // rounded up
	Promised bool // by their programme: too little has happened to say more
}

// By is the end of the day by which an answer is promised that is asked for at a
// moment.
func (u Usually) By(from time.Time) time.Time {
	return from.UTC().Truncate(24*time.Hour).AddDate(0, 0, u.Days+1).Add(-time.Millisecond)
}

// How much of the past says how somebody answers now.
const (
	lately     = 60 * 24 * time.Hour
	enough     = 3 // fewer say nothing
	usualDays  = 5 // days, of a programme that says nothing
	usualShare = 0.8
)

// A wait is how long somebody waited for a first answer, in days: until they had
// it, or so far.
type wait struct {
	Days     float64 `db:"days"`
	Answered bool    `db:"answered"`
}

// waitsSQL are the first answers of a reader of late, and what waits for one now:
// where something was answered, what was written back counts no more.
const waitsSQL = `SELECT julianday(f.sent) - julianday(f.created) AS days, TRUE AS answered FROM (
		SELECT s.created, MIN(r.sent) AS sent FROM shares s JOIN replies r ON r.share = s.id AND r.writer = s.reader AND r.state = 'sent' AND r.sent >= s.created
		WHERE s.reader = {:reader} AND s.programme = {:programme} GROUP BY s.id) f WHERE f.sent > {:since}
	UNION ALL SELECT julianday({:policyNow}) - julianday(s.waits), FALSE FROM shares s
		WHERE s.reader = {:reader} AND s.programme = {:programme} AND s.waits != '' AND s.answered < s.created AND s.withdrawn = '' AND `

// usually says how long a reader takes to answer in a programme.
func (r *Room) usually(ctx context.Context, reader, programme string) (Usually, error) {
	now := r.now()
	params := dbx.Params{"reader": reader, "programme": programme}
	var days int
	err := r.app.ConcurrentDB().NewQuery("SELECT COALESCE((SELECT reply_days FROM programmes WHERE id = {:programme}), 0)").
		Bind(params).WithContext(ctx).Row(&days)
	if err != nil {
		return Usually{}, fmt.Errorf("what %s promises: %w", programme, err)
	}
	promise := Usually{Days: cmp.Or(days, usualDays), Promised: true}
	maps.Copy(params, dbx.Params{"since": moment(now.Add(-lately)), "policyNow": people.Before(now)})
	var waits []wait
	err = r.app.ConcurrentDB().NewQuery(waitsSQL + people.Answers("s.learner", "s.reader", "s.role", "s.programme")).
		Bind(params).WithContext(ctx).All(&waits)
	if err != nil {
		return Usually{}, fmt.Errorf("how %s answers: %w", reader, err)
	}
	return usual(waits, promise), nil
}

// usual is within how many days four of five have their answer. What still waits
// counts as long as it has waited, so whoever leaves things lying does not look
// quick; and what came a moment ago says nothing yet. Where so few were answered
// that four of five never are, it is as long as the oldest has waited.
func usual(waits []wait, promise Usually) Usually {
	telling := slices.DeleteFunc(slices.Clone(waits), func(w wait) bool { return !w.Answered && w.Days <= float64(promise.Days) })
	if len(telling) < enough {
		return promise
	}
	sorted := slices.SortedFunc(slices.Values(waits), func(a, b wait) int { return cmp.Compare(a.Days, b.Days) })
	unanswered := 1.0 // of all, so far
	for i, w := range sorted {
		if !w.Answered {
			continue
		}
		unanswered *= 1 - 1/float64(len(sorted)-i)
		if unanswered <= 1-usualShare+1e-9 {
			return inDays(w.Days)
		}
	}
	return inDays(sorted[len(sorted)-1].Days)
}

func inDays(days float64) Usually { return Usually{Days: max(1, int(math.Ceil(days)))} }
