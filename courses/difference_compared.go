package courses

import (
	"github.com/sergi/go-diff/diffmatchpatch"
)

// mostCompared is how many things of two lists together are compared, without those
// that are the same at both ends. Beyond it, the time would be that of a square, and
// what is between the ends counts as exchanged.
const mostCompared = 6000

// A stretch is so many things in a row of both lists, of the first, or of the second.
type stretch struct {
	kind diffmatchpatch.Operation
	n    int
}

// compared says how the things of one list become those of another. The same lists
// always give the same answer: who chose between two texts chose by it.
func compared(before, after []string) []stretch {
	front, back := sameEnds(before, after)
	before, after = before[front:len(before)-back], after[front:len(after)-back]
	var middle []stretch
	if len(before)+len(after) > mostCompared {
		middle = []stretch{{diffmatchpatch.DiffDelete, len(before)}, {diffmatchpatch.DiffInsert, len(after)}}
	} else {
		middle = comparedAll(before, after)
	}
	all := make([]stretch, 0, len(middle)+2)
	all = append(all, stretch{diffmatchpatch.DiffEqual, front})
	all = append(all, middle...)
	return append(all, stretch{diffmatchpatch.DiffEqual, back})
}

func sameEnds(before, after []string) (front, back int) {
	least := min(len(before), len(after))
	for front < least && before[front] == after[front] {
		front++
	}
	for back < least-front && before[len(before)-1-back] == after[len(after)-1-back] {
		back++
	}
	return front, back
}

// comparedAll writes each thing as a letter, which is what the library compares.
func comparedAll(before, after []string) (all []stretch) {
	letters := map[string]rune{}
	write := func(things []string) []rune {
		written := make([]rune, len(things))
		for i, thing := range things {
			letter, ok := letters[thing]
			if !ok {
				letter = rune(len(letters) + 1)
				letters[thing] = letter
			}
			written[i] = letter
		}
		return written
	}
	library := diffmatchpatch.New()
	library.DiffTimeout = 0 // no clock: a busy machine must not answer otherwise
	for _, d := range library.DiffMainRunes(write(before), write(after), false) {
		all = append(all, stretch{d.Type, len([]rune(d.Text))})
	}
	return all
}

// matches gives for each thing of the first list its place in the second, -1 where
// it is not there.
func matches(before, after []string) []int {
	at := make([]int, len(before))
	i, j := 0, 0
	for _, s := range compared(before, after) {
		for range s.n {
			switch s.kind {
			case diffmatchpatch.DiffEqual:
				at[i] = j
				i, j = i+1, j+1
			case diffmatchpatch.DiffDelete:
				at[i] = -1
				i++
			case diffmatchpatch.DiffInsert:
				j++
			}
		}
	}
	return at
}
