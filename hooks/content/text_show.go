package content

import (
	"net/http"
	"strings"

	"alongside/courses"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// TextPage is a text of a course that is no module: what a recording says, a
// sheet to print.
type TextPage struct {
	web.Base
	Title       string
	ContentLang string
	ContentDir  string
	Text        string // safe HTML
	Course      string // title of the course that it belongs to
	CourseLang  string // of that title
	Address     string // of that course
}

const textSQL = `SELECT r.course, r.path, r.text, r.language, r.hashes, r.state = 'draft' AS waits, c.slug, c.title, c.language AS spoken, c.public FROM revisions r JOIN courses c ON c.id = r.course
	WHERE r.id = {:id} AND r.kind = 'media' AND r.state IN ('live', 'replaced', 'draft')`

// showText is the page of such a text. Its address names the revision, so it
// stays what it was for whoever kept the address.
func (c *Content) showText(e *core.RequestEvent) error {
	var rows []struct {
		Course   string `db:"course"`
		Path     string `db:"path"`
		Text     string `db:"text"`
		Language string `db:"language"`
		Hashes   bool   `db:"hashes"`
		Waits    bool   `db:"waits"`
		Slug     string `db:"slug"`
		Title    string `db:"title"`
		Spoken   string `db:"spoken"`
		Public   bool   `db:"public"`
	}
	err := c.app.ConcurrentDB().NewQuery(textSQL).Bind(dbx.Params{"id": e.Request.PathValue("hash")}).
		WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return err
	}
	viewer := web.Current(e)
	if len(rows) == 0 || !rows[0].Public && viewer == nil || rows[0].Waits && !c.readsWaiting(e, rows[0].Course, rows[0].Path) {
		return web.ErrNotFound
	}
	row := rows[0]
	module := courses.Compile(courses.Source{Path: row.Path, Lang: row.Language, Text: []byte(row.Text), HashesInFences: row.Hashes})
	return web.Show(e, http.StatusOK, "content/text", &TextPage{
		Title: module.Title, ContentLang: row.Language, ContentDir: templates.Direction(row.Language),
		Text:   courses.Page(courses.Source{Path: row.Path, Lang: row.Language, Text: []byte(row.Text), HashesInFences: row.Hashes}),
		Course: row.Title, CourseLang: row.Spoken, Address: CourseAddress(row.Slug),
	})
}

// isTextName reports whether an address below /media is that of a text.
func isTextName(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".md") }
