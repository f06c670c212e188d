package learning_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

const typed = "a-heron-by-the-canal"

// written is somebody who typed into everything that takes text.
func written(t *testing.T) (*hooktest.Site, hooktest.Person, *hooktest.Browser) {
	t.Helper()
	s, p, b := small(t)
	open(t, b, first+"/write").set("a.words.1", typed).set("a.listen", typed).set("a.heard", typed).set("a.three.2", typed).press("continue")
	open(t, b, first+"/write").set("a.words.1", typed+" two").pressCheck("words")
	open(t, b, first+"/keep").set("a.line", typed).press("continue")
	return s, p, b
}

func TestWhatIsTypedStandsInNoFileOfTheHouse(t *testing.T) {
	s, _, b := written(t)
	b.Post(first+"/none", map[string][]string{"a.heard": {typed}}) // an error that is logged
	flushLogs(t, s)
	seen := 0
	err := filepath.WalkDir(filepath.Dir(s.Dir), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(typed)) {
			t.Errorf("%s holds what was typed", filepath.Base(path))
		}
		seen++
		return err
	})
	if err != nil || seen < 3 {
		t.Errorf("looked at %d files: %v", seen, err)
	}
}

// flushLogs lets PocketBase write its log down.
func flushLogs(t *testing.T, s *hooktest.Site) {
	t.Helper()
	for range 250 { // more than it keeps in memory
		s.App.Logger().Error("filler")
	}
	if err := s.App.AuxRunInTransaction(func(core.App) error { return nil }); err != nil {
		t.Fatal(err)
	}
}

func TestOnlyItsOwnerSeesWhatWasTyped(t *testing.T) {
	s, _, _ := written(t)
	pages := []string{first + "/write", first + "/keep", first, "/courses/small", "/me/lines", "/me/record/small", "/", first + "/heard", first + "/line"}
	ids := append(column(t, s, "SELECT id FROM answers"), column(t, s, "SELECT id FROM reflections")...)
	for _, id := range ids {
		pages = append(pages, "/reflections/"+id, "/api/collections/answers/records/"+id, "/api/collections/reflections/records/"+id)
	}
	pages = append(pages, "/api/collections/answers/records", "/api/collections/reflections/records", "/api/collections/answer_history/records",
		"/api/collections/progress/records", "/api/collections/enrolments/records", "/api/collections/revisions/records")
	for name, b := range others(t, s) {
		for _, page := range pages {
			r := b.Get(page)
			wantNoText(t, name+" at "+page, r.Body, typed)
			if page == "/me/record/small" && r.Status == 200 {
				t.Errorf("%s sees a record of completion", name)
			}
		}
	}
}

func others(t *testing.T, s *hooktest.Site) map[string]*hooktest.Browser {
	t.Helper()
	all := map[string]*hooktest.Browser{"a guest": s.Guest(t), "a site manager": s.SignIn(t, s.MustSiteManager(t))}
	for _, role := range []web.Role{web.Learner, web.Mentor, web.Facilitator, web.Lead, web.Manager} {
		all["a "+string(role)] = s.SignIn(t, s.MustPerson(t, role))
	}
	return all
}

func TestAGuestIsSentToSignInWhetherTheAddressExistsOrNot(t *testing.T) {
	s, _, _ := written(t)
	b := s.Guest(t)
	for _, path := range []string{
		"/courses/small", "/courses/none", first, "/courses/small/none", "/courses/none/none", first + "/write", first + "/none", first + "/heard", "/me/lines", "/me/record/small",
		"/courses/none/none/start", "/courses/small/none/start",
	} {
		r := b.Get(path)
		if r.Status != 303 || r.Location != "/sign-in?back="+escaped(path) {
			t.Errorf("GET %s: status %d to %q", path, r.Status, r.Location)
		}
	}
	for _, path := range []string{"/courses/small", "/courses/none", first + "/write", first + "/none"} {
		if r := b.Post(path, nil); r.Status != 303 || r.Location != "/sign-in?back="+escaped(path) {
			t.Errorf("POST %s: status %d to %q", path, r.Status, r.Location)
		}
	}
	if got := column(t, s, "SELECT user FROM enrolments"); len(got) != 1 {
		t.Errorf("enrolled are %v", got)
	}
}

func TestAGuestReadsAPublicCourseAndKeepsNothing(t *testing.T) {
	s, _, _ := small(t)
	execute(t, s, "UPDATE courses SET public = TRUE WHERE slug = 'small'")
	s.Publish(t, "closed", map[string]string{"01-a.md": "# A\n\nWords.\n"})
	b := s.Guest(t)
	for _, page := range []string{"/", "/courses"} {
		body := b.Get(page).Body
		wantText(t, page, body, "/courses/small")
		wantNoText(t, page, body, "/courses/closed")
	}
	for _, page := range []string{"/courses/small", first, first + "/write"} {
		if r := b.Get(page); r.Status != 200 {
			t.Errorf("GET %s: status %d", page, r.Status)
		}
	}
	if r := b.Post(first+"/write", map[string][]string{"has": {"heard"}, "a.heard": {"x"}}); r.Status != 303 {
		t.Errorf("a guest's form: status %d", r.Status)
	}
	if got := column(t, s, "SELECT id FROM progress"); len(got) != 0 {
		t.Errorf("kept: %v", got)
	}
}

func TestTwoLearnersWhoReadTheSamePagesNeverSeeEachOthersAnswers(t *testing.T) {
	s, _, one := small(t)
	two := s.SignIn(t, s.MustPerson(t, web.Learner))
	blank := map[string]string{}
	for _, step := range []string{"choose", "arrange", "write", "keep"} {
		blank[step] = open(t, two, first+"/"+step).form.Encode()
	}
	open(t, one, first+"/choose").choose("open", "Did you sleep").choose("warm", "Sun").choose("ready", "Yes").press("continue")
	open(t, one, first+"/arrange").choose("night", "Wait until morning").pressCheck("night")
	open(t, one, first+"/write").set("a.words.1", "however").set("a.heard", typed).pressCheck("words")
	for step, want := range blank {
		open(t, one, first+"/"+step) // the first to see it so
		page := open(t, two, first+"/"+step)
		if got := page.form.Encode(); got != want {
			t.Errorf("%s: the form holds %s, want %s", step, got, want)
		}
		wantNoText(t, step, page.body, typed, "That closes it.", "Sun feedback.", "They slept well.", "however")
	}
	open(t, two, first+"/choose").choose("open", "How was it").pressCheck("open")
	if got := open(t, one, first+"/choose").chosen("open"); len(got) != 1 || got[0] != "Did you sleep" {
		t.Errorf("the first has chosen %v", got)
	}
}

// What reads the same for everybody is rendered once and kept; what somebody
// typed must never be in that.
func TestTwoWhoWroteInTheSamePlaceSeeEachTheirOwn(t *testing.T) {
	s, _, b := written(t)
	const other = `<b>"somebody's" \ else</b>`
	second := s.SignIn(t, s.MustPerson(t, web.Learner))
	open(t, second, first+"/write").set("a.listen", other).set("a.heard", other).set("a.three.2", other).press("continue")
	for range 2 {
		theirs, ours := second.Get(first+"/write"), b.Get(first+"/write")
		wantNoText(t, "the second's page", theirs.Body, typed, other, "hole")
		wantNoText(t, "the first's page", ours.Body, "somebody", "hole")
		if got := show(t, second, theirs).form.Get("a.heard"); got != other {
			t.Errorf("the second reads %q", got)
		}
		if got := show(t, b, ours).form.Get("a.heard"); got != typed {
			t.Errorf("the first reads %q", got)
		}
	}
}

// The frame of a step is kept for everybody, so who looks must never be in it.
func TestTwoOnTheSameStepAreEachCalledByTheirOwnName(t *testing.T) {
	s, first1, _ := small(t)
	second := s.MustPerson(t, web.Learner)
	execute(t, s, "UPDATE users SET name = 'Amina <b>' WHERE id = '"+first1.ID+"'")
	execute(t, s, "UPDATE users SET name = 'Tomasz' WHERE id = '"+second.ID+"'")
	onShared, onOwn := s.SignIn(t, first1), s.SignInOnOwn(t, second)
	for range 2 {
		ours, theirs := onShared.Get(first+"/write"), onOwn.Get(first+"/write")
		wantText(t, "the first's page", text(ours.Page(t).Find("footer")), "Amina <b>")
		wantText(t, "the second's page", text(theirs.Page(t).Find("footer")), "Tomasz")
		wantNoText(t, "the first's page", ours.Body, "Tomasz", "Amina <b>")
		wantNoText(t, "the second's page", theirs.Body, "Amina")
		if ours.Page(t).Find("dialog[data-idle]").Length() != 1 || theirs.Page(t).Find("dialog[data-idle]").Length() != 0 {
			t.Error("the warning of a shared computer is on the wrong one")
		}
	}
}
