package facilitation_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// isNowhere wants what a text was sealed to in no file of the database, its
// write-ahead log among them.
func isNowhere(t *testing.T, folder, sealed string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.db*"))
	if err != nil || len(files) == 0 || sealed == "" {
		t.Fatalf("%d files to look for %q in: %v", len(files), sealed, err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), sealed) {
			t.Errorf("%s still holds it", filepath.Base(file))
		}
	}
}

func TestOfADeletedNoteOnOnesPracticeNothingIsLeftInAnyFile(t *testing.T) {
	g := newGroup(t)
	address := noted(t, g, g.his, url.Values{"what": {"I talked too much."}})
	sealed := g.one(t, "SELECT sealed FROM practice_notes", nil)
	g.his.Post(address+"/delete", nil)
	isNowhere(t, g.Dir, sealed)
}

func TestOfADeletedSupervisionNothingIsLeftInAnyFile(t *testing.T) {
	g := newGroup(t)
	g.his.Post(practice+"/supervision/new", booked(g, 3, nil))
	sealed, id := g.one(t, "SELECT sealed FROM supervisions", nil), g.one(t, "SELECT id FROM supervisions", nil)
	g.his.Post(practice+"/supervision/"+id+"/delete", nil)
	isNowhere(t, g.Dir, sealed)
}
