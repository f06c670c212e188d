package hooks_test

import (
	"fmt"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A world is a small site in which every relation of the policy is there, and
// every way in which one is over. What follows is its description: the database
// is filled from it, and what anybody may see is worked out from it, without
// asking the database (policy_oracle_test.go).
type world struct {
	*hooktest.Site
	programmes map[string]string // ids by name
	cohorts    map[string]string
	people     map[string]hooktest.Person
	shown      map[string][]string // what stands in addresses about a course that is public
	hidden     map[string][]string // and about one that is not
	viewers    []*viewer
}

// cohortsOf are the groups of each programme.
var cohortsOf = map[string][]string{"north": {"thursdays", "mondays"}, "south": {"fridays"}}

// A held is a role of somebody, or an assignment to somebody, between two dates:
// hours from now, with 0 for an end that is not known.
type held struct {
	who, role, programme, cohort string
	to                           string // of an assignment: whose learner it is
	starts, ends                 time.Duration
}

// roles are who is what.
var roles = []held{
	{who: "theirs", role: "learner", programme: "north", cohort: "thursdays"},
	{who: "their second", role: "learner", programme: "north", cohort: "mondays"},
	{who: "paused", role: "learner", programme: "north", cohort: "thursdays"},
	{who: "same group", role: "learner", programme: "north", cohort: "thursdays"},
	{who: "other group", role: "learner", programme: "north", cohort: "mondays"},
	{who: "other programme", role: "learner", programme: "south", cohort: "fridays"},
	{who: "both programmes", role: "learner", programme: "north", cohort: "thursdays"},
	{who: "both programmes", role: "learner", programme: "south", cohort: "fridays"},
	{who: "left", role: "learner", programme: "north", cohort: "thursdays", ends: -1},
	{who: "comes tomorrow", role: "learner", programme: "north", cohort: "thursdays", starts: 24},
	{who: "handed over", role: "learner", programme: "north", cohort: "thursdays"},

	{who: "mentor", role: "mentor", programme: "north", cohort: "thursdays"},
	{who: "mentor and learner", role: "mentor", programme: "north", cohort: "thursdays"},
	{who: "mentor and learner", role: "learner", programme: "south", cohort: "fridays"},
	{who: "facilitator", role: "facilitator", programme: "north", cohort: "thursdays"},
	{who: "facilitator without a group", role: "facilitator", programme: "north"},
	{who: "facilitator of the other group", role: "facilitator", programme: "north", cohort: "mondays"},
	{who: "facilitator whose role ended", role: "facilitator", programme: "north", cohort: "thursdays", ends: -1},
	{who: "facilitator whose assignment ended", role: "facilitator", programme: "north", cohort: "thursdays"},
	{who: "lead", role: "lead", programme: "north"},
	{who: "manager", role: "manager", programme: "north"},
	{who: "manager of the other programme", role: "manager", programme: "south"},
	{who: "facilitator of the other programme", role: "facilitator", programme: "south", cohort: "fridays"},
	{who: "colleague in the other programme", role: "facilitator", programme: "south", cohort: "fridays"},
	{who: "manager whose role ended", role: "manager", programme: "north", ends: -1},
	{who: "site manager", role: "manager"},
}

// assignments are whose learners they are.
var assignments = []held{
	{who: "theirs", to: "mentor", role: "mentor", programme: "north"},
	{who: "theirs", to: "facilitator", role: "facilitator", programme: "north"},
	{who: "theirs", to: "facilitator without a group", role: "facilitator", programme: "north"},
	{who: "theirs", to: "facilitator whose role ended", role: "facilitator", programme: "north"},
	{who: "theirs", to: "facilitator whose assignment ended", role: "facilitator", programme: "north", ends: -1},
	{who: "their second", to: "facilitator", role: "facilitator", programme: "north"},
	{who: "paused", to: "facilitator", role: "facilitator", programme: "north"},
	{who: "left", to: "facilitator", role: "facilitator", programme: "north"},
	{who: "comes tomorrow", to: "facilitator", role: "facilitator", programme: "north"},
	{who: "handed over", to: "facilitator", role: "facilitator", programme: "north", ends: -1},
	{who: "same group", to: "facilitator", role: "facilitator", programme: "north", starts: 24},
	{who: "other group", to: "facilitator", role: "mentor", programme: "north"},          // in a role that they do not have
	{who: "other programme", to: "facilitator", role: "facilitator", programme: "south"}, // in a programme where they have none
	{who: "both programmes", to: "facilitator of the other programme", role: "facilitator", programme: "south"},
	{who: "other programme", to: "facilitator of the other programme", role: "facilitator", programme: "south"},
	{who: "both programmes", to: "mentor and learner", role: "mentor", programme: "north"},      // who is a learner themselves
	{who: "other programme", to: "mentor and learner", role: "facilitator", programme: "south"}, // they only learn there
}

// askers are those as whom everything is asked. "" is a guest.
var askers = []string{
	"", "nobody", "theirs", "left", "mentor", "mentor and learner",
	"facilitator", "facilitator without a group", "facilitator of the other group",
	"facilitator whose role ended", "facilitator whose assignment ended",
	"lead", "manager", "manager of the other programme", "manager whose role ended", "site manager",
}

// holds reports whether a role or an assignment holds at the moment of the world.
func (h held) holds() bool { return h.starts <= 0 && (h.ends == 0 || h.ends > 0) }

// mustWorld makes a world.
func mustWorld(t *testing.T, change ...func(*hooktest.Setup)) *world {
	t.Helper()
	w := &world{
		Site: hooktest.Start(t, change...), programmes: map[string]string{}, cohorts: map[string]string{},
		people: map[string]hooktest.Person{"nobody": {}},
	}
	w.makeProgrammes(t)
	w.makePeople(t)
	w.makeThings(t)
	w.makeCourses(t)
	w.makeShares(t)
	w.makePractice(t)
	for _, name := range askers {
		w.viewers = append(w.viewers, w.mustView(t, name))
	}
	return w
}

func (w *world) makeProgrammes(t *testing.T) {
	t.Helper()
	for name, cohorts := range cohortsOf {
		id, err := people.CreateProgramme(w.App, people.Programme{Name: "The " + name + " programme", Label: "Label " + name})
		if err != nil {
			t.Fatal(err)
		}
		w.programmes[name] = id
		for _, cohort := range cohorts {
			if w.cohorts[cohort], err = people.CreateCohort(w.App, id, cohort, w.Clock.Now()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func (w *world) makePeople(t *testing.T) {
	t.Helper()
	for _, r := range roles {
		w.people[r.who] = hooktest.Person{}
	}
	for name := range w.people {
		w.people[name] = w.MustPerson(t)
	}
	for _, r := range roles {
		w.MustJoin(t, people.Membership{
			User: w.people[r.who].ID, Role: web.Role(r.role), Programme: w.programmes[r.programme], Cohort: w.cohorts[r.cohort],
			Starts: w.begins(r), Ends: w.over(r),
		})
	}
	for _, a := range assignments {
		one := people.Assignment{
			Learner: w.people[a.who].ID, Worker: w.people[a.to].ID, Role: web.Role(a.role), Programme: w.programmes[a.programme], Starts: w.begins(a),
		}
		if err := people.Assign(w.App, one); err != nil {
			t.Fatal(err)
		}
		if a.ends != 0 {
			if _, err := people.Unassign(w.App, one, w.over(a)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// begins is from when something holds: two hours ago, where nothing else is said.
func (w *world) begins(h held) time.Time {
	if h.starts == 0 {
		h.starts = -2
	}
	return w.Clock.Now().Add(h.starts * time.Hour)
}

// over is until when it does; the zero time for no end.
func (w *world) over(h held) time.Time {
	if h.ends == 0 {
		return time.Time{}
	}
	return w.Clock.Now().Add(h.ends * time.Hour)
}

// makeCourses publishes two courses that are alike but for their pictures and
// texts: one is public, the other is not.
func (w *world) makeCourses(t *testing.T) {
	t.Helper()
	w.shown, w.hidden = w.makeCourse(t, "small", "red"), w.makeCourse(t, "inside", "blue")
	w.shown["name"] = []string{"sign.svg", "sheet.md"}
	if _, err := w.App.DB().Update("courses", dbx.Params{"public": true, "open": true}, dbx.HashExp{"slug": "small"}).Execute(); err != nil {
		t.Fatal(err)
	}
}

func (w *world) makeCourse(t *testing.T, slug, colour string) map[string][]string {
	t.Helper()
	w.Publish(t, slug, map[string]string{
		"course.md":      "---\ntitle: The course " + slug + "\nlanguage: en\n---\nAbout it.\n",
		"01-first.md":    "---\ntitle: First\n---\nWelcome. ![A sign](media/sign.svg)\n\n[A sheet](media/sheet.md)\n\n## Look {#look}\n\n:::scale[Ready?]{#ready}\n1. No\n2. Yes\n:::\n",
		"02-second.md":   "---\ntitle: Second\n---\nNow you.\n\n## Write {#write}\n\n:::reflection[When were you heard?]{#heard}\n:::\n",
		"media/sign.svg": `<svg xmlns="http://www.w3.org/2000/svg" fill="` + colour + `"/>`,
		"media/sheet.md": "# A sheet\n\nIt is " + colour + ".\n",
	})
	of := "course = (SELECT id FROM courses WHERE slug = {:slug})"
	var hashes []string // of the picture, and the id of the text
	err := w.App.DB().NewQuery("SELECT * FROM (SELECT hash FROM media WHERE path LIKE '%.svg' AND " + of + ") UNION ALL SELECT id FROM revisions WHERE kind = 'media' AND " + of).
		Bind(dbx.Params{"slug": slug}).Column(&hashes)
	if err != nil || len(hashes) != 2 {
		t.Fatalf("%s: a picture and a text, and not %v: %v", slug, hashes, err)
	}
	return map[string][]string{"course": {slug}, "hash": hashes}
}

// makeThings gives people what pages are about: cards, places, holds.
func (w *world) makeThings(t *testing.T) {
	t.Helper()
	in := w.Clock.Now().Add(100 * 24 * time.Hour)
	for i, name := range []string{"theirs", "same group", "other group", "other programme", "left"} {
		id := w.people[name].ID
		w.mustRow(t, "cards", map[string]any{
			"user": id, "secret": fmt.Sprintf("%064x", i), "words": "x", "pin": "x", "state": "active", "expires": in,
		})
		programme := w.programmes["north"]
		if name == "other programme" {
			programme = w.programmes["south"]
		}
		w.mustRow(t, "holds", map[string]any{
			"person": id, "why": "legal", "by": w.people["manager"].ID, "starts": w.Clock.Now(), "until": in, "programme": programme,
		})
		w.mustRow(t, "erasures", map[string]any{"person": id, "asked_by": id, "asked": w.Clock.Now(), "state": "asked"})
	}
	w.makeCalls(t)
	for programme, id := range w.programmes {
		w.mustRow(t, "places", map[string]any{"programme": id, "name": "The hall of " + programme})
	}
	_, err := w.App.DB().Update("memberships", dbx.Params{"paused": "2026-01-01 00:00:00.000Z"},
		dbx.HashExp{"user": w.people["paused"].ID}).Execute()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) mustRow(t *testing.T, table string, fields map[string]any) {
	t.Helper()
	collection, err := w.App.FindCollectionByNameOrId(table)
	if err != nil {
		t.Fatal(err)
	}
	row := core.NewRecord(collection)
	row.Load(fields)
	if err := w.App.Save(row); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
}
