package authoring

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// NewCoursePage is `/write-new-course`, "authoring/new-course". Its form posts title,
// language and programme to the same address.
type NewCoursePage struct {
	web.Base
	Title      string
	Language   string // BCP 47
	Programme  string // record id
	Programmes []ProgrammeRow
	Errors     []web.FieldError
}

// A ProgrammeRow is a programme that somebody may write for.
type ProgrammeRow struct {
	ID    string `db:"id"`
	Label string `db:"label"`
}

// languages that a course may be in: those that the people speak for whom the
// programmes are that this was made with, and the languages of the countries where
// they run. A course that comes as a folder may be in any.
var languages = strings.Fields("en am ar bg bn cs cy de es fa fr hu it ku lt pa pl prs ps pt ro ru sk so sq sw ta ti tr uk ur vi zh")

// Languages are those to choose from, the viewer's own first.
func (p *NewCoursePage) Languages() []templates.Choice { return languagesWith(p.Language) }

func languagesWith(chosen string) (all []templates.Choice) {
	tags := languages
	if chosen != "" && !slices.Contains(tags, chosen) {
		tags = append([]string{chosen}, tags...)
	}
	for _, tag := range tags {
		all = append(all, templates.Choice{Value: tag, Text: templates.LanguageOf(tag).Name, Lang: tag, Chosen: tag == chosen})
	}
	return all
}

// Choices are the programmes, as the form offers them.
func (p *NewCoursePage) Choices() (all []templates.Choice) {
	for _, one := range p.Programmes {
		all = append(all, templates.Choice{Value: one.ID, Text: one.Label, Chosen: one.ID == p.Programme})
	}
	return all
}

func (a *Authoring) showNewCourse(e *core.RequestEvent) error {
	page := &NewCoursePage{Language: languages[0]}
	if tag, _ := web.Language(e); slices.Contains(languages, tag) {
		page.Language = tag
	}
	return a.newCoursePage(e, http.StatusOK, page)
}

func (a *Authoring) newCoursePage(e *core.RequestEvent, status int, page *NewCoursePage) (err error) {
	if page.Programmes, err = a.programmesFor(e.Request.Context(), web.Current(e)); err != nil {
		return err
	}
	return web.Show(e, status, "authoring/new-course", page)
}

// programmesFor are the programmes for which a viewer may write.
func (a *Authoring) programmesFor(ctx context.Context, v *web.Viewer) (mine []ProgrammeRow, err error) {
	var all []ProgrammeRow
	if err = a.app.ConcurrentDB().NewQuery("SELECT id, label FROM programmes ORDER BY label, id").WithContext(ctx).All(&all); err != nil {
		return nil, fmt.Errorf("list programmes to write for: %w", err)
	}
	for _, one := range all {
		if reaches(v, people.Writing, one.ID) {
			mine = append(mine, one)
		}
	}
	return mine, nil
}

// makeNewCourse begins a course: its course.md, on which it can be written. Learners
// see nothing of it before something of it is live.
func (a *Authoring) makeNewCourse(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	ctx, viewer := e.Request.Context(), web.Current(e)
	page := &NewCoursePage{Title: strings.Join(strings.Fields(form.Get("title")), " "), Language: form.Get("language"), Programme: form.Get("programme")}
	mine, err := a.programmesFor(ctx, viewer)
	if err != nil {
		return err
	}
	if len(mine) == 1 && page.Programme == "" {
		page.Programme = mine[0].ID
	}
	if page.Errors = page.problems(mine); len(page.Errors) > 0 {
		return a.newCoursePage(e, http.StatusUnprocessableEntity, page)
	}
	spoken, _ := web.Language(e)
	var course content.Course
	err = a.app.RunInTransaction(func(tx core.App) error {
		if course, err = a.content.AddCourse(ctx, tx, page.Title, page.Language, page.Programme); err != nil {
			return err
		}
		p := Place{Course: course, Name: courseFile}
		p.Live = content.Text{Course: course, Name: courseFile, Path: courseFile, Kind: string(courses.FileCourse)}
		return a.beginIn(tx, p, viewer.ID, courseBeginning(spoken, page))
	})
	if err != nil && !errors.Is(err, errBegun) {
		return err
	}
	return web.SeeOther(e, "/write/"+course.Slug)
}

const courseFile = "course.md"

func (p *NewCoursePage) problems(mine []ProgrammeRow) (all []web.FieldError) {
	switch n := utf8.RuneCountInString(p.Title); {
	case n == 0 || courses.Slug(p.Title) == "":
		all = append(all, web.FieldError{Field: "title", Key: "title-missing"})
	case n > titleMost:
		all = append(all, web.FieldError{Field: "title", Key: "line-long", Max: titleMost})
	}
	if !slices.Contains(languages, p.Language) {
		all = append(all, web.FieldError{Field: "language", Key: "language-missing"})
	}
	if !slices.ContainsFunc(mine, func(one ProgrammeRow) bool { return one.ID == p.Programme }) {
		all = append(all, web.FieldError{Field: "programme", Key: "programme-choose"})
	}
	return all
}

// courseBeginning is a course.md to write on, in the words of a language.
func courseBeginning(spoken string, p *NewCoursePage) string {
	summary, opening := templates.Say(spoken, "begin-with.summary", nil), templates.Say(spoken, "begin-with.course", nil)
	return courses.FrontMatter(courses.Front{Title: p.Title, Summary: summary, Language: p.Language}) + opening + "\n"
}
