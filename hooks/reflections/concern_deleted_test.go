package reflections_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOfADeletedDraftOfAConcernNothingIsLeftInAnyFile(t *testing.T) {
	c := newCircle(t)
	tom := c.SignIn(t, c.tom)
	at := c.drafted(t, tom, c.saying(t, tom, c.maple))
	sealed := c.one(t, "SELECT sealed FROM concerns", nil)
	if r := tom.Post(at+"/delete", nil); r.Status != 303 || sealed == "" {
		t.Fatalf("status %d", r.Status)
	}
	files, err := filepath.Glob(filepath.Join(c.Dir, "*.db*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		if raw, err := os.ReadFile(file); err != nil || strings.Contains(string(raw), sealed) {
			t.Errorf("%s still holds it (%v)", filepath.Base(file), err)
		}
	}
}
