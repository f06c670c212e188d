package reflections_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/reflections"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/types"
)

func moment(t *testing.T, at time.Time) types.DateTime {
	t.Helper()
	now, err := types.ParseDateTime(at)
	if err != nil {
		t.Fatal(err)
	}
	return now
}

// deletes is somebody who looks at what goes, and deletes it.
func (r *room) deletes(t *testing.T, b *hooktest.Browser, at string) (looked, said string) {
	t.Helper()
	looked = mainOf(t, b.Get(at+"/delete"))
	if res := b.Post(at+"/delete", nil); res.Status != 303 || res.Location != "/reflections" {
		t.Fatalf("status %d to %q", res.Status, res.Location)
	}
	return looked, mainOf(t, b.Get("/reflections"))
}

func (s *sharing) deleted(t *testing.T) bool { return s.count(t, "reflections") == 0 }

func TestWhatOnlyTheyCouldReadIsDeletedAtOnceAndTheStepTakesNewWords(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	b := r.SignIn(t, p)
	r.writes(t, b, heron, "sad")
	looked, said := r.deletes(t, b, r.at(p))
	wantAll(t, "the question", looked, "What you wrote and ticked here goes at once", "Copies of all data")
	wantNone(t, "the question", looked, "shared", "on hold")
	wantAll(t, "the list", said, "It is deleted", "You have not written anything yet")
	if len(r.rows(t, p)) != 0 || b.Get(r.at(p)).Status != 404 {
		t.Error("it is still there")
	}
	step := b.Get("/courses/small/first/back")
	wantNone(t, "the step", step.Body, heron, "checked", r.at(p))
	r.writes(t, b, "new words")
	if got := r.read(t, p); got.Words.Typed[0] != "new words" || got.State != reflections.Kept {
		t.Errorf("it reads %+v", got)
	}
}

func TestDeletedWordsStandInNoFileOfTheHouse(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	b := r.SignIn(t, p)
	r.writes(t, b, heron)
	sealed := []byte(r.rows(t, p)[0].Sealed)
	r.deletes(t, b, r.at(p))
	err := filepath.WalkDir(r.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, sealed) {
			t.Errorf("%s holds what they were sealed to", filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasSharedIsHiddenFromItsReadersAtOnceAndGoesWithEverything(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom, s.marek))
	s.answers(t, s.tom, "Thank you", true)
	looked, said := s.deletes(t, s.hers, "/reflections/"+s.id)
	wantAll(t, "the question", looked, "Nobody you shared it with can read it any more", "What they wrote back goes too")
	wantNone(t, "the question", looked, "on hold")
	wantAll(t, "the list", said, "It is deleted")
	if !s.deleted(t) || s.count(t, "shares") != 0 || s.count(t, "replies") != 0 {
		t.Error("something of it is left")
	}
	if got, _, err := s.reads(t, s.tom); err == nil {
		t.Errorf("Tom reads %q", got)
	}
	if s.hers.Get(s.thread(s.tom)).Status != 404 {
		t.Error("the thread is still there")
	}
}

func TestWhileSomebodyIsOnHoldWhatWasSharedIsHiddenAndGoesOnceThatEnds(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.answers(t, s.tom, "Thank you", false)
	s.hold(t, s.dina)
	looked, said := s.deletes(t, s.hers, "/reflections/"+s.id)
	wantAll(t, "the question", looked, "kept locked away for now", "A legal claim", "It goes when that ends")
	wantNone(t, "the question", looked, "What they wrote back goes too")
	wantAll(t, "the list", said, "It is hidden from everybody", "You have not written anything yet")
	if s.hers.Get("/reflections/"+s.id).Status != 404 || s.hers.Get(s.thread(s.tom)).Status != 404 {
		t.Error("the learner still sees it")
	}
	if got, opened, _ := s.reads(t, s.tom); got != "" || opened == nil || opened.Withdrawn == "" {
		t.Errorf("Tom reads %q", got)
	}
	if n := s.count(t, "shares WHERE sealed != ''"); n != 1 || s.count(t, "replies") != 1 || s.count(t, "reflections WHERE sealed != ''") != 0 {
		t.Errorf("%d shares are kept", n)
	}
	letGo := func() {
		for _, job := range s.App.Cron().Jobs() {
			if job.Id() == "deleted-reflections" {
				job.Run()
			}
		}
	}
	if letGo(); s.deleted(t) {
		t.Fatal("it went while they were on hold")
	}
	s.execute(t, "UPDATE holds SET ended = {:now} WHERE person = {:id}", dbx.Params{"now": s.Clock.Now().UTC().Format(types.DefaultDateLayout), "id": s.dina.ID})
	if letGo(); !s.deleted(t) || s.count(t, "shares") != 0 || s.count(t, "replies") != 0 {
		t.Error("something of it is left")
	}
}

func TestWhileSomebodyIsOnHoldWhatOnlyTheyCouldReadIsDeletedAtOnce(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	b := r.SignIn(t, p)
	r.writes(t, b, heron)
	r.hold(t, p)
	if _, said := r.deletes(t, b, r.at(p)); !strings.Contains(said, "It is deleted") || len(r.rows(t, p)) != 0 {
		t.Errorf("it says %s", said)
	}
}

func TestAHeldReflectionGivesItsPlaceToNewWords(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.hold(t, s.dina)
	s.deletes(t, s.hers, "/reflections/"+s.id)
	wantNone(t, "the step", s.hers.Get("/courses/small/first/back").Body, heron, bridge, "Shared.")
	s.writes(t, s.hers, "new words", "calm")
	got := s.read(t, s.dina)
	if got.Words.Typed[0] != "new words" || got.State != reflections.Kept {
		t.Errorf("it reads %+v", got)
	}
	if words, _, _ := s.reads(t, s.tom); words != "" {
		t.Errorf("Tom reads %q", words)
	}
}

func TestDeletingIsOnRecordAndTellsNothingOfTheWords(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	b := r.SignIn(t, p)
	r.writes(t, b, heron)
	r.deletes(t, b, r.at(p))
	var row struct {
		Actor   string `db:"actor"`
		Subject string `db:"subject"`
		Item    string `db:"item"`
		Detail  string `db:"detail"`
	}
	err := r.App.DB().NewQuery("SELECT actor, subject, item, detail FROM audit WHERE kind = 'reflection-deleted'").One(&row)
	if err != nil || row.Actor != p.ID || row.Subject != p.ID || "/reflections/"+row.Item != r.at(p) || row.Detail != "" {
		t.Errorf("on record is %+v: %v", row, err)
	}
	wantAll(t, "my data", mainOf(t, b.Get("/me/data")), "deleted")
}

func TestWhatCannotBeRecordedIsNotDeleted(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	b := r.SignIn(t, p)
	r.writes(t, b, heron)
	if _, err := r.App.NonconcurrentDB().NewQuery("CREATE TRIGGER no_record BEFORE INSERT ON audit WHEN NEW.kind = 'reflection-deleted' BEGIN SELECT RAISE(ABORT, 'full'); END").Execute(); err != nil {
		t.Fatal(err)
	}
	if res := b.Post(r.at(p)+"/delete", nil); res.Status != 500 || r.read(t, p).Words.Typed[0] != heron {
		t.Errorf("status %d", res.Status)
	}
}

func TestASecondPressOfDeleteFindsNothing(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	b := r.SignIn(t, p)
	r.writes(t, b, heron)
	r.deletes(t, b, r.at(p))
	if res := b.Post(r.at(p)+"/delete", nil); res.Status != 404 {
		t.Errorf("status %d", res.Status)
	}
}

// A tab that was open before still shows the words: what was deleted does not come
// back because somebody presses Continue there without a thought.
func TestATabThatWasOpenBeforeBringsBackNothingByItself(t *testing.T) {
	r := open(t)
	p := learner(t, r)
	b := r.SignIn(t, p)
	r.writes(t, b, heron, "sad")
	const step = "/courses/small/first/back"
	seen := b.Get(step).Page(t).Find(`input[name="seen.heard"]`).AttrOr("value", "")
	r.deletes(t, b, r.at(p))
	form := map[string][]string{"has": {"heard", "feel.heard"}, "seen.heard": {seen}, "a.heard": {heron}, "feel.heard": {"sad"}, "do": {"continue"}}
	res := b.Post(step, form)
	if res.Status != 422 || len(r.rows(t, p)) != 0 {
		t.Fatalf("status %d, %d rows", res.Status, len(r.rows(t, p)))
	}
	wantAll(t, "the step", mainOf(t, res), "You deleted what you wrote", heron)
	form["auto"] = []string{"1"}
	if res := b.Post(step, form); res.Status != 409 || len(r.rows(t, p)) != 0 {
		t.Errorf("by itself: status %d, %d rows", res.Status, len(r.rows(t, p)))
	}
	delete(form, "auto")
	form["seen.heard"] = []string{res.Page(t).Find(`input[name="seen.heard"]`).AttrOr("value", "none")}
	if res := b.Post(step, form); res.Status != 303 || r.read(t, p).Words.Typed[0] != heron {
		t.Errorf("pressed once more: status %d", res.Status)
	}
}
