package people

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ofTheirs is the condition that a row of holds is of a programme in which the
// viewer answers for holds. A site manager answers for all, and for the site's.
func ofTheirs(v *web.Viewer) (string, dbx.Params) {
	if v.IsSiteManager() {
		return "1", dbx.Params{}
	}
	which, params := ProgrammesOf(v, Holds, Whole)
	return "holds.programme IN (" + which + ")", params
}

// holdsOf are a person's holds that are the viewer's to read and to end.
func (k *Keeping) holdsOf(ctx context.Context, app core.App, v *web.Viewer, person string) ([]audit.Hold, error) {
	condition, params := ofTheirs(v)
	params["person"] = person
	return audit.HoldsWhere(ctx, app, "person = {:person} AND "+condition, params)
}

// holdViewsFor are a person's holds as a viewer may know them: of others only
// that there is one, and neither why nor by whom.
func (k *Keeping) holdViewsFor(ctx context.Context, v *web.Viewer, person string) ([]HoldView, error) {
	all, err := audit.HoldsOf(ctx, k.app, person)
	if err != nil {
		return nil, err
	}
	theirs, err := k.holdsOf(ctx, k.app, v, person)
	if err != nil {
		return nil, err
	}
	var views []HoldView
	for _, hold := range theirs {
		view, err := k.holdView(ctx, hold)
		if err != nil {
			return nil, err
		}
		views = append(views, view)
	}
	if len(all) > len(theirs) {
		views = append(views, HoldView{Elsewhere: true})
	}
	return views, nil
}

// programmeOfHold is to which programme a hold belongs that a viewer places: the
// first of theirs in which the person is; "" for the site, where they answer for
// it and for no programme of that person.
func programmeOfHold(ctx context.Context, app core.App, v *web.Viewer, person string, now string) (programme string, err error) {
	which, params := ProgrammesOf(&web.Viewer{ID: v.ID, Memberships: slices.DeleteFunc(slices.Clone(v.Memberships), func(m web.Membership) bool {
		return m.Programme == ""
	})}, Holds, Whole)
	maps.Copy(params, dbx.Params{"person": person, "policyNow": now})
	err = app.DB().NewQuery("SELECT m.programme FROM memberships m WHERE m.user = {:person} AND " + holdsNow("m") + `
		AND m.programme IN (` + which + ") ORDER BY m.starts, m.programme LIMIT 1").Bind(params).WithContext(ctx).Row(&programme)
	if errors.Is(err, sql.ErrNoRows) && v.IsSiteManager() {
		return "", nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return "", web.ErrNotFound // they left meanwhile
	}
	if err != nil {
		return "", fmt.Errorf("programme of a hold of %s: %w", person, err)
	}
	return programme, nil
}
