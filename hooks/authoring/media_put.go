package authoring

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// mostAround is what a form with a file may be larger than the file, in bytes.
const mostAround = 64 << 10

// refusals are the words for each reason why a file is not taken.
var refusals = map[error]string{
	content.ErrMediaEmpty: "media-empty", content.ErrMediaHuge: "media-huge", content.ErrMediaBroken: "media-broken", content.ErrMediaPhone: "media-phone",
	content.ErrMediaDrawing: "media-drawing", content.ErrMediaDocument: "media-document", content.ErrMediaUnknown: "media-unknown",
}

// putMedia takes a picture or a recording, and leads on to the form that asks what it
// shows. Nothing of it is in the text before that was said.
func (a *Authoring) putMedia(e *core.RequestEvent) error {
	p, err := a.mediaPlace(e)
	if err != nil {
		return err
	}
	form, file, err := web.FormWithLargeFile(e, "file", content.MostMedia+mostAround)
	if errors.Is(err, web.ErrTooLarge) {
		return a.refuseMedia(e, p, &MediaPage{}, "media-large")
	}
	if err != nil {
		return err
	}
	line, _ := strconv.Atoi(form.Get("line"))
	page := &MediaPage{Line: max(0, line), Name: form.Get("name")}
	if file == nil {
		return a.refuseMedia(e, p, page, "media-none")
	}
	added, err := a.content.AddMedia(e.Request.Context(), p.Course, page.Name, file, web.Current(e).ID)
	if why, refused := content.IsRefused(err); refused {
		return a.refuseMedia(e, p, page, refusals[why])
	}
	if err != nil {
		return err
	}
	return web.SeeOther(e, addressOfForm(p, added, page.Line))
}

func (a *Authoring) refuseMedia(e *core.RequestEvent, p Place, page *MediaPage, key string) error {
	page.Errors = []web.FieldError{{Field: "file", Key: key}}
	return a.mediaPage(e, p, http.StatusUnprocessableEntity, page)
}

// deleteMedia deletes a file that nothing shows, for whoever put it in.
func (a *Authoring) deleteMedia(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	p, err := a.mediaPlace(e)
	if err != nil {
		return err
	}
	head, err := a.head(e.Request.Context(), p.Draft)
	if err != nil {
		return err
	}
	rows, err := a.mediaRows(e.Request.Context(), p, head.Text, web.Current(e).ID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row.ID != e.Request.PathValue("media") {
			continue
		}
		if !row.Mine {
			web.Notify(e, "media-used")
			return web.SeeOther(e, p.Address()+"/media")
		}
		if err := a.removeMedia(e, p, row); err != nil {
			return err
		}
		web.Notify(e, "media-deleted")
		return web.SeeOther(e, p.Address()+"/media")
	}
	return web.ErrNotFound
}

func (a *Authoring) removeMedia(e *core.RequestEvent, p Place, row MediaRow) error {
	return a.app.RunInTransaction(func(tx core.App) error {
		if used, err := a.isWritten(e.Request.Context(), tx.DB(), p.Course.ID, row.Path); err != nil || used {
			return err
		}
		words, err := a.wordsOf(e.Request.Context(), tx, p.Course.ID, row.Path)
		if err != nil {
			return err
		}
		return a.content.RemoveMedia(tx, p.Course.ID, append(words, row.Path)...)
	})
}

// wordsOf are the transcripts that texts gave a recording while they were written, and
// that nothing has any more that is live or written on.
func (a *Authoring) wordsOf(ctx context.Context, tx core.App, course, recording string) (words []string, err error) {
	err = a.eachState(ctx, tx, course, func(row stateRow) error {
		if strings.Contains(row.Text, recording) {
			src := row.source()
			words = append(words, transcriptsIn(compiledAt(src))[recording]...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return a.notNamed(ctx, tx, course, words)
}
