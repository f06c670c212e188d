package reflections_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/reflections"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// A hearing is a house in which Dina has said what Tom and Marek may hear.
type hearing struct {
	*sharing
	said []byte
	copy string            // the address of what Tom hears
	his  string            // Tom's share
	ears *hooktest.Browser // Tom's
}

func newHearing(t *testing.T) *hearing {
	t.Helper()
	h := &hearing{sharing: newSharing(t), said: wav("a-bell")}
	mustSay(t, h.hers, "/reflections/"+h.id+"/voice", h.said)
	h.share(t, only(h.tom))
	h.his = reflections.ShareID(h.id, h.tom.ID)
	h.copy = h.soundAt(t, "share", h.his)
	h.ears = h.SignIn(t, h.tom)
	return h
}

// soundAt is the address of what hangs on a row.
func (s *sharing) soundAt(t *testing.T, column, id string) string {
	t.Helper()
	var recording string
	err := s.App.DB().NewQuery("SELECT COALESCE((SELECT id FROM recordings WHERE " + column + " = {:id}), 'none')").Bind(dbx.Params{"id": id}).Row(&recording)
	if err != nil {
		t.Fatal(err)
	}
	return "/recordings/" + recording
}

func (h *hearing) heard(t *testing.T) int {
	return h.count(t, "audit WHERE kind = 'reflection-heard' AND actor = '"+h.tom.ID+"' AND subject = '"+h.dina.ID+"' AND item = '"+h.his+"'")
}

// part asks for a part of a sound, as a browser does that goes on.
func part(b *hooktest.Browser, address, wanted string) hooktest.Response {
	request := b.Request(http.MethodGet, address, nil)
	request.Header.Set("Range", wanted)
	return b.Do(request)
}

func TestEachHearingOfAReaderIsOnRecordAndAFurtherPartIsNone(t *testing.T) {
	h := newHearing(t)
	if r := part(h.ears, h.copy, "bytes=100-199"); r.Status != http.StatusPartialContent || h.heard(t) != 1 {
		t.Errorf("a part without a beginning: status %d, %d hearings", r.Status, h.heard(t))
	}
	for i, step := range []struct {
		wanted string
		after  time.Duration
		heard  int
	}{
		{"bytes=0-", 0, 2},
		{"bytes=200-", 20 * time.Second, 2},
		{"bytes=300-", 20 * time.Second, 2},
		{"bytes=400-", 2 * time.Minute, 3},
		{"bytes=0-", 0, 4},
	} {
		h.Clock.Pass(step.after)
		if r := part(h.ears, h.copy, step.wanted); r.Status != http.StatusPartialContent || h.heard(t) != step.heard {
			t.Errorf("step %d: status %d, %d hearings, want %d", i, r.Status, h.heard(t), step.heard)
		}
	}
	mustSee(t, h.hers.Get("/me/data"), http.StatusOK, "Tom")
}

func TestWhatCannotBeRecordedIsNotHeard(t *testing.T) {
	h := newHearing(t)
	if _, err := h.App.NonconcurrentDB().NewQuery("CREATE TRIGGER stop BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END").Execute(); err != nil {
		t.Fatal(err)
	}
	if r := h.ears.Get(h.copy); r.Status != http.StatusInternalServerError || strings.Contains(r.Body, "a-bell") {
		t.Errorf("status %d", r.Status)
	}
	if _, err := h.App.NonconcurrentDB().NewQuery("DROP TRIGGER stop").Execute(); err != nil {
		t.Fatal(err)
	}
	if r := h.ears.Get(h.copy); r.Body != string(h.said) {
		t.Errorf("status %d", r.Status)
	}
}

func TestWhoWasNotNamedOrIsNoLongerTheirsHearsNothing(t *testing.T) {
	h := newHearing(t)
	if r := h.SignIn(t, h.marek).Get(h.copy); r.Status != http.StatusNotFound {
		t.Errorf("Marek: status %d", r.Status)
	}
	if r := h.ears.Get(h.soundAt(t, "reflection", h.id)); r.Status != http.StatusNotFound {
		t.Errorf("Tom, of what she keeps for herself: status %d", r.Status)
	}
	h.execute(t, "UPDATE assignments SET ends = {:now} WHERE worker = {:tom}", dbx.Params{"now": h.Clock.Now().Add(-time.Second).UTC().Format("2006-01-02 15:04:05.000Z"), "tom": h.tom.ID})
	if r := h.ears.Get(h.copy); r.Status != http.StatusNotFound || h.heard(t) != 0 {
		t.Errorf("Tom, after the hand-over: status %d, %d hearings", r.Status, h.heard(t))
	}
}

func TestWhatWasTakenBackIsHeardByNobodyAndTheFileIsGone(t *testing.T) {
	h := newHearing(t)
	if r := h.hers.Post(h.thread(h.tom)+"/withdraw", nil); r.Status != http.StatusSeeOther {
		t.Fatalf("status %d", r.Status)
	}
	if r := h.ears.Get(h.copy); r.Status != http.StatusNotFound || h.heard(t) != 0 {
		t.Errorf("status %d, %d hearings", r.Status, h.heard(t))
	}
	mustKeep(t, h.Site, 1) // her own
	mustHear(t, h.hers, "/reflections/"+h.id+"/voice", h.said)
}

func TestACopyHungOnAnothersShareByHandDoesNotOpen(t *testing.T) {
	h := newHearing(t)
	h.hers.Post("/reflections/"+h.id+"/voice/delete", nil)
	h.share(t, only(h.marek))
	h.execute(t, "UPDATE recordings SET share = {:other}", dbx.Params{"other": reflections.ShareID(h.id, h.marek.ID)})
	if r := h.SignIn(t, h.marek).Get(h.copy); r.Status == http.StatusOK {
		t.Error("Marek hears what Tom was told")
	}
	h.execute(t, "UPDATE recordings SET share = {:own}", dbx.Params{"own": h.his})
	h.execute(t, "DELETE FROM shares WHERE reader = {:marek}", dbx.Params{"marek": h.marek.ID})
	h.execute(t, "UPDATE shares SET reader = {:marek}, role = 'mentor' WHERE id = {:own}", dbx.Params{"marek": h.marek.ID, "own": h.his})
	if r := h.SignIn(t, h.marek).Get(h.copy); r.Status == http.StatusOK {
		t.Error("Marek hears it as the reader that he was made by hand")
	}
}

func (h *hearing) sends(t *testing.T, p hooktest.Person, text string) error {
	t.Helper()
	share, err := h.House.Reflections.Find(context.Background(), h.as(t, p), reflections.ShareID(h.id, h.tom.ID))
	if err != nil {
		t.Fatal(err)
	}
	return h.House.Reflections.Send(context.Background(), h.as(t, p), share, text, false)
}

func TestAReplyIsHeardByTheOtherOnceItIsSentAndNotBefore(t *testing.T) {
	h := newHearing(t)
	page, reply := "/facilitate/shares/"+h.his+"/voice", wav("a-drum")
	mustSay(t, h.ears, page, reply, "reply", "I heard you.")
	sound := soundOn(t, h.ears, page)
	mustHear(t, h.ears, page, reply)
	if r := h.hers.Get(sound); r.Status != http.StatusNotFound {
		t.Errorf("before it is sent: status %d", r.Status)
	}
	if err := h.sends(t, h.tom, "I heard you."); err != nil {
		t.Fatal(err)
	}
	if r := h.hers.Get(sound); r.Status != http.StatusOK || r.Body != string(reply) {
		t.Errorf("once it is sent: status %d", r.Status)
	}
	if r := h.SignIn(t, h.marek).Get(sound); r.Status != http.StatusNotFound {
		t.Errorf("Marek: status %d", r.Status)
	}
	if next := soundOn(t, h.ears, page); next != "" {
		t.Error("the next reply has the sound of this one")
	}
	if r := h.ears.Post(page+"/delete", nil); r.Status != http.StatusSeeOther {
		t.Errorf("status %d", r.Status)
	}
	if r := h.hers.Get(sound); r.Status != http.StatusOK {
		t.Error("what was sent can be deleted")
	}
	if n := h.heard(t); n != 0 {
		t.Errorf("%d hearings of what Tom said himself", n)
	}
}

func TestAReplyMayBeSpokenAndNothingElse(t *testing.T) {
	h := newHearing(t)
	if err := h.sends(t, h.tom, ""); err == nil {
		t.Fatal("nothing at all was sent")
	}
	mustSay(t, h.ears, "/facilitate/shares/"+h.his+"/voice", wav("a-drum"))
	if err := h.sends(t, h.tom, ""); err != nil {
		t.Error(err)
	}
}

func TestWhatWasTypedStaysBesideWhatIsSaid(t *testing.T) {
	h := newHearing(t)
	page := "/facilitate/shares/" + h.his + "/voice"
	if r := h.ears.Post(page, map[string][]string{"reply": {"I read it twice."}}); r.Status != http.StatusSeeOther || r.Location != page {
		t.Fatalf("to speak: status %d to %s", r.Status, r.Location)
	}
	mustSee(t, say(t, h.ears, page, []byte("no sound")), http.StatusUnprocessableEntity, "cannot play this file")
	mustSay(t, h.ears, page, wav("a-drum"))
	_, draft, err := h.House.Reflections.Thread(context.Background(), h.as(t, h.tom), h.shareOf(t))
	if err != nil || draft == nil || draft.Text != "I read it twice." {
		t.Errorf("%+v, %v", draft, err)
	}
}

func (h *hearing) shareOf(t *testing.T) reflections.Share {
	t.Helper()
	share, err := h.House.Reflections.Find(context.Background(), h.as(t, h.tom), h.his)
	if err != nil {
		t.Fatal(err)
	}
	return share
}

func TestAReaderWhoHearsWhatALearnerAnsweredIsOnRecord(t *testing.T) {
	h := newHearing(t)
	mustSay(t, h.hers, h.thread(h.tom)+"/voice", wav("a-flute"))
	if err := h.sendsBack(t); err != nil {
		t.Fatal(err)
	}
	var reply string
	if err := h.App.DB().NewQuery("SELECT id FROM replies WHERE state = 'sent'").Row(&reply); err != nil {
		t.Fatal(err)
	}
	if r := h.ears.Get(h.soundAt(t, "reply", reply)); r.Status != http.StatusOK || r.Body != string(wav("a-flute")) || h.heard(t) != 1 {
		t.Errorf("status %d, %d hearings", r.Status, h.heard(t))
	}
}

func (h *hearing) sendsBack(t *testing.T) error {
	t.Helper()
	return h.House.Reflections.Send(context.Background(), &web.Viewer{ID: h.dina.ID}, h.shareOf(t), "", false)
}

func TestInASessionFromStaffWhatWasSaidBeforeIsClosedAndStays(t *testing.T) {
	h := newHearing(t)
	own, voice := h.soundAt(t, "reflection", h.id), "/reflections/"+h.id+"/voice"
	h.close(t)
	for name, address := range map[string]string{"her own": own, "the copy": h.copy} {
		if r := h.hers.Get(address); r.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
	page := h.hers.Get(voice)
	mustSee(t, page, http.StatusOK, "/me/open")
	if page.Page(t).Find("form.recorder").Length() != 0 {
		t.Error("the page offers to take its place")
	}
	mustSee(t, say(t, h.hers, voice, wav("a-drum")), http.StatusConflict, "closed for now")
	mustSee(t, h.hers.Post(voice+"/delete", nil), http.StatusConflict, "closed for now")
	if r := h.hers.Get(h.thread(h.tom) + "/voice"); r.Status != http.StatusServiceUnavailable {
		t.Errorf("a reply in a thread that is closed to her: status %d", r.Status)
	}
	if r := h.ears.Get(h.copy); r.Body != string(h.said) {
		t.Errorf("Tom: status %d", r.Status)
	}
}
