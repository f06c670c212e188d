package reflections

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ListPage is `/reflections`, "reflections/list": all that the viewer gave to
// reflections, the newest first, by course and module.
type ListPage struct {
	web.Base
	Courses      []ListedCourse
	Newer, Older string // addresses of the pages before and after; "" where there is none
}

// Closed is whether some of it is closed for this viewer, who can open it.
func (p *ListPage) Closed() bool {
	for _, course := range p.Courses {
		for _, module := range course.Modules {
			if slices.ContainsFunc(module.Rows, func(row ListedReflection) bool { return row.Lock == Shut }) {
				return true
			}
		}
	}
	return false
}

// A ListedCourse is a course with what was written in it.
type ListedCourse struct {
	Title   string // "" where it is not there any more
	Lang    string // BCP 47
	Modules []ListedModule

	id string
}

// A ListedModule is a module with what was written in it.
type ListedModule struct {
	Title string
	Lang  string // BCP 47
	Rows  []ListedReflection

	id string
}

// A ListedReflection is one of them, in short.
type ListedReflection struct {
	Address string
	Asked   string
	First   string // how it begins
	Felt    Felt
	Voice   bool
	Paper   bool
	Lock    Lock
	Shared  bool
	Replied bool // somebody answered
	New     bool // and that was not looked at yet
	Date    string
}

// Dir is the direction in which a title runs.
func (c ListedCourse) Dir() string { return templates.Direction(c.Lang) }

// Dir is the direction in which a title runs, and what was asked.
func (m ListedModule) Dir() string { return templates.Direction(m.Lang) }

// onPage is how many reflections stand on one page, and lettersShown how many
// letters show how one begins.
const (
	onPage       = 50
	lettersShown = 140
)

type listed struct {
	Stored
	ID       string `db:"id"`
	Course   string `db:"course"` // record id; "" where it is not there any more
	Title    string `db:"title"`  // of the course
	Language string `db:"language"`
	Replied  int    `db:"replied"`
	New      int    `db:"new"`
}

// pageSQL puts them in order by their dates alone, and reads only those of one page
// whole.
const pageSQL = `SELECT r.id, r.module, r.activity, r.revision, r.state, r.how, r.sealed, r.updated, o.course,
		COALESCE(c.title, '') AS title, COALESCE(c.language, '') AS language,
		(SELECT COUNT(*) FROM shares s JOIN replies p ON p.share = s.id WHERE s.reflection = r.id AND p.state = 'sent' AND p.writer != r.user) AS replied,
		(SELECT COUNT(*) FROM shares s JOIN replies p ON p.share = s.id WHERE s.reflection = r.id AND p.state = 'sent' AND p.writer != r.user AND p.seen = '') AS new
	FROM (SELECT f.id, COALESCE(m.course, '') AS course, row_number() OVER (ORDER BY f.ofCourse DESC, m.course, f.ofModule DESC, f.module, f.updated DESC, f.id) AS n
		FROM (SELECT g.id, g.module, g.updated, MAX(g.updated) OVER (PARTITION BY g.module) AS ofModule,
				MAX(g.updated) OVER (PARTITION BY n.course) AS ofCourse
			FROM reflections g LEFT JOIN modules n ON n.id = g.module WHERE g.user = {:user} AND g.state IN ('draft', 'kept', 'shared')) f
		LEFT JOIN modules m ON m.id = f.module) o
	JOIN reflections r ON r.id = o.id LEFT JOIN courses c ON c.id = o.course
	WHERE o.n > {:before} AND o.n <= {:before} + {:most} ORDER BY o.n`

// showList is all of the viewer's own.
func (r *Room) showList(e *core.RequestEvent) error {
	number := max(1, min(pageNumber(e), 10_000))
	rows, err := r.listedOn(e.Request.Context(), web.Current(e).ID, number)
	if err != nil {
		return err
	}
	page := &ListPage{}
	if number > 1 {
		page.Newer = "/reflections?page=" + strconv.Itoa(number-1)
	}
	if len(rows) > onPage {
		rows, page.Older = rows[:onPage], "/reflections?page="+strconv.Itoa(number+1)
	}
	for _, row := range rows {
		if err := r.list(e, page, row); err != nil {
			return fmt.Errorf("list reflection %s: %w", row.ID, err)
		}
	}
	return web.Show(e, http.StatusOK, "reflections/list", page)
}

func pageNumber(e *core.RequestEvent) int {
	number, _ := strconv.Atoi(e.Request.URL.Query().Get("page")) // what is no number is the first
	return number
}

// listedOn reads one page of rows, and one more where there are more.
func (r *Room) listedOn(ctx context.Context, user string, number int) (rows []listed, err error) {
	err = r.app.ConcurrentDB().NewQuery(pageSQL).
		Bind(dbx.Params{"user": user, "before": (number - 1) * onPage, "most": onPage + 1}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list reflections: %w", err)
	}
	return rows, nil
}

// list adds a row to the page, under its course and module. What is empty is not
// there for anybody.
func (r *Room) list(e *core.RequestEvent, page *ListPage, row listed) error {
	one := Reflection{User: web.Current(e).ID, Module: row.Module, Activity: row.Activity, Revision: row.Revision, State: row.State}
	one, err := one.Read(r.app, r.vault, web.Current(e), row.Sealed)
	if err != nil {
		return err
	}
	outline, asked, err := r.content.Asked(e.Request.Context(), row.Revision, row.Activity)
	if err != nil {
		return err
	}
	short := ListedReflection{
		Address: address(row.ID), Asked: asked.Text, First: one.Words.first(), Felt: one.Words.Felt(),
		Voice: row.How == ByVoice, Paper: row.How == OnPaper, Lock: one.Lock, Shared: row.State == IsShown,
		Replied: row.Replied > 0, New: row.New > 0, Date: people.Moment(row.Updated),
	}
	if short.isNothing() {
		return nil
	}
	course := page.under(row)
	if n := len(course.Modules); n == 0 || course.Modules[n-1].id != row.Module {
		course.Modules = append(course.Modules, ListedModule{Title: outline.Title, Lang: outline.Lang, id: row.Module})
	}
	module := &course.Modules[len(course.Modules)-1]
	module.Rows = append(module.Rows, short)
	return nil
}

func (l ListedReflection) isNothing() bool {
	return l.Lock == Unlocked && l.First == "" && !l.Felt.Says() && !l.Voice && !l.Paper && !l.Shared
}

// under is the course of a row, which is the last on the page or the next.
func (p *ListPage) under(row listed) *ListedCourse {
	if n := len(p.Courses); n == 0 || p.Courses[n-1].id != row.Course {
		p.Courses = append(p.Courses, ListedCourse{Title: row.Title, Lang: row.Language, id: row.Course})
	}
	return &p.Courses[len(p.Courses)-1]
}

// first is how what somebody wrote begins.
func (w Words) first() string {
	for _, position := range slices.Sorted(maps.Keys(w.Typed)) {
		if text := strings.Join(strings.Fields(w.Typed[position]), " "); text != "" {
			return beginning(text)
		}
	}
	if len(w.Kept) > 0 {
		return beginning(strings.Join(strings.Fields(w.Kept[0]), " "))
	}
	return ""
}

func beginning(text string) string {
	letters := []rune(text)
	if len(letters) <= lettersShown {
		return text
	}
	cut := string(letters[:lettersShown])
	if space := strings.LastIndexByte(cut, ' '); space > 0 {
		cut = cut[:space]
	}
	return cut + "…"
}
