package facilitation

import (
	"net/http"
	"slices"

	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// PhrasesPage is `/facilitate/phrases`, "facilitation/phrases". Its form posts to
// the same address the fields kind, language, text and name.
type PhrasesPage struct {
	web.Base
	Kinds    []PhrasesOfKind
	None     bool // there is none yet
	Kind     string
	Language string
	Text     string
	Name     string
	Errors   []web.FieldError
}

// KindChoices are the kinds as a form offers them.
func (p *PhrasesPage) KindChoices() (all []templates.Choice) {
	for _, kind := range PhraseKinds() {
		all = append(all, templates.Choice{Value: kind, Key: "phrase.kind." + kind, Chosen: kind == p.Kind})
	}
	return all
}

// LanguageChoices are the languages of the site as a form offers them.
func (p *PhrasesPage) LanguageChoices() (all []templates.Choice) {
	for _, tag := range p.Site.Languages {
		all = append(all, templates.Choice{Value: tag, Text: templates.LanguageOf(tag).Name, Lang: tag, Chosen: tag == p.Language})
	}
	return all
}

// Spoken is the language that a phrase is in.
func (p Phrase) Spoken() templates.Language { return templates.LanguageOf(p.Language) }

// showPhrases is what people wrote for one another to lean on.
func (f *Facilitation) showPhrases(e *core.RequestEvent) error {
	page := &PhrasesPage{Language: languageOf(e)}
	return f.phrasesPage(e, http.StatusOK, page)
}

func (f *Facilitation) phrasesPage(e *core.RequestEvent, status int, page *PhrasesPage) (err error) {
	page.Kinds, err = f.phrases(e, nil)
	if err != nil {
		return err
	}
	page.None = !slices.ContainsFunc(page.Kinds, func(k PhrasesOfKind) bool { return len(k.Phrases) > 0 })
	return web.Show(e, status, "facilitation/phrases", page)
}
