package courses

import (
	"reflect"
	"testing"
)

const (
	single   = ":::question[q]\n- [ ] a\n  > fa\n- [x] b\n  > fb\n:::"
	several  = ":::question[q]\n- [x] a\n- [x] b\n- [ ] c\n  > fc\n:::"
	open     = ":::question[q]\n- [ ] a\n  > fa\n- [ ] b\n:::"
	ordered  = ":::order[q]\n1. a\n2. b\n3. c\n:::"
	sorted   = ":::sort[q]\n- g\n  - a\n    > fa\n- h\n  - b\n:::"
	gapped   = ":::blanks[q]\n[[what|How so]] and [[O'Neil]]\n:::"
	chosen   = ":::scenario[q]\n- a\n  > fa\n  - b\n    > fb\n- c\n:::"
	ticked   = ":::checklist[q]\n- a\n- b\n:::"
	scaled   = ":::scale[q]\n1. a\n2. b\n:::"
	prompted = ":::reflection[q]\n1. a\n2. b\n:::"
	written  = ":::reflection[q]\n:::"
	practise = ":::practice[q]\n:::"
)

func TestMarks(t *testing.T) {
	type items = map[int]ItemMark
	for _, c := range []struct {
		name, text string
		ans        Answer
		want       Mark
	}{
		{"nothing chosen", single, Answer{}, Mark{Items: items{}}},
		{"the right one", single, Answer{Chosen: []int{2}}, Mark{true, true, Fits, items{2: {true, Fits, "<p>fb</p>"}}}},
		{"the other one", single, Answer{Chosen: []int{1}}, Mark{true, true, NotYet, items{1: {true, NotYet, "<p>fa</p>"}}}},
		{"one that is not there", single, Answer{Chosen: []int{9, 0, -1}}, Mark{Items: items{}}},
		{"all that fit", several, Answer{Chosen: []int{1, 2}}, Mark{true, true, Fits, items{1: {true, Fits, ""}, 2: {true, Fits, ""}}}},
		{"some of them", several, Answer{Chosen: []int{2}}, Mark{true, true, NotYet, items{2: {true, Fits, ""}}}},
		{"one too many", several, Answer{Chosen: []int{1, 2, 3}}, Mark{true, true, NotYet, items{1: {true, Fits, ""}, 2: {true, Fits, ""}, 3: {true, NotYet, "<p>fc</p>"}}}},
		{"nothing is right", open, Answer{Chosen: []int{1}}, Mark{true, true, Neither, items{1: {true, Neither, "<p>fa</p>"}}}},
		{"in order", ordered, Answer{Chosen: []int{1, 2, 3}}, Mark{true, true, Fits, items{1: {true, Fits, ""}, 2: {true, Fits, ""}, 3: {true, Fits, ""}}}},
		{"two changed", ordered, Answer{Chosen: []int{1, 3, 2}}, Mark{true, true, NotYet, items{1: {true, Fits, ""}, 3: {true, NotYet, ""}, 2: {true, NotYet, ""}}}},
		{"part of the order", ordered, Answer{Chosen: []int{1}}, Mark{true, false, NotYet, items{1: {true, Fits, ""}}}},
		{"sorted", sorted, Answer{Placed: map[int]int{2: 1, 4: 3}}, Mark{true, true, Fits, items{2: {true, Fits, "<p>fa</p>"}, 4: {true, Fits, ""}}}},
		{"one card wrong", sorted, Answer{Placed: map[int]int{2: 3, 4: 3}}, Mark{true, true, NotYet, items{2: {true, NotYet, "<p>fa</p>"}, 4: {true, Fits, ""}}}},
		{"one card put", sorted, Answer{Placed: map[int]int{2: 1, 4: 2, 9: 9}}, Mark{true, false, NotYet, items{2: {true, Fits, "<p>fa</p>"}}}},
		{"gaps as people type", gapped, Answer{Typed: map[int]string{1: " “HOW   so”. ", 2: "O'NEIL"}}, Mark{true, true, Fits, items{1: {true, Fits, ""}, 2: {true, Fits, ""}}}},
		{"one gap", gapped, Answer{Typed: map[int]string{1: "who", 2: " . "}}, Mark{true, false, NotYet, items{1: {true, NotYet, ""}}}},
		{"half-way through a scenario", chosen, Answer{Chosen: []int{1}}, Mark{true, false, Neither, items{1: {true, Neither, "<p>fa</p>"}}}},
		{"to its end", chosen, Answer{Chosen: []int{1, 2}}, Mark{true, true, Neither, items{1: {true, Neither, "<p>fa</p>"}, 2: {true, Neither, "<p>fb</p>"}}}},
		{"a path that is none", chosen, Answer{Chosen: []int{3, 2}}, Mark{true, true, Neither, items{3: {true, Neither, ""}}}},
		{"ticked", ticked, Answer{Chosen: []int{2}}, Mark{true, false, Neither, items{2: {true, Neither, ""}}}},
		{"all ticked", ticked, Answer{Chosen: []int{1, 2}}, Mark{true, true, Neither, items{1: {true, Neither, ""}, 2: {true, Neither, ""}}}},
		{"a point", scaled, Answer{Chosen: []int{2}}, Mark{true, true, Neither, items{2: {true, Neither, ""}}}},
		{"one prompt", prompted, Answer{Typed: map[int]string{2: "x"}}, Mark{true, false, Neither, items{2: {true, Neither, ""}}}},
		{"written", written, Answer{Typed: map[int]string{0: "x"}}, Mark{true, true, Neither, items{}}},
		{"not written", practise, Answer{}, Mark{Items: items{}}},
	} {
		if got := theActivity(t, c.text).Mark(c.ans); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

func TestBlanksAreComparedAsPeopleMeanThem(t *testing.T) {
	for _, c := range []struct {
		accept, typed string
		want          bool
	}{
		{"how", "How", true},
		{"how", "how.", true},
		{"how", "«how»", true},
		{"how", "h ow", false},
		{"straße", "STRASSE", true},
		{"é", "e\u0301", true},
		{"what for", " what \n for", true},
		{"ΣΊΣΥΦΟΣ", "σίσυφος", true},
		{"کتاب", "کتاب؟", true},
		{"don't", "dont", false},
	} {
		if got := foldAnswer(c.accept) == foldAnswer(c.typed); got != c.want {
			t.Errorf("%q and %q: %v", c.accept, c.typed, got)
		}
	}
}
