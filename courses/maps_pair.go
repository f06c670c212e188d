package courses

import (
	"cmp"
	"slices"
	"strings"
)

// A thing is a step, block, activity, item or gap as the maps see it.
type thing struct {
	id    string // "" where it has none
	kind  Kind   // "" for steps and items
	place string // what it stands in; only things in the same place are compared in place
	depth int
	text  string // as collapse makes it
	look  look   // filled when it is first compared
}

// A pairing finds the things of one revision among those of the next. It goes
// in rounds, the surest first; what a round has paired no later one touches.
// Every round gives the same pairs when the two sides are exchanged, so a change
// that is undone brings everything back.
type pairing struct {
	words         vocabulary
	before, after []thing
	to, from      []int // index on the other side, -1 where there is none yet
}

func newPairing(words vocabulary, before, after []thing) *pairing {
	p := &pairing{words: words, before: before, after: after}
	p.to = slices.Repeat([]int{-1}, len(before))
	p.from = slices.Repeat([]int{-1}, len(after))
	return p
}

func (p *pairing) pair(i, j int) { p.to[i], p.from[j] = j, i }

// same pairs the first of a key with the first of that key, the second with
// the second, and so on. A thing whose key is "" takes no part.
func (p *pairing) same(key func(thing) string) {
	waiting := gather(p.after, p.from, key)
	for i, t := range p.before {
		k := key(t)
		if p.to[i] >= 0 || k == "" || len(waiting[k]) == 0 {
			continue
		}
		p.pair(i, waiting[k][0])
		waiting[k] = waiting[k][1:]
	}
}

// near pairs things of the same key whose texts are close, the closest first.
func (p *pairing) near(key func(thing) string) {
	after := gather(p.after, p.from, key)
	for k, before := range gather(p.before, p.to, key) {
		for _, c := range p.candidates(before, after[k]) {
			if p.to[c.i] < 0 && p.from[c.j] < 0 {
				p.pair(c.i, c.j)
			}
		}
	}
}

type candidate struct {
	i, j  int
	score float64
	apart int // how far the ranks differ
	rank  int // their sum: breaks a tie in the same way from both sides
}

// candidates lists the pairs of two lists that are close enough, best first.
func (p *pairing) candidates(before, after []int) []candidate {
	var found []candidate
	reach := p.reach(before, after)
	for r, i := range before {
		for s := max(0, r-reach); s < min(len(after), r+reach+1); s++ {
			score := likeness(p.see(&p.before[i]), p.see(&p.after[after[s]]))
			if score >= closeEnough {
				found = append(found, candidate{i, after[s], score, max(r-s, s-r), r + s})
			}
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), a.apart-b.apart, a.rank-b.rank, a.i-b.i)
	})
	return found
}

// reach is how far apart two things may stand, among those still unpaired, to
// be compared. In an ordinary module that is everything; in a huge one it is
// less, so that the work stays in proportion to the text.
func (p *pairing) reach(before, after []int) int {
	const work, least = 2_000_000, 8
	words := 1
	for _, i := range before {
		words += len(p.see(&p.before[i]).words)
	}
	for _, j := range after {
		words += len(p.see(&p.after[j]).words)
	}
	return max(least, work/words)
}

func (p *pairing) see(t *thing) look {
	if !t.look.seen {
		t.look = p.words.look(t.text)
	}
	return t.look
}

// byID pairs things that have ids, as Compare promises it.
func (p *pairing) byID() {
	p.same(func(t thing) string { return key(t.kind, t.id, t.text) })
	p.same(func(t thing) string { return key(t.kind, family(t.id), t.text) })
	doubled := p.doubled()
	p.same(func(t thing) string {
		if doubled[key(t.kind, family(t.id))] {
			return ""
		}
		return key(t.kind, t.id)
	})
	p.near(func(t thing) string { return key(t.kind, family(t.id)) })
	p.same(func(t thing) string { return key(t.kind, t.id) })
	p.same(func(t thing) string { return textKey(t.text, t.kind) })
	p.near(func(t thing) string { return key(t.kind) })
}

// doubled names the families of ids that have more than one member on a side:
// among them the number at the end says little, since it is only an order.
func (p *pairing) doubled() map[string]bool {
	many := map[string]bool{}
	for _, side := range [][]thing{p.before, p.after} {
		count := map[string]int{}
		for _, t := range side {
			k := key(t.kind, family(t.id))
			count[k]++
			many[k] = many[k] || count[k] > 1
		}
	}
	return many
}

// family is an id without the number that makes a doubled one unique.
func family(id string) string {
	base := strings.TrimRight(id, "0123456789")
	if cut, ok := strings.CutSuffix(base, "-"); ok && cut != "" && len(base) < len(id) {
		return cut
	}
	return id
}

// gather lists the unpaired things by key, in order.
func gather(things []thing, paired []int, key func(thing) string) map[string][]int {
	lists := map[string][]int{}
	for i, t := range things {
		if paired[i] >= 0 {
			continue
		}
		if k := key(t); k != "" {
			lists[k] = append(lists[k], i)
		}
	}
	return lists
}

// key joins what two things must have in common. It is never "".
func key[T ~string](first T, more ...string) string {
	return string(first) + "\x00" + strings.Join(more, "\x00")
}

// textKey is key for things that have nothing but their text in common: an
// empty text is in common with nothing.
func textKey[T ~string](text string, more T) string {
	if text == "" {
		return ""
	}
	return key(more, text)
}
