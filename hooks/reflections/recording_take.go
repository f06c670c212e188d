package reflections

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// mostOfForm bounds a form with a recording, in bytes.
const mostOfForm = 6 << 20

// longestSaid bounds what a page says of how long a recording is, in seconds.
const longestSaid = 3600

// showVoice is the page of a place to speak.
func (r *Room) showVoice(find finder) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		v, err := find.find(e)
		if err != nil {
			return err
		}
		return r.voicePage(e, v, http.StatusOK, "")
	}
}

// voicePage shows a place, with what is kept there, and what to put right.
func (r *Room) voicePage(e *core.RequestEvent, v *voice, status int, problem string) error {
	page := v.page
	page.Longest, page.Most = int(LongestTake.Seconds()), mostOfForm>>20
	page.Again = page.Action()
	var err error
	if page.Heard, err = r.heardAt(e.Request.Context(), web.Current(e), v.on); err != nil {
		return err
	}
	if !page.Reply && page.Heard != nil {
		if page.Shared, err = r.othersHear(e.Request.Context(), v.on.id); err != nil {
			return err
		}
	}
	if problem != "" {
		page.Errors = []web.FieldError{{Field: "sound", Key: problem, Max: page.Most}}
	}
	web.LetRecord(e)
	return web.Show(e, status, "reflections/voice", &page)
}

// keepVoice keeps what somebody said. What was kept there before is there until the
// new one is stored, and stays where it is not.
func (r *Room) keepVoice(find finder) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		v, err := find.find(e)
		if err != nil {
			return err
		}
		leave, ok := r.turns.take(e.Request.Context(), web.Current(e).ID)
		if !ok {
			return r.voicePage(e, v, http.StatusServiceUnavailable, "voice-busy")
		}
		defer leave()
		form, file, err := web.FormWithLargeFile(e, "sound", mostOfForm)
		if err == nil {
			err = r.keep(e, v, form, file)
		}
		if problem, status := problemWithSound(err); problem != "" {
			if errors.Is(err, errNotKept) {
				r.app.Logger().Error("keep a recording", "error", err)
			}
			return r.voicePage(e, v, status, problem)
		}
		if err != nil {
			return err
		}
		if file != nil {
			web.Notify(e, "voice-kept")
		}
		return web.GoTo(e, v.page.Action())
	}
}

// Why nothing was kept, besides the errors of what a sound is.
var (
	errNothingChosen = errors.New("no file was chosen")
	errMustStay      = errors.New("what is kept there is closed")
	errNotKept       = errors.New("the recording could not be stored")
)

// keep stores a recording, and what belongs beside it. A thread's form may bring no
// recording yet: then what was typed is kept, and its sender comes to speak.
func (r *Room) keep(e *core.RequestEvent, v *voice, form url.Values, file []byte) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	if file == nil && !form.Has("reply") {
		return errNothingChosen
	}
	kept, err := r.heardAt(ctx, viewer, v.on)
	if err != nil {
		return err
	}
	if file != nil && kept != nil && kept.mustStay(viewer) {
		return errMustStay
	}
	beside, err := v.with(form)
	if err != nil {
		return err
	}
	if file == nil {
		return r.app.RunInTransaction(func(tx core.App) error { return beside(tx) })
	}
	kind, err := kindOfSound(file)
	if err != nil {
		return err
	}
	t, err := r.prepareTake(v.on, viewer.ID, sound{Type: kind, Seconds: secondsSaid(form), Under: v.under, data: file})
	if err != nil {
		return notKept(err)
	}
	defer r.dropTake(t)
	return notKept(r.app.RunInTransaction(func(tx core.App) error {
		if err := beside(tx); err != nil {
			return err
		}
		return r.storeTake(tx, t)
	}))
}

// notKept tells what the disk does, which may be full, from what we say ourselves.
func notKept(err error) error {
	var fault *web.Fault
	if err == nil || errors.Is(err, vault.ErrNoKey) || errors.Is(err, ErrNotThere) || errors.As(err, &fault) {
		return err
	}
	return errors.Join(errNotKept, err)
}

// secondsSaid is how long the page that recorded says that it took. Nothing but
// what a page shows depends on it.
func secondsSaid(form url.Values) int {
	n, err := strconv.Atoi(form.Get("seconds"))
	if err != nil || n < 0 || n > longestSaid {
		return 0
	}
	return n
}

// problemWithSound has the words of whatever can be put right, or waited for, on
// the page; "" for all else.
func problemWithSound(err error) (key string, status int) {
	switch {
	case err == nil:
		return "", 0
	case errors.Is(err, errNothingChosen):
		return "voice-missing", http.StatusUnprocessableEntity
	case errors.Is(err, errNoSound):
		return "voice-kind", http.StatusUnprocessableEntity
	case errors.Is(err, errHasVideo):
		return "voice-video", http.StatusUnprocessableEntity
	case errors.Is(err, web.ErrTooLarge):
		return "voice-large", http.StatusRequestEntityTooLarge
	case errors.Is(err, vault.ErrNoKey), errors.Is(err, vault.ErrTampered):
		return "voice-no-key", http.StatusServiceUnavailable
	case errors.Is(err, errMustStay), errors.Is(err, ErrShut):
		return "voice-shut", http.StatusConflict
	case errors.Is(err, ErrNotThere):
		return "voice-moved", http.StatusConflict
	case errors.Is(err, errNotKept):
		return "voice-not-kept", http.StatusInsufficientStorage
	}
	if fault := (*web.Fault)(nil); errors.As(err, &fault) && fault.Key == web.ErrBadForm.Key {
		return "voice-cut", http.StatusBadRequest
	}
	return "", 0
}

// deleteVoice deletes what was said, so that it can be said again.
func (r *Room) deleteVoice(find finder) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		if _, err := web.Form(e); err != nil {
			return err
		}
		v, err := find.find(e)
		if err != nil {
			return err
		}
		kept, err := r.heardAt(e.Request.Context(), web.Current(e), v.on)
		if err != nil {
			return err
		}
		if kept == nil {
			return web.GoTo(e, v.page.Action()) // deleted already
		}
		if kept.mustStay(web.Current(e)) {
			return r.voicePage(e, v, http.StatusConflict, "voice-shut")
		}
		err = r.app.RunInTransaction(func(tx core.App) error {
			if err := v.gone(tx); err != nil {
				return err
			}
			return r.clearStand(tx, v.on.column, v.on.id)
		})
		if err != nil {
			return err
		}
		web.Notify(e, "voice-deleted")
		return web.GoTo(e, v.page.Action())
	}
}
