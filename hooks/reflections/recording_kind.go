package reflections

import (
	"bytes"
	"errors"

	"github.com/gabriel-vasile/mimetype"
)

// Why something is not taken as a recording.
var (
	errNoSound  = errors.New("this is no sound that we know, or not all of it")
	errHasVideo = errors.New("this has pictures in it")
)

// kindOfSound is the type of a sound as a browser knows it, by what is in it and
// never by what it is called. Whatever has a picture in it is refused: nobody's
// face, and nobody's room, is ever kept here.
func kindOfSound(sound []byte) (string, error) {
	switch kind := mimetype.Detect(sound); {
	case kind.Is("video/webm"), kind.Is("video/x-matroska"):
		return "audio/webm", tracksOfWebM(sound)
	case kind.Is("application/ogg"), kind.Is("audio/ogg"), kind.Is("video/ogg"):
		return "audio/ogg", tracksOfOgg(sound)
	case kind.Is("video/3gpp"), kind.Is("video/3gpp2"):
		return "audio/3gpp", tracksOfMP4(sound)
	case kind.Is("video/mp4"), kind.Is("audio/mp4"), kind.Is("audio/x-m4a"), kind.Is("video/quicktime"), kind.Is("video/x-m4v"):
		return "audio/mp4", tracksOfMP4(sound)
	case kind.Is("audio/mpeg"), kind.Is("audio/aac"), kind.Is("audio/wav"), kind.Is("audio/amr"):
		return kind.String(), nil
	default:
		return "", errNoSound
	}
}

// A tally is what was found in a file that may hold several tracks.
type tally struct{ sounds, pictures int }

func (t tally) verdict() error {
	switch {
	case t.pictures > 0:
		return errHasVideo
	case t.sounds == 0:
		return errNoSound
	default:
		return nil
	}
}

// most is how many parts of a file are looked at.
const mostParts = 10_000

// tracksOfOgg looks at the pages that begin streams: they all stand before
// anything else.
func tracksOfOgg(file []byte) error {
	const fixed, begins = 27, 2
	var found tally
	for range mostParts {
		if len(file) < fixed || string(file[:4]) != "OggS" || file[5]&begins == 0 {
			break
		}
		segments := int(file[26])
		if len(file) < fixed+segments {
			break
		}
		size := 0
		for _, part := range file[fixed : fixed+segments] {
			size += int(part)
		}
		body := file[fixed+segments:]
		if len(body) < size {
			break
		}
		if isOggSound(body[:size]) {
			found.sounds++
		} else {
			found.pictures++
		}
		file = body[size:]
	}
	return found.verdict()
}

func isOggSound(head []byte) bool {
	for _, codec := range []string{"OpusHead", "\x01vorbis", "Speex   ", "\x7fFLAC"} {
		if bytes.HasPrefix(head, []byte(codec)) {
			return true
		}
	}
	return bytes.HasPrefix(head, []byte("fishead\x00")) // says what the others are
}

// tracksOfMP4 looks at what each track says that it is. A file that was cut off
// has not got that far.
func tracksOfMP4(file []byte) error {
	var found tally
	left := mostParts
	countMP4(file, 0, &left, &found)
	return found.verdict()
}

// countMP4 goes into the boxes that lead to the kind of a track.
func countMP4(file []byte, depth int, left *int, found *tally) {
	for len(file) >= 8 && *left > 0 {
		*left--
		name, body, rest, ok := nextBox(file)
		if !ok {
			return
		}
		switch name {
		case "moov", "trak", "mdia":
			if depth < 4 {
				countMP4(body, depth+1, left, found)
			}
		case "hdlr":
			found.add(body)
		}
		file = rest
	}
}

// add counts a track by its handler: version and flags, a reserved word, the kind.
func (t *tally) add(handler []byte) {
	if len(handler) < 12 {
		return
	}
	switch string(handler[8:12]) {
	case "soun":
		t.sounds++
	case "vide", "pict", "auxv":
		t.pictures++
	}
}

// nextBox takes one box off a file. ok is false where it is not whole.
func nextBox(file []byte) (name string, body, rest []byte, ok bool) {
	const short, long = 8, 16
	size, head := uint64(file[0])<<24|uint64(file[1])<<16|uint64(file[2])<<8|uint64(file[3]), uint64(short)
	switch {
	case size == 0: // up to the end
		size = uint64(len(file))
	case size == 1 && len(file) >= long:
		size, head = 0, long
		for _, b := range file[short:long] {
			size = size<<8 | uint64(b)
		}
	}
	if size < head || size > uint64(len(file)) {
		return "", nil, nil, false
	}
	return string(file[4:8]), file[head:size], file[size:], true
}
