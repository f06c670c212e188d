package learning_test

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"

	"github.com/PuerkitoBio/goquery"
)

// everything is a course with every kind of activity in one module.
func everything() map[string]string {
	return map[string]string{"course.md": "---\ntitle: Small\nlanguage: en\n---\nAbout it.\n", "01-first.md": everyKind}
}

const everyKind = `---
title: First
---
Welcome.

## Choose {#choose}

:::question[Which is open?]{#open}
- [ ] Did you sleep
  > That closes it.
- [x] How was it
  > That opens it.
:::

:::question[Which are warm?]{#warm}
- [x] Sun
  > Sun feedback.
- [ ] Ice
  > Ice feedback.
- [x] Fire
  > Fire feedback.
:::

:::scale[Ready?]{#ready}
1. Not yet
2. A little
3. Yes
:::

:::checklist[Before]{#before}
- Quiet place
- Phone away
:::

## Arrange {#arrange}

:::order[In order]{#meeting}
1. Say hello
2. Ask them
3. Agree a step
4. Say goodbye
:::

:::sort[Who does it]{#who-does}
- Mentor
  - Tells you how it was
- Worker
  - Books your appointment
  - Writes a report
:::

:::scenario[Eleven at night]{#night}
- Answer at once
  > You are tired now.
  - Say when you are there
    > Kind and clear.
  - Say nothing more
    > They wait for you.
- Wait until morning
  > They slept well.
:::

## Write {#write}

:::blanks{#words}
Start with [[whatever|however]] or [[whenever]].
:::

:::practice[Listen for two minutes]{#listen}
Note it.
:::

:::reflection[When were you heard?]{#heard}
:::

:::reflection[Three things]{#three}
1. What happened?
2. So what?
3. Now what?
:::

## To keep {#keep}

:::reflection[One line]{#line}
:::
`

// small starts a house with the course of everything, and somebody in it.
func small(t testing.TB) (*hooktest.Site, hooktest.Person, *hooktest.Browser) {
	t.Helper()
	s := hooktest.Start(t)
	s.Publish(t, "small", everything())
	p := s.MustPerson(t, web.Learner)
	return s, p, s.SignIn(t, p)
}

const first = "/courses/small/first"

// A screen is a step's page, and its form as somebody fills it in.
type screen struct {
	t       testing.TB
	browser *hooktest.Browser
	address string
	body    string
	page    *goquery.Document
	form    url.Values
}

// open shows a step without JavaScript.
func open(t testing.TB, b *hooktest.Browser, address string) *screen {
	t.Helper()
	r := b.Get(address)
	if r.Status != 200 {
		t.Fatalf("GET %s: status %d, to %q\n%s", address, r.Status, r.Location, text(r.Page(t).Find("main")))
	}
	return show(t, b, r)
}

func show(t testing.TB, b *hooktest.Browser, r hooktest.Response) *screen {
	t.Helper()
	page := r.Page(t)
	form := page.Find("form#step")
	address, ok := form.Attr("action")
	if !ok {
		t.Fatalf("no step in the page\n%s", text(page.Find("main")))
	}
	return &screen{t: t, browser: b, address: address, body: r.Body, page: page, form: fields(form)}
}

// fields are what a browser sends of a form.
func fields(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, f *goquery.Selection) {
		name, named := f.Attr("name")
		_, disabled := f.Attr("disabled")
		if !named || disabled {
			return
		}
		kind := f.AttrOr("type", "")
		_, checked := f.Attr("checked")
		switch {
		case goquery.NodeName(f) == "textarea":
			values.Add(name, f.Text()) // the parser dropped the first newline, as a browser does
		case goquery.NodeName(f) == "select":
			chosen := f.Find("option[selected]")
			values.Add(name, chosen.AttrOr("value", chosen.Text()))
		case kind == "radio" || kind == "checkbox":
			if checked {
				values.Add(name, f.AttrOr("value", "on"))
			}
		default:
			values.Add(name, f.AttrOr("value", ""))
		}
	})
	return values
}

// set fills a field in.
func (s *screen) set(field string, values ...string) *screen {
	s.form[field] = values
	return s
}

// choose ticks what reads so, by its label.
func (s *screen) choose(activity string, labels ...string) *screen {
	s.t.Helper()
	var name string
	var values []string
	s.page.Find("#at-" + activity + " label.choice").Each(func(_ int, l *goquery.Selection) {
		if slices.Contains(labels, text(l)) {
			input := l.Find("input")
			name = input.AttrOr("name", "")
			values = append(values, input.AttrOr("value", ""))
		}
	})
	if len(values) != len(labels) {
		s.t.Fatalf("%s: found %v of %v", activity, values, labels)
	}
	return s.set(name, values...)
}

// press sends the form by a button.
func (s *screen) press(button string) hooktest.Response {
	s.t.Helper()
	s.form.Set("do", button)
	return s.browser.Post(s.address, s.form)
}

// pressCheck sends the form by the Check of one activity.
func (s *screen) pressCheck(activity string) hooktest.Response {
	s.t.Helper()
	button := s.page.Find("#at-" + activity + " button.check")
	name, named := button.Attr("name")
	if !named {
		s.t.Fatalf("%s has no Check", activity)
	}
	form := maps.Clone(s.form)
	form.Set(name, button.AttrOr("value", ""))
	return s.browser.Post(s.address, form)
}

// saved presses a button, which must work, and opens the step again.
func (s *screen) saved(button string) *screen {
	s.t.Helper()
	return s.after(s.press(button))
}

// checked is saved, by the Check of one activity.
func (s *screen) checked(activity string) *screen {
	s.t.Helper()
	return s.after(s.pressCheck(activity))
}

func (s *screen) after(r hooktest.Response) *screen {
	s.t.Helper()
	if r.Status != 303 {
		s.t.Fatalf("status %d\n%s", r.Status, text(r.Page(s.t).Find("main")))
	}
	return open(s.t, s.browser, s.address)
}

// act is what the page shows of one activity, as words.
func (s *screen) act(id string) string { return text(s.page.Find("#at-" + id)) }

// chosen are the labels that are ticked.
func (s *screen) chosen(activity string) []string {
	var labels []string
	s.page.Find("#at-" + activity + " label.choice").Each(func(_ int, l *goquery.Selection) {
		if _, ok := l.Find("input").Attr("checked"); ok {
			labels = append(labels, text(l))
		}
	})
	return labels
}

func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func wantText(t testing.TB, where, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(got, part) {
			t.Errorf("%s: want %q in\n%s", where, part, got)
		}
	}
}

func wantNoText(t testing.TB, where, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(got, part) {
			t.Errorf("%s: %q should not be in\n%s", where, part, got)
		}
	}
}

// column reads one column of the database.
func column(t testing.TB, s *hooktest.Site, sql string) []string {
	t.Helper()
	var values []string
	if err := s.App.DB().NewQuery(sql).Column(&values); err != nil {
		t.Fatal(err)
	}
	return values
}

func execute(t testing.TB, s *hooktest.Site, sql string) {
	t.Helper()
	if _, err := s.App.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
		t.Fatal(err)
	}
}

// shipped starts a house with what ships.
func shipped(t testing.TB) *hooktest.Site {
	t.Helper()
	s := hooktest.Start(t)
	if err := s.House.Content.StoreLibrary(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

// module shows the page of a module.
func module(t testing.TB, b *hooktest.Browser, address string) string {
	t.Helper()
	r := b.Get(address)
	if r.Status != 200 {
		t.Fatalf("GET %s: status %d to %q", address, r.Status, r.Location)
	}
	return text(r.Page(t).Find("main"))
}

func escaped(path string) string { return url.QueryEscape(path) }
