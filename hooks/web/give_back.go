package web

import (
	"errors"

	"github.com/pocketbase/pocketbase/core"
)

// GivesBack is the rule of a form that people write much in. Whoever may not send it
// any more comes as far as its action all the same, which answers as if nothing was
// there, and with their own words: nobody else has them. The action asks IsRefused
// before it does anything.
func (rule Rule) GivesBack() Rule {
	admit := rule.Admit
	rule.Admit = func(e *core.RequestEvent) error {
		err := admit(e)
		if errors.Is(err, ErrNotFound) {
			e.Set(refusedKey, true)
			return nil
		}
		return err
	}
	return rule
}

const refusedKey = "web.refused"

// IsRefused reports whether the rule of a form that gives words back let nobody in.
func IsRefused(e *core.RequestEvent) bool { return e.Get(refusedKey) != nil }
