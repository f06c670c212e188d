package web

import "strings"

// ColumnEnd stands between packed columns. Neither an id, a date, a number,
// JSON nor sealed text can hold it.
const ColumnEnd = "\x1f"

// Packed is an SQL expression that makes one text of several columns; one that
// is NULL is empty. It is for the statements that run on every page: the driver
// asks for the name and the type of each column of a result anew, which costs
// more than to cut a text.
func Packed(columns ...string) string {
	return "concat(" + strings.Join(columns, ", '"+ColumnEnd+"', ") + ")"
}

// Unpacked are the n columns of a packed text. The last may be any text.
func Unpacked(text string, n int) []string {
	columns := strings.SplitN(text, ColumnEnd, n)
	for len(columns) < n {
		columns = append(columns, "")
	}
	return columns
}
