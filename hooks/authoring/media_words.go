package authoring

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/web"

	"github.com/pocketbase/pocketbase/core"
)

// WordsPage is `/write/{course}/{module}/transcript/{media}`, "authoring/transcript": what
// is said in a recording of the text, to be put right. It posts transcript to the same
// address. New words are a new file, which the text names from then on: whoever signs it
// off reads them.
type WordsPage struct {
	web.Base
	Head
	Sound  content.Media
	Words  string
	Errors []web.FieldError
	of     string // path of the transcript that the text names
	head   State  // what the text reads now
}

// wordsPlace is a text of the viewer's with a recording that has a transcript.
func (a *Authoring) wordsPlace(e *core.RequestEvent) (p Place, page *WordsPage, err error) {
	if p, err = a.mediaPlace(e); err != nil {
		return p, nil, err
	}
	page = &WordsPage{Head: headOf(p)}
	if page.head, err = a.head(e.Request.Context(), p.Draft); err != nil {
		return p, nil, err
	}
	files, err := a.content.Media(e.Request.Context(), p.Course.ID)
	if err != nil {
		return p, nil, err
	}
	at := slices.IndexFunc(files, func(m content.Media) bool { return m.ID == e.Request.PathValue("media") })
	if at < 0 {
		return p, nil, web.ErrNotFound
	}
	page.Sound = files[at]
	words := transcriptsIn(compiledAt(sourceOf(p.Text(page.head.Text))))[page.Sound.Path]
	if len(words) == 0 {
		return p, nil, web.ErrNotFound
	}
	page.of = words[0]
	page.Words, err = a.content.Transcript(e.Request.Context(), p.Course.ID, page.of)
	if errors.Is(err, content.ErrNoText) {
		err = nil // the text names one that is not there: here it can be written
	}
	return p, page, err
}

func (a *Authoring) showWords(e *core.RequestEvent) error {
	_, page, err := a.wordsPlace(e)
	if err != nil {
		return err
	}
	return web.Show(e, http.StatusOK, "authoring/transcript", page)
}

func (a *Authoring) saveWords(e *core.RequestEvent) error {
	form, err := web.Form(e)
	if err != nil {
		return err
	}
	p, page, err := a.wordsPlace(e)
	if err != nil {
		return err
	}
	page.Words = form.Get("transcript")
	if problem := wordsProblem(page.Words); problem != nil {
		page.Errors = []web.FieldError{*problem}
		return web.Show(e, http.StatusUnprocessableEntity, "authoring/transcript", page)
	}
	path, err := a.keepWords(e, p, page.Sound, page.Words)
	if err != nil {
		return err
	}
	text, found := courses.SwapTranscript(sourceOf(p.Text(page.head.Text)), page.of, path)
	if found && path != page.of {
		put := typing{State: State{Text: string(text), After: page.head.Number, By: web.Current(e).ID, How: Added}, sure: true}
		out, err := a.store(e.Request.Context(), p, put)
		if err != nil {
			return err
		}
		if out.clash != nil {
			return a.answer(e, p, put, out)
		}
	}
	web.Notify(e, "transcript-kept")
	return web.SeeOther(e, p.Address()+"/media")
}

// keepWords stores what is said in a recording, and gives the path by which a text names
// it.
func (a *Authoring) keepWords(e *core.RequestEvent, p Place, of content.Media, words string) (path string, err error) {
	err = a.app.RunInTransaction(func(tx core.App) error {
		path, err = a.content.AddTranscript(tx, p.Course, of, wordsText(words), web.Current(e).ID)
		return err
	})
	return path, err
}

// wordsText is a transcript as it is stored.
func wordsText(words string) string {
	return strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n")) + "\n"
}

// transcriptMissing is the key of what is said where there is none.
const transcriptMissing = "transcript-missing"

// wordsProblem is what is wrong with a transcript; nil for nothing.
func wordsProblem(words string) *web.FieldError {
	switch text := wordsText(words); {
	case strings.TrimSpace(words) == "":
		return &web.FieldError{Field: "transcript", Key: transcriptMissing}
	case len(text) > courses.MaxFileBytes:
		return &web.FieldError{Field: "transcript", Key: "transcript-long"}
	case strings.ContainsRune(text, 0):
		return &web.FieldError{Field: "transcript", Key: "transcript-broken"}
	}
	return nil
}
