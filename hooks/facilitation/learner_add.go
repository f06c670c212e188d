package facilitation

import (
	"database/sql"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"alongside/hooks/people"
	"alongside/hooks/signin"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// maxCalled is how long a name may be, in characters.
const maxCalled = 100

// showAdd is the form for somebody new. Who adds to one group only never has to
// choose it.
func (f *Facilitation) showAdd(e *core.RequestEvent) error {
	form, kept := signin.KeptPost(e)
	group := e.Request.URL.Query().Get("cohort")
	if kept {
		group = form.Get("cohort")
	}
	page, _, err := f.addPage(e, group)
	if err != nil {
		return err
	}
	if kept && page.Group != nil {
		page.Kept = true
		page.fill(form)
	}
	return web.Show(e, http.StatusOK, "facilitation/add", page)
}

// addPage is the form with all its choices, or where no group is chosen yet the
// groups.
func (f *Facilitation) addPage(e *core.RequestEvent, group string) (*AddPage, cohortRow, error) {
	groups, err := f.groups(e, people.AddLearner, people.Whole)
	if err != nil {
		return nil, cohortRow{}, err
	}
	if group == "" && len(groups) == 1 {
		group = groups[0].ID
	}
	if group == "" {
		return &AddPage{Groups: groups, AddGroup: addGroupAt(web.Current(e))}, cohortRow{}, nil
	}
	row, err := f.cohort(e, group)
	if err != nil {
		return nil, row, err
	}
	page := &AddPage{Group: &row.GroupInList, Others: len(groups) > 1, Key: newKey(), Language: ""}
	if page.Courses, err = f.courses(e); err != nil {
		return nil, row, err
	}
	page.Beside, err = f.workers(e, row)
	return page, row, err
}

// fill puts back what was typed and chosen.
func (p *AddPage) fill(form url.Values) {
	if key := form.Get("key"); key != "" {
		p.Key = key
	}
	p.Called, p.Language = cleaned(form.Get("called")), form.Get("language")
	choose(p.Courses, form.Get("course"))
	for i := range p.Beside {
		p.Beside[i].Chosen = slices.Contains(form["beside"], p.Beside[i].Value())
	}
}

// cleaned is a name without what cannot be seen around or in it.
func cleaned(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	return strings.Join(strings.Fields(name), " ")
}

// problems are what is to be put right in the form.
func (p *AddPage) problems(form url.Values, speaks func(string) bool) (wrong []web.FieldError) {
	if utf8.RuneCountInString(p.Called) > maxCalled {
		wrong = append(wrong, web.FieldError{Field: "called", Key: "called-long", Max: maxCalled})
	}
	if p.Language != "" && !speaks(p.Language) {
		wrong = append(wrong, web.FieldError{Field: "language", Key: "language-missing"})
	}
	if course := form.Get("course"); course != "" && p.course() == "" {
		wrong = append(wrong, web.FieldError{Field: "course", Key: "course-missing"})
	}
	if len(p.chosen()) < len(form["beside"]) {
		wrong = append(wrong, web.FieldError{Field: "beside", Key: "beside-missing"})
	}
	return wrong
}

func (p *AddPage) course() string {
	for _, c := range p.Courses {
		if c.Chosen {
			return c.ID
		}
	}
	return ""
}

func (p *AddPage) chosen() (all []WorkerChoice) {
	for _, w := range p.Beside {
		if w.Chosen {
			all = append(all, w)
		}
	}
	return all
}

// addLearner makes somebody and their card, and leads to the card. The same form
// makes them once, however often it is sent.
func (f *Facilitation) addLearner(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page, group, err := f.addPage(e, form.Get("cohort"))
	if err != nil {
		return err
	}
	if page.Group == nil {
		return web.Show(e, http.StatusUnprocessableEntity, "facilitation/add", page)
	}
	page.fill(form)
	if page.Errors = page.problems(form, web.SiteOf(e).Speaks); page.Errors != nil {
		return web.Show(e, http.StatusUnprocessableEntity, "facilitation/add", page)
	}
	viewer := web.Current(e)
	id := idOf(append([]string{"add", viewer.ID, page.Key, group.ID, page.Called, page.Language, page.course()}, form["beside"]...)...)
	led, first, err := f.sent.once(e.Request.Context(), id, f.now(), func() (string, error) { return f.addOnce(e, page, group, id) })
	if errors.Is(err, errThere) {
		return f.back(e, "learner-there", id)
	}
	if err != nil || first {
		return err
	}
	return web.SeeOther(e, led)
}

// addOnce does what the form asks. What takes time is done before the
// transaction.
func (f *Facilitation) addOnce(e *core.RequestEvent, page *AddPage, group cohortRow, id string) (led string, err error) {
	locked, err := people.Unknown(f.app)
	if err != nil {
		return "", err
	}
	card, err := f.desk.PrepareCard()
	if err != nil {
		return "", err
	}
	learner := newLearner{
		id: id, called: page.Called, language: page.Language, locked: locked, programme: group.Programme, cohort: group.ID,
		course: page.course(), beside: page.chosen(), card: card,
	}
	err = f.app.RunInTransaction(func(tx core.App) error { return f.make(tx, learner, web.Current(e).ID) })
	if err != nil {
		return "", err
	}
	if err := signin.DropKeptPost(e); err != nil { // they are there: only their card matters now
		f.app.Logger().Error("drop a kept form", "error", err)
	}
	return f.showCards(e, card)
}

// showCards leads to where new cards can be printed, and says where that is.
func (f *Facilitation) showCards(e *core.RequestEvent, cards ...*signin.NewCard) (string, error) {
	err := f.desk.ShowCards(e, cards...)
	return e.Response.Header().Get("Location"), err
}

// isNone reports whether a statement found no row.
func isNone(err error) bool { return errors.Is(err, sql.ErrNoRows) }
