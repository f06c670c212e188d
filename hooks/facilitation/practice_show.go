package facilitation

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// sixWeeks is how long somebody may go without supervision before their page says
// so.
const sixWeeks = 42 * 24 * time.Hour

// showPractice is `/facilitate/practice`: when somebody meets for supervision next,
// and what they noted.
func (p *Practice) showPractice(e *core.RequestEvent) error {
	ctx, owner := e.Request.Context(), web.Current(e).ID
	page := &PracticePage{}
	page.Page, _ = strconv.Atoi(e.Request.URL.Query().Get("page"))
	page.Page = min(max(page.Page, 1), 1000)
	all, err := p.supervisions(ctx, owner)
	if err != nil {
		return err
	}
	page.sort(all, p.now())
	if page.Long, err = p.isLong(ctx, owner, all); err != nil {
		return err
	}
	if page.Notes, err = p.notes(ctx, owner, page.Page); err != nil {
		return err
	}
	if len(page.Notes) > notesPerPage {
		page.Notes, page.NextPage = page.Notes[:notesPerPage], page.Page+1
	}
	return web.Show(e, http.StatusOK, "facilitation/practice", page)
}

// sort puts what is to come before what was, and the next one on top.
func (p *PracticePage) sort(all []Supervision, now time.Time) {
	today := now.UTC().Format(time.DateOnly)
	for _, s := range all { // the newest first
		if s.Day >= today && !s.Held {
			p.Ahead = append(p.Ahead, s)
		} else {
			p.Before = append(p.Before, s)
		}
	}
	slices.Reverse(p.Ahead)
}

// isLong reports whether somebody had no supervision for six weeks, and none is
// booked. Who began less than six weeks ago is not asked yet.
func (p *Practice) isLong(ctx context.Context, owner string, all []Supervision) (bool, error) {
	since := p.now().Add(-sixWeeks)
	for _, s := range all {
		if s.Day >= since.UTC().Format(time.DateOnly) && (s.Held || !s.Past) {
			return false, nil
		}
	}
	var began string
	err := p.app.ConcurrentDB().NewQuery("SELECT COALESCE(MIN(starts), '') FROM memberships WHERE user = {:owner} AND role IN ('mentor', 'facilitator')").
		Bind(dbx.Params{"owner": owner}).WithContext(ctx).Row(&began)
	if err != nil {
		return false, fmt.Errorf("when somebody began: %w", err)
	}
	return began != "" && began < moment(since), nil
}

const notesPerPage = 50

// notes are a page of somebody's own, the newest first, and one more where there is
// another page.
func (p *Practice) notes(ctx context.Context, owner string, page int) ([]NoteInList, error) {
	var rows []noteRow
	err := p.app.ConcurrentDB().NewQuery("SELECT id, sealed, at FROM practice_notes WHERE owner = {:owner} ORDER BY at DESC, id LIMIT {:most} OFFSET {:from}").
		Bind(dbx.Params{"owner": owner, "most": notesPerPage + 1, "from": (page - 1) * notesPerPage}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list practice notes: %w", err)
	}
	all := make([]NoteInList, len(rows))
	for i, row := range rows {
		var note Note
		lock, err := p.open(owner, placeOfNote(row.ID), row.Sealed, &note)
		if err != nil {
			return nil, err
		}
		all[i] = NoteInList{ID: row.ID, At: day(row.At), First: note.First(), Lock: lock}
	}
	return all, nil
}

// PracticePage is `/facilitate/practice`, "facilitation/practice".
type PracticePage struct {
	web.Base
	Ahead    []Supervision // the next first
	Before   []Supervision // the last first
	Long     bool          // there was none for six weeks, and none is booked
	Notes    []NoteInList
	Page     int
	NextPage int // 0 for none
}

// A NoteInList is one note of one's own.
type NoteInList struct {
	ID    string
	At    string // ISO date
	First string // how it begins
	Lock  reflections.Lock
}

// NotePage is `/facilitate/practice/notes/…`, "facilitation/practice-note". Its
// form posts to the same address the fields what, felt, make and next, and key or
// seen.
type NotePage struct {
	web.Base
	Note
	Address string
	At      string // ISO date; "" for a new one
	Key     string // of a new one
	Seen    string // the stamp of the one that is there
	There   bool   // it is kept already
	Lock    reflections.Lock
	Other   *Note // what was kept elsewhere meanwhile
	Errors  []web.FieldError
}

// A NotePart is one field of a note.
type NotePart struct {
	Name   string
	Label  string // key of its words
	Text   string
	Folded bool // the prompt waits until it is asked for
}

// Parts are the fields in their order. What has nothing in it is folded, but for
// the first.
func (n Note) Parts() []NotePart {
	return []NotePart{
		{"what", "practice.what", n.What, false},
		{"felt", "practice.part.felt", n.Felt, n.Felt == ""},
		{"make", "practice.part.make", n.Make, n.Make == ""},
		{"next", "practice.part.next", n.Next, n.Next == ""},
	}
}

// SupervisionPage is `/facilitate/practice/supervision/…`,
// "facilitation/practice-supervision". Its form posts to the same address the fields
// day, time, minutes, with, need, held and came, and key or seen.
type SupervisionPage struct {
	web.Base
	Supervision Supervision
	Minutes     string // as it was typed
	Address     string
	Key         string
	Seen        string
	There       bool
	Lock        reflections.Lock
	Other       *Supervision
	Errors      []web.FieldError
}
