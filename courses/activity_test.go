package courses

import (
	"reflect"
	"slices"
	"testing"
)

// theActivity compiles a text with one activity.
func theActivity(t testing.TB, text string) *Activity {
	t.Helper()
	m := compileText(text)
	if len(m.Steps) != 1 || len(m.Steps[0].Activities) != 1 {
		t.Fatalf("%q: not one activity: %v", text, m.Problems)
	}
	return m.Steps[0].Activities[0]
}

func TestLabelAndPrompt(t *testing.T) {
	for _, c := range []struct{ text, label, prompt, says string }{
		{":::question[Which *one*?]\n- [ ] a\n- [x] b\n:::", "Which <em>one</em>?", "", "Which one?"},
		{":::question\nWhich?\n- [ ] a\n- [x] b\n:::", "", "<p>Which?</p>", "Which?"},
		{":::question[Which?]\nTake your time.\n\n- [ ] a\n- [x] b\n:::", "Which?", "<p>Take your time.</p>", "Which?"},
		{":::question[Which?]\n- think\n- again\n\nNow:\n\n- [ ] a\n- [x] b\n:::", "Which?", "<ul>\n<li>think</li>\n<li>again</li>\n</ul>\n<p>Now:</p>", "Which?"},
		{":::practice\nListen.\n\n- to one\n:::", "", "<p>Listen.</p>\n<ul>\n<li>to one</li>\n</ul>", "Listen. to one"},
		{":::reflection\nWhy?\n\n- think\n:::", "", "<p>Why?</p>\n<ul>\n<li>think</li>\n</ul>", "Why? think"},
		{":::reflection\nWhy?\n\n1. a\n2. b\n:::", "", "<p>Why?</p>", "Why?"},
		{":::blanks\nA [[b|c]] d.\n:::", "", "", "A … d."},
		{":::blanks[Fill in]\nA [[b]].\n:::", "Fill in", "", "Fill in"},
	} {
		a := theActivity(t, c.text)
		if a.Label != c.label || a.Prompt != c.prompt || a.Text != c.says {
			t.Errorf("%q: label %q, prompt %q, text %q", c.text, a.Label, a.Prompt, a.Text)
		}
	}
}

func TestTheBoxesOfAQuestionSayWhatIsRight(t *testing.T) {
	for _, c := range []struct {
		list         string
		many, marked bool
	}{
		{"- [ ] a\n- [x] b\n", false, true},
		{"- [X] a\n- [x] b\n- [ ] c\n", true, true},
		{"- [ ] a\n- [ ] b\n", false, false},
		{"1. [ ] a\n2. [x] b\n", false, true},
		{"- a\n- b\n", false, false},
		{"- [ ] a\n\n- [x] b\n", false, true},
	} {
		a := theActivity(t, ":::question[q]\n"+c.list+":::")
		if m := compileText(":::question[q]\n" + c.list + ":::"); len(m.Problems) > 0 {
			t.Errorf("%q: %v", c.list, m.Problems)
		}
		if a.Many != c.many || a.Marked != c.marked || a.Items[0].Text != "a" {
			t.Errorf("%q: %+v", c.list, a)
		}
	}
}

func TestFeedbackIsTheQuoteAndALineWithoutASignEndsIt(t *testing.T) {
	a := theActivity(t, ":::question[q]\n- [ ] a\n  > one\n  > *two*\n  three\n- [x] b\n  more\n\n  > four\n  >\n  > five\n:::")
	want := []Item{
		{Position: 1, HTML: "a<br>three", Text: "a three", Feedback: "<p>one\n<em>two</em></p>"},
		{Position: 2, HTML: "b\nmore", Text: "b more", Feedback: "<p>four</p>\n<p>five</p>", Right: true},
	}
	if !reflect.DeepEqual(a.Items, want) {
		t.Errorf("items %+v", a.Items)
	}
}

func TestNestedItemsKnowWhatTheyAreUnder(t *testing.T) {
	a := theActivity(t, ":::scenario[s]\n- a\n  > fa\n  - b\n    - c\n  - d\n- e\n:::")
	var got [][2]int
	for i, item := range a.Items {
		if item.Position != i+1 {
			t.Errorf("item %d has position %d", i, item.Position)
		}
		got = append(got, [2]int{item.Position, item.Parent})
	}
	if want := [][2]int{{1, 0}, {2, 1}, {3, 2}, {4, 1}, {5, 0}}; !slices.Equal(got, want) {
		t.Errorf("parents %v", got)
	}
	if under := a.Under(1); len(under) != 2 || under[1].Text != "d" {
		t.Errorf("under 1: %v", under)
	}
}

func TestItemsHoldOnlyWhatMayStandInALabel(t *testing.T) {
	a := theActivity(t, ":::checklist[c]\n- a `b` ![p](media/p.jpg)\n- c\n\n      code <x>\n- | t |\n  |---|\n  | u |\n- [ ] boxed\n:::")
	want := []string{`a <code>b</code> <img src="media/p.jpg" alt="p" loading="lazy">`, "c<br><code>code &lt;x&gt;</code>", "t u", "boxed"}
	for i, item := range a.Items {
		if item.HTML != want[i] {
			t.Errorf("item %d: %s", i+1, item.HTML)
		}
	}
}

func TestGapsAreReadBeforeLinksAndInBlanksOnly(t *testing.T) {
	a := theActivity(t, ":::blanks[See [[this]]]\nA [[ b | c ]](d) and [[e]], `[[f]]`.\n:::")
	if a.Label != "See [[this]]" {
		t.Errorf("label %q", a.Label)
	}
	if want := []string{"<p>A ", "(d) and ", ", <code>[[f]]</code>.</p>"}; !slices.Equal(a.Pieces, want) {
		t.Errorf("pieces %q", a.Pieces)
	}
	if !slices.Equal(a.Items[0].Accept, []string{"b", "c"}) || len(a.Items) != 2 {
		t.Errorf("items %+v", a.Items)
	}
	if got := pageHTML(compileText("A [[b]] c.")); got != "<p>A [[b]] c.</p>" {
		t.Errorf("outside of blanks: %s", got)
	}
	if got := compileText(":::note\nA [[b]] c.\n:::").Steps[0].Parts[0].Text; got != "A [[b]] c." {
		t.Errorf("in a note: %s", got)
	}
}

func TestAnActivityInsideAnotherIsLiftedOutOfItAndReported(t *testing.T) {
	m := compileText(":::question[a]\n- [ ] b\n- [x] c\n\n:::practice[d]\n:::\n:::\n")
	if got := found(m); !slices.Equal(got, []string{"block-inside 5"}) {
		t.Errorf("reported %v", got)
	}
	if got := idsOf(m); !slices.Equal(got, []string{"start", "a", "d"}) {
		t.Errorf("ids %v", got)
	}
}
