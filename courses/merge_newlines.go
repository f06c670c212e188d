package courses

import "strings"

// SameNewlines gives a text that came out of a form the line endings of the text
// that was put into it: a form writes every line ending its own way. Lines that are
// as they were keep theirs, others end as most do. A text in which nothing else was
// changed is the same, byte for byte.
func SameNewlines(text, like []byte) []byte {
	return []byte(endedLike(string(text), string(like), mostEndings(linesOf(like))))
}

// endedLike gives lines the endings that they have in another text; those that are
// not in it end otherwise.
func endedLike(text, like, otherwise string) string {
	lines, were := bareLines(text), linesOf([]byte(like))
	var at []int
	if isMixed(were) {
		at = matches(lines, bareLines(like))
	}
	var b strings.Builder
	for i, line := range lines {
		b.WriteString(line)
		switch {
		case i == len(lines)-1: // what follows the last line ending
		case at != nil && at[i] >= 0 && at[i] < len(were) && endingOf(were[at[i]]) != "":
			b.WriteString(endingOf(were[at[i]]))
		default:
			b.WriteString(otherwise)
		}
	}
	return b.String()
}

// bareLines are the lines of a text without their endings; one that ends with a line
// ending has an empty line behind it.
func bareLines(text string) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
}

func endingOf(line string) string { return line[len(strings.TrimRight(line, "\r\n")):] }

func isMixed(lines []string) bool {
	first := ""
	for _, line := range lines {
		switch ending := endingOf(line); {
		case first == "":
			first = ending
		case ending != "" && ending != first:
			return true
		}
	}
	return false
}

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
