package courses

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var mapWords = []string{
	"listen", "walk", "tea", "morning", "friend", "door", "quiet", "phone", "river", "bread",
	"letter", "garden", "winter", "lamp", "music", "bridge", "paper", "story", "window", "road",
}

// anyModule draws a small module. With few words to draw from, texts repeat and
// come close often, which is where maps go wrong.
func anyModule(t *rapid.T) *Module {
	ids := map[string]int{}
	id := func(base string) string {
		ids[base]++
		if ids[base] == 1 {
			return base
		}
		return fmt.Sprintf("%s-%d", base, ids[base])
	}
	var steps []*Step
	for range rapid.IntRange(0, 4).Draw(t, "steps") {
		var parts []Part
		for range rapid.IntRange(0, 5).Draw(t, "parts") {
			parts = append(parts, anyPart(t, id))
		}
		steps = append(steps, stepOf(id("step-"+anyText(t, 1)), anyText(t, 2), parts...))
	}
	return moduleOf(steps...)
}

func anyPart(t *rapid.T, id func(string) string) Part {
	kind := rapid.SampledFrom([]Kind{Prose, Note, Question, Checklist, Sort, Reflection}).Draw(t, "kind")
	if kind == Prose || kind == Note {
		return Part{Kind: kind, Text: anyText(t, 6)}
	}
	var items []string
	for i := range rapid.IntRange(0, 5).Draw(t, "items") {
		text := anyText(t, 4)
		if i > 0 && rapid.Bool().Draw(t, "nested") {
			text = "> " + text
		}
		items = append(items, text)
	}
	return activityOf(kind, id(anyText(t, 1)), anyText(t, 4), items...)
}

func anyText(t *rapid.T, most int) string {
	words := rapid.SliceOfN(rapid.SampledFrom(mapWords), 1, most).Draw(t, "words")
	return collapse(words...)
}

// changed shuffles a module, drops some of it and rewords some.
func changed(t *rapid.T, m *Module) *Module {
	seed := rapid.Uint64().Draw(t, "shuffle")
	r := rand.New(rand.NewPCG(seed, 1))
	var steps []*Step
	for _, i := range r.Perm(len(m.Steps)) {
		var parts []Part
		for _, j := range r.Perm(len(m.Steps[i].Parts)) {
			if r.IntN(6) == 0 {
				continue
			}
			part := m.Steps[i].Parts[j]
			if part.Activity != nil {
				a := *part.Activity
				a.Items = slices.Clone(a.Items)
				for k := range a.Items {
					if r.IntN(4) == 0 {
						a.Items[k].Text += " again"
					}
				}
				part.Activity = &a
			}
			if r.IntN(4) == 0 {
				part.Text += " and more"
			}
			parts = append(parts, part)
		}
		steps = append(steps, stepOf(m.Steps[i].ID, m.Steps[i].Title, parts...))
	}
	return moduleOf(steps...)
}

func anyPair(t *rapid.T) (*Module, *Module) {
	before := anyModule(t)
	if rapid.Bool().Draw(t, "unrelated") {
		return before, anyModule(t)
	}
	return before, changed(t, before)
}

func TestComparedWithItselfEverythingStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyModule(t)
		got := Compare(m, m)
		for from, to := range got.Steps {
			if from != to {
				t.Fatalf("step %q went to %q", from, to)
			}
		}
		for from, to := range got.Blocks {
			if from != to {
				t.Fatalf("block %q went to %q", from, to)
			}
		}
		for id, a := range got.Activities {
			if a.To != id || a.Changed || a.Reworded != nil {
				t.Fatalf("activity %q went to %+v", id, a)
			}
			for i, to := range a.Positions {
				if to != i+1 {
					t.Fatalf("position %d of %q went to %d", i+1, id, to)
				}
			}
		}
	})
}

func TestNothingIsTheTargetOfTwo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Compare(anyPair(t))
		once := func(what string, seen map[string]bool, to string) {
			if to != "" && seen[to] {
				t.Fatalf("two %s went to %q", what, to)
			}
			seen[to] = true
		}
		steps, blocks, acts := map[string]bool{}, map[string]bool{}, map[string]bool{}
		for _, to := range m.Steps {
			once("steps", steps, to)
		}
		for _, to := range m.Blocks {
			once("blocks", blocks, to)
		}
		for _, a := range m.Activities {
			once("activities", acts, a.To)
			taken := map[string]bool{}
			for _, to := range a.Positions {
				if to > 0 {
					once("positions", taken, fmt.Sprint(to))
				}
			}
		}
	})
}

func TestMapsOnlyNameWhatIsThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyPair(t)
		c := changed(t, b)
		for _, m := range []Map{Compare(a, b), Compare(a, b).Then(Compare(b, c))} {
			target := b
			if reflect.DeepEqual(m, Compare(a, c)) {
				target = c
			}
			checkNames(t, m, a, target, c)
		}
	})
}

// checkNames fails where a map does not name everything of before, or names
// what neither of the two later modules has.
func checkNames(t *rapid.T, m Map, before *Module, later ...*Module) {
	items, addresses := map[string]int{"": 0}, map[string]bool{"": true}
	for _, l := range later {
		for _, a := range activities(l) {
			items[a.ID] = max(items[a.ID], len(a.Items))
		}
		for _, b := range standings(l) {
			addresses[b.part.At] = true
		}
	}
	if len(m.Activities) != len(activities(before)) || len(m.Blocks) != len(standings(before)) {
		t.Fatal("the map leaves something out")
	}
	for id, a := range m.Activities {
		if _, ok := items[a.To]; !ok {
			t.Fatalf("%q went to %q, which is nowhere", id, a.To)
		}
		for _, to := range a.Positions {
			if to < 0 || to > items[a.To] {
				t.Fatalf("%q has a position %d, %q has %d", id, to, a.To, items[a.To])
			}
		}
	}
	for from, to := range m.Blocks {
		if !addresses[to] {
			t.Fatalf("block %q went to %q, which is nowhere", from, to)
		}
	}
}

func TestMapsInARowAreTheSameHoweverTheyAreJoined(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyPair(t)
		c := changed(t, b)
		d := changed(t, c)
		ab, bc, cd := Compare(a, b), Compare(b, c), Compare(c, d)
		left, right := ab.Then(bc).Then(cd), ab.Then(bc.Then(cd))
		if !reflect.DeepEqual(left, right) {
			t.Fatalf("(ab bc) cd = %+v\nab (bc cd) = %+v", left, right)
		}
	})
}

func TestAChangeThatIsUndoneBringsBackWhatBothHave(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyPair(t)
		there := Compare(a, b)
		back := there.Then(Compare(b, a))
		for id, m := range there.Activities {
			if m.To == "" {
				continue
			}
			if back.Activities[id].To != id {
				t.Fatalf("%q came back as %q", id, back.Activities[id].To)
			}
			for i, to := range m.Positions {
				if to > 0 && back.Activities[id].Positions[i] != i+1 {
					t.Fatalf("position %d of %q came back as %d", i+1, id, back.Activities[id].Positions[i])
				}
			}
		}
		for from, to := range there.Blocks {
			if to != "" && back.Blocks[from] != from {
				t.Fatalf("block %q came back as %q", from, back.Blocks[from])
			}
		}
		for from, to := range there.Steps {
			if to != "" && back.Steps[from] != from {
				t.Fatalf("step %q came back as %q", from, back.Steps[from])
			}
		}
	})
}

// distinctItems draws items of which no two are close.
func distinctItems(t *rapid.T) []string {
	n := rapid.IntRange(1, 5).Draw(t, "items")
	words := rapid.Permutation(mapWords).Draw(t, "words")
	var items []string
	for i := range n {
		items = append(items, collapse(words[i*4:i*4+4]...))
	}
	return items
}

func TestReorderedItemsAreAllFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := distinctItems(t)
		moved := rapid.Permutation(items).Draw(t, "moved")
		m := compareActivity(vocabulary{}, activityOf(Order, "o", "Order", items...).Activity,
			activityOf(Order, "o", "Order", moved...).Activity)
		for i, to := range m.Positions {
			if to == 0 || moved[to-1] != items[i] {
				t.Fatalf("%q went to position %d of %q", items[i], to, moved)
			}
		}
	})
}

func TestExactlyWhatIsDeletedIsGone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := distinctItems(t)
		out := rapid.IntRange(0, len(items)-1).Draw(t, "out")
		fewer := slices.Delete(slices.Clone(items), out, out+1)
		m := compareActivity(vocabulary{}, activityOf(Order, "o", "Order", items...).Activity,
			activityOf(Order, "o", "Order", fewer...).Activity)
		for i, to := range m.Positions {
			if gone := to == 0; gone != (i == out) {
				t.Fatalf("deleted %d; position %d went to %d", out, i+1, to)
			}
		}
	})
}

func TestOneChangedWordKeepsAnItemAlsoWhenItMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := distinctItems(t)
		which := rapid.IntRange(0, len(items)-1).Draw(t, "which")
		edited := slices.Clone(items)
		edited[which] = collapse("another", collapse(edited[which])[len(firstWord(edited[which])):])
		moved := rapid.Permutation(edited).Draw(t, "moved")
		m := compareActivity(vocabulary{}, activityOf(Order, "o", "Order", items...).Activity,
			activityOf(Order, "o", "Order", moved...).Activity)
		for i, to := range m.Positions {
			if to == 0 || moved[to-1] != edited[i] {
				t.Fatalf("%q went to position %d of %q", items[i], to, moved)
			}
		}
		if !slices.Equal(m.Reworded, []int{which + 1}) {
			t.Fatalf("reworded %v, want %d", m.Reworded, which+1)
		}
	})
}

func firstWord(text string) string { return lowerWords(text)[0] }

func TestReorderedStepsAndBlocksAreAllFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := distinctItems(t)
		build := func(order []string) *Module {
			var steps []*Step
			for _, text := range order {
				steps = append(steps, stepOf("step-"+firstWord(text), text, proseOf(text+" then"), proseOf("and "+text)))
			}
			return moduleOf(steps...)
		}
		m := Compare(build(texts), build(rapid.Permutation(texts).Draw(t, "moved")))
		for _, what := range []map[string]string{m.Steps, m.Blocks} {
			for from, to := range what {
				if from != to {
					t.Fatalf("%q went to %q", from, to)
				}
			}
		}
	})
}
