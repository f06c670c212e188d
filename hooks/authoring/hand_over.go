package authoring

import (
	"context"
	"fmt"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// leftBehind is the condition that whoever a draft is of may not write it any more.
var leftBehind = "d.course = {:course} AND " + atWork + " AND NOT EXISTS (" + mentorSQL("d.owner") + ")"

// An Orphan is a draft whose writer is not here any more.
type Orphan struct {
	ID    string `db:"id"`
	Title string `db:"title"`
}

// orphans are the drafts of a course that nobody can go on with.
func (a *Authoring) orphans(ctx context.Context, course content.Course) (all []Orphan, err error) {
	err = a.app.ConcurrentDB().NewQuery("SELECT d.id, d.title FROM drafts d WHERE " + leftBehind + " ORDER BY d.updated DESC LIMIT 100").
		Bind(dbx.Params{"course": course.ID, "programme": course.Programme, "policyNow": stamp(a.now())}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("drafts of course %s that nobody writes: %w", course.Slug, err)
	}
	return all, nil
}

// handOver gives a draft whose writer is not here any more to a mentor of the course.
func (a *Authoring) handOver(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	course, err := a.courseFor(e, people.Caring)
	if err != nil {
		return err
	}
	params := dbx.Params{
		"course": course.ID, "programme": course.Programme, "policyNow": stamp(a.now()), "now": stamp(a.now()),
		"draft": form.Get("text"), "person": form.Get("person"),
	}
	done := false
	err = a.app.RunInTransaction(func(tx core.App) error {
		done, err = web.Changes(tx, `UPDATE drafts AS d SET owner = {:person}, updated = {:now}
			WHERE d.id = {:draft} AND `+leftBehind+` AND EXISTS (`+mentorSQL("{:person}")+`)`, params)
		if err != nil || !done {
			return err
		}
		if err := web.Exec(tx, "DELETE FROM writers WHERE draft = {:draft} AND person = {:person}", dbx.Params{"draft": form.Get("text"), "person": form.Get("person")}); err != nil {
			return err
		}
		return a.audit.Record(tx, audit.Act{Kind: audit.HandedOver, Actor: web.Current(e).ID, Subject: form.Get("person"), Programme: course.Programme, Item: form.Get("text")})
	})
	if err != nil {
		return err
	}
	if done {
		web.Notify(e, "text-handed-over")
	} else {
		web.Notify(e, "text-not-handed-over")
	}
	return web.SeeOther(e, "/course-settings/"+course.Slug)
}
