package courses

import "strconv"

// A standing is a part with the step it stands in, as an index into the module.
type standing struct {
	part Part
	step int
}

// standings lists every part of a module in order, those inside others too.
func standings(m *Module) []standing {
	var all []standing
	var walk func(step int, parts []Part)
	walk = func(step int, parts []Part) {
		for _, part := range parts {
			all = append(all, standing{part, step})
			walk(step, part.Parts)
		}
	}
	for i, step := range m.Steps {
		walk(i, step.Parts)
	}
	return all
}

// blockMap maps addresses. Activities and stories go where their ids go; other
// blocks by the same text in the same step, the same text anywhere, then the
// closest text. A note that became a tip is still the block that a comment
// hangs on, so at the end the kind does not count.
func blockMap(words vocabulary, steps, activities *pairing, before, after *Module) map[string]string {
	was, is := standings(before), standings(after)
	if len(was) == 0 {
		return nil
	}
	p := newPairing(words, blockThings(was, steps.to, before), blockThings(is, nil, after))
	p.pairActivities(activities, was, is)
	p.same(func(t thing) string { return textKey(t.id, t.kind) })
	p.same(func(t thing) string { return textKey(t.text, key(t.kind, t.place)) })
	p.same(func(t thing) string { return textKey(t.text, t.kind) })
	p.near(func(t thing) string { return key(t.kind, t.place) })
	p.near(func(t thing) string { return key(t.kind) })
	p.same(func(t thing) string { return textKey(t.text, "") })
	p.near(func(t thing) string { return key(t.place) })

	addresses := make(map[string]string, len(was))
	for i, b := range was {
		addresses[b.part.At] = ""
		if j := p.to[i]; j >= 0 {
			addresses[b.part.At] = is[j].part.At
		}
	}
	return addresses
}

// blockThings places blocks by their step in the new revision; to says where
// the steps went, nil where they are the new ones.
func blockThings(all []standing, to []int, m *Module) []thing {
	var things []thing
	for _, b := range all {
		t := thing{id: b.part.ID, kind: b.part.Kind, text: blockText(b.part)}
		step := b.step
		if to != nil {
			step = to[b.step]
		}
		t.place = "gone " + m.Steps[b.step].ID
		if step >= 0 {
			t.place = strconv.Itoa(step)
		}
		things = append(things, t)
	}
	return things
}

// blockText is what a block says or, where it says nothing, what it points at.
func blockText(part Part) string {
	text := collapse(part.Text)
	if text != "" {
		return text
	}
	if part.Media != nil {
		return part.Media.Path
	}
	return collapse(part.Help, part.Of.Module, part.Of.Activity)
}

// pairActivities pairs the blocks of the activities that are a pair.
func (p *pairing) pairActivities(activities *pairing, was, is []standing) {
	before, after := blocksByActivity(was), blocksByActivity(is)
	for i, j := range activities.to {
		if j < 0 {
			continue
		}
		from, ok := before[activities.before[i].id]
		to, found := after[activities.after[j].id]
		if ok && found {
			p.pair(from, to)
		}
	}
}

func blocksByActivity(all []standing) map[string]int {
	index := map[string]int{}
	for i, b := range all {
		if b.part.Activity != nil {
			index[b.part.Activity.ID] = i
		}
	}
	return index
}
