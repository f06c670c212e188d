package content

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"alongside/courses"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// A Media is a picture or a recording of a course.
type Media struct {
	ID      string `db:"id"`
	Path    string `db:"path"` // in its folder
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

	shownMediaSQL = `SELECT d.id, d.path, d.hash, d.type, d.size, d.here, d.by, d.created FROM media d WHERE d.gone = FALSE AND d.hash != ''`
)

// Media are the pictures and recordings of a course that can be shown, the newest
// first.
func (c *Content) Media(ctx context.Context, course string) ([]Media, error) {
	return c.media(ctx, c.app.ConcurrentDB(), "d.course = {:of}", course)
}

// PutIn are those that somebody put into courses themselves, for what is kept of them.
func (c *Content) PutIn(ctx context.Context, db dbx.Builder, person string) ([]Media, error) {
	return c.media(ctx, db, "d.by = {:of}", person)
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
		m = Media{ID: row.Id, Path: path, Hash: sum[:32], Type: got.kind, Size: int64(len(got.data)), Here: true, By: by, Created: row.GetString("created")}
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
// them: who calls it has asked. What is not there is passed over. Their files go once
// the transaction is stored; Renew must follow.
func (c *Content) RemoveMedia(tx core.App, course string, paths ...string) error {
	for _, path := range paths {
		for table, which := range map[string]string{"media": "id != ''", "revisions": "kind = 'media'"} {
			rows, err := tx.FindRecordsByFilter(table, which+" && course = {:course} && path = {:path}", "", 0, 0, dbx.Params{"course": course, "path": path})
			if err != nil {
				return fmt.Errorf("remove %s: %w", path, err)
			}
			for _, row := range rows {
				if err := tx.Delete(row); err != nil {
					return fmt.Errorf("remove %s: %w", path, err)
				}
			}
		}
	}
	return nil
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

// IsRefused reports whether an error says that a file is not taken, and which.
func IsRefused(err error) (why error, refused bool) {
	for _, one := range []error{ErrMediaEmpty, ErrMediaHuge, ErrMediaBroken, ErrMediaPhone, ErrMediaDrawing, ErrMediaDocument, ErrMediaUnknown} {
		if errors.Is(err, one) {
			return one, true
		}
	}
	return nil, false
}
