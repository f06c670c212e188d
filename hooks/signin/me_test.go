package signin_test

import (
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

func TestMeShowsWhoIAmAndWhereIAmSignedIn(t *testing.T) {
	site := hooktest.Start(t)
	sam := site.MustPerson(t, web.Learner)
	phone := site.SignInOnOwn(t, sam)
	site.SignIn(t, sam)

	r := phone.Get("/me")
	if r.Status != 200 {
		t.Fatalf("status %d\n%s", r.Status, r.Body)
	}
	page := r.Page(t)
	if got := page.Find("form[action^='/me/devices/']").Length(); got != 1 {
		t.Errorf("%d other devices can be signed out, want 1", got)
	}
}
