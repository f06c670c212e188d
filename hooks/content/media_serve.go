package content

import (
	"fmt"
	"net/http"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// one that was put in here and that no text has ever shown is for those who write
const mediaByHashSQL = `SELECT d.id, d.course, d.path, d.type, d.served, d.original, c.public, d.here AND NOT ` + namedLive + ` AS waits
	FROM media d JOIN courses c ON c.id = d.course WHERE d.hash = {:hash} ORDER BY waits, c.public DESC LIMIT 1`

// serveMedia is `/media/{hash}/{name}`: the name is for people, the hash finds
// the file. A picture or recording never changes under its address.
func (c *Content) serveMedia(e *core.RequestEvent) error {
	if isTextName(e.Request.PathValue("name")) {
		return c.showText(e)
	}
	var row struct {
		ID       string `db:"id"`
		Course   string `db:"course"`
		Path     string `db:"path"`
		Type     string `db:"type"`
		Served   string `db:"served"`
		Original string `db:"original"`
		Public   bool   `db:"public"`
		Waits    bool   `db:"waits"`
	}
	err := e.App.ConcurrentDB().NewQuery(mediaByHashSQL).Bind(dbx.Params{"hash": e.Request.PathValue("hash")}).
		WithContext(e.Request.Context()).One(&row)
	viewer := web.Current(e)
	if err != nil || !row.Public && viewer == nil || row.Waits && !c.readsWaiting(e, row.Course, row.Path) {
		return web.ErrNotFound
	}
	name := row.Served
	if name == "" {
		name = row.Original
	}
	return c.sendFile(e, row.ID, name, row.Type)
}

// readsWaiting reports whether whoever asks is of those who write and read what is not
// live, or tells the story that shows the file.
func (c *Content) readsWaiting(e *core.RequestEvent, course, path string) bool {
	viewer := web.Current(e)
	if people.May(viewer, people.Writing) || people.May(viewer, people.Reviewing) {
		return true
	}
	if viewer == nil || c.tells == nil {
		return false
	}
	tells, err := c.tells(e.Request.Context(), viewer.ID, course, path)
	return err == nil && tells
}

// sendFile sends a stored file so that no browser makes more of it than a
// picture or a sound: an SVG is sandboxed and loads nothing.
func (c *Content) sendFile(e *core.RequestEvent, id, name, kind string) error {
	collection, err := e.App.FindCachedCollectionByNameOrId("media")
	if err != nil {
		return err
	}
	files, err := e.App.NewFilesystem()
	if err != nil {
		return fmt.Errorf("open the file store: %w", err)
	}
	defer files.Close()
	reader, err := files.GetReader(collection.Id + "/" + id + "/" + name)
	if err != nil {
		return web.ErrNotFound
	}
	defer reader.Close()
	h := e.Response.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	http.ServeContent(e.Response, e.Request, "", reader.ModTime(), reader)
	return nil
}
