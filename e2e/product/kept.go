package product

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A Kept version is a demo folder and its key file as a version left them, in
// one zip file, with what its learners had written.
type Kept struct {
	Wrote []Wrote `json:"wrote"`
}

// Wrote is one text of a learner: on this page it must still be found.
type Wrote struct {
	Who  Person `json:"who"`
	Path string `json:"path"`
	Text string `json:"text"`
}

const keptFile = "kept.json"

// Keep writes a stopped product and what its learners wrote to a zip file.
func (p *Product) Keep(file string, wrote []Wrote) error {
	out, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("keep %s: %w", p.Folder, err)
	}
	defer out.Close()
	archive := zip.NewWriter(out)
	root := filepath.Dir(p.Folder)
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !p.worthKeeping(path, entry) {
			return err
		}
		return addFile(archive, root, path)
	})
	if err != nil {
		return fmt.Errorf("keep %s: %w", p.Folder, err)
	}
	about, err := archive.Create(keptFile)
	if err != nil {
		return fmt.Errorf("keep %s: %w", p.Folder, err)
	}
	written := json.NewEncoder(about)
	written.SetIndent("", "  ")
	if err := written.Encode(Kept{Wrote: wrote}); err != nil {
		return fmt.Errorf("keep %s: %w", p.Folder, err)
	}
	return archive.Close()
}

// worthKeeping leaves out what is no data: the lock, and what SQLite makes anew.
func (p *Product) worthKeeping(path string, entry fs.DirEntry) bool {
	inside := path == p.Keys || strings.HasPrefix(path, p.Folder+string(filepath.Separator))
	return !entry.IsDir() && inside && !strings.HasSuffix(path, ".lock") && !strings.HasSuffix(path, "-shm")
}

func addFile(archive *zip.Writer, root, path string) error {
	name, err := filepath.Rel(root, path)
	if err != nil {
		return err
	}
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	to, err := archive.Create(filepath.ToSlash(name))
	if err != nil {
		return err
	}
	_, err = io.Copy(to, in)
	return err
}

// OpenKept unpacks a kept version into a folder, ready to be started.
func OpenKept(binary, file, folder string) (*Product, *Kept, error) {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", file, err)
	}
	defer archive.Close()
	if err := os.CopyFS(folder, archive); err != nil {
		return nil, nil, fmt.Errorf("unpack %s: %w", file, err)
	}
	text, err := os.ReadFile(filepath.Join(folder, keptFile))
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", file, err)
	}
	var kept Kept
	if err := json.Unmarshal(text, &kept); err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", file, err)
	}
	p, err := At(binary, folder, "--demo")
	if err != nil {
		return nil, nil, err
	}
	return p, &kept, os.Chmod(p.Keys, 0o600)
}
