package signin

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// quiet is the white edge that a reader needs around a code, in its squares.
const quiet = 4

// A QR is a code to be read by a camera, as one path of an SVG: `<svg
// viewBox="0 0 {{.Size}} {{.Size}}"><path d="{{.Path}}"/></svg>`. Dark squares
// are the path, and what is behind it has to be white, by night too.
type QR struct {
	Size int // of each side in squares, the white edge among them
	Path string
}

// newQR makes the code of a text. Part of it may be dirty or folded.
func newQR(text string) (QR, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return QR{}, fmt.Errorf("make a QR code: %w", err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			if !code.Black(x, y) {
				continue
			}
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
		}
	}
	return QR{Size: code.Size + 2*quiet, Path: path.String()}, nil
}
