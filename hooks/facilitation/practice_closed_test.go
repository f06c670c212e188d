package facilitation_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// A mentor who is also a learner; the facilitator makes a code of the room, and
// is in as them. What they noted for themselves comes with "my data".
func TestAPracticeNoteStaysClosedInASessionThatStaffMade(t *testing.T) {
	g := newGroup(t)
	p := g.MustPerson(t, web.Learner, web.Mentor)
	noted(t, g, g.SignIn(t, p), url.Values{"what": {"I-am-afraid-of-my-facilitator"}})
	b := g.SignIn(t, p)
	if _, err := g.App.DB().NewQuery("UPDATE sessions SET how = 'code', closed = TRUE, with = {:tom} WHERE user = {:id}").Bind(dbx.Params{"tom": g.tom.ID, "id": p.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	if r := b.Get(practice); r.Status != 404 {
		t.Fatalf("the log itself: status %d", r.Status)
	}
	r := b.Post("/me/data/download", url.Values{"secret": {p.Password}})
	archive, err := zip.NewReader(bytes.NewReader([]byte(r.Body)), int64(len(r.Body)))
	if err != nil {
		t.Fatalf("status %d: %v", r.Status, err)
	}
	for _, f := range archive.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(in)
		if strings.Contains(string(text), "I-am-afraid-of-my-facilitator") {
			t.Errorf("it stands in %s", f.Name)
		}
	}
}
