package courses

import (
	"slices"
	"strconv"
	"strings"
)

func activities(m *Module) []*Activity {
	var all []*Activity
	for _, step := range m.Steps {
		all = append(all, step.Activities...)
	}
	return all
}

func pairActivities(words vocabulary, before, after *Module) *pairing {
	p := newPairing(words, activityThings(before), activityThings(after))
	p.byID()
	return p
}

func activityThings(m *Module) []thing {
	var things []thing
	for _, a := range activities(m) {
		text := append([]string{a.Text}, a.Pieces...)
		for _, item := range a.Items {
			text = append(text, item.Text, strings.Join(item.Accept, " "))
		}
		things = append(things, thing{id: a.ID, kind: a.Kind, text: collapse(text...)})
	}
	return things
}

func activityMaps(words vocabulary, p *pairing, before, after *Module) map[string]ActivityMap {
	was, is := activities(before), activities(after)
	if len(was) == 0 {
		return nil
	}
	maps := make(map[string]ActivityMap, len(was))
	for i, a := range was {
		maps[a.ID] = ActivityMap{}
		if j := p.to[i]; j >= 0 {
			maps[a.ID] = compareActivity(words, a, is[j])
		}
	}
	return maps
}

func compareActivity(words vocabulary, before, after *Activity) ActivityMap {
	p := pairItems(words, before, after)
	m := ActivityMap{To: after.ID, Changed: asked(before) != asked(after)}
	m.Prompted = before.Kind == Reflection && len(before.Items) == 0 && len(after.Items) > 0
	for i, j := range p.to {
		m.Positions = append(m.Positions, j+1)
		if j >= 0 && p.before[i].text != p.after[j].text {
			m.Reworded = append(m.Reworded, i+1)
		}
	}
	return m
}

// asked is everything of an activity that says what to do, but its items.
func asked(a *Activity) string {
	return collapse(append([]string{a.Text, strconv.FormatBool(a.Many)}, a.Pieces...)...)
}

// pairItems pairs the positions of two activities: the same text under the same
// parent, the same text elsewhere at that depth, then the closest text under
// the same parent.
func pairItems(words vocabulary, before, after *Activity) *pairing {
	p := newPairing(words, itemThings(before), itemThings(after))
	p.same(func(t thing) string { return key(t.place, t.text) })
	p.same(func(t thing) string { return textKey(t.text, strconv.Itoa(t.depth)) })
	for depth := range p.depths() {
		p.placeByParent(before, after)
		p.near(func(t thing) string {
			if t.depth != depth || t.place == "" {
				return ""
			}
			return t.place
		})
	}
	return p
}

// itemThings lists the items in order. Their place is, to begin with, the texts
// of what they are nested under.
func itemThings(a *Activity) []thing {
	things := make([]thing, len(a.Items))
	for i, item := range a.Items {
		things[i].text = collapse(item.Text, strings.Join(sortedFold(item.Accept), " "))
		if item.Parent > 0 && item.Parent <= i {
			parent := things[item.Parent-1]
			things[i].place = key(parent.place, parent.text)
			things[i].depth = parent.depth + 1
		}
	}
	return things
}

// depths is how many levels of nesting there are.
func (p *pairing) depths() int {
	deepest := 0
	for _, t := range p.before {
		deepest = max(deepest, t.depth)
	}
	return deepest + 1
}

// placeByParent gives two items the same place where their parents are a pair.
func (p *pairing) placeByParent(before, after *Activity) {
	for i, item := range before.Items {
		p.before[i].place = "top"
		if item.Parent > 0 {
			p.before[i].place = ""
			if j := p.to[item.Parent-1]; j >= 0 {
				p.before[i].place = strconv.Itoa(j + 1)
			}
		}
	}
	for i, item := range after.Items {
		p.after[i].place = "top"
		if item.Parent > 0 {
			p.after[i].place = strconv.Itoa(item.Parent)
		}
	}
}

func sortedFold(words []string) []string {
	var folded []string
	for _, word := range words {
		folded = append(folded, collapse(strings.ToLower(word)))
	}
	slices.Sort(folded)
	return folded
}

func chainActivities(first, second map[string]ActivityMap) map[string]ActivityMap {
	if first == nil {
		return nil
	}
	whole := make(map[string]ActivityMap, len(first))
	for id, m := range first {
		whole[id] = m.then(second[m.To])
	}
	return whole
}

// then is the zero map, gone, where either is: what was gone once does not come
// back by itself, and its answer is shown as it was.
func (m ActivityMap) then(next ActivityMap) ActivityMap {
	if m.To == "" || next.To == "" {
		return ActivityMap{}
	}
	whole := ActivityMap{
		To:       next.To,
		Changed:  m.Changed || next.Changed,
		Prompted: m.Prompted || next.Prompted,
	}
	for i, via := range m.Positions {
		to := next.at(via)
		whole.Positions = append(whole.Positions, to)
		reworded := slices.Contains(m.Reworded, i+1) || slices.Contains(next.Reworded, via)
		if to > 0 && reworded {
			whole.Reworded = append(whole.Reworded, i+1)
		}
	}
	return whole
}

// at says where a position went: 0 where it is gone. Position 0 is the activity
// as a whole.
func (m ActivityMap) at(position int) int {
	if position < 1 || position > len(m.Positions) {
		return 0
	}
	return m.Positions[position-1]
}
