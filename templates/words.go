package templates

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// words is every word of one language; what it lacks it has in English.
type words struct {
	tag, dir  string
	plain     map[string]string   // every message as it is written; of one with plural forms, the form "other"
	localizer *i18n.Localizer     // plural forms and values, at a few microseconds a call
	counted   map[string][]string // messages with plural forms, as said for the first numbers
	dates     dateNames
}

// readWords reads locales/*.json, the source language first.
func readWords(files fs.FS) ([]*words, error) {
	source, err := readMessages(files, "locales/"+sourceLanguage+".json")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "locales/*.json")
	if err != nil {
		return nil, err
	}
	all := []*words{newWords(sourceLanguage, source, nil)}
	for _, name := range names {
		messages, err := readMessages(files, name)
		if err != nil {
			return nil, err
		}
		if tag := messages.Tag.String(); tag != sourceLanguage {
			all = append(all, newWords(tag, source, messages.Messages))
		}
	}
	return all, nil
}

func readMessages(files fs.FS, name string) (*i18n.MessageFile, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	read, err := i18n.ParseMessageFileBytes(text, name, map[string]i18n.UnmarshalFunc{"json": json.Unmarshal})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return read, nil
}

// newWords lays a language's own messages over those of the source.
func newWords(tag string, source *i18n.MessageFile, own []*i18n.Message) *words {
	bundle := i18n.NewBundle(source.Tag)
	bundle.MustAddMessages(source.Tag, source.Messages...)
	bundle.MustAddMessages(language.MustParse(tag), own...)
	w := &words{tag: tag, plain: map[string]string{}, localizer: i18n.NewLocalizer(bundle, tag, sourceLanguage)}
	for _, m := range source.Messages {
		w.plain[m.ID] = m.Other
	}
	for _, m := range own {
		w.plain[m.ID] = m.Other
	}
	w.setDirection(w.plain["language.dir"])
	w.plain["language.tag"] = tag
	w.dates = dateNamesOf(tag)
	w.counted = w.countAhead(append(source.Messages[:len(source.Messages):len(source.Messages)], own...))
	return w
}

func (w *words) setDirection(dir string) { w.dir, w.plain["language.dir"] = dir, dir }

// countAhead says every message with plural forms for the numbers that pages
// mostly show, so that a step's page need not.
func (w *words) countAhead(messages []*i18n.Message) map[string][]string {
	counted := map[string][]string{}
	for _, m := range messages {
		if m.One == "" || counted[m.ID] != nil || !strings.Contains(m.Other, "{{.count}}") {
			continue
		}
		for n := range 61 {
			counted[m.ID] = append(counted[m.ID], w.plural(m.ID, n))
		}
	}
	return counted
}

func (w *words) has(key string) bool { return w.plain[key] != "" }

// word gives a message that needs nothing. A key without words is shown as it
// is: visible, and no reason for a page to fail.
func (w *words) word(key string) string {
	if text, ok := w.plain[key]; ok {
		return text
	}
	return key
}

// say gives a message with values in it.
func (w *words) say(key string, values map[string]string) string {
	if !w.has(key) {
		return key
	}
	text, err := w.localizer.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: values})
	if err != nil {
		return key
	}
	return text
}

// count gives a message in the plural form that a number needs; the words name
// the number {{.count}}.
func (w *words) count(key string, count int) string {
	if ahead := w.counted[key]; 0 <= count && count < len(ahead) {
		return ahead[count]
	}
	return w.plural(key, count)
}

func (w *words) plural(key string, count int) string {
	text, err := w.localizer.Localize(&i18n.LocalizeConfig{
		MessageID: key, PluralCount: count, TemplateData: map[string]int{"count": count},
	})
	if err != nil {
		return key
	}
	return text
}

// A piece of a message is text, or the name of the value that stands there.
type piece struct{ text, value string }

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

// pieces splits a message at its values.
func (w *words) pieces(key string) ([]piece, bool) {
	text, ok := w.plain[key]
	if !ok {
		return nil, false
	}
	return split(text), true
}

func split(text string) []piece {
	var pieces []piece
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		if m[0] > at {
			pieces = append(pieces, piece{text: text[at:m[0]]})
		}
		pieces = append(pieces, piece{value: text[m[2]:m[3]]})
		at = m[1]
	}
	if at < len(text) {
		pieces = append(pieces, piece{text: text[at:]})
	}
	return pieces
}

// problem says what to put right in a form: the limit that it speaks of, and
// what was asked, both where there is one.
func (w *words) problem(key string, limit int, about string) string {
	return w.say("problem-in-form."+key, map[string]string{"max": strconv.Itoa(limit), "about": about})
}
