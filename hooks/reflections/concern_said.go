package reflections

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"alongside/hooks/people"
	"alongside/hooks/vault"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// maxConcernText bounds one field of a concern, in characters.
const maxConcernText = 8000

// isRowID are the ids that we give out.
var isRowID = regexp.MustCompile(`^[a-z0-9]{15}$`)

// showConcernNew is the first screen of one that is not there yet. What it came from
// is only a link: nothing of it is on the page.
func (r *Room) showConcernNew(e *core.RequestEvent) error {
	page := &ConcernSaidPage{Address: "/concerns/new", ID: core.GenerateDefaultRandomId()}
	c := Concern{About: e.Request.URL.Query().Get("about")}
	if share := e.Request.URL.Query().Get("share"); share != "" {
		s, err := r.forReader(e.Request.Context(), web.Current(e), share)
		if err != nil {
			return err
		}
		page.Share, c.About, c.Programme = s.ID, s.Learner, s.Programme
	}
	return r.showSaid(e, http.StatusOK, page, c)
}

func (r *Room) showConcernSaid(e *core.RequestEvent) error {
	c, s, err := r.draft(e.Request.Context(), web.Current(e), e.Request.PathValue("concern"))
	if errors.Is(err, vault.ErrNoKey) {
		return r.showCannot(e)
	}
	if err != nil {
		return hide(err)
	}
	return r.showSaid(e, http.StatusOK, &ConcernSaidPage{Address: "/concerns/" + c.ID + "/said", Share: c.Share, Statement: s}, c)
}

// hide answers for a draft that was changed by hand as for none.
func hide(err error) error {
	if errors.Is(err, vault.ErrTampered) {
		return web.ErrNotFound
	}
	return err
}

func (r *Room) showSaid(e *core.RequestEvent, status int, page *ConcernSaidPage, c Concern) (err error) {
	if page.About, page.Staff, err = r.concernChoices(e, c); err != nil {
		return err
	}
	return web.Show(e, status, "reflections/concern-said", page)
}

// concernChoices are those whom a concern may be about, each with the programme
// that it is raised in, and the staff whom it may name.
func (r *Room) concernChoices(e *core.RequestEvent, c Concern) (about, staff []templates.Choice, err error) {
	viewer, ctx, now := web.Current(e), e.Request.Context(), web.Now(e)
	learners, err := people.LearnersToRaise(ctx, r.app, viewer, now)
	if err != nil {
		return nil, nil, err
	}
	beside, err := people.StaffBeside(ctx, r.app, viewer, now)
	if err != nil {
		return nil, nil, err
	}
	lang, _ := web.Language(e)
	nobody := templates.Say(lang, "concern.about.nobody", nil)
	about = []templates.Choice{{Key: "concern.about.choose"}}
	for _, l := range learners {
		about = append(about, templates.Choice{
			Value: l.Programme + ":" + l.ID, Text: l.Called + " (" + l.Username + ") · " + l.Label,
			Chosen: c.About == l.ID && (c.Programme == "" || c.Programme == l.Programme),
		})
	}
	staff = []templates.Choice{{Key: "concern.staff.nobody", Chosen: c.Staff == ""}}
	labels := map[string]bool{}
	for _, m := range beside {
		if !labels[m.Programme] {
			labels[m.Programme] = true
			about = append(about, templates.Choice{Value: m.Programme + ":", Text: nobody + " · " + m.Label, Chosen: c.Programme == m.Programme && c.About == ""})
		}
		if m.ID != viewer.ID {
			staff = append(staff, templates.Choice{Value: m.Programme + ":" + m.ID, Text: m.Called + " (" + m.Username + ") · " + m.Label, Chosen: c.Staff == m.ID && c.Programme == m.Programme})
		}
	}
	return about, staff, nil
}

// saveConcernNew makes a draft of the first screen; sent twice it makes one.
func (r *Room) saveConcernNew(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	c := Concern{ID: form.Get("id"), RaisedBy: web.Current(e).ID}
	if !isRowID.MatchString(c.ID) {
		c.ID = core.GenerateDefaultRandomId()
	}
	page := &ConcernSaidPage{Address: "/concerns/new", ID: c.ID}
	if share := form.Get("share"); share != "" {
		s, err := r.forReader(e.Request.Context(), web.Current(e), share)
		if err != nil {
			return err
		}
		c.Share, page.Share = s.ID, s.ID
	}
	return r.saveSaid(e, form, page, c, Statement{})
}

func (r *Room) saveConcernSaid(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	c, s, err := r.draft(e.Request.Context(), web.Current(e), e.Request.PathValue("concern"))
	if err != nil && !errors.Is(err, vault.ErrNoKey) {
		return hide(err)
	}
	page := &ConcernSaidPage{Address: "/concerns/" + e.Request.PathValue("concern") + "/said", Share: c.Share}
	if err != nil {
		page.Errors = cannotBeKept()
	}
	return r.saveSaid(e, form, page, c, s)
}

// saveSaid stores the first screen, or shows it again with all that was typed.
func (r *Room) saveSaid(e *core.RequestEvent, form url.Values, page *ConcernSaidPage, c Concern, s Statement) error {
	in := typing{form: form, problems: page.Errors}
	s.Said, s.When, s.Seen, s.Think = in.text("said"), in.text("when"), in.text("seen"), in.text("think")
	page.Statement = s
	about, staff, err := r.concernChoices(e, c)
	if err != nil {
		return err
	}
	if c.Programme, c.About = chosenOf(about, form.Get("about")); c.Programme == "" {
		in.wrong("about", "concern-about-missing")
	}
	var works string
	if works, c.Staff = chosenOf(staff, form.Get("staff")); c.Staff != "" && c.Programme != "" && works != c.Programme {
		in.wrong("staff", "concern-staff-elsewhere")
	}
	if in.problems == nil {
		if c.Share, err = r.shareWithin(e.Request.Context(), c); err != nil {
			return err
		}
		err := r.storeDraft(c, s)
		if err == nil {
			return web.SeeOther(e, "/concerns/"+c.ID+"/done")
		}
		if !errors.Is(err, vault.ErrNoKey) {
			return err
		}
		in.problems = cannotBeKept()
	}
	page.Errors = in.problems
	return r.showSaid(e, in.status(), page, c)
}

// shareWithin is the share that a concern came from, where it is of the concern's
// programme and of whom it is about; "" otherwise.
func (r *Room) shareWithin(ctx context.Context, c Concern) (share string, err error) {
	err = r.app.ConcurrentDB().NewQuery("SELECT COALESCE((SELECT id FROM shares WHERE id = {:id} AND programme = {:programme} AND learner = {:about}), '')").
		Bind(dbx.Params{"id": c.Share, "programme": c.Programme, "about": c.About}).WithContext(ctx).Row(&share)
	if err != nil {
		return "", fmt.Errorf("read what a concern came from: %w", err)
	}
	return share, nil
}

// chosenOf takes apart what a choice sends: a programme and a person of it. Both are
// empty for what is not on offer.
func chosenOf(choices []templates.Choice, value string) (programme, person string) {
	if slices.ContainsFunc(choices, func(c templates.Choice) bool { return c.Value == value }) {
		programme, person, _ = strings.Cut(value, ":")
	}
	return programme, person
}

func cannotBeKept() []web.FieldError {
	return []web.FieldError{{Field: "concern", Key: "cannot-be-kept"}}
}

// showCannot says that nothing of concerns can be opened now.
func (r *Room) showCannot(e *core.RequestEvent) error {
	return web.Show(e, http.StatusServiceUnavailable, "reflections/concerns", &ConcernsPage{CannotBe: true})
}

// typing is a form of these pages as it was sent, and what of it has to be put
// right.
type typing struct {
	form     url.Values
	problems []web.FieldError
}

func (t *typing) wrong(field, key string) {
	t.problems = append(t.problems, web.FieldError{Field: field, Key: key})
}

// text is a field for what somebody writes. Too long, it is not cut.
func (t *typing) text(field string) string {
	text := strings.TrimSpace(strings.ToValidUTF8(t.form.Get(field), ""))
	if utf8.RuneCountInString(text) > maxConcernText {
		t.problems = append(t.problems, web.FieldError{Field: field, Key: "line-long", Max: maxConcernText})
	}
	return text
}

// status tells what the person can put right from what only we can.
func (t *typing) status() int {
	if slices.ContainsFunc(t.problems, func(p web.FieldError) bool { return p.Key == "cannot-be-kept" }) {
		return http.StatusServiceUnavailable
	}
	return http.StatusUnprocessableEntity
}
