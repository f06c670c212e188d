package templates

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAStencilFillsEveryHoleWithItsOwnValue(t *testing.T) {
	s := NewStencil("<p>" + Hole(1) + "</p><a>" + Hole(0) + Hole(1) + "</a>")
	if got := filled(t, s, "zero", "one"); got != "<p>one</p><a>zeroone</a>" {
		t.Error(got)
	}
}

func TestAPageWithoutHolesIsAsItWas(t *testing.T) {
	if got := filled(t, NewStencil("<p>x</p>")); got != "<p>x</p>" {
		t.Error(got)
	}
}

func TestTextInAHoleIsNoMarkup(t *testing.T) {
	s := NewStencil(`<bdi title="` + Hole(0) + `">` + Hole(0) + `</bdi>`)
	got := filled(t, s, EscapeText(`"><script>alert(1)</script>`))
	if strings.Contains(got, "<script") || strings.Count(got, `"`) != 2 {
		t.Error(got)
	}
}

func TestFillingGivesBackWhatWasCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOf(rapid.String()).Draw(t, "text")
		values := rapid.SliceOfN(rapid.String(), 3, 3).Draw(t, "values")
		var cut, whole strings.Builder
		for i, piece := range text {
			cut.WriteString(piece + Hole(i%3))
			whole.WriteString(piece + values[i%3])
		}
		var got strings.Builder
		if err := NewStencil(cut.String()).Fill(&got, values...); err != nil || got.String() != whole.String() {
			t.Fatalf("%q, not %q: %v", got.String(), whole.String(), err)
		}
	})
}

func filled(t *testing.T, s *Stencil, values ...string) string {
	t.Helper()
	var out strings.Builder
	if err := s.Fill(&out, values...); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
