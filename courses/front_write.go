package courses

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// FrontMatter is the front matter of a new module: its title and what it is about.
func FrontMatter(title, summary string) string {
	var b strings.Builder
	b.WriteString("---\n")
	for _, line := range [][2]string{{"title", title}, {"summary", summary}} {
		if line[1] == "" {
			continue
		}
		written, err := yaml.Marshal(map[string]string{line[0]: line[1]})
		if err == nil { // of a string it cannot fail
			b.Write(written)
		}
	}
	b.WriteString("---\n")
	return b.String()
}
