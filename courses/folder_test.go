package courses

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
)

// files makes a file system of paths and texts.
func files(pathsAndTexts ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i+1 < len(pathsAndTexts); i += 2 {
		m[pathsAndTexts[i]] = &fstest.MapFile{Data: []byte(pathsAndTexts[i+1])}
	}
	return m
}

func mustOpen(t *testing.T, fsys fs.FS) Folder {
	t.Helper()
	f, err := OpenFS(fsys)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return f
}

func wantRefusal(t *testing.T, err error, code, path string) {
	t.Helper()
	r, ok := errors.AsType[*Refusal](err)
	if !ok {
		t.Fatalf("got %v, want the refusal %s", err, code)
	}
	if r.Code != code || r.Values["path"] != path {
		t.Errorf("got %v, want %s of %q", r, code, path)
	}
}

func TestAFolderIsReadByteForByte(t *testing.T) {
	texts := []string{"course.md", "no newline at the end", "media/été.png", "\x89PNG\x00\xff", "درس یک.md", "سلام\r\n"}
	f := mustOpen(t, files(texts...))
	if len(f.Files) != 3 || len(f.Notices) != 0 {
		t.Fatalf("%d files, notices %v", len(f.Files), f.Notices)
	}
	for _, file := range f.Files {
		for i := 0; i < len(texts); i += 2 {
			if texts[i] == file.Path && texts[i+1] != string(file.Data) {
				t.Errorf("%s is %q, was %q", file.Path, file.Data, texts[i+1])
			}
		}
	}
}

func TestHiddenFilesAreLeftOutAndNamedOnce(t *testing.T) {
	f := mustOpen(t, files("01-a.md", "# A", ".git/config", "x", ".git/HEAD", "y", "media/.DS_Store", "z"))
	if len(f.Files) != 1 || len(f.Notices) != 2 {
		t.Fatalf("files %d, notices %v", len(f.Files), f.Notices)
	}
	if n := f.Notices[0]; n.Code != HiddenLeftOut || n.Values["path"] != ".git" || n.Level != Notice {
		t.Errorf("the notice is %+v", n)
	}
}

func TestAFolderThatIsNotSafeIsRefusedWithItsReason(t *testing.T) {
	long := strings.Repeat("n", MaxNameBytes+1) + ".md"
	deep := strings.Repeat("d/", MaxDepth+1) + "a.md"
	for _, c := range []struct {
		code, path string
		fsys       fs.FS
	}{
		{RefusedEmpty, "", files()},
		{RefusedEmpty, "", files(".git/HEAD", "x")},
		{RefusedText, "big.md", files("big.md", strings.Repeat(">", MaxFileBytes+1))},
		{RefusedText, "BIG.MD", files("BIG.MD", strings.Repeat("a", MaxFileBytes+1))},
		{RefusedTextUTF8, "a.md", files("a.md", "fine\nnot \xff")},
		{RefusedTextNUL, "a.md", files("a.md", "one\ntwo\x00")},
		{RefusedNameSlash, `a\b.md`, files(`a\b.md`, "x")},
		{RefusedNameControl, "a\nb.md", files("a\nb.md", "x")},
		{RefusedNameControl, "a\u202egnp.md", files("a\u202egnp.md", "x")},
		{RefusedNameDrive, "c:x.md", files("c:x.md", "x")},
		{RefusedNameLong, clip(long, 200), files(long, "x")},
		{RefusedDepth, deep, files(deep, "x")},
		{RefusedNameTwice, "a.md", files("A.md", "x", "a.md", "x")},
		{RefusedNameTwice, "é.md", files("e\u0301.md", "x", "\u00e9.md", "x")},
		{RefusedNameTwice, "media", files("Media/a.png", "x", "media/b.png", "x")},
		{RefusedLink, "a.md", fstest.MapFS{"a.md": {Data: []byte("b.md"), Mode: fs.ModeSymlink | 0o777}, "b.md": {}}},
		{RefusedDevice, "tty", fstest.MapFS{"tty": {Mode: fs.ModeDevice}, "b.md": {}}},
	} {
		_, err := OpenFS(c.fsys)
		wantRefusal(t, err, c.code, c.path)
	}
}

func TestTheCapsHoldWhileReading(t *testing.T) {
	open := func(c caps, fsys fs.FS) error {
		g := newGatherer(c)
		return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if name == "." {
				return nil
			}
			return g.visit(fsys, name, d)
		})
	}
	two := files("a.png", "0123456789", "b.png", "0123456789")
	wantRefusal(t, open(caps{files: 1}, two), RefusedFiles, "")
	wantRefusal(t, open(caps{media: 9}, two), RefusedSize, "a.png")
	wantRefusal(t, open(caps{total: 19}, two), RefusedTotal, "")
	if err := open(caps{files: 2, media: 10, total: 20}, two); err != nil {
		t.Errorf("what just fits is refused: %v", err)
	}
}

func TestALinkOutOfAFolderOnDiskIsRefused(t *testing.T) {
	for _, to := range []string{"/etc/passwd", "../secret.md", "b.md", "nowhere"} {
		dir := filepath.Join(t.TempDir(), "course")
		mustWrite(t, filepath.Join(dir, "b.md"), "# B")
		if err := os.Symlink(to, filepath.Join(dir, "a.md")); err != nil {
			t.Fatal(err)
		}
		_, err := OpenDir(dir)
		wantRefusal(t, err, RefusedLink, "a.md")
	}
}

func TestAPipeInAFolderIsRefusedAndNotWaitedFor(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "a.md"), 0o600); err != nil {
		t.Skip("no pipes here: ", err)
	}
	_, err := OpenDir(dir)
	wantRefusal(t, err, RefusedDevice, "a.md")
}

func TestAFolderOnDiskHasItsName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Walking Alongside")
	mustWrite(t, filepath.Join(dir, "03-listening.md"), "# Listening")
	f, err := OpenDir(dir + "/")
	if err != nil || f.Name != "Walking Alongside" {
		t.Errorf("name %q, error %v", f.Name, err)
	}
}

func TestAFolderThatIsNotThereIsAnErrorAndNoRefusal(t *testing.T) {
	_, err := OpenDir(filepath.Join(t.TempDir(), "nothing"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func mustWrite(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
