package authoring

import (
	"context"
	"fmt"

	"alongside/courses"
	"alongside/hooks/content"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Proposal is a new module that somebody wrote and asks others to read, and what one
// of them said of it.
type Proposal struct {
	Course string // slug
	Path   string // in the folder of the course
	By     string // of users
	Text   string
	Note   string // to those who read it
	Said   Saying
}

// A Saying is what somebody said at a place of a text.
type Saying struct{ By, Place, Text string }

// Propose does all of that, as their pages do. Where anything was ever written under
// this path it does nothing. It is for the people of a demo.
func (a *Authoring) Propose(ctx context.Context, one Proposal) error {
	course, err := a.content.Course(ctx, one.Course)
	if err != nil {
		return err
	}
	var known bool
	err = a.app.ConcurrentDB().NewQuery(`SELECT EXISTS (SELECT 1 FROM drafts WHERE course = {:course} AND path = {:path})
		OR EXISTS (SELECT 1 FROM revisions WHERE course = {:course} AND path = {:path})`).
		Bind(dbx.Params{"course": course.ID, "path": one.Path}).WithContext(ctx).Row(&known)
	if err != nil || known {
		return err
	}
	p := Place{Course: course, Name: courses.SlugOfPath(one.Path)}
	p.Live = content.Text{Course: course, Name: p.Name, Path: one.Path, Kind: string(courses.FileModule)}
	if err := a.begin(p, one.By, one.Text); err != nil {
		return fmt.Errorf("begin %s: %w", one.Path, err)
	}
	var id string
	if err := a.app.DB().NewQuery("SELECT id FROM drafts WHERE course = {:course} AND path = {:path}").
		Bind(dbx.Params{"course": course.ID, "path": one.Path}).WithContext(ctx).Row(&id); err != nil {
		return err
	}
	if p.Draft, err = a.draftByID(ctx, a.app.DB(), id); err != nil {
		return err
	}
	if err := a.app.RunInTransaction(func(tx core.App) error { return a.ask(ctx, tx, p, one.By, one.Note) }); err != nil {
		return fmt.Errorf("ask others to read %s: %w", one.Path, err)
	}
	if p.Draft, err = a.draftByID(ctx, a.app.DB(), id); err != nil {
		return err
	}
	return a.comment(ctx, p, one.Said.By, one.Said.Place, "", one.Said.Text)
}
