package courses

import (
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// names are the paths of a folder so far, folders too, by the form in which two
// of them would be one on some computer.
type names map[string]named

type named struct {
	path string
	dir  bool
}

// admit refuses a path that meets another.
func (n names) admit(name string, dir bool) error {
	if _, twice := n[sameName(name)]; twice && !n.folderAgain(name, dir) {
		return refuse(RefusedNameTwice, "path", name, "other", n[sameName(name)].path)
	}
	n[sameName(name)] = named{name, dir}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if has, there := n[sameName(dir)]; there && (has.path != dir || !has.dir) {
			return refuse(RefusedNameTwice, "path", name, "other", has.path)
		}
		n[sameName(dir)] = named{dir, true}
	}
	return nil
}

// folderAgain is true for a folder that a file in it has named already.
func (n names) folderAgain(name string, dir bool) bool {
	return dir && n[sameName(name)] == named{name, true}
}

// sameName is a path as a file system sees it that knows neither case nor the
// ways to write an accent: Unicode's canonical caseless match (definition D145).
func sameName(name string) string {
	return norm.NFD.String(cases.Fold().String(norm.NFD.String(name)))
}

// admitName refuses a path that could be written outside its folder, or that
// could not be written everywhere.
func admitName(name string) error {
	for _, rule := range nameRules {
		if rule.broken(name) {
			return refuse(rule.code, "path", name, "max", rule.max)
		}
	}
	return nil
}

// nameRules are in order: what cannot be read at all comes first.
var nameRules = []struct {
	code   string
	max    string
	broken func(string) bool
}{
	{RefusedNameUTF8, "", func(s string) bool { return !utf8.ValidString(s) }},
	{RefusedNameControl, "", func(s string) bool { return strings.ContainsFunc(s, isControl) }},
	{RefusedNameSlash, "", func(s string) bool { return strings.Contains(s, `\`) }},
	{RefusedNameRoot, "", func(s string) bool { return s == "" || strings.HasPrefix(s, "/") }},
	{RefusedNameDrive, "", hasDrive},
	{RefusedNameUp, "", climbs},
	{RefusedDepth, strconv.Itoa(MaxDepth), func(s string) bool { return strings.Count(s, "/") > MaxDepth }},
	{RefusedNameLong, strconv.Itoa(MaxNameBytes), hasLongName},
}

// isControl also takes the marks that make a name read differently from what
// it is.
func isControl(r rune) bool {
	turns := r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
	return unicode.IsControl(r) || turns || r == '\u2028' || r == '\u2029'
}

func hasDrive(name string) bool {
	return len(name) > 1 && name[1] == ':' && (name[0]|0x20 >= 'a' && name[0]|0x20 <= 'z')
}

// climbs is true for `..`, and for `.` and empty names, with which one path
// could be written in two ways.
func climbs(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." || part == "." || part == "" {
			return true
		}
	}
	return false
}

func hasLongName(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if len(part) > MaxNameBytes {
			return true
		}
	}
	return false
}

// isHiddenName is true for what programs leave in a folder and no author wrote.
func isHiddenName(part string) bool {
	switch part {
	case "__MACOSX", "Thumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(part, ".")
}
