package facilitation

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Note is what somebody thinks of their own practice, after Gibbs.
type Note struct {
	What string `json:"what,omitempty"` // happened
	Felt string `json:"felt,omitempty"`
	Make string `json:"make,omitempty"` // of it
	Next string `json:"next,omitempty"`
}

// mostOfNote bounds each part of a note, in bytes.
const mostOfNote = 20_000

func (n Note) isEmpty() bool { return n == Note{} }

// First is how a note begins, for a list.
func (n Note) First() string {
	text := []rune(cmp.Or(n.What, n.Felt, n.Make, n.Next))
	if len(text) > 90 {
		return string(text[:90]) + "…"
	}
	return string(text)
}

// A noteRow is a row of `practice_notes`.
type noteRow struct {
	ID     string `db:"id"`
	Sealed string `db:"sealed"`
	At     string `db:"at"`
}

// noteOf reads a note of the viewer's own.
func (p *Practice) noteOf(ctx context.Context, owner, id string) (row noteRow, note Note, lock reflections.Lock, err error) {
	err = p.app.ConcurrentDB().NewQuery("SELECT id, sealed, at FROM practice_notes WHERE id = {:id} AND owner = {:owner}").
		Bind(dbx.Params{"id": id, "owner": owner}).WithContext(ctx).One(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return row, note, lock, web.ErrNotFound
	}
	if err != nil {
		return row, note, lock, fmt.Errorf("read practice note %s: %w", id, err)
	}
	lock, err = p.open(owner, placeOfNote(row.ID), row.Sealed, &note)
	return row, note, lock, err
}

func (p *Practice) showNoteNew(e *core.RequestEvent) error {
	return web.Show(e, http.StatusOK, "facilitation/practice-note", &NotePage{Address: e.Request.URL.Path, Key: core.GenerateDefaultRandomId()})
}

func (p *Practice) showNote(e *core.RequestEvent) error {
	row, note, lock, err := p.noteOf(e.Request.Context(), web.Current(e).ID, e.Request.PathValue("note"))
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "facilitation/practice-note", notePage(row, note, lock))
}

func notePage(row noteRow, note Note, lock reflections.Lock) *NotePage {
	return &NotePage{
		Address: "/facilitate/practice/notes/" + row.ID, Note: note, Lock: lock,
		At: day(row.At), Seen: reflections.Stamp(row.Sealed), There: true,
	}
}

// addNote keeps a new note. The form carries a key of its own, so that one that is
// sent twice makes one note.
func (p *Practice) addNote(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page := &NotePage{Address: e.Request.URL.Path, Key: cmp.Or(form.Get("key"), core.GenerateDefaultRandomId())}
	page.take(form)
	if page.Errors == nil {
		id := idOf("practice note", web.Current(e).ID, page.Key)
		err = p.storeNote(e, id, page.Note, "")
		if errors.Is(err, errOlder) {
			page, err = p.meetNote(e, id, page.Note)
		}
	}
	return p.afterNote(e, page, err)
}

// meetNote is for a form that was sent before. With the same words it is done; with
// others the page has both, and saves over the note that is there.
func (p *Practice) meetNote(e *core.RequestEvent, id string, typed Note) (*NotePage, error) {
	row, stored, lock, err := p.noteOf(e.Request.Context(), web.Current(e).ID, id)
	page := notePage(row, typed, reflections.Unlocked)
	switch {
	case err != nil:
		return page, err
	case lock != reflections.Unlocked:
		return page, vault.ErrNoKey
	case stored == typed:
		return page, nil
	}
	page.Other = &stored
	return page, errOlder
}

// changeNote writes over a note, unless it was changed elsewhere meanwhile.
func (p *Practice) changeNote(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	row, note, lock, err := p.noteOf(e.Request.Context(), web.Current(e).ID, e.Request.PathValue("note"))
	if err != nil {
		return err
	}
	page := notePage(row, note, lock)
	page.Lock = reflections.Unlocked // what was typed comes back, whatever is there
	page.take(form)
	if page.Errors == nil && lock != reflections.Unlocked {
		err = vault.ErrNoKey
	} else if page.Errors == nil {
		err = p.storeNote(e, row.ID, page.Note, form.Get("seen"))
	}
	if errors.Is(err, errOlder) {
		page.Other = &note
	}
	return p.afterNote(e, page, err)
}

func (page *NotePage) take(form url.Values) {
	page.Note = Note{What: tidy(form.Get("what")), Felt: tidy(form.Get("felt")), Make: tidy(form.Get("make")), Next: tidy(form.Get("next"))}
	if page.isEmpty() {
		page.Errors = append(page.Errors, web.FieldError{Field: "what", Key: "note-empty"})
	}
	for _, part := range page.Parts() {
		if len(part.Text) > mostOfNote {
			page.Errors = append(page.Errors, web.FieldError{Field: part.Name, Key: "note-long"})
		}
	}
}

const noteSQL = `INSERT INTO practice_notes (id, owner, sealed, at, created, updated) VALUES ({:id}, {:owner}, {:sealed}, {:now}, {:now}, {:now})
	ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, updated = excluded.updated
	WHERE owner = {:owner} AND {:seen} != '' AND substr(practice_notes.sealed, -length({:seen})) = {:seen}`

func (p *Practice) storeNote(e *core.RequestEvent, id string, note Note, seen string) error {
	owner := web.Current(e).ID
	sealed, err := p.seal(owner, placeOfNote(id), note)
	if err != nil {
		return err
	}
	stored, err := web.Changes(p.app, noteSQL, dbx.Params{"id": id, "owner": owner, "sealed": sealed, "seen": seen, "now": moment(p.now())})
	if err == nil && !stored {
		return errOlder
	}
	return err
}

// afterNote goes on, or comes back with what was typed.
func (p *Practice) afterNote(e *core.RequestEvent, page *NotePage, err error) error {
	status := http.StatusUnprocessableEntity
	switch {
	case reflections.CannotKeep(err):
		page.Errors, status = []web.FieldError{{Field: "what", Key: "practice-no-key"}}, http.StatusServiceUnavailable
	case errors.Is(err, errOlder):
		page.Errors, status = []web.FieldError{{Field: "what", Key: "practice-changed"}}, http.StatusConflict
	case err != nil:
		return err
	}
	if page.Errors != nil {
		return web.Show(e, status, "facilitation/practice-note", page)
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/facilitate/practice")
}

func (p *Practice) deleteNote(e *core.RequestEvent) error {
	return p.remove(e, "DELETE FROM practice_notes WHERE id = {:id} AND owner = {:owner}", "note")
}

// remove deletes a row of the viewer's own at once.
func (p *Practice) remove(e *core.RequestEvent, statement, name string) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	gone, err := web.Changes(p.app, statement, dbx.Params{"id": e.Request.PathValue(name), "owner": web.Current(e).ID})
	if err != nil {
		return fmt.Errorf("delete of practice: %w", err)
	}
	if !gone {
		return web.ErrNotFound
	}
	if err := people.TruncateLog(e.Request.Context(), p.app); err != nil { // it would keep what was there (DESIGN §3, promise 6)
		p.app.Logger().Warn("empty the write-ahead log", "error", err)
	}
	web.Notify(e, "practice-deleted")
	return web.SeeOther(e, "/facilitate/practice")
}
