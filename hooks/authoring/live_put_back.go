package authoring

import (
	"errors"
	"net/http"
	"strings"
	"unicode/utf8"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// putBack makes the text before live again, as a revision of its own: what learners
// answered in either is read through both. It says why, and is done once for the text
// that its page showed.
func (a *Authoring) putBack(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.carePlace(e)
	if err != nil {
		return err
	}
	if form.Get("revision") != p.Live.Revision {
		return web.SeeOther(e, careAddress(p)) // done already, or another text is live: look again
	}
	ctx, by := e.Request.Context(), web.Current(e).ID
	page := &LivePage{Why: strings.TrimSpace(form.Get("why"))}
	if n := utf8.RuneCountInString(page.Why); n == 0 || n > whyMost {
		page.Errors = []web.FieldError{{Field: "why", Key: "put-back-why", Max: whyMost}}
		return a.livePage(e, p, http.StatusUnprocessableEntity, page)
	}
	may, err := a.hasBefore(ctx, p)
	if err != nil {
		return err
	}
	if !may {
		return web.ErrNotFound
	}
	before, err := a.content.Before(ctx, p.Live)
	if err != nil {
		return err
	}
	t, revision := p.Live, ""
	t.Path, t.Text = before.Path, before.Text
	err = a.content.Publish(ctx, t, func(tx core.App) (string, error) {
		live, err := a.content.IsLive(ctx, tx, p.Live.Revision)
		if err != nil {
			return "", err
		}
		if !live {
			return "", errTakenBack
		}
		revision, err = a.content.AddRevision(tx, t, by, page.Why)
		return revision, err
	}, func(tx core.App) error {
		if err := a.noteReviewed(tx, p.Course.ID); err != nil {
			return err
		}
		return a.audit.Record(tx, audit.Act{Kind: audit.PutBack, Actor: by, Programme: p.Course.Programme, Item: revision})
	})
	switch {
	case errors.Is(err, errTakenBack):
		return web.SeeOther(e, careAddress(p))
	case errors.Is(err, content.ErrProblems), errors.Is(err, content.ErrMoved):
		page.Errors = []web.FieldError{{Field: "main", Key: "text-not-yet"}}
		return a.livePage(e, p, http.StatusConflict, page)
	case err != nil:
		return err
	}
	web.Notify(e, "text-put-back")
	return web.SeeOther(e, careAddress(p))
}

// whyMost is how long the reason may be, in letters.
const whyMost = 1000
