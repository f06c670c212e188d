package templates

import (
	"embed"
	"strings"
)

//go:embed icons/*.svg
var iconFiles embed.FS

// icon gives a drawing to stand beside words: never instead of them, so that
// it is hidden from those who listen.
func icon(name string) (drawing string, ok bool) {
	inside, err := iconFiles.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return "", false
	}
	box := "24 24"
	if name == "mark" {
		box = "32 32"
	}
	return `<svg class="i i-` + name + `" viewBox="0 0 ` + box + `" width="20" height="20" fill="none" stroke="currentColor" aria-hidden="true" focusable="false">` +
		strings.TrimSpace(string(inside)) + `</svg>`, true
}
