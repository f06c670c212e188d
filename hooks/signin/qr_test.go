package signin_test

import (
	"fmt"
	"net/url"
	"regexp"
	"testing"

	"rsc.io/qr/coding"
)

// linkOf reads a QR as a camera does, from the path of its SVG, and gives the
// path of the address in it.
func linkOf(t testing.TB, drawn string) string {
	t.Helper()
	address, err := url.Parse(readQR(t, drawn))
	if err != nil {
		t.Fatal(err)
	}
	return address.Path
}

var oneBar = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

func readQR(t testing.TB, drawn string) string {
	t.Helper()
	const edge = 4
	black, size := map[[2]int]bool{}, 0
	for _, bar := range oneBar.FindAllString(drawn, -1) {
		var x, y, n, back int
		if _, err := fmt.Sscanf(bar, "M%d %dh%dv1h-%dz", &x, &y, &n, &back); err != nil || n != back {
			t.Fatalf("%q: %v", bar, err)
		}
		for i := range n {
			black[[2]int{x + i - edge, y - edge}] = true
		}
		size = max(size, x+n-edge)
	}
	version := coding.Version((size - 17) / 4)
	plan, err := coding.NewPlan(version, coding.M, 0)
	if err != nil || len(plan.Pixel) != size {
		t.Fatalf("a code of %d squares: %v", size, err)
	}
	data := make([]byte, plan.DataBytes)
	for y, row := range plan.Pixel {
		for x, square := range row {
			mark := byte(1) << (7 - square.Offset()&7)
			if square.Role() == coding.Data && black[[2]int{x, y}] != (square&coding.Black != 0) {
				data[square.Offset()/8] |= mark
			}
		}
	}
	text := make([]byte, data[0]<<4|data[1]>>4) // four bits say that it is text, eight how long
	for i := range text {
		text[i] = data[i+1]<<4 | data[i+2]>>4
	}
	return string(text)
}
