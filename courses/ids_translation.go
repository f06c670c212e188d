package courses

import (
	"slices"
	"strconv"
)

// takeSourceIDs gives a translation the ids of its source by place: the n-th
// step's, and within it the n-th activity's or story's of the same kind. It
// reports where the two are not the same in shape.
func (c *compiler) takeSourceIDs(taken *ids) {
	if c.src.Of == nil {
		return
	}
	mine, theirs := c.headedSections(), headedSteps(c.src.Of)
	if len(mine) != len(theirs) {
		c.report(1, Error, TranslationSteps,
			"want", strconv.Itoa(len(theirs)), "have", strconv.Itoa(len(mine)))
	}
	for i, s := range mine {
		if i >= len(theirs) {
			break
		}
		s.id = c.fromSource(taken, s.id, theirs[i].ID, s.line)
		c.matchSection(taken, s, theirs[i])
	}
	if start, source := c.startSection(), startStep(c.src.Of); start != nil && source != nil {
		c.matchSection(taken, start, source)
	} else if source != nil && len(source.Parts) > 0 || start != nil && start.hasNamed() {
		c.report(1, Error, TranslationShape, "name", StepStart, "want", "", "have", "")
	}
}

// fromSource takes the source's id where the translation writes none, and
// reports one that is not the source's.
func (c *compiler) fromSource(taken *ids, have, want string, line int) string {
	if have == want {
		return have
	}
	if have != "" {
		c.report(line, Error, TranslationID, "id", have, "want", want)
		return have
	}
	if taken.taken[want] {
		return ""
	}
	taken.taken[want] = true
	return want
}

func (c *compiler) matchSection(taken *ids, s *section, source *Step) {
	theirs := namedIDs(source)
	seen := map[Kind]int{}
	for _, b := range s.blocks {
		if !b.kind.named() {
			continue
		}
		if n := seen[b.kind]; n < len(theirs[b.kind]) {
			b.id = c.fromSource(taken, b.id, theirs[b.kind][n], b.line)
		}
		seen[b.kind]++
	}
	for _, kind := range namedKinds() {
		if len(theirs[kind]) != seen[kind] {
			c.report(s.line, Error, TranslationShape, "name", string(kind),
				"want", strconv.Itoa(len(theirs[kind])), "have", strconv.Itoa(seen[kind]))
		}
	}
}

func namedKinds() []Kind {
	return []Kind{Question, Order, Sort, Blanks, Checklist, Scenario, Practice, Reflection, Scale, Story}
}

// namedIDs gives the ids of a step's activities and stories by kind, in order.
func namedIDs(s *Step) map[Kind][]string {
	ids := map[Kind][]string{}
	for _, a := range s.Activities {
		ids[a.Kind] = append(ids[a.Kind], a.ID)
	}
	eachPart(s.Parts, func(p *Part) {
		if p.Kind == Story {
			ids[Story] = append(ids[Story], p.ID)
		}
	})
	return ids
}

// eachPart calls f for every part, those inside others after the one that
// holds them.
func eachPart(parts []Part, f func(*Part)) {
	for i := range parts {
		f(&parts[i])
		eachPart(parts[i].Parts, f)
	}
}

func (c *compiler) headedSections() []*section {
	return slices.DeleteFunc(slices.Clone(c.outline.sections), func(s *section) bool { return !s.heading })
}

func (c *compiler) startSection() *section {
	if s := c.outline.sections; len(s) > 0 && !s[0].heading {
		return s[0]
	}
	return nil
}

func (s *section) hasNamed() bool {
	return slices.ContainsFunc(s.blocks, func(b *block) bool { return b.kind.named() })
}

func headedSteps(m *Module) []*Step {
	return slices.DeleteFunc(slices.Clone(m.Steps), func(s *Step) bool { return s.ID == StepStart })
}

func startStep(m *Module) *Step {
	if len(m.Steps) > 0 && m.Steps[0].ID == StepStart {
		return m.Steps[0]
	}
	return nil
}

// matchItems reports a translated activity whose items are not those of its
// source: answers speak of positions, and share them.
func (c *compiler) matchItems(a *Activity, source *Activity) {
	if len(a.Items) != len(source.Items) {
		c.report(a.Line, Error, TranslationItems, "id", a.ID,
			"want", strconv.Itoa(len(source.Items)), "have", strconv.Itoa(len(a.Items)))
		return
	}
	for i := range a.Items {
		if a.Items[i].Parent != source.Items[i].Parent {
			c.report(a.Line, Error, TranslationItems, "id", a.ID, "want", "", "have", "")
			return
		}
		if a.Items[i].Right != source.Items[i].Right {
			c.report(a.Line, Error, TranslationRight, "id", a.ID)
			return
		}
	}
}
