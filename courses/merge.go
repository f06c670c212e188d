package courses

import (
	"slices"
	"strings"
)

// A Merged text is two that were made of the same one, put together.
type Merged struct {
	parts []mergedPart
}

// mergedPart is a stretch that both agree on, or a clash.
type mergedPart struct {
	text  string
	clash *Clash
}

// A Clash is a place that both changed, each otherwise.
type Clash struct {
	Base, Mine, Theirs string
}

// Ways to settle a clash.
const (
	TakeMine   = "mine"
	TakeTheirs = "theirs"
	TakeBoth   = "both" // theirs, then mine
)

// Merge puts two texts together that were made of the same one, piece by piece: what
// one of them changed is taken, and what both changed alike. Where both changed a
// piece, each otherwise, or one removed what the other changed, somebody has to
// choose. Nothing of either is lost: it is in the text or in a clash.
func Merge(base, mine, theirs []byte) Merged {
	b, m, t := Pieces(base), Pieces(mine), Pieces(theirs)
	inMine, inTheirs := matches(b, m), matches(b, t)
	var merged Merged
	i, j, k := 0, 0, 0
	for at := 0; at <= len(b); at++ {
		if at < len(b) && (inMine[at] < 0 || inTheirs[at] < 0) {
			continue
		}
		toMine, toTheirs := len(m), len(t)
		if at < len(b) {
			toMine, toTheirs = inMine[at], inTheirs[at]
		}
		merged.add(b[i:at], m[j:toMine], t[k:toTheirs])
		if at < len(b) {
			merged.say(b[at])
			i, j, k = at+1, toMine+1, toTheirs+1
		}
	}
	return merged
}

func (m *Merged) add(base, mine, theirs []string) {
	switch {
	case slices.Equal(base, mine):
		m.say(theirs...)
	case slices.Equal(base, theirs), slices.Equal(mine, theirs):
		m.say(mine...)
	default:
		m.parts = append(m.parts, mergedPart{clash: &Clash{strings.Join(base, ""), strings.Join(mine, ""), strings.Join(theirs, "")}})
	}
}

func (m *Merged) say(pieces ...string) {
	if text := strings.Join(pieces, ""); text != "" {
		m.parts = append(m.parts, mergedPart{text: text})
	}
}

// Clashes are the places to choose at, in order; none where nobody has to.
func (m Merged) Clashes() (all []Clash) {
	for _, part := range m.parts {
		if part.clash != nil {
			all = append(all, *part.clash)
		}
	}
	return all
}

// Text is the two put together, with one choice for each clash; TakeBoth where a
// choice is missing.
func (m Merged) Text(choices ...string) []byte {
	var b strings.Builder
	for _, part := range m.parts {
		if part.clash == nil {
			b.WriteString(part.text)
			continue
		}
		choice := TakeBoth
		if len(choices) > 0 {
			choice, choices = choices[0], choices[1:]
		}
		b.WriteString(part.clash.settled(choice))
	}
	return []byte(b.String())
}

func (c Clash) settled(choice string) string {
	switch choice {
	case TakeMine:
		return c.Mine
	case TakeTheirs:
		return c.Theirs
	}
	if c.Theirs == "" || c.Mine == "" {
		return c.Theirs + c.Mine
	}
	theirs := c.Theirs
	for !strings.HasSuffix(theirs, "\n\n") && !strings.HasSuffix(theirs, "\r\n\r\n") {
		theirs += "\n"
	}
	return theirs + c.Mine
}
