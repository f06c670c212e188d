package hooks_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// Every row of the table, as everybody, about everybody, by pages of the test's
// own: rows that no page asks about yet are tried too, and how deep each sees.
func TestPolicyOfEveryMatter(t *testing.T) {
	t.Parallel()
	document := mustReadDocument(t)
	matters := slices.Sorted(maps.Keys(document))
	w := mustWorld(t, func(s *hooktest.Setup) {
		s.Routes = func(pages web.Pages) {
			for i, matter := range matters {
				for _, about := range abouts {
					pages.GET(fmt.Sprintf("/to/%d/%s", i, about), people.To(people.Matter(matter)), tellDepth)
				}
				pages.GET(fmt.Sprintf("/over/%d/people/{person}", i), people.Over(people.Matter(matter)), tellDepth)
			}
		}
	})
	visit := &visit{world: w, document: document}
	for i, matter := range matters {
		for _, about := range abouts {
			visit.matter(t, matter, fmt.Sprintf("/to/%d/%s", i, about), false)
		}
		visit.matter(t, matter, fmt.Sprintf("/over/%d/people/{person}", i), true)
	}
	t.Logf("policy: %d cells of %d rows", visit.cells, len(matters))
}

// abouts are what an address may be about.
var abouts = []string{
	"all", "people/{person}", "cohorts/{cohort}", "programmes/{programme}",
	"programmes/{programme}/people/{person}", "programmes/{programme}/cohorts/{cohort}",
}

// tellDepth answers how deep the viewer sees what the address is about.
func tellDepth(e *core.RequestEvent) error {
	return e.String(200, fmt.Sprint(people.DepthOf(e)))
}

func (v *visit) matter(t *testing.T, matter, pattern string, ofOthers bool) {
	for _, viewer := range v.viewers {
		for _, try := range v.tries(t, web.Door{Method: "GET", Path: pattern}, viewer) {
			v.cells++
			v.compare(t, viewer, matter, try, ofOthers)
		}
	}
}

// compare asks for one cell.
func (v *visit) compare(t *testing.T, viewer *viewer, matter string, try try, ofOthers bool) {
	t.Helper()
	want := "refused"
	if depth, ok := v.document.sees(viewer, matter, try.subject, ofOthers); ok {
		want = fmt.Sprint(depth)
	}
	got := viewer.ask(t, "GET", try.path)
	switch {
	case got.status == 200 && try.subject == (subject{}):
		got.body = want // nobody in the address: how deep is up to the page
		if want == "refused" {
			got.body = "let in"
		}
	case got.status == 404, viewer.name == "" && got.status == 303:
		got.body = "refused"
	}
	if got.body != want {
		t.Errorf("%s, %s of %+v (%s): %s, and the table says %s", viewer, matter, try.subject, try.path, got.body, want)
	}
}
