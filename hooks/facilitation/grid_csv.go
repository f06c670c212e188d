package facilitation

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strconv"

	"alongside/hooks/audit"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// sendGrid is the figures of a group as a file, no deeper than its page. What
// the file is called says nothing of whose it is.
func (f *Facilitation) sendGrid(e *core.RequestEvent) error {
	page, programme, err := f.grid(e)
	if err != nil {
		return err
	}
	lang := languageOf(e)
	rows := page.countRows(lang)
	if page.Named {
		rows = page.learnerRows(lang)
	}
	text, err := asCSV(rows)
	if err != nil {
		return err
	}
	act := audit.Act{Kind: audit.GridExported, Actor: web.Current(e).ID, Item: page.ID, Programme: programme}
	if err := f.audit.Record(f.app, act); err != nil {
		return err
	}
	return sendCSV(e, "group-"+web.Now(e).Format("2006-01-02")+".csv", text)
}

// byteOrder begins the file: without it spreadsheets take UTF-8 for something
// else, and names come out wrong.
const byteOrder = "\ufeff"

func asCSV(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(byteOrder)
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range rows {
		for i := range row {
			row[i] = harmless(row[i])
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// formula is where a spreadsheet begins to calculate: at the start of a cell, and
// after what some of them take for the end of one.
var formula = regexp.MustCompile(`(^|[;\t\r\n]) *([=+\-@\t\r])`)

// harmless is a cell that no spreadsheet takes for a formula, in whole or in part.
func harmless(cell string) string { return formula.ReplaceAllString(cell, "$1'$2") }

func sendCSV(e *core.RequestEvent, name string, text []byte) error {
	e.Response.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	return e.Blob(200, "text/csv; charset=utf-8", text)
}

// countRows are the modules with how many are how far.
func (p *GridPage) countRows(lang string) [][]string {
	say := sayIn(lang)
	rows := [][]string{{say("grid.course"), say("grid.module"), say("grid.on"), say("grid.done"), say("grid.begun"), say("grid.not-yet")}}
	for _, c := range p.Courses {
		for _, m := range c.Modules {
			rows = append(rows, []string{c.Title, m.Title, strconv.Itoa(c.On), strconv.Itoa(m.Done), strconv.Itoa(m.Begun), strconv.Itoa(m.Not)})
		}
	}
	return rows
}

// learnerRows are a line for each learner and course, a column for each module.
func (p *GridPage) learnerRows(lang string) [][]string {
	say := sayIn(lang)
	var rows [][]string
	for _, c := range p.Courses {
		head := []string{say("grid.learner"), say("me.username"), say("grid.paused"), say("grid.course")}
		for _, m := range c.Modules {
			head = append(head, m.Title)
		}
		rows = append(rows, head)
		for _, r := range c.Rows {
			line := append(r.columns(say), c.Title)
			for _, cell := range r.Cells {
				line = append(line, cell.words(lang))
			}
			rows = append(rows, line)
		}
		rows = append(rows, p.totals(c, say)...)
	}
	for _, l := range p.Without {
		rows = append(rows, append(l.columns(say), say("grid.without")))
	}
	return rows
}

// totals are the figures of a course as they stand below its table.
func (p *GridPage) totals(c GridCourse, say func(string) string) [][]string {
	total := func(key string, of func(GridModule) int) []string {
		row := []string{say(key), "", "", c.Title}
		for _, m := range c.Modules {
			row = append(row, strconv.Itoa(of(m)))
		}
		return row
	}
	rows := [][]string{
		total("grid.on", func(GridModule) int { return c.On }),
		total("grid.done", func(m GridModule) int { return m.Done }),
	}
	if p.Steps {
		rows = append(rows, total("grid.begun", func(m GridModule) int { return m.Begun }))
	}
	return append(rows, total("grid.not-yet", func(m GridModule) int { return m.Not }))
}

func (l GridLearner) columns(say func(string) string) []string {
	paused := ""
	if l.Paused {
		paused = say("grid.paused")
	}
	return []string{l.Name, l.Username, paused}
}

// words are what a cell says.
func (c GridCell) words(lang string) string {
	return templates.Say(lang, "grid."+string(c.Word), map[string]string{
		"done": strconv.Itoa(c.Done), "steps": templates.Count(lang, "steps", c.Far.Steps), "new": strconv.Itoa(c.New),
	})
}

func sayIn(lang string) func(string) string {
	return func(key string) string { return templates.Say(lang, key, nil) }
}
