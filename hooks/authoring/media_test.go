package authoring_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/people"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"pgregory.net/rapid"
)

// put sends a file to the media of a text, as the form of its page does.
func put(t *testing.T, b *hooktest.Browser, at, called string, file []byte, fields ...string) hooktest.Response {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", called)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(file); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	request := b.Request(http.MethodPost, at+"/media", nil)
	request.Body, request.ContentLength = io.NopCloser(&body), int64(body.Len())
	request.Header.Set("Content-Type", w.FormDataContentType())
	return b.Do(request)
}

func mustEncode(t *testing.T, encode func(w io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// drawn is a picture that is wider than high, dark on its left.
func drawn(width, height int) *image.NRGBA {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			shade := color.NRGBA{R: 240, G: 240, B: 240, A: 255}
			if x < width/2 {
				shade = color.NRGBA{A: 255}
			}
			picture.SetNRGBA(x, y, shade)
		}
	}
	return picture
}

// photo is a JPEG from a phone that was held upright: the way up is in its EXIF, and so is
// where it was taken.
func photo(t *testing.T) []byte {
	t.Helper()
	plain := mustEncode(t, func(w io.Writer) error { return jpeg.Encode(w, drawn(1800, 600), nil) })
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00GPS 51.5074 N, 0.1278 W"
	segment := append([]byte{0xff, 0xe1, 0, byte(len(exif) + 2)}, exif...)
	return append(append(bytes.Clone(plain[:2]), segment...), plain[2:]...)
}

// bomb is a PNG of few bytes that says that it is very large.
func bomb(side uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), side)
	head = append(binary.BigEndian.AppendUint32(head, side), 8, 6, 0, 0, 0)
	file := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return append(binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(head)), "\x00\x00\x00\x00IDAT"...)
}

// voice is an MP3 with a tag before it and one behind it, and a film with one inside.
const voice = "ID3\x04\x00\x00\x00\x00\x00\x0eTPE1 Amina K.." + "\xff\xfb\x90\x00" + "sound of a voice"

func box(kind, inside string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(inside)+8))) + kind + inside
}

func (w *writing) media(t *testing.T) string {
	t.Helper()
	return w.mustOne(t, "SELECT COUNT(*) FROM media", nil)
}

func TestAPictureIsKeptUprightSmallAndWithoutWhatWasHiddenInIt(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	r := mustStatus(t, put(t, b, address, "IMG_2034.jpg", photo(t), "name", "My bench", "line", "8"), http.StatusSeeOther)
	to, err := url.Parse(r.Header.Get("Location"))
	if err != nil || to.Path != address+"/add/figure" || to.Query().Get("line") != "8" || !strings.HasPrefix(to.Query().Get("src"), "media/my-bench-") {
		t.Fatalf("led to %s", to)
	}
	shown, _ := mustStatus(t, b.Get(to.String()), http.StatusOK).Page(t).Find("img.media-shown").Attr("src")
	file := mustStatus(t, b.Get(shown), http.StatusOK)
	if strings.Contains(file.Body, "GPS") || strings.Contains(file.Body, "Exif") || file.Header.Get("Content-Type") != "image/jpeg" {
		t.Error("what was hidden in it is still there")
	}
	picture, err := jpeg.Decode(strings.NewReader(file.Body))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X >= size.Y || size.Y != 1600 {
		t.Errorf("it is %v", size)
	}
	if top, _, _, _ := picture.At(200, 20).RGBA(); top > 0x4000 {
		t.Error("it is upside down")
	}
	w.mustLack(t, w.Dir, "GPS 51.5074")
}

func TestWhatAPictureIsIsSeenFromWhatIsInIt(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	clear := drawn(40, 20)
	clear.SetNRGBA(3, 3, color.NRGBA{})
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"a PNG that is called a JPEG":     {mustEncode(t, func(w io.Writer) error { return png.Encode(w, clear) }), "png"},
		"a GIF":                           {mustEncode(t, func(w io.Writer) error { return gif.Encode(w, drawn(40, 20), nil) }), "png"},
		"a JPEG with a page behind it":    {append(mustEncode(t, func(w io.Writer) error { return jpeg.Encode(w, drawn(41, 20), nil) }), "<html><script>alert(1)</script>"...), "jpg"},
		"the same picture once more":      {mustEncode(t, func(w io.Writer) error { return png.Encode(w, clear) }), "png"},
		"a PNG whose name goes up and up": {mustEncode(t, func(w io.Writer) error { return png.Encode(w, drawn(9, 9)) }), "png"},
	} {
		r := mustStatus(t, put(t, b, address, "../../../x.jpg", c.file, "name", "../../etc/passwd.html"), http.StatusSeeOther)
		to, _ := url.Parse(r.Header.Get("Location"))
		if src := to.Query().Get("src"); !strings.HasPrefix(src, "media/etc-passwd") || strings.Count(src, "/") != 1 || !strings.HasSuffix(src, "."+c.want) {
			t.Errorf("%s is %s", name, src)
		}
	}
	if n := w.media(t); n != "4" {
		t.Errorf("%s files", n)
	}
	w.mustLack(t, w.Dir, "<script>alert(1)")
}

func TestWhatIsNoPictureAndNoRecordingIsRefusedInPlainWords(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	whole := mustEncode(t, func(w io.Writer) error { return jpeg.Encode(w, drawn(400, 200), nil) })
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"a drawing":                            {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "drawing in the SVG form"},
		"a drawing behind a byte order mark":   {[]byte("\ufeff<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"), "This is a document"},
		"a page of the web":                    {[]byte("<!doctype html><script>alert(1)</script>"), "This is a document"},
		"a picture that is too large":          {bomb(40_000), "too many points"},
		"a picture whose size overflows":       {bomb(1 << 31), "cannot be opened"},
		"a photo of a phone":                   {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "only some phones can read"},
		"half a picture":                       {whole[:len(whole)/3], "cannot be opened"},
		"a picture of nothing but its opening": {[]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), "cannot be opened"},
		"a PDF":                                {[]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "This is a document"},
		"an office document":                   {[]byte("PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00word/document.xml"), "This is a document"},
		"a program":                            {[]byte("\x7fELF\x02\x01\x01\x00"), "no picture and no recording"},
		"nothing at all":                       {nil, "Choose a file first"},
	} {
		page := mustStatus(t, put(t, b, address, "holiday.jpg", c.file, "name", "My <b> holiday"), http.StatusUnprocessableEntity).Page(t)
		if said := page.Find("#file-error").Text(); !strings.Contains(said, c.want) {
			t.Errorf("%s: %q", name, said)
		}
		if kept, _ := page.Find("#name").Attr("value"); kept != "My <b> holiday" {
			t.Errorf("%s: the name came back as %q", name, kept)
		}
	}
	if n := w.media(t); n != "0" {
		t.Errorf("%s files", n)
	}
}

func TestNoBytesBreakItOrAreKeptAsTheyCame(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	openings := []string{"", "\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "GIF89a", "RIFF\x10\x00\x00\x00WEBPVP8 ", "ID3\x04\x00\x10", "\x00\x00\x00\x18ftypM4A ", "\x00\x00\x00\x18ftypisom", "OggS", "\x1aE\xdf\xa3", "<svg"}
	rapid.Check(t, func(r *rapid.T) {
		file := append([]byte(rapid.SampledFrom(openings).Draw(r, "opening")), rapid.SliceOfN(rapid.Byte(), 0, 400).Draw(r, "rest")...)
		if got := put(t, b, address, "x", file).Status; got != http.StatusSeeOther && got != http.StatusUnprocessableEntity {
			r.Fatalf("status %d", got)
		}
	})
	for _, kind := range strings.Fields(w.mustOne(t, "SELECT COALESCE(GROUP_CONCAT(type, ' '), '') FROM media", nil)) {
		if !strings.HasPrefix(kind, "image/jpeg") && !strings.HasPrefix(kind, "image/png") && !strings.HasPrefix(kind, "audio/") && !strings.HasPrefix(kind, "video/") {
			t.Errorf("a file of the type %s is kept", kind)
		}
	}
}

func TestARecordingLosesWhatItTellsOfItselfAndAsksForItsWords(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	film := box("ftyp", "isom\x00\x00\x02\x00isomiso2avc1mp41") + box("moov", box("mvhd", strings.Repeat("\x00", 100))+box("udta", box("\xa9xyz", "+51.5074-000.1278/"))) + box("mdat", "pictures that move")
	for name, file := range map[string]string{"voice": voice, "film": film} {
		mustStatus(t, put(t, b, address, name, []byte(file), "name", name), http.StatusSeeOther)
	}
	w.mustLack(t, w.Dir, "Amina K", "51.5074")
	src := w.mustOne(t, "SELECT path FROM media WHERE path LIKE 'media/voice-%.mp3'", nil)
	size := w.mustOne(t, "SELECT size FROM media WHERE path LIKE 'media/film-%.mp4'", nil)
	if size != fmt.Sprint(len(film)) {
		t.Errorf("the film is %s bytes and came as %d: its sound is not where its index says", size, len(film))
	}
	sent := form("after", "1", "do", "add", "src", src, "label", "A voice", "transcript", " ")
	page := mustStatus(t, b.Post(address+"/add/audio", sent), http.StatusUnprocessableEntity).Page(t)
	if page.Find("#transcript[aria-invalid=true]").Length() != 1 || page.Find("#src option[selected]").Text() == "" || page.Find("#label[value='A voice']").Length() != 1 {
		t.Error("it does not ask for the words, or lost what was typed")
	}
	sent.Set("transcript", "She says: *come in*.\r\nA kettle.")
	mustStatus(t, b.Post(address+"/add/audio", sent), http.StatusSeeOther)
	text, _ := mustText(t, b)
	if !strings.Contains(text, `::audio[A voice]{src="`+src+`" transcript="media/voice-`) {
		t.Fatalf("the text is\n%s", text)
	}
	preview := b.Get(address + "/preview/look-back").Body
	if !strings.Contains(preview, "<em>come in</em>") || !strings.Contains(preview, "<audio") {
		t.Error("the preview has no recording with its words")
	}
}

func TestNobodyGetsAFileBeforeATextIsLiveThatShowsIt(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	mustStatus(t, put(t, b, address, "x", []byte(voice), "name", "voice"), http.StatusSeeOther)
	src := w.mustOne(t, "SELECT path FROM media", nil)
	mustStatus(t, b.Post(address+"/add/audio", form("after", "1", "do", "add", "src", src, "label", "A voice", "transcript", "Come in.")), http.StatusSeeOther)
	sound := "/media/" + w.mustOne(t, "SELECT hash FROM media", nil) + "/voice.mp3"
	words := "/media/" + w.mustOne(t, "SELECT id FROM revisions WHERE kind = 'media'", nil) + "/voice.md"
	learner := w.SignIn(t, w.learner)
	for _, file := range []string{sound, words} {
		mustStatus(t, learner.Get(file), http.StatusNotFound)
		mustStatus(t, w.SignIn(t, w.worker).Get(file), http.StatusOK)
	}
	w.mustSignOff(t, b)
	mustStatus(t, b.Post(address+"/publish", nil), http.StatusSeeOther)
	for _, file := range []string{sound, words} {
		mustStatus(t, learner.Get(file), http.StatusOK)
	}
	if step := learner.Get("/courses/listening-course/listening/look-back").Body; !strings.Contains(step, "Come in.") || !strings.Contains(step, sound[:20]) {
		t.Error("the learner does not hear it, or has not got its words")
	}
	mustStatus(t, w.Guest(t).Get(sound), http.StatusNotFound)
}

func TestAStorysRecordingGoesWithTheStory(t *testing.T) {
	w := mustWriting(t)
	writer, teller := w.mustBegin(t), w.SignIn(t, w.other)
	mustStatus(t, put(t, writer, address, "x", []byte(voice), "name", "bees"), http.StatusSeeOther)
	mustStatus(t, put(t, writer, address, "y", []byte("ID3\x04\x00\x00\x00\x00\x00\x00\xff\xfb\x90\x00rain on a roof"), "name", "rain"), http.StatusSeeOther)
	mustStatus(t, writer.Post(address+"/add/audio", form("after", "1", "do", "add", "src", w.path(t, "bees"), "label", "Of bees", "transcript", "He hums.")), http.StatusSeeOther)
	mustStatus(t, writer.Post(address+"/add/audio", form("after", "2", "do", "add", "src", w.path(t, "rain"), "label", "Rain", "transcript", "It rains.")), http.StatusSeeOther)
	text, _ := mustText(t, writer)
	var told string
	for line := range strings.Lines(text) {
		if strings.Contains(line, "[Of bees]") {
			told = line
		}
	}
	inside := strings.Replace(strings.Replace(story, "[Somebody]", "[Keeper of bees]", 1), ".\n\n:::reflection", ".\n\n"+told+"\n:::reflection", 1)
	w.mustSave(t, writer, strings.Replace(text, told, "", 1)+inside)
	id := w.mustAgree(t, writer, teller)
	w.mustAllSignOff(t, writer, http.StatusSeeOther)
	mustStatus(t, teller.Post("/me/credit/"+id+"/withdraw", nil), http.StatusSeeOther)
	w.mustLack(t, w.Dir, "sound of a voice", "He hums", toldBefore)
	if left := w.mustOne(t, "SELECT GROUP_CONCAT(path) FROM media", nil); left != w.path(t, "rain") {
		t.Errorf("left are %s", left)
	}
	if n := w.mustOne(t, "SELECT COUNT(*) FROM revisions WHERE kind = 'media'", nil); n != "1" {
		t.Errorf("%s transcripts", n)
	}
}

// path is the path of a file that was put in under a name.
func (w *writing) path(t *testing.T, name string) string {
	t.Helper()
	return w.mustOne(t, "SELECT path FROM media WHERE path LIKE {:like}", dbx.Params{"like": "media/" + name + "-%"})
}

func TestOnlyWhoPutItInDeletesWhatNoTextShows(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	mustStatus(t, put(t, b, address, "x", []byte(voice), "name", "voice"), http.StatusSeeOther)
	at, id := address+"/media", w.mustOne(t, "SELECT id FROM media", nil)
	mustStatus(t, b.Post(address+"/writers", form("person", w.other.ID, "do", "ask")), http.StatusSeeOther)
	w.SignIn(t, w.other).Post(at+"/"+id, nil)
	if w.media(t) != "1" {
		t.Error("somebody else deleted it")
	}
	mustStatus(t, b.Post(address+"/add/audio", form("after", "1", "do", "add", "src", w.path(t, "voice"), "label", "A voice", "transcript", "Come in.")), http.StatusSeeOther)
	mustStatus(t, b.Post(at+"/"+id, nil), http.StatusSeeOther)
	if w.media(t) != "1" {
		t.Error("it is deleted, and the text has it")
	}
	w.mustSave(t, b, firstModule)
	if page := b.Get(at).Page(t); page.Find(`form[action="`+at+"/"+id+`"]`).Length() != 1 {
		t.Error("there is no way to delete it")
	}
	mustStatus(t, b.Post(at+"/"+id, nil), http.StatusSeeOther)
	if w.media(t) != "0" {
		t.Error("it is not deleted")
	}
	w.mustLack(t, w.Dir, "sound of a voice")
	mustStatus(t, b.Post(at+"/"+id, nil), http.StatusNotFound)
	if n := w.mustOne(t, "SELECT COUNT(*) FROM revisions WHERE kind = 'media'", nil); n != "0" {
		t.Error("what was written down of it is still there")
	}
}

func TestTheWordsOfARecordingArePutRightAndReadAnewByThoseWhoSignOff(t *testing.T) {
	w := mustWriting(t)
	b := w.mustBegin(t)
	mustStatus(t, put(t, b, address, "x", []byte(voice), "name", "voice"), http.StatusSeeOther)
	mustStatus(t, b.Post(address+"/add/audio", form("after", "1", "do", "add", "src", w.path(t, "voice"), "label", "A voice", "transcript", "Come im.")), http.StatusSeeOther)
	w.mustSignOff(t, b)
	link, _ := b.Get(address + "/media").Page(t).Find(`a[href*="/transcript/"]`).Attr("href")
	page := mustStatus(t, b.Get(link), http.StatusOK).Page(t)
	if got := strings.TrimSpace(page.Find("#transcript").Text()); got != "Come im." {
		t.Fatalf("the words are %q", got)
	}
	mustStatus(t, b.Post(link, form("transcript", " \r\n")), http.StatusUnprocessableEntity)
	mustStatus(t, b.Post(link, form("transcript", "Come in.")), http.StatusSeeOther)
	if body := b.Get(address + "/preview/look-back").Body; !strings.Contains(body, "Come in.") || strings.Contains(body, "Come im.") {
		t.Error("the preview has the words as they were")
	}
	mustStatus(t, b.Post(address+"/publish", nil), http.StatusConflict)
	w.mustSave(t, b, firstModule)
	mustStatus(t, b.Get(link), http.StatusNotFound)
}

func TestWhatNoTextShowsGoesAfterAWhileAndWithWhoPutItIn(t *testing.T) {
	for name, end := range map[string]func(w *writing) error{
		"a while": func(w *writing) error {
			clocks := w.House.Authoring.Keeper().Clocks()
			clock := clocks[slices.IndexFunc(clocks, func(c people.Clock) bool { return c.Name == "course-media" })]
			if due, err := clock.Due(t.Context(), w.Clock.Now().Add(-day)); err != nil || due != 0 {
				t.Errorf("%d are due: %v", due, err)
			}
			_, err := clock.Retire(t.Context(), w.Clock.Now().Add(day), 100)
			return err
		},
		"an erasure": func(w *writing) error {
			return w.App.RunInTransaction(func(tx core.App) error {
				_, err := w.House.Authoring.Keeper().Erase(tx, w.writer.ID, 1000)
				return err
			})
		},
	} {
		w := mustWriting(t)
		b := w.mustBegin(t)
		for _, one := range []string{"alone", "typed", "live"} {
			mustStatus(t, put(t, b, address, "x", []byte(voice+one), "name", one), http.StatusSeeOther)
		}
		w.mustSave(t, b, firstModule+"\n::audio[A]{src=\""+w.path(t, "typed")+"\"}\n")
		w.mustSave(t, b, firstModule+"\n::audio[A]{src=\""+w.path(t, "live")+"\"}\n")
		w.mustSignOff(t, b)
		mustStatus(t, b.Post(address+"/publish", nil), http.StatusSeeOther)
		if err := end(w); err != nil {
			t.Fatal(err)
		}
		w.mustLack(t, w.Dir, "sound of a voicealone")
		if n := w.mustOne(t, "SELECT COUNT(*) FROM media", nil); n != "2" {
			t.Errorf("after %s: %s files", name, n)
		}
		if n := w.mustOne(t, "SELECT COUNT(*) FROM media WHERE by = {:who}", dbx.Params{"who": w.writer.ID}); name == "an erasure" && n != "0" {
			t.Errorf("after %s: %s are still theirs", name, n)
		}
	}
}

func TestWhoTellsAStoryHearsWhatIsHeardWithItAndIsAskedAgainWhenThatChanges(t *testing.T) {
	w := mustWriting(t)
	writer := w.mustBegin(t)
	for _, one := range []string{"bees", "rain"} {
		mustStatus(t, put(t, writer, address, "x", []byte(voice+one), "name", one), http.StatusSeeOther)
	}
	told := strings.Replace(story, ".\n\n:::reflection", ".\n\n::audio[A hum]{src=\""+w.path(t, "bees")+"\"}\n\n![A hive]("+w.path(t, "rain")+")\n\n:::reflection", 1)
	w.mustSave(t, writer, firstModule+told)
	mustStatus(t, writer.Post(address+"/credit", form("story", "bees", "say", "ask", "person-bees", w.other.ID)), http.StatusSeeOther)
	if _, err := w.App.DB().NewQuery("UPDATE contributions SET person = {:p}").Bind(dbx.Params{"p": w.learner.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	id, learner := w.mustOne(t, "SELECT id FROM contributions", nil), w.SignIn(t, w.learner)
	sound, _ := mustStatus(t, learner.Get("/me/credit/"+id), http.StatusOK).Page(t).Find("audio").Attr("src")
	mustStatus(t, learner.Get(sound), http.StatusOK)
	mustStatus(t, w.SignIn(t, w.MustPerson(t, "learner")).Get(sound), http.StatusNotFound)

	agreed := form("do", "agree", "named", "pen", "name", "Somebody", "where", "here")
	mustStatus(t, learner.Post("/me/credit/"+id, agreed), http.StatusSeeOther)
	needs := func() string { return writer.Get(address + "/credit").Page(t).Find("main").Text() }
	before := needs()
	for _, other := range []string{strings.Replace(told, w.path(t, "bees"), w.path(t, "rain"), 1), strings.Replace(told, "("+w.path(t, "rain"), "("+w.path(t, "bees"), 1)} {
		w.mustSave(t, writer, firstModule+other)
		if needs() == before {
			t.Error("another file is shown with it, and nobody is asked again")
		}
		w.mustSave(t, writer, firstModule+told)
		if needs() != before {
			t.Error("what they agreed to stands there, and they are asked again")
		}
	}
}
