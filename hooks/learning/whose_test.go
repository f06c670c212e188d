package learning_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

const ofSam = "what only Sam may read"

// sharedComputer is one browser in which Sam has written on an open page, and in
// another tab signed out.
func sharedComputer(t *testing.T) (s *hooktest.Site, sam, ana hooktest.Person, page *screen) {
	t.Helper()
	s, sam, b := small(t)
	ana = s.MustPerson(t, web.Learner)
	page = open(t, b, first+"/write").set("a.heard", ofSam).set("a.listen", ofSam)
	b.Post("/sign-out", nil)
	return s, sam, ana, page
}

// signInHere signs somebody in, in this very browser.
func signInHere(t *testing.T, b *hooktest.Browser, p hooktest.Person) {
	t.Helper()
	if r := b.Post("/sign-in", url.Values{"who": {p.Username}, "password": {p.Password}}); r.Status != http.StatusSeeOther {
		t.Fatalf("sign-in: status %d", r.Status)
	}
}

// nothingOf wants no row of a person's, of any kind that a step writes.
func nothingOf(t *testing.T, s *hooktest.Site, p hooktest.Person) {
	t.Helper()
	for _, table := range []string{"reflections", "enrolments", "kept_posts"} {
		if rows := column(t, s, "SELECT id FROM "+table+" WHERE user = '"+p.ID+"'"); len(rows) != 0 {
			t.Errorf("%s of the other hold %v", table, rows)
		}
	}
}

func TestWhatOnePersonTypedIsNeverStoredAsAnothers(t *testing.T) {
	for _, button := range []string{"save", "continue", "skip"} {
		t.Run(button, func(t *testing.T) {
			s, _, ana, page := sharedComputer(t)
			signInHere(t, page.browser, ana)
			r := page.press(button)
			if r.Status != http.StatusSeeOther || r.Location != page.address {
				t.Fatalf("status %d to %q", r.Status, r.Location)
			}
			now := show(t, page.browser, page.browser.Follow(r))
			wantText(t, "the page", text(now.page.Find(".notice")), "opened by somebody else, who has signed out since", "Nothing from it was saved")
			wantNoText(t, "the page", now.body, ofSam)
			nothingOf(t, s, ana)
		})
	}
}

func TestAPressThatAScriptSendsFromAnothersPageOpensThePageAnew(t *testing.T) {
	s, _, ana, page := sharedComputer(t)
	signInHere(t, page.browser, ana)
	page.set("do", "save")
	request := page.browser.Request(http.MethodPost, page.address, page.form)
	request.Header.Set("HX-Request", "true")
	r := page.browser.Do(request)
	if got := r.Header.Get("HX-Redirect"); got != page.address {
		t.Errorf("status %d, sent on to %q", r.Status, got)
	}
	nothingOf(t, s, ana)
}

func TestAPageOfAnotherThatSavesByItselfHearsThatItIsNotSaved(t *testing.T) {
	s, _, ana, page := sharedComputer(t)
	signInHere(t, page.browser, ana)
	if r := page.auto(); r.Status != http.StatusForbidden || strings.Contains(r.Body, ofSam) {
		t.Errorf("status %d\n%s", r.Status, r.Body)
	}
	nothingOf(t, s, ana)
	wantNoText(t, "what Ana sees next", open(t, page.browser, first+"/write").body, "opened by somebody else")
}

func TestAPageStaysTheirsWhoSignOutAndInAgain(t *testing.T) {
	_, sam, _, page := sharedComputer(t)
	signInHere(t, page.browser, sam)
	if got := page.saved("save").form.Get("a.heard"); got != ofSam {
		t.Errorf("it reads %q", got)
	}
}

func TestAFormThatIsOlderThanMarksIsStillSaved(t *testing.T) {
	_, _, b := small(t)
	page := open(t, b, first+"/write").set("a.heard", ofSam)
	delete(page.form, "whose")
	if got := page.saved("save").form.Get("a.heard"); got != ofSam {
		t.Errorf("it reads %q", got)
	}
}

func TestThePageOfOneIsNeverMarkedAsThePageOfTheOther(t *testing.T) {
	s, p, b := small(t)
	mine := open(t, b, first+"/write").form.Get("whose")
	theirs := open(t, s.SignIn(t, s.MustPerson(t, web.Learner)), first+"/write").form.Get("whose")
	stamp, _, _ := strings.Cut(mine, ".")
	if len(stamp) < 12 || strings.HasPrefix(theirs, stamp) || strings.Contains(mine, p.ID) {
		t.Errorf("marks %q and %q", mine, theirs)
	}
}

func TestWhoSignedOutInAnotherTabFindsWhatTheyTypedHereWhenTheyComeBack(t *testing.T) {
	s, sam, ana, page := sharedComputer(t)
	r := page.press("save")
	if r.Location != "/sign-in?back="+escaped(page.address) {
		t.Fatalf("status %d to %q", r.Status, r.Location)
	}
	wantText(t, "the sign-in page", text(page.browser.Follow(r).Page(t).Find(".notice")), "It is kept.")

	signInHere(t, page.browser, ana)
	wantNoText(t, "what Ana sees", open(t, page.browser, page.address).body, ofSam)
	nothingOf(t, s, ana)
	page.browser.Post("/sign-out", nil)

	signInHere(t, page.browser, sam)
	back := open(t, page.browser, page.address)
	if got := back.form.Get("a.heard"); got != ofSam {
		t.Errorf("it reads %q", got)
	}
	wantText(t, "the page", text(back.page.Find(".notice")), "It is here again")
}

func TestNothingIsTakenFromAPageWhoseSessionWasEndedFromElsewhereOrIsUnknown(t *testing.T) {
	for name, spoil := range map[string]func(*hooktest.Site, *screen){
		"ended from elsewhere": func(s *hooktest.Site, _ *screen) { execute(t, s, "UPDATE sessions SET why = 'elsewhere'") },
		"by a new password":    func(s *hooktest.Site, _ *screen) { execute(t, s, "UPDATE sessions SET why = 'password'") },
		"long ago":             func(s *hooktest.Site, _ *screen) { s.Clock.Pass(25 * time.Hour) },
		"no mark":              func(_ *hooktest.Site, page *screen) { delete(page.form, "whose") },
		"a mark of nobody's": func(_ *hooktest.Site, page *screen) {
			_, session, _ := strings.Cut(page.form.Get("whose"), ".")
			page.set("whose", "AAAAAAAAAAAAAAAA."+session)
		},
		"another session": func(_ *hooktest.Site, page *screen) {
			stamp, _, _ := strings.Cut(page.form.Get("whose"), ".")
			page.set("whose", stamp+".no-such-session")
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, _, _, page := sharedComputer(t)
			spoil(s, page)
			r := page.press("save")
			wantText(t, "the sign-in page", text(page.browser.Follow(r).Page(t).Find(".notice")), "we could not keep it")
			if rows := column(t, s, "SELECT id FROM kept_posts"); len(rows) != 0 {
				t.Errorf("kept: %v", rows)
			}
		})
	}
}

func TestAFormOfOneIsNeverKeptForTheOtherWhoseSessionRanOut(t *testing.T) {
	s, sam, ana, page := sharedComputer(t)
	signInHere(t, page.browser, ana)
	s.Clock.Pass(20 * time.Minute)
	page.press("save")
	nothingOf(t, s, ana)
	if rows := column(t, s, "SELECT user FROM kept_posts"); len(rows) != 1 || rows[0] != sam.ID {
		t.Errorf("kept for %v", rows)
	}
}

func TestTheStartOfACourseFromAnothersPageEnrolsNobody(t *testing.T) {
	s, _, b := small(t)
	ana := s.MustPerson(t, web.Learner)
	form := fields(b.Get("/courses/small").Page(t).Find(`form[action="/courses/small"]`))
	if form.Get("whose") == "" {
		t.Fatalf("the form carries %v", form)
	}
	signInHere(t, b, ana)
	if r := b.Post("/courses/small", form); r.Location != "/courses/small" {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
	nothingOf(t, s, ana)
}
