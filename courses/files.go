package courses

import (
	"maps"
	"slices"
	"strings"
)

// FilesIn are the paths of the folder that a text names, sorted: pictures, recordings
// with their transcripts, other texts. It is not said that any of them is there.
func FilesIn(src Source) []string {
	named := map[string]bool{}
	src.Resolve = func(dest string) (string, bool) {
		if file, _ := Target(src.Path, dest); file != "" && file != src.Path {
			named[file] = true
		}
		return dest, true
	}
	Compile(src)
	return slices.Sorted(maps.Keys(named))
}

// SwapTranscript lets every recording of a text whose transcript is one file have
// another. It reports whether there was one. Everything else stays byte for byte.
func SwapTranscript(src Source, from, to string) (text []byte, found bool) {
	c, ok := outlined(src)
	if !ok {
		return src.Text, false
	}
	lines := linesOf(src.Text)
	was, is := `transcript="`+from+`"`, `transcript="`+to+`"`
	for _, b := range c.outline.blocks {
		if (b.kind == Audio || b.kind == Video) && strings.Contains(lines[b.line-1], was) {
			lines[b.line-1], found = strings.ReplaceAll(lines[b.line-1], was, is), true
		}
	}
	return []byte(strings.Join(lines, "")), found
}
