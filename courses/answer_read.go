package courses

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Read makes an answer of a posted form; get gives the values of a field, by
// the names that Field gives. Part of an answer is an answer. What no person
// could have sent (positions that do not exist, given twice, not numbers) counts
// as not given. The only error is *TooLong; the answer then holds all the other
// fields.
func (a *Activity) Read(get func(field string) []string) (Answer, error) {
	r := answerReader{a: a, get: get}
	switch a.Kind {
	case Question, Checklist, Scale:
		r.choices()
	case Order:
		r.order()
	case Sort:
		r.places()
	case Scenario:
		r.path()
	case Blanks, Reflection, Practice:
		r.texts()
	}
	return r.ans, r.err
}

type answerReader struct {
	a   *Activity
	get func(field string) []string
	ans Answer
	err error
}

// maxValues is how many values of one field are looked at.
const maxValues = 1000

// numbers gives the values of a field that are numbers from 1 to most, each
// once, as they came.
func (r *answerReader) numbers(n, most int) []int {
	var numbers []int
	seen := map[int]bool{}
	values := r.get(r.a.Field(n))
	for _, value := range values[:min(len(values), maxValues)] {
		v, err := strconv.Atoi(strings.TrimSpace(value))
		if err == nil && v >= 1 && v <= most && !seen[v] {
			seen[v] = true
			numbers = append(numbers, v)
		}
	}
	return numbers
}

// choices reads positions, kept in the order of the text; one where one is
// asked for.
func (r *answerReader) choices() {
	r.ans.Chosen = r.numbers(0, len(r.a.Items))
	if !r.a.chooseMany() && len(r.ans.Chosen) > 1 {
		r.ans.Chosen = r.ans.Chosen[:1]
	}
	slices.Sort(r.ans.Chosen)
}

func (a *Activity) chooseMany() bool { return a.Kind == Checklist || a.Kind == Question && a.Many }

// order reads a rank for each item. Items of one rank keep the order in which
// they were shown.
func (r *answerReader) order() {
	type ranked struct{ position, rank int }
	var list []ranked
	shown := r.a.Shown()
	for i, position := range shown {
		if ranks := r.numbers(i+1, len(shown)); len(ranks) > 0 {
			list = append(list, ranked{position, ranks[0]})
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	for _, item := range list {
		r.ans.Chosen = append(r.ans.Chosen, item.position)
	}
}

// places reads the group of each card.
func (r *answerReader) places() {
	groups := r.namesUnder(0)
	for i, card := range r.a.Shown() {
		if group := r.oneOf(groups, i+1); group != 0 {
			if r.ans.Placed == nil {
				r.ans.Placed = map[int]int{}
			}
			r.ans.Placed[card] = group
		}
	}
}

// path follows a scenario from choice to choice, as far as it was taken.
func (r *answerReader) path() {
	for at := r.oneOf(r.namesUnder(0), 0); at != 0; at = r.oneOf(r.namesUnder(at), at) {
		r.ans.Chosen = append(r.ans.Chosen, at)
	}
}

// namesUnder gives the positions of what stands under an item, by the values
// that their controls have. Pages that were open before these values came say
// positions, which are understood too.
func (r *answerReader) namesUnder(parent int) map[string]int {
	names := map[string]int{}
	for k, item := range r.a.Under(parent) {
		names[placeValue(k)] = item.Position
		names[strconv.Itoa(item.Position)] = item.Position
	}
	return names
}

// oneOf gives the position that a field names first, 0 where it names none.
func (r *answerReader) oneOf(names map[string]int, n int) int {
	values := r.get(r.a.Field(n))
	for _, value := range values[:min(len(values), maxValues)] {
		if position, ok := names[strings.TrimSpace(value)]; ok {
			return position
		}
	}
	return 0
}

func (r *answerReader) texts() {
	for _, n := range r.a.fieldNumbers() {
		values := r.get(r.a.Field(n))
		if len(values) == 0 {
			continue
		}
		text := cleanTyped(values[0])
		if utf8.RuneCountInString(text) > MaxTyped {
			if r.err == nil {
				r.err = &TooLong{Field: r.a.Field(n), Max: MaxTyped}
			}
			continue
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		if r.ans.Typed == nil {
			r.ans.Typed = map[int]string{}
		}
		r.ans.Typed[n] = text
	}
}

// cleanTyped keeps what a person typed: newlines as \n, what is not UTF-8 as
// U+FFFD, and no control characters but newline and tab.
func cleanTyped(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r != '\n' && r != '\t' && unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
}
