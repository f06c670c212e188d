package authoring

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"alongside/courses"
	"alongside/hooks/audit"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Terms are what somebody agrees to when a story of theirs is told.
type Terms struct {
	Named     string // real, first, pen, none
	Name      string // that shows; "" for none
	Where     string // here, shared, anywhere
	Until     string // last day, an ISO date; "" for as long as they do not take it back
	Edit      bool   // others may change words of it
	Translate bool
	Paper     string // where the signed sheet is kept
}

const (
	nameMost  = 200 // letters
	paperMost = 500
)

func termsOf(form url.Values) Terms {
	t := Terms{
		Named: form.Get("named"), Name: strings.Join(strings.Fields(form.Get("name")), " "), Where: form.Get("where"), Until: form.Get("until"),
		Edit: form.Get("edit") != "", Translate: form.Get("translate") != "", Paper: strings.TrimSpace(form.Get("sheet")),
	}
	if t.Named == NamedNone {
		t.Name = ""
	}
	return t
}

// problems are what has to be put right; now says which days have passed.
func (t Terms) problems(now time.Time) (all []web.FieldError) {
	wrong := func(field, key string, most int) {
		all = append(all, web.FieldError{Field: field, Key: key, Max: most})
	}
	all = t.nameProblems()
	if !slices.Contains([]string{"here", "shared", "anywhere"}, t.Where) {
		wrong("where", "credit-where", 0)
	}
	if t.Until == "" {
		return all
	}
	if last, err := time.Parse(time.DateOnly, t.Until); err != nil || !last.AddDate(0, 0, 1).After(now) {
		wrong("until", "credit-until", 0)
	}
	return all
}

// nameProblems are those of how they are named.
func (t Terms) nameProblems() (all []web.FieldError) {
	wrong := func(field, key string, most int) {
		all = append(all, web.FieldError{Field: field, Key: key, Max: most})
	}
	switch {
	case !slices.Contains([]string{NamedReal, NamedFirst, NamedPen, NamedNone}, t.Named):
		wrong("named", "credit-named", 0)
	case t.Named != NamedNone && t.Name == "":
		wrong("name", "credit-name", 0)
	case utf8.RuneCountInString(t.Name) > nameMost:
		wrong("name", "called-long", nameMost)
	}
	return all
}

// until is the moment after the last day, as the database writes it.
func (t Terms) until() string {
	last, err := time.Parse(time.DateOnly, t.Until)
	if err != nil {
		return ""
	}
	return stamp(last.AddDate(0, 0, 1))
}

// sayCredit is what a writer says of a story: whom it is from, or that it is nobody's.
func (a *Authoring) sayCredit(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	if form.Get("say") == "work" {
		return a.creditWork(e, p, form)
	}
	head, err := a.head(e.Request.Context(), p.Draft)
	if err != nil {
		return err
	}
	stories := courses.Stories(compiled(p, head.Text))
	at := slices.IndexFunc(stories, func(s courses.StoryText) bool { return s.ID == form.Get("story") })
	if at < 0 {
		return a.creditPage(e, p, http.StatusUnprocessableEntity, &CreditPage{Errors: []web.FieldError{{Key: "credit-story"}}})
	}
	said := Contribution{Story: stories[at].ID, Sum: stories[at].Sum(), Number: head.Number}
	page := &CreditPage{Typed: termsOf(form)}
	switch form.Get("say") {
	case "heading":
		return a.headStory(e, p, stories[at])
	case IsInvented:
		said.How, said.State = IsInvented, CreditAgreed
	case "ask":
		said.How, said.State, said.Person = AgreedHere, CreditAsked, form.Get("person-"+said.Story)
		known, err := a.mayBeAsked(e, p)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(known, func(one Asked) bool { return one.ID == said.Person }) {
			page.Errors = []web.FieldError{{Field: "person-" + said.Story, Key: "credit-person"}}
		}
	case OnPaper:
		said.How, said.State = OnPaper, CreditAgreed
		page.Story, page.Errors = said.Story, page.Typed.problems(a.now())
		if n := utf8.RuneCountInString(page.Typed.Paper); n == 0 || n > paperMost {
			page.Errors = append(page.Errors, web.FieldError{Field: "sheet", Key: "credit-paper", Max: paperMost})
		}
		said.take(page.Typed)
	default:
		page.Errors = []web.FieldError{{Key: "credit-say"}}
	}
	if len(page.Errors) > 0 {
		return a.creditPage(e, p, http.StatusUnprocessableEntity, page)
	}
	if err := a.addContribution(e, p, said); err != nil {
		return err
	}
	if said.State == CreditAsked && said.Person == web.Current(e).ID {
		return web.SeeOther(e, "/me/credit")
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, p.Address()+"/credit")
}

func (c *Contribution) take(t Terms) {
	c.Named, c.Name, c.Where, c.Until, c.MayEdit, c.MayTranslate, c.Paper = t.Named, t.Name, t.Where, t.until(), t.Edit, t.Translate, t.Paper
}

// addContribution keeps what was said. An earlier question that nobody answered is
// taken back by it; what somebody agreed to is theirs to end.
func (a *Authoring) addContribution(e *core.RequestEvent, p Place, said Contribution) error {
	viewer, now := web.Current(e).ID, stamp(a.now())
	t := p.Text("")
	return a.app.RunInTransaction(func(tx core.App) error {
		err := web.Exec(tx, `DELETE FROM contributions WHERE course = {:course} AND path = {:path} AND story = {:story} AND state IN ('asked', 'declined')`,
			dbx.Params{"course": p.Course.ID, "path": t.Path, "story": said.Story})
		if err != nil {
			return err
		}
		agreed := ""
		if said.State == CreditAgreed {
			agreed = now
		}
		id := web.NewRowID(a.now())
		err = web.Exec(tx, `INSERT INTO contributions (id, course, path, story, person, asked_by, what, how, paper, state, named, name, where_used, until,
				may_edit, may_translate, sha256, draft, number, agreed, withdrawn, created, updated)
			VALUES ({:id}, {:course}, {:path}, {:story}, {:person}, {:by}, 'story', {:how}, {:paper}, {:state}, {:named}, {:name}, {:where}, {:until},
				{:edit}, {:translate}, {:sum}, {:draft}, {:number}, {:agreed}, '', {:now}, {:now})`, dbx.Params{
			"id": id, "course": p.Course.ID, "path": t.Path, "story": said.Story, "person": said.Person, "by": viewer, "how": said.How, "paper": said.Paper,
			"state": said.State, "named": said.Named, "name": said.Name, "where": said.Where, "until": said.Until, "edit": said.MayEdit,
			"translate": said.MayTranslate, "sum": said.Sum, "draft": p.Draft.ID, "number": said.Number, "agreed": agreed, "now": now,
		})
		if err != nil {
			return err
		}
		kind := audit.ConsentAsked
		if said.State == CreditAgreed {
			kind = audit.ConsentNoted
		}
		return a.audit.Record(tx, audit.Act{Kind: kind, Actor: viewer, Subject: said.Person, Programme: p.Course.Programme, Item: id, Detail: said.How})
	})
}

// headStory heads a story as its teller chose to be named.
func (a *Authoring) headStory(e *core.RequestEvent, p Place, story courses.StoryText) error {
	given, err := contributionsTo(e.Request.Context(), a.app.ConcurrentDB(), p.Course.ID, p.Text("").Path)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(given, func(c Contribution) bool { return c.Story == story.ID })
	if at < 0 {
		return web.ErrNotFound
	}
	err = a.app.RunInTransaction(func(tx core.App) error {
		now, err := a.draftByID(e.Request.Context(), tx.DB(), p.Draft.ID)
		if err != nil {
			return err
		}
		head, err := a.state(e.Request.Context(), tx.DB(), now.ID, now.Head)
		if err != nil {
			return err
		}
		text, ok := courses.HeadStory(sourceOf(p.Text(head.Text)), story.ID, given[at].Name)
		if !ok {
			return nil // it is not there any more: the page shows what is
		}
		_, err = a.add(tx, p, State{After: head.Number, Text: string(text), By: web.Current(e).ID, How: Fixed})
		return err
	})
	if err != nil {
		return err
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, p.Address()+"/credit")
}
