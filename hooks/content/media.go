package content

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"alongside/courses"
	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Media is a picture or a recording of a course.
type Media struct {
	ID      string `db:"id"`
	Course  string `db:"course"` // record id
	Path    string `db:"path"`   // in its folder
	Hash    string `db:"hash"`
	Type    string `db:"type"`
	Size    int64  `db:"size"` // bytes
	Here    bool   `db:"here"` // somebody put it in here; else it came with the folder
	By      string `db:"by"`   // user id of who did; "" once they are erased
	Created string `db:"created"`
}

// Address is where it is.
func (m Media) Address() string { return mediaAddress(m.Hash, m.Path) }

// KB is how large it is, in whole kilobytes and at least one.
func (m Media) KB() int64 { return max(1, (m.Size+512)/1024) }

// IsPicture reports whether it is one.
func (m Media) IsPicture() bool { return strings.HasPrefix(m.Type, "image/") }

// HasFilm reports whether it may be a film: what WebM, MP4 and Ogg hold can be either.
func (m Media) HasFilm() bool { return strings.HasPrefix(m.Type, "video/") }

const (
	// once a text names it that was ever live, it stays: learners may have seen it
	namedLive = `EXISTS (SELECT 1 FROM revisions r WHERE r.course = d.course AND r.published != '' AND INSTR(r.text, d.path) > 0)`

	shownMediaSQL = `SELECT d.id, d.course, d.path, d.hash, d.type, d.size, d.here, d.by, d.created FROM media d WHERE d.gone = FALSE AND d.hash != ''`
)

// Media are the pictures and recordings of a course that can be shown, the newest
// first.
func (c *Content) Media(ctx context.Context, course string) ([]Media, error) {
	return c.media(ctx, c.app.ConcurrentDB(), "d.course = {:of}", course)
}

// PutIn are those that somebody put into courses themselves, and what they wrote down of
// recordings and no text that was live had: what is kept of them.
func (c *Content) PutIn(ctx context.Context, db dbx.Builder, person string) ([]Media, error) {
	return c.withWords(ctx, db, "d.by = {:of}", "r.author = {:of}", person)
}

// PutInBefore are those of anybody, from before a moment, as the database writes it.
func (c *Content) PutInBefore(ctx context.Context, db dbx.Builder, before string) ([]Media, error) {
	return c.withWords(ctx, db, "d.here = TRUE AND d.created < {:of}", "r.created < {:of}", before)
}

// waitingWordsSQL are transcripts that were written here and have never been live.
const waitingWordsSQL = `SELECT r.id, r.course, r.path, '' AS hash, '` + transcriptType + `' AS type, LENGTH(r.text) AS size, TRUE AS here, r.author AS by, r.created
	FROM revisions r WHERE r.kind = 'media' AND r.published = '' AND r.path LIKE 'media/%-__________.md'`

func (c *Content) withWords(ctx context.Context, db dbx.Builder, media, words, of string) ([]Media, error) {
	all, err := c.media(ctx, db, media, of)
	if err != nil {
		return nil, err
	}
	var written []Media
	err = db.NewQuery(waitingWordsSQL + " AND " + words).Bind(dbx.Params{"of": of}).WithContext(ctx).All(&written)
	if err != nil {
		return nil, fmt.Errorf("transcripts of %s: %w", of, err)
	}
	return append(all, written...), nil
}

// TakeOwnerOff forgets who put a file in, where it is still there.
func (c *Content) TakeOwnerOff(tx core.App, id string) error {
	return web.Exec(tx, "UPDATE media SET by = '' WHERE id = {:id}", dbx.Params{"id": id})
}

// Named reports whether a revision of a course names a file, but those that are the
// file's own.
func (c *Content) Named(ctx context.Context, db dbx.Builder, course, path string) (named bool, err error) {
	err = db.NewQuery("SELECT EXISTS (SELECT 1 FROM revisions WHERE course = {:course} AND path != {:path} AND INSTR(text, {:path}) > 0)").
		Bind(dbx.Params{"course": course, "path": path}).WithContext(ctx).Row(&named)
	if err != nil {
		return false, fmt.Errorf("who names %s: %w", path, err)
	}
	return named, nil
}

func (c *Content) media(ctx context.Context, db dbx.Builder, which, of string) (all []Media, err error) {
	err = db.NewQuery(shownMediaSQL + " AND " + which + " ORDER BY d.created DESC, d.rowid DESC").Bind(dbx.Params{"of": of}).WithContext(ctx).All(&all)
	if err != nil {
		return nil, fmt.Errorf("media of %s: %w", of, err)
	}
	return all, nil
}

// AddMedia takes a file that somebody puts into a course, by what is in it: a picture is
// drawn anew, a recording loses what it tells of itself. name is what they call it; its
// path is made of that and of its content, so that no text names it before it is there,
// and it never changes under its path. The same file twice is one. Nobody but those who
// write and read drafts gets it before a text is live that names it.
//
// It returns one of ErrMediaEmpty and its neighbours for a file that is not taken.
func (c *Content) AddMedia(ctx context.Context, course Course, name string, data []byte, by string) (m Media, err error) {
	got, err := take(data)
	if err != nil {
		return m, err
	}
	sum := digest(got.data)
	path := mediaPath(name, got.kind, sum, got.ending)
	err = c.app.RunInTransaction(func(tx core.App) error {
		var same []Media
		err := tx.DB().NewQuery(shownMediaSQL + " AND d.course = {:course} AND d.here = TRUE AND d.sha256 = {:sum}").
			Bind(dbx.Params{"course": course.ID, "sum": sum}).WithContext(ctx).All(&same)
		if err != nil {
			return err
		}
		if len(same) > 0 {
			m = same[0]
			return nil
		}
		collection, err := tx.FindCollectionByNameOrId("media")
		if err != nil {
			return err
		}
		file, err := stored(path, got.data)
		if err != nil {
			return err
		}
		row := core.NewRecord(collection)
		row.Load(map[string]any{
			"course": course.ID, "path": path, "sha256": sum, "hash": sum[:32], "type": got.kind, "size": len(got.data), "original": file, "here": true, "by": by,
		})
		if err := tx.Save(row); err != nil {
			return err
		}
		m = Media{ID: row.Id, Course: course.ID, Path: path, Hash: sum[:32], Type: got.kind, Size: int64(len(got.data)), Here: true, By: by, Created: row.GetString("created")}
		return nil
	})
	if err != nil {
		return Media{}, fmt.Errorf("add a file to course %s: %w", course.Slug, err)
	}
	c.compiled.drop() // a text that named it once, and was compiled without it
	return m, nil
}

// nameLetters is how long the name of a file is at most, without what marks its content.
const nameLetters = 40

// mediaPath is a path for a file: what it is called, and a mark of its content.
func mediaPath(name, kind, sum, ending string) string {
	what := "recording"
	if strings.HasPrefix(kind, "image/") {
		what = "picture"
	} else if kind == transcriptType {
		what = "transcript"
	}
	if slug := strings.Trim(asciiOf(courses.Slug(name)), "-"); slug != "" {
		what = strings.Trim(slug[:min(len(slug), nameLetters)], "-")
	}
	return "media/" + what + "-" + sum[:10] + "." + ending
}

// asciiOf keeps of a slug what every file system and every address writes alike.
func asciiOf(slug string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, slug)
}

const transcriptType = "text/markdown"

// AddTranscript stores what is said in a recording, for texts to name, and gives its
// path. It is live with the first text that names it and is. The same words twice are
// one.
func (c *Content) AddTranscript(tx core.App, course Course, of Media, text, by string) (path string, err error) {
	sum := digest([]byte(text))
	path = mediaPath(nameOf(of.Path), transcriptType, sum, "md")
	var there bool
	err = tx.DB().NewQuery("SELECT EXISTS (SELECT 1 FROM revisions WHERE course = {:course} AND path = {:path} AND kind = 'media' AND text = {:text} AND state IN ('draft', 'live'))").
		Bind(dbx.Params{"course": course.ID, "path": path, "text": text}).Row(&there)
	if err != nil || there {
		return path, err
	}
	_, err = c.AddRevision(tx, Text{Course: course, Path: path, Kind: string(courses.FileMedia), Text: text}, by, "")
	return path, err
}

// nameOf is what a path made by mediaPath calls its file.
func nameOf(path string) string {
	name := strings.TrimPrefix(path, "media/")
	if at := strings.LastIndex(name, "-"); at > 0 {
		return name[:at]
	}
	return strings.TrimSuffix(name, "."+name[strings.LastIndex(name, ".")+1:])
}

// Transcript is what a course has under the path of a transcript, or would have once a
// text is live that names it; ErrNoText where it has none.
func (c *Content) Transcript(ctx context.Context, course, path string) (text string, err error) {
	var found []string
	err = c.app.ConcurrentDB().NewQuery("SELECT text FROM revisions WHERE course = {:course} AND path = {:path} AND kind = 'media' AND state IN ('draft', 'live') ORDER BY state = 'live' DESC, rowid DESC LIMIT 1").
		Bind(dbx.Params{"course": course, "path": path}).WithContext(ctx).Column(&found)
	if err != nil {
		return "", fmt.Errorf("transcript %s: %w", path, err)
	}
	if len(found) == 0 {
		return "", ErrNoText
	}
	return found[0], nil
}

// RemoveMedia deletes files of a course and transcripts by their paths, whatever names
// them: who calls it has asked. What is not there is passed over. The files go as soon
// as the transaction is stored, and with them what was compiled.
func (c *Content) RemoveMedia(tx core.App, course string, paths ...string) error {
	var files []string
	for _, path := range paths {
		for _, table := range []string{"media", "revisions"} {
			rows, err := tx.FindRecordsByFilter(table, "course = {:course} && path = {:path}", "", 0, 0, dbx.Params{"course": course, "path": path})
			if err != nil {
				return fmt.Errorf("remove %s: %w", path, err)
			}
			for _, row := range rows {
				if table == "media" {
					files = append(files, row.BaseFilesPath())
				} else if row.GetString("kind") != string(courses.FileMedia) {
					continue
				}
				if err := tx.Delete(row); err != nil {
					return fmt.Errorf("remove %s: %w", path, err)
				}
			}
		}
	}
	tx.TxInfo().OnComplete(func(failed error) error {
		if failed == nil {
			c.Renew()
			c.removeFiles(files)
		}
		return nil
	})
	return nil
}

// removeFiles removes what is stored below these folders, at once: the row that named it
// is gone, and the hooks of PocketBase would let it lie until they get round to it.
// What cannot be removed now goes with the next sweep.
func (c *Content) removeFiles(folders []string) {
	store, err := c.app.NewFilesystem()
	if err != nil {
		c.app.Logger().Warn("open the file store", "error", err)
		return
	}
	defer store.Close()
	for _, folder := range folders {
		if failed := store.DeletePrefix(folder + "/"); len(failed) > 0 {
			c.app.Logger().Warn("remove a file of a course", "error", errors.Join(failed...))
		}
	}
}

// NamedLive are the paths of the files that the live texts of a course name.
func (c *Content) NamedLive(ctx context.Context, db dbx.Builder, course string) (map[string]bool, error) {
	var rows []revisionRow
	if err := db.NewQuery(revisionsOfSQL + " AND r.state = 'live'").Bind(dbx.Params{"course": course}).WithContext(ctx).All(&rows); err != nil {
		return nil, fmt.Errorf("live texts of course %s: %w", course, err)
	}
	named := map[string]bool{}
	for _, row := range rows {
		for _, path := range courses.FilesIn(row.source()) {
			named[path] = true
		}
	}
	return named, nil
}

// sweepSettled is how old a file without a row must be before the sweep takes it: one
// that is just coming has none yet.
const sweepSettled = time.Hour

// SweepMedia removes files of courses that no row names: what was left behind where the
// power went between a row and its file.
func (c *Content) SweepMedia(ctx context.Context) error {
	collection, err := c.app.FindCachedCollectionByNameOrId("media")
	if err != nil {
		return err
	}
	store, err := c.app.NewFilesystem()
	if err != nil {
		return fmt.Errorf("open the file store: %w", err)
	}
	defer store.Close()
	files, err := store.List(collection.Id + "/")
	if err != nil {
		return fmt.Errorf("list the files of courses: %w", err)
	}
	var known []string
	if err := c.app.ConcurrentDB().NewQuery("SELECT id FROM media").WithContext(ctx).Column(&known); err != nil {
		return fmt.Errorf("sweep the files of courses: %w", err)
	}
	var stray []string
	for _, file := range files {
		id, _, _ := strings.Cut(strings.TrimPrefix(file.Key, collection.Id+"/"), "/")
		if folder := collection.Id + "/" + id; !slices.Contains(known, id) && time.Since(file.ModTime) > sweepSettled && !slices.Contains(stray, folder) {
			stray = append(stray, folder)
		}
	}
	c.removeFiles(stray)
	return nil
}

// IsRefused reports whether an error says that a file is not taken, and which.
func IsRefused(err error) (why error, refused bool) {
	for _, one := range []error{ErrMediaEmpty, ErrMediaHuge, ErrMediaBroken, ErrMediaPhone, ErrMediaDrawing, ErrMediaDocument, ErrMediaUnknown} {
		if errors.Is(err, one) {
			return one, true
		}
	}
	return nil, false
}
