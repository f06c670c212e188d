package signin

import (
	"context"
	"fmt"
	"slices"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// resetSecond takes the second factor of somebody away who lost their phone and
// their codes. They are signed out everywhere, and told.
func (d *Desk) resetSecond(e *core.RequestEvent) error {
	viewer, person, programme := web.Current(e), e.Request.PathValue("person"), e.Request.PathValue("programme")
	if person == viewer.ID {
		return web.ErrNotFound
	}
	if err := d.mayReset(e.Request.Context(), viewer, person, programme); err != nil {
		return err
	}
	err := forgetSecond(e.App, d.audit, d.now(), audit.Act{Kind: audit.SecondReset, Actor: viewer.ID, Subject: person, Programme: programme})
	if err != nil {
		return err
	}
	web.Notify(e, "second-reset")
	if viewer.IsSiteManager() {
		return web.SeeOther(e, "/manage/programmes")
	}
	return web.SeeOther(e, "/manage/programmes/"+programme+"/people/"+person)
}

// mayReset lets managers help the staff of their programmes, and the site manager
// help managers. Whoever is more elsewhere than the viewer manages is not theirs
// to weaken, and a site manager is nobody's: their operator has a command.
func (d *Desk) mayReset(ctx context.Context, viewer *web.Viewer, person, programme string) error {
	held, err := d.worksAs(ctx, d.app, person)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(held, func(m web.Membership) bool { return m.Programme == programme }) {
		return web.ErrNotFound
	}
	return d.mayWeakenAll(ctx, d.app, viewer, held)
}

// worksAs are the roles by which somebody is staff now.
func (d *Desk) worksAs(ctx context.Context, app core.App, person string) ([]web.Membership, error) {
	var held []web.Membership
	err := app.ConcurrentDB().NewQuery(`
		SELECT role, programme FROM memberships
		WHERE user = {:person} AND role != 'learner' AND starts <= {:now} AND (ends = '' OR ends > {:now})`).
		Bind(dbx.Params{"person": person, "now": databaseTime(d.now())}).WithContext(ctx).All(&held)
	if err != nil {
		return nil, fmt.Errorf("how %s works here: %w", person, err)
	}
	return held, nil
}

// mayWeakenAll asks for each role that somebody holds.
func (d *Desk) mayWeakenAll(ctx context.Context, app core.App, viewer *web.Viewer, held []web.Membership) error {
	manages := slices.ContainsFunc(held, func(m web.Membership) bool { return m.Role == web.Manager })
	for _, m := range held {
		if err := d.mayWeaken(ctx, app, viewer, manages, m.Programme); err != nil {
			return err
		}
	}
	return nil
}

// mayWeaken says whether a viewer may make it easier to get in as somebody who is
// staff of a programme; manages says that they are a manager of any.
func (d *Desk) mayWeaken(ctx context.Context, app core.App, viewer *web.Viewer, manages bool, programme string) error {
	if programme == "" {
		return web.ErrNotFound
	}
	matter := people.Groups
	if manages {
		matter = people.Programmes
	}
	_, err := people.See(ctx, app, d.now(), viewer, matter, people.Subject{Programme: programme})
	return err
}

// forgetSecond removes somebody's second factor and recovery codes and ends their
// sessions, and records it, all or nothing.
func forgetSecond(app core.App, log *audit.Log, now time.Time, act audit.Act) error {
	err := app.RunInTransaction(func(tx core.App) error {
		if err := dropFactor(tx, act.Subject); err != nil {
			return err
		}
		if err := dropRecovery(tx, act.Subject); err != nil {
			return err
		}
		if err := end(tx, now, whySecond, dbx.HashExp{"user": act.Subject}); err != nil {
			return err
		}
		return log.Record(tx, act)
	})
	if err != nil {
		return fmt.Errorf("reset second factor of %s: %w", act.Subject, err)
	}
	return nil
}
