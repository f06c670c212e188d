package content_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
	"alongside/hooks/web"
)

// photograph is a JPEG that tells where it was taken.
func photograph(t *testing.T) string {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 60, 40))
	for x := range 60 {
		picture.Set(x, 20, color.White)
	}
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, picture, nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00 51.5074 N, 0.1278 W, camera of maple-48"
	segment := append([]byte{0xff, 0xe1, 0, byte(len(exif) + 2)}, exif...)
	return string(plain.Bytes()[:2]) + string(segment) + string(plain.Bytes()[2:])
}

func withMedia(t *testing.T) map[string]string {
	return map[string]string{
		"01-a.md": "# A\n\n![A boat](media/boat.jpg)\n\n![A sign](media/sign.svg)\n\n::audio[A voice]{src=\"media/voice.wav\" transcript=\"media/voice.md\"}\n\n" +
			"[A sheet](media/sheet.md) and [a program](media/run.exe).\n",
		"media/boat.jpg": photograph(t), "media/run.exe": "MZ\x90\x00 a program",
		"media/sign.svg":  `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`,
		"media/voice.wav": "RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x44\xac\x00\x00\x88\x58\x01\x00\x02\x00\x10\x00data" + strings.Repeat("\x00\x01", 500),
		"media/voice.md":  "She says: *come in*, and puts the kettle on.\n",
		"media/sheet.md":  "# A sheet to print\n\nThree lines.\n",
	}
}

func mediaHouse(t *testing.T) (*hooktest.Site, *hooktest.Browser) {
	s := hooktest.Start(t)
	s.Publish(t, "media", withMedia(t))
	return s, s.SignIn(t, s.MustPerson(t, web.Learner))
}

// addresses are the media addresses of a step's page, by the end of their name.
func addresses(t *testing.T, b *hooktest.Browser) map[string]string {
	t.Helper()
	found := map[string]string{}
	r := b.Get("/courses/media/a/start")
	for _, part := range strings.FieldsFunc(r.Body, func(r rune) bool { return r == '"' }) {
		if name, ok := strings.CutPrefix(part, "/media/"); ok {
			found[name[strings.LastIndex(name, ".")+1:]] = part
		}
	}
	return found
}

func TestAPictureIsServedWithoutWhatWasHiddenInIt(t *testing.T) {
	_, b := mediaHouse(t)
	r := b.Get(addresses(t, b)["jpg"])
	if r.Status != 200 || r.Header.Get("Content-Type") != "image/jpeg" || strings.Contains(r.Body, "Exif") || strings.Contains(r.Body, "maple-48") {
		t.Errorf("status %d, %s", r.Status, r.Header.Get("Content-Type"))
	}
	if _, err := jpeg.Decode(strings.NewReader(r.Body)); err != nil {
		t.Error(err)
	}
}

func TestAnSVGIsServedSoThatItRunsNothing(t *testing.T) {
	_, b := mediaHouse(t)
	r := b.Get(addresses(t, b)["svg"])
	policy := r.Header.Get("Content-Security-Policy")
	if r.Status != 200 || r.Header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(policy, "sandbox") ||
		!strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "script-src") || r.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("status %d, %v", r.Status, r.Header)
	}
}

func TestARecordingIsServedInPieces(t *testing.T) {
	_, b := mediaHouse(t)
	request := b.Request("GET", addresses(t, b)["wav"], nil)
	request.Header.Set("Range", "bytes=44-53")
	r := b.Do(request)
	if r.Status != 206 || r.Body != withMedia(t)["media/voice.wav"][44:54] || !strings.HasPrefix(r.Header.Get("Content-Type"), "audio/") {
		t.Errorf("status %d, %s, %d bytes", r.Status, r.Header.Get("Content-Type"), len(r.Body))
	}
}

func TestATypeThatIsNoPictureOrSoundIsNotServed(t *testing.T) {
	s, b := mediaHouse(t)
	if address := addresses(t, b)["exe"]; address != "" {
		t.Errorf("it is linked as %s", address)
	}
	for _, sum := range column(t, s, "SELECT sha256 FROM media WHERE path = 'media/run.exe'") {
		for _, hash := range []string{sum, sum[:32], ""} {
			if r := b.Get("/media/" + hash + "/run.exe"); r.Status == 200 {
				t.Errorf("it is served as %q", hash)
			}
		}
	}
}

func TestWhatARecordingSaysStandsBesideItAndATextHasItsOwnPage(t *testing.T) {
	_, b := mediaHouse(t)
	step := b.Get("/courses/media/a/start")
	if !strings.Contains(step.Body, "<em>come in</em>") {
		t.Error("the transcript is not in the step")
	}
	address := addresses(t, b)["md"]
	if !strings.HasSuffix(address, "/sheet.md") {
		t.Fatalf("the text is at %q", address)
	}
	r := b.Get(address)
	if page := r.Page(t); r.Status != 200 || page.Find("h1").Text() != "A sheet to print" || !strings.Contains(r.Body, "Three lines.") {
		t.Errorf("status %d\n%s", r.Status, r.Body)
	}
}

func TestGuestsGetTheMediaOfPublicCoursesOnly(t *testing.T) {
	s, b := mediaHouse(t)
	all := addresses(t, b)
	guest := s.Guest(t)
	for _, address := range all {
		if r := guest.Get(address); r.Status != 404 {
			t.Errorf("%s: status %d", address, r.Status)
		}
	}
	if _, err := s.App.NonconcurrentDB().NewQuery("UPDATE courses SET public = TRUE").Execute(); err != nil {
		t.Fatal(err)
	}
	for _, address := range all {
		if r := guest.Get(address); r.Status != 200 {
			t.Errorf("public, %s: status %d", address, r.Status)
		}
	}
}

func TestAChangedTranscriptAndPictureShowFromTheNextPageOn(t *testing.T) {
	s, b := mediaHouse(t)
	before := addresses(t, b)
	files := withMedia(t)
	files["media/voice.md"] = "She says: *sit down*.\n"
	files["media/sign.svg"] = `<svg xmlns="http://www.w3.org/2000/svg"/>`
	s.Publish(t, "media", files)
	if r := b.Get("/courses/media/a/start"); !strings.Contains(r.Body, "<em>sit down</em>") {
		t.Error("the old transcript is in the step")
	}
	after := addresses(t, b)
	if after["svg"] == before["svg"] || after["jpg"] != before["jpg"] {
		t.Errorf("before %v, after %v", before, after)
	}
	if r := b.Get(before["svg"]); r.Status != 200 {
		t.Errorf("the old picture: status %d", r.Status)
	}
}
