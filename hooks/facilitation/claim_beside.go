package facilitation

import (
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// A Beside is who else is busy with what the viewer has open.
type Beside struct {
	Share  string
	Other  string // who is answering it now, as they are called; "" for nobody else
	Mine   bool   // the others are told that the viewer is
	Others bool   // somebody else may read the same, and answer
	Moved  bool   // the thread has gone on since the page was opened
	Gone   bool   // it was taken back
	Tag    string `json:"-"`
	Thread string // the stamp that the page goes by
}

// showBeside sends who is answering a share, for its page, which asks again and
// again while it is open: that keeps the claim, too. It opens nothing.
func (f *Facilitation) showBeside(e *core.RequestEvent) error {
	share := e.Request.PathValue("share")
	if !web.IsFragment(e) {
		return web.SeeOther(e, "/facilitate/shares/"+share)
	}
	s, err := f.written.Find(e.Request.Context(), web.Current(e), share)
	if err != nil {
		return err
	}
	b, err := f.beginBeside(e, s, e.Request.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	page := &SharePage{Beside: b}
	return web.ShowAgain(e, b.Tag, "facilitation/share", "beside", page)
}

// beginBeside claims a share for the viewer while it is their turn and nobody else
// is at it, and says how that went. after is how far the thread was on their page.
func (f *Facilitation) beginBeside(e *core.RequestEvent, s reflections.Share, after string) (b Beside, err error) {
	b = Beside{Share: s.ID, Gone: s.Withdrawn != "", Thread: after}
	if b.Gone {
		b.Tag, err = web.TagOf(e, b)
		return b, err
	}
	viewer, now := web.Current(e), web.Now(e)
	if s.Waits != "" {
		if err := f.take(s.Reflection, viewer.ID, now); err != nil {
			return b, err
		}
	}
	at, err := f.claimOf(e.Request.Context(), s.Reflection, now)
	if err != nil {
		return b, err
	}
	b.Mine = at.Worker == viewer.ID
	if b.Others, err = f.hasOthers(e.Request.Context(), s, now); err != nil {
		return b, err
	}
	if at.Worker != "" && !b.Mine {
		b.Other = Person{Username: at.Username, Name: at.Name}.Called()
	}
	turns, err := f.written.Turns(e.Request.Context(), s)
	if err != nil {
		return b, err
	}
	b.Moved = after != "" && after != turns
	if after == "" {
		b.Thread = turns
	}
	b.Tag, err = web.TagOf(e, b)
	return b, err
}
