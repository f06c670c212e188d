package reflections

import (
	"context"
	"errors"
	"net/http"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// WithdrawPage is `/reflections/{reflection}/threads/{share}/withdraw`,
// "reflections/withdraw": what happens when a learner takes back what they shared.
// Its form posts to the same address nothing.
type WithdrawPage struct {
	web.Base
	Address string
	Back    string // the reflection's own page
	Thread  ThreadView
	Whys    []string // kinds of holds, under "hold-why.": what is shared is kept, and nobody can read it
	Untold  bool     // there is a hold, and why is not said while texts are closed
}

// showWithdraw asks before something is taken back.
func (r *Room) showWithdraw(e *core.RequestEvent) error {
	thread, err := r.threadPage(e)
	if err != nil {
		return err
	}
	page := &WithdrawPage{Address: threadAddress(thread.Thread.Share) + "/withdraw", Back: thread.Back, Thread: thread.Thread}
	if page.Whys, page.Untold, err = r.whys(e.Request.Context(), web.Current(e)); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "reflections/withdraw", page)
}

// takeBack takes a share back from its reader, once.
func (r *Room) takeBack(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	err := r.withdrawMine(e)
	for tries := 1; errors.Is(err, ErrNotThere) && tries < 3; tries++ {
		err = r.withdrawMine(e) // it was shared anew in the same moment
	}
	if err != nil {
		return err
	}
	r.truncateLog(e.Request.Context())
	web.Notify(e, "withdrawn")
	return web.SeeOther(e, address(e.Request.PathValue("reflection")))
}

func (r *Room) withdrawMine(e *core.RequestEvent) error {
	s, err := r.mineAt(e)
	if err != nil || s.Withdrawn != "" {
		return err
	}
	return r.app.RunInTransaction(func(tx core.App) error { return r.withdraw(tx, s) })
}

// truncateLog empties the write-ahead log, which otherwise keeps the pages of
// before (DESIGN §3, promise 6).
func (r *Room) truncateLog(ctx context.Context) {
	if err := people.TruncateLog(ctx, r.app); err != nil {
		r.app.Logger().Warn("empty the write-ahead log", "error", err)
	}
}
