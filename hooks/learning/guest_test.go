package learning_test

import (
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

// looking is a public course that nobody may start by themselves, and who only
// looks on in it: a guest, and a member of staff.
func looking(t *testing.T) (*hooktest.Site, map[string]*hooktest.Browser) {
	t.Helper()
	s, _, _ := small(t)
	execute(t, s, "UPDATE courses SET public = TRUE, open = FALSE WHERE slug = 'small'")
	return s, map[string]*hooktest.Browser{"a guest": s.Guest(t), "a mentor": s.SignIn(t, s.MustPerson(t, web.Mentor))}
}

func mustKeepNothing(t *testing.T, s *hooktest.Site) {
	t.Helper()
	for _, table := range []string{"enrolments", "progress", "answers", "answer_history", "reflections", "kept_posts"} {
		if rows := column(t, s, "SELECT id FROM "+table); len(rows) != 0 {
			t.Errorf("%s holds %v", table, rows)
		}
	}
}

func TestWhoeverLooksOnReadsFromTheFirstStepToTheLastByContinue(t *testing.T) {
	s, all := looking(t)
	for who, b := range all {
		address := first + "/start"
		var steps []string
		for strings.HasPrefix(address, first+"/") && len(steps) < 9 {
			page := open(t, b, address)
			steps = append(steps, strings.TrimPrefix(address, first+"/"))
			if n := page.page.Find("#step .go button").Length(); n != 0 {
				t.Errorf("%s, %s: %d buttons that would save", who, address, n)
			}
			address = page.page.Find("#step .go a.onward").AttrOr("href", "")
		}
		if got := strings.Join(steps, " "); got != "start choose arrange write keep" {
			t.Errorf("%s reads %s", who, got)
		}
		if r := b.Get(address); address != "/courses/small" || r.Status != 200 {
			t.Errorf("%s comes to %q after the last step: status %d", who, address, r.Status)
		}
	}
	mustKeepNothing(t, s)
}

func TestThePageSaysThatNothingIsKeptAndAsksOnlyGuestsToSignIn(t *testing.T) {
	_, all := looking(t)
	for who, b := range all {
		page := open(t, b, first+"/write")
		wantText(t, who, text(page.page.Find(".notice")), "Nothing is kept.")
		signIn := page.page.Find("main a[href^='/sign-in?back=']").Length()
		if guest := who == "a guest"; (signIn == 1) != guest {
			t.Errorf("%s: %d links to sign in", who, signIn)
		}
		if page.page.Find("textarea").Length() != 0 {
			t.Errorf("%s may write what nobody keeps", who)
		}
		wantText(t, who, page.act("heard")+page.act("listen")+page.act("three"), "room to write", "What happened?")
		wantNoText(t, who, text(page.page.Find("main")), "Only you can read this")
	}
}

func TestWhoeverLooksOnIsToldWhetherAnAnswerFitsAndNothingIsKept(t *testing.T) {
	s, all := looking(t)
	for who, b := range all {
		page := open(t, b, first+"/choose").choose("open", "How was it")
		wantNoText(t, who, page.body, "That opens it.")
		r := page.pressCheck("open")
		if r.Status != 200 {
			t.Fatalf("%s: status %d", who, r.Status)
		}
		again := show(t, b, r)
		wantText(t, who, again.act("open"), "That opens it.")
		wantNoText(t, who, again.act("open")+again.act("warm"), "That closes it.", "Sun feedback.")
		if got := again.chosen("open"); len(got) != 1 || got[0] != "How was it" {
			t.Errorf("%s: chosen are %v", who, got)
		}
		if again.page.Find("#step .go a.onward").Length() != 1 {
			t.Errorf("%s cannot read on from there", who)
		}
		wantNoText(t, who, open(t, b, first+"/choose").body, "That opens it.")
	}
	mustKeepNothing(t, s)
}

func TestAWordInAGapIsLookedAtForWhoeverLooksOn(t *testing.T) {
	s, all := looking(t)
	for who, b := range all {
		r := open(t, b, first+"/write").set("a.words.1", "whatever").set("a.words.2", "<b>no").pressCheck("words")
		if page := show(t, b, r); r.Status != 200 || page.form.Get("a.words.2") != "<b>no" || page.page.Find("#at-words .gap-mark").Length() != 2 {
			t.Errorf("%s: status %d\n%s", who, r.Status, page.act("words"))
		}
		wantNoText(t, who, open(t, b, first+"/write").body, "&lt;b&gt;no", "<b>no")
	}
	mustKeepNothing(t, s)
}

// A form of the time when something was kept is not taken for a look.
func TestAFormWithWordsInItIsNotLookedAtAndForgotten(t *testing.T) {
	s, p, learner := small(t)
	execute(t, s, "UPDATE courses SET public = TRUE WHERE slug = 'small'")
	page := open(t, learner, first+"/write").set("a.heard", typed)
	page.browser = s.Guest(t)
	if r := page.pressCheck("words"); r.Status != 303 || !strings.HasPrefix(r.Location, "/sign-in") {
		t.Errorf("signed out since: status %d to %q", r.Status, r.Location)
	}
	execute(t, s, "UPDATE courses SET open = FALSE WHERE slug = 'small'")
	page.browser = s.SignIn(t, p)
	if r := page.pressCheck("words"); r.Status != 422 || show(t, learner, r).form.Get("a.heard") != typed {
		t.Errorf("taken off the course since: status %d", r.Status)
	}
}

// The page of a look, sent by somebody who can keep answers now, is an answer.
func TestAnAnswerOfSomebodyWhoStartedMeanwhileIsKept(t *testing.T) {
	s, p, _ := small(t)
	execute(t, s, "UPDATE courses SET public = TRUE WHERE slug = 'small'")
	page := open(t, s.Guest(t), first+"/choose").choose("open", "How was it")
	page.browser = s.SignIn(t, p)
	if got := page.checked("open").chosen("open"); len(got) != 1 {
		t.Errorf("chosen are %v", got)
	}
}

func TestAGuestTriesNothingInACourseThatIsNotPublicOrNotThere(t *testing.T) {
	s, _, _ := small(t)
	s.Publish(t, "other", map[string]string{"01-a.md": "# A\n\nWords.\n"})
	form := map[string][]string{"look": {"on"}, "check": {"open"}, "has": {"open"}, "a.open": {"2"}}
	for _, path := range []string{first + "/choose", first + "/none", "/courses/none/none/start", "/courses/other/a/start"} {
		if r := s.Guest(t).Post(path, form); r.Status != 303 || r.Location != "/sign-in?back="+escaped(path) {
			t.Errorf("%s: status %d to %q", path, r.Status, r.Location)
		}
	}
}

// What a page shows is rendered once for all who see the same.
func TestWhoMayWriteAndWhoMayNotNeverSeeEachOthersPage(t *testing.T) {
	s, _, _ := small(t)
	execute(t, s, "UPDATE courses SET public = TRUE WHERE slug = 'small'")
	learner, reader, guest := s.SignIn(t, s.MustPerson(t, web.Learner)), s.SignIn(t, s.MustPerson(t, web.Mentor)), s.Guest(t)
	open(t, learner, first+"/choose").press("continue")
	mayWrite := func(who string, b *hooktest.Browser, want bool) {
		t.Helper()
		page := open(t, b, first+"/write").page
		if got := page.Find("textarea").Length() > 0; got != want {
			t.Errorf("%s has a place to write: %v", who, got)
		}
		if got := page.Find("#step .go [value=continue]").Length() == 1; got != want {
			t.Errorf("%s has a Continue that saves: %v", who, got)
		}
	}
	for range 2 {
		mayWrite("a learner", learner, true)
		mayWrite("a guest", guest, false)
		mayWrite("somebody who may start", reader, true)
	}
	execute(t, s, "UPDATE courses SET open = FALSE WHERE slug = 'small'")
	mayWrite("somebody who may not start any more", reader, false)
	mayWrite("a learner, as before", learner, true)
}
