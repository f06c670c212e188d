package templates

import (
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"regexp"
	"text/template/parse"
)

// trees are parsed templates by name.
type trees map[string]*parse.Tree

func parseAll(files fs.FS, pattern string, w *words) (trees, error) {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		return nil, err
	}
	all := trees{}
	for _, name := range names {
		found, err := parseFile(files, name, w)
		if err != nil {
			return nil, err
		}
		maps.Copy(all, found)
	}
	return all, nil
}

// indentation is white space that only the source's layout needs.
var indentation = regexp.MustCompile(`\s*\n\s*`)

func parseFile(files fs.FS, name string, w *words) (trees, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	return parseText(name, string(text), w)
}

// parseText parses the templates of one file, without the indentation, and lays
// the words of the language into them.
func parseText(name, text string, w *words) (trees, error) {
	found := map[string]*parse.Tree{}
	tree := parse.New(name)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(indentation.ReplaceAllString(text, "\n"), "", "", found); err != nil {
		return nil, err
	}
	delete(found, name) // the white space around its {{define}}s
	for _, t := range found {
		if err := inline(t.Root, w); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return found, nil
}

// assemble makes the template set of one page. Escaping changes trees, so each
// set gets its own copies.
func assemble(funcs template.FuncMap, sets ...trees) (*template.Template, error) {
	page := template.New("page").Funcs(funcs)
	for _, set := range sets {
		for name, tree := range set {
			if _, err := page.AddParseTree(name, tree.Copy()); err != nil {
				return nil, err
			}
		}
	}
	return page, nil
}
