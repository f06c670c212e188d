package courses

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The codes of what Read finds, with their values. Whatever is found in a module
// comes from Compile with codes of its own.
const (
	CourseEmpty       = "course-empty"       //
	CourseForeign     = "course-foreign"     // name: how the folder was read: numbered, mdbook, carpentries
	ConfigBroken      = "config-broken"      // detail
	MarkdownLeftOut   = "markdown-left-out"  // path: kept, and shown to no learner
	TranslationAlone  = "translation-alone"  // lang
	TranslationTwice  = "translation-twice"  // lang, other
	ChapterMissing    = "chapter-missing"    // to
	ChaptersFlattened = "chapters-flattened" // count
	LinkNotShown      = "link-not-shown"     // to: a file of the folder that no learner sees
	AnchorUnknown     = "anchor-unknown"     // to: the module is there, the place in it is not
	DirectiveUnknown  = "directive-unknown"  // name: of mdBook, as {{#include}}
)

// A Resolver says at which address a site shows what a link in one file leads
// to. ok is false where it shows nothing there. It is asked only about files
// that the folder has and that learners may see.
type Resolver func(from, dest string) (address string, ok bool)

// Read makes a course of a folder: in the format of docs/format.md, or of plain
// numbered files, mdBook or The Carpentries. It never fails; whatever is wrong
// stands in Problems, and the rest is there. A nil resolve leaves addresses as
// the author wrote them.
func (f Folder) Read(resolve Resolver) *Course {
	p := planOf(f)
	r := &reading{folder: f, plan: p, resolve: resolve, shown: map[string]File{}, kept: map[string]bool{}}
	r.course = &Course{
		Slug: cmp.Or(Slug(f.Name), Slug(p.title), "course"), Title: p.title, Summary: p.summary,
		Language: p.language, Contributors: p.contributors, ReadingGrade: p.grade, HashesInFences: p.hashes,
	}
	r.course.Title = cmp.Or(p.title, f.Name, r.course.Slug)
	r.report(p.problems...)
	r.report(f.Notices...)
	r.name()
	r.about()
	terms := r.glossaries()
	for i := range p.modules {
		r.course.Modules = append(r.course.Modules, r.module(&p.modules[i], terms))
	}
	r.finish()
	return r.course
}

// reading is the work on one folder. It is used once.
type reading struct {
	folder  Folder
	plan    *plan
	resolve Resolver
	course  *Course
	shown   map[string]File // what a learner can be led to, by path
	kept    map[string]bool // every other path
	links   []link          // between modules, to be looked at when all are compiled
	lost    map[string]bool // dest of the file being compiled that leads to what is only kept
}

func (r *reading) report(problems ...Problem) {
	r.course.Problems = append(r.course.Problems, problems...)
}

// name gives every file of the folder its kind, language and slug.
func (r *reading) name() {
	p, slugs := r.plan, newIDs()
	put := func(path string, kind FileKind, lang, slug string) {
		r.shown[path] = File{Kind: kind, Lang: lang, Slug: slug}
	}
	if p.about != "" {
		put(p.about, FileCourse, p.language, "")
	}
	for lang, path := range p.abouts {
		put(path, FileCourse, lang, "")
	}
	for i := range p.modules {
		m := &p.modules[i]
		m.slug = slugs.unique(cmp.Or(m.slug, "module"))
		put(m.path, FileModule, p.language, m.slug)
		for lang, path := range m.translations {
			put(path, FileModule, lang, m.slug)
		}
	}
	for lang, path := range p.glossaries {
		put(path, FileGlossary, lang, "")
	}
	for _, file := range r.folder.Files {
		named := r.shown[file.Path]
		file.Kind, file.Lang, file.Slug = cmp.Or(named.Kind, FileOther), named.Lang, named.Slug
		if file.Lang == "" && isMarkdown(file.Path) {
			file.Lang = p.language
		}
		r.course.Files = append(r.course.Files, file)
		r.kept[file.Path] = true
	}
}

// glossaries reads the words that are explained, by language.
func (r *reading) glossaries() map[string][]Term {
	all := map[string][]Term{}
	for _, lang := range slices.Sorted(maps.Keys(r.plan.glossaries)) {
		path := r.plan.glossaries[lang]
		terms, problems := Glossary(r.text(path))
		for _, p := range problems {
			p.File = path
			r.report(p)
		}
		all[lang] = terms
	}
	r.course.Glossary = all[r.plan.language]
	return all
}

// module compiles a module, then its translations, which take its ids.
func (r *reading) module(p *planned, terms map[string][]Term) *Module {
	lang := r.plan.language
	m := r.compile(Source{Path: p.path, Slug: p.slug, Lang: lang, Terms: terms[lang]})
	if p.title != "" && m.Title == titleOf(p.path) {
		m.Title = p.title
	}
	for _, lang := range slices.Sorted(maps.Keys(p.translations)) {
		if m.Translations == nil {
			m.Translations = map[string]*Module{}
		}
		m.Translations[lang] = r.compile(Source{
			Path: p.translations[lang], Slug: p.slug, Lang: lang, Terms: terms[lang], Of: m,
		})
	}
	return m
}

func (r *reading) compile(src Source) *Module {
	src.Text = r.text(src.Path)
	src.HashesInFences = r.plan.hashes
	src.Resolve = func(dest string) (string, bool) { return r.follow(src.Path, dest) }
	r.lost = map[string]bool{}
	m := Compile(src)
	for i := range m.Problems {
		if p := &m.Problems[i]; p.Code == LinkUnknown && r.lost[p.Values["to"]] {
			p.Code = LinkNotShown
		}
	}
	r.report(m.Problems...)
	return m
}

func (r *reading) text(path string) []byte {
	for _, file := range r.folder.Files {
		if file.Path == path {
			return file.Data
		}
	}
	return nil
}

// finish looks at the whole and puts the problems in order.
func (r *reading) finish() {
	c := r.course
	if len(c.Modules) == 0 {
		r.report(problem("", 0, Error, CourseEmpty))
	}
	r.checkAnchors()
	r.checkRecalls()
	for i, file := range c.Files {
		if named := r.shown[file.Path]; named.Kind == FileMedia {
			c.Files[i].Kind = FileMedia
		}
		if c.Files[i].Kind == FileOther && isMarkdown(file.Path) {
			r.report(problem(file.Path, 0, Notice, MarkdownLeftOut, "path", file.Path))
		}
	}
	slices.SortStableFunc(c.Problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, rank(a)-rank(b))
	})
}

func count(n int) string { return strconv.Itoa(n) }
