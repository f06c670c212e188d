package templates

import (
	"cmp"
	"fmt"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// A Field is one line of a form, as partials/form.html shows it.
type Field struct {
	Name     string // of the control, and its id
	Value    any
	Problems any    // a list of what to put right, each with the Field it is about
	Label    string // key of its words
	Hint     string // the same; may be empty
	Type     string // of the input
	Choices  []Choice
}

// Kind is the type of the input. A field for a day that holds something else is one
// for text: a browser would empty it, and what was typed would be lost.
func (f Field) Kind() string {
	if f.Type != "date" {
		return f.Type
	}
	typed := fmt.Sprint(f.Value)
	if _, err := time.Parse(time.DateOnly, typed); err != nil && typed != "" {
		return "text"
	}
	return f.Type
}

// A Choice is one that a select offers.
type Choice struct {
	Value  string
	Key    string // of its words; or
	Text   string // its words as they are
	Lang   string // BCP 47 of those, where it is not that of the page
	Chosen bool
}

// field puts together a line of text; more is its hint and its type.
func field(name string, value, problems any, label string, more ...string) Field {
	f := Field{Name: name, Value: value, Problems: problems, Label: label, Type: "text"}
	if len(more) > 0 {
		f.Hint = more[0]
	}
	if len(more) > 1 {
		f.Type = more[1]
	}
	return f
}

// choose puts together a line to choose in.
func choose(name string, choices []Choice, problems any, label string, more ...string) Field {
	f := field(name, "", problems, label, more...)
	f.Choices = choices
	return f
}

// Languages are those that have words in the binary.
func Languages() []Language { return load().shipped }

// LanguageOf is the language of a tag, under its own name for itself: the binary's,
// else that of the Unicode CLDR, else the tag.
func LanguageOf(tag string) Language {
	for _, l := range Languages() {
		if l.Tag == tag {
			return l
		}
	}
	return Language{Tag: tag, Name: cmp.Or(display.Self.Name(language.Make(tag)), tag), Dir: Direction(tag)}
}
