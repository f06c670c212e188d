package reflections

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// A shelf is the folder of the sealed sounds. A file has a name that says nothing,
// and never changes: it is there whole, on disk, before a row names it.
type shelf struct{ folder string }

// newShelf is the one of a data folder. Its folder is made with the first file.
func newShelf(data string) shelf { return shelf{filepath.Join(data, "recordings")} }

// fileName is what all files are called. A row that was changed by hand leads to
// no other file.
var fileName = regexp.MustCompile(`^[a-z2-7]{26}$`)

// unfinished begins the name of a file that is being written.
const unfinished = ".new-"

func (s shelf) path(name string) string { return filepath.Join(s.folder, name[:2], name) }

// put writes a file, and gives its name once it is on disk. Where that fails
// nothing of it is left.
func (s shelf) put(content []byte) (name string, err error) {
	name = strings.ToLower(rand.Text())
	at := s.path(name)
	folder := filepath.Dir(at)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	draft, err := os.CreateTemp(folder, unfinished+"*") // mode 0600
	if err != nil {
		return "", err
	}
	_, err = draft.Write(content)
	if err == nil {
		err = draft.Sync()
	}
	if err = errors.Join(err, draft.Close()); err == nil {
		err = os.Rename(draft.Name(), at)
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(draft.Name()))
	}
	return name, s.settle(folder)
}

// settle makes new names last through a power cut: that of the file, and those of
// the folders above it.
func (s shelf) settle(folder string) error {
	if runtime.GOOS == "windows" { // where a folder cannot be synced, and need not be
		return nil
	}
	for _, each := range []string{folder, s.folder, filepath.Dir(s.folder)} {
		f, err := os.Open(each)
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// read gives a file back; fs.ErrNotExist where it is not there.
func (s shelf) read(name string) ([]byte, error) {
	if !fileName.MatchString(name) {
		return nil, fs.ErrNotExist
	}
	return os.ReadFile(s.path(name))
}

// remove lets files go. Whatever is gone already is no error.
func (s shelf) remove(names ...string) error {
	var all error
	for _, name := range names {
		if !fileName.MatchString(name) {
			continue
		}
		if err := os.Remove(s.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}

// each gives every file that was last touched before a moment: its name, and
// whether it was never finished. What else somebody laid into the folder is left.
func (s shelf) each(before time.Time, do func(path, name string, half bool) error) error {
	err := filepath.WalkDir(s.folder, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // it went meanwhile
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		half := strings.HasPrefix(d.Name(), unfinished)
		if !half && !fileName.MatchString(d.Name()) {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.ModTime().Before(before) {
			return nil
		}
		if err != nil {
			return err
		}
		return do(path, d.Name(), half)
	})
	return err
}
