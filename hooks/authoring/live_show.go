package authoring

import (
	"context"
	"errors"
	"net/http"
	"time"

	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// LivePage is `/course-settings/{course}/{module}`, "authoring/live": a text for those
// who care for its course. What others have signed off can be made live, and a live
// text can be put back to the one before, or taken off. Its forms carry the live
// revision that they were shown for.
type LivePage struct {
	web.Base
	Head
	CareAt     string // address of this page
	SettingsAt string // of its course's settings
	Revision   string // the live one; "" where none is
	Going      Going
	Asked      bool   // others were asked to read a version
	ReviewAt   string // where
	Heard      bool   // nobody who wrote it is there: those who care for the course read what learners say
	Before     bool   // there is a text before it, and it is not too long ago
	Why        string
	Errors     []web.FieldError
}

func careAddress(p Place) string { return "/course-settings/" + p.Course.Slug + "/" + p.Name }

// carePlace is a text that is live, or that others were asked to read.
func (a *Authoring) carePlace(e *core.RequestEvent) (Place, error) {
	p, err := a.placeFor(e, people.Caring)
	if err == nil && p.Live.Revision == "" && (p.Draft == nil || p.Draft.State == Open) {
		return p, web.ErrNotFound
	}
	return p, err
}

func (a *Authoring) showLive(e *core.RequestEvent) error {
	p, err := a.carePlace(e)
	if err != nil {
		return err
	}
	return a.livePage(e, p, http.StatusOK, &LivePage{})
}

func (a *Authoring) livePage(e *core.RequestEvent, p Place, status int, page *LivePage) error {
	ctx := e.Request.Context()
	page.Asked = p.Draft != nil && p.Draft.State != Open
	page.CareAt, page.SettingsAt = careAddress(p), "/course-settings/"+p.Course.Slug
	page.ReviewAt, page.Revision = p.ReviewAddress(), p.Live.Revision
	going, err := a.going(ctx, p)
	if err != nil {
		return err
	}
	going.At, going.Typed, going.Errors = page.CareAt, page.Going.Typed, page.Going.Errors
	page.Going, page.Errors = going, append(page.Errors, going.Errors...)
	shown := p
	if !page.Asked {
		shown.Draft = nil // what nobody was asked to read is its writer's
	}
	page.Head = headOf(shown)
	if page.Heard, err = a.heardByCarers(ctx, p); err != nil {
		return err
	}
	if page.Before, err = a.hasBefore(ctx, p); err != nil {
		return err
	}
	return web.Show(e, status, "authoring/live", page)
}

// undoFor is how long a text can be put back to the one before.
const undoFor = 30 * 24 * time.Hour

func (a *Authoring) hasBefore(ctx context.Context, p Place) (bool, error) {
	if p.Live.Revision == "" {
		return false, nil
	}
	before, err := a.content.Before(ctx, p.Live)
	if errors.Is(err, content.ErrNoText) {
		return false, nil
	}
	return err == nil && before.Since > stamp(a.now().Add(-undoFor)), err
}
