package content_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"alongside/hooks/audit"
	"alongside/hooks/content"
	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

// noLimits is that nobody's story is to stay here.
func noLimits(context.Context, string, content.Reach) ([]content.HeldBack, error) { return nil, nil }

// run is a command of an operator, with what it printed.
func run(t *testing.T, s *hooktest.Site, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	for _, command := range content.Commands(s.App, func() (*audit.Log, error) { return s.House.Audit, nil }, noLimits) {
		if command.Name() == args[0] {
			command.SetArgs(args[1:])
			command.SetOut(&out)
			command.SetErr(&out)
			command.SilenceUsage, command.SilenceErrors = true, true
			err := command.ExecuteContext(t.Context())
			return out.String(), err
		}
	}
	t.Fatalf("no command %s", args[0])
	return "", nil
}

func onDisk(t *testing.T, name string, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	for path, text := range files {
		file := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestPublishingIsRefusedWhereSomethingBreaksALearner(t *testing.T) {
	s := hooktest.Start(t)
	dir := onDisk(t, "broken", map[string]string{"01-a.md": "# A\n\n:::question[Which?]{#which}\n:::\n"})
	said, err := run(t, s, "import", dir, "--publish")
	if !errors.Is(err, content.ErrProblems) || !strings.Contains(said, "01-a.md:3: ") {
		t.Errorf("%v\n%s", err, said)
	}
	if got := column(t, s, "SELECT slug FROM courses"); len(got) != 0 {
		t.Errorf("stored: %v", got)
	}
	if said, err := run(t, s, "import", dir); err != nil {
		t.Errorf("as a draft: %v\n%s", err, said)
	}
}

func TestTheReportNamesEachMissingPictureAndUnknownBlock(t *testing.T) {
	s := hooktest.Start(t)
	dir := onDisk(t, "foreign", map[string]string{"01-a.md": "# A\n\n![A boat](media/boat.png)\n\n:::spoiler\nWords.\n:::\n"})
	said, err := run(t, s, "import", dir)
	if err != nil || !strings.Contains(said, "boat.png") || !strings.Contains(said, "spoiler") {
		t.Errorf("%v\n%s", err, said)
	}
}

func TestImportAndExportSayWhatTheyDid(t *testing.T) {
	s := hooktest.Start(t)
	dir := onDisk(t, "odd", odd())
	if said, err := run(t, s, "import", dir, "--publish"); err != nil || !strings.Contains(said, "01-crlf.md") {
		t.Errorf("import: %v\n%s", err, said)
	}
	out := filepath.Join(t.TempDir(), "out")
	if said, err := run(t, s, "export", "odd", out); err != nil || !strings.Contains(said, out) {
		t.Errorf("export: %v\n%s", err, said)
	}
	sameFiles(t, tree(t, os.DirFS(out)), odd())
}

func TestATranslationThatWouldBreakALearnerWaitsAndTheRestIsLive(t *testing.T) {
	s := hooktest.Start(t)
	files := map[string]string{
		"course.md": "---\ntitle: C\nlanguage: en\n---\n", "01-a.md": "# A\n\n## One {#one}\n\nText.\n",
		"01-a.fa.md": "# A\n\n## One\n\nText.\n\n## Two\n\nMore.\n",
	}
	done, err := s.House.Content.Store(t.Context(), read(t, "c", files), content.How{Origin: content.Imported, Publish: true})
	if err != nil || !slices.Equal(done.Waiting, []string{"01-a.fa.md"}) {
		t.Fatalf("waiting %v, error %v", done.Waiting, err)
	}
	b := s.SignIn(t, s.MustPerson(t, web.Learner))
	if r := b.Get("/courses/c/a/one"); r.Status != 200 {
		t.Errorf("the original: status %d", r.Status)
	}
	sameFiles(t, exported(t, s, "c"), files)
}
