package courses

// A plan says what the files of a folder are to the course, before any of them
// is compiled. Each layout makes one.
type plan struct {
	title, summary, language string
	contributors             []Contributor
	grade                    int
	hashes                   bool
	about                    string            // path, "" where there is none
	abouts                   map[string]string // its translations by language
	glossaries               map[string]string // paths by language
	modules                  []planned         // in order
	problems                 []Problem
}

// planned is one module to be.
type planned struct {
	path         string
	slug         string            // not yet made unique
	title        string            // where the text gives none
	translations map[string]string // paths by language
}

func (p *plan) report(file string, line int, level Level, code string, values ...string) {
	p.problems = append(p.problems, problem(file, line, level, code, values...))
}
