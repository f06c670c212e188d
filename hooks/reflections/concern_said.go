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
	page := &ConcernSaidPage{Address: "/concerns/new", ID: core.GenerateDefaultRandomId(), Draft: DraftTab{Screen: saidScreen().name}}
	c := Concern{About: e.Request.URL.Query().Get("about")}
	if share := e.Request.URL.Query().Get("share"); share != "" {
		s, err := r.forReader(e.Request.Context(), web.Current(e), share)
		if err != nil {
			return err
		}
		page.Share, c.Share, c.About, c.Programme = s.ID, s.ID, s.Learner, s.Programme
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
	return r.showSaid(e, http.StatusOK, &ConcernSaidPage{Address: "/concerns/" + c.ID + "/said", Share: c.Share, Statement: s, Draft: saidScreen().tab(c, s)}, c)
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
	page.AboutLong, page.StaffLong = len(page.About) > people.MembersListed, len(page.Staff) > people.MembersListed
	return web.Show(e, status, "reflections/concern-said", page)
}

// concernChoices are those whom a concern may be about, each with the programme
// that it is raised in, and the staff whom it may name. Those whom it is about already
// are among them, however long the lists are.
func (r *Room) concernChoices(e *core.RequestEvent, c Concern) (about, staff []templates.Choice, err error) {
	viewer, ctx, now := web.Current(e), e.Request.Context(), web.Now(e)
	learners, err := r.learnersToRaise(ctx, viewer, c.Share)
	if err != nil {
		return nil, nil, err
	}
	beside, err := people.StaffBeside(ctx, r.app, viewer, now)
	if err != nil {
		return nil, nil, err
	}
	if learners, beside, err = r.withChosen(ctx, viewer, c, learners, beside); err != nil {
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
			staff = append(staff, templates.Choice{Value: m.Programme + ":" + m.ID, Text: m.Called + " (" + m.Username + ") · " + m.Label, Chosen: c.Staff == m.ID && (c.Programme == "" || c.Programme == m.Programme)})
		}
	}
	return about, staff, nil
}

// saidScreen is the first: whom it is about, their own words, and what was seen.
func saidScreen() screen {
	return screen{
		name: "said", next: "done",
		parts: func(c Concern, s Statement) []part {
			about := ""
			if c.Programme != "" {
				about = c.Programme + ":" + c.About
			}
			return []part{{"about", about}, {"staff", c.Staff}, {"when", s.When}, {"said", s.Said}, {"seen", s.Seen}, {"think", s.Think}}
		},
		read: readSaid,
		join: func(stored Statement, d *drafting) {
			d.s.When = joined(stored.When, d.s.When)
			d.s.Said, d.s.Seen, d.s.Think = both(stored.Said, d.s.Said), both(stored.Seen, d.s.Seen), both(stored.Think, d.s.Think)
		},
		check: func(d *drafting) (wrong []web.FieldError) {
			if d.c.Programme == "" {
				key := "concern-about-missing"
				if d.form.Get("about") != "" {
					key = "concern-about-left"
				}
				wrong = append(wrong, web.FieldError{Field: "about", Key: key})
			} else if d.c.Staff != "" && d.works != d.c.Programme {
				wrong = append(wrong, web.FieldError{Field: "staff", Key: "concern-staff-elsewhere"})
			}
			return wrong
		},
		show: func(d *drafting, status int) error {
			page := &ConcernSaidPage{Address: d.e.Request.URL.Path, Share: d.c.Share, Unlinked: d.unlinked, Statement: d.s, Draft: d.page, Errors: d.problems, AboutTyped: d.unknown("about_username"), StaffTyped: d.unknown("staff_username")}
			if d.isNew {
				page.ID = d.c.ID
			}
			return d.showSaid(d.e, status, page, d.c)
		},
	}
}

// readSaid reads the form of the first screen.
func readSaid(d *drafting) error {
	if err := d.link(); err != nil {
		return err
	}
	d.s.Said, d.s.When, d.s.Seen, d.s.Think = d.text("said"), d.text("when"), d.text("seen"), d.text("think")
	chosen := d.c
	_, chosen.About, _ = strings.Cut(d.form.Get("about"), ":")
	_, chosen.Staff, _ = strings.Cut(d.form.Get("staff"), ":")
	about, staff, err := d.concernChoices(d.e, chosen)
	if err != nil {
		return err
	}
	d.c.Programme, d.c.About = chosenOf(about, d.form.Get("about"))
	d.works, d.c.Staff = chosenOf(staff, d.form.Get("staff"))
	return d.readTyped()
}

// link links a new one to the share that its form came from, unless the viewer cannot
// read that any more: what they saw worries them all the same.
func (d *drafting) link() error {
	share := d.form.Get("share")
	if share == "" || !d.isNew || share == d.was.Share {
		return nil
	}
	s, err := d.forReader(d.ctx, d.viewer, share)
	d.c.Share, d.unlinked = s.ID, errors.Is(err, web.ErrNotFound)
	if d.unlinked {
		return nil
	}
	return err
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
