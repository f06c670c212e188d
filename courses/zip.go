package courses

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// maxDirectoryBytes bounds what is read of a zip before its first file: its
// list of names, which can be made longer than any number in it says.
const maxDirectoryBytes = 8 << 20

// ratioFrom is the size from which MaxRatio counts: small files of one letter
// pack well and harm nobody.
const ratioFrom = 1 << 20

// OpenZip reads a folder out of a zip. Where everything in the zip is in one top
// folder, that is the Folder and gives its Name. The error is a *Refusal where
// the zip or what is in it is not to be kept.
func OpenZip(r io.ReaderAt, size int64) (Folder, error) {
	return openZip(r, size, caps{})
}

func openZip(r io.ReaderAt, size int64, c caps) (Folder, error) {
	if size > MaxFolderBytes {
		return Folder{}, refuse(RefusedZipSize, "max", megabytes(MaxFolderBytes))
	}
	budget := &readBudget{r: r, left: maxDirectoryBytes}
	archive, err := zip.NewReader(budget, size)
	if _, refused := errors.AsType[*Refusal](err); refused {
		return Folder{}, err
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are ours to judge
		return Folder{}, refuse(RefusedNotZip)
	}
	budget.lift()
	g := newGatherer(c)
	for _, entry := range archive.File {
		if err := g.unpack(entry, size); err != nil {
			return Folder{}, err
		}
	}
	f, err := g.folder()
	if err != nil {
		return Folder{}, err
	}
	return withoutTop(f), nil
}

// unpack takes one entry of a zip of that size.
func (g *gatherer) unpack(entry *zip.File, size int64) error {
	name, mode := entry.Name, entry.Mode()
	if folder, ok := strings.CutSuffix(name, "/"); ok {
		name, mode = folder, mode|fs.ModeDir
	}
	wanted, err := g.admit(name, mode)
	if err != nil || !wanted || mode.IsDir() {
		return err
	}
	const encrypted, strongly = 1 << 0, 1 << 6
	if entry.Flags&(encrypted|strongly) != 0 {
		return refuse(RefusedEncrypted, "path", name)
	}
	file, err := entry.Open()
	if err != nil {
		return refuse(RefusedDamaged, "path", name)
	}
	defer file.Close()
	packed := int64(min(entry.CompressedSize64, uint64(size)))
	err = g.take(name, &unpacker{r: file, name: name, most: max(ratioFrom, MaxRatio*packed)})
	if _, refused := errors.AsType[*Refusal](err); err != nil && !refused {
		return refuse(RefusedDamaged, "path", name)
	}
	return err
}

// An unpacker refuses a file that grows out of all proportion.
type unpacker struct {
	r    io.Reader
	name string
	most int64
	n    int64
}

func (u *unpacker) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if u.n += int64(n); u.n > u.most {
		return n, refuse(RefusedRatio, "path", u.name, "max", strconv.Itoa(MaxRatio))
	}
	return n, err
}

// A readBudget lets only so much be read until it is lifted.
type readBudget struct {
	r      io.ReaderAt
	left   int64
	lifted bool
}

func (b *readBudget) ReadAt(p []byte, off int64) (int, error) {
	n, err := b.r.ReadAt(p, off)
	if b.left -= int64(n); b.left < 0 && !b.lifted {
		return 0, fmt.Errorf("read the list of a zip: %w", refuse(RefusedFiles, "max", strconv.Itoa(MaxFiles)))
	}
	return n, err
}

func (b *readBudget) lift() { b.lifted = true }

// withoutTop takes the one top folder away in which everything lies.
func withoutTop(f Folder) Folder {
	top, _, nested := strings.Cut(f.Files[0].Path, "/")
	if !nested {
		return f
	}
	for _, file := range f.Files {
		if !strings.HasPrefix(file.Path, top+"/") {
			return f
		}
	}
	for i := range f.Files {
		f.Files[i].Path = strings.TrimPrefix(f.Files[i].Path, top+"/")
	}
	f.Name = path.Base(top)
	return f
}
