package courses

import (
	"slices"
	"strings"
)

// A Merged text is two that were made of the same one, put together.
type Merged struct {
	parts []mergedPart
}

// mergedPart is a stretch that needs no choice, or a clash.
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
// piece, each otherwise, or one removed what the other changed, or both added
// something at the same place, somebody has to choose. Nothing of either is lost: it
// is in the text or in a clash. The same three texts always give the same clashes.
func Merge(base, mine, theirs []byte) Merged {
	m := &merge{base: versionOf(base), mine: versionOf(mine), theirs: versionOf(theirs), ending: mostEndings(linesOf(mine)), lastMine: -1, lastTheirs: -1}
	at := 0
	for _, p := range m.meetings() {
		m.keep(at, p.from)
		m.settle(p)
		at = p.to
	}
	m.keep(at, len(m.base.pieces))
	return m.merged
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
		text := part.text
		if part.clash != nil {
			choice := TakeBoth
			if len(choices) > 0 {
				choice, choices = choices[0], choices[1:]
			}
			text = part.clash.settled(choice)
		}
		b.WriteString(text)
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
	if strings.TrimSpace(c.Theirs) == "" || strings.TrimSpace(c.Mine) == "" {
		return c.Theirs + c.Mine
	}
	return apart(c.Theirs, mostEndings(linesOf([]byte(c.Theirs+c.Mine)))) + c.Mine
}

// apart is a text with a blank line behind it.
func apart(text, ending string) string {
	lines := bareLines(text)
	for n := len(lines); n < 3 || lines[n-1] != "" || strings.TrimSpace(lines[n-2]) != ""; n = len(lines) {
		text += ending
		lines = append(lines, "")
	}
	return text
}

// A version is one of the three texts, in pieces. Two pieces are the same whose words
// are: how a line ends and how many blank lines are behind it does not count.
type version struct {
	pieces []string
	keys   []string
	at     []int // where each piece of the base is in it, -1 for nowhere
}

func versionOf(text []byte) version {
	v := version{pieces: sources(text)}
	for _, piece := range v.pieces {
		v.keys = append(v.keys, strings.TrimRight(strings.Join(bareLines(piece), "\n"), " \t\n"))
	}
	return v
}

func (v version) text(from, to int) string { return strings.Join(v.pieces[from:to], "") }

// nowhere is the place of a piece in a version that does not have it.
const nowhere = -2

type merge struct {
	base, mine, theirs version
	ending             string // of most lines
	merged             Merged
	lastMine           int // where the piece that was said last is, -1 before the first
	lastTheirs         int
}

// keep says pieces that both have as they were, but for the blank lines behind them.
func (m *merge) keep(from, to int) {
	for i := from; i < to; i++ {
		m.sayBoth(m.base.pieces[i], m.mine.at[i], m.theirs.at[i])
	}
}

// sayBoth says a piece that reads alike in both: as one made it of the base, or with
// the more blank lines.
func (m *merge) sayBoth(base string, mine, theirs int) {
	text, other := m.mine.pieces[mine], m.theirs.pieces[theirs]
	if text == base || other != base && (len(other) > len(text) || len(other) == len(text) && other > text) {
		text = other
	}
	m.say(text, mine, theirs)
}

// settle says pieces that somebody changed.
func (m *merge) settle(p meeting) {
	switch {
	case len(p.theirs) == 0:
		m.sayRange(m.mine, p.mine, p, func(i int) (int, int) { return i, nowhere })
		return
	case len(p.mine) == 0:
		m.sayRange(m.theirs, p.theirs, p, func(i int) (int, int) { return nowhere, i })
		return
	}
	a, b := p.in(p.mine)
	c, d := p.in(p.theirs)
	front, back := sameEnds(m.mine.keys[a:b], m.theirs.keys[c:d])
	for i := range front {
		m.sayBoth("", a+i, c+i)
	}
	m.settleMiddle(p, [2]int{a + front, b - back}, [2]int{c + front, d - back})
	for i := range back {
		m.sayBoth("", b-back+i, d-back+i)
	}
}

// settleMiddle settles what two made of the same pieces, without what they made alike.
func (m *merge) settleMiddle(p meeting, mine, theirs [2]int) {
	was := m.base.keys[p.from:p.to]
	myKeys, theirKeys := m.mine.keys[mine[0]:mine[1]], m.theirs.keys[theirs[0]:theirs[1]]
	switch {
	case len(myKeys)+len(theirKeys) == 0:
	case slices.Equal(was, theirKeys):
		for i := mine[0]; i < mine[1]; i++ {
			m.say(m.mine.pieces[i], i, nowhere)
		}
	case slices.Equal(was, myKeys):
		for i := theirs[0]; i < theirs[1]; i++ {
			m.say(m.theirs.pieces[i], nowhere, i)
		}
	default:
		m.ask(m.base.text(p.from, p.to), mine, theirs)
	}
}

func (m *merge) sayRange(v version, exchanges []exchange, p meeting, at func(int) (mine, theirs int)) {
	from, to := p.in(exchanges)
	for i := from; i < to; i++ {
		mine, theirs := at(i)
		m.say(v.pieces[i], mine, theirs)
	}
}

// say writes a piece, apart from the one before where no version has them together.
func (m *merge) say(text string, mine, theirs int) {
	if n := len(m.merged.parts); n > 0 {
		last := &m.merged.parts[n-1]
		byMine, byTheirs := mine == m.lastMine+1, theirs == m.lastTheirs+1
		if last.clash != nil {
			last.clash.apart(!byMine, !byTheirs, m.ending)
		} else if !byMine && !byTheirs {
			last.text = apart(last.text, m.ending)
		}
	}
	m.merged.parts = append(m.merged.parts, mergedPart{text: text})
	m.lastMine, m.lastTheirs = mine, theirs
}

// ask writes a clash.
func (m *merge) ask(base string, mine, theirs [2]int) {
	if n := len(m.merged.parts); n > 0 {
		last := &m.merged.parts[n-1]
		if last.clash != nil {
			last.clash.apart(true, true, m.ending)
		} else if mine[0] != m.lastMine+1 || theirs[0] != m.lastTheirs+1 {
			last.text = apart(last.text, m.ending)
		}
	}
	m.merged.parts = append(m.merged.parts, mergedPart{clash: &Clash{base, m.mine.text(mine[0], mine[1]), m.theirs.text(theirs[0], theirs[1])}})
	m.lastMine, m.lastTheirs = mine[1]-1, theirs[1]-1
}

func (c *Clash) apart(mine, theirs bool, ending string) {
	if mine && strings.TrimSpace(c.Mine) != "" {
		c.Mine = apart(c.Mine, ending)
	}
	if theirs && strings.TrimSpace(c.Theirs) != "" {
		c.Theirs = apart(c.Theirs, ending)
	}
}
