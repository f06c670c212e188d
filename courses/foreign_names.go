package courses

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// A sheet is a Markdown file by its name: "03-listening.fa.md" is the stem
// "03-listening" in "fa".
type sheet struct {
	path, stem, lang string
}

var translationPath = regexp.MustCompile(`^translations/([^/]+)/([^/]+)$`)

// sheetOf reads a path at the top of a folder or in its translations.
func sheetOf(file string) (sheet, bool) {
	if !isMarkdown(file) {
		return sheet{}, false
	}
	s := sheet{path: file, stem: strings.TrimSuffix(path.Base(file), path.Ext(file))}
	if m := translationPath.FindStringSubmatch(file); m != nil {
		s.lang = tagOf(m[1])
		return s, s.lang != ""
	}
	if strings.Contains(file, "/") {
		return sheet{}, false
	}
	if i := strings.LastIndexByte(s.stem, '.'); i > 0 && tagOf(s.stem[i+1:]) != "" {
		s.stem, s.lang = s.stem[:i], tagOf(s.stem[i+1:])
	}
	return s, true
}

// tagOf gives a BCP 47 tag in its usual form, "" for what is none.
func tagOf(s string) string {
	tag, err := language.Parse(s)
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}

var numbers = regexp.MustCompile(`^(\d+(?:[.\-_]\d+)*)[.)]?[\s_-]+(.+)$`)

func withoutNumber(stem string) string {
	if m := numbers.FindStringSubmatch(stem); m != nil {
		return m[2]
	}
	return stem
}

// moduleStems lists what is a module: what has a number or, where nothing has,
// everything but the papers that repositories carry.
func moduleStems(groups map[string]map[string]string) []string {
	var all, numbered []string
	for stem := range groups {
		if numbers.MatchString(stem) {
			numbered = append(numbered, stem)
		}
		if !isPaper(stem) {
			all = append(all, stem)
		}
	}
	if len(numbered) > 0 {
		return numbered
	}
	return all
}

func isPaper(stem string) bool {
	switch strings.ToLower(stem) {
	case "course", "readme", "index", "license", "licence", "changelog", "contributing",
		"code_of_conduct", "conduct", "security", "support", "authors", "summary":
		return true
	}
	return false
}

// byNumber orders 2 before 10, and 1.2 before 1.10.
func byNumber(a, b string) int {
	return cmp.Or(slices.Compare(numberOf(a), numberOf(b)), strings.Compare(a, b))
}

func numberOf(stem string) []int {
	m := numbers.FindStringSubmatch(stem)
	if m == nil {
		return nil
	}
	var list []int
	for digits := range strings.FieldsFuncSeq(m[1], func(r rune) bool { return r < '0' || r > '9' }) {
		n, _ := strconv.Atoi(digits) // beyond an int they sort together, which is as good as any order
		list = append(list, n)
	}
	return list
}
