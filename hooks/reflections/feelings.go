package reflections

import "slices"

// feelings are the ids of the feeling words, in the order in which they are shown.
// Their words stand under "feeling.", their pictures in the partial
// "feeling-picture".
var feelings = [...]string{
	"happy", "calm", "hopeful", "proud", "thankful", "sad", "hurt", "angry", "worried", "tired", "lonely", "confused",
}

// Feelings are the ids of all feeling words, in the order in which they are shown.
func Feelings() []string { return feelings[:] }

// RatherNot is the value of the box "I'd rather not say".
const RatherNot = "rather-not"

// A Felt is what somebody ticked of how it felt.
type Felt struct {
	Feelings  []string // ids, in the order of Feelings
	RatherNot bool     // they would rather not say
}

// Ticked is what the values of the boxes say. What is no feeling word is left out.
func Ticked(values []string) Felt {
	f := Felt{RatherNot: slices.Contains(values, RatherNot)}
	for _, id := range feelings {
		if slices.Contains(values, id) {
			f.Feelings = append(f.Feelings, id)
		}
	}
	return f
}

// Says reports whether anything was ticked.
func (f Felt) Says() bool { return len(f.Feelings) > 0 || f.RatherNot }

// Is reports whether two say the same.
func (f Felt) Is(other Felt) bool {
	return slices.Equal(f.Feelings, other.Feelings) && f.RatherNot == other.RatherNot
}

// And is what either of two says.
func (f Felt) And(other Felt) Felt {
	both := Ticked(slices.Concat(f.Feelings, other.Feelings))
	both.RatherNot = f.RatherNot || other.RatherNot
	return both
}

// Felt is how it felt, by these words. A feeling word that is none any more is left
// out: there is nothing to say of it.
func (w Words) Felt() Felt {
	f := Ticked(w.Feelings)
	f.RatherNot = w.RatherNot
	return f
}

// Feel puts how it felt into the words.
func (w *Words) Feel(f Felt) { w.Feelings, w.RatherNot = f.Feelings, f.RatherNot }
