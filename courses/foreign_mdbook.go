package courses

import (
	"bytes"
	"cmp"
	"path"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"
)

// bookConfig is what is used of book.toml.
type bookConfig struct {
	Book struct {
		Title       string   `toml:"title"`
		Description string   `toml:"description"`
		Language    string   `toml:"language"`
		Src         string   `toml:"src"`
		Authors     []string `toml:"authors"`
	} `toml:"book"`
}

// mdbook plans a book of mdBook, and reports whether the folder is one: SUMMARY.md
// names its chapters in order. Chapters in chapters come one after the other.
func (p *plan) mdbook(f Folder) bool {
	var config bookConfig
	if f.has("book.toml") {
		if err := toml.Unmarshal(f.data("book.toml"), &config); err != nil {
			p.report("book.toml", 0, Warn, ConfigBroken, "detail", err.Error())
		}
	}
	list := ""
	for _, dir := range []string{config.Book.Src, "src", "."} {
		if file := path.Join(dir, "SUMMARY.md"); list == "" && dir != "" && f.has(file) {
			list = file
		}
	}
	if list == "" {
		return false
	}
	p.title, p.summary = collapse(config.Book.Title), collapse(config.Book.Description)
	if config.Book.Language != "" {
		_ = p.setLanguage(config.Book.Language) // English where it is no language
	}
	for _, author := range config.Book.Authors {
		p.contributors = append(p.contributors, Contributor{Name: collapse(author)})
	}
	if f.has("README.md") {
		p.about = "README.md"
	}
	p.bookChapters(f, list)
	return true
}

func (p *plan) bookChapters(f Folder, list string) {
	chapters := summaryChapters(f.data(list))
	var files []string
	nested := 0
	titles := map[string]string{}
	for _, c := range chapters {
		file, _ := Target(list, c.dest)
		if file == "" {
			p.report(list, lineWith(f.data(list), c.dest), Warn, ChapterMissing, "to", c.dest)
			continue
		}
		files, titles[file] = append(files, file), cmp.Or(titles[file], c.title)
		if c.nested {
			nested++
		}
	}
	if nested > 0 {
		p.report(list, 0, Notice, ChaptersFlattened, "count", count(nested))
	}
	p.chapters(f, list, files)
	for i, m := range p.modules {
		p.modules[i].title = titles[m.path]
		p.bookDirectives(m.path, f.data(m.path))
	}
}

type chapter struct {
	title, dest string
	nested      bool
}

// chapterLine is what mdBook takes for a chapter: a link alone in its line, in a
// list or not.
var chapterLine = regexp.MustCompile(`^([ \t]*)(?:[-*+][ \t]+)?\[(.*)\]\(<?([^<>]+?)>?\)\s*$`)

// summaryChapters lists the chapters of a SUMMARY.md. A draft, `[title]()`, is
// not there yet.
func summaryChapters(data []byte) []chapter {
	var found []chapter
	for line := range bytes.Lines(normalise(data)) {
		if m := chapterLine.FindSubmatch(line); m != nil {
			found = append(found, chapter{collapse(string(m[2])), string(m[3]), len(m[1]) > 0})
		}
	}
	return found
}

var bookDirective = regexp.MustCompile(`\{\{\s*#(\w+)[^}]*\}\}`)

// bookDirectives names what mdBook would have filled in. It stays as it is
// written.
func (p *plan) bookDirectives(file string, data []byte) {
	n := 0
	for line := range bytes.Lines(data) {
		n++
		for _, m := range bookDirective.FindAllSubmatch(line, -1) {
			p.report(file, n, Notice, DirectiveUnknown, "name", strings.ToLower(string(m[1])))
		}
	}
}
