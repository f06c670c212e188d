package courses

import (
	"cmp"
	"slices"
	"strings"
)

// planOf recognises how a folder is laid out.
func planOf(f Folder) *plan {
	p := &plan{language: "en", grade: AimGrade, abouts: map[string]string{}, glossaries: map[string]string{}}
	switch {
	case f.has(courseFile):
		p.readCourse(courseFile, f.data(courseFile))
		p.numbered(f, "course")
	case p.carpentries(f):
		p.report("config.yaml", 0, Notice, CourseForeign, "name", "carpentries")
	case p.mdbook(f):
		p.report("", 0, Notice, CourseForeign, "name", "mdbook")
	default:
		p.report("", 0, Notice, CourseForeign, "name", "numbered")
		p.numbered(f, "readme", "index")
	}
	return p
}

func (f Folder) has(file string) bool {
	_, ok := f.find(file)
	return ok
}

func (f Folder) data(file string) []byte {
	i, _ := f.find(file)
	return f.Files[i].Data
}

func (f Folder) find(file string) (int, bool) {
	i := slices.IndexFunc(f.Files, func(have File) bool { return have.Path == file })
	return max(i, 0), i >= 0
}

// numbered plans a folder whose modules are the numbered Markdown files at its
// top, or all of them where none has a number. abouts are the names, in lower
// case, of the file that says what the course is.
func (p *plan) numbered(f Folder, abouts ...string) {
	groups := p.sheets(f)
	for _, about := range abouts {
		if p.about == "" {
			p.takeAbout(groups, about)
		}
	}
	p.takeGlossary(groups)
	stems := moduleStems(groups)
	slices.SortFunc(stems, byNumber)
	for _, stem := range stems {
		p.takeModule(stem, groups[stem])
	}
}

// sheets groups the Markdown files by stem, then language; "" is no language.
func (p *plan) sheets(f Folder) map[string]map[string]string {
	groups := map[string]map[string]string{}
	for _, file := range f.Files {
		s, ok := sheetOf(file.Path)
		if !ok {
			continue
		}
		if groups[s.stem] == nil {
			groups[s.stem] = map[string]string{}
		}
		if other, twice := groups[s.stem][s.lang]; twice {
			p.report(s.path, 0, Warn, TranslationTwice, "lang", s.lang, "other", other)
			continue
		}
		groups[s.stem][s.lang] = s.path
	}
	return groups
}

func (p *plan) takeAbout(groups map[string]map[string]string, name string) {
	for stem, byLang := range groups {
		if strings.ToLower(stem) == name && byLang[""] != "" {
			p.about = byLang[""]
			for lang, file := range byLang {
				if lang != "" {
					p.abouts[lang] = file
				}
			}
			delete(groups, stem)
		}
	}
}

func (p *plan) takeGlossary(groups map[string]map[string]string) {
	for lang, file := range groups["glossary"] {
		p.glossaries[cmp.Or(lang, p.language)] = file
	}
	delete(groups, "glossary")
}

// takeModule plans one module. Its original is the file without a language, or
// that in the course's own.
func (p *plan) takeModule(stem string, byLang map[string]string) {
	original, own := byLang[""], byLang[p.language]
	delete(byLang, "")
	delete(byLang, p.language)
	if original != "" && own != "" {
		p.report(own, 0, Warn, TranslationTwice, "lang", p.language, "other", original)
	}
	original = cmp.Or(original, own)
	if original == "" {
		for lang, file := range byLang {
			p.report(file, 0, Warn, TranslationAlone, "lang", lang)
		}
		return
	}
	name := withoutNumber(stem)
	title := collapse(strings.NewReplacer("-", " ", "_", " ").Replace(name))
	p.modules = append(p.modules, planned{path: original, slug: Slug(name), title: title, translations: byLang})
}
