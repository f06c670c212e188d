package authoring

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// MediaPage is `/write/{course}/{module}/media`, "authoring/media": the pictures and
// recordings of a course, and a form for one more. It posts file and name to the same
// address, with line, where in the text the next form puts it.
type MediaPage struct {
	web.Base
	Head
	Line   int // of the text, from 1; 0 for its end
	Name   string
	MostMB int
	Files  []MediaRow
	Errors []web.FieldError
}

// A MediaRow is a picture or a recording of a course, as those who write see it.
type MediaRow struct {
	content.Media
	Texts  []UsedIn
	InText bool // the text that is written here has it
	Mine   bool // the viewer put it in, and no text that is live or written on has it
	Said   bool // the text has its words beside it
}

// UsedIn is a text that learners read now, which shows a file.
type UsedIn struct{ Title, Lang string }

// Name is what its file is called.
func (r MediaRow) Name() string { return path.Base(r.Path) }

// media are the files of a text's course, with what uses them. text is what the draft
// reads now.
func (a *Authoring) mediaRows(ctx context.Context, p Place, text, viewer string) ([]MediaRow, error) {
	all, err := a.content.Media(ctx, p.Course.ID)
	if err != nil {
		return nil, err
	}
	live, err := a.content.LiveTexts(ctx, p.Course)
	if err != nil {
		return nil, err
	}
	uses := map[string][]UsedIn{}
	for _, one := range live {
		title := courses.Compile(sourceOf(one)).Title
		for _, file := range courses.FilesIn(sourceOf(one)) {
			uses[file] = append(uses[file], UsedIn{title, p.Course.Language})
		}
	}
	here := courses.FilesIn(sourceOf(p.Text(text)))
	words := transcriptsIn(compiledAt(sourceOf(p.Text(text))))
	rows := make([]MediaRow, len(all))
	for i, one := range all {
		rows[i] = MediaRow{Media: one, Texts: uses[one.Path], InText: slices.Contains(here, one.Path), Said: len(words[one.Path]) > 0}
		if rows[i].Mine, err = a.mayDelete(ctx, a.app.ConcurrentDB(), p.Course.ID, rows[i], viewer); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// mayDelete reports whether somebody may delete a file: they put it in, and nothing that
// is live or written on shows it. Former texts then lack it.
func (a *Authoring) mayDelete(ctx context.Context, db dbx.Builder, course string, file MediaRow, viewer string) (bool, error) {
	if !file.Here || file.By != viewer || len(file.Texts) > 0 || file.InText {
		return false, nil
	}
	used, err := a.isWritten(ctx, db, course, file.Path)
	return !used, err
}

// isWritten reports whether a text of a course that somebody writes on now names a file.
func (a *Authoring) isWritten(ctx context.Context, db dbx.Builder, course, file string) (is bool, err error) {
	err = db.NewQuery(`SELECT EXISTS (SELECT 1 FROM drafts d JOIN draft_states s ON s.draft = d.id AND s.number = d.head
			WHERE d.course = {:course} AND ` + atWork + ` AND INSTR(s.text, {:path}) > 0)`).
		Bind(dbx.Params{"course": course, "path": file}).WithContext(ctx).Row(&is)
	if err != nil {
		return false, fmt.Errorf("who writes with %s: %w", file, err)
	}
	return is, nil
}

// compiledAt compiles a text so that its recordings keep the paths of their files.
func compiledAt(src courses.Source) *courses.Module {
	src.Resolve = func(dest string) (string, bool) {
		file, _ := courses.Target(src.Path, dest)
		return file, true
	}
	return courses.Compile(src)
}

// transcriptsIn are the paths of the transcripts of each recording in a text, by the
// recording's.
func transcriptsIn(m *courses.Module) map[string][]string {
	found := map[string][]string{}
	var walk func(parts []courses.Part)
	walk = func(parts []courses.Part) {
		for _, part := range parts {
			if media := part.Media; media != nil && media.Transcript != "" && !slices.Contains(found[media.Src], media.Transcript) {
				found[media.Src] = append(found[media.Src], media.Transcript)
			}
			walk(part.Parts)
		}
	}
	for _, step := range m.Steps {
		walk(step.Parts)
	}
	return found
}

// mediaPlace is a module that the viewer writes on; web.ErrNotFound for anything else.
func (a *Authoring) mediaPlace(e *core.RequestEvent) (Place, error) {
	p, err := a.writePlace(e)
	if err == nil && p.Draft.Kind != string(courses.FileModule) {
		return p, web.ErrNotFound
	}
	return p, err
}

func (a *Authoring) showMedia(e *core.RequestEvent) error {
	p, err := a.mediaPlace(e)
	if err != nil {
		return err
	}
	line, _ := strconv.Atoi(e.Request.URL.Query().Get("line"))
	return a.mediaPage(e, p, http.StatusOK, &MediaPage{Line: max(0, line)})
}

func (a *Authoring) mediaPage(e *core.RequestEvent, p Place, status int, page *MediaPage) error {
	head, err := a.head(e.Request.Context(), p.Draft)
	if err != nil {
		return err
	}
	page.Head, page.MostMB = headOf(p), content.MostMedia>>20
	if page.Files, err = a.mediaRows(e.Request.Context(), p, head.Text, web.Current(e).ID); err != nil {
		return err
	}
	return web.Show(e, status, "authoring/media", page)
}

// addressOfForm is where a file is put into the text: the form for what it is, with the
// file chosen.
func addressOfForm(p Place, file content.Media, line int) string {
	kind := courses.Audio
	switch {
	case file.IsPicture():
		kind = courses.Figure
	case file.HasFilm():
		kind = courses.Video
	}
	return formFor(p.Address(), kind, file.Path, line)
}

func formFor(address string, kind courses.Kind, file string, line int) string {
	to := address + "/add/" + string(kind) + "?src=" + strings.ReplaceAll(file, "/", "%2F")
	if line > 0 {
		to += "&line=" + strconv.Itoa(line)
	}
	return to
}
