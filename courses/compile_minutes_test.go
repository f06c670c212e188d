package courses

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// minutesOf compiles steps of so many words each, and gives their minutes.
func minutesOf(front string, words ...int) (module int, steps []int) {
	text := front
	for i, n := range words {
		text += fmt.Sprintf("## S%d\n\n%s\n\n", i, strings.Repeat("word ", n-1))
	}
	m := Compile(Source{Path: "a.md", Lang: "en", Text: []byte(text)})
	for _, step := range m.Steps {
		steps = append(steps, step.Minutes)
	}
	return m.Minutes, steps
}

func TestMinutesAreCountedWhereTheAuthorSaysNone(t *testing.T) {
	if module, steps := minutesOf("", 150, 450, 10); module != 5 || !slices.Equal(steps, []int{1, 3, 1}) {
		t.Errorf("%v add up to %d", steps, module)
	}
}

func TestStepsShareTheMinutesThatTheAuthorSays(t *testing.T) {
	for _, c := range []struct {
		says, want int
		words      []int
		steps      []int
	}{
		{60, 60, []int{1500, 1500, 1500}, []int{20, 20, 20}},
		{10, 10, []int{150, 450, 1500}, []int{1, 2, 7}}, // counted 1, 3 and 10
		{28, 28, []int{150, 450, 1500}, []int{1, 6, 21}},
		{10, 10, []int{10, 10, 10, 10}, []int{2, 3, 2, 3}},
		{2, 4, []int{10, 10, 10, 1500}, []int{1, 1, 1, 1}},
		{5, 5, []int{10}, []int{5}},
	} {
		module, steps := minutesOf(fmt.Sprintf("---\nminutes: %d\n---\n", c.says), c.words...)
		if module != c.want || !slices.Equal(steps, c.steps) {
			t.Errorf("minutes: %d, steps of %v words: %v add up to %d, want %v and %d", c.says, c.words, steps, module, c.steps, c.want)
		}
	}
}

func TestTheStepsOfTheShippedModulesAddUpToWhatEachSays(t *testing.T) {
	for _, folder := range Library() {
		for _, m := range folder.Read(nil).Modules {
			sum := 0
			for _, step := range m.Steps {
				sum += step.Minutes
			}
			if sum != m.Minutes || m.Minutes != 60 {
				t.Errorf("%s says %d minutes, and its steps %d", m.Path, m.Minutes, sum)
			}
		}
	}
}
