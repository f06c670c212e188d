package web

import "strings"

// What stands between packed columns, and between sections of such. Neither an
// id, a date, a number, JSON nor sealed text can hold one; what may is last.
const (
	columnEnd  = "\x1f"
	sectionEnd = "\x1d"
)

// Packed is an SQL expression that makes one text of several columns; one that
// is NULL is empty. It is for the statements that run on every page: the driver
// asks for the name and the type of each column of a result anew, which costs
// more than to cut a text.
func Packed(columns ...string) string { return concat(columnEnd, columns) }

// Sections is Packed for columns that are packed themselves.
func Sections(columns ...string) string { return concat(sectionEnd, columns) }

func concat(end string, columns []string) string {
	return "concat(" + strings.Join(columns, ", '"+end+"', ") + ")"
}

// Unpacked are the n columns of a packed text. The last may be any text.
func Unpacked(text string, n int) []string { return cut(text, columnEnd, n) }

// InSections are the n sections of a text. The last may be any text.
func InSections(text string, n int) []string { return cut(text, sectionEnd, n) }

func cut(text, end string, n int) []string {
	columns := strings.SplitN(text, end, n)
	for len(columns) < n {
		columns = append(columns, "")
	}
	return columns
}
