package hooks_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// A try is one way to fill in an address.
type try struct {
	path    string
	subject subject
	ids     people.Subject // the same, as the policy is asked
	named   []string       // what was filled in
	theirs  bool           // all else that it names is there, and belongs to its subject
	guessed bool           // a row that it names belongs to somebody else, or is not there
	hidden  bool           // it names a course or a file that no guest may know of: not public, or not there
}

// asked is the address, the pages above it, on one of which its form stands, and what
// was filled in.
func (a try) asked() []string {
	all := []string{a.path}
	for page := path.Dir(a.path); strings.Count(page, "/") > 1; page = path.Dir(page) {
		all = append(all, page)
	}
	return append(all, a.named...)
}

// invented is an id that nobody has.
const invented = "zzzzzzzzzzzzzzz"

// A thing is what an address names besides its subjects: a row of a table, which
// belongs to a subject by the columns of `by`, or a fixed value.
type thing struct {
	table string
	by    map[string]string // from a name in the address, or from "viewer", to a column
	only  string            // a condition besides; "" for none
	real  string            // the fixed value; "" where there is none that a test can know
	made  bool              // the world made some, for guests and not: what world.shown and world.hidden say
}

// things are all names in addresses that are no subjects. A page whose address
// has another one needs a line here.
var things = map[string]thing{
	"course":  {made: true},
	"module":  {real: "first"},
	"step":    {real: "look"},
	"hash":    {made: true},
	"name":    {}, // world.shown has some
	"path":    {real: "app.css"},
	"secret":  {},
	"sheet":   {}, // cards and codes that were just made: in memory, for one session
	"shown":   {},
	"kind":    {real: "tip"},
	"number":  {real: "1"},
	"session": {table: "sessions", by: map[string]string{"viewer": "user"}},

	"card":         {table: "cards", by: map[string]string{"learner": "user", "person": "user", "viewer": "user"}},
	"code":         {table: "codes", by: map[string]string{"learner": "user", "person": "user"}},
	"membership":   {table: "memberships", by: map[string]string{"person": "user", "programme": "programme"}, only: "ends = ''"},
	"assignment":   {table: "assignments", by: map[string]string{"person": "learner", "programme": "programme"}, only: "ends = ''"},
	"place":        {table: "places", by: map[string]string{"programme": "programme"}},
	"call":         {table: "calls", by: map[string]string{"viewer": "worker"}},
	"concern":      {table: "concerns", by: map[string]string{"viewer": "raised_by"}},
	"reflection":   {table: "reflections", by: map[string]string{"viewer": "user"}, only: "state != 'deleted'"},
	"share":        {table: "shares", by: map[string]string{"viewer": "reader"}, only: "mac != ''"}, // without one it is over: world.makeShares
	"absence":      {table: "absences", by: map[string]string{"person": "worker", "programme": "programme", "viewer": "worker"}},
	"note":         {table: "practice_notes", by: map[string]string{"viewer": "owner"}},
	"supervision":  {table: "supervisions", by: map[string]string{"viewer": "owner"}},
	"phrase":       {table: "phrases", by: map[string]string{"viewer": "author"}},
	"recording":    {}, // hangs on one of three things: tests of that room
	"suggestion":   {}, // of texts that are theirs: tests of that room
	"comment":      {},
	"review":       {},
	"contribution": {},
	"offer":        {},
	"remark":       {},
	"media":        {},
	"hold":         {table: "holds", by: map[string]string{"person": "person"}},
}

// thingAt is a name that means something else below an address: each of its names,
// or the one that stands after it.
var thingAt = map[string]thing{
	"/manage/managers/{membership}":                            {table: "memberships", only: "role = 'manager' AND programme = '' AND ends = ''"},
	"/facilitate/calls/{call}/settle":                          {}, // of learners who are theirs now: a test of that room
	"/facilitate/calls/{call}/again":                           {}, // the same
	"/me/calls/{call}/back":                                    {table: "calls", by: map[string]string{"viewer": "learner"}},
	"/facilitate/shares/{share}/voice":                         {table: "shares", by: map[string]string{"viewer": "reader"}, only: "mac != '' AND withdrawn = ''"},
	"/facilitate/shares/{share}/voice/delete":                  {table: "shares", by: map[string]string{"viewer": "reader"}, only: "mac != '' AND withdrawn = ''"},
	"/reflections/{reflection}/threads/{share} share":          {table: "shares", by: map[string]string{"viewer": "learner"}},
	"/reflections/{reflection}/threads/{share}/withdraw share": {table: "shares", by: map[string]string{"viewer": "learner"}},
	"/reflections/{reflection}/delete":                         {}, // of writing of theirs: tests of that room
	"/reflections/{reflection}/threads/{share}/voice":          {}, // of threads of theirs: tests of that room
	"/reflections/{reflection}/threads/{share}/voice/delete":   {}, // of threads of theirs: tests of that room
	"/manage/programmes/{programme}/managers/{membership}":     {table: "memberships", by: map[string]string{"programme": "programme"}, only: "role = 'manager' AND ends = ''"},
}

// thingOf is what a name means at a door.
func thingOf(t *testing.T, door web.Door, name string) thing {
	t.Helper()
	for _, at := range []string{door.Path, door.Path + " " + name} {
		if thing, ok := thingAt[at]; ok {
			return thing
		}
	}
	thing, known := things[name]
	if !known {
		t.Fatalf("%s %s: the test does not know what {%s} is. Enter it into things.", door.Method, door.Path, name)
	}
	return thing
}

// tries are the addresses that somebody asks for at a door.
func (v *visit) tries(t *testing.T, door web.Door, viewer *viewer) []try {
	t.Helper()
	all := []try{{path: strings.TrimSuffix(door.Path, "{$}"), theirs: true}}
	names := namesIn(door.Path)
	for _, name := range names {
		all = v.withSubject(door, viewer, all, name)
	}
	for _, name := range names {
		if !slices.Contains(subjects, name) {
			all = v.withThing(t, door, viewer, all, name)
		}
	}
	if len(all) == 0 {
		t.Fatalf("%s %s: nothing to ask", door.Method, door.Path)
	}
	return all
}

var subjects = []string{"person", "learner", "cohort", "programme"}

// few are the people about whom is asked where to ask about everybody would take
// long: in addresses that are about more than a person, and in posts, whose rules
// are those of the pages that lead to them.
var few = []string{"theirs", "left", "handed over", "same group", "other group", "other programme", "both programmes", "facilitator", "manager"}

func (a try) isAbout(who string, door web.Door, viewer *viewer) bool {
	return door.Method != "POST" && a.subject == (subject{}) || who == viewer.name || slices.Contains(few, who)
}

// withSubject fills one of the policy's own names into addresses, in every way.
func (v *visit) withSubject(door web.Door, viewer *viewer, all []try, name string) (filled []try) {
	for _, try := range all {
		fill := func(value string, note func(*subject), id func(*people.Subject)) {
			one := try.with(name, value, note)
			id(&one.ids)
			filled = append(filled, one)
		}
		switch name {
		case "person", "learner":
			for who, person := range v.people {
				if try.isAbout(who, door, viewer) {
					fill(person.ID, func(s *subject) { s.person = who }, func(s *people.Subject) { s.Person = person.ID })
				}
			}
			fill(invented, func(s *subject) { s.person = notThere }, func(s *people.Subject) { s.Person = invented })
		case "cohort":
			for cohort, id := range v.cohorts {
				fill(id, func(s *subject) { s.cohort = cohort }, func(s *people.Subject) { s.Cohort = id })
			}
			fill(invented, func(s *subject) { s.cohort = notThere }, func(s *people.Subject) { s.Cohort = invented })
		case "programme":
			for programme, id := range v.programmes {
				fill(id, func(s *subject) { s.programme = programme }, func(s *people.Subject) { s.Programme = id })
			}
			fill(invented, func(s *subject) { s.programme = notThere }, func(s *people.Subject) { s.Programme = invented })
		default:
			filled = append(filled, try)
		}
	}
	return filled
}

// withThing fills a name into addresses: what belongs to their subject, what
// belongs to another, and what is not there.
func (v *visit) withThing(t *testing.T, door web.Door, viewer *viewer, all []try, name string) (filled []try) {
	t.Helper()
	thing := thingOf(t, door, name)
	for _, one := range all {
		unknown := one.with(name, invented, func(*subject) {})
		unknown.theirs, unknown.guessed, unknown.hidden = false, one.guessed || thing.table != "", one.hidden || thing.made
		filled = append(filled, unknown)
		for _, value := range v.shown[name] {
			filled = append(filled, one.with(name, value, func(*subject) {}))
		}
		for _, value := range v.hidden[name] {
			secret := one.with(name, value, func(*subject) {})
			secret.hidden = true
			filled = append(filled, secret)
		}
		if thing.real != "" {
			filled = append(filled, one.with(name, thing.real, func(*subject) {}))
		}
		if thing.table == "" {
			continue
		}
		own, others := v.rowsOf(t, thing, one.subject, viewer, namesIn(door.Path))
		if !v.opens(t, door, viewer, one.subject) { // one that is there is enough to be refused
			all := append(own, others...)
			own, others = nil, all[:min(1, len(all))]
		}
		for _, id := range own {
			filled = append(filled, one.with(name, id, func(*subject) {}))
		}
		for _, id := range others {
			guess := one.with(name, id, func(*subject) {})
			guess.theirs, guess.guessed = false, true
			filled = append(filled, guess)
		}
	}
	return filled
}

// with fills in one name.
func (a try) with(name, value string, note func(*subject)) try {
	note(&a.subject)
	a.path = strings.NewReplacer("{"+name+"}", value, "{"+name+"...}", value).Replace(a.path)
	a.named = append(slices.Clone(a.named), value)
	return a
}

// rowsOf are a row of a table that belongs to a subject, if there is one, and
// some that do not.
func (v *visit) rowsOf(t *testing.T, thing thing, s subject, viewer *viewer, names []string) (own, others []string) {
	t.Helper()
	belongs := dbx.HashExp{}
	for _, name := range names {
		if column := thing.by[name]; column != "" {
			belongs[column] = v.idOf(name, s)
		}
	}
	if column := thing.by["viewer"]; len(belongs) == 0 && column != "" {
		belongs[column] = v.people[viewer.name].ID
	}
	if len(belongs) == 0 && thing.only == "" {
		t.Fatalf("%v: no name in the address says whose rows of %s belong to it", names, thing.table)
	}
	all := dbx.And(belongs, dbx.NewExp(thing.only))
	read := func(which dbx.Expression, upTo int64) (ids []string) {
		if err := v.App.DB().Select("id").From(thing.table).Where(which).OrderBy("id").Limit(upTo).Column(&ids); err != nil {
			t.Fatal(err)
		}
		return ids
	}
	return read(all, 1), read(dbx.Not(all), 2)
}

// idOf is the id of a subject by its name in the address.
func (v *visit) idOf(name string, s subject) string {
	id := map[string]string{
		"person": v.people[s.person].ID, "learner": v.people[s.person].ID, "cohort": v.cohorts[s.cohort], "programme": v.programmes[s.programme],
	}[name]
	if id == "" {
		return invented
	}
	return id
}
