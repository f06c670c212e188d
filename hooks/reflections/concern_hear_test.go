package reflections_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
)

// spokenShare is a concern that came from something which the learner said, and its
// facilitator answered by voice.
func (c *circle) spokenShare(t *testing.T) (s *sharing, at string) {
	t.Helper()
	s = &sharing{room: c.room, dina: c.maple, tom: c.tom, marek: c.mia, programme: c.programme}
	s.write(t, heron)
	s.hers = c.SignIn(t, c.maple)
	mustSay(t, s.hers, "/reflections/"+s.id+"/voice", wav("a-bell"))
	s.share(t, only(c.tom))
	return s, c.fromShare(t, reflections.ShareID(s.id, c.tom.ID))
}

// opens is a lead who says why, and finds these sounds.
func (c *circle) opens(t *testing.T, lead *hooktest.Browser, at string) []string {
	t.Helper()
	r := lead.Post(at+"/share", url.Values{"why": {leadsWhy}})
	if r.Status != http.StatusOK {
		t.Fatalf("status %d", r.Status)
	}
	return soundAddress.FindAllString(r.Body, -1)
}

func TestConcernLetsALeadHearWhatItCameFromAndEachHearingIsOnRecordAndTold(t *testing.T) {
	c := newCircle(t)
	s, at := c.spokenShare(t)
	mustSay(t, c.SignIn(t, c.tom), "/facilitate/shares/"+reflections.ShareID(s.id, c.tom.ID)+"/voice", wav("a-drum"))
	lea := c.SignIn(t, c.lea)
	found := c.opens(t, lea, at)
	if len(found) != 1 { // what nobody sent is not on it
		t.Fatalf("the lead finds %v", found)
	}
	if c.acts(t, "concern-share-heard") != "0" {
		t.Error("it counts as heard before it is")
	}
	if r := lea.Get(found[0]); r.Status != http.StatusOK || r.Body != string(wav("a-bell")) {
		t.Fatalf("status %d, %d bytes", r.Status, len(r.Body))
	}
	if c.acts(t, "concern-share-heard") != "1" || c.acts(t, "reflection-heard") != "0" || c.one(t, "SELECT seen FROM shares", nil) != "" {
		t.Error("it is not on record as what it is")
	}
	wantAll(t, "her data", shows(t, s.hers, "/me/data"), "A safeguarding lead listened to something that you had shared")
}

func TestConcernLetsNobodyHearWithoutAReasonNorLater(t *testing.T) {
	c := newCircle(t)
	s, at := c.spokenShare(t)
	lea := c.SignIn(t, c.lea)
	sound := "/recordings/" + c.one(t, "SELECT id FROM recordings WHERE share != ''", nil)
	hears := func(name string, b *hooktest.Browser, want int) {
		t.Helper()
		if r := b.Get(sound); r.Status != want {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
	hears("before a reason", lea, 404)
	c.opens(t, lea, at)
	other, far := c.named(t, "Other", web.Lead), c.named(t, "Far")
	c.join(t, other, web.Lead)
	c.MustJoin(t, people.Membership{User: far.ID, Role: web.Lead, Programme: c.elsewhere(t)})
	hears("another lead", c.SignIn(t, other), 404)
	hears("a lead of another programme", c.SignIn(t, far), 404)
	hears("a manager", c.SignIn(t, c.anna), 404)
	hears("the lead", lea, 200)
	if r := lea.Get("/recordings/" + c.one(t, "SELECT id FROM recordings WHERE reflection != ''", nil)); r.Status != 404 {
		t.Errorf("what is hers alone: status %d", r.Status)
	}
	c.execute(t, "CREATE TRIGGER full BEFORE INSERT ON audit WHEN NEW.kind = 'concern-share-heard' BEGIN SELECT RAISE(ABORT, 'full'); END", nil)
	hears("where it cannot be recorded", lea, 500)
	if _, err := c.App.NonconcurrentDB().NewQuery("DROP TRIGGER full").Execute(); err != nil {
		t.Fatal(err)
	}
	c.Clock.Pass(61 * time.Minute)
	lea = c.SignIn(t, c.lea)
	hears("an hour later", lea, 404)
	c.opens(t, lea, at)
	s.hers = c.SignIn(t, c.maple)
	s.hers.Post(s.thread(c.tom)+"/withdraw", nil)
	hears("once it was taken back", lea, 404)
}
