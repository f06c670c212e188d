package courses

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
)

// zipped packs paths and texts in that order, so that a path can come twice.
func zipped(t testing.TB, pathsAndTexts ...string) []byte {
	t.Helper()
	var headers []zip.FileHeader
	var texts []string
	for i := 0; i+1 < len(pathsAndTexts); i += 2 {
		headers = append(headers, zip.FileHeader{Name: pathsAndTexts[i], Method: zip.Deflate})
		texts = append(texts, pathsAndTexts[i+1])
	}
	return zippedAs(t, headers, texts)
}

func zippedAs(t testing.TB, headers []zip.FileHeader, texts []string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for i := range headers {
		entry, err := w.CreateHeader(&headers[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write([]byte(texts[i])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func openBytes(data []byte) (Folder, error) {
	return OpenZip(bytes.NewReader(data), int64(len(data)))
}

func TestAZipWithOneTopFolderIsThatFolder(t *testing.T) {
	f, err := openBytes(zipped(t, "walking/course.md", "a", "walking/media/x.png", "b", "__MACOSX/walking/._course.md", "c"))
	if err != nil {
		t.Fatal(err)
	}
	if f.Name != "walking" || len(f.Files) != 2 || f.Files[0].Path != "course.md" || f.Files[1].Path != "media/x.png" {
		t.Errorf("got %q with %v", f.Name, f.Files)
	}
	if len(f.Notices) != 1 || f.Notices[0].Values["path"] != "__MACOSX" {
		t.Errorf("notices %v", f.Notices)
	}
}

func TestAZipWithoutATopFolderIsTakenAsItIs(t *testing.T) {
	f, err := openBytes(zipped(t, "course.md", "a", "media/x.png", "b"))
	if err != nil || f.Name != "" || len(f.Files) != 2 {
		t.Errorf("got %q with %d files, error %v", f.Name, len(f.Files), err)
	}
}

func TestAZipThatTricksWithItsNamesIsRefused(t *testing.T) {
	for _, c := range []struct{ code, name string }{
		{RefusedNameUp, "../a.md"},
		{RefusedNameUp, "x/../../a.md"},
		{RefusedNameUp, ".git/../../a.md"},
		{RefusedNameUp, "./a.md"},
		{RefusedNameUp, "a//b.md"},
		{RefusedNameRoot, "/etc/passwd"},
		{RefusedNameSlash, `..\a.md`},
		{RefusedNameDrive, "C:/a.md"},
		{RefusedNameControl, "a\x00.md"},
		{RefusedNameUTF8, "a\xff.md"},
	} {
		_, err := openBytes(zipped(t, "fine.md", "x", c.name, "x"))
		wantRefusal(t, err, c.code, strings.ToValidUTF8(c.name, "\ufffd"))
	}
}

func TestAZipWithTwoFilesOfOneNameIsRefused(t *testing.T) {
	for _, c := range [][2]string{{"a.md", "a.md"}, {"a.md", "A.md"}, {"a", "a/b.md"}, {"a/b.md", "a"}, {"é.md", "é.md"}} {
		_, err := openBytes(zipped(t, c[0], "x", c[1], "x"))
		wantRefusal(t, err, RefusedNameTwice, c[1])
	}
}

func TestAZipBombIsRefusedByWhatComesOutOfIt(t *testing.T) {
	zeros := strings.Repeat("\x00", 8<<20)
	_, err := openBytes(zipped(t, "a.png", zeros))
	wantRefusal(t, err, RefusedRatio, "a.png")
	_, err = openBytes(zipped(t, "a.md", strings.Repeat(">", 50<<20)))
	wantRefusal(t, err, RefusedText, "a.md")

	lying := zipped(t, "a.png", zeros)
	at := bytes.LastIndex(lying, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(lying[at+24:], 10)          // "ten bytes unpacked"
	binary.LittleEndian.PutUint32(lying[at+20:], 0x7fff_ffff) // "and two gigabytes packed"
	if _, err := openBytes(lying); err == nil {
		t.Error("a zip that lies about its sizes is taken")
	}
}

func TestAZipWithTooManyFilesIsRefused(t *testing.T) {
	var many []string
	for i := range MaxFiles + 1 {
		many = append(many, fmt.Sprintf("%d.txt", i), "")
	}
	_, err := openBytes(zipped(t, many...))
	wantRefusal(t, err, RefusedFiles, "")
}

func TestAListOfNamesThatFillsTheMemoryIsNotReadToItsEnd(t *testing.T) {
	var many []string
	for i := range 500 {
		many = append(many, fmt.Sprintf("%d%s", i, strings.Repeat("n", 60_000)), "")
	}
	_, err := openBytes(zipped(t, many...))
	wantRefusal(t, err, RefusedFiles, "")
}

func TestAZipThatIsTooLargeIsRefusedUnread(t *testing.T) {
	_, err := OpenZip(nil, MaxFolderBytes+1)
	wantRefusal(t, err, RefusedZipSize, "")
}

func TestLinksAndDevicesInAZipAreRefused(t *testing.T) {
	for mode, code := range map[fs.FileMode]string{
		fs.ModeSymlink | 0o777: RefusedLink, fs.ModeDevice: RefusedDevice, fs.ModeNamedPipe: RefusedDevice,
	} {
		h := zip.FileHeader{Name: "a.md"}
		h.SetMode(mode)
		_, err := openBytes(zippedAs(t, []zip.FileHeader{h}, []string{"/etc/passwd"}))
		wantRefusal(t, err, code, "a.md")
	}
}

func TestAnEncryptedZipIsRefused(t *testing.T) {
	data := zipped(t, "a.md", "x")
	for _, sig := range []string{"PK\x03\x04", "PK\x01\x02"} {
		at := bytes.LastIndex(data, []byte(sig))
		data[at+len(sig)+map[string]int{"PK\x03\x04": 2, "PK\x01\x02": 4}[sig]] |= 1
	}
	_, err := openBytes(data)
	wantRefusal(t, err, RefusedEncrypted, "a.md")
}

func TestWhatIsNoZipOrADamagedOneIsRefused(t *testing.T) {
	_, err := openBytes([]byte("# Not a zip"))
	wantRefusal(t, err, RefusedNotZip, "")
	data := zippedAs(t, []zip.FileHeader{{Name: "a.md", Method: zip.Store}}, []string{"hello hello hello"})
	data[bytes.Index(data, []byte("hello"))] = 'j'
	_, err = openBytes(data)
	wantRefusal(t, err, RefusedDamaged, "a.md")
}

func FuzzOpenZip(f *testing.F) {
	f.Add(zipped(f, "course.md", "---\ntitle: A\n---\n", "01-a.md", "# A"))
	f.Add(zipped(f, "../a.md", "x", ".git/HEAD", "y"))
	f.Fuzz(func(t *testing.T, data []byte) {
		folder, err := openBytes(data)
		if err != nil {
			if _, ok := errors.AsType[*Refusal](err); !ok {
				t.Fatalf("an error that is no refusal: %v", err)
			}
			return
		}
		seen := map[string]bool{}
		for _, file := range folder.Files {
			if !fs.ValidPath(file.Path) || seen[sameName(file.Path)] {
				t.Fatalf("took the path %q", file.Path)
			}
			seen[sameName(file.Path)] = true
		}
	})
}
