package facilitation

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// perPage is how many learners stand on one page.
const perPage = 50

// showHome is `/facilitate`: my learners, and my groups.
func (f *Facilitation) showHome(e *core.RequestEvent) error {
	viewer := web.Current(e)
	page := &HomePage{Search: strings.TrimSpace(e.Request.URL.Query().Get("find")), MayAdd: people.May(viewer, people.AddLearner), MayHand: people.May(viewer, people.Accounts)}
	page.Page, _ = strconv.Atoi(e.Request.URL.Query().Get("page"))
	page.Page = min(max(page.Page, 1), 1000)
	if hasQueue(viewer) && page.Search == "" && page.Page == 1 {
		var err error
		if page.Queue, err = f.queue(e); err != nil {
			return err
		}
	}
	rows, err := f.listed(e, page.Search, page.Page)
	if err != nil {
		return err
	}
	if len(rows) > perPage {
		rows, page.Next = rows[:perPage], page.Page+1
	}
	nows, err := f.nows(e, rows)
	if err != nil {
		return err
	}
	for _, row := range rows {
		page.Learners = append(page.Learners, row.inList(nows[row.ID]))
	}
	if page.Groups, err = f.groups(e, people.Grid, people.Counts); err != nil {
		return err
	}
	if len(page.Groups) == 0 {
		page.AddGroup = addGroupAt(viewer)
	}
	alone, err := f.alone(e)
	if err != nil {
		return err
	}
	for _, c := range alone {
		page.Alone += c.Learners
	}
	if page.Taken, err = f.taken(e); err != nil {
		return err
	}
	if page.Covers, err = f.coversNow(e); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "facilitation/home", page)
}

// addGroupAt is where a manager adds a group: in the programme that they manage,
// or where they choose one of several. It is "" for everybody else.
func addGroupAt(v *web.Viewer) string {
	managed := worksIn(v, people.Groups)
	switch len(managed) {
	case 0:
		return ""
	case 1:
		return "/manage/programmes/" + managed[0] + "/cohorts/new"
	}
	return "/manage"
}

// A listedRow is a learner in the list, and what of them the viewer may know.
type listedRow struct {
	ID       string `db:"id"`
	Username string `db:"username"`
	Name     string `db:"name"`
	Group    string `db:"group_name"`
	Paused   string `db:"paused"`
	Account  bool   `db:"account"`
	Whole    bool   `db:"whole"`
	Done     bool   `db:"done"`
	Card     string `db:"card"`
}

// listed reads a page of learners, and one more where there is another page.
func (f *Facilitation) listed(e *core.RequestEvent, search string, page int) ([]listedRow, error) {
	viewer, now := web.Current(e), web.Now(e)
	q := newQuery(now)
	accounts := q.whom(viewer, people.Accounts, people.Whole, now)
	done := q.whom(viewer, people.Progress, people.DoneOrNot, now)
	whole := q.whom(viewer, people.Progress, people.Whole, now)
	q.params["viewer"], q.params["find"], q.params["from"], q.params["most"] = viewer.ID, like(search), (page-1)*perPage, perPage+1
	var rows []listedRow
	err := f.app.ConcurrentDB().NewQuery(`
		SELECT u.id, u.username, u.name, COALESCE(c.name, '') AS group_name, m.paused, MAX(m.starts) AS latest,
			u.id IN (` + accounts + `) AS account, u.id IN (` + whole + `) AS whole, u.id IN (` + done + `) AS done, ` + cardStateSQL + ` AS card
		FROM memberships m JOIN users u ON u.id = m.user LEFT JOIN cohorts c ON c.id = m.cohort
		LEFT JOIN cards k ON k.user = u.id AND k.ended = ''
		WHERE m.role = 'learner' AND ` + holds("m") + ` AND +m.programme IN (` + q.whereTheyWork(viewer, people.Accounts, people.Progress) + `)
			AND u.id != {:viewer} AND m.user IN (` + accounts + ` UNION ` + done + `)
			AND (u.name LIKE {:find} ESCAPE '\' OR u.username LIKE {:find} ESCAPE '\')
		GROUP BY u.id ORDER BY CASE WHEN u.name = '' THEN u.username ELSE u.name END COLLATE NOCASE, u.id LIMIT {:most} OFFSET {:from}`).
		Bind(q.params).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list learners: %w", err)
	}
	return rows, nil
}

// cardStateSQL is the state of the card k that somebody has in use, as the
// words for it are called.
const cardStateSQL = `CASE WHEN k.id IS NULL THEN 'none' WHEN k.expires <= {:now} THEN 'expired'
	WHEN k.state = 'active' AND k.used = '' THEN 'unused' ELSE k.state END`

// like is a search as LIKE takes it, with nothing in it that LIKE reads itself.
func like(search string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(search) + "%"
}

func (r listedRow) inList(now *Now) LearnerInList {
	l := LearnerInList{Person: Person{r.ID, r.Username, r.Name}, Group: r.Group, Paused: day(r.Paused), Now: now}
	if r.Account {
		l.Card = r.Card
	}
	return l
}

// day is the day of a moment as the database writes it.
func day(moment string) string {
	if len(moment) < len("2006-01-02") {
		return ""
	}
	return moment[:len("2006-01-02")]
}

// groups are the cohorts of which the viewer sees a matter, that have not ended.
func (f *Facilitation) groups(e *core.RequestEvent, matter people.Matter, atLeast people.Depth) ([]GroupInList, error) {
	q := newQuery(web.Now(e))
	which := q.cohorts(web.Current(e), matter, atLeast)
	var all []GroupInList
	err := f.app.ConcurrentDB().NewQuery(`
		SELECT c.id, c.name, (SELECT COUNT(DISTINCT m.user) FROM memberships m WHERE m.cohort = c.id AND m.role = 'learner' AND ` + holds("m") + `) AS learners
		FROM cohorts c WHERE c.id IN (` + which + `) AND (c.ends = '' OR c.ends > {:now}) ORDER BY c.name COLLATE NOCASE, c.id LIMIT 200`).
		Bind(q.params).WithContext(e.Request.Context()).All(&all)
	if err != nil {
		return nil, fmt.Errorf("list groups: %w", err)
	}
	return all, nil
}
