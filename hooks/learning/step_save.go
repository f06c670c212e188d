package learning

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/reflections"
	"alongside/hooks/signin"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// The submit buttons of a step, as values of its field `do`. Check names the
// activity that it stands at in a field of its own, `check`.
const (
	doContinue = "continue"
	doSkip     = "skip"
	doCheck    = "check"
	doSave     = "save"
	doSpeak    = "speak" // say it instead: leads to the recorder; names its activity, as do the next two
	doPaper    = "paper" // they did it on paper
	doWrite    = "write" // they did not
	doStuck    = "stuck" // save, and ask for help with this step
)

// saveStep is POST of one step. Whatever was typed is saved, whichever button
// was pressed; Check also hands in its own activity, Continue all of them, and
// Continue and Skip go on. Of whoever only looks on nothing is saved.
func (l *Learning) saveStep(e *core.RequestEvent) error {
	viewer := web.Current(e)
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	if viewer == nil && !form.Has(looks) {
		return signin.AskToSave(e, form)
	}
	s, err := l.begin(e, viewer, form)
	if err != nil {
		return orSignIn(e, err)
	}
	if form.Has(looks) && s.w.keepsNothingOf(viewer) {
		return s.tryOut(e)
	}
	if err = s.save(); errors.Is(err, reflections.ErrChanged) { // by the same person, in the same moment
		if s, err = l.begin(e, viewer, form); err == nil {
			err = s.save()
		}
	}
	if err != nil {
		return err
	}
	if problems := s.problems(); len(problems) > 0 {
		return s.showAgain(e, problems)
	}
	if err := signin.DropKeptPost(e); err != nil {
		e.App.Logger().Warn("drop a kept post", "error", err) // it is saved; the copy ages out by itself
	}
	return s.reply(e)
}

// begin finds where the person is whose form came.
func (l *Learning) begin(e *core.RequestEvent, viewer *web.Viewer, form url.Values) (*saving, error) {
	key, step := address(e)
	w, err := l.findToSave(e.Request.Context(), viewer, key, stepAsks(step))
	now, _ := types.ParseDateTime(web.Now(e)) // of a time.Time it cannot fail
	return &saving{Learning: l, ctx: e.Request.Context(), viewer: viewer, w: w, step: step, form: form, now: now}, err
}

// save stores what is in the form, as far as it can be. It returns
// reflections.ErrChanged where somebody was quicker, and nothing was stored.
func (s *saving) save() error {
	if err := s.decide(); err != nil || !s.mayStore() {
		return err
	}
	return s.store()
}

// findToSave is find, and where a module was withdrawn while somebody was in it,
// what they were in: a form that they still send is kept.
func (l *Learning) findToSave(ctx context.Context, viewer *web.Viewer, key moduleKey, asked asks) (*where, error) {
	w, err := l.find(ctx, viewer, key, asked)
	if !errors.Is(err, web.ErrNotFound) {
		return w, err
	}
	key.withdrawn = true
	return l.find(ctx, viewer, key, asked)
}

// saving is one step being saved.
type saving struct {
	*Learning
	ctx    context.Context
	viewer *web.Viewer
	w      *where
	step   string // as the address says
	form   url.Values
	now    types.DateTime

	action string            // the button
	check  string            // the activity that it stands at, "" for those of the step
	seen   *content.Compiled // the revision that the form was made from
	asked  *courses.Step     // the step as the learner saw it
	place  int               // of that, from 0
	handed map[string]given  // by activity
	rows   []row
	moveTo string // the step as it is now, "" where it is gone
	failed *FieldError
}

// decide reads the form as of the revision that it was made from, and makes the
// rows that change. Nothing is stored yet.
func (s *saving) decide() (err error) {
	s.action, s.check = pressed(s.form)
	if err := s.findSeen(); err != nil {
		return err
	}
	stored, err := s.readerOf(s.ctx, s.viewer, s.w.as(s.seen)).all(s.w.Answers, s.w.Reflections)
	if err != nil {
		return err
	}
	s.handed = handedIn(s.asked, stored, s.form)
	if err := s.decideRows(stored); err != nil {
		return err
	}
	carrier, err := s.content.Carrier(s.ctx, s.seen.Revision, s.w.Revision)
	s.moveTo = carrier.Step(s.asked.ID)
	return err
}

// findSeen finds the revision that the learner was looking at: the one that the
// form names, if it was live in this module, else the one that is live now.
func (s *saving) findSeen() error {
	seen, answers, err := s.seenIn(s.ctx, s.viewer, s.w, s.step, s.form)
	if err != nil {
		return err
	}
	s.seen, s.w = seen, answers
	if s.asked, s.place = seen.Step(s.step); s.asked == nil {
		return web.ErrNotFound
	}
	return nil
}

// seenIn is the revision that a form was made from, with the answers that its
// step asks for.
func (l *Learning) seenIn(ctx context.Context, viewer *web.Viewer, w *where, step string, form url.Values) (*content.Compiled, *where, error) {
	id := form.Get("revision")
	if id == "" || id == w.Revision {
		return w.compiled, w, nil
	}
	seen, err := l.content.Earlier(ctx, w.Module, id, w.Build)
	if err != nil || seen == nil {
		return w.compiled, w, err
	}
	then, err := l.read(ctx, viewer, w.spot, stepAsks(step)(seen))
	return seen, then, err
}

// as is where the learner is, read as of another revision of the module.
func (w *where) as(seen *content.Compiled) *where {
	then := *w
	then.compiled = seen
	return &then
}

// mayStore reports whether this person takes the course, or may begin it now.
func (s *saving) mayStore() bool {
	if s.w.Enrolment == "" && !s.w.Open {
		s.failed = &FieldError{Field: "step", Key: "not-enrolled"}
		return false
	}
	return true
}

// store brings everything of this save to disk. Where that fails the page comes
// back with what was typed.
func (s *saving) store() error {
	s.places.forget(s.enrolment(), s.w.Module)
	err := s.writes.Do(s.ctx, s.write)
	if errors.Is(err, reflections.ErrChanged) {
		return err
	}
	if err != nil {
		s.app.Logger().Error("save a step", "module", s.w.Module, "step", s.step, "error", err)
		s.failed = &FieldError{Field: "step", Key: "cannot-be-kept"}
		return nil
	}
	s.stampAnew()
	return nil
}

// write stores everything of this save. It is one job of a group: it touches
// nothing but the transaction, and may run twice.
func (s *saving) write(tx core.App) error {
	if s.w.Enrolment == "" {
		if err := s.enrol(tx); err != nil {
			return fmt.Errorf("enrol: %w", err)
		}
	}
	for _, r := range s.rows {
		if err := s.writeRow(tx, r); err != nil {
			return fmt.Errorf("answer to %s: %w", r.name, err)
		}
	}
	if s.staysHere() {
		return nil
	}
	return s.Learning.move(s.ctx, tx, move{
		enrolment: s.enrolment(), course: s.w.Course, module: s.w.Module, live: s.w.compiled,
		step: s.moveTo, onward: s.goesOn(), now: s.now,
	})
}

// staysHere reports whether the progress needs no look: the place is this step
// already, or the step is gone and what was given is all there is to keep.
func (s *saving) staysHere() bool {
	here := s.w.Place == (at{s.w.compiled.Revision, s.moveTo})
	return s.moveTo == "" || here && !s.goesOn()
}

// enrolment is the id of the enrolment, which is the same before it is there.
func (s *saving) enrolment() string { return rowID(s.viewer.ID, s.w.Course) }

func (s *saving) enrol(tx core.App) error { return enrol(tx, s.viewer.ID, s.w.Course, s.now) }

// enrolSQL lets whoever left come back to where they were.
const enrolSQL = `INSERT INTO enrolments (id, user, course, state, finished, created, updated)
	VALUES ({:id}, {:user}, {:course}, 'active', '', {:now}, {:now})
	ON CONFLICT (user, course) DO UPDATE SET updated = excluded.updated, state = CASE
		WHEN state != 'left' THEN state WHEN finished = '' THEN 'active' ELSE 'finished' END`

func enrol(tx core.App, user, course string, now types.DateTime) error {
	return web.Exec(tx, enrolSQL, dbx.Params{"id": rowID(user, course), "user": user, "course": course, "now": now.String()})
}

// goesOn reports whether this save ticks the step: nothing of it is left to put
// right first.
func (s *saving) goesOn() bool {
	return (s.action == doContinue || s.action == doSkip) && len(s.problems()) == 0
}

// problems are what keeps something of the form from being stored.
func (s *saving) problems() []FieldError {
	all := errorsOf(s.asked, s.handed)
	if s.failed != nil {
		all = append(all, *s.failed)
	}
	return all
}
