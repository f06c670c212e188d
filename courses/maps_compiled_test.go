package courses

import (
	"reflect"
	"strings"
	"testing"
)

const beforeText = `# Listening

Welcome.

## Try it {#try-it}

:::question[Which of these is an open question?]{#open-question}
- [ ] Did you sleep well?
- [x] How was your week?
- [ ] Are you hungry?
:::

:::sort[Who does it?]{#who-does}
- Mentor
  - Tells you how it was for them
- Worker
  - Books your appointment
:::

:::blanks{#open-words}
Open questions often start with [[what|how]] or [[when|where|who]].
:::

:::story[Keeper of bees]{#bees}
I kept bees for a long time.

:::reflection[What in this do you know?]
1. What happened?
2. What will you do?
:::
:::

:::practice[Listen for two minutes, and give no advice]
Ask someone you trust.
:::
`

const afterText = `# Listening

Welcome.

## Have a go {#have-a-go}

A new line before everything.

:::practice[Listen for three minutes, and give no advice]
Ask someone you trust.
:::

:::blanks{#open-words}
Open questions start with [[who|when|where]], or with [[what|how]].
:::

:::question[Which of these is an open question?]{#open-question}
- [ ] Are you hungry now?
- [x] How was your whole week?
- [ ] Shall we go?
:::

:::story[Keeper of bees]{#bees}
I kept bees for a very long time.

:::reflection[What in this story do you know?]
1. What will you do?
2. And then?
:::
:::

## More {#more}

:::sort[Who does it?]{#who-does}
- Worker
  - Books your appointment
- Friend
- Mentor
  - Tells you how it was for them
:::
`

func compiled(t *testing.T, text string) *Module {
	t.Helper()
	m := Compile(Source{Path: "03-listening.md", Slug: "listening", Lang: "en", Text: []byte(text)})
	for _, p := range m.Problems {
		if p.Level == Error {
			t.Fatalf("%+v", p)
		}
	}
	return m
}

func TestAnEditedModuleKeepsWhatLearnersDid(t *testing.T) {
	m := Compare(compiled(t, beforeText), compiled(t, afterText))
	if want := map[string]string{"start": "start", "try-it": "have-a-go"}; !reflect.DeepEqual(m.Steps, want) {
		t.Errorf("steps went to %v, want %v", m.Steps, want)
	}
	for id, want := range map[string]struct {
		to        string
		positions []int
	}{
		"open-question": {"open-question", []int{0, 2, 1}},
		"who-does":      {"who-does", []int{4, 5, 1, 2}},
		"open-words":    {"open-words", []int{2, 1}},
		"listen-for-two-minutes-and-give-no-advice": {"listen-for-three-minutes-and-give-no-advice", nil},
		"what-in-this-do-you-know":                  {"what-in-this-story-do-you-know", []int{0, 1}},
	} {
		got := m.Activities[id]
		if got.To != want.to || !reflect.DeepEqual(got.Positions, want.positions) {
			t.Errorf("%s went to %q %v, want %q %v", id, got.To, got.Positions, want.to, want.positions)
		}
	}
	for from, to := range m.Blocks {
		if to == "" {
			t.Errorf("block %s is gone", from)
		}
	}
}

func TestAnAnswerIsShownRightlyAfterTheEdit(t *testing.T) {
	m := Compare(compiled(t, beforeText), compiled(t, afterText))
	now, gone := m.Activities["who-does"].Carry(Answer{Placed: map[int]int{2: 1, 4: 1}})
	if !reflect.DeepEqual(now.Placed, map[int]int{5: 4, 2: 4}) || gone != nil {
		t.Errorf("the cards lie at %v, gone %v", now.Placed, gone)
	}
	now, gone = m.Activities["open-question"].Carry(Answer{Chosen: []int{1, 2}})
	if !reflect.DeepEqual(now.Chosen, []int{2}) || !reflect.DeepEqual(gone, []int{1}) {
		t.Errorf("chosen %v, gone %v", now.Chosen, gone)
	}
	now, _ = m.Activities["open-words"].Carry(Answer{Typed: map[int]string{1: "how", 2: "who"}})
	if !reflect.DeepEqual(now.Typed, map[int]string{2: "how", 1: "who"}) {
		t.Errorf("typed %v", now.Typed)
	}
}

func TestRealModulesComparedWithThemselvesStay(t *testing.T) {
	for _, f := range Library() {
		for _, module := range f.Read(nil).Modules {
			m := Compare(module, module)
			for from, to := range m.Blocks {
				if from != to {
					t.Errorf("%s: block %s went to %s", module.Path, from, to)
				}
			}
			for id, a := range m.Activities {
				if a.To != id || a.Changed || a.Reworded != nil {
					t.Errorf("%s: %s went to %+v", module.Path, id, a)
				}
			}
		}
	}
}

func TestOneWordChangedInARealModuleMovesNothing(t *testing.T) {
	for _, f := range Library() {
		for _, file := range f.Read(nil).Files {
			if file.Kind != FileModule {
				continue
			}
			edited := strings.ReplaceAll(string(file.Data), " and ", " & ")
			before, after := Compile(Source{Path: file.Path, Text: file.Data}), Compile(Source{Path: file.Path, Text: []byte(edited)})
			m := Compare(before, after)
			for id, a := range m.Activities {
				for i, to := range a.Positions {
					if to != i+1 {
						t.Errorf("%s: position %d of %s went to %d of %s", file.Path, i+1, id, to, a.To)
					}
				}
			}
			for from, to := range m.Blocks {
				if to == "" {
					t.Errorf("%s: block %s is gone", file.Path, from)
				}
			}
		}
	}
}
