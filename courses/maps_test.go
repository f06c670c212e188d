package courses

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// stepOf is a step for the maps' tests, with the addresses that Compile gives.
func stepOf(id, title string, parts ...Part) *Step {
	s := &Step{ID: id, Title: title}
	for i, part := range parts {
		part.At = fmt.Sprintf("%s/%d", id, i+1)
		if part.Activity != nil {
			part.Activity.At, part.Activity.Step = part.At, id
			s.Activities = append(s.Activities, part.Activity)
		}
		s.Parts = append(s.Parts, part)
	}
	return s
}

func moduleOf(steps ...*Step) *Module { return &Module{Steps: steps} }

func proseOf(text string) Part { return Part{Kind: Prose, Text: text} }

// activityOf makes an activity of a kind. An item that begins with "> " is
// nested under the last one that does not.
func activityOf(kind Kind, id, asks string, items ...string) Part {
	a := &Activity{ID: id, Kind: kind, Text: asks}
	parent, all := 0, []string{asks}
	for i, text := range items {
		item := Item{Position: i + 1}
		nested, isNested := strings.CutPrefix(text, "> ")
		if isNested {
			item.Parent = parent
		} else {
			parent = i + 1
		}
		item.Text = nested
		a.Items = append(a.Items, item)
		all = append(all, nested)
	}
	return Part{Kind: kind, Text: strings.Join(all, "\n"), Activity: a}
}

func blanksOf(id string, pieces []string, accept ...[]string) Part {
	a := &Activity{ID: id, Kind: Blanks, Pieces: pieces}
	for i, words := range accept {
		a.Items = append(a.Items, Item{Position: i + 1, Accept: words})
	}
	return Part{Kind: Blanks, Text: strings.Join(pieces, " "), Activity: a}
}

func positions(t *testing.T, before, after Part) []int {
	t.Helper()
	m := Compare(moduleOf(stepOf("s", "S", before)), moduleOf(stepOf("s", "S", after)))
	return m.Activities[before.Activity.ID].Positions
}

func wantPositions(t *testing.T, got []int, want ...int) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("positions went to %v, want %v", got, want)
	}
}

func TestAQuestionThatMovesToAnotherStepKeepsItsAnswers(t *testing.T) {
	ask := func() Part {
		return activityOf(Question, "open", "Which one is open?", "Did you sleep?", "How are you?")
	}
	before := moduleOf(stepOf("one", "One", ask()), stepOf("two", "Two", proseOf("Read this.")))
	after := moduleOf(stepOf("one", "One"), stepOf("two", "Two", proseOf("Read this."), ask()))
	m := Compare(before, after)
	if got := m.Activities["open"]; got.To != "open" || got.Changed {
		t.Errorf("the question went to %+v", got)
	}
	if got := m.Blocks["one/1"]; got != "two/2" {
		t.Errorf("its block went to %q, want two/2", got)
	}
}

func TestAChoiceThatMovesKeepsWhoChoseIt(t *testing.T) {
	before := activityOf(Question, "q", "Which?", "Say hello", "Ask how they are", "Give advice")
	after := activityOf(Question, "q", "Which?", "Give advice", "Say hello", "Ask how they are")
	wantPositions(t, positions(t, before, after), 2, 3, 1)
}

func TestAChoiceThatIsRewordedKeepsWhoChoseItAndIsNamed(t *testing.T) {
	before := activityOf(Question, "q", "Which?", "Wait until morning", "Answer the message at once")
	after := activityOf(Question, "q", "Which?", "Wait until morning", "Answer this message at once")
	m := Compare(moduleOf(stepOf("s", "S", before)), moduleOf(stepOf("s", "S", after))).Activities["q"]
	wantPositions(t, m.Positions, 1, 2)
	wantPositions(t, m.Reworded, 2)
	if m.Changed {
		t.Error("the question itself reads the same")
	}
	if m.Touches(Answer{Chosen: []int{1}}) || !m.Touches(Answer{Chosen: []int{2}}) {
		t.Error("only who chose the reworded choice is touched")
	}
}

func TestAChoiceThatGoesIsGoneAndTheOthersStay(t *testing.T) {
	before := activityOf(Question, "q", "Which?", "Say hello", "Give advice", "Ask how they are")
	after := activityOf(Question, "q", "Which?", "Say hello", "Ask how they are")
	wantPositions(t, positions(t, before, after), 1, 0, 2)
}

func TestAChoiceIsNeverShownAsOneThatSaysSomethingElse(t *testing.T) {
	before := activityOf(Question, "q", "Is it safe?", "Yes", "I would listen more")
	after := activityOf(Question, "q", "Is it safe?", "No", "They should find work")
	wantPositions(t, positions(t, before, after), 0, 0)
}

func TestTwoChoicesNeverBecomeOne(t *testing.T) {
	before := activityOf(Checklist, "c", "Before", "Find a quiet place to sit", "Find a quiet place to talk")
	after := activityOf(Checklist, "c", "Before", "Find a quiet place")
	got := positions(t, before, after)
	if got[0] != 0 && got[0] == got[1] {
		t.Errorf("both went to %d", got[0])
	}
}

func TestAQuestionWhoseWordingChangesKeepsItsAnswersAndSaysSo(t *testing.T) {
	before := activityOf(Reflection, "r", "When were you listened to?", "What happened?")
	after := activityOf(Reflection, "r", "Who listened well to you?", "What happened?")
	m := Compare(moduleOf(stepOf("s", "S", before)), moduleOf(stepOf("s", "S", after)))
	if got := m.Activities["r"]; got.To != "r" || !got.Changed {
		t.Errorf("the reflection went to %+v", got)
	}
}

func TestAQuestionThatGoesIsGone(t *testing.T) {
	before := moduleOf(stepOf("s", "S", activityOf(Question, "q", "Which?", "This", "That")))
	m := Compare(before, moduleOf(stepOf("s", "S")))
	if got, ok := m.Activities["q"]; !ok || !reflect.DeepEqual(got, ActivityMap{}) {
		t.Errorf("the question went to %+v (there: %v), want the zero map", got, ok)
	}
	now, gone := m.Activities["q"].Carry(Answer{Chosen: []int{2}, Typed: map[int]string{0: "mine"}})
	if len(now.Chosen)+len(now.Typed) > 0 || !reflect.DeepEqual(gone, []int{0, 2}) {
		t.Errorf("carried %+v, gone %v", now, gone)
	}
}

func TestAnIdThatVanishedIsAnAliasOfTheOneWithACloseText(t *testing.T) {
	before := moduleOf(stepOf("s", "S",
		activityOf(Scale, "how-ready-do-you-feel", "How ready do you feel?", "Not yet", "A little", "Ready")))
	after := moduleOf(stepOf("s", "S",
		activityOf(Question, "how-ready", "How ready do you feel?", "Not yet", "A little", "Ready"),
		activityOf(Scale, "how-ready-now", "How ready do you feel now?", "Not yet", "A little", "Ready")))
	m := Compare(before, after).Activities["how-ready-do-you-feel"]
	if m.To != "how-ready-now" {
		t.Errorf("it went to %q, want the scale and not the question", m.To)
	}
	wantPositions(t, m.Positions, 1, 2, 3)
}

func TestTheSameIdOfAnotherKindIsNotTheSameActivity(t *testing.T) {
	before := moduleOf(stepOf("s", "S", activityOf(Question, "x", "Which?", "This", "That")))
	after := moduleOf(stepOf("s", "S", activityOf(Checklist, "x", "Which?", "This", "That")))
	if got := Compare(before, after).Activities["x"].To; got != "" {
		t.Errorf("the question became the checklist %q", got)
	}
}

func TestOfADoubledIdTheBlockClosestToTheFormerTextKeepsIt(t *testing.T) {
	before := moduleOf(stepOf("s", "S", activityOf(Scale, "ready", "How ready are you to listen?", "No", "Yes")))
	after := moduleOf(stepOf("s", "S",
		activityOf(Scale, "ready", "Would you like some tea first, or cake?", "No", "Yes"),
		activityOf(Scale, "ready-2", "How ready are you to listen today?", "No", "Yes")))
	if got := Compare(before, after).Activities["ready"].To; got != "ready-2" {
		t.Errorf("the answers went to %q, want ready-2", got)
	}
}

func TestDerivedIdsThatAreOnlyAnOrderFollowTheirTexts(t *testing.T) {
	practice := func(id, text string) Part { return activityOf(Practice, id, text) }
	before := moduleOf(stepOf("s", "S", practice("try", "Listen for two minutes"), practice("try-2", "Ask one open question")))
	after := moduleOf(stepOf("s", "S", practice("try", "Ask one open question"), practice("try-2", "Listen for two minutes")))
	m := Compare(before, after)
	if m.Activities["try"].To != "try-2" || m.Activities["try-2"].To != "try" {
		t.Errorf("they went to %+v", m.Activities)
	}
}

func TestAStepThatIsRenamedIsFoundByWhatItSays(t *testing.T) {
	text := proseOf("Sit where you can both see the door, and put your phone away.")
	before := moduleOf(stepOf("try-it", "Try it", text), stepOf("look-back", "Look back", proseOf("What was it like?")))
	after := moduleOf(stepOf("new", "New", proseOf("Something else entirely.")), stepOf("have-a-go", "Have a go", text),
		stepOf("look-back", "Look back", proseOf("What was it like?")))
	m := Compare(before, after)
	if m.Steps["try-it"] != "have-a-go" || m.Steps["look-back"] != "look-back" {
		t.Errorf("the steps went to %v", m.Steps)
	}
	if m.Blocks["try-it/1"] != "have-a-go/1" {
		t.Errorf("the blocks went to %v", m.Blocks)
	}
}

func TestACardKeepsItsGroupWhenBothMove(t *testing.T) {
	before := activityOf(Sort, "who", "Who does it?", "Mentor", "> Tells you how it was for them", "Worker", "> Books your appointment")
	after := activityOf(Sort, "who", "Who does it?", "Worker", "> Books your appointment", "Mentor", "> Tells you how it was for them")
	wantPositions(t, positions(t, before, after), 3, 4, 1, 2)
}

func TestTheSameWordsUnderTwoChoicesStayUnderTheirOwn(t *testing.T) {
	before := activityOf(Scenario, "pm", "A message comes", "Answer at once", "> Say good night", "Wait until morning", "> Say good night")
	after := activityOf(Scenario, "pm", "A message comes", "Wait until morning", "> Say good night", "Answer at once", "> Say good night")
	wantPositions(t, positions(t, before, after), 3, 4, 1, 2)
}

func TestAGapIsKnownByTheWordsThatFit(t *testing.T) {
	before := blanksOf("b", []string{"Ask ", " and ", "."}, []string{"what", "how"}, []string{"when"})
	after := blanksOf("b", []string{"Try ", " then ", "."}, []string{"when", "where"}, []string{"how", "What"})
	wantPositions(t, positions(t, before, after), 2, 1)
}

func TestTypedTextOfAPromptThatIsGoneIsShownAsItWas(t *testing.T) {
	before := activityOf(Reflection, "r", "Look back", "What happened on that day?", "Who was there with you?")
	after := activityOf(Reflection, "r", "Look back", "Who was there with you?")
	m := Compare(moduleOf(stepOf("s", "S", before)), moduleOf(stepOf("s", "S", after))).Activities["r"]
	now, gone := m.Carry(Answer{Typed: map[int]string{1: "It rained", 2: "My sister"}})
	if !reflect.DeepEqual(now.Typed, map[int]string{1: "My sister"}) || !reflect.DeepEqual(gone, []int{1}) {
		t.Errorf("carried %v, gone %v", now.Typed, gone)
	}
}

func TestOneTextStaysUnderTheWholeUntilTheReflectionAsksForSeveral(t *testing.T) {
	whole := moduleOf(stepOf("s", "S", activityOf(Reflection, "r", "What was it like?")))
	reworded := moduleOf(stepOf("s", "S", activityOf(Reflection, "r", "What was that like?")))
	prompted := moduleOf(stepOf("s", "S", activityOf(Reflection, "r", "What was it like?", "First", "Then")))
	ans := Answer{Typed: map[int]string{0: "Warm"}}
	if now, gone := Compare(whole, reworded).Activities["r"].Carry(ans); now.Typed[0] != "Warm" || gone != nil {
		t.Errorf("after rewording: %v, gone %v", now.Typed, gone)
	}
	m := Compare(whole, prompted)
	if now, gone := m.Activities["r"].Carry(ans); now.Typed != nil || !reflect.DeepEqual(gone, []int{0}) {
		t.Errorf("after it got prompts: %v, gone %v", now.Typed, gone)
	}
	if now, gone := m.Then(Compare(prompted, prompted)).Activities["r"].Carry(ans); now.Typed != nil || len(gone) != 1 {
		t.Errorf("and one revision later: %v, gone %v", now.Typed, gone)
	}
}

func TestAPlacedCardWhoseGroupIsGoneLiesNowhere(t *testing.T) {
	m := ActivityMap{To: "who", Positions: []int{1, 2, 0, 3}}
	now, gone := m.Carry(Answer{Placed: map[int]int{2: 1, 4: 3}})
	if !reflect.DeepEqual(now.Placed, map[int]int{2: 1}) || !reflect.DeepEqual(gone, []int{3}) {
		t.Errorf("placed %v, gone %v", now.Placed, gone)
	}
}

func TestANoteThatBecameATipKeepsItsComments(t *testing.T) {
	part := func(kind Kind) Part { return Part{Kind: kind, Text: "Bring water."} }
	m := Compare(moduleOf(stepOf("s", "S", part(Note))), moduleOf(stepOf("s", "S", proseOf("Hello there."), part(Tip))))
	if m.Blocks["s/1"] != "s/2" {
		t.Errorf("the note went to %q, want s/2", m.Blocks["s/1"])
	}
}

func TestTheClosestOfSeveralIsTaken(t *testing.T) {
	before := activityOf(Checklist, "c", "Before", "Find a quiet place to sit")
	after := activityOf(Checklist, "c", "Before", "Find a quiet place outside", "Find a quiet place to sit down")
	wantPositions(t, positions(t, before, after), 2)
}

func TestOfTwoThatAreAsCloseTheOneInTheSamePlaceIsTaken(t *testing.T) {
	before := activityOf(Checklist, "c", "Before", "Something that went away altogether", "Bring the blue bag")
	after := activityOf(Checklist, "c", "Before", "Bring the red bag", "Bring the green bag")
	wantPositions(t, positions(t, before, after), 0, 2)
}

func TestWhatIsGoneInOneRevisionIsGoneForGood(t *testing.T) {
	there := ActivityMap{To: "q", Positions: []int{1, 2}, Changed: true, Reworded: []int{1, 2}}
	first := Map{Activities: map[string]ActivityMap{"q": there}}
	for _, next := range []Map{{}, {Activities: map[string]ActivityMap{"q": {}}}} {
		if got := first.Then(next).Activities["q"]; !reflect.DeepEqual(got, ActivityMap{}) {
			t.Errorf("it is %+v, want the zero map", got)
		}
	}
	second := Map{Activities: map[string]ActivityMap{"q": {To: "q", Positions: []int{0, 1}}}}
	got := first.Then(second).Activities["q"]
	wantPositions(t, got.Positions, 0, 1)
	wantPositions(t, got.Reworded, 2)
}

func TestABlockStaysInItsStepAlsoWhereACloserOneIsElsewhere(t *testing.T) {
	before := moduleOf(stepOf("a", "A", proseOf("Walk with a friend today.")), stepOf("b", "B"))
	after := moduleOf(stepOf("a", "A", proseOf("Walk with a friend, and bring tea.")), stepOf("b", "B", proseOf("Walk with a friend now.")))
	if got := Compare(before, after).Blocks["a/1"]; got != "a/1" {
		t.Errorf("the block went to %q", got)
	}
}

func TestABlockOfAnotherKindElsewhereIsKnownByItsText(t *testing.T) {
	part := func(kind Kind) Part { return Part{Kind: kind, Text: "Bring water."} }
	before := moduleOf(stepOf("a", "A", part(Note)), stepOf("b", "B"))
	after := moduleOf(stepOf("a", "A"), stepOf("b", "B", part(Tip)))
	if got := Compare(before, after).Blocks["a/1"]; got != "b/1" {
		t.Errorf("the note went to %q", got)
	}
}

func TestTheBlockOfAnActivityGoesWhereTheActivityGoes(t *testing.T) {
	before := moduleOf(stepOf("a", "A", activityOf(Practice, "p", "Listen for two minutes.")))
	after := moduleOf(stepOf("a", "A", activityOf(Practice, "p2", "Listen for two minutes."), activityOf(Practice, "p", "Something new.")))
	if got := Compare(before, after); got.Activities["p"].To != "p" || got.Blocks["a/1"] != "a/2" {
		t.Errorf("the activity went to %q, its block to %q", got.Activities["p"].To, got.Blocks["a/1"])
	}
}

func TestAMapSurvivesBeingStored(t *testing.T) {
	before := moduleOf(stepOf("s", "S", proseOf("Hello."), activityOf(Question, "q", "Which of these?", "This one here", "That")))
	after := moduleOf(stepOf("s", "S", activityOf(Question, "q", "Which of them?", "That", "This one there")))
	for _, m := range []Map{Compare(before, after), Compare(before, moduleOf()), Compare(moduleOf(), after), {}} {
		stored, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var back Map
		if err := json.Unmarshal(stored, &back); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, m) {
			t.Errorf("%s came back as %+v, was %+v", stored, back, m)
		}
	}
}

func TestAnAnswerNeverBreaksOnPositionsThatNoMapKnows(t *testing.T) {
	m := ActivityMap{To: "q", Positions: []int{1}}
	now, gone := m.Carry(Answer{Chosen: []int{-3, 0, 1, 99}})
	if !reflect.DeepEqual(now.Chosen, []int{1}) || !reflect.DeepEqual(gone, []int{-3, 0, 99}) {
		t.Errorf("carried %v, gone %v", now.Chosen, gone)
	}
}

func TestTheLargestModuleIsComparedInProportionToItsText(t *testing.T) {
	if testing.Short() {
		t.Skip("compares two large modules")
	}
	large := func(seed int) *Module {
		var items []string
		for i := range MaxFileBytes / 24 {
			items = append(items, fmt.Sprintf("item %d of number %d", i*seed, i))
		}
		return moduleOf(stepOf("s", "S", activityOf(Checklist, "c", "All of these", items...)))
	}
	before, after := large(7), large(13)
	started := time.Now()
	Compare(before, after)
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("took %v: every item was compared with every other", took)
	}
}
