package content_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/hooktest"
)

// read makes a course of files by path.
func read(t testing.TB, name string, files map[string]string) *courses.Course {
	t.Helper()
	tree := fstest.MapFS{}
	for path, text := range files {
		tree[path] = &fstest.MapFile{Data: []byte(text)}
	}
	folder, err := courses.OpenFS(tree)
	if err != nil {
		t.Fatal(err)
	}
	folder.Name = name
	return folder.Read(nil)
}

// exported writes a course out and reads what is there, by path.
func exported(t testing.TB, s *hooktest.Site, slug string) map[string]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	done, err := s.House.Content.Export(context.Background(), slug, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	files := tree(t, os.DirFS(dir))
	if done.Files != len(files) {
		t.Errorf("export says %d files and writes %d", done.Files, len(files))
	}
	return files
}

func tree(t testing.TB, from fs.FS) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(from, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, path)
		files[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func sameFiles(t testing.TB, got, want map[string]string) {
	t.Helper()
	for path, text := range want {
		out, ok := got[path]
		if !ok {
			t.Errorf("%s is missing", path)
		} else if out != text {
			t.Errorf("%s: %d bytes, want %d", path, len(out), len(text))
		}
	}
	for path := range got {
		if _, ok := want[path]; !ok {
			t.Errorf("%s is there and was not", path)
		}
	}
}

func column(t testing.TB, s *hooktest.Site, sql string) []string {
	t.Helper()
	var values []string
	if err := s.App.DB().NewQuery(sql).Column(&values); err != nil {
		t.Fatal(err)
	}
	return values
}

// publish is what `import --publish` stores, without its questions.
func publish(t testing.TB, s *hooktest.Site, course *courses.Course) content.Stored {
	t.Helper()
	done, err := s.House.Content.Store(context.Background(), course, content.How{Origin: content.Imported, Publish: true})
	if err != nil {
		t.Fatal(err)
	}
	return done
}
