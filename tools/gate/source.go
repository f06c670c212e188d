package gate

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A source is one Go file of the main module, parsed.
type source struct {
	path string // below the root, with slashes
	file *ast.File
	set  *token.FileSet
}

// skipped are folders that are modules of their own, or no Go of ours.
var skipped = []string{".git", ".ci", "docs", "e2e", "tools", "testdata", "node_modules", "pb_data", "demo_data"}

// sources parses every Go file of the main module below root.
func sources(root fs.FS) ([]source, error) {
	var found []source
	set := token.NewFileSet()
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains(skipped, entry.Name()):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		found = append(found, source{path: name, file: file, set: set})
		return nil
	})
	return found, err
}

// isTest reports whether the file is only there for tests.
func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

// area is the part of the house that the file stands in: "courses",
// "templates", "pb_migrations", a room as "hooks/learning", "hooks" for the
// list itself, "" for main.
func (s source) area() string { return areaOf(path.Dir(s.path)) }

func areaOf(dir string) string {
	parts := strings.Split(dir, "/")
	switch {
	case dir == ".":
		return ""
	case parts[0] == "hooks" && len(parts) > 1:
		return "hooks/" + parts[1]
	default:
		return parts[0]
	}
}

// at says where something stands, as an editor reads it.
func (s source) at(pos token.Pos) string {
	return fmt.Sprintf("%s:%d", s.path, s.set.Position(pos).Line)
}

// imports calls yield with each import path of the file.
func (s source) imports(yield func(at, imported string)) {
	for _, spec := range s.file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err == nil {
			yield(s.at(spec.Pos()), imported)
		}
	}
}
