package gallery

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"alongside/courses"
	"alongside/hooks/facilitation"
	"alongside/hooks/learning"
	"alongside/hooks/signin"
	"alongside/hooks/web"
	"alongside/templates"

	"golang.org/x/net/html"
)

// hostile is what somebody could type into any field.
const hostile = `"><script>evil()</script><img src=x onerror=evil()>'`

// compiled are the fields that package courses makes safe: they are HTML.
var compiled = []string{"HTML", "Label", "Prompt", "Pieces", "Feedback", "Meaning", "About", "Ready"}

func TestNothingThatSomebodyTypedBecomesHTML(t *testing.T) {
	for _, s := range append(scenes(), zeroScenes()...) {
		page := s.page(base("en", "/", !strings.HasPrefix(s.file, "guest-")))
		poison(reflect.ValueOf(page), map[uintptr]bool{})
		var b bytes.Buffer
		if err := templates.Render(&b, "en", s.name, templates.Whole, page); err != nil {
			t.Errorf("%s: %v", s.file, err)
			continue
		}
		for _, found := range intruders(b.String()) {
			t.Errorf("%s: %s", s.file, found)
		}
	}
}

// poison writes into every text that a page shows, but for what decides how. A part
// of a page may lead back to the page.
func poison(v reflect.Value, been map[uintptr]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && !been[v.Pointer()] {
			been[v.Pointer()] = true
			poison(v.Elem(), been)
		}
	case reflect.Interface:
		if !v.IsNil() {
			poison(v.Elem(), been)
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), been)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			transcript := v.Type() == reflect.TypeFor[courses.Media]() && field.Name == "Said"
			if field.IsExported() && !transcript && !slices.Contains(compiled, field.Name) {
				poison(v.Field(i), been)
			}
		}
	case reflect.String:
		if v.CanSet() && v.Type() == reflect.TypeFor[string]() {
			v.SetString(v.String() + hostile)
		}
	}
}

// intruders are elements, handlers and addresses that only the poison can have made.
func intruders(page string) (found []string) {
	tokens := html.NewTokenizer(strings.NewReader(page))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return found
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			source := ""
			for _, a := range token.Attr {
				if a.Key == "src" {
					source = a.Val
				}
				if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Val, "javascript:") {
					found = append(found, token.String())
				}
			}
			if token.Data == "script" && !strings.HasPrefix(source, "/assets/") || source == "x" {
				found = append(found, token.String())
			}
		}
	}
}

// zeroScenes are all pages with nothing in them.
func zeroScenes() []scene {
	return []scene{
		{"zero-home", "learning/home", func(b web.Base) any { return &learning.HomePage{} }},
		{"zero-catalogue", "learning/catalogue", func(b web.Base) any { return &learning.CataloguePage{} }},
		{"zero-course", "learning/course", func(b web.Base) any { return &learning.CoursePage{} }},
		{"zero-module", "learning/module", func(b web.Base) any { return &learning.ModulePage{} }},
		{"zero-step", "learning/step", func(b web.Base) any { return &learning.StepPage{} }},
		{"zero-lines", "learning/lines", func(b web.Base) any { return &learning.LinesPage{} }},
		{"zero-record", "learning/record", func(b web.Base) any { return &learning.RecordPage{} }},
		{"zero-sign-in", "signin/sign-in", func(b web.Base) any { return &signin.SignInPage{} }},
		{"zero-first", "signin/first-manager", func(b web.Base) any { return &signin.FirstManagerPage{} }},
		{"zero-password", "signin/password", func(b web.Base) any { return &signin.PasswordPage{} }},
		{"zero-me", "signin/me", func(b web.Base) any { return &signin.MePage{} }},
		{"zero-learners", "facilitation/home", func(b web.Base) any { return &facilitation.HomePage{} }},
		{"zero-add", "facilitation/add", func(b web.Base) any { return &facilitation.AddPage{} }},
		{"zero-learner", "facilitation/learner", func(b web.Base) any { return &facilitation.LearnerPage{} }},
		{"zero-grid", "facilitation/grid", func(b web.Base) any { return &facilitation.GridPage{} }},
		{"zero-hand-over", "facilitation/hand-over", func(b web.Base) any { return &facilitation.HandOverPage{} }},
		{"zero-many", "facilitation/import", func(b web.Base) any { return &facilitation.ImportPage{} }},
		{"zero-help", "web/help", func(b web.Base) any { return &web.HelpPage{} }},
		{"zero-error", "web/error", func(b web.Base) any { return &web.ErrorPage{} }},
	}
}
