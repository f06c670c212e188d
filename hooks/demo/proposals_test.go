package demo_test

import (
	"net/http"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
)

func TestAModuleWaitsForItsReadersInTheDemoAndOnlyOnce(t *testing.T) {
	site := hooktest.Start(t)
	begin(t, site)
	begin(t, site)
	mentor := site.SignIn(t, hooktest.Person{Username: "robin-05", Password: "robin-long-way-round"})
	if n := strings.Count(mentor.Get("/review").Body, "When somebody does not come"); n != 1 {
		t.Errorf("a mentor is asked %d times to read it", n)
	}
	r := mentor.Get("/review/walking-alongside/when-somebody-does-not-come")
	if r.Status != http.StatusOK || !strings.Contains(r.Body, "after three weeks") || strings.Contains(mentor.Get("/courses/walking-alongside").Body, "does not come") {
		t.Errorf("status %d: it is not there with what was said of it, or learners see it", r.Status)
	}
}

func TestALearnerOfTheDemoSaidSomethingAndOnlyOnce(t *testing.T) {
	site := hooktest.Start(t)
	begin(t, site)
	begin(t, site)
	said := 0
	if err := site.App.DB().NewQuery("SELECT COUNT(*) FROM remarks").Row(&said); err != nil || said != 1 {
		t.Errorf("%d remarks, %v", said, err)
	}
	manager := site.SignIn(t, site.MustSiteManager(t))
	if r := manager.Get("/course-settings/walking-alongside/listening/remarks"); !strings.Contains(r.Body, "believe that I may also talk") || !strings.Contains(r.Body, "the hardest part of being a peer mentor") {
		t.Errorf("status %d: it is not read, or not where it was said", r.Status)
	}
}
