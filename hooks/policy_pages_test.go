package hooks_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"
)

// Every page, as everybody, about everybody: the answer is what the table in
// docs/who-may-see-what.md says. The pages come from the house itself, so a new
// one is asked without being named here.
func TestPolicyOfEveryPage(t *testing.T) {
	inFull(t)
	t.Parallel()
	w := mustWorld(t)
	visit := &visit{world: w, document: mustReadDocument(t), watch: mustWatch(t, w)}
	visit.everyDoor(t)
}

// Whoever owes a second factor has none of the roles that ask for it, and is led
// to where it is given.
func TestPolicyOfEveryPageForWhoOwesASecondFactor(t *testing.T) {
	inFull(t)
	t.Parallel()
	w := mustWorld(t, func(s *hooktest.Setup) { s.AskSecond = true })
	w.viewers = slices.DeleteFunc(w.viewers, func(v *viewer) bool {
		return !slices.Contains([]string{"lead", "manager", "manager of the other programme", "site manager"}, v.name)
	})
	for _, viewer := range w.viewers {
		viewer.owes, viewer.columns = true, columnsOf("nobody")
	}
	visit := &visit{world: w, document: mustReadDocument(t), watch: mustWatch(t, w)}
	visit.everyDoor(t)
}

// What the walk asks for in courses is there, so that it is no wonder that a guest
// does not get some of it.
func TestPolicyWorldHasACourseForGuestsAndOneThatIsNot(t *testing.T) {
	w := mustWorld(t)
	for _, viewer := range w.viewers {
		for _, course := range []map[string][]string{w.shown, w.hidden} {
			forThem := viewer.name != "" || course["course"][0] == "small"
			for _, address := range []string{
				"/courses/" + course["course"][0] + "/first/look", "/media/" + course["hash"][0] + "/sign.svg", "/media/" + course["hash"][1] + "/sheet.md",
			} {
				if got := viewer.ask(t, "GET", address); (got.status == 200) != forThem {
					t.Errorf("%s: %s: %s", viewer, address, got)
				}
			}
		}
	}
}

// A visit is the walk of everybody to every door.
type visit struct {
	*world
	document document
	watch    *watch
	cells    int
	admitted int
}

func (v *visit) everyDoor(t *testing.T) {
	doors := v.House.Pages.Doors()
	for _, door := range doors {
		t.Run(door.Method+" "+door.Path, func(t *testing.T) { v.door(t, t, door) })
	}
	t.Logf("policy: %d cells of %d pages, %d admitted", v.cells, len(doors), v.admitted)
}

// A reporter hears what is wrong: a test, or one that wants to hear it.
type reporter interface {
	Helper()
	Errorf(format string, values ...any)
	Logf(format string, values ...any)
}

func (v *visit) door(t *testing.T, hears reporter, door web.Door) {
	for _, viewer := range v.viewers {
		told := map[answer]string{}           // what they are told where they are refused, with an address
		of := map[subject]map[answer]string{} // and of rows that belong to others, or are not there
		hidden := map[answer]string{}         // and a guest, of a course or file that is not for guests, or not there
		for _, try := range v.tries(t, door, viewer) {
			v.cells++
			at := fmt.Sprintf("%s: %s %s (%s, about %+v)", viewer, door.Method, try.path, door.Rule.Name, try.subject)
			got := viewer.ask(t, door.Method, try.path)
			changed := v.watch.changed(t)
			switch {
			case got.status >= 500:
				hears.Errorf("%s: %s", at, got)
			case viewer.owes && door.Method == "GET":
				v.isLedToSecond(hears, at, door, got)
				leavesAlone(hears, at, changed)
			case !v.opens(t, door, viewer, try.subject), isAbove(viewer, door.Path), narrowing(door, viewer, try.subject) == out:
				isRefused(hears, at, viewer, got, changed)
				told[got.without(try.asked()...)] = try.path
			case viewer.name == "" && try.hidden:
				isHidden(hears, at, got, changed)
				hidden[got.without(try.asked()...)] = try.path
			case try.guessed:
				leavesAlone(hears, at, changed)
				if of[try.subject] == nil {
					of[try.subject] = map[answer]string{}
				}
				of[try.subject][got.without(try.asked()...)] = try.path
			case got.isNothing() && narrowing(door, viewer, try.subject) == either:
				leavesAlone(hears, at, changed)
			case try.theirs:
				v.admitted++
				isAdmitted(hears, at, viewer, door, got)
			}
		}
		areTheSame(hears, fmt.Sprintf("%s: %s %s: who is refused is told", viewer, door.Method, door.Path), told)
		areTheSame(hears, fmt.Sprintf("%s: %s %s: of what is not for guests, or not there, is told", viewer, door.Method, door.Path), hidden)
		for subject, told := range of {
			areTheSame(hears, fmt.Sprintf("%s: %s %s, about %+v: of what is another's, or not there, is told", viewer, door.Method, door.Path, subject), told)
		}
	}
}

// opens says whether the table lets somebody through a door.
func (v *visit) opens(t *testing.T, door web.Door, who *viewer, s subject) bool {
	t.Helper()
	what, ofOthers := strings.CutSuffix(door.Rule.Name, people.OfOthers)
	switch {
	case door.Rule.Name == web.Anyone.Name:
		return true
	case door.Rule.Name == web.SignedIn.Name:
		return who.name != ""
	case v.document[what] == nil:
		t.Fatalf("%s %s: %q is no row of docs/who-may-see-what.md", door.Method, door.Path, what)
	}
	_, ok := v.document.sees(who, what, s, ofOthers)
	return ok
}

// isRefused wants a page that is not there, or for a guest the way to sign in;
// and that nothing changed, but for a note that somebody was refused.
func isRefused(t reporter, at string, viewer *viewer, a answer, changed []string) {
	t.Helper()
	switch {
	case viewer.name == "" && (a.status != 303 || !strings.HasPrefix(a.location, "/sign-in")):
		t.Errorf("%s: status %d, and a guest should be asked to sign in", at, a.status)
	case viewer.name != "" && a.status != 404:
		t.Errorf("%s: status %d, and for them it should not be there", at, a.status)
	}
	leavesAlone(t, at, changed)
}

// isHidden wants what a guest asked for not to be there, or the way to sign in.
func isHidden(t reporter, at string, a answer, changed []string) {
	t.Helper()
	if a.status != 404 && (a.status != 303 || !strings.HasPrefix(a.location, "/sign-in")) {
		t.Errorf("%s: %s, and it is not for guests", at, a)
	}
	leavesAlone(t, at, changed)
}

func leavesAlone(t reporter, at string, changed []string) {
	t.Helper()
	for _, what := range changed {
		if !strings.HasPrefix(what, "audit: ") || !strings.Contains(what, "refused") {
			t.Errorf("%s: changed %s", at, what)
		}
	}
}

func isAdmitted(t reporter, at string, viewer *viewer, door web.Door, a answer) {
	t.Helper()
	toSignIn := viewer.name == "" && door.Method == "GET" && a.status == 303 && strings.HasPrefix(a.location, "/sign-in")
	if door.Rule.Name != web.Anyone.Name && (a.isNothing() || toSignIn) {
		t.Errorf("%s: %s, and the table lets them in", at, a)
	}
}

// isLedToSecond wants the page that asks for a second factor, from every page but
// those that are for everybody, and that page itself.
func (v *visit) isLedToSecond(t reporter, at string, door web.Door, a answer) {
	t.Helper()
	if door.Rule.Name == web.Anyone.Name || below(door.Path, "/me/second") {
		return
	}
	if a.status != 303 || !strings.HasPrefix(a.location, "/me/second") {
		t.Errorf("%s: %s, and they owe a second factor", at, a)
	}
}

// areTheSame wants one answer, whatever the address was about.
func areTheSame(t reporter, what string, told map[answer]string) {
	t.Helper()
	if len(told) < 2 {
		return
	}
	answers := slices.SortedFunc(maps.Keys(told), func(a, b answer) int { return strings.Compare(told[a], told[b]) })
	t.Errorf("%s %d different things:", what, len(told))
	for _, a := range answers[:2] {
		t.Logf("%s: %s", told[a], a)
	}
}

var pathName = regexp.MustCompile(`\{([a-z_]+)(\.\.\.)?\}`)

// namesIn are the names in the pattern of an address, "{$}" left out.
func namesIn(pattern string) []string {
	var names []string
	for _, found := range pathName.FindAllStringSubmatch(pattern, -1) {
		names = append(names, found[1])
	}
	return names
}
