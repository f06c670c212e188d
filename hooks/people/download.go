package people

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// download gives somebody all that is kept of them, once they have given their
// own secret again: a phone left open on a table must not be enough.
func (k *Keeping) download(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	right, wait, err := k.proofs.Prove(e, form.Get("secret"))
	if err != nil {
		return err
	}
	if wait > 0 {
		return k.showMyData(e, http.StatusTooManyRequests, &MyDataPage{Wait: wait})
	}
	if !right {
		return k.showMyData(e, http.StatusUnprocessableEntity, &MyDataPage{Errors: []web.FieldError{{Field: "secret", Key: "secret-wrong"}}})
	}
	viewer := web.Current(e)
	if err := k.audit.Record(k.app, audit.Act{Kind: audit.DataDownloaded, Actor: viewer.ID, Subject: viewer.ID}); err != nil {
		return err
	}
	lang, dir := web.Language(e)
	page := DownloadPage{
		Lang: lang, Dir: dir, Site: web.SiteOf(e).Name, Username: viewer.Username, Made: k.now().UTC().Format(time.RFC3339), Closed: viewer.Closed,
	}
	if page.Held, err = k.heldFor(e.Request.Context(), viewer); err != nil {
		return err
	}
	h := e.Response.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", `attachment; filename="my-data-`+page.Made[:len(time.DateOnly)]+`.zip"`)
	return k.writeZip(e.Request.Context(), e.Response, viewer, page)
}

// DownloadPage is index.html of a download, "people/download": its head, then
// item after item, then its foot, so that it is never whole in memory.
type DownloadPage struct {
	Lang, Dir string
	Site      string
	Username  string
	Made      string // RFC 3339
	Closed    bool   // what is kept only for them is closed now, and left out
	Held      []Holding
}

// writeZip tells everything twice, once for people and once for machines. What
// was begun and fails leaves a file that no program takes for a whole one.
func (k *Keeping) writeZip(ctx context.Context, w io.Writer, viewer *web.Viewer, page DownloadPage) error {
	archive := zip.NewWriter(w)
	parts := []struct {
		name  string
		write func(io.Writer) error
	}{
		{"index.html", func(w io.Writer) error { return k.writeHTML(ctx, w, viewer, page) }},
		{"style.css", func(w io.Writer) error { _, err := w.Write(templates.DownloadStyle()); return err }},
		{"data.json", func(w io.Writer) error { return k.writeJSON(ctx, w, viewer, page) }},
	}
	for _, part := range parts {
		file, err := archive.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: k.now()})
		if err != nil {
			return fmt.Errorf("download, %s: %w", part.name, err)
		}
		if err := part.write(file); err != nil {
			return fmt.Errorf("download, %s: %w", part.name, err)
		}
	}
	if err := k.writeFiles(ctx, archive, viewer); err != nil {
		return err
	}
	return archive.Close()
}

// tellAll gives every item of every room.
func (k *Keeping) tellAll(ctx context.Context, viewer *web.Viewer, item func(Item) error) error {
	for _, keeper := range k.keepers {
		if err := keeper.Tell(ctx, Telling{Viewer: viewer, Item: item}); err != nil {
			return err
		}
	}
	return nil
}
