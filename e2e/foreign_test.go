package e2e

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/e2e/markup"
	"alongside/e2e/product"
)

// Real courses that were written for other platforms: each imports, every page
// of it opens and is valid, and it leaves byte for byte as it came.
func TestRealCoursesOfOthersImportAndOpen(t *testing.T) {
	t.Parallel()
	corpora := os.Getenv("CORPORA")
	if corpora == "" {
		t.Skip("CORPORA names no folder of real courses, so none was imported")
	}
	folders, err := os.ReadDir(corpora)
	must(t, err)
	for _, folder := range folders {
		if folder.IsDir() {
			t.Run(folder.Name(), func(t *testing.T) {
				t.Parallel()
				p := startDemo(t)
				publish(t, p, filepath.Join(corpora, folder.Name()))
				openEveryPage(t, p, "/courses/"+folder.Name())
				leavesAsItCame(t, p, folder.Name(), filepath.Join(corpora, folder.Name()))
			})
		}
	}
}

// openEveryPage walks through a course as a learner who joins it.
func openEveryPage(t *testing.T, p *product.Product, course string) {
	t.Helper()
	client, err := p.SignIn(person(t, p, "learner", 1))
	must(t, err)
	must(t, client.Post(course, url.Values{}))
	queue, seen := []string{course}, map[string]bool{}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if seen[path] || !strings.HasPrefix(path, course) {
			continue
		}
		seen[path] = true
		page, err := client.Get(path)
		must(t, err)
		for _, problem := range markup.Page(page) {
			t.Errorf("%s: %s", path, problem)
		}
		queue = append(queue, product.Links(page)...)
	}
	t.Logf("%d pages opened", len(seen))
	if len(seen) < 10 {
		t.Errorf("only %d pages were found", len(seen))
	}
}

func leavesAsItCame(t *testing.T, p *product.Product, course, folder string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), course)
	said, code, err := p.Run("export", course, out)
	must(t, err)
	if code != 0 {
		t.Fatalf("export ended with %d:\n%s", code, said)
	}
	before, after := contents(t, folder), contents(t, out)
	for name, text := range before {
		if !bytes.Equal(after[name], text) {
			t.Errorf("%s did not come back as it was", name)
		}
	}
	for name := range after {
		if _, there := before[name]; !there {
			t.Errorf("%s was not there before", name)
		}
	}
}

// contents reads all files below a folder.
func contents(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	must(t, filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		files[name], err = os.ReadFile(path)
		return err
	}))
	return files
}
