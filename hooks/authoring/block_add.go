package authoring

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"alongside/courses"
	"alongside/hooks/content"
	"alongside/hooks/people"
	"alongside/hooks/web"
	"alongside/templates"

	"github.com/pocketbase/pocketbase/core"
)

// AddPage is `/write/{course}/{module}/add/{kind}`, "authoring/add": a form for a block
// of a kind, which is put into the text behind another. It posts to the same address
// after, behind, a value for each field that stands once, and for those in rows
// NAME-ROW, rows from 1; with do "more" it comes back with one more row.
type AddPage struct {
	web.Base
	Head
	Kind     courses.Kind
	After    int // number of the state that the form was made from
	Alone    []AddField
	Rows     []AddRow
	Behind   []templates.Choice
	Shown    *content.Media // the picture or recording that is chosen; nil for none
	Problems []AddProblem
	Errors   []web.FieldError // what no field of it lacks
}

// An AddRow is one row of a block's list.
type AddRow struct {
	Number int
	Fields []AddField
}

// An AddField is a field of a block, as it stands on the page. Its words are under
// "block-field.KIND.NAME".
type AddField struct {
	courses.BlockField
	Kind    courses.Kind
	ID      string // and its name in the form, but for a tick
	Value   string
	Ticked  bool
	Row     int // 0 where it stands once
	Choices []templates.Choice
	Problem *AddProblem
}

// IsChoice reports whether there is something to choose from, and nothing to type.
func (f AddField) IsChoice() bool {
	return f.Shape == courses.IDOf || f.Shape == courses.HelpKind || f.Shape == courses.FilePath
}

// IsLong reports whether much is typed into it.
func (f AddField) IsLong() bool { return f.Name == transcriptField }

// An AddProblem is what a field lacks; Field is its id.
type AddProblem struct {
	courses.Problem
	Field string
}

// mostRows is how many rows a form has at most.
const mostRows = 30

// Kinds are what can be put into a text with a form: what there is to do, and what
// there is to read. To pictures and recordings leads a page of their own.
func Kinds() (todo, toRead []courses.Kind) {
	for _, form := range courses.BlockForms() {
		switch {
		case isOfFile(form.Kind):
		case slices.Contains([]courses.Kind{courses.Story, courses.Note, courses.Tip, courses.Warning, courses.Recall, courses.Help}, form.Kind):
			toRead = append(toRead, form.Kind)
		default:
			todo = append(todo, form.Kind)
		}
	}
	return todo, toRead
}

// isOfFile reports of a kind of block whether it shows a file: a picture, a recording.
func isOfFile(kind courses.Kind) bool {
	return slices.Contains([]courses.Kind{courses.Figure, courses.Audio, courses.Video}, kind)
}

// transcriptField is the field into which somebody types what is said in a recording.
// The format wants the path of a file there.
const transcriptField = "transcript"

// asked is the form of a block as somebody fills it in.
func asked(form courses.BlockForm) courses.BlockForm {
	form.Fields = slices.Clone(form.Fields)
	for i, f := range form.Fields {
		if f.Name == transcriptField {
			form.Fields[i] = courses.BlockField{Name: f.Name, Shape: courses.ManyLines, Required: true}
		}
	}
	return form
}

// addPlace is a draft of the viewer's, and the form that an address names. It returns
// web.ErrNotFound where the kind has none.
func (a *Authoring) addPlace(e *core.RequestEvent) (p Place, form courses.BlockForm, err error) {
	if p, err = a.writePlace(e); err != nil {
		return p, form, err
	}
	kind := courses.Kind(e.Request.PathValue("kind"))
	form, ok := courses.BlockFormOf(kind)
	if !ok || p.Draft.Kind != string(courses.FileModule) {
		return p, form, web.ErrNotFound
	}
	return p, asked(form), nil
}

func (a *Authoring) showAdd(e *core.RequestEvent) error {
	p, form, err := a.addPlace(e)
	if err != nil {
		return err
	}
	head, err := a.head(e.Request.Context(), p.Draft)
	if err != nil {
		return err
	}
	line, err := strconv.Atoi(e.Request.URL.Query().Get("line"))
	if err != nil {
		line = strings.Count(head.Text, "\n") + 1
	}
	typed := url.Values{"behind": {strconv.Itoa(pieceAt(courses.Pieces([]byte(head.Text)), line))}, "src": {e.Request.URL.Query().Get("src")}}
	return a.addPage(e, p, form, head, typed, http.StatusOK, &AddPage{})
}

// addBlock puts the block into the text that its form was made from, and that into the
// draft, as a save in the editor would.
func (a *Authoring) addBlock(e *core.RequestEvent) error {
	typed, err := web.Form(e)
	if err != nil {
		return err
	}
	p, form, err := a.addPlace(e)
	if err != nil {
		return err
	}
	ctx := e.Request.Context()
	after, _ := strconv.Atoi(typed.Get("after"))
	from, err := a.state(ctx, a.app.ConcurrentDB(), p.Draft.ID, after)
	if errors.Is(err, web.ErrNotFound) {
		from, err = a.head(ctx, p.Draft)
	}
	if err != nil {
		return err
	}
	values, rows := blockValues(form, typed)
	if typed.Get("do") == "more" {
		return a.addPage(e, p, form, from, typed, http.StatusOK, &AddPage{Rows: make([]AddRow, min(rows+1, mostRows))})
	}
	if problem := wordsProblem(typed.Get(transcriptField)); problem != nil && problem.Key != transcriptMissing {
		return a.addPage(e, p, form, from, typed, http.StatusUnprocessableEntity, &AddPage{Errors: []web.FieldError{*problem}})
	}
	block, problems, err := a.writeBlock(e, p, form, values)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return a.addPage(e, p, form, from, typed, http.StatusUnprocessableEntity, &AddPage{Problems: addProblems(problems)})
	}
	text, line := blockPut([]byte(from.Text), typed.Get("behind"), block)
	put := typing{State: State{Text: string(text), After: from.Number, By: web.Current(e).ID, How: Added}, sure: true}
	if problem := put.problem(); problem != nil {
		problem.Field = "main"
		return a.addPage(e, p, form, from, typed, http.StatusUnprocessableEntity, &AddPage{Errors: []web.FieldError{*problem}})
	}
	out, err := a.store(ctx, p, put)
	if err != nil {
		return err
	}
	if out.clash != nil {
		return a.answer(e, p, put, out)
	}
	web.Notify(e, "block-added")
	return web.SeeOther(e, p.Address()+"?line="+strconv.Itoa(line))
}

// writeBlock makes the source of a block. What somebody typed of a recording is stored
// first, once nothing else is missing: the block names it.
func (a *Authoring) writeBlock(e *core.RequestEvent, p Place, form courses.BlockForm, values map[string][]string) (string, []courses.Problem, error) {
	has := isOfFile(form.Kind) && form.Kind != courses.Figure
	words := append(values[transcriptField], "")
	if has {
		values[transcriptField] = []string{"media/words.md"}
	}
	block, problems := courses.WriteBlock(form.Kind, values)
	src := strings.Join(values["src"], "")
	file, err := a.fileOf(e.Request.Context(), p, form.Kind, src)
	if err != nil {
		return "", nil, err
	}
	if isOfFile(form.Kind) && src != "" && file == nil {
		problems = append(problems, missing("src"))
	}
	if !has {
		return block, problems, nil
	}
	if strings.TrimSpace(words[0]) == "" {
		problems = append(problems, missing(transcriptField))
	}
	if len(problems) > 0 {
		return "", problems, nil
	}
	path, err := a.keepWords(e, p, *file, words[0])
	if err != nil {
		return "", nil, err
	}
	values[transcriptField] = []string{path}
	block, problems = courses.WriteBlock(form.Kind, values)
	return block, problems, nil
}

func missing(field string) courses.Problem {
	return courses.Problem{Level: courses.Error, Code: courses.FieldMissing, Values: map[string]string{"field": field}}
}

// fileOf is the file of a course that a block of a kind can show, by its path; nil where
// there is none.
func (a *Authoring) fileOf(ctx context.Context, p Place, kind courses.Kind, path string) (*content.Media, error) {
	files, err := a.filesFor(ctx, p, kind)
	for _, file := range files {
		if file.Path == path {
			return &file, nil
		}
	}
	return nil, err
}

// filesFor are the files of a course that a block of a kind can show.
func (a *Authoring) filesFor(ctx context.Context, p Place, kind courses.Kind) ([]content.Media, error) {
	if !isOfFile(kind) {
		return nil, nil
	}
	all, err := a.content.Media(ctx, p.Course.ID)
	return slices.DeleteFunc(all, func(m content.Media) bool {
		return m.IsPicture() != (kind == courses.Figure) || kind == courses.Video && !m.HasFilm()
	}), err
}

// blockPut puts a block behind a piece that a form names, behind the last where it
// names none.
func blockPut(text []byte, behind, block string) (out []byte, line int) {
	pieces := courses.Pieces(text)
	if len(pieces) == 0 {
		return courses.InsertPiece(text, courses.Piece{}, block)
	}
	n, err := strconv.Atoi(behind)
	if err != nil || n < 0 || n >= len(pieces) {
		n = len(pieces) - 1
	}
	return courses.InsertPiece(text, pieces[n], block)
}

// pieceAt is which piece a line stands in; the last where it is behind all.
func pieceAt(pieces []courses.Piece, line int) int {
	n := 0
	for i, piece := range pieces {
		if piece.Line <= line {
			n = i
		}
	}
	return n
}

// addPage is the form, with what was typed into it. Where page has rows already, it
// has that many.
func (a *Authoring) addPage(e *core.RequestEvent, p Place, form courses.BlockForm, from State, typed url.Values, status int, page *AddPage) error {
	page.Head, page.Kind, page.After = headOf(p), form.Kind, from.Number
	choices, err := a.addChoices(e, p, from.Text, form)
	if err != nil {
		return err
	}
	field := func(f courses.BlockField, id string, row int) AddField {
		one := AddField{BlockField: f, Kind: form.Kind, ID: id, Value: typed.Get(id), Row: row, Ticked: slices.Contains(typed[f.Name], strconv.Itoa(row))}
		for _, choice := range choices[f.Shape] {
			choice.Chosen = choice.Value == one.Value
			one.Choices = append(one.Choices, choice)
		}
		for i := range page.Problems {
			if page.Problems[i].Field == id {
				one.Problem = &page.Problems[i]
			}
		}
		return one
	}
	for _, f := range form.Alone() {
		page.Alone = append(page.Alone, field(f, f.Name, 0))
	}
	if rowed := form.Rowed(); len(rowed) > 0 {
		_, rows := blockValues(form, typed)
		page.Rows = make([]AddRow, max(len(page.Rows), rows, form.Rows, 1))
		for i := range page.Rows {
			page.Rows[i].Number = i + 1
			for _, f := range rowed {
				page.Rows[i].Fields = append(page.Rows[i].Fields, field(f, f.Name+"-"+strconv.Itoa(i+1), i+1))
			}
		}
	}
	if page.Shown, err = a.fileOf(e.Request.Context(), p, form.Kind, typed.Get("src")); err != nil {
		return err
	}
	page.Behind = placesIn(p, from.Text, typed.Get("behind"))
	return web.Show(e, status, "authoring/add", page)
}

// blockValues are what was typed into the form of a block, as courses.WriteBlock takes
// it, and in how many rows.
func blockValues(form courses.BlockForm, typed url.Values) (values map[string][]string, rows int) {
	values = map[string][]string{}
	for _, f := range form.Alone() {
		values[f.Name] = typed[f.Name]
	}
	for _, f := range form.Rowed() {
		for row := 1; f.Shape != courses.Ticked && row <= mostRows; row++ {
			if typed.Has(f.Name + "-" + strconv.Itoa(row)) {
				rows = max(rows, row)
			}
		}
	}
	for _, f := range form.Rowed() {
		if f.Shape == courses.Ticked {
			values[f.Name] = typed[f.Name]
			continue
		}
		for row := 1; row <= rows; row++ {
			values[f.Name] = append(values[f.Name], typed.Get(f.Name+"-"+strconv.Itoa(row)))
		}
	}
	return values, rows
}

// addProblems say where on the page each problem is.
func addProblems(problems []courses.Problem) (all []AddProblem) {
	for _, problem := range problems {
		id := problem.Values["field"]
		switch row := problem.Values["row"]; {
		case row != "":
			id += "-" + row
		case problem.Code == courses.RowsFew:
			id += "-1"
		}
		all = append(all, AddProblem{problem, id})
	}
	return all
}

// placesIn are the pieces of a text behind which a block can stand, by how they begin.
func placesIn(p Place, text, chosen string) (all []templates.Choice) {
	said := map[string]string{}
	for _, step := range compiled(p, text).Steps {
		for _, part := range step.Parts {
			said[part.At] = part.Text
		}
	}
	for i, piece := range courses.Pieces([]byte(text)) {
		choice := templates.Choice{Value: strconv.Itoa(i), Lang: p.Course.Language}
		choice.Chosen = choice.Value == chosen
		switch source := piece.Source([]byte(text)); {
		case strings.HasPrefix(source, "---"):
			choice.Key, choice.Lang = "block-add.first", ""
		case said[piece.At] != "":
			choice.Text = firstWords(said[piece.At])
		case isLeaf(source):
			choice.Key, choice.Lang = "block."+leafOf(source), ""
		default:
			choice.Text = firstWords(source)
		}
		all = append(all, choice)
	}
	return all
}

// leafOf is the kind of a block of one line, which has no words of its own to be known
// by; "" for anything else.
func leafOf(source string) string {
	name, _, _ := strings.Cut(strings.TrimLeft(source, ":"), "{")
	name, _, _ = strings.Cut(name, "[")
	return strings.TrimSpace(name)
}

func isLeaf(source string) bool {
	_, has := courses.BlockFormOf(courses.Kind(leafOf(source)))
	return has && strings.HasPrefix(source, "::")
}

// addChoices are what there is to choose from for fields in which nobody types.
func (a *Authoring) addChoices(e *core.RequestEvent, p Place, text string, form courses.BlockForm) (map[courses.FieldShape][]templates.Choice, error) {
	all := map[courses.FieldShape][]templates.Choice{}
	var err error
	switch form.Kind {
	case courses.Recall:
		all[courses.IDOf], err = a.recallable(e.Request.Context(), p, text)
	case courses.Scale:
		all[courses.IDOf] = append([]templates.Choice{{Key: "block-field.scale.again.none"}}, activitiesOf(compiled(p, text), "", p.Course.Language, courses.Scale)...)
	case courses.Help:
		all[courses.HelpKind] = helpKinds(web.SiteOf(e))
	case courses.Figure, courses.Audio, courses.Video:
		var files []content.Media
		files, err = a.filesFor(e.Request.Context(), p, form.Kind)
		all[courses.FilePath] = []templates.Choice{{Key: "media.choose"}}
		for _, file := range files {
			all[courses.FilePath] = append(all[courses.FilePath], templates.Choice{Value: file.Path, Text: path.Base(file.Path)})
		}
	}
	return all, err
}

// recallable are the activities of a course whose answers can be shown again: those of
// this text, and of the others that are live.
func (a *Authoring) recallable(ctx context.Context, p Place, text string) ([]templates.Choice, error) {
	kept := []courses.Kind{courses.Reflection, courses.Checklist, courses.Scale}
	all := activitiesOf(compiled(p, text), "#", p.Course.Language, kept...)
	texts, err := a.content.LiveTexts(ctx, p.Course)
	if err != nil {
		return nil, err
	}
	for _, other := range texts {
		if other.Kind == string(courses.FileModule) && other.Name != p.Name {
			all = append(all, activitiesOf(courses.Compile(sourceOf(other)), other.Name+"#", p.Course.Language, kept...)...)
		}
	}
	return all, nil
}

// activitiesOf are the activities of some kinds in a text, by what they ask.
func activitiesOf(m *courses.Module, before, language string, kinds ...courses.Kind) (all []templates.Choice) {
	for _, step := range m.Steps {
		for _, activity := range step.Activities {
			if slices.Contains(kinds, activity.Kind) {
				all = append(all, templates.Choice{Value: before + activity.ID, Text: m.Title + ": " + firstWords(activity.Text), Lang: language})
			}
		}
	}
	return all
}

// helpKinds are the kinds of help that there are numbers of on this site, and those
// that every site knows.
func helpKinds(site *web.Site) (all []templates.Choice) {
	for _, kind := range people.HelpKinds() {
		all = append(all, templates.Choice{Value: kind, Key: "help.kind." + kind})
	}
	for _, help := range site.Help {
		if !slices.ContainsFunc(all, func(c templates.Choice) bool { return c.Value == help.Kind }) {
			all = append(all, templates.Choice{Value: help.Kind, Text: help.Kind})
		}
	}
	return all
}

// wordsOfPiece is how many letters of a block stand for it in a list.
const wordsOfPiece = 60

// firstWords are the first words of a block, without the signs of Markdown.
func firstWords(source string) string {
	for line := range strings.Lines(source) {
		line, _, _ = strings.Cut(line, "{#") // an id is nobody's word
		line = strings.Trim(line, " \t\r\n:#>*_`-=|![]{}")
		if line == "" {
			continue
		}
		if letters := []rune(line); len(letters) > wordsOfPiece {
			return strings.TrimSpace(string(letters[:wordsOfPiece])) + "…"
		}
		return line
	}
	return "…"
}
