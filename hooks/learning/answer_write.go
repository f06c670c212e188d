package learning

import (
	"encoding/json"
	"errors"
	"fmt"

	"alongside/courses"
	"alongside/hooks/reflections"
	"alongside/hooks/vault"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// row is one thing that a save stores. Its text is sealed already.
type row struct {
	name       string // under which it is stored
	of         string // the id of its activity in the form
	positions  string // JSON
	sealed     string
	revision   string
	tried      bool
	draft      bool
	changed    bool                    // what was given is not what was there
	reflection *reflections.Reflection // nil for answers
}

// decideRows makes the rows of what has changed. What cannot be kept now stays
// in the form, and nothing is overwritten unseen.
func (s *saving) decideRows(stored readings) error {
	for _, a := range s.asked.Activities {
		now, held := s.handed[a.ID]
		before := stored.found[a.ID]
		if !held || now.errors != nil || s.isStored(a, now, before) {
			continue
		}
		r, err := s.row(a, now, before)
		if key := unkept(err); key != "" {
			now.errors = &FieldError{Field: controlID(a.Fields()[0], ""), Key: key, About: askedIn(a, "")}
			s.handed[a.ID] = now
			continue
		}
		if err != nil {
			return err
		}
		s.rows = append(s.rows, r)
	}
	return nil
}

// errShut says that text stands there which is closed for whoever writes.
var errShut = errors.New("text that is closed stands there")

// unkept is what to say where something cannot be kept now, "" for any other
// error and for none.
func unkept(err error) string {
	switch {
	case errors.Is(err, errShut):
		return "closed-here"
	case errors.Is(err, vault.ErrNoKey):
		return "answer-cannot-be-kept"
	default:
		return ""
	}
}

// isStored reports whether a row would say nothing new.
func (s *saving) isStored(a *courses.Activity, now, before given) bool {
	if before.isLocked() && now.isEmpty() {
		return true // its fields are not open, so nothing was given
	}
	handedIn := s.handsIn(a) && !before.tried && !now.isNothing()
	settled := before.draft && !s.isDraft(a)
	begun := s.action == doSpeak && s.check == a.ID && before.row == "" // there has to be something to say it to
	return now.says(before) && now.how == before.how && !handedIn && !settled && !begun
}

// handsIn reports whether the button asks for feedback to an activity, now or
// when they return. A Check without a name, which no page of ours has, asks for
// all of the step.
func (s *saving) handsIn(a *courses.Activity) bool {
	return s.action == doContinue || s.action == doCheck && (s.check == "" || s.check == a.ID)
}

// isDraft reports whether what stands in an activity is only on its way: nothing
// was pressed, or the Check of another.
func (s *saving) isDraft(a *courses.Activity) bool {
	return s.isAuto() || s.check != "" && s.check != a.ID
}

// isAuto reports whether nobody pressed anything: the page saved by itself.
func (s *saving) isAuto() bool { return web.SavesItself(s.form) }

// row seals what was typed. It returns vault.ErrNoKey where that cannot be done,
// or where text is there that cannot be opened now, and errShut where that is
// closed for them.
func (s *saving) row(a *courses.Activity, now, before given) (row, error) {
	switch before.lock {
	case reflections.NotNow:
		return row{}, vault.ErrNoKey
	case reflections.Shut:
		return row{}, errShut
	}
	r := row{
		name: s.seen.Outline.Name(a.ID), of: a.ID, revision: s.seen.Revision,
		tried: s.handsIn(a), draft: s.isDraft(a), changed: !same(now.answer, before.answer),
	}
	words := reflections.Words{Typed: typedOnly(now.answer.Typed), Kept: before.kept, By: now.by, Under: s.viewer.Under()}
	words.Feel(now.felt)
	var err error
	if a.Kind == courses.Reflection {
		r.reflection = &reflections.Reflection{
			User: s.viewer.ID, Module: s.w.Module, Activity: r.name, Revision: r.revision, State: s.reflectionState(),
			How: now.how, Words: words, Was: before.stamp,
		}
		r.sealed, err = r.reflection.Seal(s.app, s.vault)
		return r, err
	}
	if r.sealed, err = s.seal(r.name, words); err != nil {
		return r, err
	}
	positions, err := json.Marshal(now.answer)
	r.positions = string(positions)
	return r, err
}

// seal closes what was typed into an answer; where nothing was, nothing is closed.
func (s *saving) seal(name string, words reflections.Words) (string, error) {
	if len(words.Typed) == 0 && len(words.Kept) == 0 {
		return "", nil
	}
	text, err := json.Marshal(words)
	if err != nil {
		return "", err
	}
	return s.vault.Seal(s.app, s.viewer.ID, answerPlace(rowID(s.enrolment(), s.w.Module, name)), text)
}

func (s *saving) reflectionState() string {
	if s.action == doContinue || s.action == doSkip {
		return reflections.Kept
	}
	return reflections.Draft
}

// OR FAIL, because SQLite otherwise keeps a journal for the one statement, which
// costs half as much as the whole save; a single row leaves nothing half done.
const (
	historySQL = `INSERT OR FAIL INTO answer_history (id, answer, revision, positions, sealed, created)
		SELECT {:history}, id, revision, positions, sealed, updated FROM answers WHERE id = {:id} AND draft = FALSE`
	answerSQL = `INSERT INTO answers (id, enrolment, module, activity, revision, positions, sealed, tries, tried, draft, created, updated)
		VALUES ({:id}, {:enrolment}, {:module}, {:activity}, {:revision}, {:positions}, {:sealed}, {:tried}, {:tried}, {:draft}, {:now}, {:now})
		ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, positions = excluded.positions, sealed = excluded.sealed,
			tries = tries + excluded.tries, tried = excluded.tried, draft = excluded.draft, updated = excluded.updated`
)

func (s *saving) writeRow(tx core.App, r row) error {
	if r.reflection != nil {
		return r.reflection.Store(tx, r.sealed, s.now)
	}
	id := rowID(s.enrolment(), s.w.Module, r.name)
	if r.changed {
		if err := web.Exec(tx, historySQL, dbx.Params{"id": id, "history": web.NewRowID(s.now.Time())}); err != nil {
			return fmt.Errorf("keep the answer before: %w", err)
		}
	}
	return web.Exec(tx, answerSQL, dbx.Params{
		"id": id, "enrolment": s.enrolment(), "module": s.w.Module, "activity": r.name, "revision": r.revision,
		"positions": r.positions, "sealed": r.sealed, "tried": r.tried, "draft": r.draft, "now": s.now.String(),
	})
}
