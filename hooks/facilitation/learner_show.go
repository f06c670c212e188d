package facilitation

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// showLearner is one learner, as far as the viewer may see: whoever answers for
// their account sees that, whoever walks beside them how far they are.
func (f *Facilitation) showLearner(e *core.RequestEvent) error {
	return f.learnerPage(e, http.StatusOK, nil)
}

func (f *Facilitation) learnerPage(e *core.RequestEvent, status int, wrong []web.FieldError) error {
	person, rows, err := f.learnerIn(e, people.Accounts, people.Progress)
	if err != nil {
		return err
	}
	page := &LearnerPage{Person: person, Groups: groupsOf(rows), Errors: wrong}
	if page.Account, err = f.sees(e, people.Accounts, person.ID); err != nil {
		return err
	}
	depth := people.DepthOf(e)
	if depth == people.Counts && !page.Account {
		return web.ErrNotFound // counts are of nobody
	}
	if err := f.recordView(e, person.ID, rows[0].Programme, page.Account); err != nil {
		return err
	}
	if page.Beside, err = f.beside(e, person.ID); err != nil {
		return err
	}
	if page.Account {
		if err := f.addAccount(e, page); err != nil {
			return err
		}
	}
	if depth != people.Counts || page.Account {
		if err := f.addCourses(e, page, depth); err != nil {
			return err
		}
	}
	if page.Shared, err = f.sharedBy(e, person.ID, beforeMost); err != nil {
		return err
	}
	if page.MayRaise, err = f.sees(e, people.Raising, person.ID); err != nil {
		return err
	}
	return web.Show(e, status, "facilitation/learner", page)
}

// sees asks the policy for what is a matter of its own: the account, and raising a
// concern.
func (f *Facilitation) sees(e *core.RequestEvent, matter people.Matter, learner string) (bool, error) {
	_, err := people.See(e.Request.Context(), f.app, web.Now(e), web.Current(e), matter, people.Subject{Person: learner})
	if errors.Is(err, web.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func groupsOf(rows []membershipRow) []GroupOfLearner {
	var all []GroupOfLearner
	for _, r := range rows {
		all = append(all, GroupOfLearner{
			Name: r.Name, Place: r.Place, Label: r.Label, Since: day(r.Starts), Paused: day(r.Paused), Resumes: day(r.Resumes),
		})
	}
	return all
}

// addAccount puts in what belongs to the account: its language, and the card.
func (f *Facilitation) addAccount(e *core.RequestEvent, page *LearnerPage) error {
	err := f.app.ConcurrentDB().NewQuery("SELECT language FROM users WHERE id = {:id}").
		Bind(dbx.Params{"id": page.ID}).WithContext(e.Request.Context()).Row(&page.Language)
	if err != nil {
		return err
	}
	if page.Card, err = f.desk.CardOf(e.Request.Context(), page.ID); err != nil {
		return err
	}
	page.Made, page.Expires, page.Used = isoDay(page.Card.Made), isoDay(page.Card.Expires), isoDay(page.Card.Used)
	if page.Card.State == "active" && page.Used == "" {
		page.Card.State = "unused"
	}
	closing, err := f.desk.ClosedFor(e.Request.Context(), page.ID, web.Current(e).ID)
	page.Closed, page.MayOpen = isoDay(closing.Since), closing.Opens
	return err
}

func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// IsPaused reports whether they have a break in every group.
func (p *LearnerPage) IsPaused() bool {
	return len(p.Groups) > 0 && !slices.ContainsFunc(p.Groups, func(g GroupOfLearner) bool { return g.Paused == "" })
}
