package signin_test

import (
	"net/url"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

func TestAPasswordTypedOnAnothersPageChangesNobodys(t *testing.T) {
	site := hooktest.Start(t)
	sam, ana := site.MustPerson(t, web.Learner), site.MustPerson(t, web.Learner)
	browser := site.SignIn(t, sam)
	mark := browser.Get("/me/password").Page(t).Find("input[name=whose]").AttrOr("value", "")
	browser.Post("/sign-out", nil)
	browser.Post("/sign-in", credentials(ana.Username, ana.Password))

	form := url.Values{"whose": {mark}, "current": {ana.Password}, "password": {"five red apples"}}
	if r := browser.Post("/me/password", form); mark == "" || r.Location != "/me/password" {
		t.Fatalf("mark %q: status %d to %q", mark, r.Status, r.Location)
	}
	if r := site.Guest(t).Post("/sign-in", credentials(ana.Username, ana.Password)); r.Location != "/" {
		t.Errorf("the password is not what it was: status %d to %q", r.Status, r.Location)
	}
}
