package reflections_test

import (
	"net/url"
	"strings"
	"testing"

	"alongside/hooks/people"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// Tom is named in a concern. He makes a code of the room for Maple and looks at
// her record of acts: it says that a lead opened something, and told her.
func TestWhoIsNamedLearnsNothingFromASessionThatHeMade(t *testing.T) {
	c := newCircle(t)
	s := &sharing{room: c.room, dina: c.maple, tom: c.tom, marek: c.mia, programme: c.programme}
	s.write(t, heron)
	s.hers = c.SignIn(t, c.maple)
	s.share(t, only(c.mia))
	mia := c.SignIn(t, c.mia)
	form := fieldsOf(t, mia.Get("/concerns/new?share="+c.one(t, "SELECT id FROM shares", nil)), "/concerns/new")
	form.Set("staff", c.programme+":"+c.tom.ID)
	form.Set("said", theirWords)
	at := c.raised(t, mia, form)
	lea := c.SignIn(t, c.lea)
	if r := lea.Post(at+"/share", url.Values{"why": {leadsWhy}}); r.Status != 200 {
		t.Fatal(r.Status)
	}
	lea.Post(at+"/acts", doing("acknowledged", leadsWhy))
	if r := lea.Post(at+"/tell", telling(whatCame)); r.Status != 303 {
		t.Fatal(r.Status)
	}
	b := c.SignIn(t, c.maple)
	c.execute(t, "UPDATE sessions SET how = 'code', closed = TRUE, with = {:tom} WHERE user = {:id}", dbx.Params{"tom": c.tom.ID, "id": c.maple.ID})
	if told := b.Get("/me/told"); strings.Contains(told.Body, whatCame) {
		t.Error("what she was told is open")
	}
	page := strings.Join(strings.Fields(b.Get("/me/data").Page(t).Find("main").Text()), " ")
	if i := strings.Index(page, "safeguarding lead"); i >= 0 {
		t.Errorf("my data says: …%s…", page[max(0, i-80):min(len(page), i+160)])
	}
}

// the same from a hold: Lea has placed one for safeguarding.
func TestWhoIsNamedLearnsOfNoHoldFromASessionThatHeMade(t *testing.T) {
	s := newSharing(t)
	lea := s.named(t, "Lea", web.Lead)
	s.execute(t, `INSERT INTO holds (id, person, programme, why, by, starts, until, ended, created) VALUES ('aaaaaaaaaaaaaaa', {:dina}, {:programme}, 'safeguarding', {:lea}, {:now}, {:now}, '', {:now})`,
		dbx.Params{"dina": s.dina.ID, "programme": s.programme, "lea": lea.ID, "now": people.Before(s.Clock.Now())})
	s.close(t)
	page := strings.Join(strings.Fields(s.hers.Get("/me/data").Page(t).Find("main").Text()), " ")
	if i := strings.Index(page, "safety of a person"); i >= 0 {
		t.Errorf("my data says: …%s…", page[max(0, i-120):min(len(page), i+160)])
	}
}
