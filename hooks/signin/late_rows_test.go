package signin_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"alongside/hooks/people"
	"alongside/hooks/web"
)

// addressOf puts what is there into the address of a door.
func (m *team) addressOf(t *testing.T, path string) string {
	t.Helper()
	kofi, ann, bo := m.MustPerson(t, web.Facilitator), m.MustPerson(t, web.Manager), m.MustSiteManager(t)
	if m.one(t, "SELECT COUNT(*) FROM places") == "0" {
		m.mustSend(t, "/manage/programmes/"+m.programme+"/places/new", url.Values{"name": {"The library"}})
	}
	person, of := m.learner.ID, bo.ID
	switch {
	case strings.Contains(path, "{programme}/managers/"):
		of = ann.ID
	case strings.Contains(path, "/roles/"), strings.HasSuffix(path, "/away"):
		person, of = kofi.ID, kofi.ID
	}
	return strings.NewReplacer(
		"{programme}", m.programme, "{cohort}", m.cohort, "{person}", person, "{number}", "1", "{learner}", m.learner.ID,
		"{place}", m.one(t, "SELECT id FROM places LIMIT 1"),
		"{membership}", m.one(t, "SELECT id FROM memberships WHERE user = '"+of+"'"),
	).Replace(m.withOwn(t, path))
}

// withOwn puts the ids of what the boss wrote or reads into an address, and gives
// them an e-mail for the page that is about theirs.
func (m *team) withOwn(t *testing.T, path string) string {
	t.Helper()
	switch {
	case strings.Contains(path, "/remarks"), strings.HasPrefix(path, "/say"):
		path = strings.NewReplacer("{course}", "small", "{module}", "first", "{step}", "start", "{remark}", m.saidTo(t, strings.HasPrefix(path, "/write"))).Replace(path)
	case strings.HasPrefix(path, "/write"), strings.HasPrefix(path, "/me/credit"):
		path = strings.NewReplacer("{course}", "small", "{module}", "first", "{kind}", "question", "{contribution}", m.asked(t), "{media}", m.one(t, "SELECT id FROM media LIMIT 1")).Replace(path)
	case strings.HasPrefix(path, "/course-offers/"):
		m.asked(t)
		m.MustPerson(t, web.Mentor) // somebody to offer it to
		path = strings.ReplaceAll(path, "{course}", "small")
	case path == "/me/mail":
		m.mustSend(t, "/me/name", url.Values{"called": {"Sam"}, "email": {"sam@example.org"}, "secret": {m.boss.Password}})
	case strings.HasPrefix(path, "/reflections/"):
		reflection, share := m.written(t)
		path = strings.NewReplacer("{reflection}", reflection, "{share}", share).Replace(path)
	case strings.Contains(path, "{share}"):
		_, share := m.MustShareWith(t, m.MustPerson(t), m.boss)
		path = strings.ReplaceAll(path, "{share}", share)
	case strings.HasPrefix(path, "/concerns/{concern}/") && slices.Contains([]string{"acts", "share", "tell"}, path[strings.LastIndex(path, "/")+1:]):
		id := m.raisedToBoss(t)
		if strings.HasSuffix(path, "/tell") { // nothing is told before a lead knows of it
			m.mustSend(t, "/concerns/"+id+"/acts", url.Values{"id": {"abcdefghijklmno"}, "do": {"acknowledged"}, "text": {"I look at it today."}})
		}
		path = strings.ReplaceAll(path, "{concern}", id)
	case path == "/concerns/{concern}/add":
		m.mustSend(t, "/concerns/new", url.Values{"about": {m.programme + ":"}, "said": {"It is cold at home."}})
		id := m.one(t, "SELECT id FROM concerns WHERE raised_by = '"+m.boss.ID+"' LIMIT 1")
		m.mustSend(t, "/concerns/"+id+"/raise", nil)
		path = strings.ReplaceAll(path, "{concern}", id)
	case strings.Contains(path, "{concern}"):
		m.mustSend(t, "/concerns/new", url.Values{"about": {m.programme + ":"}, "said": {"It is cold at home."}})
		path = strings.ReplaceAll(path, "{concern}", m.one(t, "SELECT id FROM concerns WHERE raised_by = '"+m.boss.ID+"' LIMIT 1"))
	case strings.Contains(path, "{note}"):
		m.mustSend(t, "/facilitate/practice/notes/new", url.Values{"key": {"one"}, "what": {"I spoke too soon."}})
		path = strings.ReplaceAll(path, "{note}", m.one(t, "SELECT id FROM practice_notes WHERE owner = '"+m.boss.ID+"'"))
	case strings.Contains(path, "{supervision}"):
		m.mustSend(t, "/facilitate/practice/supervision/new", url.Values{"key": {"one"}, "day": {"2031-05-06"}})
		path = strings.ReplaceAll(path, "{supervision}", m.one(t, "SELECT id FROM supervisions WHERE owner = '"+m.boss.ID+"'"))
	}
	return path
}

// written is a reflection of the boss, who learns too, and the share by which
// somebody beside them reads it.
func (m *team) written(t *testing.T) (reflection, share string) {
	t.Helper()
	of := " WHERE learner = '" + m.boss.ID + "' LIMIT 1"
	if m.one(t, "SELECT COUNT(*) FROM shares WHERE learner = '"+m.boss.ID+"'") == "0" {
		return m.MustShare(t, m.boss)
	}
	return m.one(t, "SELECT reflection FROM shares"+of), m.one(t, "SELECT id FROM shares"+of)
}

// raisedToBoss is a concern, with what somebody shared, that the boss answers for
// until the test ends.
func (m *team) raisedToBoss(t *testing.T) string {
	t.Helper()
	lead := people.Membership{User: m.boss.ID, Role: web.Lead, Programme: m.programme}
	m.MustJoin(t, lead)
	t.Cleanup(func() {
		if _, err := m.App.DB().NewQuery("DELETE FROM memberships WHERE user = '" + m.boss.ID + "' AND role = 'lead'").Execute(); err != nil {
			t.Error(err)
		}
	})
	learner, tom := m.MustPerson(t), m.MustPerson(t, web.Facilitator)
	_, share := m.MustShareWith(t, learner, tom)
	b := m.SignIn(t, tom)
	first := b.Post("/concerns/new", url.Values{"about": {m.programme + ":" + learner.ID}, "said": {"It is cold at home."}, "share": {share}})
	at := strings.TrimSuffix(first.Location, "/done")
	if raised := b.Post(at+"/raise", nil); raised.Status != 303 {
		t.Fatalf("%s: status %d\n%s", at, raised.Status, raised.Body)
	}
	return strings.TrimPrefix(at, "/concerns/")
}

// mustSend is a form of the boss that is done.
func (m *team) mustSend(t *testing.T, address string, form url.Values) {
	t.Helper()
	if r := m.SignIn(t, m.boss).Post(address, form); r.Status != 303 {
		t.Fatalf("%s: status %d\n%s", address, r.Status, r.Body)
	}
}

// asked lets the boss begin to write a text with a story in it, and ask themself
// whether it may be told.
func (m *team) asked(t *testing.T) (contribution string) {
	t.Helper()
	if m.one(t, "SELECT COUNT(*) FROM drafts") == "0" {
		m.Publish(t, "small", map[string]string{
			"course.md":   "---\ntitle: Small\nlanguage: en\n---\n",
			"01-first.md": "---\ntitle: First\n---\nOne.\n\n:::story[S]{#s}\nTold.\n:::\n\n::audio[A voice]{src=\"media/v.mp3\" transcript=\"media/v.md\"}\n",
			"media/v.mp3": "ID3\x04\x00\x00\x00\x00\x00\x00a voice", "media/v.md": "Come in.\n",
		})
		m.mustSend(t, "/write/small/first/begin", url.Values{})
		m.mustSend(t, "/write/small/first/credit", url.Values{"story": {"s"}, "say": {"ask"}, "person-s": {m.boss.ID}})
	}
	return m.one(t, "SELECT id FROM contributions LIMIT 1")
}

// saidTo lets the boss, who learns too, say something of a text: to themself, as who
// wrote it until the test ends, or else as who cares for its course. The text changed
// because of it.
func (m *team) saidTo(t *testing.T, writes bool) (remark string) {
	t.Helper()
	m.asked(t)
	readers, set := "carers", func(state string) {
		if _, err := m.App.DB().NewQuery("UPDATE drafts SET state = '" + state + "'").Execute(); err != nil {
			t.Error(err)
		}
	}
	if writes {
		readers = "writers"
		set("live")
		t.Cleanup(func() { set("open") })
	}
	m.mustSend(t, "/courses/small", url.Values{})
	m.mustSend(t, "/say/small/first/start", url.Values{"key": {readers}, "readers": {readers}, "text": {"It was not so for me."}})
	if _, err := m.App.DB().NewQuery("UPDATE remarks SET state = 'taken', changed = revision, credited = TRUE").Execute(); err != nil {
		t.Fatal(err)
	}
	return m.one(t, "SELECT id FROM remarks WHERE readers = '"+readers+"'")
}
