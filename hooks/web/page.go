package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"sync"

	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// Base is what every page needs and no handler fills: Show does. Page structs
// embed it and stand beside their handlers.
type Base struct {
	Lang     string // of the interface, BCP 47
	Dir      string // "ltr" or "rtl"
	Path     string // of this page, without its query
	Again    string // what leads to this page again; "" where its path does
	Viewer   *Viewer
	Ways     Ways // which parts of the house the navigation shows
	Site     *Site
	Whose    string // what marks this page's forms as the viewer's; "" for a guest
	Notice   string // locale key of what just happened, shown once; "" for none
	IdleEnds string // Unix seconds at which this session ends if nothing happens; "" where no warning is due
}

func (b *Base) base() *Base { return b }

// A Page is a page struct: anything that embeds Base.
type Page interface{ base() *Base }

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Show renders a page whole before the first byte leaves, so that an error in
// a template is an error page and never half a page.
func Show(e *core.RequestEvent, status int, name string, page Page) error {
	return show(e, status, name, templates.Whole, page)
}

// ShowFragment renders one named part of a page: what htmx asked for.
func ShowFragment(e *core.RequestEvent, status int, name, fragment string, page Page) error {
	return show(e, status, name, fragment, page)
}

func show(e *core.RequestEvent, status int, name, fragment string, page Page) error {
	fill(e, page.base())
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := templates.Render(buf, page.base().Lang, name, fragment, page); err != nil {
		return err
	}
	if kept := waiting(e); kept != nil && status == http.StatusOK && fragment == templates.Whole {
		return writeRefilled(e, buf.Bytes(), page.base(), kept)
	}
	return write(e, status, buf.Bytes())
}

// writeRefilled sends a page with what was typed on it before somebody was signed
// out.
func writeRefilled(e *core.RequestEvent, page []byte, base *Base, kept url.Values) error {
	var refilled bytes.Buffer
	words := refillWords{here: templates.Say(base.Lang, "form-kept", nil), gone: templates.Say(base.Lang, "form-kept.gone", nil)}
	if err := refill(&refilled, page, base.Path, kept, words); err != nil {
		return err
	}
	return write(e, http.StatusOK, refilled.Bytes())
}

func write(e *core.RequestEvent, status int, body []byte) error {
	h := e.Response.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	e.Response.WriteHeader(status)
	_, err := e.Response.Write(body)
	return err
}

// fill gives a page what the request knows.
func fill(e *core.RequestEvent, b *Base) {
	b.Viewer = Current(e)
	b.Ways = groundOf(e).ways(b.Viewer)
	b.Whose = b.Viewer.Mark()
	b.Site = SiteOf(e)
	b.Path = pathOf(e)
	b.Lang, b.Dir = Language(e)
	if b.Notice == "" {
		b.Notice = takeNotice(e)
	}
	if b.Viewer != nil && !b.Viewer.OwnDevice {
		b.IdleEnds = strconv.FormatInt(b.Viewer.IdleEnd.Unix(), 10)
	}
}

// IsFragment reports whether htmx asks, and so wants a fragment and not a page.
func IsFragment(e *core.RequestEvent) bool {
	return e.Request.Header.Get("HX-Request") == "true"
}

// SeeOther sends the browser on with a GET: the end of every write that worked.
func SeeOther(e *core.RequestEvent, address string) error {
	return e.Redirect(http.StatusSeeOther, address)
}
