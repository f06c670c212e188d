package web

import (
	"bytes"
	"net/http"

	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// A Shared page reads the same for everybody but for a few values: who is
// signed in, when their session ends, the mark of their forms, and what the
// handler names. It is rendered
// once, with holes in place of these, and then only filled.
//
// What is rendered never sees the viewer, so nothing of a person can be kept in
// it and shown to the next.
type Shared struct {
	Name string // of the template, as for Show
	Key  any    // comparable: whatever Page depends on
	// Page makes the page for the first who asks. It shows Own[i] as
	// templates.Hole(FirstOwn + i).
	Page func() (Page, error)
	Own  []string // safe HTML: the viewer's own parts, in their places
	// Keep gives what is kept under a key, or makes and keeps it.
	Keep func(key any, make func() (any, error)) (any, error)
}

// The holes of a shared page. Those of its handler begin at FirstOwn.
const (
	holeName = iota
	holeIdleEnds
	holeWhose
	FirstOwn
)

// sharedKey is all that the frame of a page depends on.
type sharedKey struct {
	page     any
	base     Base // without a person's own
	signedIn bool
	warns    bool
}

// ShowShared shows a shared page.
func ShowShared(e *core.RequestEvent, s Shared) error {
	var base Base
	fill(e, &base)
	values := make([]string, FirstOwn, FirstOwn+len(s.Own))
	if base.Viewer != nil {
		values[holeName] = templates.EscapeText(base.Viewer.Called())
	}
	values[holeIdleEnds], values[holeWhose] = base.IdleEnds, base.Whose
	key := sharedKey{page: s.Key, signedIn: base.Viewer != nil, warns: base.IdleEnds != ""}
	base.Viewer, base.IdleEnds, base.Whose = nil, "", ""
	key.base = base
	stencil, err := s.Keep(key, func() (any, error) { return s.stencil(key) })
	if err != nil {
		return err
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := stencil.(*templates.Stencil).Fill(buf, append(values, s.Own...)...); err != nil {
		return err
	}
	return write(e, http.StatusOK, buf.Bytes())
}

// stencil renders the page for nobody in particular.
func (s Shared) stencil(key sharedKey) (*templates.Stencil, error) {
	page, err := s.Page()
	if err != nil {
		return nil, err
	}
	base := page.base()
	*base = key.base
	if key.signedIn {
		base.Viewer, base.Whose = &Viewer{Name: templates.Hole(holeName)}, templates.Hole(holeWhose)
	}
	if key.warns {
		base.IdleEnds = templates.Hole(holeIdleEnds)
	}
	var out bytes.Buffer
	if err := templates.Render(&out, base.Lang, s.Name, templates.Whole, page); err != nil {
		return nil, err
	}
	return templates.NewStencil(out.String()), nil
}
