package hooks_test

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// A form names things by their ids too, beside what its address is about. A
// sending is one that is right as it stands: "{cohort}" and the like are ids of
// the north programme, where its people are.
type sending struct {
	path string
	form string // as a query
}

var sendings = []sending{
	{path: "/facilitate/learners/new", form: "cohort={cohort}&course={course}&beside={facilitator}.facilitator&called=New"},
	{path: "/facilitate/learners/{learner}/courses", form: "course={course}"},
	{path: "/facilitate/hand-over", form: "do=hand-over&from={facilitator}&role=facilitator&programme={programme}&to={colleague}&learner={learner}"},
	{path: "/manage/programmes/{programme}/cohorts/new", form: "name=New&place={place}"},
	{path: "/manage/programmes/{programme}/cohorts/{cohort}", form: "name=New&place={place}"},
	{path: "/manage/programmes/{programme}/people/{learner}/roles", form: "role=mentor&cohort={cohort}"},
	{path: "/manage/programmes/{programme}/people/{learner}/workers", form: "worker=facilitator:{colleague}"},
	{path: "/manage/programmes/{programme}/staff/new", form: "username=new-1&called=New&role=facilitator&cohort={cohort}&language=en"},
}

// anyForm is sent to every page that takes one, whatever it reads of it: a new
// page that calls its fields by these names is asked by itself.
const anyForm = "cohort={cohort}&course={course}&place={place}&programme={programme}&learner={learner}&person={learner}&from={facilitator}" +
	"&to={colleague}&worker=facilitator:{colleague}&beside={colleague}.facilitator&manager={manager}&who={manager}&role=facilitator&name=New&called=New&do=hand-over&language=en"

// idsOf are what stands for "{cohort}" and the like, of one programme.
func (w *world) idsOf(t *testing.T, programme, cohort, learner, facilitator, colleague, manager string) map[string]string {
	t.Helper()
	ids := map[string]string{
		"programme": w.programmes[programme], "cohort": w.cohorts[cohort], "learner": w.people[learner].ID,
		"facilitator": w.people[facilitator].ID, "colleague": w.people[colleague].ID, "manager": w.people[manager].ID,
	}
	ids["place"] = w.mustFindID(t, "places", dbx.HashExp{"programme": w.programmes[programme]})
	return ids
}

func (w *world) mustFindID(t *testing.T, table string, which dbx.Expression) (id string) {
	t.Helper()
	if err := w.App.DB().Select("id").From(table).Where(which).Limit(1).Row(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

// Whatever ids somebody puts into a form, no row that speaks of another programme
// is made, changed or taken out by it, and none comes to name what is not there.
func TestPolicyOfEveryFormWithWhatBelongsToOthers(t *testing.T) {
	inFull(t)
	t.Parallel()
	post := mustPost(t)
	for _, one := range sendings {
		post.inEveryField(t, one)
	}
	for _, door := range post.House.Pages.Doors() {
		if door.Method != "POST" {
			continue
		}
		for _, viewer := range post.strangersTo("south") {
			for _, other := range []map[string]string{post.south, post.nowhere} {
				post.send(t, t, viewer, filledAnyhow(door, post.north), filled(anyForm, other))
			}
		}
	}
	t.Logf("policy: %d cells of forms", post.cells)
}

// A post sends forms as people of the north programme.
type post struct {
	*world
	watch                 *watch
	north, south, nowhere map[string]string // ids by name
	foreign               []string          // no form of theirs may get one of these into a row
	cells                 int
}

func mustPost(t *testing.T) *post {
	t.Helper()
	w := mustWorld(t)
	p := &post{
		world: w, nowhere: map[string]string{}, foreign: []string{invented},
		north: w.idsOf(t, "north", "thursdays", "theirs", "facilitator", "facilitator whose assignment ended", "manager"),
		south: w.idsOf(t, "south", "fridays", "other programme", "facilitator of the other programme", "colleague in the other programme", "manager of the other programme"),
	}
	for name, id := range p.south {
		p.nowhere[name] = invented
		p.foreign = append(p.foreign, id)
	}
	p.north["course"] = w.mustFindID(t, "courses", dbx.HashExp{"slug": "small"})
	p.south["course"] = invented // courses are of no programme
	p.watch = mustWatch(t, w)
	return p
}

// inEveryField sends a form with one of its ids of another programme, and of none;
// and as it stands, which somebody has to be able to do.
func (p *post) inEveryField(t *testing.T, one sending) {
	t.Helper()
	path, done := filled(one.path, p.north), 0
	for _, viewer := range p.strangersTo("south") {
		for _, name := range namesIn(one.form) {
			for _, other := range []map[string]string{p.south, p.nowhere} {
				mixed := maps.Clone(p.north)
				mixed[name] = other[name]
				p.send(t, t, viewer, path, filled(one.form, mixed))
			}
		}
		if p.send(t, t, viewer, path, filled(one.form, p.north)) {
			done++
		}
	}
	if done == 0 {
		t.Errorf("POST %s %s: nobody can send it as it stands, so what it is refused with shows nothing", one.path, one.form)
	}
}

// send reports whether a form did something.
func (p *post) send(t *testing.T, hears reporter, viewer *viewer, path, form string) bool {
	t.Helper()
	p.cells++
	values, err := url.ParseQuery(form)
	if err != nil {
		t.Fatal(err)
	}
	values.Set("key", fmt.Sprintf("%032d", p.cells)) // no form is the one before, sent again
	got := viewer.do(t, viewer.browser.Request("POST", path, values))
	for _, row := range p.watch.touched(t, p.foreign) {
		hears.Errorf("%s: POST %s %s: %s, and wrote of another programme, or of what is not there: %s", viewer, path, form, got, row)
	}
	return len(p.watch.changed(t)) > 0 && got.status == 303
}

// strangersTo are all who have nothing to do with a programme.
func (w *world) strangersTo(programme string) (all []*viewer) {
	for _, viewer := range w.viewers {
		_, ofSite := viewer.columns["site manager"]
		if !ofSite && !isNow(viewer.name, "", func(r held) bool { return r.programme == programme }) {
			all = append(all, viewer)
		}
	}
	return all
}

func filled(pattern string, ids map[string]string) string {
	for name, id := range ids {
		pattern = strings.ReplaceAll(pattern, "{"+name+"}", id)
	}
	return pattern
}

// filledAnyhow is an address of a door in the north programme.
func filledAnyhow(door web.Door, north map[string]string) string {
	path := strings.NewReplacer("{person}", north["learner"], "{course}", "small", "{module}", "first", "{kind}", "tip", "{step}", "look", "{number}", "1").Replace(door.Path)
	path = filled(path, north)
	return pathName.ReplaceAllString(strings.TrimSuffix(path, "{$}"), invented)
}

// touched are the rows which name one of some ids and are not as they were. It
// puts nothing back.
func (w *watch) touched(t *testing.T, ids []string) []string {
	t.Helper()
	if w.now(t) == w.version {
		return nil
	}
	var all []string
	for name, is := range w.read(t) {
		before, after := w.tables[name].naming(name, ids), is.naming(name, ids)
		for _, row := range after {
			if !slices.Contains(before, row) {
				all = append(all, name+": "+row)
			}
		}
		if len(after) < len(before) {
			all = append(all, fmt.Sprintf("%s: %d rows fewer", name, len(before)-len(after)))
		}
	}
	return all
}

// naming are the rows of a table, as text, in which one of some ids stands.
func (all table) naming(name string, ids []string) (rows []string) {
	for row := range strings.Lines(all.text(name)) {
		if slices.ContainsFunc(ids, func(id string) bool { return strings.Contains(row, id) }) {
			rows = append(rows, row)
		}
	}
	return rows
}
