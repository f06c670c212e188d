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

// WordsPage is `/write/{course}/{module}/transcript`, "authoring/transcript": what is
// said in a recording of the text, to be put right. It posts of, the path of the
// transcript, after and transcript to the same address. New words are a new file, which
// the text names from then on: whoever signs it off reads them.
type WordsPage struct {
	web.Base
	Head
	Of     string
	After  int // number of the state that the page was made from
	Words  string
	Sounds []content.Media // recordings of which they are
	Errors []web.FieldError
}

// wordsPlace is a text of the viewer's that names a transcript, with what it reads now.
func (a *Authoring) wordsPlace(e *core.RequestEvent, of string) (p Place, head State, page *WordsPage, err error) {
	if p, err = a.mediaPlace(e); err != nil {
		return p, head, nil, err
	}
	if head, err = a.head(e.Request.Context(), p.Draft); err != nil {
		return p, head, nil, err
	}
	page = &WordsPage{Head: headOf(p), Of: of, After: head.Number}
	rows, err := a.content.Media(e.Request.Context(), p.Course.ID)
	if err != nil {
		return p, head, nil, err
	}
	words := transcriptsIn(compiledAt(p, head.Text))
	for _, row := range rows {
		if slices.Contains(words[row.Path], of) {
			page.Sounds = append(page.Sounds, row)
		}
	}
	if len(page.Sounds) == 0 {
		return p, head, nil, web.ErrNotFound
	}
	page.Words, err = a.content.Transcript(e.Request.Context(), p.Course.ID, of)
	if errors.Is(err, content.ErrNoText) {
		err = nil // the text names one that is not there: here it can be written
	}
	return p, head, page, err
}

func (a *Authoring) showWords(e *core.RequestEvent) error {
	_, _, page, err := a.wordsPlace(e, e.Request.URL.Query().Get("of"))
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
	p, head, page, err := a.wordsPlace(e, form.Get("of"))
	if err != nil {
		return err
	}
	page.Words = form.Get("transcript")
	if problem := wordsProblem(page.Words); problem != nil {
		page.Errors = []web.FieldError{*problem}
		return web.Show(e, http.StatusUnprocessableEntity, "authoring/transcript", page)
	}
	path, err := a.keepWords(e, p, page.Sounds[0], page.Words)
	if err != nil {
		return err
	}
	text, found := courses.SwapTranscript(sourceOf(p.Text(head.Text)), page.Of, path)
	if found && path != page.Of {
		put := typing{State: State{Text: string(text), After: head.Number, By: web.Current(e).ID, How: Added}, sure: true}
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
