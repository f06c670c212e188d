package people

import (
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"alongside/hooks/web"

	"github.com/pocketbase/ozzo-validation/v4/is"
	"github.com/pocketbase/pocketbase/core"
)

// typed is a form as it was sent, and what of it has to be put right.
type typed struct {
	form     url.Values
	problems []web.FieldError
}

func typedIn(e *core.RequestEvent) (*typed, error) {
	form, err := web.Form(e)
	return &typed{form: form}, err
}

// wrong notes a problem, the first of each field.
func (t *typed) wrong(field, key string) { t.note(web.FieldError{Field: field, Key: key}) }

func (t *typed) note(problem web.FieldError) {
	for _, known := range t.problems {
		if known.Field == problem.Field {
			return
		}
	}
	t.problems = append(t.problems, problem)
}

// line is a field of one line, at most so many characters long. missing is the
// problem where nothing was typed, "" where nothing needs to be.
func (t *typed) line(field string, atMost int, missing string) string {
	text := oneLine(t.form.Get(field))
	switch {
	case text == "" && missing != "":
		t.wrong(field, missing)
	case utf8.RuneCountInString(text) > atMost:
		t.note(web.FieldError{Field: field, Key: "line-long", Max: atMost})
	}
	return text
}

// oneLine is a text without breaks, doubled spaces and what cannot be seen.
func oneLine(text string) string {
	visible := func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}
	return strings.Join(strings.Fields(strings.Map(visible, strings.ToValidUTF8(text, ""))), " ")
}

// email is a field for an address, which may be empty.
func (t *typed) email(field string) string {
	address := strings.TrimSpace(t.form.Get(field))
	if address != "" && is.EmailFormat.Validate(address) != nil {
		t.wrong(field, "email-wrong")
	}
	return address
}

// ticked reports whether a box was.
func (t *typed) ticked(field string) bool { return t.form.Get(field) == "true" }

// day is a field for a date, as a browser sends it; "" where none was typed.
func (t *typed) day(field string) string {
	text := strings.TrimSpace(t.form.Get(field))
	if text == "" {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		t.wrong(field, "date-wrong")
	}
	return text
}

// days are two fields for the first day and the last, either of which may be
// empty.
func (t *typed) days(first, last string) (from, to string) {
	from, to = t.day(first), t.day(last)
	if from != "" && to != "" && to < from {
		t.wrong(last, "date-order")
	}
	return from, to
}
