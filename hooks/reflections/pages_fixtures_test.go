package reflections_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/audit"
	"alongside/hooks/hooktest"
	"alongside/hooks/reflections"

	"github.com/PuerkitoBio/goquery"
	"github.com/pocketbase/pocketbase/core"
)

// at is the address of the one reflection that somebody has in the small course.
func (r *room) at(p hooktest.Person) string {
	return "/reflections/" + reflections.RowID(p.ID, r.module, "heard")
}

// mainOf is what a page says.
func mainOf(t *testing.T, res hooktest.Response) string {
	t.Helper()
	return plain(res.Page(t).Find("main"))
}

func plain(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func wantAll(t *testing.T, where, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(got, part) {
			t.Errorf("%s: want %q in\n%s", where, part, got)
		}
	}
}

func wantNone(t *testing.T, where, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(got, part) {
			t.Errorf("%s: %q should not be in\n%s", where, part, got)
		}
	}
}

// writes is what somebody types and ticks in the step, with the button Continue.
func (r *room) writes(t *testing.T, b *hooktest.Browser, text string, feelings ...string) {
	t.Helper()
	const step = "/courses/small/first/back"
	form := url.Values{"has": {"heard", "feel.heard"}, "a.heard": {text}, "feel.heard": feelings, "do": {"continue"}}
	if seen, ok := b.Get(step).Page(t).Find(`input[name="seen.heard"]`).Attr("value"); ok {
		form.Set("seen.heard", seen)
	}
	if res := b.Post(step, form); res.Status != 303 {
		t.Fatalf("status %d", res.Status)
	}
}

// hold puts somebody on hold.
func (r *room) hold(t *testing.T, p hooktest.Person) {
	t.Helper()
	err := r.App.RunInTransaction(func(tx core.App) error {
		return r.House.Audit.PlaceHold(tx, audit.Hold{Person: p.ID, Why: "legal"}, r.Clock.Now().Add(30*24*time.Hour))
	})
	if err != nil {
		t.Fatal(err)
	}
}
