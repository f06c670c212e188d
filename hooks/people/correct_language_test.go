package people_test

import (
	"net/url"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

func offersLanguages(t *testing.T, s *hooktest.Site, languages ...string) {
	t.Helper()
	settings, err := s.App.FindFirstRecordByFilter("settings", "id != ''")
	if err != nil {
		t.Fatal(err)
	}
	settings.Set("languages", languages)
	if err := s.App.Save(settings); err != nil {
		t.Fatal(err)
	}
}

func languageOf(t *testing.T, s *hooktest.Site, id string) (language string) {
	t.Helper()
	if err := s.App.DB().NewQuery("SELECT language FROM users WHERE id = {:id}").Bind(dbx.Params{"id": id}).Row(&language); err != nil {
		t.Fatal(err)
	}
	return language
}

// beside is a learner and their facilitator, and the page on which the one puts
// the other's name right.
func beside(t *testing.T, s *hooktest.Site) (learner hooktest.Person, facilitator *hooktest.Browser, address string) {
	t.Helper()
	worker, learner := s.MustPerson(t, web.Facilitator), s.MustPerson(t, web.Learner)
	programme, _ := s.MustProgramme(t)
	err := people.Assign(s.App, people.Assignment{Learner: learner.ID, Worker: worker.ID, Role: web.Facilitator, Programme: programme, Starts: s.Clock.Now().Add(-time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	return learner, s.SignIn(t, worker), "/facilitate/learners/" + learner.ID + "/name"
}

func TestStaffPutTheLanguageOfALearnerRightWhoCannotReadThePage(t *testing.T) {
	s := hooktest.Start(t)
	offersLanguages(t, s, "en", "ar-XB", "tlh") // no words of the last one are in the binary
	learner, b, address := beside(t, s)
	hers := s.SignIn(t, learner)
	options := b.Get(address).Page(t).Find("#language option")
	want(t, "languages, and the browser's own choice", options.Length(), 3)
	want(t, "the second", options.Eq(2).AttrOr("value", "")+" "+options.Eq(2).AttrOr("lang", ""), "ar-XB ar-XB")
	want(t, "status", b.Post(address, url.Values{"called": {"Sam"}, "language": {"ar-XB"}}).Status, 303)
	want(t, "their next page", hers.Get("/me").Page(t).Find("html").AttrOr("lang", ""), "ar-XB")
	want(t, "what the form shows then", b.Get(address).Page(t).Find("#language option[selected]").AttrOr("value", ""), "ar-XB")
	want(t, "the same once more", b.Post(address, url.Values{"called": {"Sam"}, "language": {"ar-XB"}}).Status, 303)
	want(t, "on record", recordedOf(t, s, "language-changed", learner.ID), 1)
	want(t, "names on record", recordedOf(t, s, "name-changed", learner.ID), 0)
	want(t, "content on record", rowsOf(t, s, "audit WHERE detail LIKE '%ar-XB%' OR item LIKE '%ar-XB%'"), 0)
	for _, tag := range []string{"tlh", "fa", "<script>"} {
		r := b.Post(address, url.Values{"called": {"Amira"}, "language": {tag}})
		if r.Status != 422 || r.Page(t).Find("#language-error").Length() != 1 || r.Page(t).Find("#called").AttrOr("value", "") != "Amira" {
			t.Errorf("%q: status %d", tag, r.Status)
		}
	}
	want(t, "a form without the field", b.Post(address, url.Values{"called": {"Sam"}}).Status, 303)
	want(t, "their language", languageOf(t, s, learner.ID), "ar-XB")
	want(t, "back to the browser's choice", b.Post(address, url.Values{"called": {"Sam"}, "language": {""}}).Status, 303)
	want(t, "their language", languageOf(t, s, learner.ID), "")
	wantIn(t, "what the learner reads", plain(hers.Get("/me/data").Page(t).Find("main")), "The language of your pages was changedBy Sam")
}

func TestWhereThereIsOneLanguageNoneIsChosenForALearner(t *testing.T) {
	s := hooktest.Start(t)
	offersLanguages(t, s, "en", "tlh")
	learner, b, address := beside(t, s)
	want(t, "fields", b.Get(address).Page(t).Find("#language").Length(), 0)
	b.Post(address, url.Values{"called": {"Sam"}, "language": {"en"}})
	want(t, "their language", languageOf(t, s, learner.ID), "")
	want(t, "on record", recordedOf(t, s, "language-changed", learner.ID), 0)
}

func TestPuttingANameRightKeepsALanguageThatTheSiteNoLongerSpeaks(t *testing.T) {
	s := hooktest.Start(t)
	offersLanguages(t, s, "en", "ar-XB", "en-XA")
	learner, b, address := beside(t, s)
	b.Post(address, url.Values{"called": {"Sam"}, "language": {"en-XA"}})
	offersLanguages(t, s, "en", "ar-XB")
	chosen := b.Get(address).Page(t).Find("#language option[selected]").AttrOr("value", "") // where none is, a browser sends the first
	want(t, "status", b.Post(address, url.Values{"called": {"Amira"}, "language": {chosen}}).Status, 303)
	want(t, "their language", languageOf(t, s, learner.ID), "en-XA")
	want(t, "on record", recordedOf(t, s, "language-changed", learner.ID), 1)
}
