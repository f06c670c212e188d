package facilitation

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// The buttons under an answer, as values of its field `do`. Every other keeps it.
const (
	doSend  = "send"
	doSpeak = "speak" // keep it, and say the rest
	doLeave = "leave" // keep it, and leave it to others
)

// An UnsentPage is what comes of an answer that leads nowhere, "facilitation/unsent":
// its words, and that they were not sent.
type UnsentPage struct {
	web.Base
	Reply string
}

// unsent gives somebody their words back. Where there are none the page is one that
// is not there.
func unsent(e *core.RequestEvent, text string, saves bool) error {
	if text == "" || saves {
		return web.ErrNotFound
	}
	return web.Show(e, http.StatusNotFound, "facilitation/unsent", &UnsentPage{Reply: text})
}

// answerShare keeps or sends what the viewer wrote under a share.
func (f *Facilitation) answerShare(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	a := &answering{Facilitation: f, e: e, viewer: web.Current(e), form: form, text: strings.TrimSpace(strings.ReplaceAll(form.Get("reply"), "\r\n", "\n"))}
	if web.IsRefused(e) {
		return unsent(e, a.text, a.saves())
	}
	a.share, err = f.written.Find(e.Request.Context(), a.viewer, e.Request.PathValue("share"))
	if errors.Is(err, web.ErrNotFound) {
		return unsent(e, a.text, a.saves())
	}
	if err != nil {
		return err
	}
	switch {
	case a.share.Withdrawn != "":
		return a.back(http.StatusConflict, "")
	case len(a.text) > reflections.MaxReply:
		return a.back(http.StatusUnprocessableEntity, "reply-long")
	case form.Get("do") == doSend && !a.saves():
		return a.send()
	case form.Get("do") == doRest && !a.saves():
		return a.rest()
	default:
		return a.keep()
	}
}

// answering is one form under a share.
type answering struct {
	*Facilitation
	e      *core.RequestEvent
	viewer *web.Viewer
	form   url.Values
	text   string
	share  reflections.Share
	stamp  string // of the draft that was stored
}

func (a *answering) saves() bool { return web.SavesItself(a.form) }

// errMoved says that the thread has gone on since the page was opened.
var errMoved = errors.New("the thread has gone on")

// send sends it, once: whoever presses twice is led where the first press led.
func (a *answering) send() error {
	ctx, now := a.e.Request.Context(), web.Now(a.e)
	after := a.form.Get("after")
	_, _, err := a.sent.once(ctx, idOf("reply", a.viewer.ID, a.share.ID, after, a.text), now, func() (string, error) {
		turns, err := a.written.Turns(ctx, a.share)
		if err != nil {
			return "", err
		}
		if turns != after {
			return "", errMoved
		}
		w, err := a.meet()
		if err != nil {
			return "", err
		}
		return "", a.written.SendWriting(ctx, a.viewer, a.share, w, a.form.Get("talk") != "")
	})
	if err != nil {
		return a.failed(err)
	}
	if err := a.giveBack(a.app, a.share.Reflection, a.viewer.ID, now); err != nil {
		return err
	}
	web.Notify(a.e, "reply-sent")
	return web.SeeOther(a.e, "/facilitate")
}

// keep stores it as a draft.
func (a *answering) keep() error {
	if err := a.draft(); err != nil {
		return a.failed(err)
	}
	if a.saves() {
		return web.Stored(a.e, url.Values{"seen": {a.stamp}})
	}
	switch a.form.Get("do") {
	case doSpeak:
		return web.SeeOther(a.e, a.e.Request.URL.Path+"/voice")
	case doLeave:
		if err := a.giveBack(a.app, a.share.Reflection, a.viewer.ID, web.Now(a.e)); err != nil {
			return err
		}
		web.Notify(a.e, "share-left")
		return web.SeeOther(a.e, "/facilitate")
	}
	web.Notify(a.e, "reply-kept")
	return web.SeeOther(a.e, a.e.Request.URL.Path)
}

// draft stores it. Without words there is none.
func (a *answering) draft() error {
	w, err := a.meet()
	if err == nil {
		a.stamp, err = a.written.SaveWriting(a.e.Request.Context(), a.viewer, a.share, w)
	}
	return err
}

// errLong says that two texts together are more than may be sent.
var errLong = errors.New("more than may be sent")

// meet lets what was typed meet what was saved from another tab since.
func (a *answering) meet() (reflections.Writing, error) {
	w, err := a.written.Meet(a.e.Request.Context(), a.viewer, a.share, a.text, web.TabOf(a.form, ""))
	if err == nil && len(w.Text) > reflections.MaxReply {
		err = errLong
	}
	return w, err
}

// failed says why nothing was done, on the page with all that was typed.
func (a *answering) failed(err error) error {
	var other *reflections.OtherDraft
	switch {
	case errors.As(err, &other):
		return a.ask(other)
	case errors.Is(err, errLong):
		return a.back(http.StatusUnprocessableEntity, "reply-long")
	case errors.Is(err, reflections.ErrEmpty):
		return a.back(http.StatusUnprocessableEntity, "reply-missing")
	case errors.Is(err, errMoved), errors.Is(err, reflections.ErrNotThere):
		return a.back(http.StatusConflict, "reply-moved")
	case reflections.CannotKeep(err):
		return a.back(http.StatusServiceUnavailable, "cannot-be-kept")
	default:
		return err
	}
}

func (a *answering) back(status int, problem string) error {
	t := a.typed()
	if problem != "" {
		t.wrong = []web.FieldError{{Field: "reply", Key: problem, Max: reflections.MaxReply}}
	}
	return a.show(status, t)
}

// ask shows both texts where another tab saved one since, and what to keep.
func (a *answering) ask(other *reflections.OtherDraft) error {
	t := a.typed()
	t.seen, t.other = web.ChoiceDue(other.Stamp), web.OtherText("", web.OtherPart{Said: other.Text})
	t.wrong = []web.FieldError{t.other.Error}
	return a.show(http.StatusConflict, t)
}

func (a *answering) typed() typed {
	return typed{isThere: true, text: a.text, talk: a.form.Get("talk") != "", seen: a.form.Get("seen")}
}

// show gives the page with what was typed. One that saves by itself reads the status
// alone.
func (a *answering) show(status int, t typed) error {
	if a.saves() {
		return a.e.NoContent(status)
	}
	return a.sharePage(a.e, status, t)
}
