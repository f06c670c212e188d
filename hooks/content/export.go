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
	exportTextsSQL = `SELECT path, text FROM (
		SELECT r.path, r.text, ROW_NUMBER() OVER (PARTITION BY r.path ORDER BY r.state = 'live' DESC, r.created DESC, r.rowid DESC) AS n
		FROM revisions r JOIN courses c ON c.id = r.course
		WHERE c.slug = {:slug} AND (r.state = 'live' OR r.state = 'draft' AND r.source != '' AND NOT EXISTS (
			SELECT 1 FROM revisions o WHERE o.course = r.course AND o.path = r.path AND o.state IN ('live', 'replaced', 'withdrawn')))
	) WHERE n = 1 ORDER BY path`
	exportMediaSQL = `SELECT d.id, d.path, d.original FROM media d JOIN courses c ON c.id = d.course WHERE c.slug = {:slug} AND d.gone = FALSE ORDER BY d.path`
)

// Export writes a course as the folder that it came as, or would be: every live
// text, the translations that wait until they are put right, and every file, byte
// for byte. The folder must be empty or not be there.
// It is for the operator.
func (c *Content) Export(ctx context.Context, slug, dir string) (files int, err error) {
	if _, err := c.app.FindFirstRecordByData("courses", "slug", slug); err != nil {
		return 0, fmt.Errorf("%s: %w", slug, ErrNoCourse)
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return 0, fmt.Errorf("%s: %w", dir, ErrNotEmpty)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return 0, err
	}
	defer root.Close()
	texts, err := c.exportTexts(ctx, slug, root)
	if err != nil {
		return texts, err
	}
	media, err := c.exportMedia(ctx, slug, root)
	return texts + media, err
}

func (c *Content) exportTexts(ctx context.Context, slug string, root *os.Root) (int, error) {
	var rows []struct {
		Path string `db:"path"`
		Text string `db:"text"`
	}
	if err := c.app.ConcurrentDB().NewQuery(exportTextsSQL).Bind(dbx.Params{"slug": slug}).WithContext(ctx).All(&rows); err != nil {
		return 0, err
	}
	for i, row := range rows {
		if err := writeFile(root, row.Path, []byte(row.Text)); err != nil {
			return i, err
		}
	}
	return len(rows), nil
}

func (c *Content) exportMedia(ctx context.Context, slug string, root *os.Root) (int, error) {
	var rows []struct {
		ID       string `db:"id"`
		Path     string `db:"path"`
		Original string `db:"original"`
	}
	if err := c.app.ConcurrentDB().NewQuery(exportMediaSQL).Bind(dbx.Params{"slug": slug}).WithContext(ctx).All(&rows); err != nil {
		return 0, err
	}
	collection, err := c.app.FindCachedCollectionByNameOrId("media")
	if err != nil {
		return 0, err
	}
	store, err := c.app.NewFilesystem()
	if err != nil {
		return 0, err
	}
	defer store.Close()
	for i, row := range rows {
		data, err := readStored(store, collection.Id, row.ID, row.Original)
		if err != nil {
			return i, fmt.Errorf("%s: %w", row.Path, err)
		}
		if err := writeFile(root, row.Path, data); err != nil {
			return i, err
		}
	}
	return len(rows), nil
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
