package content

import (
	"bytes"
	"encoding/binary"
)

// withoutTags is a recording without what it tells of itself beside its sound: names,
// pictures and, from some phones, where it was made. MP3 keeps that in front of and
// behind the sound (ID3v2.4 §3.1, ID3v1), MP4 in boxes of their own (ISO/IEC 14496-12
// §8.10). An Ogg, WebM or WAV file stays as it came.
func withoutTags(kind string, data []byte) []byte {
	switch kind {
	case "audio/mpeg":
		return withoutID3(data)
	case "audio/mp4", "audio/x-m4a", "video/mp4":
		clean := bytes.Clone(data)
		clearBoxes(clean, 0)
		return clean
	}
	return data
}

const (
	headID3 = 10  // bytes of the head of an ID3v2 tag
	footID3 = 128 // bytes of an ID3v1 tag
)

func withoutID3(data []byte) []byte {
	for len(data) > headID3 && string(data[:3]) == "ID3" {
		size := headID3
		for i, b := range data[6:headID3] { // seven bits of each of four bytes
			size += int(b&0x7f) << (7 * (3 - i))
		}
		if data[5]&0x10 != 0 { // it has a foot like its head
			size += headID3
		}
		if size >= len(data) {
			break
		}
		data = data[size:]
	}
	if n := len(data) - footID3; n > 0 && string(data[n:n+3]) == "TAG" {
		data = data[:n]
	}
	return data
}

const (
	headBox   = 8  // bytes: size and type
	headLarge = 16 // where the size stands behind the type
	deepBoxes = 8
)

// clearBoxes makes room of the boxes that tell of a recording: what they hold becomes
// zeros, and nothing moves, because other boxes say how far from the beginning the sound
// stands.
func clearBoxes(data []byte, depth int) {
	for len(data) >= headBox && depth < deepBoxes {
		size, head := uint64(binary.BigEndian.Uint32(data)), uint64(headBox)
		switch {
		case size == 1 && len(data) >= headLarge:
			size, head = binary.BigEndian.Uint64(data[headBox:]), headLarge
		case size == 0: // to the end
			size = uint64(len(data))
		}
		if size < head || size > uint64(len(data)) {
			return
		}
		switch inside := data[head:size]; string(data[4:headBox]) {
		case "udta", "meta", "uuid":
			copy(data[4:headBox], "free")
			clear(inside)
		case "moov", "trak", "mdia", "moof", "traf":
			clearBoxes(inside, depth+1)
		}
		data = data[size:]
	}
}
