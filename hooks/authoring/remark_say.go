package authoring

import (
	"context"
	"net/http"
	"net/url"
	"unicode/utf8"

	"alongside/courses"
	"alongside/hooks/learning"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// SayPage is `/say/{course}/{module}/{step}`, "authoring/say": a learner says that
// something was not so for them, or how they would say it. ?at= chooses the block. Its
// form posts key, revision, place, kind, text and named to the same address.
type SayPage struct {
	web.Base
	Title       string // of the step
	ContentLang string
	ContentDir  string
	Back        string // the step
	Revision    string // that it was made from
	Key         string // what the form calls itself
	Blocks      []BlockChoice
	Kind        string
	Text        string
	Named       bool
	Readers     string // who will read it
	Errors      []web.FieldError
}

// A BlockChoice is a block of a step, by its first words; "" for the whole page.
type BlockChoice struct {
	Place  string
	First  string
	Chosen bool
}

const (
	remarkMost  = 3_000 // letters of a remark
	remarksMost = 30    // open ones of one learner on one module
)

func (a *Authoring) showSay(e *core.RequestEvent) error {
	reading, err := a.learning.ReadingAt(e, "")
	if err != nil {
		return err
	}
	return a.sayPage(e, reading, http.StatusOK, e.Request.URL.Query().Get("at"), &SayPage{Key: core.GenerateDefaultRandomId(), Kind: NotTrue})
}

func (a *Authoring) sayPage(e *core.RequestEvent, r learning.Reading, status int, at string, page *SayPage) (err error) {
	course, err := a.content.Course(e.Request.Context(), r.Slug)
	if err != nil {
		return err
	}
	if page.Readers, err = a.readersNow(e.Request.Context(), r.Module, course.Programme); err != nil {
		return err
	}
	page.Title, page.Back, page.Revision = r.Title, r.Address, r.Compiled.Revision
	page.ContentLang, page.ContentDir = r.Compiled.Module.Lang, templates.Direction(r.Compiled.Module.Lang)
	page.Blocks = blockChoices(r.Step, at)
	return web.Show(e, status, "authoring/say", page)
}

// blockChoices are the blocks of a step that say something, and the whole page, which
// is chosen where none of them is.
func blockChoices(step *courses.Step, at string) []BlockChoice {
	whole := BlockChoice{Place: step.ID, Chosen: true}
	var all []BlockChoice
	for i := range step.Parts {
		part := &step.Parts[i]
		first := beginningOf(wordsOf(part))
		if first == "" {
			continue
		}
		one := BlockChoice{Place: part.At, First: first, Chosen: part.At == at}
		if one.Chosen {
			whole.Chosen = false
		}
		all = append(all, one)
	}
	return append(all, whole)
}

// say keeps what a learner says. A form that is sent twice says it once.
func (a *Authoring) say(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	reading, err := a.learning.ReadingAt(e, form.Get("revision"))
	if err != nil {
		return err
	}
	page := sayPageOf(form)
	if page.Errors = page.problems(); len(page.Errors) > 0 {
		return a.sayPage(e, reading, http.StatusUnprocessableEntity, form.Get("place"), page)
	}
	viewer := web.Current(e)
	r := Remark{
		ID: remarkID(viewer.ID, page.Key), Module: reading.Module, Revision: reading.Compiled.Revision, Place: chosenOf(reading.Step, form.Get("place")),
		Learner: viewer.ID, Kind: page.Kind, Readers: page.Readers, Credited: page.Named,
	}
	problem, err := a.addRemark(e.Request.Context(), viewer, reading.Slug, r, page.Text)
	status := http.StatusUnprocessableEntity
	if reflections.CannotKeep(err) {
		problem, err, status = "practice-no-key", nil, http.StatusServiceUnavailable
	}
	if err != nil {
		return err
	}
	if problem != "" {
		page.Errors = []web.FieldError{{Field: "text", Key: problem, Max: remarksMost}}
		return a.sayPage(e, reading, status, form.Get("place"), page)
	}
	web.Notify(e, "remark-said")
	return web.SeeOther(e, "/me/remarks")
}

func sayPageOf(form url.Values) *SayPage {
	page := &SayPage{Key: form.Get("key"), Kind: form.Get("kind"), Text: typed(form.Get("text")), Named: form.Has("named")}
	if page.Kind != OwnWords {
		page.Kind = NotTrue
	}
	if page.Readers = form.Get("readers"); page.Readers != ForWriters {
		page.Readers = ForCarers
	}
	if page.Key == "" {
		page.Key = core.GenerateDefaultRandomId()
	}
	return page
}

func (page *SayPage) problems() (all []web.FieldError) {
	switch n := utf8.RuneCountInString(page.Text); {
	case n == 0:
		all = append(all, web.FieldError{Field: "text", Key: "remark-empty"})
	case n > remarkMost:
		all = append(all, web.FieldError{Field: "text", Key: "remark-long", Max: remarkMost})
	}
	return all
}

// chosenOf is the place that was chosen, where the step has it; else the whole page.
func chosenOf(step *courses.Step, place string) string {
	for _, one := range blockChoices(step, place) {
		if one.Chosen {
			return one.Place
		}
	}
	return step.ID
}

// addRemark stores it, unless it is stored already. It returns what stands in the way,
// as a locale key below "problem-in-form.": there are too many, or others read it now
// than the page said.
func (a *Authoring) addRemark(ctx context.Context, viewer *web.Viewer, slug string, r Remark, text string) (problem string, err error) {
	course, err := a.content.Course(ctx, slug)
	if err != nil {
		return "", err
	}
	said, err := a.saidBefore(viewer, &r, text)
	if said || err != nil {
		return "", err
	}
	err = a.app.RunInTransaction(func(tx core.App) error {
		problem = ""
		wrote, err := a.whoWrote(ctx, tx.DB(), r.Module, course.Programme)
		if err != nil {
			return err
		}
		if len(wrote) > 0 != (r.Readers == ForWriters) {
			problem = "remark-readers"
			return nil
		}
		open := 0
		err = tx.DB().NewQuery("SELECT COUNT(*) FROM remarks WHERE learner = {:learner} AND module = {:module} AND state = 'open'").
			Bind(dbx.Params{"learner": r.Learner, "module": r.Module}).WithContext(ctx).Row(&open)
		if err != nil {
			return err
		}
		if open >= remarksMost {
			problem = "remark-many"
			return nil
		}
		sealed, err := a.sealRemark(tx, r.Learner, r.place(), text, viewer.Under())
		if err != nil {
			return err
		}
		return web.Exec(tx, `INSERT INTO remarks (id, module, revision, place, learner, kind, readers, sealed, credited, state, thanks, answered_by, answered, changed, told, created, updated)
			VALUES ({:id}, {:module}, {:revision}, {:place}, {:learner}, {:kind}, {:readers}, {:sealed}, {:credited}, 'open', '', '', '', '', '', {:now}, {:now}) ON CONFLICT (id) DO NOTHING`, dbx.Params{
			"id": r.ID, "module": r.Module, "revision": r.Revision, "place": r.Place, "learner": r.Learner, "kind": r.Kind, "readers": r.Readers,
			"sealed": sealed, "credited": r.Credited, "now": stamp(a.now()),
		})
	})
	return problem, err
}

// saidBefore reports whether the same form said the same before. Where it says
// something else now, which a page does that was gone back to, that is a remark of its
// own, and r gets the id of that.
func (a *Authoring) saidBefore(viewer *web.Viewer, r *Remark, text string) (bool, error) {
	for {
		var rows []Remark
		err := a.app.ConcurrentDB().NewQuery("SELECT " + remarkColumns + " FROM remarks k WHERE k.id = {:id}").Bind(dbx.Params{"id": r.ID}).All(&rows)
		if err != nil || len(rows) == 0 {
			return false, err
		}
		was, lock, err := a.ownWords(viewer, rows[0].place(), rows[0].Sealed)
		if err != nil || lock == reflections.Unlocked && was == text {
			return err == nil, err
		}
		r.ID = remarkID(r.Learner, r.ID)
	}
}
