package templates

import (
	"crypto/rand"
	"html"
	"io"
	"strconv"
	"strings"
)

// A Stencil is a page that was rendered once for everybody, with holes for what
// differs from one person to the next. Whoever makes one renders the page with
// Hole in the place of each such value, and never with a person's own: so
// nothing of a person can stay in it.
type Stencil struct {
	pieces []string // around the holes, one more than there are holes
	holes  []int    // which value goes into each
}

// holeMark cannot be guessed, so that no text can pretend to be a hole.
var holeMark = "hole" + strings.ToLower(rand.Text()) + "x"

// Hole stands for the value n, from 0, where a page shows text or HTML. It
// passes through html/template as it is.
func Hole(n int) string { return holeMark + strconv.Itoa(n) + "x" }

// NewStencil cuts a rendered page at its holes. A value may show in several
// places, or in none.
func NewStencil(page string) *Stencil {
	s := &Stencil{}
	for {
		before, rest, found := strings.Cut(page, holeMark)
		number, after, closed := strings.Cut(rest, "x")
		n, err := strconv.Atoi(number)
		if !found || !closed || err != nil {
			s.pieces = append(s.pieces, page)
			return s
		}
		s.pieces, s.holes = append(s.pieces, before), append(s.holes, n)
		page = after
	}
}

// Fill writes the page with a value for each hole: safe HTML, so text goes
// through EscapeText first.
func (s *Stencil) Fill(w io.StringWriter, values ...string) error {
	for i, n := range s.holes {
		if _, err := w.WriteString(s.pieces[i]); err != nil {
			return err
		}
		if _, err := w.WriteString(values[n]); err != nil {
			return err
		}
	}
	_, err := w.WriteString(s.pieces[len(s.holes)])
	return err
}

// EscapeText makes a text safe for a hole in text or in a quoted attribute.
func EscapeText(text string) string { return html.EscapeString(text) }
