package authoring

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// States of a draft. The first three are at work: a text has at most one of them.
const (
	Open     = "open"      // somebody is writing
	InReview = "in review" // others were asked to read a version
	Approved = "approved"  // a version has every sign-off that it needs
	Live     = "live"
	Dropped  = "dropped"
)

// A Draft is one text under work.
type Draft struct {
	ID       string `db:"id"`
	Course   string `db:"course"`
	Module   string `db:"module"` // record id; "" while its module is new
	Path     string `db:"path"`
	Kind     string `db:"kind"` // module, course, glossary
	Language string `db:"language"`
	Title    string `db:"title"` // of its newest state
	Owner    string `db:"owner"` // of users
	Base     string `db:"base"`  // the live revision that it began from; "" for none
	State    string `db:"state"`
	Head     int    `db:"head"`     // number of its newest state
	Revision string `db:"revision"` // its newest version; "" for none
	GoesLive string `db:"goes_live"`
	Missed   string `db:"missed"` // when it was to go live by itself, and did not; "" for never
	Updated  string `db:"updated"`
}

const draftColumns = "d.id, d.course, d.module, d.path, d.kind, d.language, d.title, d.owner, d.base, d.state, d.head, d.revision, d.goes_live, d.missed, d.updated"

// atWork is the condition that a draft is under work.
const atWork = "d.state != '" + Live + "' AND d.state != '" + Dropped + "'"

// isWriter is the condition that somebody writes on a draft: it is theirs, or they
// were asked to write with its owner.
const isWriter = "(d.owner = {:viewer} OR EXISTS (SELECT 1 FROM writers w WHERE w.draft = d.id AND w.person = {:viewer}))"

// A Place is what stands at an address below /write or /review: a text of a
// course, live or under work or both.
type Place struct {
	Course content.Course
	Name   string       // in the address: a module's slug, course.md, glossary.md
	Live   content.Text // empty where nothing is live
	Draft  *Draft       // at work; nil where there is none
	Mine   bool         // the viewer writes on it
}

// Address is where it is written.
func (p Place) Address() string { return "/write/" + p.Course.Slug + "/" + p.Name }

// ReviewAddress is where it is read and talked about.
func (p Place) ReviewAddress() string { return "/review/" + p.Course.Slug + "/" + p.Name }

// Text is the draft's text in its course, for content: text is one of its states.
func (p Place) Text(text string) content.Text {
	t := p.Live
	t.Course, t.Name, t.Text = p.Course, p.Name, text
	if p.Draft != nil {
		t.Module, t.Path, t.Kind = p.Draft.Module, p.Draft.Path, p.Draft.Kind
	}
	return t
}

// placeFor finds what an address names, for somebody to whom a matter of its
// course is open. It returns web.ErrNotFound where nothing stands there.
func (a *Authoring) placeFor(e *core.RequestEvent, matter people.Matter) (p Place, err error) {
	ctx := e.Request.Context()
	if p.Course, err = a.courseFor(e, matter); err != nil {
		return p, err
	}
	p.Name = e.Request.PathValue("module")
	p.Live, err = a.content.LiveText(ctx, p.Course, p.Name)
	if err != nil && !errors.Is(err, content.ErrNoText) {
		return p, err
	}
	if p.Draft, p.Mine, err = a.draftAt(ctx, p, web.Current(e).ID); err != nil {
		return p, err
	}
	if p.Draft == nil && p.Live.Revision == "" {
		return p, web.ErrNotFound
	}
	return p, nil
}

// writePlace is placeFor of a draft that the viewer writes on, and web.ErrNotFound
// where they do not: the actions of its writers begin with it.
func (a *Authoring) writePlace(e *core.RequestEvent) (Place, error) {
	p, err := a.placeFor(e, people.Writing)
	if err == nil && (p.Draft == nil || !p.Mine) {
		return p, web.ErrNotFound
	}
	return p, err
}

// draftAt is the draft at work on a text; nil where there is none.
func (a *Authoring) draftAt(ctx context.Context, p Place, viewer string) (*Draft, bool, error) {
	var rows []struct {
		Draft
		Mine bool `db:"mine"`
	}
	err := a.app.ConcurrentDB().NewQuery("SELECT " + draftColumns + ", " + isWriter + " AS mine FROM drafts d WHERE d.course = {:course} AND " + atWork).
		Bind(dbx.Params{"course": p.Course.ID, "viewer": viewer}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, false, fmt.Errorf("find the draft of %s/%s: %w", p.Course.Slug, p.Name, err)
	}
	for _, row := range rows {
		if row.Path == p.Live.Path || p.Live.Module != "" && row.Module == p.Live.Module || p.Live.Revision == "" && NameOf(row.Path, row.Kind) == p.Name {
			return &row.Draft, row.Mine, nil
		}
	}
	return nil, false, nil
}

// NameOf is what a text without a module of its own yet is called in addresses.
func NameOf(path, kind string) string {
	if kind == string(courses.FileModule) {
		return courses.SlugOfPath(path)
	}
	return path
}

// draftByID reads a draft whoever asks.
func (a *Authoring) draftByID(ctx context.Context, db dbx.Builder, id string) (*Draft, error) {
	var d Draft
	err := db.NewQuery("SELECT " + draftColumns + " FROM drafts d WHERE d.id = {:id}").Bind(dbx.Params{"id": id}).WithContext(ctx).One(&d)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, web.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("draft %s: %w", id, err)
	}
	return &d, nil
}
