package courses

import "slices"

// waive takes out what a module's author waived in it, and says which waivers
// do nothing.
func waive(all []Advice, m *Module) []Advice {
	places := placesOf(m)
	for _, w := range m.Waivers {
		if w.Why == "" {
			all = append(all, Advice{Problem: problem(m.Path, 0, Notice, WaiverBare, "name", w.Check)})
			continue
		}
		left := slices.DeleteFunc(slices.Clone(all), func(a Advice) bool {
			return a.File == m.Path && a.Level != Error && a.Code == w.Check && places.at(a.Line, w.At)
		})
		if len(left) == len(all) {
			all = append(all, Advice{Problem: problem(m.Path, 0, Notice, WaiverUnused, "name", w.Check)})
			continue
		}
		all = left
	}
	return all
}

// A place is a stretch of a file under one id.
type place struct {
	id       string
	from, to int // lines; to is the first that no longer belongs
}

type places []place

// at says whether a line belongs to an id; every line belongs to "".
func (p places) at(line int, id string) bool {
	return id == "" || slices.ContainsFunc(p, func(q place) bool {
		return q.id == id && q.from <= line && line < q.to
	})
}

func placesOf(m *Module) places {
	const end = 1 << 30
	var all places
	for i, step := range m.Steps {
		to := end
		if i+1 < len(m.Steps) {
			to = m.Steps[i+1].Line
		}
		all = append(all, place{step.ID, step.Line, to})
		all = append(all, placesOfParts(step.Parts, to)...)
	}
	return all
}

func placesOfParts(parts []Part, end int) places {
	var all places
	for i, part := range parts {
		to := end
		if i+1 < len(parts) {
			to = parts[i+1].Line
		}
		if part.ID != "" {
			all = append(all, place{part.ID, part.Line, to})
		}
		if part.Activity != nil {
			all = append(all, place{part.Activity.ID, part.Line, to})
		}
		all = append(all, placesOfParts(part.Parts, to)...)
	}
	return all
}

// WaiverFor is the waiver that sets a piece of advice aside: its code, and the id of
// the smallest part around its line that has one, "" for the whole text. ok is false
// for what nobody can set aside.
func WaiverFor(m *Module, a Advice) (w Waiver, ok bool) {
	if a.Level == Error || slices.Contains([]string{WaiverBare, WaiverUnused, TooManyProblems}, a.Code) {
		return w, false
	}
	w.Check = a.Code
	least := place{to: 1 << 31}
	for _, p := range placesOf(m) {
		if p.id != "" && p.from <= a.Line && a.Line < p.to && p.to-p.from <= least.to-least.from {
			least, w.At = p, p.id
		}
	}
	return w, true
}
