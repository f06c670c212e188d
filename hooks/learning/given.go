package learning

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/reflections"
	"alongside/hooks/vault"
)

// given is what a learner gave to one activity, read as of one revision.
type given struct {
	answer   courses.Answer
	revision string // that it was given to; "" where nothing was given
	tried    bool   // it was handed in, so its feedback shows
	closed   bool   // text is there and cannot be opened now
	changed  bool   // what was asked reads differently now
	was      []string
	errors   *FieldError
}

// visibilityOfAnswers is authenticated with what was typed in answers.
const visibilityOfAnswers = "only me"

func answerPlace(row string) vault.Place {
	return vault.Place{Collection: "answers", Row: row, Visibility: visibilityOfAnswers}
}

// reader reads stored rows of one learner in one module as of one revision.
type reader struct {
	*Learning
	ctx       context.Context
	user      string
	enrolment string
	module    string // record id
	compiled  *content.Compiled
}

// all reads rows, by the id that their activity has in the reader's revision.
// What has no activity there any more comes back under gone.
func (r reader) all(answers []storedAnswer, written []storedReflection) (found map[string]given, gone []lost, err error) {
	found = make(map[string]given, len(answers)+len(written))
	for _, row := range answers {
		answer, closed, err := r.openAnswer(row)
		if err != nil {
			return nil, nil, err
		}
		if gone, err = r.place(found, gone, row.Activity, given{answer: answer, revision: row.Revision, tried: row.Tried, closed: closed}); err != nil {
			return nil, nil, err
		}
	}
	for _, row := range written {
		one := reflections.Reflection{User: r.user, Module: r.module, Activity: row.Activity, Revision: row.Revision, State: row.State}
		one, err := one.Read(r.app, r.vault, row.Sealed)
		if err != nil {
			return nil, nil, err
		}
		g := given{answer: courses.Answer{Typed: one.Typed}, revision: row.Revision, closed: one.Closed}
		if gone, err = r.place(found, gone, row.Activity, g); err != nil {
			return nil, nil, err
		}
	}
	return found, gone, nil
}

// lost is what was given to an activity that is not there any more.
type lost struct {
	question string // plain text
	said     []string
	closed   bool
}

// place carries what was given over to the reader's revision.
func (r reader) place(found map[string]given, gone []lost, activity string, g given) ([]lost, error) {
	carrier, err := r.content.Carrier(r.ctx, g.revision, r.compiled.Revision)
	if err != nil {
		return gone, err
	}
	to, same := carrier.Activity(activity)
	if same {
		found[activity] = g
		return gone, nil
	}
	before, err := r.content.Activity(r.ctx, g.revision, activity)
	if err != nil {
		return gone, err
	}
	now, missing := to.Carry(g.answer)
	if to.To == "" {
		return append(gone, lost{question: before.Text, said: said(before, g.answer), closed: g.closed}), nil
	}
	g.changed = to.Touches(g.answer)
	for _, position := range missing {
		g.was = append(g.was, wasAt(before, g.answer, position))
	}
	g.answer = now
	if _, taken := found[to.To]; !taken || to.To == activity {
		found[to.To] = g
	}
	return gone, nil
}

// wasAt is what was chosen or typed at a position, in the words it had then.
func wasAt(before *courses.Activity, answer courses.Answer, position int) string {
	if text := answer.Typed[position]; text != "" {
		return text
	}
	return itemText(before, position)
}

func itemText(a *courses.Activity, position int) string {
	if a == nil || position < 1 || position > len(a.Items) {
		return ""
	}
	return a.Items[position-1].Text
}

// said is an answer in words: what was typed, else what was chosen.
func said(a *courses.Activity, answer courses.Answer) []string {
	var words []string
	for position := 0; position <= len(a.Items); position++ {
		if text := answer.Typed[position]; text != "" {
			words = append(words, text)
		}
	}
	for _, position := range answer.Chosen {
		words = append(words, itemText(a, position))
	}
	for _, item := range a.Items {
		if group, ok := answer.Placed[item.Position]; ok {
			words = append(words, item.Text+": "+itemText(a, group))
		}
	}
	return words
}

// openAnswer reads a row. Text that cannot be opened now is no error.
func (r reader) openAnswer(row storedAnswer) (answer courses.Answer, closed bool, err error) {
	if row.Positions != "" {
		if err := json.Unmarshal([]byte(row.Positions), &answer); err != nil {
			return answer, false, fmt.Errorf("answer %s: %w", row.Activity, err)
		}
	}
	if row.Sealed == "" {
		return answer, false, nil
	}
	text, err := r.vault.Open(r.app, r.user, answerPlace(rowID(r.enrolment, r.module, row.Activity)), row.Sealed)
	if errors.Is(err, vault.ErrNoKey) || errors.Is(err, vault.ErrTampered) {
		return answer, true, nil
	}
	if err != nil {
		return answer, false, err
	}
	return answer, false, json.Unmarshal(text, &answer.Typed)
}

// same reports whether two answers say the same, whatever their empty parts are.
func same(a, b courses.Answer) bool {
	return sameInts(a.Chosen, b.Chosen) && sameMap(a.Placed, b.Placed) && sameMap(typedOnly(a.Typed), typedOnly(b.Typed))
}

func sameInts(a, b []int) bool { return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b) }

func sameMap[V comparable](a, b map[int]V) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if other, ok := b[k]; !ok || other != v {
			return false
		}
	}
	return true
}

// typedOnly leaves out fields in which nothing stands.
func typedOnly(typed map[int]string) map[int]string {
	kept := make(map[int]string, len(typed))
	for position, text := range typed {
		if text != "" {
			kept[position] = text
		}
	}
	return kept
}

func empty(a courses.Answer) bool {
	return len(a.Chosen) == 0 && len(a.Placed) == 0 && len(typedOnly(a.Typed)) == 0
}

func number(n int) string { return strconv.Itoa(n) }
