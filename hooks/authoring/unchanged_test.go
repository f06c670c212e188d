package authoring_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"alongside/courses"

	"github.com/pocketbase/dbx"
)

// everyText is every Markdown file of the shipped courses and, where CORPORA names a
// folder, of all courses in it.
func everyText(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{
		"endings":  "a\r\nb\nc\rd\n\r\ne",
		"nothing":  "",
		"newlines": "\n\n\r\n\nafter",
		"mark":     "\ufeff---\ntitle: A\n---\n",
		"textarea": "</textarea><script>x</script>&amp;&lt;",
	}
	for _, folder := range courses.Library() {
		for _, file := range folder.Files {
			if strings.HasSuffix(file.Path, ".md") {
				texts[folder.Name+"/"+file.Path] = string(file.Data)
			}
		}
	}
	dir := os.Getenv("CORPORA")
	if dir == "" {
		return texts
	}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".md") {
			return err
		}
		text, err := os.ReadFile(name)
		texts[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// Through the page and back as a browser does it: a textarea has only line feeds, and
// a form sends them with carriage returns.
func TestEveryTextComesOutOfTheEditorAsItWasByteForByte(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	asSent := strings.NewReplacer("\r\n", "\r\n", "\r", "\r\n", "\n", "\r\n")
	all := everyText(t)
	for name, text := range all {
		if len(text) > courses.MaxFileBytes || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			t.Errorf("%s cannot be a text of a course", name)
			continue
		}
		sum := sha256.Sum256([]byte(text))
		_, err := w.App.DB().Update("draft_states", dbx.Params{"text": text, "sha256": hex.EncodeToString(sum[:])}, nil).Execute()
		if err != nil {
			t.Fatal(err)
		}
		shown, after := mustText(t, b)
		for do, want := range map[string]int{"save": http.StatusSeeOther, "": http.StatusNoContent} {
			sent := form("text", asSent.Replace(shown), "after", after, "page", "p1", "do", do)
			if do == "" {
				sent.Set("auto", "1")
			}
			if r := b.Post(address, sent); r.Status != want {
				t.Errorf("%s: status %d", name, r.Status)
			}
		}
		if n := w.states(t); n != "1" {
			t.Fatalf("%s: %s states of it", name, n)
		}
		if got := w.mustOne(t, "SELECT text FROM draft_states", nil); got != text {
			t.Errorf("%s came back another", name)
		}
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM revisions", nil); n != "2" {
		t.Errorf("%s revisions", n)
	}
	t.Logf("%d texts", len(all))
}
