package courses

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"
	"strconv"
)

// Shown gives the positions in the order in which they are shown. The items of
// an order and the cards of a sort stand as nothing but their words decide, so
// that where they stand tells nobody where they belong. Everything else is shown
// as it was written. The groups of a sort are not in it: they are Under(0).
//
// An order is never shown in the right order. Of the one sequence that its words
// make and its mirror image, that one is shown in which what stands first belongs
// after what stands last: this is all that can be told from it.
func (a *Activity) Shown() []int {
	var positions []int
	for _, item := range a.Items {
		if a.Kind != Sort || item.Parent != 0 {
			positions = append(positions, item.Position)
		}
	}
	if a.Kind == Order || a.Kind == Sort {
		a.sortByWords(positions)
	}
	if n := len(positions); a.Kind == Order && n > 1 && positions[0] < positions[n-1] {
		slices.Reverse(positions)
	}
	return positions
}

// sortByWords sorts by a hash of what each says. What reads the same keeps the
// order of the text, in which nobody can tell it apart.
func (a *Activity) sortByWords(positions []int) {
	sums := make(map[int][sha256.Size]byte, len(positions))
	for _, position := range positions {
		sums[position] = sha256.Sum256([]byte(a.Items[position-1].Text))
	}
	slices.SortStableFunc(positions, func(p, q int) int {
		one, other := sums[p], sums[q]
		return cmp.Or(bytes.Compare(one[:], other[:]), cmp.Compare(a.Items[p-1].HTML, a.Items[q-1].HTML))
	})
}

// Value gives what the control of an item says where that is chosen: its
// position. Among the groups of a sort and the choices of a scenario, positions
// would tell how much there is under each, so there it is the place among those
// beside it.
func (a *Activity) Value(position int) string {
	item, ok := a.Item(position)
	if !ok || a.Kind != Sort && a.Kind != Scenario {
		return strconv.Itoa(position)
	}
	return placeValue(slices.IndexFunc(a.Under(item.Parent), func(it Item) bool { return it.Position == position }))
}

// placeValue is the value of the k-th of several, from 0. It is no number, so
// that it is never taken for a position.
func placeValue(k int) string { return "n" + strconv.Itoa(k+1) }
