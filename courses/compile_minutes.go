package courses

// countMinutes counts words, and the time that they and the activities take a
// slow reader. What the author says of the whole module stands, and the steps
// share it: what is left of a module is always the sum of the steps that are.
func (c *compiler) countMinutes() {
	counted := 0
	for _, step := range c.module.Steps {
		step.Words = countWords(step.Title)
		for _, p := range step.Parts {
			step.Words += countWords(p.Text)
		}
		step.Minutes = step.countedMinutes()
		c.module.Words += step.Words
		counted += step.Minutes
	}
	if c.module.Minutes == 0 {
		c.module.Minutes = counted
		return
	}
	c.module.Minutes = max(c.module.Minutes, len(c.module.Steps))
	c.module.shareMinutes(counted)
}

func (s *Step) countedMinutes() int {
	seconds := s.Words * 60 / wordsPerMinute
	for _, a := range s.Activities {
		seconds += a.seconds()
	}
	return max(1, (seconds+30)/60)
}

// shareMinutes gives each step one minute, and shares what is left of the
// module's as the steps' counted minutes beyond the first stand to each other.
// Rounding the running sum, not each share, keeps the whole exact.
func (m *Module) shareMinutes(counted int) {
	steps := len(m.Steps)
	left, beyond := m.Minutes-steps, counted-steps
	sum, given := 0, 0
	for i, step := range m.Steps {
		sum += step.Minutes - 1
		upTo := left * (i + 1) / steps // alike where no step takes longer than another
		if beyond > 0 {
			upTo = (2*left*sum + beyond) / (2 * beyond)
		}
		step.Minutes, given = 1+upTo-given, upTo
	}
}
