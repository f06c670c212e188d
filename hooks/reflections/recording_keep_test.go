package reflections_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/hooks/hooktest"
)

func TestWhatIsSaidIsHeardAgainWholeByWhoSaidIt(t *testing.T) {
	b := newBooth(t)
	for name, kind := range map[string]string{"said.webm": "audio/webm", "said.m4a": "audio/mp4", "said.ogg": "audio/ogg"} {
		sound := sample(t, name)
		mustSay(t, b.hers, b.address(), sound, "seconds", "65")
		mustHear(t, b.hers, b.address(), sound)
		page := b.hers.Get(b.address())
		mustSee(t, page, http.StatusOK, "1:05")
		r := b.hers.Get(soundAddress.FindString(page.Body))
		for header, want := range map[string]string{
			"Content-Type": kind, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Content-Disposition": "inline",
			"Content-Security-Policy": "default-src 'none'; sandbox", "Accept-Ranges": "bytes", "Content-Encoding": "",
		} {
			if got := r.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got, want)
			}
		}
	}
	mustKeep(t, b.Site, 1)
	if how, state := b.how(t); how != "voice" || state != "kept" {
		t.Errorf("it is given by %q and %q", how, state)
	}
}

func TestASoundIsFetchedInParts(t *testing.T) {
	b := newBooth(t)
	sound := sample(t, "said.ogg")
	mustSay(t, b.hers, b.address(), sound)
	request := b.hers.Request(http.MethodGet, soundOn(t, b.hers, b.address()), nil)
	request.Header.Set("Range", "bytes=100-199")
	request.Header.Set("Accept-Encoding", "gzip")
	if r := b.hers.Do(request); r.Status != http.StatusPartialContent || r.Body != string(sound[100:200]) {
		t.Errorf("status %d and %d bytes", r.Status, len(r.Body))
	}
}

func TestNothingThatIsSaidStandsReadableInTheDataFolder(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), wav(bridge))
	files := shelved(t, b.Site)
	if len(files) != 1 {
		t.Fatal(files)
	}
	for path, mode := range map[string]os.FileMode{files[0]: 0o600, filepath.Dir(files[0]): 0o700, filepath.Dir(filepath.Dir(files[0])): 0o700} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != mode {
			t.Errorf("%s: %s", path, info.Mode())
		}
	}
	err := filepath.WalkDir(b.Dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if bytes.Contains(text, []byte(bridge)) || bytes.Contains(text, []byte("WAVEfmt")) {
			t.Errorf("it stands in %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsNoSoundOrMoreThanASoundIsRefusedAndTheFormerTakeStays(t *testing.T) {
	b := newBooth(t)
	first := sample(t, "said.webm")
	mustSay(t, b.hers, b.address(), first)
	whole := sample(t, "said.m4a")
	for name, one := range map[string]struct {
		sound []byte
		words string
	}{
		"a text":                     {[]byte("I was heard"), "cannot play this file"},
		"a page":                     {[]byte("<html><script>alert(1)</script>"), "cannot play this file"},
		"a picture":                  {[]byte("\x89PNG\r\n\x1a\n" + strings.Repeat("x", 100)), "cannot play this file"},
		"a film of a browser":        {sample(t, "seen.webm"), "has pictures in it"},
		"a film of a phone":          {sample(t, "seen.mp4"), "has pictures in it"},
		"a film in Ogg":              {append(oggPage("\x80theora"), oggPage("OpusHead")...), "has pictures in it"},
		"an Ogg of nothing":          {oggPage("nothing"), "has pictures in it"},
		"half of what a phone saved": {whole[:len(whole)/4], "cannot play this file"},
		"WebM and no more":           {first[:40], "cannot play this file"},
		"nothing":                    {[]byte{}, "Choose a sound file first"},
		"no file":                    {nil, "Choose a sound file first"},
	} {
		r := say(t, b.hers, b.address(), one.sound)
		if r.Status != http.StatusUnprocessableEntity || !strings.Contains(r.Body, one.words) {
			t.Errorf("%s: status %d, and %q is not on the page", name, r.Status, one.words)
		}
	}
	mustKeep(t, b.Site, 1)
	mustHear(t, b.hers, b.address(), first)
}

// oggPage begins a stream.
func oggPage(head string) []byte {
	page := append([]byte("OggS\x00\x02"), make([]byte, 20)...)
	return append(append(page, 1, byte(len(head))), head...)
}

func TestWhatPhonesMakeIsTaken(t *testing.T) {
	b := newBooth(t)
	adts := bytes.Repeat([]byte{0xFF, 0xF1, 0x50, 0x80, 0x01, 0x1F, 0xFC, 0}, 40)
	phone := sample(t, "said.m4a")
	copy(phone[8:12], "3gp5")
	for kind, sound := range map[string][]byte{
		"audio/mpeg": append([]byte("ID3\x04\x00\x00\x00\x00\x00\x00"), adts...),
		"audio/aac":  adts,
		"audio/amr":  append([]byte("#!AMR\n"), make([]byte, 320)...),
		"audio/wav":  wav(heron),
		"audio/3gpp": phone,
		"audio/ogg":  oggPage("OpusHead"),
	} {
		if r := say(t, b.hers, b.address(), sound); r.Status != http.StatusSeeOther {
			t.Errorf("%s: status %d", kind, r.Status)
			continue
		}
		if got := b.hers.Get(soundOn(t, b.hers, b.address())).Header.Get("Content-Type"); got != kind {
			t.Errorf("%s is sent as %s", kind, got)
		}
	}
}

// zeros is a file that goes on for long.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestWhatIsTooLargeIsSaidInWordsHoweverLargeItIs(t *testing.T) {
	b := newBooth(t)
	first := sample(t, "said.webm")
	mustSay(t, b.hers, b.address(), first)
	for _, megabytes := range []int64{7, 200} {
		body, kind := form(t, []byte("OggS"))
		at := bytes.Index(body, []byte("OggS"))
		long := io.MultiReader(bytes.NewReader(body[:at]), io.LimitReader(zeros{}, megabytes<<20), bytes.NewReader(body[at:]))
		mustSee(t, send(b.hers, b.address(), kind, long), http.StatusRequestEntityTooLarge, "larger than 6 MB")
	}
	mustKeep(t, b.Site, 1)
	mustHear(t, b.hers, b.address(), first)
}

func TestOtherFormsTakeNoMoreThanBefore(t *testing.T) {
	b := newBooth(t)
	body, kind := form(t, make([]byte, 2<<20))
	if r := send(b.hers, b.address()+"/delete", kind, bytes.NewReader(body)); r.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", r.Status)
	}
}

func TestWhatWasCutOffIsNotKept(t *testing.T) {
	b := newBooth(t)
	first := sample(t, "said.webm")
	mustSay(t, b.hers, b.address(), first)
	body, kind := form(t, sample(t, "said.ogg"))
	mustSee(t, send(b.hers, b.address(), kind, bytes.NewReader(body[:len(body)/2])), http.StatusBadRequest, "Only part of it arrived")

	request := b.hers.Request(http.MethodPost, b.address(), nil)
	request.Header.Set("Content-Type", kind)
	request.Body, request.ContentLength = io.NopCloser(io.MultiReader(bytes.NewReader(body[:len(body)/2]), brokenLine{})), int64(len(body))
	if _, err := http.DefaultTransport.RoundTrip(request); err == nil {
		t.Error("the line did not break")
	}
	mustKeep(t, b.Site, 1)
	mustHear(t, b.hers, b.address(), first)
}

type brokenLine struct{}

func (brokenLine) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestASecondTakeTakesThePlaceOfTheFirst(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	former := soundOn(t, b.hers, b.address())
	for range 2 { // the same twice is one
		mustSay(t, b.hers, b.address(), sample(t, "said.ogg"))
		mustKeep(t, b.Site, 1)
		mustHear(t, b.hers, b.address(), sample(t, "said.ogg"))
	}
	if r := b.hers.Get(former); r.Status != http.StatusNotFound {
		t.Errorf("the former is still there: status %d", r.Status)
	}
}

func TestWhatIsDeletedIsGoneFromTheFolderToo(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	sound := soundOn(t, b.hers, b.address())
	for range 2 {
		if r := b.hers.Post(b.address()+"/delete", nil); r.Status != http.StatusSeeOther {
			t.Fatalf("status %d\n%s", r.Status, r.Body)
		}
	}
	mustKeep(t, b.Site, 0)
	if r := b.hers.Get(sound); r.Status != http.StatusNotFound {
		t.Errorf("status %d", r.Status)
	}
	if how, _ := b.how(t); how != "" {
		t.Errorf("it is still given by %q", how)
	}
	if words := b.read(t, b.dina).Words.Typed[0]; words != heron {
		t.Errorf("what was written is %q now", words)
	}
}

func TestNobodyElseSpeaksOrHearsThere(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	sound := soundOn(t, b.hers, b.address())
	for name, browser := range map[string]*hooktest.Browser{
		"another learner": b.SignIn(t, learner(t, b.room)), "a site manager": b.SignIn(t, b.MustSiteManager(t)), "a facilitator": b.SignIn(t, b.MustPerson(t, "facilitator")),
	} {
		for what, r := range map[string]hooktest.Response{
			"page": browser.Get(b.address()), "keep": say(t, browser, b.address(), sample(t, "said.ogg")),
			"delete": browser.Post(b.address()+"/delete", nil), "hear": browser.Get(sound),
			"no such page": browser.Get("/reflections/zzzzzzzzzzzzzzz/voice"), "no such sound": browser.Get("/recordings/zzzzzzzzzzzzzzz"),
		} {
			if r.Status != http.StatusNotFound {
				t.Errorf("%s, %s: status %d", name, what, r.Status)
			}
		}
	}
	mustKeep(t, b.Site, 1)
	mustHear(t, b.hers, b.address(), sample(t, "said.webm"))
}

func TestWhoWasSignedOutMeanwhileKeepsNothingAndIsAskedToSignIn(t *testing.T) {
	b := newBooth(t)
	guest := b.Guest(t)
	r := say(t, guest, b.address(), sample(t, "said.webm"))
	if r.Status != http.StatusSeeOther || !strings.HasPrefix(r.Location, "/sign-in") {
		t.Errorf("status %d to %q", r.Status, r.Location)
	}
	body, kind := form(t, sample(t, "said.webm"))
	request := guest.Request(http.MethodPost, b.address(), nil)
	request.Header.Set("Content-Type", kind)
	request.Header.Set("HX-Request", "true")
	request.Body = io.NopCloser(bytes.NewReader(body))
	if to := guest.Do(request).Header.Get("HX-Redirect"); !strings.HasPrefix(to, "/sign-in") { // record.js knows it by this, and lets go of nothing
		t.Errorf("the page that recorded is sent to %q", to)
	}
	mustKeep(t, b.Site, 0)
}

func TestWhatSomebodyElsesPageSendsIsNotKept(t *testing.T) {
	b := newBooth(t)
	other := b.SignIn(t, learner(t, b.room))
	mark := other.Get("/me").Page(t).Find("input[name=whose]").AttrOr("value", "")
	if mark == "" {
		mark = other.Get("/me/data/erase").Page(t).Find("input[name=whose]").AttrOr("value", "")
	}
	r := say(t, b.hers, b.address(), sample(t, "said.webm"), "whose", mark)
	if mark == "" || r.Status != http.StatusSeeOther {
		t.Errorf("mark %q, status %d", mark, r.Status)
	}
	mustKeep(t, b.Site, 0)
}

func TestOnlyWhereSomebodySpeaksMayAPageUseTheMicrophone(t *testing.T) {
	b := newBooth(t)
	speaks, other := b.hers.Get(b.address()).Header, b.hers.Get("/").Header
	if got := speaks.Get("Permissions-Policy"); !strings.Contains(got, "microphone=(self)") || !strings.Contains(got, "camera=()") {
		t.Errorf("where somebody speaks: %s", got)
	}
	if got := other.Get("Permissions-Policy"); !strings.Contains(got, "microphone=()") {
		t.Errorf("elsewhere: %s", got)
	}
	if !strings.Contains(speaks.Get("Content-Security-Policy"), "media-src 'self' blob:") || strings.Contains(other.Get("Content-Security-Policy"), "blob:") {
		t.Errorf("%s\n%s", speaks.Get("Content-Security-Policy"), other.Get("Content-Security-Policy"))
	}
}

func TestThePageLeadsOnToWhereItWasOpenedFromAndNowhereElse(t *testing.T) {
	b := newBooth(t)
	page := b.hers.Get(b.address() + "?back=/courses/small/first").Page(t)
	if got := page.Find("a.back").AttrOr("href", ""); got != "/courses/small/first" {
		t.Errorf("back leads to %q", got)
	}
	action := page.Find("form.recorder").AttrOr("action", "")
	r := say(t, b.hers, action, sample(t, "said.webm"))
	if r.Location != action {
		t.Errorf("kept, and sent to %q instead of %q", r.Location, action)
	}
	if got := b.hers.Get(b.address()+"?back=https://elsewhere.example").Page(t).Find("a.back").AttrOr("href", ""); got != "/reflections/"+b.id {
		t.Errorf("back leads to %q", got)
	}
}
