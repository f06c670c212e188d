package facilitation_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/web"

	"github.com/PuerkitoBio/goquery"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func phrase(text, name string) url.Values {
	return url.Values{"kind": {"question"}, "language": {"en"}, "text": {text}, "name": {name}}
}

func TestNoPhraseIsThereBeforeSomebodyWroteOne(t *testing.T) {
	g := newGroup(t)
	if r := g.his.Get("/facilitate/phrases"); r.Status != http.StatusOK || !strings.Contains(r.Body, "There are none yet.") || r.Page(t).Find(".phrase").Length() != 0 {
		t.Errorf("status %d\n%s", r.Status, r.Body)
	}
}

func TestAPhraseIsForAllWhoAnswerAndItsAuthorTakesItAway(t *testing.T) {
	g := newGroup(t)
	if r := g.his.Post("/facilitate/phrases", phrase("What helped?", "")); r.Location != "/facilitate/phrases" {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	mia := g.SignIn(t, g.MustPerson(t, web.Mentor))
	theirs := mia.Get("/facilitate/phrases").Page(t)
	if !strings.Contains(theirs.Text(), "What helped?") || strings.Contains(theirs.Find("main").Text(), "Tom") || theirs.Find("form[action$='/end']").Length() != 0 {
		t.Error(words(theirs.Find("main").Text()))
	}
	end, _ := g.his.Get("/facilitate/phrases").Page(t).Find("form[action$='/end']").Attr("action")
	if r := mia.Post(end, nil); r.Status != http.StatusNotFound {
		t.Errorf("somebody else takes it away: status %d", r.Status)
	}
	if r := g.his.Post(end, nil); r.Location != "/facilitate/phrases" {
		t.Errorf("status %d", r.Status)
	}
	if r := mia.Get("/facilitate/phrases"); strings.Contains(r.Body, "What helped?") {
		t.Error("it is still there")
	}
	if r := g.SignIn(t, g.MustPerson(t, web.Learner)).Get("/facilitate/phrases"); r.Status != http.StatusNotFound {
		t.Errorf("a learner: status %d", r.Status)
	}
}

func TestAPhraseThatCannotBeAddedComesBackWithWhatToPutRight(t *testing.T) {
	g := newGroup(t)
	form := phrase(strings.Repeat("long ", 120), "Mo")
	form.Set("kind", "scold")
	r := g.his.Post("/facilitate/phrases", form)
	page := r.Page(t)
	if r.Status != http.StatusUnprocessableEntity || page.Find("#kind-error").Length() != 1 || page.Find("#text-error").Length() != 1 {
		t.Errorf("status %d\n%s", r.Status, r.Body)
	}
	if !strings.HasPrefix(page.Find("textarea").Text(), "long long") || page.Find("#name").AttrOr("value", "") != "Mo" || g.count(t, "phrases") != 0 {
		t.Error("what was typed is lost, or stored")
	}
}

func TestAPhraseSaysThatItIsByAMentor(t *testing.T) {
	g := newGroup(t)
	mia := g.SignIn(t, g.MustPerson(t, web.Mentor))
	mia.Post("/facilitate/phrases", phrase("What held you?", ""))
	g.his.Post("/facilitate/phrases", phrase("What helped?", ""))
	rows := g.his.Get("/facilitate/phrases").Page(t).Find("li.row")
	for said, want := range map[string]bool{"What held you?": true, "What helped?": false} {
		row := words(rows.FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), said) }).Text())
		if row == "" || strings.Contains(row, "by a mentor") != want {
			t.Errorf("%s: %q", said, row)
		}
	}
}

func TestAPhraseOfSomebodyWhoLeftIsTakenAwayByAFacilitator(t *testing.T) {
	g := newGroup(t)
	author := g.MustPerson(t, web.Mentor)
	mia := g.SignIn(t, author)
	mia.Post("/facilitate/phrases", phrase("What held you?", ""))
	end := "/facilitate/phrases/" + g.one(t, "SELECT id FROM phrases", nil) + "/end"
	if r := g.his.Post(end, nil); r.Status != http.StatusNotFound {
		t.Errorf("while they are here: status %d", r.Status)
	}
	if _, err := g.App.DB().NewQuery("UPDATE memberships SET ends = starts WHERE user = {:id}").Bind(dbx.Params{"id": author.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	other := g.SignIn(t, g.MustPerson(t, web.Mentor))
	if ways := other.Get("/facilitate/phrases").Page(t).Find("form[action='" + end + "']").Length(); ways != 0 || other.Post(end, nil).Status != http.StatusNotFound {
		t.Error("another mentor takes it away")
	}
	if ways := g.his.Get("/facilitate/phrases").Page(t).Find("form[action='" + end + "']").Length(); ways != 1 {
		t.Errorf("a facilitator finds %d ways", ways)
	}
	if r := g.his.Post(end, nil); r.Location != "/facilitate/phrases" {
		t.Errorf("status %d", r.Status)
	}
	if r := g.his.Get("/facilitate/phrases"); strings.Contains(r.Body, "What held you?") {
		t.Error("it is still there")
	}
}

// A phrase that its author took away is for nobody, so nothing of it is to stay.
func TestAPhraseThatWasTakenAwayGoesWithItsAuthor(t *testing.T) {
	g := newGroup(t)
	for _, words := range []string{"Thank you for the kestrel.", "Thank you for the heron."} {
		if r := g.his.Post("/facilitate/phrases", phrase(words, "Tom")); r.Status != 303 {
			t.Fatalf("status %d", r.Status)
		}
	}
	taken := g.one(t, "SELECT id FROM phrases WHERE text LIKE '%kestrel%'", nil)
	g.his.Post("/facilitate/phrases/"+taken+"/end", nil)
	err := g.App.RunInTransaction(func(tx core.App) error {
		_, err := g.House.Practice.Keeper().Erase(tx, g.tom.ID, 200)
		return err
	})
	if left := g.one(t, "SELECT GROUP_CONCAT(text || author || name) FROM phrases", nil); err != nil || left != "Thank you for the heron." {
		t.Errorf("left: %q, %v", left, err)
	}
}
