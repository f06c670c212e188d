package authoring

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"alongside/courses"
	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// MyCreditPage is `/me/credit`, "authoring/my-credit": what somebody gave to
// courses, and what they were asked.
type MyCreditPage struct {
	web.Base
	Asked []MyContribution // that wait for them
	Given []MyContribution
	Ended []MyContribution // declined, taken back, over
}

// A MyContribution is one, for the person whose it is.
type MyContribution struct {
	Contribution
	CourseTitle string `db:"course_title"`
	CourseLang  string `db:"course_lang"`
	CourseSlug  string `db:"course_slug"`
	Programme   string `db:"programme"`
	WhoAsked    string `db:"who_asked"` // "" where they are not here any more
	Soon        bool   // the last day that they agreed to is near
}

func lastDay(until string) string {
	at, err := time.Parse(time.DateOnly, until[:min(len(until), len(time.DateOnly))])
	if err != nil {
		return ""
	}
	return at.AddDate(0, 0, -1).Format(time.DateOnly)
}

const mineSQL = "SELECT " + creditColumns + `, c.title AS course_title, c.language AS course_lang, c.slug AS course_slug, c.programme,
	COALESCE((SELECT COALESCE(NULLIF(u.name, ''), u.username) FROM users u WHERE u.id = k.asked_by), '') AS who_asked
	FROM contributions k JOIN courses c ON c.id = k.course WHERE k.person = {:person} AND k.how = 'here' AND k.what != 'said'`

func (a *Authoring) showMyCredit(e *core.RequestEvent) error {
	var all []MyContribution
	err := a.app.ConcurrentDB().NewQuery(mineSQL + " ORDER BY k.created DESC LIMIT 500").
		Bind(dbx.Params{"person": web.Current(e).ID}).WithContext(e.Request.Context()).All(&all)
	if err != nil {
		return fmt.Errorf("contributions of %s: %w", web.Current(e).ID, err)
	}
	page := &MyCreditPage{}
	for _, one := range all {
		switch one.State {
		case CreditAsked:
			page.Asked = append(page.Asked, one)
		case CreditAgreed:
			one.Soon = one.EndsSoon(a.now())
			page.Given = append(page.Given, one)
		default:
			page.Ended = append(page.Ended, one)
		}
	}
	return web.Show(e, http.StatusOK, "authoring/my-credit", page)
}

// ConsentPage is `/me/credit/{contribution}`, "authoring/consent": the story as it
// would be told, and what its teller agrees to. Its form posts named, name, where,
// until, edit and translate to the same address, with do "agree" or "decline".
type ConsentPage struct {
	web.Base
	MyContribution
	Story       []courses.Part // the story as learners would read it
	ContentLang string
	ContentDir  string
	Terms       Terms
	Agreed      bool // they did: what they change holds from now on
	Gone        bool // the story is not in the text any more
	Errors      []web.FieldError
}

// mine reads a contribution of the viewer's own, web.ErrNotFound for any other.
func (a *Authoring) mine(e *core.RequestEvent) (one MyContribution, err error) {
	err = a.app.ConcurrentDB().NewQuery(mineSQL + " AND k.id = {:id}").
		Bind(dbx.Params{"person": web.Current(e).ID, "id": e.Request.PathValue("contribution")}).WithContext(e.Request.Context()).One(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return one, web.ErrNotFound
	}
	if err != nil {
		return one, fmt.Errorf("contribution %s: %w", e.Request.PathValue("contribution"), err)
	}
	if one.State != CreditAsked && one.State != CreditAgreed {
		return one, web.ErrNotFound
	}
	return one, nil
}

func (a *Authoring) showConsent(e *core.RequestEvent) error {
	one, err := a.mine(e)
	if err != nil {
		return err
	}
	if !one.IsStory() {
		return a.namePage(e, http.StatusOK, one, &NamePage{Terms: Terms{Named: one.Named, Name: one.Name}})
	}
	terms := Terms{Named: one.Named, Name: one.Name, Where: one.Where, Until: one.LastDay(), Edit: one.MayEdit, Translate: one.MayTranslate}
	return a.consentPage(e, http.StatusOK, one, &ConsentPage{Terms: terms})
}

func (a *Authoring) consentPage(e *core.RequestEvent, status int, one MyContribution, page *ConsentPage) error {
	story, err := a.storyAsked(e.Request.Context(), one)
	if err != nil {
		return err
	}
	page.MyContribution, page.Agreed = one, one.State == CreditAgreed
	page.ContentLang, page.ContentDir = one.CourseLang, templates.Direction(one.CourseLang)
	if page.Gone = story.part == nil; !page.Gone {
		page.Story = story.part.Parts
	}
	return web.Show(e, status, "authoring/consent", page)
}

// askedStory is a story as its teller reads it.
type askedStory struct {
	part *courses.Part
	sum  string
}

// storyAsked finds the story as it stood when they were asked, or as it stands in
// the text now where they have agreed: what they may still change their mind about.
func (a *Authoring) storyAsked(ctx context.Context, one MyContribution) (askedStory, error) {
	course, err := a.content.Course(ctx, one.CourseSlug)
	if err != nil {
		return askedStory{}, err
	}
	d, err := a.draftByID(ctx, a.app.ConcurrentDB(), one.Draft)
	if errors.Is(err, web.ErrNotFound) {
		return askedStory{}, nil
	}
	if err != nil {
		return askedStory{}, err
	}
	number := one.Number
	if one.State == CreditAgreed {
		number = d.Head
	}
	state, err := a.state(ctx, a.app.ConcurrentDB(), d.ID, number)
	if errors.Is(err, web.ErrNotFound) {
		return askedStory{}, nil
	}
	if err != nil {
		return askedStory{}, err
	}
	shown, err := a.content.Provisional(ctx, content.Text{
		Course: course, Module: d.Module, Name: NameOf(d.Path, d.Kind), Path: d.Path, Kind: d.Kind, Text: state.Text,
	})
	if err != nil {
		return askedStory{}, err
	}
	stories := courses.Stories(shown.Module)
	at := slices.IndexFunc(stories, func(s courses.StoryText) bool { return s.ID == one.Story })
	if at < 0 {
		return askedStory{}, nil
	}
	return askedStory{courses.StoryPart(shown.Module, one.Story), stories[at].Sum()}, nil
}

// tells reports whether somebody is asked for, or agreed to, a story in a text that shows
// a file: they see and hear what they say yes to.
func (a *Authoring) tells(ctx context.Context, person, course, path string) (is bool, err error) {
	err = a.app.ConcurrentDB().NewQuery(`SELECT EXISTS (SELECT 1 FROM contributions k JOIN draft_states s ON s.draft = k.draft
			WHERE k.person = {:person} AND k.course = {:course} AND k.what = 'story' AND k.state IN ('asked', 'agreed') AND INSTR(s.text, {:path}) > 0)`).
		Bind(dbx.Params{"person": person, "course": course, "path": path}).WithContext(ctx).Row(&is)
	if err != nil {
		return false, fmt.Errorf("who tells what %s shows: %w", path, err)
	}
	return is, nil
}

// giveConsent is the answer of the person whose story it is.
func (a *Authoring) giveConsent(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	one, err := a.mine(e)
	if err != nil {
		return err
	}
	if !one.IsStory() {
		return a.nameWork(e, one, form)
	}
	if form.Get("do") == "decline" && one.State == CreditAsked {
		return a.settleConsent(e, one, CreditDeclined, Terms{}, "")
	}
	page := &ConsentPage{Terms: termsOf(form)}
	story, err := a.storyAsked(e.Request.Context(), one)
	if err != nil {
		return err
	}
	page.Errors = page.Terms.problems(a.now())
	if story.part == nil {
		page.Errors = append(page.Errors, web.FieldError{Key: "credit-story"})
	}
	if len(page.Errors) > 0 {
		return a.consentPage(e, http.StatusUnprocessableEntity, one, page)
	}
	sum := story.sum
	if one.State == CreditAgreed {
		sum = one.Sum // other terms are no word about words that they have not read
	}
	return a.settleConsent(e, one, CreditAgreed, page.Terms, sum)
}

// settleConsent stores the answer. What was settled in another tab meanwhile stays.
func (a *Authoring) settleConsent(e *core.RequestEvent, one MyContribution, state string, t Terms, sum string) error {
	now, viewer := stamp(a.now()), web.Current(e).ID
	err := a.app.RunInTransaction(func(tx core.App) error {
		done, err := web.Changes(tx, `UPDATE contributions SET state = {:state}, named = {:named}, name = {:name}, where_used = {:where}, until = {:until},
				may_edit = {:edit}, may_translate = {:translate}, sha256 = {:sum}, agreed = CASE WHEN {:state} = 'agreed' THEN {:now} ELSE '' END, updated = {:now}
			WHERE id = {:id} AND person = {:viewer} AND state IN ('asked', 'agreed')`, dbx.Params{
			"id": one.ID, "viewer": viewer, "state": state, "named": t.Named, "name": t.Name, "where": t.Where, "until": t.until(), "edit": t.Edit,
			"translate": t.Translate, "sum": sum, "now": now,
		})
		if err != nil {
			return err
		}
		if !done {
			return web.ErrNotFound
		}
		kind := audit.ConsentGiven
		if state == CreditDeclined {
			kind = audit.ConsentDeclined
		}
		return a.audit.Record(tx, audit.Act{Kind: kind, Actor: viewer, Subject: viewer, Programme: one.Programme, Item: one.ID})
	})
	if err != nil {
		return err
	}
	web.Notify(e, "saved")
	return web.SeeOther(e, "/me/credit")
}
