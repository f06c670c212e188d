package authoring

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"alongside/courses"
	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Why a story is taken back, as the detail of its act.
const (
	backSelf   = "self"
	backPaper  = "paper"  // a manager does it for somebody who is not on this site
	backOver   = "over"   // the day has passed until which they agreed
	backErased = "erased" // they were erased
	backAgain  = "again"  // an old copy of the data was put back
)

// WithdrawPage is `/me/credit/{contribution}/withdraw`, "authoring/withdraw-story": what
// happens, said before it does.
type WithdrawPage struct {
	web.Base
	MyContribution
	Copies string // ISO date by which copies of the data are gone
}

func (a *Authoring) showWithdraw(e *core.RequestEvent) error {
	one, err := a.mine(e)
	if err != nil {
		return err
	}
	page := &WithdrawPage{MyContribution: one}
	if page.Copies, err = people.CopiesGone(e.Request.Context(), a.app, a.now()); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "authoring/withdraw-story", page)
}

// withdrawMine is the one act in which somebody takes their story back.
func (a *Authoring) withdrawMine(e *core.RequestEvent) error {
	if _, err := web.Form(e); err != nil {
		return err
	}
	one, err := a.mine(e)
	if err != nil {
		return err
	}
	if !one.IsStory() {
		if err := a.unname(one, web.Current(e).ID); err != nil {
			return err
		}
		web.Notify(e, "name-taken-off")
		return web.SeeOther(e, "/me/credit")
	}
	if err := a.withdraw(e.Request.Context(), one.Contribution, web.Current(e).ID, one.Programme, backSelf); err != nil {
		return err
	}
	web.Notify(e, "story-taken-back")
	return web.SeeOther(e, "/me/credit")
}

// withdraw takes a story out of every text, version, state, suggestion and comment
// of its course, ends what was agreed, and empties the files that would keep it.
func (a *Authoring) withdraw(ctx context.Context, c Contribution, by, programme, why string) error {
	// before the first row goes: whatever cuts it off, the next start ends it
	if err := a.takenBack().add(c.Course, c.Path, c.Story, a.now()); err != nil {
		return err
	}
	return a.takeBack(ctx, content.Forgotten{Course: c.Course, Path: c.Path, Story: c.Story, At: stamp(a.now())},
		audit.Act{Kind: audit.ConsentWithdrawn, Actor: by, Subject: c.Person, Programme: programme, Item: c.ID, Detail: why})
}

// takeBack does it, in one transaction, and records it.
func (a *Authoring) takeBack(ctx context.Context, o content.Forgotten, act audit.Act) error {
	return a.takeBackIf(ctx, o, act, func(core.App) error { return nil })
}

// takeBackIf does it unless first, the first thing in the transaction, gives an error.
func (a *Authoring) takeBackIf(ctx context.Context, o content.Forgotten, act audit.Act, first func(core.App) error) error {
	err := a.app.RunInTransaction(func(tx core.App) error {
		if err := first(tx); err != nil {
			return err
		}
		if err := a.forget(ctx, tx, o); err != nil {
			return err
		}
		state := CreditWithdrawn
		if act.Detail == backOver {
			state = CreditOver
		}
		now := stamp(a.now())
		err := web.Exec(tx, `UPDATE contributions SET state = {:state}, withdrawn = {:now}, name = '', sha256 = '', updated = {:now}
			WHERE course = {:course} AND path = {:path} AND story = {:story} AND created <= {:at} AND state IN ('asked', 'agreed')`,
			dbx.Params{"state": state, "now": now, "course": o.Course, "path": o.Path, "story": o.Story, "at": o.At})
		if err != nil {
			return err
		}
		return a.audit.Record(tx, act)
	})
	if err != nil {
		return fmt.Errorf("take a story back: %w", err)
	}
	a.content.Renew()
	if err := people.TruncateLog(ctx, a.app); err != nil { // it would keep what was there (DESIGN §3, promise 6)
		a.app.Logger().Warn("empty the write-ahead log", "error", err)
	}
	return nil
}

// forget takes a story out of whatever the house keeps of a course.
func (a *Authoring) forget(ctx context.Context, tx core.App, o content.Forgotten) (err error) {
	if o.Told, err = a.told(ctx, tx, o); err != nil {
		return err
	}
	lost, err := a.content.Forget(ctx, tx, o)
	if err != nil {
		return err
	}
	typed, err := a.forgetStates(ctx, tx, o)
	if err != nil {
		return err
	}
	if err := a.forgetFiles(ctx, tx, o.Course, append(lost, typed...)); err != nil {
		return err
	}
	return a.forgetTalk(ctx, tx, o)
}

// forgetFiles deletes what only the story showed: its pictures and recordings, and what
// is said in them. What a text that is live or written on still names stays; a former
// text, or one as it was typed on the way, keeps nothing here.
func (a *Authoring) forgetFiles(ctx context.Context, tx core.App, course string, lost []string) error {
	gone, err := a.notNamed(ctx, tx, course, lost)
	if err != nil {
		return err
	}
	return a.content.RemoveMedia(tx, course, gone...)
}

// notNamed are those of some paths that no text names which is live or written on.
func (a *Authoring) notNamed(ctx context.Context, tx core.App, course string, paths []string) ([]string, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	named, err := a.content.NamedLive(ctx, tx.NonconcurrentDB(), course)
	if err != nil {
		return nil, err
	}
	err = a.eachState(ctx, tx, course, func(row stateRow) error {
		if row.Head {
			for _, path := range courses.FilesIn(row.source()) {
				named[path] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return named[path] }), nil
}

// told is every reading of a story, in what was published and in what was typed.
func (a *Authoring) told(ctx context.Context, tx core.App, o content.Forgotten) ([]string, error) {
	told, err := a.content.Told(ctx, tx.NonconcurrentDB(), o)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, one := range told {
		seen[one] = true
	}
	err = a.eachState(ctx, tx, o.Course, func(row stateRow) error {
		if !row.isOf(o) {
			return nil
		}
		for _, one := range courses.Stories(courses.Compile(row.source())) {
			if one.ID == o.Story && !seen[one.Words] {
				seen[one.Words] = true
				told = append(told, one.Words)
			}
		}
		return nil
	})
	return told, err
}

// A stateRow is a state of a draft of a course.
type stateRow struct {
	ID       string `db:"id"`
	Path     string `db:"path"`
	Language string `db:"language"`
	Text     string `db:"text"`
	Created  string `db:"created"`
	Head     bool   `db:"is_head"` // what a text that is written on reads now
}

// isOf reports whether a state is of the text in which a story stands, and was there
// when that was taken back.
func (row stateRow) isOf(o content.Forgotten) bool { return row.Path == o.Path && row.Created <= o.At }

func (row stateRow) source() courses.Source {
	return courses.Source{Path: row.Path, Lang: row.Language, Text: []byte(row.Text)}
}

// statesAtOnce is how many states are in memory at a time.
const statesAtOnce = 50

func (a *Authoring) eachState(ctx context.Context, tx core.App, course string, do func(stateRow) error) error {
	after := ""
	for {
		var rows []stateRow
		err := tx.NonconcurrentDB().NewQuery(`SELECT s.id, d.path, d.language, s.text, s.created, s.number = d.head AND ` + atWork + ` AS is_head FROM draft_states s JOIN drafts d ON d.id = s.draft
			WHERE d.course = {:course} AND s.id > {:after} ORDER BY s.id LIMIT {:most}`).
			Bind(dbx.Params{"course": course, "after": after, "most": statesAtOnce}).WithContext(ctx).All(&rows)
		if err != nil {
			return fmt.Errorf("states of course %s: %w", course, err)
		}
		for _, row := range rows {
			if err := do(row); err != nil {
				return err
			}
			after = row.ID
		}
		if len(rows) < statesAtOnce {
			return nil
		}
	}
}

// forgetStates takes it out of every state. That states are only ever added is a
// promise to those who write; this one is to those who told.
func (a *Authoring) forgetStates(ctx context.Context, tx core.App, o content.Forgotten) (lost []string, err error) {
	err = a.eachState(ctx, tx, o.Course, func(row stateRow) error {
		id := ""
		if row.isOf(o) {
			id = o.Story
		}
		text, found := courses.Forget(row.source(), id, o.Told)
		if !found {
			return nil
		}
		lost = append(lost, content.NotNamed(row.source(), text)...)
		return web.Exec(tx, "UPDATE draft_states SET text = {:text} WHERE id = {:id}", dbx.Params{"id": row.ID, "text": string(text)})
	})
	return lost, err
}

// forgetTalk takes it out of what was said about a course while it was written:
// what quotes it is emptied, and the rest of the row stays.
func (a *Authoring) forgetTalk(ctx context.Context, tx core.App, o content.Forgotten) error {
	for table, columns := range map[string][]string{
		"comments": {"quoted", "text"}, "suggestions": {"was", "text", "why", "thanks"}, "reviews": {"why", "answer"}, "review_asks": {"note"},
	} {
		for _, column := range columns {
			var rows []struct {
				ID   string `db:"id"`
				Text string `db:"text"`
			}
			err := tx.NonconcurrentDB().NewQuery("SELECT t.id, t." + column + " AS text FROM " + table + " t JOIN drafts d ON d.id = t.draft WHERE d.course = {:course} AND t." + column + " != ''").
				Bind(dbx.Params{"course": o.Course}).WithContext(ctx).All(&rows)
			if err != nil {
				return fmt.Errorf("forget in %s: %w", table, err)
			}
			for _, row := range rows {
				if !courses.Quotes(row.Text, o.Told) {
					continue
				}
				if err := web.Exec(tx, "UPDATE "+table+" SET "+column+" = '' WHERE id = {:id}", dbx.Params{"id": row.ID}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
