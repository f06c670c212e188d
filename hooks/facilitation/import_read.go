package facilitation

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxLines is how many learners one file may bring.
const maxLines = 200

// What can be wrong with a file as a whole, as keys of words.
var (
	errEncoding = errors.New("import-encoding")
	errHeader   = errors.New("import-header")
	errEmpty    = errors.New("import-empty")
	errMany     = errors.New("import-many")
)

// A quotesError is a quotation mark with which a list cannot be read.
type quotesError struct {
	key  string // of words
	line int
}

func (q quotesError) Error() string { return q.key }

// quotesIn says where it stands. What is opened and never closed runs to the
// end of the list, so it is the line where that began which helps.
func quotesIn(err error) error {
	found := quotesError{key: "import-quotes"}
	if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
		found.line = wrong.StartLine
	}
	if errors.Is(err, csv.ErrBareQuote) {
		found.key = "import-quotes-inside"
	}
	return found
}

// A readLine is what one line of a file says, as it stands there.
type readLine struct {
	number   int // in the file, from 1
	called   string
	language string
	worker   string
}

// readLines reads a file as spreadsheets write it: with commas, semicolons or
// tabs, its columns in any order. What is only a list of names may do without a
// line that says so.
func readLines(file []byte) ([]readLine, error) {
	text, err := decode(file)
	if err != nil {
		return nil, err
	}
	rows, numbers, err := split(text)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, errEmpty
	}
	columns, headed := readHeader(rows[0])
	if headed {
		rows, numbers = rows[1:], numbers[1:]
	} else if widest(rows) > 1 {
		return nil, errHeader
	}
	if len(rows) == 0 {
		return nil, errEmpty
	}
	if len(rows) > maxLines {
		return nil, errMany
	}
	lines := make([]readLine, len(rows))
	for i, row := range rows {
		lines[i] = readLine{number: numbers[i], called: columns.of(row, "called"), language: columns.of(row, "language"), worker: columns.of(row, "worker")}
	}
	return lines, nil
}

// decode is a file as text: UTF-8, or what spreadsheets call Unicode. Anything
// else would bring names in wrong, so it is refused.
func decode(file []byte) (string, error) {
	switch {
	case bytes.HasPrefix(file, []byte{0xff, 0xfe}):
		return wide(file[2:], binary.LittleEndian)
	case bytes.HasPrefix(file, []byte{0xfe, 0xff}):
		return wide(file[2:], binary.BigEndian)
	}
	file = bytes.TrimPrefix(file, []byte("\ufeff"))
	if !utf8.Valid(file) || bytes.IndexByte(file, 0) >= 0 {
		return "", errEncoding
	}
	return string(file), nil
}

func wide(file []byte, order binary.ByteOrder) (string, error) {
	if len(file)%2 != 0 {
		return "", errEncoding
	}
	units := make([]uint16, len(file)/2)
	for i := range units {
		units[i] = order.Uint16(file[2*i:])
	}
	return string(utf16.Decode(units)), nil
}

// split cuts a text into rows, and says at which line each began. Empty rows are
// left out.
func split(text string) (rows [][]string, numbers []int, err error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = separator(text), -1
	for {
		row, err := r.Read()
		if err == io.EOF {
			return rows, numbers, nil
		}
		if err != nil {
			return nil, nil, quotesIn(err)
		}
		line, _ := r.FieldPos(0)
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		if len(rows) > maxLines+1 {
			return nil, nil, errMany
		}
		rows, numbers = append(rows, row), append(numbers, line)
	}
}

// separator is what stands most often between the words of the first line.
func separator(text string) rune {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	best := ','
	for _, c := range []rune{';', '\t'} {
		if strings.Count(first, string(c)) > strings.Count(first, string(best)) {
			best = c
		}
	}
	return best
}

// columns are the places of what we read, by our names for it.
type columns map[string]int

// headings are how the columns may be called.
var headings = map[string]string{
	"called": "called", "name": "called", "language": "language", "worker": "worker", "facilitator": "worker", "mentor": "worker",
}

// readHeader finds the columns in the first line. It is not a header where it
// names none of those that there must be.
func readHeader(row []string) (columns, bool) {
	found := columns{}
	for i, cell := range row {
		if name, ok := headings[strings.ToLower(strings.TrimSpace(cell))]; ok {
			if _, twice := found[name]; !twice {
				found[name] = i
			}
		}
	}
	if _, ok := found["called"]; ok {
		return found, true
	}
	return columns{"called": 0}, false
}

func (c columns) of(row []string, name string) string {
	i, ok := c[name]
	if !ok || i >= len(row) {
		return ""
	}
	return row[i]
}

func widest(rows [][]string) int {
	n := 0
	for _, row := range rows {
		n = max(n, len(row))
	}
	return n
}
