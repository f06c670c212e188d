package authoring

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// A State is a text as somebody left it. States are only ever added.
type State struct {
	Number   int    `db:"number"`
	After    int    `db:"after"`
	Aside    bool   `db:"aside"`
	Text     string `db:"text"`
	By       string `db:"by"` // of users; "" once they were erased
	Page     string `db:"page"`
	How      string `db:"how"`
	Revision string `db:"revision"` // the version that it became; "" for none
	Created  string `db:"created"`
}

// How a state came to be.
const (
	Begun    = "begun"    // a draft was begun, from what is live or from a template
	Typed    = "typed"    // the page saved it by itself
	Saved    = "saved"    // somebody pressed Save
	Joined   = "joined"   // two texts were put together
	Restored = "restored" // an earlier text was brought back
	Fixed    = "fixed"    // a check was let put something right
	Taken    = "taken"    // a suggestion was taken
	Added    = "added"    // a block, or the form about the module
	Came     = "came"     // others made it: it went live meanwhile, or came with an update
	Left     = "left"     // what stood aside is left there
)

const stateSQL = `SELECT s.number, s.after, s.aside, s.text, s.by, s.page, s.how, s.revision, s.created FROM draft_states s WHERE s.draft = {:draft}`

// state reads one state of a draft by its number, web.ErrNotFound where there is none.
func (a *Authoring) state(ctx context.Context, db dbx.Builder, draft string, number int) (s State, err error) {
	err = db.NewQuery(stateSQL + " AND s.number = {:number}").Bind(dbx.Params{"draft": draft, "number": number}).WithContext(ctx).One(&s)
	if errors.Is(err, sql.ErrNoRows) {
		return s, web.ErrNotFound
	}
	if err != nil {
		return s, fmt.Errorf("state %d of draft %s: %w", number, draft, err)
	}
	return s, nil
}

// head is what a draft reads now.
func (a *Authoring) head(ctx context.Context, d *Draft) (State, error) {
	return a.state(ctx, a.app.ConcurrentDB(), d.ID, d.Head)
}

// add adds a state to a draft, and is the only thing that does. Unless it stands
// aside the draft is this text from now on, and a sign-off of what it was before
// holds for that version alone. It returns the number of the state.
func (a *Authoring) add(tx core.App, p Place, s State) (int, error) {
	number := 0
	err := tx.NonconcurrentDB().NewQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM draft_states WHERE draft = {:draft}").
		Bind(dbx.Params{"draft": p.Draft.ID}).Row(&number)
	if err != nil {
		return 0, fmt.Errorf("number a state of draft %s: %w", p.Draft.ID, err)
	}
	now := stamp(a.now())
	sum := sha256.Sum256([]byte(s.Text))
	err = web.Exec(tx, `INSERT INTO draft_states (id, draft, number, after, aside, text, sha256, by, page, how, revision, created)
		VALUES ({:id}, {:draft}, {:number}, {:after}, {:aside}, {:text}, {:sum}, {:by}, {:page}, {:how}, '', {:now})`, dbx.Params{
		"id": web.NewRowID(a.now()), "draft": p.Draft.ID, "number": number, "after": s.After, "aside": s.Aside, "text": s.Text,
		"sum": hex.EncodeToString(sum[:]), "by": s.By, "page": s.Page, "how": s.How, "now": now,
	})
	if err != nil {
		return 0, fmt.Errorf("add a state to draft %s: %w", p.Draft.ID, err)
	}
	if s.Aside {
		return number, nil
	}
	err = web.Exec(tx, "UPDATE drafts SET head = {:head}, title = {:title}, updated = {:now} WHERE id = {:id}",
		dbx.Params{"id": p.Draft.ID, "head": number, "title": titleOf(p.Text(s.Text)), "now": now})
	p.Draft.Head = number
	return number, err
}

// titleOf is what a text calls itself.
func titleOf(t content.Text) string {
	src := sourceOf(t)
	title := ""
	switch t.Kind {
	case string(courses.FileCourse):
		title = courses.CoverOf(src).Title
	case string(courses.FileModule):
		title = courses.Compile(src).Title
	}
	if title == "" {
		title = t.Course.Title
	}
	if runes := []rune(title); len(runes) > maxTitle {
		title = string(runes[:maxTitle])
	}
	return title
}

// sourceOf is what a text compiles from, for its structure.
func sourceOf(t content.Text) courses.Source {
	return courses.Source{Path: t.Path, Slug: t.Name, Lang: t.Course.Language, Text: []byte(t.Text), HashesInFences: t.Course.Hashes}
}

// maxTitle is how much of a title its column takes, in letters.
const maxTitle = 300

// stamp is a moment as the database writes it.
func stamp(t time.Time) string { return t.UTC().Format(types.DefaultDateLayout) }
