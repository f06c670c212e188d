package learning

import (
	"slices"

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
func (p progress) after(step string, steps []content.StepOutline, now string) progress {
	if !p.isDone(step) {
		p.Done = append(slices.Clone(p.Done), step)
	}
	open := p.firstOpen(steps)
	if p.Last = next(step, steps); p.Last == "" {
		p.Last = open
	}
	if p.Completed == "" && open == "" {
		p.Completed = now
	}
	return p
}

func indexOf(step string, steps []content.StepOutline) int {
	return slices.IndexFunc(steps, func(s content.StepOutline) bool { return s.ID == step })
}

// next is the id of the step after one, "" after the last.
func next(step string, steps []content.StepOutline) string {
	i := indexOf(step, steps)
	if i < 0 || i+1 == len(steps) {
		return ""
	}
	return steps[i+1].ID
}

// firstOpen is the id of the first step that is not done, "" where all are.
func (p progress) firstOpen(steps []content.StepOutline) string {
	for _, step := range steps {
		if !p.isDone(step.ID) {
			return step.ID
		}
	}
	return ""
}

func (p progress) isDone(step string) bool { return slices.Contains(p.Done, step) }

// count is how many of the steps are done.
func (p progress) count(steps []content.StepOutline) int {
	n := 0
	for _, step := range steps {
		if p.isDone(step.ID) {
			n++
		}
	}
	return n
}

// place is the step to go on with, from 0: where they stopped, else the first
// that is open, else the first.
func (p progress) place(steps []content.StepOutline) int {
	if i := indexOf(p.Last, steps); i >= 0 {
		return i
	}
	return max(0, indexOf(p.firstOpen(steps), steps))
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
