package authoring

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"alongside/courses"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// AboutPage is `/write/{course}/{module}/about`, "authoring/about": what stands at the
// top of a module or of course.md, as a form. It posts to the same address after,
// title, summary, and for a module minutes and content-note, for a course name.N and
// about.N; with do "more" it comes back with one more person.
type AboutPage struct {
	web.Base
	Head
	After       int // number of the state that the form was made from
	Name        string
	Summary     string
	Minutes     string // as it was typed
	ContentNote string
	Language    string // of a course; shown, and not changed here
	People      []Credited
	ByHand      bool // what stands there can only be changed in the text
	Errors      []web.FieldError
}

// Spoken is the language of a course; nil where the text does not say it.
func (p *AboutPage) Spoken() *templates.Language {
	if p.Language == "" {
		return nil
	}
	spoken := templates.LanguageOf(p.Language)
	return &spoken
}

// Credited is one row of those who are named in a course.
type Credited struct{ NameField, Name, AboutField, About string }

// mostCredited is how many people one course names, aboutMost how long one line may
// be, in letters, and minutesMost how many minutes the format takes.
const (
	mostCredited = 50
	aboutMost    = 500
	minutesMost  = 24 * 60
)

func (a *Authoring) showAbout(e *core.RequestEvent) error {
	p, head, err := a.aboutPlace(e)
	if err != nil {
		return err
	}
	page := &AboutPage{After: head.Number}
	front, err := courses.ReadFront([]byte(head.Text))
	if errors.Is(err, courses.ErrFront) {
		page.ByHand = true
	}
	page.fill(front)
	return a.aboutPage(e, p, http.StatusOK, page)
}

// aboutPlace is a draft of the viewer that has such a form, and what it reads now. It
// returns web.ErrNotFound for a glossary, which has nothing at its top.
func (a *Authoring) aboutPlace(e *core.RequestEvent) (p Place, head State, err error) {
	if p, err = a.writePlace(e); err != nil {
		return p, head, err
	}
	if p.Draft.Kind == string(courses.FileGlossary) {
		return p, head, web.ErrNotFound
	}
	head, err = a.head(e.Request.Context(), p.Draft)
	return p, head, err
}

func (a *Authoring) aboutPage(e *core.RequestEvent, p Place, status int, page *AboutPage) error {
	page.Head = headOf(p)
	return web.Show(e, status, "authoring/about", page)
}

// fill puts into the form what a text says, and a row for one more person.
func (page *AboutPage) fill(front courses.Front) {
	page.Name, page.Summary, page.ContentNote, page.Language = front.Title, front.Summary, front.ContentNote, front.Language
	if front.Minutes > 0 {
		page.Minutes = strconv.Itoa(front.Minutes)
	}
	for _, one := range front.Contributors {
		page.credit(one.Name, one.About)
	}
	page.credit("", "")
}

func (page *AboutPage) credit(name, about string) {
	n := strconv.Itoa(len(page.People))
	page.People = append(page.People, Credited{NameField: "name." + n, Name: name, AboutField: "about." + n, About: about})
}

// read takes what was posted, as it was typed.
func (page *AboutPage) read(form url.Values) {
	page.After, _ = strconv.Atoi(form.Get("after"))
	page.Name, page.Summary, page.ContentNote, page.Minutes = form.Get("title"), form.Get("summary"), form.Get("content-note"), strings.TrimSpace(form.Get("minutes"))
	for n := 0; n < mostCredited && form.Has("name."+strconv.Itoa(n)); n++ {
		page.credit(form.Get("name."+strconv.Itoa(n)), form.Get("about."+strconv.Itoa(n)))
	}
}

// said is what the form says, over what a text said when it was made, and what is
// wrong with it.
func (page *AboutPage) said(front courses.Front, isModule bool) (courses.Front, []web.FieldError) {
	var wrong []web.FieldError
	line := func(field, text string, most int) string {
		text = oneLine(text)
		if utf8.RuneCountInString(text) > most {
			wrong = append(wrong, web.FieldError{Field: field, Key: "line-long", Max: most})
		}
		return text
	}
	front.Title = line("title", page.Name, titleMost)
	if front.Title == "" {
		wrong = append(wrong, web.FieldError{Field: "title", Key: "title-missing"})
	}
	front.Summary = line("summary", page.Summary, aboutMost)
	if !isModule {
		front.Contributors = nil
		for _, one := range page.People {
			name, about := line(one.NameField, one.Name, titleMost), line(one.AboutField, one.About, aboutMost)
			switch {
			case name != "":
				front.Contributors = append(front.Contributors, courses.Contributor{Name: name, About: about})
			case about != "":
				wrong = append(wrong, web.FieldError{Field: one.NameField, Key: "name-missing"})
			}
		}
		return front, wrong
	}
	front.ContentNote = line("content-note", page.ContentNote, aboutMost)
	front.Minutes = 0
	if page.Minutes != "" {
		minutes, err := strconv.Atoi(page.Minutes)
		if err != nil || minutes < 1 || minutes > minutesMost {
			wrong = append(wrong, web.FieldError{Field: "minutes", Key: "minutes-wrong", Max: minutesMost})
		}
		front.Minutes = minutes
	}
	return front, wrong
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
