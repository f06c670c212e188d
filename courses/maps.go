package courses

import "strings"

// Compare says where every step, activity, position and block of one revision
// of a module went in the next.
//
// Same id and kind keeps an activity or a step. An id that vanished while a
// close text of the same kind appeared has become another id: its entry names
// the new one, which is an alias to store. Where an id was doubled, the one
// whose text is closest to the former keeps the answers. Nothing is ever the
// target of two.
func Compare(before, after *Module) Map {
	words := vocabulary{}
	steps := pairSteps(words, before, after)
	activities := pairActivities(words, before, after)
	return Map{
		Steps:      stepMap(steps, before, after),
		Activities: activityMaps(words, activities, before, after),
		Blocks:     blockMap(words, steps, activities, before, after),
	}
}

// Then is the map that does what m does and then what next does: from the
// revision before m to the revision after next.
func (m Map) Then(next Map) Map {
	return Map{
		Steps:      chain(m.Steps, next.Steps),
		Activities: chainActivities(m.Activities, next.Activities),
		Blocks:     chain(m.Blocks, next.Blocks),
	}
}

func chain(first, second map[string]string) map[string]string {
	if first == nil {
		return nil
	}
	whole := make(map[string]string, len(first))
	for from, via := range first {
		whole[from] = second[via]
	}
	return whole
}

func pairSteps(words vocabulary, before, after *Module) *pairing {
	p := newPairing(words, stepThings(before), stepThings(after))
	p.byID()
	return p
}

func stepThings(m *Module) []thing {
	var things []thing
	for _, step := range m.Steps {
		text := []string{step.Title}
		for _, part := range step.Parts {
			text = append(text, part.Text)
		}
		things = append(things, thing{id: step.ID, text: collapse(text...)})
	}
	return things
}

func stepMap(p *pairing, before, after *Module) map[string]string {
	if len(before.Steps) == 0 {
		return nil
	}
	steps := make(map[string]string, len(before.Steps))
	for i, step := range before.Steps {
		steps[step.ID] = ""
		if j := p.to[i]; j >= 0 {
			steps[step.ID] = after.Steps[j].ID
		}
	}
	return steps
}

// collapse joins texts into one with single spaces, the form in which two texts
// are the same.
func collapse(texts ...string) string {
	return strings.Join(strings.Fields(strings.Join(texts, " ")), " ")
}
