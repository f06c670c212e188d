package authoring

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// TextPage is `/write/{course}/{module}`, "authoring/text": the editor. Its form
// posts to the same address text, after and page, with do "save"; "sure" says that
// most of the text may go.
type TextPage struct {
	web.Base
	Head
	Text     string
	After    int     // number of the state that Text was made from
	Saved    string  // when the newest state was stored, as the database writes it
	Said     int     // how much others said of it that waits for its writers
	SaidAt   string  // address where that stands
	Aside    *State  // newest text that stands aside, and was not put together; nil for none
	Coming   *Coming // what others made of the same text meanwhile; nil for nothing
	Problems []Advice
	Asks     bool // most of the text would be gone: the form asks
	Errors   []web.FieldError
}

// Todo are the kinds of block that there is a form for, in which a learner does something.
func (*TextPage) Todo() []courses.Kind { todo, _ := Kinds(); return todo }

// ToRead are those in which a learner has nothing to do.
func (*TextPage) ToRead() []courses.Kind { _, toRead := Kinds(); return toRead }

// A Head is what stands above every page about one text.
type Head struct {
	Title       string // of the text
	Kind        string // module, course, glossary
	Course      string // title
	CourseAt    string // address of its texts
	ContentLang string
	ContentDir  string
	Address     string // of the editor
	State       string // of the draft
	Live        bool   // learners read a text of it
}

// IsModule reports whether learners have a page of it.
func (h Head) IsModule() bool { return h.Kind == string(courses.FileModule) }

func headOf(p Place) Head {
	h := Head{
		Title: p.Course.Title, Kind: p.Text("").Kind, Course: p.Course.Title, CourseAt: "/write/" + p.Course.Slug,
		ContentLang: p.Course.Language, ContentDir: templates.Direction(p.Course.Language), Address: p.Address(), Live: p.Live.Revision != "",
	}
	if p.Draft != nil {
		h.Title, h.State = p.Draft.Title, p.Draft.State
	} else {
		h.Title = titleOf(p.Live)
	}
	return h
}

// UnbegunPage is the same address where the viewer does not write on the text,
// "authoring/unbegun".
type UnbegunPage struct {
	web.Base
	Head
	Who   string // who is writing on it; "" for nobody
	Since string
	Shown string // address where learners read it
}

func (a *Authoring) showText(e *core.RequestEvent) error {
	p, err := a.placeFor(e, people.Writing)
	if err != nil {
		return err
	}
	if p.Draft == nil || !p.Mine {
		return a.showUnbegun(e, p)
	}
	head, err := a.head(e.Request.Context(), p.Draft)
	if err != nil {
		return err
	}
	return a.textPage(e, p, http.StatusOK, &TextPage{Text: head.Text, After: head.Number})
}

func (a *Authoring) showUnbegun(e *core.RequestEvent, p Place) (err error) {
	page := &UnbegunPage{Head: headOf(p), Shown: content.CourseAddress(p.Course.Slug)}
	if p.Live.Module != "" {
		page.Shown = content.ModuleAddress(p.Course.Slug, p.Name)
	}
	if p.Draft != nil {
		page.Title, page.Since = titleOf(p.Live), p.Draft.Updated
		if page.Who, err = a.called(e.Request.Context(), p.Draft.Owner); err != nil {
			return err
		}
		if p.Live.Revision == "" {
			return web.ErrNotFound // what somebody else begins is theirs until they show it
		}
	}
	return web.Show(e, http.StatusOK, "authoring/unbegun", page)
}

// textPage is the editor, with a text that may not be stored.
func (a *Authoring) textPage(e *core.RequestEvent, p Place, status int, page *TextPage) error {
	ctx := e.Request.Context()
	page.Head = headOf(p)
	var err error
	if page.Problems, err = a.advice(e, p, page.Text, page.After); err != nil {
		return err
	}
	head, err := a.head(ctx, p.Draft)
	if err != nil {
		return err
	}
	page.Saved = head.Created
	page.SaidAt = p.ReviewAddress()
	if page.Said, err = a.said(ctx, p.Draft.ID, web.Current(e).ID); err != nil {
		return err
	}
	if page.Coming, err = a.coming(ctx, a.app.ConcurrentDB(), p); err != nil {
		return err
	}
	if page.Aside, err = a.leftAside(ctx, p.Draft); err != nil && !errors.Is(err, web.ErrNotFound) {
		return err
	}
	web.LetFrame(e)
	return web.Show(e, status, "authoring/text", page)
}

// showChecks is what there is to say of the text as it is now: what the editor asks
// for after a save, and where nobody's page asks, the editor itself.
func (a *Authoring) showChecks(e *core.RequestEvent) error {
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	if !web.IsFragment(e) {
		return web.SeeOther(e, p.Address())
	}
	head, err := a.head(e.Request.Context(), p.Draft)
	if err != nil {
		return err
	}
	page := &TextPage{Head: headOf(p)}
	if page.Problems, err = a.advice(e, p, head.Text, head.Number); err != nil {
		return err
	}
	return web.ShowFragment(e, http.StatusOK, "authoring/text", "checks", page)
}

// An Advice is something to put right or to think about, at a line of the text.
type Advice struct {
	courses.Advice
	At    string          // address of the editor, to which its fix is sent; "" where nobody edits
	Aside *courses.Waiver // what sets it aside; nil where nothing does
	After int             // number of the state that it speaks of
	Whose string          // the mark of the page's forms
}

// Breaks reports whether it would break a learner, so that the text does not go live.
func (a Advice) Breaks() bool { return a.Level == courses.Error }

// advice is what there is to say of a text, what breaks a learner first.
func (a *Authoring) advice(e *core.RequestEvent, p Place, text string, after int) (all []Advice, err error) {
	if p.Text("").Kind != string(courses.FileModule) {
		return nil, nil
	}
	found, err := a.advise(e.Request.Context(), p, text)
	if err != nil {
		return nil, err
	}
	found = append(leftOver(text), found...)
	m := compiled(p, text)
	for _, breaks := range []bool{true, false} {
		for _, one := range found {
			shown := Advice{Advice: one, At: p.Address(), After: after, Whose: web.Current(e).Mark()}
			if shown.Breaks() != breaks || one.Code == courses.IDDerived { // Save writes ids, nobody has to see to it
				continue
			}
			if waiver, ok := courses.WaiverFor(m, one); ok && one.Code != asBegun {
				shown.Aside = &waiver
			}
			all = append(all, shown)
		}
	}
	return all, nil
}

// advise asks about a text with the words that its course explains, the files that it
// has, and how large they are.
func (a *Authoring) advise(ctx context.Context, p Place, text string) ([]courses.Advice, error) {
	var terms []courses.Term
	glossary, err := a.content.LiveText(ctx, p.Course, "glossary.md")
	if err != nil && !errors.Is(err, content.ErrNoText) {
		return nil, err
	}
	if err == nil {
		terms, _ = courses.Glossary([]byte(glossary.Text))
	}
	src := sourceOf(p.Text(text))
	if src.Resolve, err = a.content.Resolver(ctx, p.Text(text)); err != nil {
		return nil, err
	}
	files, err := a.content.Media(ctx, p.Course.ID)
	if err != nil {
		return nil, err
	}
	return courses.Advise(src, terms, courses.AimGrade, func(path string) int64 {
		if at := slices.IndexFunc(files, func(m content.Media) bool { return m.Path == path }); at >= 0 {
			return files[at].Size
		}
		return 0
	}), nil
}

// fixText lets an advice put right what it speaks of, where the text still reads so.
func (a *Authoring) fixText(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	ctx, fixed := e.Request.Context(), false
	err = a.app.RunInTransaction(func(tx core.App) error {
		fixed = false
		if p.Draft, err = a.draftByID(ctx, tx.DB(), p.Draft.ID); err != nil {
			return err
		}
		head, err := a.state(ctx, tx.DB(), p.Draft.ID, p.Draft.Head)
		if err != nil {
			return err
		}
		found, err := a.advise(ctx, p, head.Text)
		if err != nil {
			return err
		}
		for _, one := range found {
			if one.Fix == nil || one.Fix.Code != form.Get("kind") || one.Fix.Old != form.Get("reads") || fixed {
				continue
			}
			text, ok := courses.ApplyFix([]byte(head.Text), *one.Fix)
			if !ok {
				continue
			}
			fixed = true
			if _, err := a.add(tx, p, State{After: head.Number, Text: string(text), By: web.Current(e).ID, How: Fixed}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if fixed {
		web.Notify(e, "text-fixed")
	} else {
		web.Notify(e, "text-not-fixed")
	}
	return web.SeeOther(e, p.Address())
}
