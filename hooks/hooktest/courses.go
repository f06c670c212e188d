package hooktest

import (
	"context"
	"testing"
	"testing/fstest"

	"alongside/courses"
	"alongside/hooks/content"
)

// Publish brings a course in and makes it live. files are its files by path.
func (s *Site) Publish(t testing.TB, name string, files map[string]string) content.Stored {
	t.Helper()
	return s.store(t, name, files, content.How{Origin: content.Imported, Publish: true})
}

// Draft brings a course in as drafts.
func (s *Site) Draft(t testing.TB, name string, files map[string]string) content.Stored {
	t.Helper()
	return s.store(t, name, files, content.How{Origin: content.Imported})
}

func (s *Site) store(t testing.TB, name string, files map[string]string, how content.How) content.Stored {
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
	done, err := s.House.Content.Store(context.Background(), folder.Read(nil), how)
	if err != nil {
		t.Fatal(err)
	}
	return done
}
