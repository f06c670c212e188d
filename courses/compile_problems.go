package courses

import (
	"cmp"
	"slices"
	"sort"
)

// The codes of what the compiler finds. docs/format.md lists each with what it
// means; their words are in templates/locales.
const (
	FileTooBig       = "file-too-big" // max
	FileNotUTF8      = "file-not-utf8"
	FileNUL          = "file-nul"
	TooDeep          = "too-deep" // max
	TableTooBig      = "table-too-big"
	LineTooDense     = "line-too-dense" // max
	ModuleEmpty      = "module-empty"
	TooManyProblems  = "too-many-problems" // max
	FrontBroken      = "front-broken"      // detail
	FrontOpen        = "front-open"
	FrontUnknown     = "front-unknown" // name
	FrontValue       = "front-value"   // name
	BlockUnknown     = "block-unknown" // name
	BlockInside      = "block-inside"  // name, in
	BlockColons      = "block-colons"  // name
	FenceOpen        = "fence-open"    // name
	FenceStray       = "fence-stray"
	FenceIndented    = "fence-indented"
	LabelOpen        = "label-open"        // name
	LabelBare        = "label-bare"        // name
	LabelMissing     = "label-missing"     // name
	AttributesBroken = "attributes-broken" // name
	AttributeUnknown = "attribute-unknown" // name, attribute
	AttributeMissing = "attribute-missing" // name, attribute
	BlockEmpty       = "block-empty"       // name
	ListMissing      = "list-missing"      // name
	ListFlat         = "list-flat"         // name
	ListNested       = "list-nested"       // name
	ListSplit        = "list-split"        // name
	ListStart        = "list-start"        // name, start
	ListShort        = "list-short"        // name
	ListBulleted     = "list-bulleted"     // name
	TextAfterList    = "text-after-list"   // name
	BoxMissing       = "box-missing"
	ItemEmpty        = "item-empty" // name
	BlanksNone       = "blanks-none"
	GapEmpty         = "gap-empty"
	AgainUnknown     = "again-unknown"  // id
	AgainPoints      = "again-points"   // id, want, have
	RecallUnknown    = "recall-unknown" // id
	IDBroken         = "id-broken"      // id
	IDReserved       = "id-reserved"    // id
	IDTwice          = "id-twice"       // id
	StepUntitled     = "step-untitled"
	HeadingLevel     = "heading-level"
	HTMLDropped      = "html-dropped"
	LinkUnknown      = "link-unknown" // to
	LinkScheme       = "link-scheme"  // to
	LinkTooMany      = "link-too-many"
	PictureMissing   = "picture-missing"   // to
	PictureExternal  = "picture-external"  // to
	MediaMissing     = "media-missing"     // to
	MediaExternal    = "media-external"    // to
	TranslationSteps = "translation-steps" // want, have
	TranslationShape = "translation-shape" // name, want, have
	TranslationItems = "translation-items" // id, want, have
	TranslationRight = "translation-right" // id
	TranslationID    = "translation-id"    // id
	GlossaryEmpty    = "glossary-empty"
	TermTwice        = "term-twice" // name
)

// maxProblems bounds what one hostile file can make a person read.
const maxProblems = 500

// report adds a problem at a line; values are pairs of name and value.
func (c *compiler) report(line int, level Level, code string, values ...string) {
	c.problems = append(c.problems, problem(c.src.Path, line, level, code, values...))
}

func problem(file string, line int, level Level, code string, values ...string) Problem {
	p := Problem{File: file, Line: line, Level: level, Code: code}
	if len(values) > 0 {
		p.Values = make(map[string]string, len(values)/2)
	}
	for i := 0; i+1 < len(values); i += 2 {
		p.Values[values[i]] = clip(values[i+1], 120)
	}
	return p
}

// clip keeps a value that is shown to a person to n characters.
func clip(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return string(runes[:n]) + "…"
}

// tidyProblems sorts by line, errors first, and bounds their number: notices
// go before errors do.
func tidyProblems(file string, problems []Problem) []Problem {
	if len(problems) > maxProblems {
		sort.SliceStable(problems, func(i, j int) bool { return rank(problems[i]) < rank(problems[j]) })
		problems = append(problems[:maxProblems:maxProblems],
			problem(file, 0, Warn, TooManyProblems, "max", "500"))
	}
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(rank(a), rank(b)))
	})
	return problems
}

func rank(p Problem) int {
	switch p.Level {
	case Error:
		return 0
	case Warn:
		return 1
	}
	return 2
}
