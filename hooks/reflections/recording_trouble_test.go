package reflections_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"
	"alongside/hooks/reflections"

	"github.com/pocketbase/dbx"
)

func TestWithoutTheKeyNothingIsSaidAndNothingIsLost(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	sound := soundOn(t, b.hers, b.address())
	away := b.Dir + ".away"
	if err := os.Rename(b.Dir+".keys", away); err != nil {
		t.Fatal(err)
	}
	later := b.AfterPowerCut(t)
	hers := later.SignIn(t, b.dina)
	mustSee(t, hers.Get(sound), http.StatusServiceUnavailable, "cannot be opened just now")
	mustSee(t, hers.Get(b.address()), http.StatusOK, "cannot be opened just now")
	mustSee(t, say(t, hers, b.address(), sample(t, "said.ogg")), http.StatusServiceUnavailable, "cannot be kept safe just now")
	mustKeep(t, later, 1)
	key, err := os.ReadFile(away)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(later.Dir+".keys", key, 0o600); err != nil {
		t.Fatal(err)
	}
	mustHear(t, hers, b.address(), sample(t, "said.webm"))
}

func TestAfterAPowerCutWhatWasKeptIsThere(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	later := b.AfterPowerCut(t)
	mustHear(t, later.SignIn(t, b.dina), b.address(), sample(t, "said.webm"))
}

func TestWhereTheDatabaseFailsTheFileGoesAndTheFormerTakeStays(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	b.execute(t, "UPDATE reflections SET how = how", nil)
	if _, err := b.App.NonconcurrentDB().NewQuery("CREATE TRIGGER full BEFORE INSERT ON recordings BEGIN SELECT RAISE(ABORT, 'no room'); END").Execute(); err != nil {
		t.Fatal(err)
	}
	mustSee(t, say(t, b.hers, b.address(), sample(t, "said.ogg")), http.StatusInsufficientStorage, "no room to keep it")
	mustKeep(t, b.Site, 1)
	mustHear(t, b.hers, b.address(), sample(t, "said.webm"))
}

func TestARecordingThatWasHungElsewhereByHandDoesNotOpen(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	sound := soundOn(t, b.hers, b.address())
	thief := learner(t, b.room)
	b.keep(t, b.by(thief, bridge))
	theirs := reflections.RowID(thief.ID, b.module, "heard")
	files := shelved(t, b.Site)
	for name, change := range map[string]string{
		"its owner": "owner = {:thief}, maker = {:thief}", "its owner and place": "owner = {:thief}, maker = {:thief}, reflection = {:theirs}",
	} {
		b.execute(t, "UPDATE recordings SET "+change, dbx.Params{"thief": thief.ID, "theirs": theirs})
		if r := b.SignIn(t, thief).Get(sound); r.Status == http.StatusOK {
			t.Errorf("with %s changed it opens", name)
		}
	}
	b.execute(t, "UPDATE recordings SET owner = {:dina}, maker = {:dina}, reflection = 'zzzzzzzzzzzzzzz'", dbx.Params{"dina": b.dina.ID})
	if r := b.hers.Get(sound); r.Status == http.StatusOK {
		t.Error("at another reflection of hers it opens")
	}
	b.execute(t, "UPDATE recordings SET reflection = {:id}, file = '../../data.db'", dbx.Params{"id": b.id})
	if r := b.hers.Get(sound); r.Status != http.StatusServiceUnavailable {
		t.Errorf("with another file: status %d", r.Status)
	}
	if r := b.hers.Post(b.address()+"/delete", nil); r.Status != http.StatusSeeOther {
		t.Errorf("delete: status %d", r.Status)
	}
	for _, still := range append(files, filepath.Join(b.Dir, "data.db")) {
		if _, err := os.Stat(still); err != nil {
			t.Error(err)
		}
	}
}

func TestWhatACrashLeftOnTheShelfIsSweptUp(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	folder, long := filepath.Dir(shelved(t, b.Site)[0]), time.Now().Add(-2*time.Hour)
	stray, half, fresh, foreign := filepath.Join(folder, "abcdefghijklmnopqrstuvwxyz"), filepath.Join(folder, ".new-123"), filepath.Join(folder, ".new-456"), filepath.Join(folder, "README")
	for _, path := range []string{stray, half, fresh, foreign} {
		if err := os.WriteFile(path, []byte("left"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range append(shelved(t, b.Site), stray, half, foreign) {
		if path == fresh {
			continue
		}
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
	}
	b.sweep(t)
	for path, want := range map[string]bool{stray: false, half: false, fresh: true, foreign: true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s: there is %v, want %v", filepath.Base(path), err == nil, want)
		}
	}
	mustHear(t, b.hers, b.address(), sample(t, "said.webm"))
}

func TestARecordingGoesWithTheReflectionThatItHungOn(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	b.execute(t, "DELETE FROM reflections WHERE id = {:id}", dbx.Params{"id": b.id})
	b.sweep(t)
	mustKeep(t, b.Site, 0)
}

// sweep runs what runs every night.
func (b *booth) sweep(t *testing.T) {
	t.Helper()
	for _, job := range b.App.Cron().Jobs() {
		if job.Id() == "recordings" {
			job.Run()
			return
		}
	}
	t.Fatal("nothing sweeps the recordings")
}

func TestWhoeverSendsWhileManyDoWaitsForTheirTurn(t *testing.T) {
	b := newBooth(t)
	other := b.another(t)
	body, kind := form(t, sample(t, "said.webm"))
	done := make(chan hooktest.Response)
	slow, line := io.Pipe()
	go func() { done <- send(b.hers, b.address(), kind, slow) }()
	if _, err := line.Write(body[:10]); err != nil {
		t.Fatal(err)
	}
	const others = 11
	for range others {
		go func() { done <- send(other.hers, other.address(), kind, bytes.NewReader(body)) }()
	}
	for range others { // one slow line holds up nobody
		if r := <-done; r.Status != http.StatusSeeOther {
			t.Errorf("status %d", r.Status)
		}
	}
	go func() {
		_, _ = line.Write(body[10:])
		line.Close()
	}()
	if r := <-done; r.Status != http.StatusSeeOther {
		t.Errorf("the slow one: status %d", r.Status)
	}
	mustKeep(t, b.Site, 2) // hers, and the last of the other
}

func TestWhoIsErasedIsHeardNoMore(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	programme, _ := b.MustProgramme(t)
	manager := b.MustPerson(t)
	b.MustJoin(t, people.Membership{User: manager.ID, Role: "manager", Programme: programme})
	if r := b.hers.Post("/me/data/erase", nil); r.Status != http.StatusSeeOther {
		t.Fatalf("ask: status %d\n%s", r.Status, r.Body)
	}
	r := b.SignIn(t, manager).Post("/manage/erasures/"+b.dina.ID, map[string][]string{"username": {b.dina.Username}})
	if r.Status != http.StatusSeeOther {
		t.Fatalf("erase: status %d\n%s", r.Status, r.Body)
	}
	mustKeep(t, b.Site, 0)
}
