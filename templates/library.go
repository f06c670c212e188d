package templates

import (
	"html/template"
	"io/fs"
	"path"
	"strings"
	"sync"
)

const (
	layout         = "layout" // the template that every whole page runs
	sourceLanguage = "en"     // whose words are complete
)

// A library is everything that can be shown, by language.
type library struct {
	shipped []Language
	ready   map[string]*edition
	pseudo  map[string]func() *edition // made when first asked for
}

// An edition is one language: its words, and every page and mail in it. Each has pages of its own, so
// that a function bound to one language is never seen by a reader of another. A page is parsed when it
// is first shown: most sites show few of them, in few languages, and each takes memory.
type edition struct {
	words *words
	pages map[string]func() (*template.Template, error)
	mail  map[string]letter
}

func readLibrary(files fs.FS) (*library, error) {
	lib := &library{ready: map[string]*edition{}, pseudo: map[string]func() *edition{}}
	all, err := readWords(files)
	if err != nil {
		return nil, err
	}
	for _, w := range all {
		lib.shipped = append(lib.shipped, Language{Tag: w.tag, Name: w.plain["language.name"], Dir: w.dir})
	}
	for _, w := range all {
		if lib.ready[w.tag], err = lib.readPages(files, w); err != nil {
			return nil, err
		}
	}
	for _, p := range pseudoLanguages {
		lib.pseudo[p.tag] = sync.OnceValue(func() *edition {
			l, err := lib.readPages(files, p.words(lib.source()))
			if err != nil {
				panic(err)
			}
			return l
		})
	}
	return lib, nil
}

// source is the words that every other language falls back to.
func (lib *library) source() *words { return lib.ready[sourceLanguage].words }

// edition gives the pages of a tag that Match gave, English for any other.
func (lib *library) edition(tag string) *edition {
	if l := lib.ready[tag]; l != nil {
		return l
	}
	if p := lib.pseudo[tag]; p != nil {
		return p()
	}
	return lib.ready[sourceLanguage]
}

// readPages finds every page for one language, each to be parsed with the partials that it leads to.
func (lib *library) readPages(files fs.FS, w *words) (*edition, error) {
	names, err := fs.Glob(files, "pages/*/*.html")
	if err != nil {
		return nil, err
	}
	shared := sync.OnceValues(func() (trees, error) { return parseAll(files, "partials/*.html", w) })
	l := &edition{words: w, pages: map[string]func() (*template.Template, error){}}
	for _, name := range names {
		l.pages[pageName(name)] = sync.OnceValues(func() (*template.Template, error) {
			partials, err := shared()
			if err != nil {
				return nil, err
			}
			own, err := parseFile(files, name, w)
			if err != nil {
				return nil, err
			}
			return assemble(lib.funcs(w), partials, own)
		})
	}
	l.mail, err = lib.readMail(files, w)
	return l, err
}

// pageName makes "learning/step" of "pages/learning/step.html".
func pageName(file string) string {
	return strings.TrimPrefix(strings.TrimSuffix(file, path.Ext(file)), "pages/")
}
