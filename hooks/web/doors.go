package web

import (
	"errors"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// Pages are the routes that are pages. Each has a rule at its door, so none is
// there that nobody thought about, and a test can ask which there are.
type Pages struct {
	group *router.RouterGroup[*core.RequestEvent]
	doors *[]Door
}

// A Door is one page: how it is asked for, and who may open it.
type Door struct {
	Method string
	Path   string // as http.ServeMux writes it
	Rule   Rule
}

// A Rule says who may open a page. Package people has those of the policy.
type Rule struct {
	Name  string                           // as docs and tests call it
	Admit func(e *core.RequestEvent) error // nil for whoever may; ErrSignInFirst, or a fault, for whoever may not
}

// ErrSignInFirst is what a rule returns of a guest who may be somebody: they are
// asked to sign in, and come back to the same address.
var ErrSignInFirst = errors.New("sign in first")

// Anyone is the rule of pages that guests may open too.
var Anyone = Rule{Name: "anyone", Admit: func(*core.RequestEvent) error { return nil }}

// SignedIn is the rule of pages for somebody signed in, whoever it is.
var SignedIn = Rule{Name: "signed in", Admit: func(e *core.RequestEvent) error {
	if Current(e) == nil {
		return ErrSignInFirst
	}
	return nil
}}

// GET binds a page to read.
func (p Pages) GET(path string, rule Rule, action func(e *core.RequestEvent) error) *router.Route[*core.RequestEvent] {
	p.open("GET", path, rule)
	return p.group.GET(path, behind(rule, action))
}

// POST binds what a form sends.
func (p Pages) POST(path string, rule Rule, action func(e *core.RequestEvent) error) *router.Route[*core.RequestEvent] {
	p.open("POST", path, rule)
	return p.group.POST(path, behind(rule, action))
}

// Doors are all pages that were bound, in order.
func (p Pages) Doors() []Door { return *p.doors }

func (p Pages) open(method, path string, rule Rule) {
	*p.doors = append(*p.doors, Door{Method: method, Path: path, Rule: rule})
}

func behind(rule Rule, action func(e *core.RequestEvent) error) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		err := rule.Admit(e)
		if errors.Is(err, ErrSignInFirst) {
			return AskToSignIn(e)
		}
		if err != nil {
			return err
		}
		return action(e)
	}
}
