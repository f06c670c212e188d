package courses

import "slices"

// Carry brings an answer from one revision to the next. gone lists the old
// positions, in order, that the next one no longer has: what was chosen or typed
// there is not in now, and whoever shows the answer shows it as it was. Position
// 0, the activity as a whole, is among them where text was typed under it and
// the activity is gone or now takes a text for each prompt.
func (m ActivityMap) Carry(ans Answer) (now Answer, gone []int) {
	lost := map[int]bool{}
	now.Chosen = m.carryChosen(ans.Chosen, lost)
	now.Placed = m.carryPlaced(ans.Placed, lost)
	now.Typed = m.carryTyped(ans.Typed, lost)
	for position := range lost {
		gone = append(gone, position)
	}
	slices.Sort(gone)
	return now, gone
}

// Touches reports whether what was answered reads differently now: the question
// itself, or anything that was chosen or typed under, is reworded or gone.
func (m ActivityMap) Touches(ans Answer) bool {
	if _, gone := m.Carry(ans); len(gone) > 0 || m.Changed {
		return true
	}
	used := slices.Clone(ans.Chosen)
	for card, group := range ans.Placed {
		used = append(used, card, group)
	}
	for position := range ans.Typed {
		used = append(used, position)
	}
	return slices.ContainsFunc(used, func(p int) bool { return slices.Contains(m.Reworded, p) })
}

func (m ActivityMap) carryChosen(chosen []int, lost map[int]bool) []int {
	var now []int
	for _, position := range chosen {
		if to := m.at(position); to > 0 {
			now = append(now, to)
		} else {
			lost[position] = true
		}
	}
	return now
}

// carryPlaced drops a card whose group is gone: it lies nowhere now.
func (m ActivityMap) carryPlaced(placed map[int]int, lost map[int]bool) map[int]int {
	var now map[int]int
	for card, group := range placed {
		to, in := m.at(card), m.at(group)
		if to == 0 {
			lost[card] = true
		}
		if in == 0 {
			lost[group] = true
		}
		if to == 0 || in == 0 {
			continue
		}
		if now == nil {
			now = map[int]int{}
		}
		now[to] = in
	}
	return now
}

func (m ActivityMap) carryTyped(typed map[int]string, lost map[int]bool) map[int]string {
	var now map[int]string
	for position, text := range typed {
		to := m.at(position)
		whole := position == 0 && m.To != "" && !m.Prompted
		if to == 0 && !whole {
			lost[position] = true
			continue
		}
		if now == nil {
			now = map[int]string{}
		}
		now[to] = text
	}
	return now
}
