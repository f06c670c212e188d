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

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Beginnings are what a new module may begin from. Their words are under
// "begin-from.".
func Beginnings() []string { return []string{"rights", "story", "practice", "words", "blank"} }

// NewPage is `/write-new`, "authoring/new". Its form posts course, title and from to
// the same address.
type NewPage struct {
	web.Base
	Courses []CourseRow
	Course  string // slug
	Title   string
	From    string
	Errors  []web.FieldError
}

// CourseChoices are the courses, as the form offers them.
func (p *NewPage) CourseChoices() (all []templates.Choice) {
	for _, one := range p.Courses {
		all = append(all, templates.Choice{Value: one.Slug, Text: one.Title, Lang: one.Lang, Chosen: one.Slug == p.Course})
	}
	return all
}

// Begins are what it may begin from.
func (p *NewPage) Begins() []string { return Beginnings() }

func (a *Authoring) showNew(e *core.RequestEvent) error {
	return a.newPage(e, http.StatusOK, &NewPage{Course: e.Request.URL.Query().Get("course"), From: Beginnings()[1]})
}

func (a *Authoring) newPage(e *core.RequestEvent, status int, page *NewPage) (err error) {
	if page.Courses, err = a.coursesFor(e.Request.Context(), web.Current(e), people.Writing, "/write/"); err != nil {
		return err
	}
	return web.Show(e, status, "authoring/new", page)
}

// titleMost is how long a title may be, in letters.
const titleMost = 120

// makeNew begins a module that is not there yet, from words to write on.
func (a *Authoring) makeNew(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page := &NewPage{Course: form.Get("course"), Title: strings.Join(strings.Fields(form.Get("title")), " "), From: form.Get("from")}
	course, err := a.content.Course(e.Request.Context(), page.Course)
	if errors.Is(err, content.ErrNoCourse) || err == nil && !reaches(web.Current(e), people.Writing, course.Programme) {
		page.Errors = append(page.Errors, web.FieldError{Field: "course", Key: "course-choose"})
	} else if err != nil {
		return err
	}
	switch n := utf8.RuneCountInString(page.Title); {
	case n == 0 || courses.Slug(page.Title) == "":
		page.Errors = append(page.Errors, web.FieldError{Field: "title", Key: "title-missing"})
	case n > titleMost:
		page.Errors = append(page.Errors, web.FieldError{Field: "title", Key: "line-long", Max: titleMost})
	}
	if !slices.Contains(Beginnings(), page.From) {
		page.Errors = append(page.Errors, web.FieldError{Field: "from", Key: "begin-choose"})
	}
	if len(page.Errors) > 0 {
		return a.newPage(e, http.StatusUnprocessableEntity, page)
	}
	place, err := a.newPlace(e.Request.Context(), course, page.Title)
	if err != nil {
		return err
	}
	language, _ := web.Language(e)
	if err := a.begin(place, web.Current(e).ID, beginning(language, page.From, page.Title)); err != nil && !errors.Is(err, errBegun) {
		return err
	}
	return web.SeeOther(e, place.Address())
}

// newPlace is where a module of this title goes: behind the others, under a name that
// nothing in the course has or had.
func (a *Authoring) newPlace(ctx context.Context, course content.Course, title string) (Place, error) {
	var taken []string
	err := a.app.ConcurrentDB().NewQuery(`SELECT slug FROM modules WHERE course = {:course} UNION SELECT slug FROM redirects WHERE course = {:course}`).
		Bind(dbx.Params{"course": course.ID}).WithContext(ctx).Column(&taken)
	if err != nil {
		return Place{}, fmt.Errorf("names in course %s: %w", course.Slug, err)
	}
	drafts, err := a.draftsOf(ctx, course, "")
	if err != nil {
		return Place{}, err
	}
	for _, d := range drafts {
		taken = append(taken, NameOf(d.Path, d.Kind))
	}
	slug := courses.Slug(title)
	for n := 2; slices.Contains(taken, slug); n++ {
		slug = fmt.Sprintf("%s-%d", courses.Slug(title), n)
	}
	number, err := a.nextNumber(ctx, course, drafts)
	if err != nil {
		return Place{}, err
	}
	p := Place{Course: course, Name: slug}
	p.Live = content.Text{Course: course, Name: slug, Path: fmt.Sprintf("%02d-%s.md", number, slug), Kind: string(courses.FileModule)}
	return p, nil
}

// nextNumber is the first that stands behind the numbers of a course's files.
func (a *Authoring) nextNumber(ctx context.Context, course content.Course, drafts []draftOf) (int, error) {
	texts, err := a.content.LiveTexts(ctx, course)
	if err != nil {
		return 0, err
	}
	var paths []string
	for _, text := range texts {
		paths = append(paths, text.Path)
	}
	for _, d := range drafts {
		paths = append(paths, d.Path)
	}
	next := 1
	for _, path := range paths {
		number := 0
		if _, err := fmt.Sscanf(path, "%d-", &number); err == nil && number >= next {
			next = number + 1
		}
	}
	return next, nil
}

// beginning is a module to write on: headings and questions to its writer, in the
// words of a language.
func beginning(language, from, title string) string {
	say := func(key string) string { return templates.Say(language, "begin-with."+from+"."+key, nil) }
	var b strings.Builder
	b.WriteString(courses.FrontMatter(courses.Front{Title: title, Summary: templates.Say(language, "begin-with.summary", nil)}))
	if from == "blank" {
		b.WriteString(templates.Say(language, "begin-with.blank.opening", nil) + "\n")
		return b.String()
	}
	b.WriteString(say("opening") + "\n\n## " + say("first") + "\n\n" + say("first.text") + "\n\n")
	if from == "story" {
		b.WriteString(":::story\n" + say("story") + "\n:::\n\n")
	}
	b.WriteString("## " + say("try") + "\n\n:::question[" + say("question") + "]\n- [ ] " + say("wrong") + "\n  > " + say("wrong.why") +
		"\n- [x] " + say("right") + "\n  > " + say("right.why") + "\n:::\n\n")
	if from == "practice" {
		b.WriteString(":::practice[" + say("practice") + "]\n" + say("practice.note") + "\n:::\n\n")
	}
	b.WriteString("## " + templates.Say(language, "begin-with.keep", nil) + " {#" + courses.StepKeep + "}\n\n:::reflection[" + say("reflection") + "]\n:::\n")
	return b.String()
}
