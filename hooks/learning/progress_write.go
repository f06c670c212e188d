package learning

import (
	"context"
	"encoding/json"

	"alongside/hooks/content"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// decideProgress says how far they are after this save. A save that goes
// nowhere leaves the place on this step.
func (s *saving) decideProgress(seen *content.Compiled) error {
	now, err := s.progressNow(s.ctx, s.w)
	if err != nil {
		return err
	}
	carrier, err := s.content.Carrier(s.ctx, seen.Revision, s.w.Revision)
	if err != nil {
		return err
	}
	s.step = carrier.Step(s.step)
	if s.step == "" {
		return nil // the step is gone: what was given is kept, there is nothing to tick
	}
	after := now
	if s.action == doContinue || s.action == doSkip {
		after = now.after(s.step, s.w.compiled.Module.Steps, s.now.String())
	} else if now.Last == s.step && s.w.Progress.Revision != "" {
		return nil
	} else {
		after.Last = s.step
	}
	after.Revision = s.w.Revision
	s.progress = &after
	return nil
}

func (s *saving) writeProgress(tx core.App) error {
	return storeProgress(tx, s.enrolment(), s.w.Module, *s.progress, s.now)
}

func storeProgress(tx core.App, enrolment, module string, p progress, now types.DateTime) error {
	done, err := json.Marshal(append([]string{}, p.Done...))
	if err != nil {
		return err
	}
	return execute(tx, progressSQL, dbx.Params{
		"id": rowID(enrolment, module), "enrolment": enrolment, "module": module, "revision": p.Revision,
		"done": string(done), "last": p.Last, "completed": p.Completed, "now": now.String(),
	})
}

// placeSQL moves the place. Where the module has a new revision since, the row
// is carried over to it, unless a save did that first.
const placeSQL = `INSERT INTO progress (id, enrolment, module, revision, done, last, completed, created, updated)
	VALUES ({:id}, {:enrolment}, {:module}, {:revision}, {:done}, {:last}, '', {:now}, {:now})
	ON CONFLICT (id) DO UPDATE SET last = excluded.last, updated = excluded.updated, revision = excluded.revision,
		done = CASE WHEN revision = excluded.revision THEN done ELSE excluded.done END
		WHERE revision = {:seen}`

// remember notes the step that is being read, so that Continue opens it. It is
// a courtesy and nobody waits for it; what was typed or ticked is never in it.
func (l *Learning) remember(w *where, now progress, step string) error {
	if w.Enrolment == "" || (w.Progress.Last == step && w.Progress.Revision == w.Revision) {
		return nil
	}
	done, err := json.Marshal(append([]string{}, now.Done...))
	if err != nil {
		return err
	}
	params := dbx.Params{"id": rowID(w.Enrolment, w.Module), "enrolment": w.Enrolment, "module": w.Module,
		"revision": w.Revision, "seen": w.Progress.Revision, "done": string(done), "last": step, "now": types.NowDateTime().String()}
	go func() {
		err := l.writes.Do(context.Background(), func(tx core.App) error { return execute(tx, placeSQL, params) })
		if err != nil {
			l.app.Logger().Warn("remember a place", "error", err)
		}
	}()
	return nil
}
