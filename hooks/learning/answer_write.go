package learning

import (
	"encoding/json"
	"fmt"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/reflections"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// row is one thing that a save stores. Its text is sealed already.
type row struct {
	activity   *courses.Activity
	answer     courses.Answer
	revision   string
	sealed     string
	tried      bool
	keepBefore bool // the value before goes to the history
	reflection *reflections.Reflection
}

// decideRows makes the rows of what has changed. An activity whose text cannot
// be opened now is left alone: nothing is overwritten unseen.
func (s *saving) decideRows(seen *content.Compiled) error {
	if s.asked == nil {
		return nil
	}
	stored, _, err := s.readerOf(s.ctx, s.viewer, s.as(seen)).all(s.w.Answers, s.w.Reflections)
	if err != nil {
		return err
	}
	for _, a := range s.asked.Activities {
		now, held := s.handed[a.ID]
		before, tried := stored[a.ID], s.handsIn()
		if !held || before.closed || (same(now.answer, before.answer) && (before.tried || !tried || empty(now.answer))) {
			continue
		}
		made, err := s.row(a, now.answer, seen.Revision, tried)
		if err != nil {
			return err
		}
		made.keepBefore = before.revision != "" && s.form.Get("auto") == "" && !same(now.answer, before.answer)
		s.rows = append(s.rows, made)
	}
	return nil
}

// handsIn reports whether the button asks for feedback, now or when they return.
func (s *saving) handsIn() bool { return s.action == doCheck || s.action == doContinue }

func (s *saving) row(a *courses.Activity, answer courses.Answer, revision string, tried bool) (row, error) {
	r := row{activity: a, answer: answer, revision: revision, tried: tried}
	var err error
	if a.Kind == courses.Reflection {
		r.reflection = &reflections.Reflection{
			User: s.viewer.ID, Module: s.w.Module, Activity: a.ID, Revision: revision, State: s.reflectionState(), Typed: answer.Typed,
		}
		r.sealed, err = r.reflection.Seal(s.app, s.vault)
		return r, err
	}
	if typed := typedOnly(answer.Typed); len(typed) > 0 {
		text, err := json.Marshal(typed)
		if err != nil {
			return r, err
		}
		r.sealed, err = s.vault.Seal(s.app, s.viewer.ID, answerPlace(rowID(s.enrolment(), s.w.Module, a.ID)), text)
		if err != nil {
			return r, err
		}
	}
	return r, nil
}

func (s *saving) reflectionState() string {
	if s.action == doContinue || s.action == doSkip {
		return reflections.Kept
	}
	return reflections.Draft
}

// enrolment is the id of the enrolment, which is the same before it is there.
func (s *saving) enrolment() string { return rowID(s.viewer.ID, s.w.Course) }

const (
	enrolSQL = `INSERT INTO enrolments (id, user, course, state, finished, created, updated)
		VALUES ({:id}, {:user}, {:course}, 'active', '', {:now}, {:now})
		ON CONFLICT (user, course) DO UPDATE SET state = CASE WHEN state = 'left' THEN 'active' ELSE state END`
	historySQL = `INSERT INTO answer_history (id, answer, revision, positions, sealed, created)
		SELECT {:history}, id, revision, positions, sealed, updated FROM answers WHERE id = {:id}`
	answerSQL = `INSERT INTO answers (id, enrolment, module, activity, revision, positions, sealed, tries, tried, created, updated)
		VALUES ({:id}, {:enrolment}, {:module}, {:activity}, {:revision}, {:positions}, {:sealed}, {:tries}, {:tried}, {:now}, {:now})
		ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, positions = excluded.positions, sealed = excluded.sealed,
			tries = tries + excluded.tries, tried = excluded.tried, updated = excluded.updated`
	progressSQL = `INSERT INTO progress (id, enrolment, module, revision, done, last, completed, created, updated)
		VALUES ({:id}, {:enrolment}, {:module}, {:revision}, {:done}, {:last}, {:completed}, {:now}, {:now})
		ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, last = excluded.last,
			done = CASE WHEN revision != excluded.revision THEN excluded.done ELSE
				(SELECT json_group_array(value) FROM (SELECT value FROM json_each(progress.done) UNION SELECT value FROM json_each(excluded.done))) END,
			completed = CASE WHEN completed = '' THEN excluded.completed ELSE completed END, updated = excluded.updated`
)

// write stores everything of this save. It is one job of a group: it touches
// nothing but the transaction, and may run twice.
func (s *saving) write(tx core.App) error {
	if s.w.Enrolment == "" {
		err := execute(tx, enrolSQL, dbx.Params{"id": s.enrolment(), "user": s.viewer.ID, "course": s.w.Course, "now": s.now.String()})
		if err != nil {
			return fmt.Errorf("enrol: %w", err)
		}
	}
	for _, r := range s.rows {
		if err := s.writeRow(tx, r); err != nil {
			return fmt.Errorf("answer to %s: %w", r.activity.ID, err)
		}
	}
	if s.progress == nil {
		return nil
	}
	return s.writeProgress(tx)
}

func (s *saving) writeRow(tx core.App, r row) error {
	if r.reflection != nil {
		return r.reflection.Store(tx, r.sealed, s.now)
	}
	positions, err := json.Marshal(r.answer)
	if err != nil {
		return err
	}
	id := rowID(s.enrolment(), s.w.Module, r.activity.ID)
	if r.keepBefore {
		err := execute(tx, historySQL, dbx.Params{"id": id, "history": core.GenerateDefaultRandomId()})
		if err != nil {
			return err
		}
	}
	tries := 0
	if r.tried {
		tries = 1
	}
	return execute(tx, answerSQL, dbx.Params{
		"id": id, "enrolment": s.enrolment(), "module": s.w.Module, "activity": r.activity.ID, "revision": r.revision,
		"positions": string(positions), "sealed": r.sealed, "tries": tries, "tried": r.tried, "now": s.now.String(),
	})
}

func execute(tx core.App, sql string, params dbx.Params) error {
	_, err := tx.NonconcurrentDB().NewQuery(sql).Bind(params).Execute()
	return err
}
