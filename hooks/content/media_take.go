package content

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"sync"

	"github.com/disintegration/imaging"
	"github.com/gabriel-vasile/mimetype"
)

// Why a file is not taken as a picture or a recording. Each is told in words of its own.
var (
	ErrMediaEmpty    = errors.New("the file is empty")
	ErrMediaHuge     = errors.New("the picture has too many points to be opened")
	ErrMediaBroken   = errors.New("the picture cannot be opened: part of it is missing or wrong")
	ErrMediaPhone    = errors.New("the picture is in a form that only some phones read: HEIC or AVIF")
	ErrMediaDrawing  = errors.New("the file is an SVG, which can hold a program")
	ErrMediaDocument = errors.New("the file is a page or a document")
	ErrMediaUnknown  = errors.New("the file is no picture and no recording that browsers show")
)

// MostMedia bounds a file that somebody puts into a course, in bytes.
const MostMedia = 30 << 20

// taken is a file that somebody put into a course, as it is kept: a picture drawn anew, a
// recording without what it tells of itself.
type taken struct {
	kind, ending string
	data         []byte
}

// Endings of what is kept, by its type.
var endings = map[string]string{
	"image/jpeg": "jpg", "image/png": "png",
	"audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/wav": "wav", "audio/x-m4a": "m4a", "audio/mp4": "m4a", "audio/webm": "weba",
	"video/mp4": "mp4", "video/webm": "webm", "video/ogg": "ogv",
}

// take looks at what is in a file, whatever it is called and whatever its sender says
// that it is, and gives what is kept of it.
func take(data []byte) (taken, error) {
	if len(data) == 0 {
		return taken{}, ErrMediaEmpty
	}
	kind := mimetype.Detect(data)
	switch is := kind.String(); {
	case kind.Is("image/svg+xml"):
		return taken{}, ErrMediaDrawing
	case slices.ContainsFunc([]string{"image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence", "image/avif"}, kind.Is):
		return taken{}, ErrMediaPhone
	case slices.ContainsFunc([]string{"image/jpeg", "image/png", "image/gif", "image/webp"}, kind.Is):
		return takePicture(data)
	case slices.ContainsFunc(soundTypes, kind.Is):
		if kind.Is("application/ogg") {
			is = "audio/ogg"
		}
		is, _, _ = strings.Cut(is, ";")
		return taken{is, endings[is], withoutTags(is, data)}, nil
	case isDocument(kind):
		return taken{}, ErrMediaDocument
	}
	return taken{}, ErrMediaUnknown
}

// isDocument reports whether a file is a page, a text, or what an office program makes.
func isDocument(kind *mimetype.MIME) bool {
	for ; kind != nil; kind = kind.Parent() {
		if strings.HasPrefix(kind.String(), "text/") || slices.ContainsFunc([]string{
			"application/pdf", "application/zip", "application/x-ole-storage", "application/epub+zip",
		}, kind.Is) {
			return true
		}
	}
	return false
}

// drawing lets one picture be drawn at a time: each may need a hundred times the memory
// of its file.
var drawing sync.Mutex

// heavyPNG is from how many bytes on a picture without anything transparent is kept as a
// JPEG where that is half as large: a photo that came as a PNG or WebP.
const heavyPNG = 200 << 10

// takePicture draws a picture anew, upright, and no larger than a page needs: place,
// camera and whatever else was in the file, or behind it, stay behind.
func takePicture(data []byte) (taken, error) {
	drawing.Lock()
	defer drawing.Unlock()
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return taken{}, ErrMediaBroken
	}
	if config.Width < 1 || config.Height < 1 || config.Width > maxPixels/config.Height {
		return taken{}, ErrMediaHuge
	}
	picture, err := imaging.Decode(bytes.NewReader(data), imaging.AutoOrientation(true))
	if err != nil {
		return taken{}, ErrMediaBroken
	}
	drawn := imaging.Fit(picture, maxSide, maxSide, imaging.Lanczos)
	var asJPEG, asPNG bytes.Buffer
	if format != "jpeg" {
		if err := png.Encode(&asPNG, drawn); err != nil {
			return taken{}, err
		}
		if asPNG.Len() < heavyPNG || !drawn.Opaque() {
			return taken{"image/png", "png", asPNG.Bytes()}, nil
		}
	}
	if err := jpeg.Encode(&asJPEG, drawn, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return taken{}, err
	}
	if format != "jpeg" && asJPEG.Len() > asPNG.Len()/2 {
		return taken{"image/png", "png", asPNG.Bytes()}, nil
	}
	return taken{"image/jpeg", "jpg", asJPEG.Bytes()}, nil
}
