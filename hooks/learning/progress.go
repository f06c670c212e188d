package learning

import (
	"slices"

	"alongside/courses"
	"alongside/hooks/content"
)

// progress is how far somebody is in a module. Done and Last are ids of steps
// as of Revision.
type progress struct {
	Revision  string
	Done      []string
	Last      string // the step to go on with
	Completed string // when all steps were done for the first time; never taken away
}

// carried reads a progress as of another revision.
func (p progress) carried(c content.Carrier, revision string) progress {
	return progress{Revision: revision, Done: c.Steps(p.Done), Last: c.Step(p.Last), Completed: p.Completed}
}

// after is the progress once Continue or Skip was pressed on a step. now is
// when, as the database writes it.
func (p progress) after(step string, steps []*courses.Step, now string) progress {
	if !slices.Contains(p.Done, step) {
		p.Done = append(slices.Clone(p.Done), step)
	}
	p.Last = next(step, steps)
	if p.Last == "" {
		p.Last = p.firstOpen(steps)
	}
	if p.Completed == "" && p.firstOpen(steps) == "" {
		p.Completed = now
	}
	return p
}

// next is the id of the step after one, "" after the last.
func next(step string, steps []*courses.Step) string {
	i := slices.IndexFunc(steps, func(s *courses.Step) bool { return s.ID == step })
	if i < 0 || i+1 == len(steps) {
		return ""
	}
	return steps[i+1].ID
}

// firstOpen is the id of the first step that is not done, "" where all are.
func (p progress) firstOpen(steps []*courses.Step) string {
	for _, step := range steps {
		if !p.isDone(step.ID) {
			return step.ID
		}
	}
	return ""
}

func (p progress) isDone(step string) bool { return slices.Contains(p.Done, step) }

// count is how many of the steps are done.
func (p progress) count(steps []*courses.Step) int {
	n := 0
	for _, step := range steps {
		if p.isDone(step.ID) {
			n++
		}
	}
	return n
}

// place is the step to go on with: where they stopped, else the first that is
// open, else the first.
func (p progress) place(steps []*courses.Step) *courses.Step {
	for _, id := range []string{p.Last, p.firstOpen(steps)} {
		if i := slices.IndexFunc(steps, func(s *courses.Step) bool { return s.ID == id }); id != "" && i >= 0 {
			return steps[i]
		}
	}
	return steps[0]
}

// state says how far that is. A module that was finished stays finished
// whatever was added to it since.
func (p progress) state() ModuleState {
	switch {
	case p.Completed != "":
		return Finished
	case p.Revision != "":
		return Begun
	default:
		return NotBegun
	}
}
