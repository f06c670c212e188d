package reflections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"

	"alongside/hooks/content"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// OnePage is `/reflections/{reflection}`, "reflections/one": what the viewer gave
// to one reflection, who may read it, and what was written back.
type OnePage struct {
	web.Base
	Address string
	Title   string // of its module
	Lang    string // of that and of what was asked
	Asked   string
	Lock    Lock
	Parts   []Part // what they wrote, with the prompts as they read then
	Felt    Felt
	Paper   bool
	Heard   *Heard // what they said; nil for nothing
	Shared  bool
	Step    string // where they can change it; "" where it is in no module any more
	Threads []ThreadView
}

// Dir is the direction in which what was asked runs.
func (p *OnePage) Dir() string { return templates.Direction(p.Lang) }

// IsNothing reports whether nothing was written, said or done yet.
func (p *OnePage) IsNothing() bool {
	return p.Lock == Unlocked && len(p.Parts) == 0 && !p.Felt.Says() && !p.Paper && p.Heard == nil
}

// showOne is one reflection of the viewer's own.
func (r *Room) showOne(e *core.RequestEvent) error {
	ctx, viewer, id := e.Request.Context(), web.Current(e), e.Request.PathValue("reflection")
	o, err := r.ownOf(ctx, viewer, id)
	if err != nil {
		return err
	}
	page := &OnePage{
		Address: address(id), Title: o.Title, Lang: o.Lang, Asked: o.Asked, Lock: o.Lock, Parts: o.parts(),
		Felt: o.Words.Felt(), Paper: o.How == OnPaper, Shared: o.State == IsShown,
	}
	if page.Heard, err = r.SpokenTo(ctx, viewer, id); err != nil {
		return err
	}
	if page.Step, err = r.stepOf(ctx, o.Reflection); err != nil {
		return err
	}
	if page.Threads, err = r.threadsOf(e, id); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "reflections/one", page)
}

// parts are the words of the pieces.
func (o *own) parts() (all []Part) {
	for _, p := range o.pieces {
		if p.Said != "" {
			all = append(all, p.Part)
		}
	}
	return all
}

const liveSQL = `SELECT c.slug AS course, m.slug AS module, v.id AS revision FROM modules m JOIN courses c ON c.id = m.course
	JOIN revisions v ON v.module = m.id AND v.language = c.language AND v.state = 'live' WHERE m.id = {:module}`

// stepOf is the address of the step where a reflection is asked for now, "" where it
// is not any more.
func (r *Room) stepOf(ctx context.Context, of Reflection) (string, error) {
	var live struct {
		Course   string `db:"course"`
		Module   string `db:"module"`
		Revision string `db:"revision"`
	}
	err := r.app.ConcurrentDB().NewQuery(liveSQL).Bind(dbx.Params{"module": of.Module}).WithContext(ctx).One(&live)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("where reflection %s is asked for: %w", of.Activity, err)
	}
	carrier, err := r.content.Carrier(ctx, of.Revision, live.Revision)
	if err != nil {
		return "", err
	}
	activity, same := carrier.Activity(of.Activity)
	id := activity.To.To
	if same {
		id = activity.ID
	}
	if id == "" {
		return "", nil
	}
	return content.StepAddress(live.Course, live.Module, id), nil
}
