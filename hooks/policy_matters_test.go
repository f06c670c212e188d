package hooks_test

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// Every row of the table, as everybody, about everybody, whether a page asks about
// it yet or not, and how deep each sees. One page of the test's own asks the
// policy for whoever opens it; others stand behind people.Over.
func TestPolicyOfEveryMatter(t *testing.T) {
	inFull(t)
	t.Parallel()
	document := mustReadDocument(t)
	var asked []question
	var told []string
	w := mustWorld(t, func(s *hooktest.Setup) {
		s.Routes = func(pages web.Pages) {
			pages.GET("/seen", web.Anyone, func(e *core.RequestEvent) error {
				told = seen(e, asked)
				return e.NoContent(204)
			})
			for what, row := range document {
				if hasOwn(row) {
					pages.GET(overPath(what)+"{person}", people.Over(people.Matter(what)), tellDepth)
				}
			}
		}
	})
	visit, cells := &visit{world: w, document: document}, 0
	for _, viewer := range w.viewers {
		asked = visit.questions(t, viewer)
		viewer.ask(t, "GET", "/seen")
		for i, q := range asked {
			cells++
			document.compare(t, viewer, q, told[i], false)
		}
		for what, row := range document {
			if !hasOwn(row) {
				continue
			}
			for _, try := range visit.tries(t, web.Door{Path: overPath(what) + "{person}"}, viewer) {
				cells++
				document.compare(t, viewer, question{what, try}, viewer.ask(t, "GET", try.path).depth(), true)
			}
		}
	}
	t.Logf("policy: %d cells of %d rows", cells, len(document))
}

// A question is one cell, about one subject.
type question struct {
	what string
	try  try
}

// abouts are what an address may be about.
var abouts = []string{
	"all", "{person}", "{cohort}", "{programme}", "{programme}/{person}", "{programme}/{cohort}",
}

func (v *visit) questions(t *testing.T, viewer *viewer) (all []question) {
	t.Helper()
	for what := range v.document {
		for _, about := range abouts {
			for _, try := range v.tries(t, web.Door{Path: about}, viewer) {
				all = append(all, question{what, try})
			}
		}
	}
	return all
}

const refused = "refused"

// seen asks the policy as whoever opened the page.
func seen(e *core.RequestEvent, asked []question) (told []string) {
	for _, q := range asked {
		depth, err := people.See(e.Request.Context(), e.App, web.Now(e), web.Current(e), people.Matter(q.what), q.try.ids)
		switch {
		case errors.Is(err, web.ErrNotFound):
			told = append(told, refused)
		case err != nil:
			told = append(told, err.Error())
		default:
			told = append(told, fmt.Sprint(depth))
		}
	}
	return told
}

func overPath(what string) string {
	return "/over/" + url.PathEscape(strings.ReplaceAll(what, " ", "-")) + "/"
}

// tellDepth answers how deep the viewer sees what the address is about.
func tellDepth(e *core.RequestEvent) error {
	return e.String(200, fmt.Sprint(people.DepthOf(e)))
}

// depth is what tellDepth said, or that nobody came to it.
func (a answer) depth() string {
	if a.status == 404 || a.status == 303 {
		return refused
	}
	return a.body
}

func (d document) compare(t *testing.T, viewer *viewer, q question, got string, ofOthers bool) {
	t.Helper()
	want := refused
	if depth, ok := d.sees(viewer, q.what, q.try.subject, ofOthers); ok {
		want = fmt.Sprint(depth)
	}
	if got != want {
		t.Errorf("%s, %s of %+v (%s): %s, and the table says %s", viewer, q.what, q.try.subject, q.try.path, got, want)
	}
}
