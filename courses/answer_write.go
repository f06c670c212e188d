package courses

import (
	"slices"
	"strconv"
)

// Write gives the form fields that hold an answer: what Read would make it of.
// Positions that do not exist are left out.
func (a *Activity) Write(ans Answer) map[string][]string {
	fields := map[string][]string{}
	put := func(n int, value string) {
		fields[a.Field(n)] = append(fields[a.Field(n)], value)
	}
	switch a.Kind {
	case Question, Checklist, Scale:
		for _, position := range ans.Chosen {
			put(0, strconv.Itoa(position))
		}
	case Order:
		shown := a.Shown()
		for i, position := range ans.Chosen {
			if k := slices.Index(shown, position); k >= 0 {
				put(k+1, strconv.Itoa(i+1))
			}
		}
	case Sort:
		for i, card := range a.Shown() {
			if group := ans.Placed[card]; group > 0 {
				put(i+1, a.Value(group))
			}
		}
	case Scenario:
		at := 0
		for _, position := range ans.Chosen {
			put(at, a.Value(position))
			at = position
		}
	case Blanks, Reflection, Practice:
		for n, text := range ans.Typed {
			put(n, text)
		}
	}
	return fields
}
