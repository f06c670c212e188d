package facilitation

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// The longest phrase and name, in letters: what their columns take.
const (
	phraseMost     = 500
	phraseNameMost = 100
)

// addPhrase adds what somebody wrote for others to lean on.
func (f *Facilitation) addPhrase(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	page := &PhrasesPage{Kind: form.Get("kind"), Language: form.Get("language"), Text: strings.TrimSpace(form.Get("text")), Name: strings.TrimSpace(form.Get("name"))}
	if page.Errors = page.problems(web.SiteOf(e).Languages); len(page.Errors) > 0 {
		return f.phrasesPage(e, http.StatusUnprocessableEntity, page)
	}
	viewer, now := web.Current(e).ID, moment(web.Now(e))
	err = web.Exec(f.app, `INSERT INTO phrases (id, author, name, kind, language, text, ended, created, updated)
		VALUES ({:id}, {:author}, {:name}, {:kind}, {:language}, {:text}, '', {:now}, {:now}) ON CONFLICT (id) DO UPDATE SET ended = '', name = excluded.name, updated = excluded.updated`,
		dbx.Params{
			"id": idOf("phrase", viewer, page.Kind, page.Language, page.Text), "author": viewer, "name": page.Name, "kind": page.Kind,
			"language": page.Language, "text": page.Text, "now": now,
		})
	if err != nil {
		return err
	}
	web.Notify(e, "phrase-added")
	return web.SeeOther(e, "/facilitate/phrases")
}

func (p *PhrasesPage) problems(languages []string) (all []web.FieldError) {
	if !slices.Contains(PhraseKinds(), p.Kind) {
		all = append(all, web.FieldError{Field: "kind", Key: "kind-missing"})
	}
	if !slices.Contains(languages, p.Language) {
		all = append(all, web.FieldError{Field: "language", Key: "language-missing"})
	}
	switch n := utf8.RuneCountInString(p.Text); {
	case n == 0:
		all = append(all, web.FieldError{Field: "text", Key: "phrase-missing"})
	case n > phraseMost:
		all = append(all, web.FieldError{Field: "text", Key: "line-long", Max: phraseMost})
	}
	if utf8.RuneCountInString(p.Name) > phraseNameMost {
		all = append(all, web.FieldError{Field: "name", Key: "called-long", Max: phraseNameMost})
	}
	return all
}
