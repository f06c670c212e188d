package reflections_test

import (
	"os"
	"path/filepath"
	"testing"

	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
)

// What was kept for a hold goes, and the log of before stays.
func TestWhatGoesAfterAHoldIsNotInTheLogEither(t *testing.T) {
	s := newSharing(t)
	s.share(t, only(s.tom))
	s.execute(t, `INSERT INTO holds (id, person, programme, why, by, starts, until, ended, created) VALUES ('aaaaaaaaaaaaaaa', {:dina}, {:programme}, 'safeguarding', {:tom}, {:now}, {:now}, '', {:now})`,
		dbx.Params{"dina": s.dina.ID, "programme": s.programme, "tom": s.tom.ID, "now": people.Before(s.Clock.Now())})
	s.hers.Post(s.thread(s.tom)+"/withdraw", nil)
	s.execute(t, "UPDATE holds SET ended = {:now}", dbx.Params{"now": people.Before(s.Clock.Now())})
	for _, job := range s.App.Cron().Jobs() {
		if job.Id() == "deleted-reflections" {
			job.Run()
		}
	}
	if n := s.count(t, "shares WHERE sealed != ''"); n != 0 {
		t.Fatal("it stays")
	}
	info, err := os.Stat(filepath.Join(s.Dir, "data.db-wal"))
	if err == nil && info.Size() > 0 {
		t.Errorf("the write-ahead log has %d bytes", info.Size())
	}
}
