package gallery

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"alongside/templates"
)

// languages are English and the two that make mistakes visible.
var languages = []string{"en", "en-XA", "ar-XB"}

func render(t *testing.T, s scene, lang string) string {
	t.Helper()
	var b bytes.Buffer
	page := s.page(base(lang, "/", !strings.HasPrefix(s.file, "guest-")))
	if err := templates.Render(&b, lang, s.name, templates.Whole, page); err != nil {
		t.Fatalf("%s: %v", s.file, err)
	}
	return b.String()
}

var assetAddress = regexp.MustCompile(`/assets/[0-9a-f]+/([a-z.]+)`)

// TestGallery writes every scene into the folder that GALLERY names.
func TestGallery(t *testing.T) {
	folder := os.Getenv("GALLERY")
	if folder == "" {
		t.Skip("GALLERY names no folder")
	}
	for _, s := range scenes() {
		for _, lang := range languages {
			html := assetAddress.ReplaceAllString(render(t, s, lang), "$1")
			write(t, filepath.Join(folder, s.file+"."+lang+".html"), html)
		}
	}
	for _, name := range []string{"app.css", "app.js", "mark.svg"} {
		answer := httptest.NewRecorder()
		templates.Assets().ServeHTTP(answer, httptest.NewRequest("GET", templates.Asset(name), nil))
		write(t, filepath.Join(folder, name), answer.Body.String())
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
