package templates

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

type site struct {
	Name      string
	Languages []string
}

// wrong has what the error page and its frame need.
type wrong struct {
	Lang, Dir, Path, Notice, Key string
	Site                         *site
	Viewer                       *struct{ Called string }
	Ways                         ways
	IdleEnds                     string
	Status                       int
}

type ways struct {
	Learners, Manage, Concerns, ConcernWaits, MayRaise, Write, Review bool
	Called                                                            string
}

func page(lang string, status int) wrong {
	tag, dir := Match(lang)
	return wrong{Lang: tag, Dir: dir, Path: "/x", Key: "not-found", Status: status, Site: &site{Name: "Alongside", Languages: []string{"en"}}}
}

func rendered(t testing.TB, lang string, status int) string {
	var b bytes.Buffer
	if err := Render(&b, lang, "web/error", Whole, page(lang, status)); err != nil {
		t.Error(err)
	}
	return b.String()
}

// Functions that were bound per request once showed one reader the language of
// another (miniflux had that); here each language has templates of its own.
func TestReadersAtTheSameTimeEachGetTheirOwnLanguage(t *testing.T) {
	var wait sync.WaitGroup
	for i := range 60 {
		lang := []string{"en", "en-XA", "ar-XB"}[i%3]
		wait.Go(func() {
			got := rendered(t, lang, 1000+i)
			if !strings.Contains(got, fmt.Sprintf(`<html lang=%q`, lang)) || !strings.Contains(got, load().edition(lang).words.word("help.title")[:3]) {
				t.Errorf("%s: somebody else's page", lang)
			}
			if !strings.Contains(got, fmt.Sprint(1000+i)) {
				t.Errorf("%s: somebody else's value", lang)
			}
			if plain := strings.Contains(got, ">This page is not here<"); plain != (lang == "en") {
				t.Errorf("%s: English is %v", lang, plain)
			}
		})
	}
	wait.Wait()
}

func TestWhatCannotBeShownIsAnErrorAndNeverHalfAPage(t *testing.T) {
	for name, err := range map[string]error{
		"a page that is not there":     Render(io.Discard, "en", "web/nothing", Whole, page("en", 1)),
		"a fragment that is not there": Render(io.Discard, "en", "web/error", "nothing", page("en", 1)),
		"data that does not fit":       Render(io.Discard, "en", "web/error", Whole, struct{ Lang string }{"en"}),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// A page is parsed when it is first shown, which must not be how anybody learns
// that it cannot be.
func TestEveryPageCanBeParsedInEveryLanguage(t *testing.T) {
	lib := load()
	for _, lang := range slices.Concat(slices.Collect(maps.Keys(lib.ready)), slices.Collect(maps.Keys(lib.pseudo))) {
		for name, parsed := range lib.edition(lang).pages {
			if _, err := parsed(); err != nil {
				t.Errorf("%s in %s: %v", name, lang, err)
			}
		}
	}
}

func TestAPageThatCannotBeParsedIsAnErrorEachTimeItIsAskedFor(t *testing.T) {
	files := fstest.MapFS{
		"locales/en.json":        {Data: []byte(`{"language.name": "English"}`)},
		"pages/web/broken.html":  {Data: []byte(`{{define "main"}}{{if}}{{end}}`)},
		"pages/web/sound.html":   {Data: []byte(`{{define "main"}}<p>Here</p>{{end}}`)},
		"partials/layout.html":   {Data: []byte(`{{define "layout"}}{{template "main" .}}{{end}}`)},
		"mail/frame/layout.html": {Data: []byte(`{{define "layout"}}{{end}}`)},
	}
	lib, err := readLibrary(files)
	if err != nil {
		t.Fatal(err)
	}
	pages := lib.edition("en").pages
	for range 2 {
		if _, err := pages["web/broken"](); err == nil {
			t.Error("a broken page is taken")
		}
	}
	if _, err := pages["web/sound"](); err != nil {
		t.Error("a broken page breaks another one:", err)
	}
}

func TestAKeyWithoutWordsStopsThePageFromBeingParsed(t *testing.T) {
	for _, source := range []string{
		`{{define "main"}}{{t "no.such.words"}}{{end}}`,
		`{{define "main"}}{{tx "step.of" "number" .}}{{end}}`,
		`{{define "main"}}{{icon "no-such-icon"}}{{end}}`,
		`{{define "main"}}{{asset "no-such.css"}}{{end}}`,
	} {
		if _, err := parseText("test", source, load().source()); err == nil {
			t.Errorf("parsed: %s", source)
		}
	}
}

func TestWordsAreEscapedForWhereTheyStand(t *testing.T) {
	w := &words{plain: map[string]string{"key": `<b> & {{.x}}"`}}
	parsed, err := parseText("test", `{{define "main"}}<p title="{{tx "key" "x" .}}">{{tx "key" "x" .}}</p>{{end}}`, w)
	if err != nil {
		t.Fatal(err)
	}
	set, err := assemble(nil, nil, parsed)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := set.ExecuteTemplate(&b, "main", `<i>"`); err != nil {
		t.Fatal(err)
	}
	const words = `&lt;b&gt; &amp; &lt;i&gt;&#34;&#34;`
	if want := `<p title="` + words + `">` + words + `</p>`; b.String() != want {
		t.Errorf("got  %s\nwant %s", b.String(), want)
	}
}
