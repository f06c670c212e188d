package templates

import (
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"regexp"
	"slices"
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

// assemble makes the template set of one page: the page's own templates, the
// layout, and of what is shared only what these lead to. Escaping changes trees,
// so each set gets its own copies.
func assemble(funcs template.FuncMap, shared, own trees) (*template.Template, error) {
	page := template.New("page").Funcs(funcs)
	var add func(name string) error
	add = func(name string) error {
		tree, is := own[name]
		if !is {
			tree, is = shared[name]
		}
		if !is || page.Lookup(name) != nil {
			return nil // what is nowhere is told of when the page is first escaped
		}
		if _, err := page.AddParseTree(name, tree.Copy()); err != nil {
			return err
		}
		return called(tree.Root, add)
	}
	for _, name := range append(slices.Sorted(maps.Keys(own)), layout) {
		if err := add(name); err != nil {
			return nil, err
		}
	}
	return page, nil
}

// called gives the name of every template that a list of nodes leads to.
func called(list *parse.ListNode, each func(name string) error) error {
	if list == nil {
		return nil
	}
	for _, node := range list.Nodes {
		var err error
		switch n := node.(type) {
		case *parse.TemplateNode:
			err = each(n.Name)
		case *parse.IfNode:
			err = calledInBranches(&n.BranchNode, each)
		case *parse.RangeNode:
			err = calledInBranches(&n.BranchNode, each)
		case *parse.WithNode:
			err = calledInBranches(&n.BranchNode, each)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func calledInBranches(n *parse.BranchNode, each func(name string) error) error {
	if err := called(n.List, each); err != nil {
		return err
	}
	return called(n.ElseList, each)
}
