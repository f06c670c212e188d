package courses

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// anOrder draws an order of cards with few words, so that some read the same.
func anOrder(t *rapid.T) *Activity {
	a := &Activity{ID: "q", Kind: Order}
	words := rapid.SliceOfN(rapid.StringMatching(`[abc]{1,2}`), 2, 7).Draw(t, "words")
	for i, word := range words {
		a.Items = append(a.Items, Item{Position: i + 1, Text: word, HTML: word})
	}
	return a
}

// shownWords is what stands in the page, one below the other.
func shownWords(a *Activity) []string {
	var words []string
	for _, position := range a.Shown() {
		words = append(words, a.Items[position-1].HTML)
	}
	return words
}

func TestAnOrderIsNeverShownInTheRightOrderAndAlwaysInTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anOrder(t)
		shown := a.Shown()
		if slices.IsSorted(shown) {
			t.Fatalf("%v is shown as it belongs", shownWords(a))
		}
		if !slices.Equal(shown, a.Shown()) || !slices.Equal(slices.Sorted(slices.Values(shown)), upTo(len(a.Items))) {
			t.Fatalf("shown as %v", shown)
		}
	})
}

// Whoever knows this program by heart learns one thing from where the items of
// an order stand, and it is said in Shown: the first belongs after the last.
func TestWhereTheItemsOfAnOrderStandTellsOnlyThatTheFirstBelongsAfterTheLast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anOrder(t)
		words := shownWords(a)
		other := &Activity{ID: "q", Kind: Order, Items: rapid.Permutation(a.Items).Draw(t, "right")}
		for i := range other.Items {
			other.Items[i].Position = i + 1
		}
		now := shownWords(other)
		mirrored := slices.Clone(now)
		slices.Reverse(mirrored)
		if !slices.Equal(words, now) && !slices.Equal(words, mirrored) {
			t.Fatalf("%v, and with another order %v", words, now)
		}
	})
}

// Forms speak of these places: a rule that changes needs other names of fields.
func TestWhatIsShownWhereIsTheSameInEveryVersion(t *testing.T) {
	a := theActivity(t, ":::order{#a-good-meeting}\nx\n1. a\n2. b\n3. c\n4. d\n5. e\n:::")
	if got := a.Shown(); !slices.Equal(got, []int{4, 3, 2, 5, 1}) {
		t.Errorf("an order is shown as %v", got)
	}
	a = theActivity(t, ":::sort[s]\n- a\n  - b\n  - c\n- d\n  - e\n:::")
	if got := a.Shown(); !slices.Equal(got, []int{3, 2, 5}) {
		t.Errorf("a sort is shown as %v", got)
	}
}
