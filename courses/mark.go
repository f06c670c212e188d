package courses

import "slices"

// Mark says what can be said about an answer. It is pure, and feedback is given
// only of what was chosen. Positions that do not exist are passed over.
func (a *Activity) Mark(ans Answer) Mark {
	m := Mark{Items: map[int]ItemMark{}}
	switch a.Kind {
	case Question:
		a.markQuestion(&m, ans)
	case Checklist:
		a.markChosen(&m, ans)
		m.Whole = len(m.Items) == len(a.Items)
	case Scale:
		a.markChosen(&m, ans)
		m.Whole = len(m.Items) > 0
	case Order:
		a.markOrder(&m, ans)
	case Sort:
		a.markSort(&m, ans)
	case Scenario:
		a.markScenario(&m, ans)
	case Blanks:
		a.markBlanks(&m, ans)
	case Reflection, Practice:
		a.markTyped(&m, ans)
	}
	m.Given = m.Given || len(m.Items) > 0
	m.Whole = m.Whole && m.Given
	if !m.Given {
		m.Verdict = Neither
	}
	return m
}

func verdict(fits bool) Verdict {
	if fits {
		return Fits
	}
	return NotYet
}

// markChosen notes what was chosen, with its feedback and no verdict.
func (a *Activity) markChosen(m *Mark, ans Answer) {
	for _, position := range ans.Chosen {
		if item, ok := a.Item(position); ok {
			m.Items[position] = ItemMark{Chosen: true, Feedback: item.Feedback}
		}
	}
}

// markQuestion says of each choice whether it fits. Where several are right, the
// whole fits when all of them, and nothing else, are chosen.
func (a *Activity) markQuestion(m *Mark, ans Answer) {
	a.markChosen(m, ans)
	m.Whole = true
	if !a.Marked {
		return
	}
	fits := true
	for _, item := range a.Items {
		mark, chosen := m.Items[item.Position]
		fits = fits && chosen == item.Right
		if chosen {
			mark.Verdict = verdict(item.Right)
			m.Items[item.Position] = mark
		}
	}
	m.Verdict = verdict(fits)
}

// markOrder says of each item whether it is in its place. The places of a part
// of the items are counted as they were put.
func (a *Activity) markOrder(m *Mark, ans Answer) {
	a.markChosen(m, ans)
	fits := len(ans.Chosen) == len(a.Items)
	for i, position := range ans.Chosen {
		mark, ok := m.Items[position]
		if !ok {
			fits = false
			continue
		}
		mark.Verdict = verdict(position == i+1)
		fits = fits && position == i+1
		m.Items[position] = mark
	}
	m.Whole = len(m.Items) == len(a.Items)
	m.Verdict = verdict(fits)
}

// markSort says of each card that was put somewhere whether it belongs there.
func (a *Activity) markSort(m *Mark, ans Answer) {
	m.Whole = true
	fits := true
	for _, card := range a.Cards() {
		group, ok := a.Item(ans.Placed[card.Position])
		if !ok || group.Parent != 0 {
			m.Whole, fits = false, false
			continue
		}
		right := group.Position == card.Parent
		fits = fits && right
		m.Items[card.Position] = ItemMark{Chosen: true, Verdict: verdict(right), Feedback: card.Feedback}
	}
	m.Verdict = verdict(fits)
}

// markScenario gives the feedback along the path that was taken, as far as it is
// one; the whole is answered where no choice follows.
func (a *Activity) markScenario(m *Mark, ans Answer) {
	at := 0
	for _, position := range ans.Chosen {
		item, ok := a.Item(position)
		if !ok || item.Parent != at {
			break
		}
		m.Items[position] = ItemMark{Chosen: true, Feedback: item.Feedback}
		at = position
	}
	m.Whole = at != 0 && len(a.Under(at)) == 0
}

// markBlanks compares what was typed with the words that fit, taking no notice
// of case, spaces and what stands around.
func (a *Activity) markBlanks(m *Mark, ans Answer) {
	m.Whole = true
	fits := true
	for _, gap := range a.Items {
		typed := foldAnswer(ans.Typed[gap.Position])
		if typed == "" {
			m.Whole, fits = false, false
			continue
		}
		right := slices.ContainsFunc(gap.Accept, func(word string) bool { return foldAnswer(word) == typed })
		fits = fits && right
		m.Items[gap.Position] = ItemMark{Chosen: true, Verdict: verdict(right)}
	}
	m.Verdict = verdict(fits)
}

func (a *Activity) markTyped(m *Mark, ans Answer) {
	m.Whole = true
	for _, n := range a.fieldNumbers() {
		switch {
		case ans.Typed[n] == "":
			m.Whole = false
		case n == 0:
			m.Given = true
		default:
			m.Items[n] = ItemMark{Chosen: true}
		}
	}
}
