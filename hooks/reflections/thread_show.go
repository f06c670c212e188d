package reflections

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// ThreadPage is `/reflections/{reflection}/threads/{share}`, "reflections/thread":
// what was written to and fro with one person, and the learner's answer. Its form
// posts to the same address the fields reply, after, do, and those of a web.Tab.
type ThreadPage struct {
	web.Base
	Thread ThreadView
	Back   string // the reflection's own page
	Title  string // of its module
	Lang   string
	Asked  string
	Reply  string     // that is being written
	Seen   string     // the stamp of what the page shows as stored of it
	Other  *web.Other // what was saved of it from elsewhere since
	After  int        // how much the learner had sent before it
	Again  bool       // something of theirs was sent meanwhile
	NoKey  bool       // nothing can be kept private now
	Errors []web.FieldError
}

// Dir is the direction in which what was asked runs.
func (p *ThreadPage) Dir() string { return templates.Direction(p.Lang) }

// showThread is one thread of the viewer's own.
func (r *Room) showThread(e *core.RequestEvent) error {
	page, err := r.threadPage(e)
	if err != nil {
		return err
	}
	if err := r.Saw(web.Current(e), page.Thread.sent()); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "reflections/thread", page)
}

func (r *Room) threadPage(e *core.RequestEvent) (*ThreadPage, error) {
	ctx, viewer := e.Request.Context(), web.Current(e)
	s, err := r.mineAt(e)
	if err != nil {
		return nil, err
	}
	o, err := r.ownOf(ctx, viewer, s.Reflection)
	if err != nil {
		return nil, err
	}
	answerers, err := people.AnswerersOf(ctx, r.app, viewer.ID, r.now())
	if err != nil {
		return nil, err
	}
	page := &ThreadPage{Thread: ThreadView{Share: s}, Back: address(s.Reflection), Title: o.Title, Lang: o.Lang, Asked: o.Asked}
	if err := r.fillThread(ctx, viewer, &page.Thread, o, answerers); err != nil {
		return nil, err
	}
	page.Reply, page.Seen, page.After = page.Thread.Draft, page.Thread.stamp, page.Thread.Sent()
	return page, nil
}

// mineAt is the share that the address names, of the viewer's own.
func (r *Room) mineAt(e *core.RequestEvent) (Share, error) {
	s, err := r.mine(e.Request.Context(), web.Current(e).ID, e.Request.PathValue("share"))
	if err == nil && s.Reflection != e.Request.PathValue("reflection") {
		err = web.ErrNotFound
	}
	return s, err
}

// answerBack keeps or sends what the learner writes back.
func (r *Room) answerBack(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page, err := r.threadPage(e)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(strings.ReplaceAll(form.Get("reply"), "\r\n", "\n"))
	page.Reply, page.Seen = text, form.Get("seen")
	after, _ := strconv.Atoi(form.Get("after")) // what is no number is before everything
	switch {
	case page.Thread.Lock != Unlocked || !page.Thread.Reads:
		return r.notSent(e, page, http.StatusConflict)
	case len(text) > MaxReply:
		page.Errors = []web.FieldError{{Field: "reply", Key: "reply-long", Max: MaxReply}}
		return r.notSent(e, page, http.StatusUnprocessableEntity)
	case after != page.After && page.sentJustNow(text):
		return r.sent(e, page)
	case after != page.After:
		page.Again = true
		return r.notSent(e, page, http.StatusConflict)
	}
	w, err := r.Meet(e.Request.Context(), web.Current(e), page.Thread.Share, text, web.TabOf(form, ""))
	var other *OtherDraft
	switch {
	case errors.As(err, &other):
		page.Seen, page.Other = web.ChoiceDue(other.Stamp), web.OtherText("", web.OtherPart{Said: other.Text})
		page.Errors = []web.FieldError{page.Other.Error}
		return r.notSent(e, page, http.StatusConflict)
	case CannotKeep(err), errors.Is(err, ErrShut):
		page.NoKey = true
		return r.notSent(e, page, http.StatusServiceUnavailable)
	case err != nil:
		return err
	case len(w.Text) > MaxReply:
		page.Errors = []web.FieldError{{Field: "reply", Key: "reply-long", Max: MaxReply}}
		return r.notSent(e, page, http.StatusUnprocessableEntity)
	case form.Get("do") != "send":
		return r.keepBack(e, page, w)
	}
	return r.sendBack(e, page, w)
}

func (r *Room) sendBack(e *core.RequestEvent, page *ThreadPage, w Writing) error {
	err := r.sendAfter(e.Request.Context(), web.Current(e), page.Thread.Share, page.After, w, false)
	switch {
	case errors.Is(err, ErrEmpty):
		page.Errors = []web.FieldError{{Field: "reply", Key: "reply-empty"}}
		return r.notSent(e, page, http.StatusUnprocessableEntity)
	case errors.Is(err, ErrNotThere):
		return r.afterPress(e, page.Reply)
	case CannotKeep(err):
		page.NoKey = true
		return r.notSent(e, page, http.StatusServiceUnavailable)
	case err != nil:
		return err
	}
	return r.sent(e, page)
}

// afterPress looks again where something changed in the moment of the press: the
// same press may have come twice.
func (r *Room) afterPress(e *core.RequestEvent, text string) error {
	page, err := r.threadPage(e)
	if err != nil {
		return err
	}
	if page.sentJustNow(text) {
		return r.sent(e, page)
	}
	page.Reply, page.Seen, page.Again = text, e.Request.PostForm.Get("seen"), page.Thread.Reads
	return r.notSent(e, page, http.StatusConflict)
}

// sentJustNow reports whether exactly this was the last that the learner sent.
func (p *ThreadPage) sentJustNow(text string) bool {
	for i := len(p.Thread.Replies) - 1; i >= 0; i-- {
		if one := p.Thread.Replies[i]; one.Mine {
			return one.Text == text
		}
	}
	return false
}

func (r *Room) sent(e *core.RequestEvent, page *ThreadPage) error {
	if web.SavesItself(e.Request.PostForm) {
		return e.NoContent(http.StatusNoContent)
	}
	web.Notify(e, "thread-sent")
	return web.SeeOther(e, page.Thread.Address())
}

// keepBack keeps what the learner has written so far.
func (r *Room) keepBack(e *core.RequestEvent, page *ThreadPage, w Writing) error {
	stamp, err := r.SaveWriting(e.Request.Context(), web.Current(e), page.Thread.Share, w)
	switch {
	case errors.Is(err, ErrNotThere):
		return r.afterPress(e, page.Reply)
	case CannotKeep(err):
		page.NoKey = true
		return r.notSent(e, page, http.StatusServiceUnavailable)
	case err != nil:
		return err
	case web.SavesItself(e.Request.PostForm):
		return web.Stored(e, url.Values{"seen": {stamp}})
	}
	web.Notify(e, "thread-kept")
	return web.SeeOther(e, page.Thread.Address())
}

// notSent shows the page with what was typed. A page that saves by itself reads the
// status alone.
func (r *Room) notSent(e *core.RequestEvent, page *ThreadPage, status int) error {
	if web.SavesItself(e.Request.PostForm) {
		return e.NoContent(status)
	}
	return web.Show(e, status, "reflections/thread", page)
}
