package people_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// known is what somebody is called, and their e-mail.
func known(t *testing.T, s *hooktest.Site, id string) (name, email string) {
	t.Helper()
	if err := s.App.DB().NewQuery("SELECT name, email FROM users WHERE id = {:id}").Bind(dbx.Params{"id": id}).Row(&name, &email); err != nil {
		t.Fatal(err)
	}
	return name, email
}

func recordedOf(t *testing.T, s *hooktest.Site, kind, subject string) int {
	t.Helper()
	s.House.Audit.Settle()
	return rowsOf(t, s, "audit WHERE kind = {:kind} AND subject = {:subject}", "kind", kind, "subject", subject)
}

func TestSomebodyPutsTheirOwnNameAndEmailRight(t *testing.T) {
	s := hooktest.Start(t)
	me := s.MustPerson(t, web.Learner)
	b := s.SignIn(t, me)
	if link := b.Get("/me").Page(t).Find(`main a[href="/me/name"]`); link.Length() != 1 {
		t.Error("/me does not lead there")
	}
	if got, _ := b.Get("/me/name").Page(t).Find("#called").Attr("value"); got != "Sam" {
		t.Errorf("the page says %q", got)
	}
	r := b.Post("/me/name", url.Values{"called": {"  Samira   N. "}, "email": {""}})
	want(t, "a name alone needs no secret: status", r.Status, 303)
	form := url.Values{"called": {"Samira N."}, "email": {"samira@example.org"}, "secret": {"a wrong one"}}
	r = b.Post("/me/name", form)
	if r.Status != 422 || r.Page(t).Find("#secret-error").Length() != 1 {
		t.Errorf("a wrong secret: status %d", r.Status)
	}
	if got, _ := r.Page(t).Find("#email").Attr("value"); got != "samira@example.org" {
		t.Errorf("what was typed comes back as %q", got)
	}
	if strings.Contains(r.Body, "a wrong one") {
		t.Error("the secret comes back")
	}
	if name, email := known(t, s, me.ID); name != "Samira N." || email != "" {
		t.Errorf("%q, %q", name, email)
	}
	form.Set("secret", me.Password)
	want(t, "status", b.Post("/me/name", form).Status, 303)
	if _, email := known(t, s, me.ID); email != "samira@example.org" {
		t.Errorf("%q", email)
	}
	in := s.Guest(t).Post("/sign-in", url.Values{"who": {"samira@example.org"}, "password": {me.Password}})
	want(t, "signing in with it", in.Status, 303)
	want(t, "names on record", recordedOf(t, s, "name-changed", me.ID), 1)
	want(t, "e-mails on record", recordedOf(t, s, "email-changed", me.ID), 1)
	want(t, "words on record", rowsOf(t, s, "audit WHERE detail LIKE '%samira%' OR item LIKE '%samira%'"), 0)
}

func TestAnEmailOfSomebodyElseIsRefusedInNeutralWordsAndThatIsRecorded(t *testing.T) {
	s := hooktest.Start(t)
	me, other, manager := s.MustPerson(t, web.Learner), s.MustPerson(t), s.MustPerson(t, web.Manager)
	if _, err := s.App.NonconcurrentDB().NewQuery("UPDATE users SET email = 'other@example.org' WHERE id = {:id}").Bind(dbx.Params{"id": other.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	programme, _ := s.MustProgramme(t)
	form := url.Values{"called": {"Sam"}, "email": {"Other@Example.org"}, "secret": {me.Password}}
	for b, address := range map[*hooktest.Browser]string{
		s.SignIn(t, me):      "/me/name",
		s.SignIn(t, manager): "/manage/programmes/" + programme + "/people/" + me.ID + "/name",
	} {
		r := b.Post(address, form)
		if said := plain(r.Page(t).Find("#email-error")); r.Status != 422 || !strings.HasSuffix(said, "This e-mail cannot be used here. Type another one, or leave it empty.") {
			t.Errorf("%s: status %d, %q", address, r.Status, said)
		}
	}
	want(t, "on record", recordedOf(t, s, "email-refused", me.ID), 2)
	if _, email := known(t, s, me.ID); email != "" {
		t.Errorf("%q", email)
	}
}

func TestWhatIsWrongInANameOrAnEmailIsSaidAtItsField(t *testing.T) {
	s := hooktest.Start(t)
	me := s.MustPerson(t, web.Learner)
	b := s.SignIn(t, me)
	r := b.Post("/me/name", url.Values{"called": {strings.Repeat("é", 101)}, "email": {"nowhere"}, "secret": {me.Password}})
	page := r.Page(t)
	if r.Status != 422 || page.Find("#called-error").Length() != 1 || page.Find("#email-error").Length() != 1 {
		t.Errorf("status %d\n%s", r.Status, plain(page.Find("main")))
	}
	want(t, "an empty form", b.Post("/me/name", url.Values{}).Status, 303)
	if name, _ := known(t, s, me.ID); name != "Sam" {
		t.Errorf("a form without the field took the name: %q", name)
	}
}

func TestWrongSecretsForAnEmailAreLimitedLikeThoseToSignIn(t *testing.T) {
	s := hooktest.Start(t)
	me := s.MustPerson(t, web.Learner)
	b := s.SignIn(t, me)
	form := url.Values{"email": {"sam@example.org"}, "secret": {"a guess"}}
	for range 6 {
		b.Post("/me/name", form)
		s.Clock.Pass(time.Second)
	}
	form.Set("secret", me.Password)
	want(t, "after many wrong ones", b.Post("/me/name", form).Status, 429)
	if _, email := known(t, s, me.ID); email != "" {
		t.Errorf("%q", email)
	}
}

func TestWhoWalksBesideALearnerPutsTheirNameRightAndNotTheirEmail(t *testing.T) {
	s := hooktest.Start(t)
	facilitator, mentor, learner, other := s.MustPerson(t, web.Facilitator), s.MustPerson(t, web.Mentor), s.MustPerson(t, web.Learner), s.MustPerson(t, web.Learner)
	programme, _ := s.MustProgramme(t)
	for worker, role := range map[string]web.Role{facilitator.ID: web.Facilitator, mentor.ID: web.Mentor} {
		err := people.Assign(s.App, people.Assignment{Learner: learner.ID, Worker: worker, Role: role, Programme: programme, Starts: s.Clock.Now().Add(-time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
	}
	b, address := s.SignIn(t, facilitator), "/facilitate/learners/"+learner.ID
	if b.Get(address).Page(t).Find(`main a[href="`+address+`/name"]`).Length() != 1 {
		t.Error("their page does not lead there")
	}
	if b.Get(address+"/name").Page(t).Find("#email").Length() != 0 {
		t.Error("the page has their e-mail")
	}
	r := b.Post(address+"/name", url.Values{"called": {"Amira"}, "email": {"amira@example.org"}})
	if r.Status != 303 || r.Location != address {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
	if name, email := known(t, s, learner.ID); name != "Amira" || email != "" {
		t.Errorf("%q, %q", name, email)
	}
	wantIn(t, "what the learner reads", plain(s.SignIn(t, learner).Get("/me/data").Page(t).Find("main")), "Your name was changedBy Sam")
	want(t, "somebody else's learner", b.Post("/facilitate/learners/"+other.ID+"/name", url.Values{"called": {"X"}}).Status, 404)
	want(t, "a mentor", s.SignIn(t, mentor).Post(address+"/name", url.Values{"called": {"X"}}).Status, 404)
}

func TestAManagerPutsAnEmailRightOfNobodyWhoIsStaffElsewhereOrManages(t *testing.T) {
	s := hooktest.Start(t)
	manager, second := s.MustPerson(t, web.Manager), s.MustPerson(t, web.Manager)
	mentor, both := s.MustPerson(t, web.Mentor), s.MustPerson(t, web.Mentor)
	south, _, stranger := elsewhere(t, s)
	s.MustJoin(t, people.Membership{User: both.ID, Role: web.Facilitator, Programme: south, Starts: s.Clock.Now().Add(48 * time.Hour)})
	programme, _ := s.MustProgramme(t)
	b, at := s.SignIn(t, manager), "/manage/programmes/"+programme+"/people/"
	form := func(called string) url.Values {
		return url.Values{"called": {called}, "email": {called + "@example.org"}}
	}
	want(t, "a mentor", b.Post(at+mentor.ID+"/name", form("mina")).Status, 303)
	if name, email := known(t, s, mentor.ID); name != "mina" || email != "mina@example.org" {
		t.Errorf("%q, %q", name, email)
	}
	want(t, "on record in the programme", rowsOf(t, s, "audit WHERE kind = 'email-changed' AND actor = {:by} AND programme = {:in}", "by", manager.ID, "in", programme), 1)
	for _, person := range []hooktest.Person{both, second, manager} {
		if b.Get(at+person.ID+"/name").Page(t).Find("#email").Length() != 0 {
			t.Errorf("the page has the e-mail of %s", person.Username)
		}
		b.Post(at+person.ID+"/name", form("taken"))
		if _, email := known(t, s, person.ID); email != "" {
			t.Errorf("their e-mail is %q", email)
		}
	}
	want(t, "somebody of another programme", b.Post(at+stranger.ID+"/name", form("x")).Status, 404)
}
