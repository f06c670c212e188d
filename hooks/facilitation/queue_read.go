package facilitation

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"alongside/hooks/content"
	"alongside/hooks/learning"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// queueMost is how many of those who wait stand in the queue: the oldest. Whoever
// has so many looks at the rest once these are answered.
const queueMost = 50

// A queuedRow is a share in a list of its reader. Nothing of its text is read.
type queuedRow struct {
	ID         string `db:"id"`
	Reflection string `db:"reflection"`
	Learner    string `db:"learner"`
	Username   string `db:"username"`
	Name       string `db:"name"`
	Module     string `db:"module"`
	Shared     string `db:"shared"`
	Promised   string `db:"promised"`
	Seen       string `db:"seen"`
	Answered   string `db:"answered"`
	Waits      string `db:"waits"`
	Withdrawn  string `db:"withdrawn"`
	Talk       bool   `db:"talk"`
	Drafted    string `db:"drafted"`     // when the reader last wrote at an answer that is not sent; ""
	By         string `db:"by_name"`     // who is answering the reflection now, unless it is the viewer
	ByUsername string `db:"by_username"` // the same
	Count      int    `db:"all_rows"`    // of the whole list
}

// sharedSQL reads shares of the table s under a condition.
func sharedSQL(condition, order string) string { return sharedFromSQL("shares s", condition, order) }

func sharedFromSQL(from, condition, order string) string {
	return `SELECT s.id, s.reflection, s.learner, u.username, u.name, r.module, s.shared, s.promised, s.seen, s.answered, s.waits, s.withdrawn, s.talk,
		COALESCE((SELECT d.updated FROM replies d WHERE d.share = s.id AND d.writer = {:viewer} AND d.state = 'draft'), '') AS drafted,
		COALESCE(w.name, '') AS by_name, COALESCE(w.username, '') AS by_username, COUNT(*) OVER () AS all_rows
	FROM ` + from + ` JOIN users u ON u.id = s.learner JOIN reflections r ON r.id = s.reflection
	LEFT JOIN claims c ON c.reflection = s.reflection AND c.until > {:now} AND c.worker != {:viewer} LEFT JOIN users w ON w.id = c.worker
	WHERE ` + condition + ` ORDER BY ` + order + ` LIMIT {:most}`
}

// waitingSQL is those whose turn it is the reader's, who has waited longest first.
func waitingSQL(readable string) string {
	return sharedSQL("s.reader = {:viewer} AND s.waits != '' AND "+readable, "s.waits, s.id")
}

// begunSQL is where the reader began to write and nobody waits. CROSS JOIN lets
// SQLite begin with the drafts: else it looks for them among all that was shared.
func begunSQL(readable string) string {
	return sharedFromSQL("replies b CROSS JOIN shares s ON s.id = b.share", "b.writer = {:viewer} AND b.state = 'draft' AND s.waits = '' AND "+readable, "b.updated DESC, s.id")
}

// toldSQL is all that one learner shared with the reader, the newest first.
func toldSQL(told string) string {
	return sharedSQL("s.reader = {:viewer} AND s.learner = {:learner} AND "+told, "s.shared DESC, s.id")
}

// shared reads a list of shares that are, or were, the viewer's.
func (f *Facilitation) shared(e *core.RequestEvent, sql string, params dbx.Params, most int) ([]queuedRow, error) {
	all := maps.Clone(params)
	all["viewer"], all["now"], all["most"] = web.Current(e).ID, moment(web.Now(e)), most
	var rows []queuedRow
	err := f.app.ConcurrentDB().NewQuery(sql).Bind(all).WithContext(e.Request.Context()).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list shares: %w", err)
	}
	return rows, nil
}

// queue reads who needs the viewer.
func (f *Facilitation) queue(e *core.RequestEvent) (*Queue, error) {
	viewer, now := web.Current(e), web.Now(e)
	readable, params := reflections.Readable(viewer, now)
	waiting, err := f.shared(e, waitingSQL(readable), params, queueMost)
	if err != nil {
		return nil, err
	}
	begun, err := f.shared(e, begunSQL(readable), params, queueMost)
	if err != nil {
		return nil, err
	}
	modules, err := f.modulesOf(e, slices.Concat(waiting, begun))
	if err != nil {
		return nil, err
	}
	q := &Queue{}
	for _, row := range waiting {
		q.Waiting, q.Count = append(q.Waiting, row.inQueue(modules, moment(now))), row.Count
	}
	for _, row := range begun {
		q.Begun = append(q.Begun, row.inQueue(modules, moment(now)))
	}
	if q.Stuck, err = f.stuck(e); err != nil {
		return nil, err
	}
	if q.Quiet, err = f.quiet(e); err != nil {
		return nil, err
	}
	if q.Withdrawn, err = f.withdrawn(e); err != nil {
		return nil, err
	}
	if q.Helped, err = f.helped(e); err != nil {
		return nil, err
	}
	q.Called, _ = f.written.Called(viewer)
	q.ConcernWaits = f.written.ConcernWaits(viewer)
	q.Tag, err = web.TagOf(e, q)
	return q, err
}

// stuck are learners of the viewer's who said that they are stuck on a step.
func (f *Facilitation) stuck(e *core.RequestEvent) ([]Stuck, error) {
	calls, err := f.written.StuckFor(e.Request.Context(), web.Current(e), web.Now(e))
	return stuckIn(calls), err
}

// helped are those who were, and whom the viewer helped a short while ago.
func (f *Facilitation) helped(e *core.RequestEvent) ([]Stuck, error) {
	calls, err := f.written.HelpedBy(e.Request.Context(), web.Current(e))
	return stuckIn(calls), err
}

func stuckIn(calls []reflections.Call) (all []Stuck) {
	for _, c := range calls {
		all = append(all, Stuck{
			ID: c.ID, Learner: Person{ID: c.Learner, Username: c.Username, Name: c.Called}, Since: day(c.Made),
			Module: learning.Link{Title: c.ModuleTitle, Lang: c.Lang}, Step: learning.Link{Title: c.StepTitle, Lang: c.Lang, Address: c.Address},
		})
	}
	return all
}

// inQueue is a row as its reader sees it now.
func (r queuedRow) inQueue(modules map[string]learning.Link, now string) Waiting {
	if r.Withdrawn != "" { // nothing more of it is theirs to know
		return Waiting{Share: r.ID, Learner: Person{ID: r.Learner, Username: r.Username, Name: r.Name}, State: r.state(), Withdrawn: day(r.Withdrawn)}
	}
	w := Waiting{
		Share: r.ID, Learner: Person{ID: r.Learner, Username: r.Username, Name: r.Name}, Module: modules[r.Module], State: r.state(),
		Shared: day(r.Shared), Since: day(r.Waits), Begun: day(r.Drafted), Beside: Person{Username: r.ByUsername, Name: r.By}.Called(),
	}
	w.Back = r.Waits != "" && r.Answered != "" && r.Answered >= r.Shared
	if r.Waits != "" {
		w.Promised, w.Late = day(r.Promised), r.Promised != "" && r.Promised < now
	}
	return w
}

func (r queuedRow) state() reflections.State {
	return reflections.Share{Waits: r.Waits, Answered: r.Answered, Seen: r.Seen, Withdrawn: r.Withdrawn, Talk: r.Talk}.State()
}

// modulesOf gives the modules that shares are from, as they are called and where
// they are now. One that is not live any more is left out.
func (f *Facilitation) modulesOf(e *core.RequestEvent, rows []queuedRow) (map[string]learning.Link, error) {
	wanted := map[string]bool{}
	for _, row := range rows {
		wanted[row.Module] = true
	}
	return f.modules(e, slices.Sorted(maps.Keys(wanted)))
}

func (f *Facilitation) modules(e *core.RequestEvent, ids []string) (map[string]learning.Link, error) {
	all := map[string]learning.Link{}
	if len(ids) == 0 {
		return all, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var courses []string
	err = f.app.ConcurrentDB().NewQuery("SELECT DISTINCT course FROM modules WHERE id IN (SELECT value FROM json_each({:ids}))").
		Bind(dbx.Params{"ids": string(list)}).WithContext(e.Request.Context()).Column(&courses)
	if err != nil {
		return nil, fmt.Errorf("courses of modules: %w", err)
	}
	taught, err := f.syllabus(e, courses)
	if err != nil {
		return nil, err
	}
	for _, course := range taught {
		for _, module := range course.modules {
			link := title(module)
			link.Address = content.ModuleAddress(course.Slug, module.Slug)
			all[module.ID] = link
		}
	}
	return all, nil
}
