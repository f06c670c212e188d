package gate

import (
	"go/ast"
	"go/token"
	"path"
	"strconv"
)

// packageOf keys what belongs to one package: its folder.
func packageOf(s source) string { return path.Dir(s.path) }

// constantsOf reads the string constants of every package by name, those in
// functions too.
func constantsOf(files []source) map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, s := range files {
		if all[packageOf(s)] == nil {
			all[packageOf(s)] = map[string]string{}
		}
		ast.Inspect(s.file, func(node ast.Node) bool {
			if spec, ok := node.(*ast.ValueSpec); ok {
				keep(spec, all[packageOf(s)])
			}
			return true
		})
	}
	return all
}

func keep(spec *ast.ValueSpec, constants map[string]string) {
	for i, name := range spec.Names {
		if i < len(spec.Values) {
			if value := text(spec.Values[i], constants); value != "" {
				constants[name.Name] = value
			}
		}
	}
}

// text is what an expression says, if it is a string made of literals and
// known constants; what is not known in a sum is left out.
func text(expr ast.Expr, constants map[string]string) string {
	switch expr := expr.(type) {
	case *ast.BasicLit:
		if expr.Kind == token.STRING {
			value, _ := strconv.Unquote(expr.Value)
			return value
		}
	case *ast.Ident:
		return constants[expr.Name]
	case *ast.ParenExpr:
		return text(expr.X, constants)
	case *ast.BinaryExpr:
		if expr.Op == token.ADD {
			return text(expr.X, constants) + text(expr.Y, constants)
		}
	}
	return ""
}

// calledName is the last name of what is called: Find in app.Find(…).
func calledName(call *ast.CallExpr) string {
	switch called := call.Fun.(type) {
	case *ast.SelectorExpr:
		return called.Sel.Name
	case *ast.Ident:
		return called.Name
	}
	return ""
}
