package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"alongside/e2e/browser"
	"alongside/e2e/product"
)

// A walk is one person in one look.
type walk struct {
	name    string
	options browser.Options
	role    string // "" for a guest
	n       int    // which of that role
	more    bool   // a variation: their pages are so far those of others
}

// In the gate one walk takes every look at once: what is right from right to
// left, in the dark and on the smallest phone is seldom wrong in one of them.
var (
	hardest   = browser.Options{Language: "ar-XB", Dark: true, Width: 320, Height: 640}
	backwards = browser.Options{Language: "ar-XB", Dark: true} // right to left, dark
	longer    = browser.Options{Language: "en-XA", Width: 1280, Height: 900}
	small     = browser.Options{Width: 320, Height: 640}
	plain     = browser.Options{NoScript: true}
)

// Every page that a person can reach by links is opened, in each look. The
// browser checks each: axe, HTML, policy, requests, errors.
func TestEveryPageIsSoundInEveryLook(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	for _, w := range []walk{
		{"a guest in the hardest look", hardest, "", 0, false},
		{"somebody who has finished, in the hardest look", hardest, "learner", 2, false},
		{"a facilitator in the hardest look", hardest, "facilitator", 0, false},
		{"the site's manager in the hardest look", hardest, "manager", 1, false},
		{"a guest, right to left and dark", backwards, "", 0, true},
		{"somebody new, right to left and dark", backwards, "learner", 0, true},
		{"somebody half-way, right to left and dark", backwards, "learner", 1, true},
		{"a mentor, right to left and dark", backwards, "mentor", 0, true},
		{"a lead, right to left and dark", backwards, "lead", 0, true},
		{"a manager, right to left and dark", backwards, "manager", 0, true},
		{"a guest on a small phone", small, "", 0, true},
		{"somebody half-way on a small phone", small, "learner", 1, true},
		{"somebody who has finished, in longer words on a wide screen", longer, "learner", 2, true},
		{"a facilitator, in longer words on a wide screen", longer, "facilitator", 0, true},
		{"the site's manager, in longer words on a wide screen", longer, "manager", 1, true},
		{"somebody half-way, without JavaScript", plain, "learner", 1, true},
	} {
		t.Run(w.name, func(t *testing.T) {
			if w.more {
				thoroughly(t)
			}
			t.Parallel()
			page := open(t, p, w.options)
			if w.role != "" {
				enterInAnyLanguage(t, page, person(t, p, w.role, w.n))
			}
			crawl(t, page, 40)
		})
	}
}

// enterInAnyLanguage signs a person in where the words of the form are not known.
func enterInAnyLanguage(t *testing.T, page *browser.Page, who product.Person) {
	page.Visit("/sign-in")
	page.FillFirst("who", who.Username)
	page.FillFirst("password", who.Password)
	page.Submit("\r")
	if page.Path() == "/sign-in" {
		t.Fatalf("%s could not sign in", who.Username)
	}
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

// anId is a part of an address that says which row, where others have the same page.
var anId = regexp.MustCompile(`/([a-z0-9]{15}|[0-9]+)\b`)

// worthAVisit leaves out what is no page, what ends the walk, step after step of
// the same module, and row after row of the same page.
func worthAVisit(path string, steps map[string]int) bool {
	if strings.Contains(path, ".csv") {
		return false
	}
	for _, not := range []string{"/leave", "/media/", "/assets/", "/_/", "/api/"} {
		if strings.HasPrefix(path, not) {
			return false
		}
	}
	parts := strings.Split(strings.SplitN(path, "?", 2)[0], "/")
	if len(parts) == 5 && parts[1] == "courses" {
		module := strings.Join(parts[:4], "/")
		steps[module]++
		return steps[module] <= 2
	}
	if shape := anId.ReplaceAllString(path, "/*"); shape != path {
		steps[shape]++
		return steps[shape] <= 2
	}
	return true
}

// Every step of every module shipped is opened once, since each holds other
// blocks.
func TestEveryStepOfTheShippedCourseIsSound(t *testing.T) {
	thoroughly(t) // the steps of module 3 are taken by a learner in the gate
	t.Parallel()
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
	t.Parallel()
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
	t.Parallel()
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
