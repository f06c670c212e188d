package authoring

import (
	"errors"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// beginText begins a draft of a text that is live. Where there is one already, by
// them or somebody else, the page says so.
func (a *Authoring) beginText(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	p, err := a.placeFor(e, people.Writing)
	if err != nil {
		return err
	}
	if p.Draft == nil {
		if err := a.begin(p, web.Current(e).ID, p.Live.Text); err != nil && !errors.Is(err, errBegun) {
			return err
		}
	}
	return web.SeeOther(e, p.Address())
}

// errBegun says that somebody began a draft of the same text in this moment.
var errBegun = errors.New("a draft of this text is at work")

// begin makes a draft of a text, with its first state.
func (a *Authoring) begin(p Place, by, text string) error {
	return a.app.RunInTransaction(func(tx core.App) error { return a.beginIn(tx, p, by, text) })
}

// beginIn is the same, in a transaction that does more.
func (a *Authoring) beginIn(tx core.App, p Place, by, text string) error {
	t := p.Text(text)
	now := stamp(a.now())
	d := &Draft{ID: core.GenerateDefaultRandomId(), Course: p.Course.ID, Module: t.Module, Path: t.Path, Kind: t.Kind, Owner: by, Base: p.Live.Revision, State: Open}
	made, err := web.Changes(tx, `INSERT INTO drafts (id, course, module, path, kind, language, title, owner, base, state, head, revision, goes_live, goes_live_by, created, updated)
			VALUES ({:id}, {:course}, {:module}, {:path}, {:kind}, {:language}, '', {:owner}, {:base}, 'open', 0, '', '', '', {:now}, {:now}) ON CONFLICT DO NOTHING`, dbx.Params{
		"id": d.ID, "course": d.Course, "module": d.Module, "path": d.Path, "kind": d.Kind, "language": p.Course.Language, "owner": by, "base": d.Base, "now": now,
	})
	if err != nil {
		return err
	}
	if !made {
		return errBegun
	}
	p.Draft = d
	if _, err := a.add(tx, p, State{Text: text, By: by, How: Begun}); err != nil {
		return err
	}
	return a.audit.Record(tx, audit.Act{Kind: audit.TextBegun, Actor: by, Programme: p.Course.Programme, Item: d.ID})
}
