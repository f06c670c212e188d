package reflections

// Elements of WebM that lead to the kind of a track.
const (
	webmSegment = 0x18538067
	webmCluster = 0x1F43B675
	webmTracks  = 0x1654AE6B
	webmTrack   = 0xAE
	webmType    = 0x83
)

// trackIsSound is how WebM numbers it; whatever is not a sound may be seen.
const trackIsSound = 2

// tracksOfWebM looks at the tracks that a recorder writes before the first sound.
func tracksOfWebM(file []byte) error {
	var found tally
	left := mostParts
	countWebM(file, &left, &found)
	return found.verdict()
}

func countWebM(file []byte, left *int, found *tally) {
	for *left > 0 {
		*left--
		id, body, rest, ok := nextElement(file)
		if !ok || id == webmCluster {
			return
		}
		switch id {
		case webmSegment, webmTracks, webmTrack:
			countWebM(body, left, found)
		case webmType:
			if len(body) == 1 && body[0] == trackIsSound {
				found.sounds++
			} else {
				found.pictures++
			}
		}
		file = rest
	}
}

// nextElement takes one element off a file. One of unknown size, as recorders
// write them that do not know yet, reaches to the end. ok is false where there is
// none.
func nextElement(file []byte) (id uint64, body, rest []byte, ok bool) {
	id, width, ok := number(file, 4, true)
	if !ok {
		return 0, nil, nil, false
	}
	file = file[width:]
	size, width, ok := number(file, 8, false)
	if !ok {
		return 0, nil, nil, false
	}
	file = file[width:]
	if unknown := uint64(1)<<(7*width) - 1; size == unknown || size > uint64(len(file)) {
		size = uint64(len(file))
	}
	return id, file[:size], file[size:], true
}

// number reads a number whose first bit that is set says how many bytes it has.
// An id keeps that bit.
func number(file []byte, most int, keep bool) (value uint64, width int, ok bool) {
	if len(file) == 0 {
		return 0, 0, false
	}
	width = 1
	for mask := byte(0x80); file[0]&mask == 0; mask >>= 1 {
		width++
		if width > most {
			return 0, 0, false
		}
	}
	if len(file) < width {
		return 0, 0, false
	}
	value = uint64(file[0])
	if !keep {
		value &= 1<<(8-width) - 1
	}
	for _, b := range file[1:width] {
		value = value<<8 | uint64(b)
	}
	return value, width, true
}
