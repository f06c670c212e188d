package courses

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The codes of what a form for a block lacks. Each names its field, and its row from
// 1 where the field stands in rows.
const (
	FieldMissing = "field-missing" // field, row
	FieldBroken  = "field-broken"  // field, row: an id, a path or a kind of help that cannot be one
	FieldOutside = "field-outside" // field: a recording or picture of another website
	RowsFew      = "rows-few"      // field, min
	GapMark      = "gap-mark"      // field, row: a word for a gap holds what parts words there
	GapLong      = "gap-long"      // field, row
)

// A BlockForm is what somebody is asked who puts a block of a kind into a text.
type BlockForm struct {
	Kind   Kind
	Fields []BlockField
	Rows   int // how many rows there must be; 0 where they may be left out, or where there are none
}

// Rowed are the fields that stand in rows, one row for each thing of a list.
func (f BlockForm) Rowed() []BlockField {
	return slices.DeleteFunc(slices.Clone(f.Fields), func(one BlockField) bool { return !one.Row })
}

// Alone are the fields that stand once.
func (f BlockForm) Alone() []BlockField {
	return slices.DeleteFunc(slices.Clone(f.Fields), func(one BlockField) bool { return one.Row })
}

// A BlockField is one thing that is asked.
type BlockField struct {
	Name     string
	Shape    FieldShape
	Row      bool // there is one of it in every row
	Required bool // in every row that has anything else
}

// FieldShape says what is put into a field.
type FieldShape string

// The shapes of a field.
const (
	OneLine   FieldShape = "line" // words
	ManyLines FieldShape = "text" // words; a blank line begins a paragraph
	LineEach  FieldShape = "list" // words, one thing a line
	Ticked    FieldShape = "tick" // the numbers, from 1, of the rows that are ticked, each a value of its own
	FilePath  FieldShape = "file" // the path of a picture, recording or transcript in the folder
	IDOf      FieldShape = "id"   // the id of an activity, "module#id" for one elsewhere
	HelpKind  FieldShape = "help" // a kind of help, "crisis"
)

// BlockForms are the forms of all blocks that somebody can put into a text, those of
// activities first. What a text cannot hold twice, or nobody writes, has none.
func BlockForms() []BlockForm {
	label := BlockField{Name: "label", Shape: OneLine, Required: true}
	title := BlockField{Name: "label", Shape: OneLine}
	help := BlockField{Name: "help", Shape: ManyLines}
	text := BlockField{Name: "text", Shape: ManyLines, Required: true}
	inRow := func(name string, shape FieldShape, required bool) BlockField {
		return BlockField{Name: name, Shape: shape, Row: true, Required: required}
	}
	forms := []BlockForm{
		{Question, []BlockField{label, help, inRow("choice", OneLine, true), inRow("right", Ticked, false), inRow("feedback", ManyLines, false)}, 2},
		{Order, []BlockField{label, help, inRow("item", OneLine, true)}, 2},
		{Sort, []BlockField{label, help, inRow("group", OneLine, true), inRow("cards", LineEach, true)}, 2},
		{Blanks, []BlockField{title, inRow("before", ManyLines, false), inRow("fits", LineEach, true), {Name: "end", Shape: ManyLines}}, 1},
		{Checklist, []BlockField{label, help, inRow("item", OneLine, true)}, 1},
		{Scenario, []BlockField{label, help, inRow("choice", OneLine, true), inRow("feedback", ManyLines, false), inRow("under", Ticked, false)}, 2},
		{Practice, []BlockField{label, help}, 0},
		{Reflection, []BlockField{label, help, inRow("prompt", OneLine, true)}, 0},
		{Scale, []BlockField{label, help, inRow("point", OneLine, true), {Name: "again", Shape: IDOf}}, 2},
		{Story, []BlockField{label, text}, 0},
		{Note, []BlockField{title, text}, 0},
		{Tip, []BlockField{title, text}, 0},
		{Warning, []BlockField{title, text}, 0},
		{Recall, []BlockField{{Name: "of", Shape: IDOf, Required: true}, title}, 0},
		{Help, []BlockField{{Name: "kind", Shape: HelpKind, Required: true}}, 0},
		{Figure, []BlockField{{Name: "src", Shape: FilePath, Required: true}, {Name: "alt", Shape: OneLine, Required: true}, {Name: "caption", Shape: OneLine}}, 0},
	}
	for _, kind := range []Kind{Audio, Video} {
		forms = append(forms, BlockForm{kind, []BlockField{{Name: "src", Shape: FilePath, Required: true}, label, {Name: "transcript", Shape: FilePath}}, 0})
	}
	return forms
}

// BlockFormOf is the form of one kind; ok is false for a kind that has none.
func BlockFormOf(kind Kind) (form BlockForm, ok bool) {
	for _, f := range BlockForms() {
		if f.Kind == kind {
			return f, true
		}
	}
	return BlockForm{}, false
}

// WriteBlock makes the source of a block of what was put into its form: values by
// the name of their field, and of fields in rows one for each row. Rows without
// anything are passed over. Whatever was typed comes back from Compile as just these
// words, single spaces between them; nothing in it becomes a part of the format. No
// id is written: Format does that. Where something is missing the text is "" and the
// problems say what, all of them Error.
func WriteBlock(kind Kind, values map[string][]string) (text string, problems []Problem) {
	form, ok := BlockFormOf(kind)
	if !ok {
		return "", []Problem{problem("", 0, Error, BlockUnknown, "name", string(kind))}
	}
	w := &blockWriter{form: form, values: values}
	w.readRows()
	w.check()
	w.write()
	if len(w.problems) > 0 {
		return "", w.problems
	}
	return w.out.String(), nil
}

// A blockWriter writes one block. It is used once.
type blockWriter struct {
	form     BlockForm
	values   map[string][]string
	rows     []int // the places of the rows that have anything
	out      strings.Builder
	problems []Problem
}

func (w *blockWriter) report(code, field string, values ...string) {
	w.problems = append(w.problems, problem("", 0, Error, code, append([]string{"field", field}, values...)...))
}

// reportRow reports what a row lacks; rows are counted as they were put in.
func (w *blockWriter) reportRow(code, field string, row int) {
	w.report(code, field, "row", strconv.Itoa(row+1))
}

func (w *blockWriter) value(field string) string { return w.at(field, 0) }

func (w *blockWriter) at(field string, row int) string {
	if all := w.values[field]; row < len(all) {
		return all[row]
	}
	return ""
}

func (w *blockWriter) ticked(field string, row int) bool {
	return slices.Contains(w.values[field], strconv.Itoa(row+1))
}

// readRows finds the rows that somebody put something into. A tick alone is nothing.
func (w *blockWriter) readRows() {
	most := 0
	for _, f := range w.form.Rowed() {
		if f.Shape != Ticked {
			most = max(most, len(w.values[f.Name]))
		}
	}
	for row := range most {
		if slices.ContainsFunc(w.form.Rowed(), func(f BlockField) bool {
			return f.Shape != Ticked && len(plainParagraphs(w.at(f.Name, row))) > 0
		}) {
			w.rows = append(w.rows, row)
		}
	}
}

// check reports what is missing.
func (w *blockWriter) check() {
	for _, f := range w.form.Alone() {
		if f.Required && len(plainParagraphs(w.value(f.Name))) == 0 {
			w.report(FieldMissing, f.Name)
		}
	}
	rowed := w.form.Rowed()
	if w.choices() < w.form.Rows {
		w.report(RowsFew, rowed[0].Name, "min", strconv.Itoa(w.form.Rows))
	}
	for _, row := range w.rows {
		for _, f := range rowed {
			if f.Required && len(plainParagraphs(w.at(f.Name, row))) == 0 {
				w.reportRow(FieldMissing, f.Name, row)
			}
		}
	}
}

// choices are the rows that somebody can choose from at once.
func (w *blockWriter) choices() int {
	n := len(w.rows)
	for i, row := range w.rows {
		if i > 0 && w.ticked("under", row) {
			n--
		}
	}
	return n
}

func (w *blockWriter) write() {
	switch kind := w.form.Kind; kind {
	case Recall:
		w.out.WriteString("::recall" + w.label() + `{of="` + w.reference("of") + `"}` + "\n")
	case Help:
		w.out.WriteString("::help[" + w.helpKind() + "]\n")
	case Figure:
		w.figure()
	case Audio, Video:
		w.recording()
	default:
		w.out.WriteString(":::" + string(kind) + w.label() + w.again() + "\n")
		w.body()
		w.out.WriteString(":::\n")
	}
}

// label is the label in its brackets; "" where there is none.
func (w *blockWriter) label() string {
	if line := plainLine(w.value("label")); line != "" {
		return "[" + escapeLine(line) + "]"
	}
	return ""
}

func (w *blockWriter) again() string {
	if plainLine(w.value("again")) == "" {
		return ""
	}
	return `{again="` + strings.TrimPrefix(w.reference("again"), "#") + `"}`
}

// reference is the id of an activity, that of its module before it.
func (w *blockWriter) reference(field string) string {
	written := plainLine(w.value(field))
	ref := readRef(written)
	if written != "" && (!validID(ref.Activity) || ref.Module != "" && !validID(ref.Module)) {
		w.report(FieldBroken, field)
	}
	return written
}

func (w *blockWriter) helpKind() string {
	written := plainLine(w.value("kind"))
	if written != "" && Slug(written) != written {
		w.report(FieldBroken, "kind")
	}
	return written
}

// path is the path of a file as it may stand in quotes or angle brackets.
func (w *blockWriter) path(field string) string {
	written := plainLine(w.value(field))
	switch {
	case written == "":
	case addressKind(written) == toOutside:
		w.report(FieldOutside, field)
	case addressKind(written) != toFolder || strings.ContainsAny(written, "\"'<>\\&{}"):
		w.report(FieldBroken, field)
	}
	return written
}

func (w *blockWriter) figure() {
	to := w.path("src")
	if strings.ContainsAny(to, " ()") {
		to = "<" + to + ">"
	}
	if caption := plainLine(w.value("caption")); caption != "" {
		to += ` "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;", "](", `]\(`).Replace(caption) + `"`
	}
	w.out.WriteString("![" + escapeLine(plainLine(w.value("alt"))) + "](" + to + ")\n")
}

func (w *blockWriter) recording() {
	w.out.WriteString("::" + string(w.form.Kind) + w.label() + `{src="` + w.path("src") + `"`)
	if transcript := w.path("transcript"); transcript != "" {
		w.out.WriteString(` transcript="` + transcript + `"`)
	}
	w.out.WriteString("}\n")
}

// body is what stands in the block.
func (w *blockWriter) body() {
	if help := escapeParagraphs(w.value("help"), ""); help != "" {
		w.out.WriteString(help)
		if len(w.rows) > 0 {
			w.out.WriteByte('\n')
		}
	}
	switch w.form.Kind {
	case Story, Note, Tip, Warning:
		w.out.WriteString(escapeParagraphs(w.value("text"), ""))
	case Blanks:
		w.blanks()
	case Sort:
		w.groups()
	case Scenario:
		w.paths()
	default:
		w.list()
	}
}

// list writes the rows of a kind whose list is flat.
func (w *blockWriter) list() {
	rowed := w.form.Rowed()
	if len(rowed) == 0 {
		return
	}
	for i, row := range w.rows {
		mark, indent := "- ", "  "
		switch w.form.Kind {
		case Question:
			mark = "- [ ] "
			if w.ticked("right", row) {
				mark = "- [x] "
			}
		case Order, Reflection, Scale:
			mark = strconv.Itoa(i+1) + ". "
			indent = strings.Repeat(" ", len(mark))
		}
		w.item(mark, indent, rowed[0].Name, row)
	}
}

// item writes a line of a list, and the quote under it.
func (w *blockWriter) item(mark, indent, field string, row int) {
	w.out.WriteString(mark + escapeLine(plainLine(w.at(field, row))) + "\n")
	if w.form.Kind == Question || w.form.Kind == Scenario {
		w.out.WriteString(escapeParagraphs(w.at("feedback", row), indent+"> "))
	}
}

// groups writes the groups of a sort, and their cards under each.
func (w *blockWriter) groups() {
	for _, row := range w.rows {
		w.item("- ", "  ", "group", row)
		for _, paragraph := range plainParagraphs(w.at("cards", row)) {
			for _, card := range paragraph {
				w.out.WriteString("  - " + escapeLine(card) + "\n")
			}
		}
	}
}

// paths writes the choices of a scenario. One that is ticked comes after the last
// one that is not; the first of all comes after none.
func (w *blockWriter) paths() {
	for i, row := range w.rows {
		indent := ""
		if i > 0 && w.ticked("under", row) {
			indent = "  "
		}
		w.item(indent+"- ", indent+"  ", "choice", row)
	}
}

// maxGapWords is how long the words of a gap may be together, in bytes: less than
// where the reader of gaps stops looking for their end.
const maxGapWords = maxGap - 100

// blanks writes the words around the gaps and the gaps. A blank stands between a gap
// and a word, as far as the script has blanks.
func (w *blockWriter) blanks() {
	var b strings.Builder
	for _, row := range w.rows {
		before := strings.TrimSuffix(escapeParagraphs(w.at("before", row), ""), "\n")
		joinWords(&b, before)
		joinWords(&b, "[["+w.gap(row)+"]]")
	}
	joinWords(&b, strings.TrimSuffix(escapeParagraphs(w.value("end"), ""), "\n"))
	w.out.WriteString(b.String() + "\n")
}

// joinWords adds a stretch to those before it.
func joinWords(b *strings.Builder, stretch string) {
	if stretch == "" {
		return
	}
	last, _ := utf8.DecodeLastRuneInString(b.String())
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(stretch, `\`))
	if b.Len() > 0 && !joins(last, "([{«“‘¿¡-'’/") && !joins(first, ".,;:!?…)]}»”’،؛؟۔-'/") {
		b.WriteByte(' ')
	}
	b.WriteString(stretch)
}

// joins says of a sign that it stands close to its neighbour: one of those named, or
// a letter of a script without blanks.
func joins(r rune, those string) bool {
	return strings.ContainsRune(those, r) && r != '[' && r != ']' ||
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// gap is what fits into the gap of a row.
func (w *blockWriter) gap(row int) string {
	var words []string
	for _, paragraph := range plainParagraphs(w.at("fits", row)) {
		for _, word := range paragraph {
			if strings.Contains(word, "|") || strings.Contains(word, "]]") {
				w.reportRow(GapMark, "fits", row)
				return ""
			}
			words = append(words, word)
		}
	}
	fits := strings.Join(words, "|")
	if len(fits) > maxGapWords {
		w.reportRow(GapLong, "fits", row)
	}
	if strings.HasSuffix(fits, "]") {
		fits += " "
	}
	return fits
}
