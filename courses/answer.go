package courses

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// MaxTyped is how many characters a learner may type into one field.
const MaxTyped = 20_000

// TooLong is the error of a text that is longer than MaxTyped.
type TooLong struct {
	Field string // the form field it was typed into
	Max   int    // characters
}

// Error implements error.
func (e *TooLong) Error() string {
	return fmt.Sprintf("field %s holds more than %d characters", e.Field, e.Max)
}

// Field gives the name of a form field of this activity: a.<id> for n = 0, else
// a.<id>.<n>. What n is depends on the kind:
//
//	question, checklist, scale, practice   0; the values are those of Value, or the text
//	order, sort                            the place in Shown, from 1, after an "s"
//	blanks                                 the position of the gap
//	reflection                             0, or the position of the prompt
//	scenario                               0, then the position of the choice made before
//
// Neither names nor values say what is right: those of order and sort speak of
// what is shown where.
func (a *Activity) Field(n int) string {
	switch {
	case n == 0:
		return "a." + a.ID
	case a.Kind == Order || a.Kind == Sort:
		return "a." + a.ID + ".s" + strconv.Itoa(n) // plain numbers were places in another order once
	}
	return "a." + a.ID + "." + strconv.Itoa(n)
}

// Fields gives the names of all form fields of this activity.
func (a *Activity) Fields() []string {
	var names []string
	for _, n := range a.fieldNumbers() {
		names = append(names, a.Field(n))
	}
	return names
}

func (a *Activity) fieldNumbers() []int {
	switch a.Kind {
	case Order, Sort:
		return upTo(len(a.Shown()))
	case Blanks:
		return upTo(len(a.Items))
	case Reflection:
		if len(a.Items) > 0 {
			return upTo(len(a.Items))
		}
	case Scenario:
		return a.forks()
	}
	return []int{0}
}

func upTo(n int) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i + 1
	}
	return numbers
}

// forks gives the choices of a scenario after which there is another, 0 first.
func (a *Activity) forks() []int {
	seen := map[int]bool{0: true}
	for _, item := range a.Items {
		seen[item.Parent] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// Empty says whether nothing was given.
func (ans Answer) Empty() bool {
	return len(ans.Chosen) == 0 && len(ans.Placed) == 0 && len(ans.Typed) == 0
}
