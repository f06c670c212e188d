package content

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/filesystem"
)

// ErrNoCourse is returned for a slug that no course has.
var ErrNoCourse = errors.New("no such course")

// ErrNotEmpty is returned for a folder that already holds something.
var ErrNotEmpty = errors.New("the folder is not empty")

const (
	// a translation that came with its original and has never been live waits as a draft
	exportTextsSQL = `SELECT path, kind, module, language, text, hashes FROM (
		SELECT r.path, r.kind, r.module, r.language, r.text, r.hashes, ROW_NUMBER() OVER (PARTITION BY r.path ORDER BY r.state = 'live' DESC, r.created DESC, r.rowid DESC) AS n
		FROM revisions r JOIN courses c ON c.id = r.course
		WHERE c.slug = {:slug} AND (r.state = 'live' OR r.state = 'draft' AND r.source != '' AND NOT EXISTS (
			SELECT 1 FROM revisions o WHERE o.course = r.course AND o.path = r.path AND o.state IN ('live', 'replaced', 'withdrawn')))
	) WHERE n = 1 ORDER BY path`
	exportMediaSQL = `SELECT d.id, d.path, d.original FROM media d JOIN courses c ON c.id = d.course WHERE c.slug = {:slug} AND d.gone = FALSE
		AND (d.here = FALSE OR EXISTS (SELECT 1 FROM revisions r WHERE r.course = d.course AND r.state = 'live' AND INSTR(r.text, d.path) > 0)) ORDER BY d.path`
)

// An exportRow is a text of an export.
type exportRow struct {
	revisionRow
	Kind string `db:"kind"`
}

// An Exported is what became of an export.
type Exported struct {
	Files   int
	LeftOut []HeldBack // of what was to be held back, what was there
	Media   []string   // paths of files that only those stories showed
}

// Export writes a course as the folder that it came as, or would be: every live
// text, the translations that wait until they are put right, and every file, byte
// for byte. The folder must be empty or not be there. Stories that are held back are
// left out, wherever in the course they are told, and with them the files that nothing
// else shows; a leaf stands in their place, as where a story was taken back.
// It is for the operator.
func (c *Content) Export(ctx context.Context, slug, dir string, held []HeldBack) (done Exported, err error) {
	if _, err := c.app.FindFirstRecordByData("courses", "slug", slug); err != nil {
		return done, fmt.Errorf("%s: %w", slug, ErrNoCourse)
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return done, fmt.Errorf("%s: %w", dir, ErrNotEmpty)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return done, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return done, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return done, err
	}
	defer root.Close()
	var rows []exportRow
	if err := c.app.ConcurrentDB().NewQuery(exportTextsSQL).Bind(dbx.Params{"slug": slug}).WithContext(ctx).All(&rows); err != nil {
		return done, err
	}
	out := withhold(rows, held)
	done.LeftOut = out.left
	for path, text := range out.texts {
		if !out.taught[path] && out.onlyThere(path) {
			done.Media = append(done.Media, path)
			continue
		}
		if err := writeFile(root, path, text); err != nil {
			return done, err
		}
		done.Files++
	}
	err = c.exportMedia(ctx, slug, root, out, &done)
	return done, err
}

func (c *Content) exportMedia(ctx context.Context, slug string, root *os.Root, out withheld, done *Exported) error {
	var rows []struct {
		ID       string `db:"id"`
		Path     string `db:"path"`
		Original string `db:"original"`
	}
	if err := c.app.ConcurrentDB().NewQuery(exportMediaSQL).Bind(dbx.Params{"slug": slug}).WithContext(ctx).All(&rows); err != nil {
		return err
	}
	collection, err := c.app.FindCachedCollectionByNameOrId("media")
	if err != nil {
		return err
	}
	store, err := c.app.NewFilesystem()
	if err != nil {
		return err
	}
	defer store.Close()
	for _, row := range rows {
		if out.onlyThere(row.Path) {
			done.Media = append(done.Media, row.Path)
			continue
		}
		data, err := readStored(store, collection.Id, row.ID, row.Original)
		if err != nil {
			return fmt.Errorf("%s: %w", row.Path, err)
		}
		if err := writeFile(root, row.Path, data); err != nil {
			return err
		}
		done.Files++
	}
	return nil
}

// readStored reads a stored file whole; a row without one was an empty file.
func readStored(store *filesystem.System, collection, id, name string) ([]byte, error) {
	if name == "" {
		return nil, nil
	}
	reader, err := store.GetReader(collection + "/" + id + "/" + name)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return io.ReadAll(reader)
}

// writeFile writes below the folder and nowhere else, whatever a path says.
func writeFile(root *os.Root, path string, data []byte) error {
	name := filepath.FromSlash(path)
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return root.WriteFile(name, data, 0o644)
}
