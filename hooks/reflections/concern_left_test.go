package reflections_test

import (
	"strings"
	"testing"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

func TestConcernIsClosedToWhoeverRaisedItAndLeftThatProgramme(t *testing.T) {
	c := newCircle(t)
	at := c.raisedByTom(t)
	tom := c.SignIn(t, c.tom)
	draft := c.drafted(t, tom, c.saying(t, tom, c.maple))
	c.MustJoin(t, people.Membership{User: c.tom.ID, Role: web.Facilitator, Programme: c.elsewhere(t)})
	c.execute(t, "UPDATE memberships SET ends = starts WHERE user = {:tom} AND programme = {:programme}", dbx.Params{"tom": c.tom.ID, "programme": c.programme})
	tom = c.SignIn(t, c.tom)
	for _, address := range []string{at, draft + "/said", draft + "/done", draft + "/check"} {
		if r := tom.Get(address); r.Status != 404 || strings.Contains(r.Body, theirWords) {
			t.Errorf("%s: status %d", address, r.Status)
		}
	}
	if r := tom.Post(draft+"/raise", nil); r.Status != 404 {
		t.Errorf("raise a draft of there: status %d", r.Status)
	}
	list := tom.Get("/concerns")
	for _, address := range []string{at, draft} {
		if strings.Contains(list.Body, address) {
			t.Errorf("the list leads to %s", address)
		}
	}
}
