package courses

import (
	"bytes"
	"cmp"
	"html"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"
)

// courseFile says what the course is, in a folder of our own format.
const courseFile = "course.md"

// AimGrade is the reading grade that a course aims for where it names none: a
// reader of eleven.
const AimGrade = 6

// front splits a text into its YAML front matter and the rest, which keeps its
// lines: those of the front matter are empty in it.
func front(text []byte) (yaml, body []byte) {
	text = normalise(text)
	if !bytes.HasPrefix(text, []byte("---\n")) {
		return nil, text
	}
	end := bytes.Index(text, []byte("\n---\n"))
	if end < 0 {
		return nil, text
	}
	cut := end + len("\n---\n")
	lines := bytes.Count(text[:cut], []byte("\n"))
	return text[4 : end+1], append(bytes.Repeat([]byte("\n"), lines), text[cut:]...)
}

// readCourse takes the fields of course.md.
func (p *plan) readCourse(file string, text []byte) {
	var doc yaml.Node
	matter, _ := front(text)
	if err := yaml.Unmarshal(matter, &doc); err != nil {
		p.report(file, yamlLine(err), Error, FrontBroken, "detail", yamlDetail(err))
		return
	}
	if len(doc.Content) == 0 {
		return
	}
	if doc.Content[0].Kind != yaml.MappingNode {
		p.report(file, 2, Error, FrontBroken, "detail", "")
		return
	}
	pairs := doc.Content[0].Content
	for i := 0; i+1 < len(pairs); i += 2 {
		p.readField(file, pairs[i], pairs[i+1])
	}
}

func (p *plan) readField(file string, key, value *yaml.Node) {
	var err error
	switch key.Value {
	case "title":
		err = decodeLine(value, &p.title)
	case "summary":
		err = decodeLine(value, &p.summary)
	case "language":
		err = p.setLanguage(value.Value)
	case "contributors":
		err = value.Decode(&p.contributors)
	case "reading_grade":
		err = decodeGrade(value, &p.grade)
	default:
		p.report(file, key.Line+1, Notice, FrontUnknown, "name", key.Value)
	}
	if err != nil {
		p.report(file, value.Line+1, Warn, FrontValue, "name", key.Value)
	}
}

func (p *plan) setLanguage(tag string) error {
	parsed, err := language.Parse(tag)
	if err == nil {
		p.language = parsed.String()
	}
	return err
}

func decodeGrade(value *yaml.Node, into *int) error {
	var grade int
	if err := value.Decode(&grade); err != nil || grade < 1 || grade > 18 {
		return errNotText
	}
	*into = grade
	return nil
}

// about makes safe HTML of what the course says about itself, and looks for what
// is wrong with that and its translations.
func (r *reading) about() {
	if r.plan.about == "" {
		return
	}
	m := r.aboutPage(r.plan.about, r.plan.language)
	r.course.About = pageOf(m)
	if r.plan.title == "" {
		r.course.Title = cmp.Or(headOf(m), r.course.Title)
	}
	for _, lang := range slices.Sorted(maps.Keys(r.plan.abouts)) {
		path := r.plan.abouts[lang]
		if r.plan.about == courseFile {
			translation := &plan{}
			translation.readCourse(path, r.text(path))
			r.report(translation.problems...)
		}
		r.aboutPage(path, lang)
	}
}

func (r *reading) aboutPage(path, lang string) *Module {
	_, body := front(r.text(path))
	r.lost = map[string]bool{}
	m := Compile(Source{
		Path: path, Lang: lang, Text: body, HashesInFences: r.plan.hashes,
		Resolve: func(dest string) (string, bool) { return r.follow(path, dest) },
	})
	for _, p := range m.Problems {
		if p.Code == LinkUnknown && r.lost[p.Values["to"]] {
			p.Code = LinkNotShown
		}
		if p.Code != ModuleEmpty {
			r.report(p)
		}
	}
	return m
}

// pageOf is a module as one page of prose, for texts that are no modules.
func pageOf(m *Module) string {
	var page strings.Builder
	for _, step := range m.Steps {
		if step.Title != "" {
			page.WriteString(`<h2 id="` + IDPrefix + html.EscapeString(step.ID) + `">` + html.EscapeString(step.Title) + "</h2>\n")
		}
		writeProse(&page, step.Parts)
	}
	return page.String()
}

func writeProse(page *strings.Builder, parts []Part) {
	for _, part := range parts {
		page.WriteString(part.HTML)
		writeProse(page, part.Parts)
	}
}
