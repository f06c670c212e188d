package courses

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A Folder is the files of a course, read whole and found safe to keep: no name
// of it can leave the folder it is written to, and no two meet on a computer
// that does not tell upper from lower case. Hidden files are left out.
type Folder struct {
	Name    string    // the folder's own name, which gives the course its address; may be ""
	Files   []File    // by path; only Path and Data are filled, Read fills the rest
	Notices []Problem // what was left out
}

// HiddenLeftOut is the notice for a hidden file or folder that was not read.
const HiddenLeftOut = "hidden-left-out" // path

// OpenDir reads a folder of the disk. The error is a *Refusal where the folder
// is not one to keep, and the operating system's where it cannot be read.
func OpenDir(dir string) (Folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Folder{}, fmt.Errorf("open course folder %s: %w", dir, err)
	}
	defer root.Close()
	f, err := OpenFS(root.FS())
	if abs, e := filepath.Abs(dir); e == nil {
		f.Name = filepath.Base(abs)
	}
	return f, err
}

// OpenFS reads a folder of any file system. It gives the Folder no Name; the
// caller may.
func OpenFS(fsys fs.FS) (Folder, error) {
	g := newGatherer(caps{})
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("read course folder at %q: %w", name, err)
		}
		if name == "." {
			return nil
		}
		return g.visit(fsys, name, d)
	})
	if err != nil {
		return Folder{}, err
	}
	return g.folder()
}

// NewFolder makes a Folder of files that were found safe before, such as those
// that a site has stored; leftOut may be nil.
func NewFolder(name string, files []File, leftOut map[string]bool) Folder {
	f := Folder{Name: name, Files: slices.Clone(files)}
	slices.SortFunc(f.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	for path := range leftOut {
		f.Notices = append(f.Notices, problem(path, 0, Notice, HiddenLeftOut, "path", path))
	}
	slices.SortFunc(f.Notices, func(a, b Problem) int { return strings.Compare(a.File, b.File) })
	return f
}

func isMarkdown(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return true
	}
	return false
}
