package courses

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What a folder may hold. The caps are checked while reading: what a zip says
// of itself is believed nowhere.
const (
	MaxFiles       = 5_000
	MaxFolderBytes = 256 << 20 // all files together
	MaxMediaBytes  = 64 << 20  // one file that is not Markdown
	MaxDepth       = 16        // folders in folders
	MaxNameBytes   = 240       // one name; file systems end at 255
	MaxRatio       = 100       // how much larger than packed a file of a zip may be
)

// caps are the limits that a test lowers. Zero values are the constants above.
type caps struct {
	files int
	total int64
	media int64
}

// A gatherer takes in files one by one and refuses the first that is not safe.
type gatherer struct {
	caps   caps
	names  names
	count  int
	total  int64
	files  []File
	hidden map[string]bool
}

func newGatherer(c caps) *gatherer {
	if c.files == 0 {
		c.files = MaxFiles
	}
	if c.total == 0 {
		c.total = MaxFolderBytes
	}
	if c.media == 0 {
		c.media = MaxMediaBytes
	}
	return &gatherer{caps: c, names: names{}, hidden: map[string]bool{}}
}

func (g *gatherer) visit(fsys fs.FS, name string, d fs.DirEntry) error {
	wanted, err := g.admit(name, d.Type())
	switch {
	case err != nil:
		return err
	case !wanted && d.IsDir():
		return fs.SkipDir
	case !wanted || d.IsDir():
		return nil
	}
	file, err := fsys.Open(name)
	if err != nil {
		return fmt.Errorf("open %q: %w", name, err)
	}
	defer file.Close()
	return g.take(name, file)
}

// admit looks at an entry's name and type, counts it, and says whether it is to
// be read at all. Links are never followed, not those that stay inside either:
// what they show elsewhere could not be given back as it came.
func (g *gatherer) admit(name string, kind fs.FileMode) (wanted bool, err error) {
	if err := admitName(name); err != nil {
		return false, err
	}
	hidden := g.hide(name)
	if !hidden {
		g.count++
	}
	switch {
	case g.count+len(g.hidden) > g.caps.files:
		return false, refuse(RefusedFiles, "max", strconv.Itoa(g.caps.files))
	case hidden:
		return false, nil
	case kind&fs.ModeSymlink != 0:
		return false, refuse(RefusedLink, "path", name)
	case !kind.IsRegular() && !kind.IsDir():
		return false, refuse(RefusedDevice, "path", name)
	}
	return true, g.names.admit(name, kind.IsDir())
}

// take reads one file and keeps it.
func (g *gatherer) take(name string, r io.Reader) error {
	data, err := g.read(name, r)
	if err != nil {
		return err
	}
	g.total += int64(len(data))
	if isMarkdown(name) {
		if err := admitText(name, data); err != nil {
			return err
		}
	}
	g.files = append(g.files, File{Path: name, Data: data})
	return nil
}

// read stops at the first byte over what a file, and all files, may have.
func (g *gatherer) read(name string, r io.Reader) ([]byte, error) {
	most, tooBig := g.caps.media, refuse(RefusedSize, "path", name, "max", megabytes(g.caps.media))
	if isMarkdown(name) {
		most, tooBig = MaxFileBytes, refuse(RefusedText, "path", name, "max", strconv.Itoa(MaxFileBytes>>10))
	}
	if left := g.caps.total - g.total; left < most {
		most, tooBig = left, refuse(RefusedTotal, "max", megabytes(g.caps.total))
	}
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if _, refused := errors.AsType[*Refusal](err); refused {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", name, err)
	}
	if int64(len(data)) > most {
		return nil, tooBig
	}
	return slices.Clip(data), nil
}

func admitText(name string, data []byte) error {
	if !utf8.Valid(data) {
		return refuse(RefusedTextUTF8, "path", name, "line", strconv.Itoa(lineOfInvalid(data)))
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return refuse(RefusedTextNUL, "path", name, "line", strconv.Itoa(lineIn(data, i)))
	}
	return nil
}

// hide notes what is hidden, once for a whole hidden folder, and says whether
// name is.
func (g *gatherer) hide(name string) bool {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if isHiddenName(part) {
			g.hidden[strings.Join(parts[:i+1], "/")] = true
			return true
		}
	}
	return false
}

func (g *gatherer) folder() (Folder, error) {
	if len(g.files) == 0 {
		return Folder{}, refuse(RefusedEmpty)
	}
	return NewFolder("", g.files, g.hidden), nil
}

func megabytes(n int64) string { return strconv.FormatInt(n>>20, 10) }
