package learning

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"alongside/courses"
	"alongside/hooks/reflections"
	"alongside/hooks/vault"
	"alongside/hooks/web"
)

// given is what a learner gave to one activity, read as of one revision.
type given struct {
	answer   courses.Answer
	kept     []string         // typed where nothing is any more, as it was
	was      []string         // chosen and gone since, as it was
	revision string           // that it was given to; "" where nothing was given
	tried    bool             // it was handed in, so its feedback shows
	draft    bool             // it was saved while it was being typed
	lock     reflections.Lock // why text that is there does not show
	changed  bool             // what was asked reads differently now
	at       string           // ISO date; of reflections
	stamp    string           // of what is stored; of reflections
	by       string           // the open page that sent it; of reflections
	felt     reflections.Felt // of reflections
	how      string           // of reflections: by voice, on paper, or "" for typed alone
	shared   bool             // of reflections: somebody else may read something of it
	row      string           // record id; of reflections that are stored
	met      *met             // what was written elsewhere since, where this must not take its place unseen
	errors   *FieldError
	mark     *courses.Mark // of the answer, where that stands here without its words
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
	viewer    *web.Viewer // whose it is; nil for a guest, who has nothing
	enrolment string
	module    string // record id
	revision  string // record id
}

// readings are what rows say, by the id that their activity has in the reader's
// revision.
type readings struct {
	found map[string]given
	gone  []lost // given to what is not there any more
}

// lost is what was given to an activity that is not there any more.
type lost struct {
	question string // plain text
	said     []string
	also     Also
	lock     reflections.Lock
	at       string // ISO date; of reflections
}

// also is what was given besides words.
func (g given) also() Also {
	return Also{Felt: g.felt, Voice: g.how == reflections.ByVoice, Paper: g.how == reflections.OnPaper, Row: g.row}
}

func (r reader) all(answers []storedAnswer, written []reflections.Stored) (readings, error) {
	all := readings{found: make(map[string]given, len(answers)+len(written))}
	for _, row := range answers {
		g, err := r.openAnswer(row)
		if err == nil {
			err = r.place(&all, row.Activity, g)
		}
		if err != nil {
			return readings{}, err
		}
	}
	for _, row := range written {
		g, err := r.openReflection(row)
		if err == nil {
			err = r.place(&all, row.Activity, g)
		}
		if err != nil {
			return readings{}, err
		}
	}
	return all, nil
}

// place carries what was given under a name over to the reader's revision.
func (r reader) place(all *readings, name string, g given) error {
	carrier, err := r.content.Carrier(r.ctx, g.revision, r.revision)
	if err != nil {
		return err
	}
	activity, same := carrier.Activity(name)
	if same {
		all.found[activity.ID] = g
		return nil
	}
	before, err := r.content.Activity(r.ctx, g.revision, activity.ID)
	if err != nil {
		return err
	}
	if activity.To.To == "" {
		all.gone = append(all.gone, lost{question: before.Text, said: append(said(before, g.answer), g.kept...), also: g.also(), lock: g.lock, at: g.at})
		return nil
	}
	all.found[activity.To.To] = g.carried(activity.To, before)
	return nil
}

// carried reads what was given as of another revision. before is the activity
// as it was.
func (g given) carried(to courses.ActivityMap, before *courses.Activity) given {
	now, missing := to.Carry(g.answer)
	g.changed = to.Touches(g.answer)
	for _, position := range missing {
		if text := g.answer.Typed[position]; text != "" {
			g.kept = append(slices.Clone(g.kept), text)
		} else {
			g.was = append(g.was, itemText(before, position))
		}
	}
	g.answer = now
	return g
}

func itemText(a *courses.Activity, position int) string {
	item, _ := a.Item(position)
	return item.Text
}

// said is an answer in words: what was typed, what was chosen, what was put where.
func said(a *courses.Activity, answer courses.Answer) []string {
	var words []string
	for _, position := range slices.Sorted(maps.Keys(answer.Typed)) {
		words = append(words, answer.Typed[position])
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

// isLocked reports whether text is there that does not show.
func (g given) isLocked() bool { return g.lock != reflections.Unlocked }

// openAnswer reads a row. Text that is locked is no error.
func (r reader) openAnswer(row storedAnswer) (given, error) {
	g := given{revision: row.Revision, tried: row.Tried, draft: row.Draft}
	if row.Positions != "" {
		if err := json.Unmarshal([]byte(row.Positions), &g.answer); err != nil {
			return g, fmt.Errorf("answer %s: %w", row.Activity, err)
		}
	}
	if row.Sealed == "" {
		return g, nil
	}
	words, lock, err := reflections.OpenWords(r.app, r.vault, r.viewer, answerPlace(rowID(r.enrolment, r.module, row.Activity)), row.Sealed)
	g.answer.Typed, g.kept, g.lock = words.Typed, words.Kept, lock
	return g, err
}

func (r reader) openReflection(row reflections.Stored) (given, error) {
	one := reflections.Reflection{User: r.viewer.ID, Module: r.module, Activity: row.Activity, Revision: row.Revision, State: row.State}
	one, err := one.Read(r.app, r.vault, r.viewer, row.Sealed)
	return given{
		answer: courses.Answer{Typed: one.Words.Typed}, kept: one.Words.Kept, revision: row.Revision,
		tried: row.State != reflections.Draft, lock: one.Lock, at: day(row.Updated),
		stamp: reflections.Stamp(row.Sealed), by: one.Words.By, felt: one.Words.Felt(), how: row.How,
		shared: row.State == reflections.IsShown, row: reflections.RowID(r.viewer.ID, r.module, row.Activity),
	}, err
}

// same reports whether two answers say the same, whatever their empty parts are.
func same(a, b courses.Answer) bool {
	return slices.Equal(a.Chosen, b.Chosen) && maps.Equal(a.Placed, b.Placed) && maps.Equal(typedOnly(a.Typed), typedOnly(b.Typed))
}

// typedOnly leaves out fields in which nothing stands.
func typedOnly(typed map[int]string) map[int]string {
	kept := maps.Clone(typed)
	maps.DeleteFunc(kept, func(_ int, text string) bool { return text == "" })
	return kept
}

func empty(a courses.Answer) bool {
	return len(a.Chosen) == 0 && len(a.Placed) == 0 && len(typedOnly(a.Typed)) == 0
}

// isEmpty reports whether nothing was chosen, typed or ticked.
func (g given) isEmpty() bool { return empty(g.answer) && !g.felt.Says() }

// says reports whether two say the same.
func (g given) says(other given) bool { return same(g.answer, other.answer) && g.felt.Is(other.felt) }

// isNothing reports whether nothing was given, in whichever way.
func (g given) isNothing() bool { return g.isEmpty() && g.how == "" }
