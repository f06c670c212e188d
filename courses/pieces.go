package courses

import (
	"bytes"
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Pieces cuts a text into stretches that together are the text, byte for byte: the
// front matter, and each run of lines with the blank lines behind it; what stands
// between code fences stays whole. It is what two texts are put together by.
func Pieces(text []byte) []string {
	var pieces []string
	var piece strings.Builder
	blank, fence := false, "" // the piece has ended but for blank lines; what opened the code that is open
	end := func() {
		if piece.Len() > 0 {
			pieces = append(pieces, piece.String())
			piece.Reset()
		}
		blank = false
	}
	lines := linesOf(text)
	if n := frontLines(lines); n > 0 {
		pieces, lines = append(pieces, strings.Join(lines[:n], "")), lines[n:]
	}
	for _, line := range lines {
		bare := strings.TrimSpace(line)
		if fence == "" && blank && bare != "" {
			end()
		}
		piece.WriteString(line)
		blank = bare == ""
		switch mark := codeMark(bare); {
		case fence == "":
			fence = mark
		case mark != "" && strings.HasPrefix(bare, fence) && strings.Trim(bare, fence[:1]) == "":
			fence = ""
		}
	}
	end()
	return pieces
}

// frontLines is how many lines the front matter takes, with its own.
func frontLines(lines []string) int {
	if len(lines) == 0 || strings.TrimRight(strings.TrimPrefix(lines[0], "\ufeff"), " \t\r\n") != "---" {
		return 0
	}
	for i, line := range lines[1:] {
		if strings.TrimRight(line, " \t\r\n") == "---" {
			return i + 2
		}
	}
	return 0
}

func codeMark(bare string) string {
	for _, mark := range []string{"```", "~~~"} {
		if strings.HasPrefix(bare, mark) {
			return bare[:len(bare)-len(strings.TrimLeft(bare, mark[:1]))]
		}
	}
	return ""
}

// A step of a comparison: so many things of both, of the first, or of the second.
type stretch struct {
	kind diffmatchpatch.Operation
	n    int
}

// compared says how the things of one list become those of another. It is bounded:
// after a second it takes what it has, which is right and may be longer than needed.
func compared(before, after []string) []stretch {
	names := map[string]rune{}
	write := func(things []string) []rune {
		written := make([]rune, len(things))
		for i, thing := range things {
			name, ok := names[thing]
			if !ok {
				name = rune(len(names) + 1)
				if name >= 0xd800 {
					name += 0x800 // no rune of a surrogate
				}
				names[thing] = name
			}
			written[i] = name
		}
		return written
	}
	a, b := write(before), write(after)
	var all []stretch
	for _, d := range diffmatchpatch.New().DiffMainRunes(a, b, false) {
		all = append(all, stretch{d.Type, len([]rune(d.Text))})
	}
	return all
}

// matches gives for each thing of the first list its place in the second, -1 where
// it is not there.
func matches(before, after []string) []int {
	at := make([]int, len(before))
	i, j := 0, 0
	for _, s := range compared(before, after) {
		for range s.n {
			switch s.kind {
			case diffmatchpatch.DiffEqual:
				at[i] = j
				i, j = i+1, j+1
			case diffmatchpatch.DiffDelete:
				at[i] = -1
				i++
			case diffmatchpatch.DiffInsert:
				j++
			}
		}
	}
	return at
}

// SameNewlines gives a text that came out of a form the line endings of the text
// that was put into it: a form writes every line ending its own way. Lines that are
// as they were keep theirs, others end as most do. A text in which nothing else was
// changed is the same, byte for byte.
func SameNewlines(text, like []byte) []byte {
	lines, were := bareLines(text), linesOf(like)
	bareWere := bareLines(like)
	most := mostEndings(were)
	var b bytes.Buffer
	at := matches(lines, bareWere)
	for i, line := range lines {
		b.WriteString(line)
		switch {
		case i == len(lines)-1: // what follows the last line ending
		case at[i] >= 0 && at[i] < len(were) && endingOf(were[at[i]]) != "":
			b.WriteString(endingOf(were[at[i]]))
		default:
			b.WriteString(most)
		}
	}
	return b.Bytes()
}

// bareLines are the lines of a text without their endings; one that ends with a line
// ending has an empty line behind it.
func bareLines(text []byte) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(text)), "\n")
}

func endingOf(line string) string { return line[len(strings.TrimRight(line, "\r\n")):] }

func mostEndings(lines []string) string {
	count := map[string]int{}
	for _, line := range lines {
		count[endingOf(line)]++
	}
	most := "\n"
	for _, ending := range []string{"\r\n", "\r"} {
		if count[ending] > count[most] {
			most = ending
		}
	}
	return most
}

// SourceOf is the source of one block of a step, by its address in the compiled
// module: its lines, up to those of the next block. It is "" where there is none, and
// for what stands inside another block.
func SourceOf(text []byte, m *Module, at string) string {
	from, to := 0, 0
	for i, step := range m.Steps {
		for k, part := range step.Parts {
			if part.At != at {
				continue
			}
			from = part.Line
			switch {
			case k+1 < len(step.Parts):
				to = step.Parts[k+1].Line
			case i+1 < len(m.Steps):
				to = m.Steps[i+1].Line
			default:
				to = len(linesOf(text)) + 1
			}
		}
	}
	lines := linesOf(text)
	if from < 1 || to <= from || to-1 > len(lines) {
		return ""
	}
	return strings.TrimRight(strings.Join(lines[from-1:to-1], ""), "\r\n \t")
}
