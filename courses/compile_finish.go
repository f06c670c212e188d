package courses

import "strconv"

// crossCheck reports activities that name others which are not there, and in a
// translation those that differ from their source.
func (c *compiler) crossCheck() {
	known := map[string]*Activity{}
	for _, step := range c.module.Steps {
		for _, a := range step.Activities {
			if a.Again != "" {
				c.checkAgain(a, known[a.Again])
			}
			known[a.ID] = a
		}
	}
	for _, step := range c.module.Steps {
		eachPart(step.Parts, func(p *Part) {
			if p.Kind == Recall && p.Of.Module == "" && known[p.Of.Activity] == nil {
				c.report(p.Line, Error, RecallUnknown, "id", p.Of.Activity)
			}
		})
	}
	c.checkTranslation(known)
}

// checkAgain wants an earlier scale with as many points.
func (c *compiler) checkAgain(a, earlier *Activity) {
	switch {
	case earlier == nil || earlier.Kind != Scale:
		c.report(a.Line, Error, AgainUnknown, "id", a.Again)
	case len(earlier.Items) != len(a.Items):
		c.report(a.Line, Error, AgainPoints, "id", a.Again,
			"want", strconv.Itoa(len(earlier.Items)), "have", strconv.Itoa(len(a.Items)))
	default:
		return
	}
	a.Again = ""
}

func (c *compiler) checkTranslation(known map[string]*Activity) {
	if c.src.Of == nil {
		return
	}
	for _, step := range c.src.Of.Steps {
		for _, source := range step.Activities {
			if a := known[source.ID]; a != nil && a.Kind == source.Kind {
				c.matchItems(a, source)
			}
		}
	}
}
