package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"alongside/e2e/browser"
	"alongside/e2e/product"
)

// roles are the people whose pages are walked through; the superuser has none.
var roles = []string{"learner", "mentor", "facilitator", "lead", "manager"}

// Every page that a guest or a demo person can reach by links is opened, in
// each look. The browser checks each: axe, HTML, policy, requests, errors.
func TestEveryPageIsSoundInEveryLook(t *testing.T) {
	p := startDemo(t)
	for _, look := range []struct {
		name    string
		options browser.Options
	}{
		{"on a small phone", browser.Options{Width: 320, Height: 640}},
		{"right to left and dark", browser.Options{Language: "ar-XB", Dark: true}},
		{"longer words on a wide screen", browser.Options{Language: "en-XA", Width: 1280, Height: 900}},
		{"without JavaScript", browser.Options{NoScript: true}},
	} {
		t.Run(look.name, func(t *testing.T) {
			t.Run("a guest", func(t *testing.T) {
				crawl(t, open(t, p, look.options), 40)
			})
			people, err := p.People()
			must(t, err)
			for _, who := range people {
				if slices.Contains(roles, who.Role) && (who.Role == "learner" || look.options.Dark) {
					t.Run(who.Role+" "+who.Username, func(t *testing.T) { crawlAs(t, p, who, look.options) })
				}
			}
		})
	}
}

// crawlAs signs a person in and walks. The sign-in form is found in English.
func crawlAs(t *testing.T, p *product.Product, who product.Person, options browser.Options) {
	page := open(t, p, options)
	page.Visit("/sign-in")
	page.FillFirst("who", who.Username)
	page.FillFirst("password", who.Password)
	page.Submit("\r")
	if page.Path() == "/sign-in" {
		t.Fatalf("%s could not sign in", who.Username)
	}
	crawl(t, page, 40)
}

// crawl opens what the links of each page lead to, until all are opened or
// there were enough. Of the steps of a module it takes the first few: each is
// made by the same template.
func crawl(t *testing.T, page *browser.Page, enough int) {
	t.Helper()
	queue, seen := []string{"/", "/help", "/me", "/courses", "/nothing-is-here"}, map[string]bool{}
	steps := map[string]int{}
	for len(queue) > 0 && len(seen) < enough {
		path := queue[0]
		queue = queue[1:]
		if seen[path] || !worthAVisit(path, steps) {
			continue
		}
		seen[path] = true
		page.Visit(path)
		if overflow := page.Ask(`document.documentElement.scrollWidth - document.documentElement.clientWidth`); overflow != "0" {
			t.Errorf("%s is %s pixels wider than the screen", path, overflow)
		}
		queue = append(queue, page.Links()...)
	}
	if len(seen) < 5 {
		t.Errorf("only %d pages were found: %v", len(seen), seen)
	}
}

// worthAVisit leaves out what is no page, what ends the walk, and step after
// step of the same module.
func worthAVisit(path string, steps map[string]int) bool {
	for _, not := range []string{"/leave", "/media/", "/assets/", "/_/", "/api/"} {
		if strings.HasPrefix(path, not) {
			return false
		}
	}
	parts := strings.Split(strings.SplitN(path, "?", 2)[0], "/")
	if len(parts) == 5 && parts[1] == "courses" {
		module := strings.Join(parts[:4], "/")
		steps[module]++
		return steps[module] <= 3
	}
	return true
}

// Every step of every module shipped is opened once, since each holds other
// blocks.
func TestEveryStepOfTheShippedCourseIsSound(t *testing.T) {
	p := startDemo(t)
	page := open(t, p, browser.Options{})
	signIn(page, person(t, p, "learner", 2))
	page.Visit("/courses/walking-alongside")
	modules := below(page.Links(), "/courses/walking-alongside/", 3)
	if len(modules) < 3 {
		t.Fatalf("the course shows %d modules, and three are shipped", len(modules))
	}
	for _, module := range modules {
		page.Visit(module)
		steps := below(page.Links(), module+"/", 4)
		if len(steps) < 4 {
			t.Errorf("%s shows %d steps", module, len(steps))
		}
		for _, step := range steps {
			page.Visit(step)
			if page.Status() != 200 {
				t.Errorf("%s answers %d", step, page.Status())
			}
		}
	}
}

// below is the paths that begin so and have so many parts.
func below(paths []string, prefix string, parts int) []string {
	var found []string
	for _, path := range paths {
		if strings.HasPrefix(path, prefix) && strings.Count(path, "/") == parts && !strings.Contains(path, "?") {
			found = append(found, path)
		}
	}
	return found
}

func TestAnErrorIsAPageWithAWayOn(t *testing.T) {
	p := startDemo(t)
	page := open(t, p, browser.Options{})
	for _, path := range []string{"/nothing-is-here", "/courses/nothing", "/courses/walking-alongside/nothing", "/sign-in/nothing"} {
		page.Visit(path)
		if page.Path() == path && page.Status() != 404 {
			t.Errorf("%s answers %d", path, page.Status())
		}
		page.See("Help", "Leave")
	}
}

func TestHelpAndLeaveStandInTheSamePlaceOnEveryPage(t *testing.T) {
	p := startDemo(t)
	page := open(t, p, browser.Options{})
	place := func() string {
		return page.Ask(`(() => { const e = [...document.querySelectorAll("a[href='/leave']")][0]; if (!e) return "none";
			const r = e.getBoundingClientRect(); return [r.top, r.right].map(Math.round).join(" "); })()`)
	}
	page.Visit("/sign-in")
	first := place()
	if first == `"none"` {
		t.Fatal("there is no Leave")
	}
	enter(page, person(t, p, "learner", 1))
	for _, path := range []string{"/", "/courses", "/help", "/me", "/courses/walking-alongside/listening/dee", "/nothing-is-here"} {
		page.Visit(path)
		if now := place(); now != first {
			t.Errorf("on %s Leave stands at %s, elsewhere at %s", path, now, first)
		}
	}
	fmt.Fprintln(t.Output(), "Leave stands at", first)
}
