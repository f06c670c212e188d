package facilitation

import (
	"net/url"
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
		if waiting == nil {
			web.Notify(e, "import-gone")
		} else if waiting.key == form.Get("key") {
			f.run(waiting, web.Current(e).ID)
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
		f.imports.keep(place, p, web.Now(e))
	}
	return web.SeeOther(e, e.Request.URL.Path)
}

// read makes of what was sent what waits to be confirmed. Nothing is done yet.
func (f *Facilitation) read(e *core.RequestEvent, group cohortRow, form url.Values, file []byte) (*pending, error) {
	p := &pending{key: newKey(), group: group}
	all, err := f.courses(e)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if c.ID == form.Get("course") {
			p.course = c
		}
	}
	if len(file) == 0 {
		p.pasted = strings.TrimSpace(form.Get("pasted"))
		file = []byte(p.pasted)
	}
	lines, err := readLines(file)
	if err != nil {
		p.wrong = err.Error()
		return p, nil
	}
	around, err := f.surroundingsOf(e, group)
	p.lines = around.check(lines)
	return p, err
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
	text, err := asCSV([][]string{{"called", "language", "worker"}, {"Sam", "en", worker}, {"Noor B", "", ""}})
	if err != nil {
		return err
	}
	return sendCSV(e, "sample.csv", text)
}
