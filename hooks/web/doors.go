package web

import (
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// Pages are the routes that are pages. Each has a rule at its door, so none is
// there that nobody thought about, and a test can ask which there are.
type Pages struct {
	group *router.RouterGroup[*core.RequestEvent]
	doors *doors
}

// A Door is one page: how it is asked for, and who may open it.
type Door struct {
	Method string
	Path   string // as http.ServeMux writes it
	Rule   Rule
	Late   Late // of a form: what becomes of one whose sender was signed out meanwhile
}

// Late is what becomes of a form that comes after its sender was signed out.
type Late int

// A form that comes too late.
const (
	LateNotDone  Late = iota // is not kept, and its sender is told to do it again
	LateRefilled             // is kept, and filled in again on the page of the same address
	LateByPage               // is kept, and that page shows it in its own way
)

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
	p.doors.add(&Door{Method: http.MethodGet, Path: path, Rule: rule})
	return p.group.GET(path, behind(rule, action))
}

// POST binds what a form sends.
func (p Pages) POST(path string, rule Rule, action func(e *core.RequestEvent) error) FormRoute {
	door := &Door{Method: http.MethodPost, Path: path, Rule: rule}
	p.doors.add(door)
	return FormRoute{p.group.POST(path, behind(rule, action)), door}
}

// A FormRoute is the route of what a form sends.
type FormRoute struct {
	*router.Route[*core.RequestEvent]
	door *Door
}

// Kept lets the form wait for its sender where it comes after they were signed
// out: the page that has its address, which has to be there, is shown with what
// was typed. Never for a form that has a password on it.
func (f FormRoute) Kept() FormRoute { return f.late(LateRefilled) }

// KeptByPage is Kept where the page asks for what waits, and shows it itself.
func (f FormRoute) KeptByPage() FormRoute { return f.late(LateByPage) }

func (f FormRoute) late(late Late) FormRoute {
	f.door.Late = late
	return f
}

// Doors are all pages that were bound, in order.
func (p Pages) Doors() []Door {
	all := make([]Door, len(p.doors.all))
	for i, door := range p.doors.all {
		all[i] = *door
	}
	return all
}

// doors are the pages of one group.
type doors struct {
	all  []*Door
	at   map[string]*Door // by method and path
	open *http.ServeMux   // of what can be opened with a GET
}

func newDoors() *doors { return &doors{at: map[string]*Door{}, open: http.NewServeMux()} }

func (d *doors) add(door *Door) {
	d.all = append(d.all, door)
	d.at[door.Method+" "+door.Path] = door
	if door.Method == http.MethodGet {
		d.open.Handle("GET "+door.Path, http.NotFoundHandler()) // nobody calls it
	}
}

const doorsKey = "web.doors"

// show lets a request know which pages there are.
func (d *doors) show(e *core.RequestEvent) error {
	e.Set(doorsKey, d)
	return e.Next()
}

// formAt is the door of the form that has the address of a request; nil for none.
func formAt(e *core.RequestEvent) *Door {
	known, ok := e.Get(doorsKey).(*doors)
	if !ok {
		return nil
	}
	_, path, _ := strings.Cut(e.Request.Pattern, " ")
	return known.at[http.MethodPost+" "+path]
}

// opens reports whether there is a page to open at an address.
func (d *doors) opens(address string) bool {
	_, pattern := d.open.Handler(&http.Request{Method: http.MethodGet, URL: &url.URL{Path: address}})
	return pattern != ""
}

// pageOf is the page that a form stood on: where the browser says it came from,
// else the nearest above the form's own address.
func pageOf(e *core.RequestEvent) string {
	known, ok := e.Get(doorsKey).(*doors)
	if !ok {
		return "/"
	}
	if from, err := url.Parse(e.Request.Referer()); err == nil && from.Path != "" && known.opens(from.Path) {
		if page := LocalOr(from.RequestURI(), ""); page != "" {
			return page
		}
	}
	for at := path.Clean(pathOf(e)); at != "/" && at != "."; at = path.Dir(at) {
		if known.opens(at) {
			return at
		}
	}
	return "/"
}

func behind(rule Rule, action func(e *core.RequestEvent) error) func(e *core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		err := rule.Admit(e)
		if errors.Is(err, ErrSignInFirst) {
			return tooLate(e)
		}
		if err != nil {
			return err
		}
		if err := action(e); err != nil {
			return err
		}
		return forget(e)
	}
}
