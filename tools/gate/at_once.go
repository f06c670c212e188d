package gate

import (
	"errors"
	"fmt"
	"go/ast"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// AtOnce returns where a test of a room starts something beside itself, and neither
// is its room watched for races whole nor does its name say that it is to be. Both
// stand in the Makefile below root, as watched and at_once.
func AtOnce(root fs.FS) ([]string, error) {
	watched, name, err := watchedFor(root)
	if err != nil {
		return nil, err
	}
	all, err := sources(root)
	if err != nil {
		return nil, err
	}
	var problems []string
	for _, s := range all {
		room, below := strings.CutPrefix(s.area(), "hooks/")
		if !s.isTest() || !below || slices.Contains(watched, room) {
			continue
		}
		for _, d := range s.file.Decls {
			test, is := d.(*ast.FuncDecl)
			if is && strings.HasPrefix(test.Name.Name, "Test") && startsBeside(test) && !name.MatchString(test.Name.Name) {
				problems = append(problems, fmt.Sprintf("%s: %s starts something beside itself, and its name does not say so (%s)", s.at(test.Pos()), test.Name.Name, name))
			}
		}
	}
	return problems, nil
}

// watchedFor reads from the Makefile which rooms are watched whole, and how the
// tests of the others that are watched too are called.
func watchedFor(root fs.FS) (rooms []string, name *regexp.Regexp, err error) {
	text, err := fs.ReadFile(root, "Makefile")
	if err != nil {
		return nil, nil, err
	}
	list := regexp.MustCompile(`(?m)^watched +:= (.+)$`).FindSubmatch(text)
	names := regexp.MustCompile(`(?m)^at_once +:= (.+)$`).FindSubmatch(text)
	if list == nil || names == nil {
		return nil, nil, errors.New("the Makefile does not say what is watched for races")
	}
	name, err = regexp.Compile(string(names[1]))
	return strings.Fields(string(list[1])), name, err
}

// startsBeside reports whether a function starts a goroutine, itself or by the Go of a group.
func startsBeside(f *ast.FuncDecl) (starts bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			starts = true
		case *ast.CallExpr:
			called, is := n.Fun.(*ast.SelectorExpr)
			starts = starts || is && called.Sel.Name == "Go"
		}
		return true
	})
	return starts
}
