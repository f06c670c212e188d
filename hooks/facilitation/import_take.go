package facilitation

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"alongside/hooks/signin"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// takeImport reads a file or a paste, or does what was asked about the one that
// was read: add everybody, stop, or begin again.
func (f *Facilitation) takeImport(e *core.RequestEvent) error {
	group, err := f.cohort(e, e.Request.PathValue("cohort"))
	if err != nil {
		return err
	}
	form, file, err := web.FormWithFile(e, "file")
	if err != nil {
		return err
	}
	place := placeOf(e)
	waiting := f.imports.of(place, web.Now(e))
	switch form.Get("do") {
	case "add":
		if waiting == nil || waiting.key != form.Get("key") {
			web.Notify(e, "import-gone")
		} else if err := f.confirm(e, waiting); err != nil {
			return err
		}
	case "stop":
		if waiting != nil {
			waiting.cancel()
		}
	case "again":
		if waiting != nil && !waiting.isRunning() {
			f.imports.remove(place)
		}
	default:
		p, err := f.read(e, group, form, file)
		if err != nil {
			return err
		}
		if !f.imports.keep(place, p, web.Now(e)) {
			web.Notify(e, "import-busy")
		}
	}
	return web.SeeOther(e, e.Request.URL.Path)
}

// confirm adds a list, if it says today what it said when it was read: a worker
// may have left since, and somebody else have added the same people.
func (f *Facilitation) confirm(e *core.RequestEvent, p *pending) error {
	course, err := f.course(e, p.courseID())
	if err != nil {
		return err
	}
	around, err := p.surroundings(e.Request.Context(), f.app.ConcurrentDB(), web.Now(e))
	if err != nil {
		return err
	}
	if p.hold(around.check(p.read), course) {
		f.run(p, f.makeGroup)
	}
	return nil
}

// course is one that somebody can be put on, none where there is none of that id.
func (f *Facilitation) course(e *core.RequestEvent, id string) (CourseChoice, error) {
	all, err := f.courses(e)
	for _, c := range all {
		if c.ID == id {
			return c, err
		}
	}
	return CourseChoice{}, err
}

// read makes of what was sent what waits to be confirmed. Nothing is done yet.
func (f *Facilitation) read(e *core.RequestEvent, group cohortRow, form url.Values, file []byte) (*pending, error) {
	p := &pending{key: newKey(), group: group, by: web.Current(e).ID, languages: web.SiteOf(e).Languages}
	var err error
	if p.course, err = f.course(e, form.Get("course")); err != nil {
		return nil, err
	}
	if len(file) == 0 {
		p.pasted = strings.TrimSpace(form.Get("pasted"))
		file = []byte(p.pasted)
	}
	if p.read, err = readLines(file); err != nil {
		p.wrong = wrongFile(err)
		return p, nil
	}
	around, err := p.surroundings(e.Request.Context(), f.app.ConcurrentDB(), web.Now(e))
	p.lines = around.check(p.read)
	return p, err
}

// wrongFile is why a list could not be read, at its field.
func wrongFile(err error) *web.FieldError {
	wrong := &web.FieldError{Field: "file", Key: err.Error(), Max: maxLines}
	if quotes, ok := errors.AsType[quotesError](err); ok {
		wrong.About = strconv.Itoa(quotes.line)
	}
	return wrong
}

// ready are the cards of a group that was made, nil until then.
func (p *pending) ready() []*signin.NewCard {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running {
		return nil
	}
	return p.cards
}

// sendSample is a file to begin with.
func (f *Facilitation) sendSample(e *core.RequestEvent) error {
	group, err := f.cohort(e, e.Request.PathValue("cohort"))
	if err != nil {
		return err
	}
	workers, err := f.workers(e, group)
	if err != nil {
		return err
	}
	worker := ""
	if len(workers) > 0 {
		worker = workers[0].Username
	}
	language := ""
	site := web.SiteOf(e)
	if i := slices.IndexFunc(site.Languages, site.Speaks); i >= 0 {
		language = site.Languages[i]
	}
	text, err := asCSV([][]string{{"called", "language", "worker"}, {"Sam", language, worker}, {"Noor B", "", ""}})
	if err != nil {
		return err
	}
	return sendCSV(e, "sample.csv", text)
}
