package authoring

import (
	"context"
	"net/http"

	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// CreditPage is `/write/{course}/{module}/credit`, "authoring/credit": whose each
// story of a text is. Each form posts to the same address the fields story and say:
// "invented", "ask" with person-ID of the story, or "paper" with name, sheet, named, where, until,
// edit and translate. Say "heading" heads a story as its teller chose, and say "work"
// with worker and work asks somebody how they want to be named for work on the text.
type CreditPage struct {
	web.Base
	Title       string // of the text
	ContentLang string
	ContentDir  string
	Back        string // address of the editor
	Address     string
	Stories     []StoryView
	People      []Asked // who may be asked
	Typed       Terms   // what was typed for a story on paper
	Story       string  // for which its terms on paper are typed; "" for none
	Worked      []WorkCredit
	Worker      string // chosen, of users
	What        string // chosen
	Errors      []web.FieldError
}

// A StoryView is a story on that page.
type StoryView struct {
	StoryCredit
	Page *CreditPage
}

// PersonField is the name of the control that chooses whom to ask.
func (v StoryView) PersonField() string { return "person-" + v.ID }

// TermsForm are terms as a form shows them: the partial "terms-of-story".
type TermsForm struct {
	Terms  Terms
	Errors []web.FieldError
}

// OnPaper is the form of a story whose terms are on paper, with what was typed for it.
func (v StoryView) OnPaper() TermsForm {
	if v.Page.Story != v.ID {
		return TermsForm{}
	}
	return TermsForm{v.Page.Typed, v.Page.Errors}
}

// An Asked is somebody who may be asked whether a story of theirs may be told.
type Asked struct {
	ID     string `db:"id"`
	Called string `db:"called"`
	Me     bool   `db:"me"`
}

// PeopleChoices are they, as a form offers them.
func (p *CreditPage) PeopleChoices() (all []templates.Choice) {
	all = append(all, templates.Choice{Key: "credit.ask.choose"})
	for _, one := range p.People {
		if one.Me {
			all = append(all, templates.Choice{Value: one.ID, Key: "credit.ask.me"})
			continue
		}
		all = append(all, templates.Choice{Value: one.ID, Text: one.Called})
	}
	return all
}

func (a *Authoring) showCredit(e *core.RequestEvent) error {
	p, err := a.writePlace(e)
	if err != nil {
		return err
	}
	return a.creditPage(e, p, http.StatusOK, &CreditPage{Story: e.Request.URL.Query().Get("paper")})
}

func (a *Authoring) creditPage(e *core.RequestEvent, p Place, status int, page *CreditPage) error {
	ctx := e.Request.Context()
	head, err := a.head(ctx, p.Draft)
	if err != nil {
		return err
	}
	stories, err := a.storiesIn(ctx, a.app.ConcurrentDB(), p, head.Text)
	if err != nil {
		return err
	}
	for _, story := range stories {
		page.Stories = append(page.Stories, StoryView{story, page})
	}
	for i := range page.Stories {
		if given := page.Stories[i].Given; given != nil && given.Person != "" {
			page.Stories[i].Mine = given.Person == web.Current(e).ID
			if page.Stories[i].Who, err = a.called(ctx, given.Person); err != nil {
				return err
			}
		}
	}
	if page.Worked, err = a.workOn(ctx, p); err != nil {
		return err
	}
	if page.People, err = a.mayBeAsked(e, p); err != nil {
		return err
	}
	page.Title, page.ContentLang, page.ContentDir = p.Draft.Title, p.Course.Language, templates.Direction(p.Course.Language)
	page.Back, page.Address = p.Address(), p.Address()+"/credit"
	return web.Show(e, status, "authoring/credit", page)
}

// mayBeAsked are the viewer, those who write and review courses there too, and the
// learners whom they walk beside: nobody whom they would not otherwise know of.
func (a *Authoring) mayBeAsked(e *core.RequestEvent, p Place) ([]Asked, error) {
	viewer := web.Current(e)
	theirs, params := people.Whom(viewer, people.Progress, people.DoneOrNot, a.now())
	params["viewer"], params["programme"], params["policyNow"] = viewer.ID, p.Course.Programme, people.Before(a.now())
	var all []Asked
	err := a.app.ConcurrentDB().NewQuery(`SELECT u.id, COALESCE(NULLIF(u.name, ''), u.username) AS called FROM users u
		WHERE u.id != {:viewer} AND (u.id IN (` + theirs + `) OR EXISTS (
			SELECT 1 FROM memberships m WHERE m.user = u.id AND m.role IN ('mentor', 'facilitator') AND ` + isOfCourse("m", "{:programme}") + `))
		ORDER BY called COLLATE NOCASE LIMIT 200`).Bind(params).WithContext(e.Request.Context()).All(&all)
	return append([]Asked{{ID: viewer.ID, Me: true}}, all...), err
}

// called is what somebody is called by those who work with them; "" where they are
// not here any more.
func (a *Authoring) called(ctx context.Context, person string) (name string, err error) {
	var names []string
	err = a.app.ConcurrentDB().NewQuery("SELECT COALESCE(NULLIF(name, ''), username) FROM users WHERE id = {:id}").
		Bind(dbx.Params{"id": person}).WithContext(ctx).Column(&names)
	if len(names) > 0 {
		name = names[0]
	}
	return name, err
}
