package hooks_test

import (
	"fmt"
	"testing"

	"github.com/pocketbase/dbx"
)

// The walks are no good if they find nothing wrong whatever is wrong. Here
// something is, each time one thing, and they have to say so.

// An ear hears what a walk reports.
type ear struct{ heard []string }

// Helper, Errorf and Logf are a reporter's.
func (*ear) Helper() {}

func (e *ear) Errorf(format string, values ...any) {
	e.heard = append(e.heard, fmt.Sprintf(format, values...))
}

func (*ear) Logf(string, ...any) {}

func (v *visit) mustReport(t *testing.T, what, method, path string) {
	t.Helper()
	ear := &ear{}
	for _, door := range v.House.Pages.Doors() {
		if door.Method == method && door.Path == path {
			v.door(t, ear, door)
		}
	}
	if len(ear.heard) == 0 {
		t.Errorf("%s: asked %s %s as everybody, and nothing was wrong", what, method, path)
	}
}

// One cell of the table is not what the policy is: it lets in whom it should not,
// or keeps out whom it should not, or the other way round.
func TestPolicyWalkReportsACellThatIsNotAsTheTableSays(t *testing.T) {
	inFull(t)
	t.Parallel()
	w := mustWorld(t)
	watch := mustWatch(t, w)
	for _, one := range []struct {
		what, column string
		cell         cell
		path         string
	}{
		{"account and card", "facilitator", cell{whose: "no"}, "/facilitate/learners/{learner}/open"},
		{"account and card", "mentor", cell{whose: "of learners who are theirs"}, "/facilitate/learners/{learner}/open"},
		{"adding a learner", "facilitator", cell{whose: "no"}, "/facilitate/learners/new"},
		{"cohort grid", "mentor", cell{whose: "no"}, "/facilitate/cohorts/{cohort}"},
		{"cohort grid", "lead", cell{whose: "of their programme"}, "/facilitate/cohorts/{cohort}"},
		{"programme: places, cohorts, roles, assignments", "manager", cell{whose: "all"}, "/manage/programmes/{programme}"},
		{"programme: places, cohorts, roles, assignments", "manager", cell{whose: "no"}, "/manage/programmes/{programme}"},
		{"site settings, languages, mail", "site manager", cell{whose: "no"}, "/manage/settings"},
		{"cohort grid", "manager", cell{whose: "no"}, "/facilitate/cohorts/{cohort}"},
		{"live courses", "a guest", cell{whose: "no"}, "/courses/{course}"},
	} {
		visit := &visit{world: w, document: mustReadDocument(t), watch: watch}
		if visit.document[one.what] == nil {
			t.Fatalf("no row %q", one.what)
		}
		visit.document[one.what][one.column] = one.cell
		visit.mustReport(t, fmt.Sprintf("%s for %s: %s", one.what, one.column, one.cell.whose), "GET", one.path)
	}
}

func TestPolicyWalkReportsAPrivateCourseThatGuestsSee(t *testing.T) {
	inFull(t)
	t.Parallel()
	w := mustWorld(t)
	if _, err := w.App.DB().Update("courses", dbx.Params{"public": true}, dbx.HashExp{"slug": "inside"}).Execute(); err != nil {
		t.Fatal(err)
	}
	visit := &visit{world: w, document: mustReadDocument(t), watch: mustWatch(t, w)}
	for _, path := range []string{"/courses/{course}", "/courses/{course}/{module}", "/courses/{course}/{module}/{step}", "/media/{hash}/{name}"} {
		visit.mustReport(t, "a course that should be private", "GET", path)
	}
}

func TestPolicyOfFormsReportsARowOfAnotherProgramme(t *testing.T) {
	inFull(t)
	t.Parallel()
	post := mustPost(t)
	post.foreign = []string{post.north["place"]} // as if their own place were another's
	ear, one := &ear{}, sendings[3]
	for _, viewer := range post.strangersTo("south") {
		post.send(t, ear, viewer, filled(one.path, post.north), filled(one.form, post.north))
	}
	if len(ear.heard) == 0 {
		t.Errorf("POST %s: a group of theirs got a place of another programme, and nothing was wrong", one.path)
	}
}
