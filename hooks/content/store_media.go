package content

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"path"
	"slices"
	"strings"

	_ "image/gif" // decoded only: what is served is PNG or JPEG

	"alongside/courses"

	"github.com/disintegration/imaging"
	"github.com/gabriel-vasile/mimetype"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	_ "golang.org/x/image/webp" // decoded only
)

const (
	maxPixels   = 40_000_000 // refused before decoding: a small file can hold a huge picture
	maxSide     = 1600       // of what is served
	jpegQuality = 82
)

// soundTypes are the recordings that browsers play, served as they came.
var soundTypes = []string{"audio/ogg", "application/ogg", "audio/mpeg", "audio/wav", "audio/x-m4a", "audio/mp4", "video/mp4", "video/webm", "audio/webm", "video/ogg"}

// preparedMedia is a file of the folder that is no text, with what is served of
// it: a picture is drawn anew, so that nothing hides in it.
type preparedMedia struct {
	file   courses.File
	sum    string
	kind   string // type of what is served; "" where nothing is
	served []byte // nil where the original is served
}

const mediaSumsSQL = `SELECT d.path, d.sha256 FROM media d JOIN courses c ON c.id = d.course WHERE c.slug = {:course} AND d.gone = FALSE`

// prepareMedia does the slow part of an import before its transaction, and only
// for what has changed.
func (c *Content) prepareMedia(ctx context.Context, course *courses.Course) ([]preparedMedia, error) {
	stored, err := c.pairs(ctx, mediaSumsSQL, course.Slug)
	if err != nil {
		return nil, err
	}
	var all []preparedMedia
	for _, file := range course.Files {
		if sum := digest(file.Data); isText(file) {
			continue
		} else if stored[file.Path] == sum {
			all = append(all, preparedMedia{file: file, sum: sum})
		} else {
			all = append(all, prepare(file))
		}
	}
	return all, nil
}

func prepare(file courses.File) preparedMedia {
	p := preparedMedia{file: file, sum: digest(file.Data)}
	if file.Kind != courses.FileMedia {
		return p
	}
	switch kind := mimetype.Detect(file.Data); {
	case kind.Is("image/svg+xml"):
		p.kind = "image/svg+xml"
	case strings.HasPrefix(kind.String(), "image/"):
		p.kind, p.served = redraw(file.Data)
	case slices.ContainsFunc(soundTypes, kind.Is):
		p.kind = kind.String()
		if kind.Is("application/ogg") {
			p.kind = "audio/ogg"
		}
	}
	return p
}

// redraw decodes a picture and encodes it again: place, camera and whatever
// else was in the file stay behind. A picture that cannot be read is not served.
func redraw(data []byte) (kind string, drawn []byte) {
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width*config.Height > maxPixels {
		return "", nil
	}
	picture, err := imaging.Decode(bytes.NewReader(data), imaging.AutoOrientation(true))
	if err != nil {
		return "", nil
	}
	picture = imaging.Fit(picture, maxSide, maxSide, imaging.Lanczos)
	var out bytes.Buffer
	if format == "jpeg" {
		kind, err = "image/jpeg", jpeg.Encode(&out, picture, &jpeg.Options{Quality: jpegQuality})
	} else {
		kind, err = "image/png", png.Encode(&out, picture)
	}
	if err != nil {
		return "", nil
	}
	return kind, out.Bytes()
}

func (s *storing) saveMedia(media []preparedMedia) error {
	rows, err := s.tx.FindRecordsByFilter("media", "course = {:course} && gone = false", "path", 0, 0, dbx.Params{"course": s.record.Id})
	if err != nil {
		return err
	}
	before := make(map[string]*core.Record, len(rows))
	for _, row := range rows {
		before[row.GetString("path")] = row
	}
	for _, m := range media {
		row := before[m.file.Path]
		delete(before, m.file.Path)
		if row != nil && (row.GetString("sha256") == m.sum || !s.how.Publish) {
			continue
		}
		if err := s.replaceMedia(m, row); err != nil {
			return fmt.Errorf("%s: %w", m.file.Path, err)
		}
	}
	if !s.how.Publish {
		return nil
	}
	for _, row := range before {
		if row.GetBool("here") {
			continue // somebody put it in here, and may be about to use it
		}
		if err := s.setGone(row); err != nil {
			return err
		}
	}
	return nil
}

func (s *storing) setGone(row *core.Record) error {
	s.touched = true
	row.Set("gone", true)
	return s.tx.Save(row)
}

func (s *storing) replaceMedia(m preparedMedia, before *core.Record) error {
	if before != nil {
		if err := s.setGone(before); err != nil {
			return err
		}
	}
	collection, err := s.tx.FindCollectionByNameOrId("media")
	if err != nil {
		return err
	}
	original, err := stored(m.file.Path, m.file.Data)
	if err != nil {
		return err
	}
	row := core.NewRecord(collection)
	row.Set("course", s.record.Id)
	row.Set("path", m.file.Path)
	row.Set("sha256", m.sum)
	row.Set("size", len(m.file.Data))
	row.Set("original", original)
	row.Set("type", m.kind)
	if m.kind != "" {
		row.Set("hash", m.sum[:32])
	}
	if m.served != nil {
		served, err := stored(m.file.Path, m.served)
		if err != nil {
			return err
		}
		row.Set("served", served)
		row.Set("hash", digest(m.served)[:32])
	}
	s.touched = true
	return s.tx.Save(row)
}

// stored makes a file of the store. An empty file has nothing to store.
func stored(name string, data []byte) (*filesystem.File, error) {
	if len(data) == 0 {
		return nil, nil
	}
	return filesystem.NewFileFromBytes(data, path.Base(name))
}
