package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrInside means that the key file was asked for inside the data folder, where
// every copy and backup of the data would carry its own key.
var ErrInside = errors.New("the key file must not be inside the data folder")

// KeysVariable is the environment variable that names the key file.
const KeysVariable = "ALONGSIDE_KEYS"

// maxKeyFile bounds what is read as a key file.
const maxKeyFile = 64 << 10

// locate says where the key file is, and refuses one inside the data folder,
// links followed.
func locate(asked, dataDir string) (string, error) {
	data, err := filepath.Abs(dataDir)
	if err != nil {
		return "", err
	}
	file := data + ".keys"
	if named := os.Getenv(KeysVariable); named != "" {
		file = named
	}
	if asked != "" {
		file = asked
	}
	if file, err = filepath.Abs(file); err != nil {
		return "", err
	}
	if isInside(realPath(file), realPath(data)) {
		return "", fmt.Errorf("%s: %w", file, ErrInside)
	}
	return file, nil
}

func isInside(file, folder string) bool {
	rel, err := filepath.Rel(folder, file)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// realPath follows the links of as much of a path as there is.
func realPath(path string) string {
	if whole, err := filepath.EvalSymlinks(path); err == nil {
		return whole
	}
	folder := filepath.Dir(path)
	if folder == path {
		return path
	}
	return filepath.Join(realPath(folder), filepath.Base(path))
}

func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

func readMasters(file string) ([]master, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxKeyFile {
		return nil, fmt.Errorf("%s: %w", file, errDamaged)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	masters, err := parseMasters(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return masters, nil
}

// makeFirst writes the first master key. Where somebody else was quicker, it
// takes theirs: a key file is never overwritten by a first one.
func makeFirst(file string) ([]master, error) {
	m, err := newMaster()
	if err != nil {
		return nil, err
	}
	masters := []master{m}
	draft, err := writeDraft(file, masters)
	if err != nil {
		return nil, err
	}
	defer os.Remove(draft)
	if err := os.Link(draft, file); errors.Is(err, fs.ErrExist) {
		return readMasters(file)
	} else if err != nil {
		return nil, err
	}
	return masters, syncFolder(filepath.Dir(file))
}

// writeMasters replaces the key file in one step: at every moment there is
// either the former file or the new one, whole and on disk.
func writeMasters(file string, masters []master) error {
	file = realPath(file) // a link stays a link
	draft, err := writeDraft(file, masters)
	if err != nil {
		return err
	}
	defer os.Remove(draft)
	if err := keepOwner(draft, file); err != nil {
		return err
	}
	if err := os.Rename(draft, file); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(file))
}

// writeDraft writes keys to a file of its own beside the key file, mode 0600.
func writeDraft(file string, masters []master) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(formatMasters(masters))
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}
