package gate

import (
	"fmt"
	"go/ast"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Tables reports every use of another room's tables from above, and every
// collection that a migration makes and no room owns, one line each.
//
// It reads what stands in the source: SQL in strings (joined with constants
// of the same package), and table names given to PocketBase's and dbx's
// methods. A name that is put together at run time escapes it.
func Tables(root fs.FS) ([]string, error) {
	files, err := sources(root)
	if err != nil {
		return nil, fmt.Errorf("read the sources: %w", err)
	}
	constants := constantsOf(files)
	var problems []string
	for _, s := range files {
		switch area := s.area(); {
		case s.isTest():
		case area == "pb_migrations":
			problems = append(problems, ownerless(s)...)
		case strings.HasPrefix(area, "hooks/") && area != "hooks/"+testHouse:
			problems = append(problems, trespasses(s, constants[packageOf(s)])...)
		}
	}
	return problems, nil
}

// trespasses finds the tables of rooms further down that a room's file uses.
func trespasses(s source, constants map[string]string) []string {
	room := strings.TrimPrefix(s.area(), "hooks/")
	var problems []string
	eachUse(s.file, constants, func(node ast.Node, table string) {
		other := owner(table)
		if other == "" || floor(other) <= floor(room) {
			return
		}
		problems = append(problems, fmt.Sprintf("%s: uses the table %s: it is %s's, which stands below %s: declare an interface that %s fills",
			s.at(node.Pos()), table, other, room, other))
	})
	return problems
}

// ownerless finds the collections that a migration makes and no room owns.
func ownerless(s source) []string {
	var problems []string
	ast.Inspect(s.file, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok || !slices.Contains([]string{"NewBaseCollection", "NewAuthCollection", "NewViewCollection"}, calledName(call)) || len(call.Args) == 0 {
			return true
		}
		if table := text(call.Args[0], nil); table != "" && owner(table) == "" {
			problems = append(problems, fmt.Sprintf("%s: makes the collection %s, which no room owns: name its room in tools/gate/rooms.go", s.at(call.Pos()), table))
		}
		return true
	})
	return problems
}

// eachUse calls yield for every table that a file names in SQL or in a call.
func eachUse(file *ast.File, constants map[string]string, yield func(ast.Node, string)) {
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BinaryExpr, *ast.BasicLit:
			for _, table := range tablesIn(text(node.(ast.Expr), constants)) {
				yield(node, table)
			}
			_, joined := node.(*ast.BinaryExpr)
			return !joined || text(node.(ast.Expr), constants) == ""
		case *ast.CallExpr:
			if takesTable(node) {
				if name := text(node.Args[0], constants); owner(name) != "" {
					yield(node, name)
				}
			}
		}
		return true
	})
}

var (
	isSQL     = regexp.MustCompile(`(?s)^\s*(?i:select\s.*\sfrom|insert\s+(or\s+\w+\s+)?into|delete\s+from|update\s+\S+\s+set|replace\s+into|with\s+\w+.*\bas\b)\s|\b(FROM|JOIN|INTO|UPDATE)\s`)
	tableInIt = regexp.MustCompile("(?i)\\b(?:from|join|into|update)\\s+[\\[`\"{]*([a-z_]+)")
)

// tablesIn finds our tables in a string, if it is SQL or a piece of it.
func tablesIn(s string) []string {
	if !isSQL.MatchString(s) {
		return nil
	}
	var tables []string
	for _, match := range tableInIt.FindAllStringSubmatch(s, -1) {
		if name := match[1]; owner(name) != "" {
			tables = append(tables, name)
		}
	}
	return tables
}

// takers are the methods of PocketBase and dbx whose first argument names a
// table.
var takers = []string{
	"FindRecordById", "FindRecordsByIds", "FindFirstRecordByData", "FindFirstRecordByFilter", "FindRecordsByFilter",
	"FindAllRecords", "CountRecords", "RecordQuery", "FindAuthRecordByEmail", "FindCollectionByNameOrId", "FindCachedCollectionByNameOrId",
	"From", "Insert", "Upsert", "Update", "Delete", "TruncateTable", "Join", "InnerJoin", "LeftJoin", "RightJoin",
	"OnRecordCreate", "OnRecordUpdate", "OnRecordDelete", "OnRecordValidate", "OnRecordEnrich",
	"OnRecordAfterCreateSuccess", "OnRecordAfterUpdateSuccess", "OnRecordAfterDeleteSuccess",
}

func takesTable(call *ast.CallExpr) bool {
	return len(call.Args) > 0 && slices.Contains(takers, calledName(call))
}
