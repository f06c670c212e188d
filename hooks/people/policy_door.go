package people

import (
	"slices"

	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// Names in addresses that the policy knows: what stands there is whom or what
// the page is about, and its door asks for exactly that.
const (
	inPerson    = "person"
	inLearner   = "learner"
	inCohort    = "cohort"
	inProgramme = "programme"
)

// To is the rule of pages about a matter. Where the address names a {person} or
// {learner}, a {cohort} or a {programme}, whoever may not see the matter of that
// one gets web.ErrNotFound, as if there was none. A guest is asked to sign in.
func To(matter Matter) web.Rule {
	return web.Rule{Name: string(matter), Admit: func(e *core.RequestEvent) error { return recorded(e, matter, admit(e, matter, Nobodys)) }}
}

// Over is the rule of pages about a matter of others: seeing one's own is not
// enough to open them.
func Over(matter Matter) web.Rule {
	return web.Rule{Name: string(matter) + OfOthers, Admit: func(e *core.RequestEvent) error { return recorded(e, matter, admit(e, matter, Own)) }}
}

// OfOthers ends the name of a rule that Over gave.
const OfOthers = ", of others"

func admit(e *core.RequestEvent, matter Matter, beyond Extent) error {
	viewer := web.Current(e)
	grants := slices.DeleteFunc(Grants(viewer, matter), func(g Grant) bool { return g.Of <= beyond })
	if len(grants) == 0 && viewer == nil {
		return web.ErrSignInFirst
	}
	if len(grants) == 0 {
		return web.ErrNotFound
	}
	s := subjectOf(e)
	if s == (Subject{}) {
		return nil
	}
	depth, err := deepest(e.Request.Context(), e.App, web.Now(e), viewer, grants, s) // of these alone: what is their own opens no page about others
	if err != nil {
		return err
	}
	e.Set(depthKey, depth)
	return nil
}

func subjectOf(e *core.RequestEvent) Subject {
	r := e.Request
	s := Subject{Person: r.PathValue(inPerson), Cohort: r.PathValue(inCohort), Programme: r.PathValue(inProgramme)}
	if s.Person == "" {
		s.Person = r.PathValue(inLearner)
	}
	return s
}

const depthKey = "people.depth"

// DepthOf is how deep the viewer sees what this page is about, as its door found.
func DepthOf(e *core.RequestEvent) Depth {
	depth, ok := e.Get(depthKey).(Depth)
	if !ok {
		return Counts // a page whose address names nobody shows nobody
	}
	return depth
}
