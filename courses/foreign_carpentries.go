package courses

import (
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// carpentriesConfig is what is used of a lesson's config.yaml.
type carpentriesConfig struct {
	Carpentry string   `yaml:"carpentry"`
	Title     string   `yaml:"title"`
	Lang      string   `yaml:"lang"`
	Episodes  []string `yaml:"episodes"`
}

// carpentries plans a lesson of The Carpentries, and reports whether the folder
// is one: config.yaml names the order of the files in episodes/. A config that
// is no YAML still leaves the episodes, in the order of their names.
func (p *plan) carpentries(f Folder) bool {
	episodes := episodeFiles(f)
	if !f.has("config.yaml") || len(episodes) == 0 {
		return false
	}
	var config carpentriesConfig
	if err := yaml.Unmarshal(f.data("config.yaml"), &config); err != nil {
		p.report("config.yaml", yamlLine(err)-1, Warn, ConfigBroken, "detail", yamlDetail(err))
	}
	p.title, p.hashes = collapse(config.Title), true
	if config.Lang != "" {
		_ = p.setLanguage(config.Lang) // English where it is no language
	}
	if len(config.Episodes) > 0 {
		episodes = nil
		for _, name := range config.Episodes {
			episodes = append(episodes, path.Join("episodes", name))
		}
	}
	for _, about := range []string{"index.md", "README.md"} {
		if p.about == "" && f.has(about) {
			p.about = about
		}
	}
	p.chapters(f, "config.yaml", episodes)
	return true
}

func episodeFiles(f Folder) []string {
	var episodes []string
	for _, file := range f.Files {
		if path.Dir(file.Path) == "episodes" && isMarkdown(file.Path) {
			episodes = append(episodes, file.Path)
		}
	}
	slices.SortFunc(episodes, func(a, b string) int { return byNumber(path.Base(a), path.Base(b)) })
	return episodes
}

// chapters plans modules in the order in which a list names their files.
func (p *plan) chapters(f Folder, list string, files []string) {
	for _, file := range files {
		if !isMarkdown(file) || !f.has(file) {
			p.report(list, lineWith(f.data(list), path.Base(file)), Warn, ChapterMissing, "to", file)
			continue
		}
		if slices.ContainsFunc(p.modules, func(m planned) bool { return m.path == file }) || file == p.about {
			continue
		}
		p.modules = append(p.modules, planned{path: file, slug: chapterSlug(file)})
	}
}

// chapterSlug is made of the file's name or, where that says nothing, of its
// folder's.
func chapterSlug(file string) string {
	stem := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if isPaper(stem) && path.Dir(file) != "." {
		stem = path.Base(path.Dir(file))
	}
	return Slug(withoutNumber(stem))
}
