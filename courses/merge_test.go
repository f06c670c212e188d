package courses

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestTwoWhoChangeDifferentPlacesBothKeepTheirs(t *testing.T) {
	base, mine, theirs := "One.\n\nTwo.\n\nThree.\n", "One, mine.\n\nTwo.\n\nThree.\n", "One.\n\nTwo.\n\nThree.\n\nFour, theirs.\n"
	merged := Merge([]byte(base), []byte(mine), []byte(theirs))
	if len(merged.Clashes()) > 0 {
		t.Fatalf("%+v", merged.Clashes())
	}
	if got := string(merged.Text()); got != "One, mine.\n\nTwo.\n\nThree.\n\nFour, theirs.\n" {
		t.Errorf("%q", got)
	}
}

func TestTwoWhoChangeOnePlaceChoose(t *testing.T) {
	merged := Merge([]byte("One.\n\nTwo.\n"), []byte("Mine.\n\nTwo.\n"), []byte("Theirs.\n\nTwo.\n"))
	if want := []Clash{{"One.\n\n", "Mine.\n\n", "Theirs.\n\n"}}; !slices.Equal(merged.Clashes(), want) {
		t.Fatalf("%+v", merged.Clashes())
	}
	for choice, want := range map[string]string{TakeMine: "Mine.\n\nTwo.\n", TakeTheirs: "Theirs.\n\nTwo.\n", TakeBoth: "Theirs.\n\nMine.\n\nTwo.\n"} {
		if got := string(merged.Text(choice)); got != want {
			t.Errorf("%s: %q", choice, got)
		}
	}
}

func TestWhatOneRemovedAndTheOtherChangedIsAskedAbout(t *testing.T) {
	merged := Merge([]byte("One.\n\nTwo.\n\nThree.\n"), []byte("One.\n\nThree.\n"), []byte("One.\n\nTwo, theirs.\n\nThree.\n"))
	if got := merged.Clashes(); len(got) != 1 || got[0].Mine != "" || got[0].Theirs != "Two, theirs.\n\n" {
		t.Errorf("%+v", got)
	}
}

// Whatever two people make of a text, every piece of either is in the text or in a
// clash.
func TestNothingOfEitherIsLost(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pieces := func(n int, own string) []string {
		var all []string
		for range n {
			all = append(all, string(rune('A'+r.IntN(6)))+own+".\n\n")
		}
		return all
	}
	for range 3000 {
		base := pieces(r.IntN(8), "")
		change := func(own string) []string {
			made := slices.Clone(base)
			for range r.IntN(4) {
				at := r.IntN(len(made) + 1)
				switch r.IntN(3) {
				case 0:
					made = slices.Insert(made, at, pieces(1, own)...)
				case 1:
					made = slices.Delete(made, min(at, max(0, len(made)-1)), min(at+1, len(made)))
				case 2:
					if at < len(made) {
						made[at] = pieces(1, own)[0]
					}
				}
			}
			return made
		}
		mine, theirs := change("m"), change("t")
		text := func(all []string) []byte { return []byte(strings.Join(all, "")) }
		merged := Merge(text(base), text(mine), text(theirs))
		all := string(merged.Text())
		for _, own := range slices.Concat(mine, theirs) {
			if strings.ContainsAny(own, "mt") && !strings.Contains(all, own) {
				t.Fatalf("%q is lost of %q, %q and %q: %q", own, base, mine, theirs, all)
			}
		}
		if got := Merge(text(base), text(base), text(theirs)); len(got.Clashes()) > 0 || !bytes.Equal(got.Text(), text(theirs)) {
			t.Fatalf("who changed nothing changed %q", got.Text())
		}
		if got := Merge(text(base), text(mine), text(mine)); len(got.Clashes()) > 0 || !bytes.Equal(got.Text(), text(mine)) {
			t.Fatalf("two who did the same made %q of %q", got.Text(), mine)
		}
	}
}

func TestATextThatComesBackFromAFormIsAsItWas(t *testing.T) {
	for _, text := range []string{"", "a", "a\n", "a\r\nb\r\n", "a\nb\r\nc\rd", "\n\n", "a\r\n\r\n\r\nb"} {
		posted := strings.ReplaceAll(strings.Join(bareLines(text), "\n"), "\n", "\r\n")
		if got := string(SameNewlines([]byte(posted), []byte(text))); got != text {
			t.Errorf("%q came back as %q", text, got)
		}
	}
	if got := string(SameNewlines([]byte("a\r\nnew\r\nb\r\n"), []byte("a\nb\n"))); got != "a\nnew\nb\n" {
		t.Errorf("%q", got)
	}
}

func FuzzDifferenceIsBothTexts(f *testing.F) {
	f.Add([]byte("می\u200cخواهم کمک کنم. One two."), []byte("می\u200cخواهم به شما کمک کنم. One  three.\n"))
	f.Add([]byte("a\r\nb"), []byte("é e\u0301 👩‍👩‍👧"))
	f.Fuzz(func(t *testing.T, before, after []byte) {
		var was, is strings.Builder
		for _, run := range Difference(before, after) {
			if run.Kind != Arrived {
				was.WriteString(run.Text)
			}
			if run.Kind != Gone {
				is.WriteString(run.Text)
			}
		}
		if was.String() != string(before) || is.String() != string(after) {
			t.Errorf("%q and %q became %q and %q", before, after, was.String(), is.String())
		}
	})
}

func TestAWordIsNeverCutInTwo(t *testing.T) {
	runs := Difference([]byte("من می\u200cخواهم کمک کنم"), []byte("من می\u200cخواستم کمک کنم"))
	want := []Run{{Same, "من "}, {Gone, "می\u200cخواهم "}, {Arrived, "می\u200cخواستم "}, {Same, "کمک کنم"}}
	if !slices.Equal(runs, want) {
		t.Errorf("%q", runs)
	}
}
