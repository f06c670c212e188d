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

// membershipOf is the id of the membership that somebody has in a role.
func membershipOf(t *testing.T, site *hooktest.Site, user string, role web.Role) (id string) {
	t.Helper()
	err := site.App.DB().NewQuery("SELECT id FROM memberships WHERE user = {:user} AND role = {:role}").
		Bind(dbx.Params{"user": user, "role": string(role)}).Row(&id)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestARoleThatAManagerEndsStopsAtTheNextRequest(t *testing.T) {
	site := hooktest.Start(t)
	programme, cohort := site.MustProgramme(t)
	manager := site.SignIn(t, site.MustPerson(t, web.Manager))
	georgia, sam := site.MustPerson(t, web.Facilitator), site.MustPerson(t, web.Learner)
	if err := people.Assign(site.App, people.Assignment{Learner: sam.ID, Worker: georgia.ID, Role: web.Facilitator, Programme: programme, Starts: site.Clock.Now()}); err != nil {
		t.Fatal(err)
	}
	hers, learners := site.SignIn(t, georgia), site.SignIn(t, sam)
	want(t, "before", hers.Get("/facilitate/cohorts/"+cohort).Status, 200)
	if !strings.Contains(learners.Get("/me").Body, "Your facilitator") {
		t.Error("the learner is not told who walks beside them")
	}
	address := "/manage/programmes/" + programme + "/people/" + georgia.ID + "/roles/" + membershipOf(t, site, georgia.ID, web.Facilitator)
	page := manager.Get(address)
	if !strings.Contains(page.Body, "1 learner") || page.Page(t).Find(`a[href^="/facilitate/hand-over?from=`+georgia.ID+`"]`).Length() != 1 {
		t.Error("it does not lead to the hand-over")
	}
	want(t, "end", manager.Post(address, url.Values{}).Status, 303)
	want(t, "after", hers.Get("/facilitate/cohorts/"+cohort).Status, 404)
	want(t, "assignments", rowsOf(t, site, "assignments WHERE ends = ''"), 0)
	if strings.Contains(learners.Get("/me").Body, "Your facilitator") {
		t.Error("the learner's page still names her")
	}
	want(t, "again", manager.Post(address, url.Values{}).Status, 404)
	want(t, "recorded once", rowsOf(t, site, "audit WHERE kind = 'role-ended' AND subject = {:id}", "id", georgia.ID), 1)
}

func TestTheLastManagerStaysUntilAnotherIsNamed(t *testing.T) {
	site := hooktest.Start(t)
	programme, _ := site.MustProgramme(t)
	kofi, boss := site.MustPerson(t, web.Manager), site.MustSiteManager(t)
	his, theirs := site.SignIn(t, kofi), site.SignIn(t, boss)
	own := "/manage/programmes/" + programme + "/people/" + kofi.ID + "/roles/" + membershipOf(t, site, kofi.ID, web.Manager)
	bySite := "/manage/programmes/" + programme + "/managers/" + membershipOf(t, site, kofi.ID, web.Manager)
	ofSite := "/manage/managers/" + membershipOf(t, site, boss.ID, web.Manager)
	tomorrow := url.Values{"last": {site.Clock.Now().AddDate(0, 0, 1).Format(time.DateOnly)}}
	want(t, "his own", his.Post(own, url.Values{}).Status, 422)
	want(t, "his own, tomorrow", his.Post(own, tomorrow).Status, 422)
	want(t, "by the site manager", theirs.Post(bySite, url.Values{}).Status, 422)
	want(t, "of the site", theirs.Post(ofSite, url.Values{}).Status, 422)

	ada := site.MustPerson(t, web.Mentor)
	want(t, "nobody", theirs.Post("/manage/managers", url.Values{"who": {"nobody-there"}}).Status, 422)
	want(t, "name one", theirs.Post("/manage/programmes/"+programme+"/managers", url.Values{"who": {ada.Username}}).Status, 303)
	want(t, "twice", theirs.Post("/manage/programmes/"+programme+"/managers", url.Values{"who": {ada.Username}}).Status, 422)
	want(t, "then he may go", his.Post(own, url.Values{}).Status, 303)
	want(t, "and is out", his.Get("/manage/programmes/"+programme).Status, 404)
	want(t, "the site manager ends no other role", theirs.Post("/manage/programmes/"+programme+"/managers/"+membershipOf(t, site, ada.ID, web.Mentor), url.Values{}).Status, 404)
}

func TestARoleWithALastDayHoldsToTheEndOfThatDay(t *testing.T) {
	site := hooktest.Start(t)
	programme, cohort := site.MustProgramme(t)
	manager, georgia := site.SignIn(t, site.MustPerson(t, web.Manager)), site.MustPerson(t, web.Facilitator)
	last := site.Clock.Now().AddDate(0, 0, 2)
	address := "/manage/programmes/" + programme + "/people/" + georgia.ID + "/roles/" + membershipOf(t, site, georgia.ID, web.Facilitator)
	want(t, "a day that has passed", manager.Post(address, url.Values{"last": {"2020-01-01"}}).Status, 422)
	want(t, "end", manager.Post(address, url.Values{"last": {last.Format(time.DateOnly)}}).Status, 303)
	site.Clock.Pass(last.Truncate(24 * time.Hour).Add(24*time.Hour - time.Minute).Sub(site.Clock.Now()))
	hers := site.SignIn(t, georgia)
	want(t, "that evening", hers.Get("/facilitate/cohorts/"+cohort).Status, 200)
	site.Clock.Pass(2 * time.Minute)
	want(t, "after midnight", hers.Get("/facilitate/cohorts/"+cohort).Status, 404)
}

func TestALearnerIsPausedAndBack(t *testing.T) {
	site := hooktest.Start(t)
	programme, _ := site.MustProgramme(t)
	manager, sam := site.SignIn(t, site.MustPerson(t, web.Manager)), site.MustPerson(t, web.Learner)
	person := "/manage/programmes/" + programme + "/people/" + sam.ID
	role := person + "/roles/" + membershipOf(t, site, sam.ID, web.Learner)
	want(t, "back in the past", manager.Post(role+"/pause", url.Values{"resumes": {"2020-01-01"}}).Status, 422)
	want(t, "pause", manager.Post(role+"/pause", url.Values{"resumes": {"2099-01-01"}}).Status, 303)
	if !strings.Contains(manager.Get(person).Body, "Having a break since") {
		t.Error("their page does not say so")
	}
	want(t, "resume", manager.Post(role+"/resume", url.Values{}).Status, 303)
	want(t, "paused", rowsOf(t, site, "memberships WHERE paused != '' OR resumes != ''"), 0)
	want(t, "recorded", rowsOf(t, site, "audit WHERE kind IN ('paused', 'resumed') AND subject = {:id}", "id", sam.ID), 2)
}

func TestAManagerSaysWhoWalksBesideALearner(t *testing.T) {
	site := hooktest.Start(t)
	programme, _ := site.MustProgramme(t)
	manager, sam, georgia := site.SignIn(t, site.MustPerson(t, web.Manager)), site.MustPerson(t, web.Learner), site.MustPerson(t, web.Facilitator)
	person := "/manage/programmes/" + programme + "/people/" + sam.ID
	for _, worker := range []string{"", "mentor:" + georgia.ID, "facilitator:" + sam.ID, "manager:" + georgia.ID} {
		want(t, worker, manager.Post(person+"/workers", url.Values{"worker": {worker}}).Status, 422)
	}
	want(t, "assign", manager.Post(person+"/workers", url.Values{"worker": {"facilitator:" + georgia.ID}}).Status, 303)
	workers, err := people.WorkersOf(t.Context(), site.App, sam.ID, site.Clock.Now())
	if err != nil || len(workers) != 1 || workers[0].ID != georgia.ID || workers[0].Role != web.Facilitator {
		t.Fatalf("%v, %v", workers, err)
	}
	want(t, "end", manager.Post(person+"/workers/"+workers[0].Assignment, url.Values{}).Status, 303)
	workers, err = people.WorkersOf(t.Context(), site.App, sam.ID, site.Clock.Now())
	if err != nil || len(workers) != 0 {
		t.Errorf("%v, %v", workers, err)
	}
}
