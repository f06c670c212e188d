package reflections_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/reflections"

	"github.com/pocketbase/dbx"
)

// A booth is a house with a learner who has written, and says it as well.
type booth struct {
	*room
	dina hooktest.Person
	hers *hooktest.Browser
	id   string // of the reflection
}

func newBooth(t *testing.T, change ...func(*hooktest.Setup)) *booth {
	t.Helper()
	b := &booth{room: open(t, change...)}
	b.dina = learner(t, b.room)
	b.keep(t, b.by(b.dina, heron))
	b.id = reflections.RowID(b.dina.ID, b.module, "heard")
	b.hers = b.SignIn(t, b.dina)
	return b
}

func (b *booth) address() string { return "/reflections/" + b.id + "/voice" }

// sample is a recording as a browser or a phone made it.
func sample(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// wav is a sound that nobody mistakes for another.
func wav(word string) []byte {
	body := bytes.Repeat([]byte(word), 200)
	file := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data")
	file = binary.LittleEndian.AppendUint32(file, uint32(len(body)))
	file = append(file, body...)
	binary.LittleEndian.PutUint32(file[4:], uint32(len(file)-8))
	return file
}

// form is the body of a form that brings a sound, and other fields in pairs.
func form(t testing.TB, sound []byte, fields ...string) (body []byte, kind string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if sound != nil {
		part, err := w.CreateFormFile("sound", "of-mine.mp3")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(sound); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), w.FormDataContentType()
}

// say sends a sound to an address, as the form of its page does.
func say(t testing.TB, b *hooktest.Browser, address string, sound []byte, fields ...string) hooktest.Response {
	t.Helper()
	body, kind := form(t, sound, fields...)
	return send(b, address, kind, bytes.NewReader(body))
}

func send(b *hooktest.Browser, address, kind string, body io.Reader) hooktest.Response {
	request := b.Request(http.MethodPost, address, nil)
	request.Header.Set("Content-Type", kind)
	request.Body, request.ContentLength = io.NopCloser(body), -1
	if known, ok := body.(*bytes.Reader); ok {
		request.ContentLength = int64(known.Len())
	}
	return b.Do(request)
}

// mustSay is say, and it is kept.
func mustSay(t testing.TB, b *hooktest.Browser, address string, sound []byte, fields ...string) {
	t.Helper()
	if r := say(t, b, address, sound, fields...); r.Status != http.StatusSeeOther {
		t.Fatalf("keep: status %d\n%s", r.Status, r.Body)
	}
}

var soundAddress = regexp.MustCompile(`/recordings/[a-z0-9]{15}`)

// soundOn is the address of the one sound that a page offers; "" for none.
func soundOn(t testing.TB, b *hooktest.Browser, address string) string {
	t.Helper()
	r := b.Get(address)
	if r.Status != http.StatusOK {
		t.Fatalf("%s: status %d\n%s", address, r.Status, r.Body)
	}
	return soundAddress.FindString(r.Body)
}

// mustHear is the sound that a page offers, and that it is this one.
func mustHear(t testing.TB, b *hooktest.Browser, page string, want []byte) {
	t.Helper()
	r := b.Get(soundOn(t, b, page))
	if r.Status != http.StatusOK || r.Body != string(want) {
		t.Fatalf("heard %d bytes with status %d, want %d", len(r.Body), r.Status, len(want))
	}
}

// shelved are the files of the folder of recordings.
func shelved(t testing.TB, site *hooktest.Site) (files []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(site.Dir, "recordings"), func(path string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// mustKeep is how many recordings there are: rows and files, as many of both.
func mustKeep(t testing.TB, site *hooktest.Site, want int) {
	t.Helper()
	var rows int
	if err := site.App.DB().NewQuery("SELECT COUNT(*) FROM recordings").Row(&rows); err != nil {
		t.Fatal(err)
	}
	if files := shelved(t, site); rows != want || len(files) != want {
		t.Fatalf("%d rows and %d files, want %d of both: %v", rows, len(files), want, files)
	}
}

func (b *booth) how(t *testing.T) (how, state string) {
	t.Helper()
	if err := b.App.DB().NewQuery("SELECT how, state FROM reflections WHERE id = {:id}").Bind(dbx.Params{"id": b.id}).Row(&how, &state); err != nil {
		t.Fatal(err)
	}
	return how, state
}

func mustSee(t testing.TB, r hooktest.Response, status int, words string) {
	t.Helper()
	if r.Status != status || !strings.Contains(r.Body, words) {
		t.Errorf("status %d, want %d; and %q is not on\n%s", r.Status, status, words, r.Body)
	}
}
