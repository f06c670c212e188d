package authoring

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// DeskPage is `/write`, "authoring/desk": what somebody is writing, and what they
// may write.
type DeskPage struct {
	web.Base
	Drafts  []DraftRow
	Away    []DraftRow // that they put away
	Heard   []HeardRow // that they wrote and learners read
	Courses []CourseRow
}

// A DraftRow is a draft in a list.
type DraftRow struct {
	Title   string
	Lang    string // BCP 47, of the title
	Address string
	Course  string // title
	State   string // of the draft
	Saved   string // when, as the database writes it
	Theirs  bool   // somebody else began it, and lets the viewer write with them
	Said    int    // how much others said of it that waits for its writers
	SaidAt  string // address where that stands
}

// Dir is the direction of its title.
func (r DraftRow) Dir() string { return templates.Direction(r.Lang) }

// A CourseRow is a course in a list.
type CourseRow struct {
	Title   string `db:"title"`
	Lang    string `db:"language"`
	Slug    string `db:"slug"`
	Address string
}

// Dir is the direction of its title.
func (r CourseRow) Dir() string { return templates.Direction(r.Lang) }

// saidOf is how much others said of a draft d that waits for the viewer, who writes it:
// what they asked, suggested, and why it cannot go live yet.
const saidOf = `((SELECT COUNT(*) FROM comments o WHERE o.draft = d.id AND o.under = '' AND o.settled = '' AND o.by != {:viewer}
		AND NOT EXISTS (SELECT 1 FROM comments n WHERE n.under = o.id AND n.by = {:viewer})) +
	(SELECT COUNT(*) FROM suggestions s WHERE s.draft = d.id AND s.state = 'open' AND s.by != {:viewer}) +
	(SELECT COUNT(*) FROM reviews v WHERE v.draft = d.id AND v.lifted = '' AND v.by != {:viewer} AND (v.kind = 'unsafe' OR v.kind = 'changes' AND v.revision = d.revision)))`

// said counts it.
func (a *Authoring) said(ctx context.Context, draft, viewer string) (n int, err error) {
	err = a.app.ConcurrentDB().NewQuery("SELECT " + saidOf + " FROM drafts d WHERE d.id = {:draft}").
		Bind(dbx.Params{"draft": draft, "viewer": viewer}).WithContext(ctx).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("what others said of draft %s: %w", draft, err)
	}
	return n, nil
}

func (a *Authoring) showDesk(e *core.RequestEvent) error {
	ctx, viewer := e.Request.Context(), web.Current(e)
	page := &DeskPage{}
	var rows []struct {
		Draft
		Slug   string `db:"slug"`
		Name   string `db:"name"` // of the module; "" while it is new
		Course string `db:"course_title"`
		Said   int    `db:"said"`
	}
	err := a.app.ConcurrentDB().NewQuery("SELECT " + draftColumns + `, c.slug, c.title AS course_title, COALESCE(m.slug, '') AS name, ` + saidOf + ` AS said
		FROM drafts d JOIN courses c ON c.id = d.course LEFT JOIN modules m ON m.id = d.module
		WHERE ` + isWriter + ` AND ` + atWork + ` ORDER BY d.updated DESC LIMIT 200`).
		Bind(dbx.Params{"viewer": viewer.ID}).WithContext(ctx).All(&rows)
	if err != nil {
		return fmt.Errorf("drafts of %s: %w", viewer.ID, err)
	}
	for _, row := range rows {
		name := row.Name
		if name == "" {
			name = NameOf(row.Path, row.Kind)
		}
		page.Drafts = append(page.Drafts, DraftRow{
			Title: row.Title, Lang: row.Language, Address: "/write/" + row.Slug + "/" + name, Course: row.Course,
			State: row.State, Saved: row.Updated, Theirs: row.Owner != viewer.ID, Said: row.Said, SaidAt: "/review/" + row.Slug + "/" + name,
		})
	}
	away, err := a.droppedOf(ctx, viewer.ID)
	if err != nil {
		return err
	}
	for _, row := range away {
		page.Away = append(page.Away, DraftRow{
			Title: row.Title, Lang: row.Language, Address: "/write/" + row.Slug + "/" + row.name(), Course: row.CourseTitle, State: row.State, Saved: row.Updated,
		})
	}
	if page.Heard, err = a.heardBy(ctx, viewer); err != nil {
		return err
	}
	if page.Courses, err = a.coursesFor(ctx, viewer, people.Writing, "/write/"); err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "authoring/desk", page)
}

// coursesFor are the courses of which a viewer has a matter, by title, with the
// address below which they have it.
func (a *Authoring) coursesFor(ctx context.Context, v *web.Viewer, matter people.Matter, below string) ([]CourseRow, error) {
	var all []struct {
		CourseRow
		Programme string `db:"programme"`
	}
	err := a.app.ConcurrentDB().NewQuery("SELECT c.title, c.language, c.slug, c.programme FROM courses c ORDER BY c.title, c.id").WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("list courses to write: %w", err)
	}
	var rows []CourseRow
	for _, one := range all {
		if reaches(v, matter, one.Programme) {
			one.Address = below + one.Slug
			rows = append(rows, one.CourseRow)
		}
	}
	return rows, nil
}

// WriteCoursePage is `/write/{course}`, "authoring/course": its texts, and what is
// being written of them.
type WriteCoursePage struct {
	web.Base
	Title   string
	Lang    string
	Way     string // in which its title runs, "ltr" or "rtl"
	Address string // of the course, as learners see it
	New     string // where a new module is begun
	Texts   []TextRow
}

// A TextRow is a text of a course in a list.
type TextRow struct {
	Title   string
	Kind    string // module, course, glossary
	Address string
	Live    bool
	State   string // of the draft at work; "" where nobody writes on it
	Who     string // who does, where it is not the viewer; "" else
	Mine    bool
}

func (a *Authoring) showWriteCourse(e *core.RequestEvent) error {
	ctx := e.Request.Context()
	course, err := a.courseFor(e, people.Writing)
	if err != nil {
		return err
	}
	texts, err := a.content.LiveTexts(ctx, course)
	if err != nil {
		return err
	}
	drafts, err := a.draftsOf(ctx, course, web.Current(e).ID)
	if err != nil {
		return err
	}
	page := &WriteCoursePage{Title: course.Title, Lang: course.Language, Way: templates.Direction(course.Language), Address: content.CourseAddress(course.Slug), New: "/write-new?course=" + course.Slug}
	for _, text := range texts {
		row := TextRow{Title: titleOf(text), Kind: text.Kind, Address: "/write/" + course.Slug + "/" + text.Name, Live: true}
		at := slices.IndexFunc(drafts, func(d draftOf) bool { return d.Path == text.Path || d.Module != "" && d.Module == text.Module })
		if at >= 0 {
			row.note(drafts[at])
			drafts = slices.Delete(drafts, at, at+1)
		}
		page.Texts = append(page.Texts, row)
	}
	for _, d := range drafts {
		row := TextRow{Title: d.Title, Kind: d.Kind, Address: "/write/" + course.Slug + "/" + NameOf(d.Path, d.Kind)}
		row.note(d)
		page.Texts = append(page.Texts, row)
	}
	return web.Show(e, http.StatusOK, "authoring/course", page)
}

func (r *TextRow) note(d draftOf) {
	r.State, r.Mine = d.State, d.Mine
	if !d.Mine {
		r.Who = d.Called
	}
}

// draftOf is a draft at work with who began it.
type draftOf struct {
	Draft
	Mine   bool   `db:"mine"`
	Called string `db:"called"`
}

func (a *Authoring) draftsOf(ctx context.Context, course content.Course, viewer string) ([]draftOf, error) {
	var all []draftOf
	err := a.app.ConcurrentDB().NewQuery("SELECT " + draftColumns + ", " + isWriter + ` AS mine, COALESCE(NULLIF(u.name, ''), u.username, '') AS called
		FROM drafts d LEFT JOIN users u ON u.id = d.owner WHERE d.course = {:course} AND ` + atWork + ` ORDER BY d.created`).
		Bind(dbx.Params{"course": course.ID, "viewer": viewer}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("drafts of course %s: %w", course.Slug, err)
	}
	return all, nil
}
