package vault

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func TestASealedTextThatWasChangedDoesNotOpen(t *testing.T) {
	v := newHouse(t).open(t)
	sealed := mustSeal(t, v, alice, morning, inMorning)
	for i := range sealed {
		changed := sealed[:i] + string(other(sealed[i])) + sealed[i+1:]
		if _, err := v.Open(v.app, alice, morning, changed); !errors.Is(err, ErrTampered) {
			t.Fatalf("with byte %d changed: %v", i, err)
		}
	}
	for _, cut := range []string{"", "v1", "v1.", "v1..", sealed[:len(sealed)-1], sealed + "A", sealed + "=", sealed + "\n", "v2" + sealed[2:]} {
		if _, err := v.Open(v.app, alice, morning, cut); !errors.Is(err, ErrTampered) {
			t.Errorf("%q: %v", cut, err)
		}
	}
}

func other(c byte) byte {
	if c == 'A' {
		return 'B'
	}
	return 'A'
}

func TestASealedTextOpensNowhereButInItsPlace(t *testing.T) {
	v := newHouse(t).open(t)
	sealed := mustSeal(t, v, alice, morning, inMorning)
	mustSeal(t, v, bob, evening, "something else")
	for name, at := range map[string]struct {
		owner string
		place Place
	}{
		"another owner":      {bob, morning},
		"an unknown owner":   {"nobody", morning},
		"another row":        {alice, evening},
		"another visibility": {alice, Place{morning.Collection, morning.Row, "shared"}},
		"another collection": {alice, Place{"replies", morning.Row, morning.Visibility}},
		"parts run together": {alice, Place{morning.Collection + "r", morning.Row[1:], morning.Visibility}},
		"parts split":        {alice, Place{morning.Collection, morning.Row + "only", " me"}},
	} {
		if _, err := v.Open(v.app, at.owner, at.place, sealed); !errors.Is(err, ErrTampered) {
			t.Errorf("%s: %v", name, err)
		}
	}
	mustOpen(t, v, alice, morning, sealed, inMorning)
}

func TestTextsThatWereSwappedBetweenRowsDoNotOpen(t *testing.T) {
	v := newHouse(t).open(t)
	first := mustSeal(t, v, alice, morning, "first")
	second := mustSeal(t, v, alice, evening, "second")
	ofBob := mustSeal(t, v, bob, morning, "of bob")
	for _, swapped := range []struct {
		place  Place
		sealed string
	}{{morning, second}, {evening, first}, {morning, ofBob}} {
		if _, err := v.Open(v.app, alice, swapped.place, swapped.sealed); !errors.Is(err, ErrTampered) {
			t.Errorf("%s in %s: %v", swapped.sealed, swapped.place.Row, err)
		}
	}
}

func TestAKeyThatWasMovedToAnotherOwnerDoesNotUnwrap(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	sealed := mustSeal(t, v, alice, morning, inMorning)
	ofBob := mustSeal(t, v, bob, morning, "of bob")
	execSQL(t, v.app, "UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE owner = {:bob}) WHERE owner = {:alice}", dbx.Params{"alice": alice, "bob": bob})
	execSQL(t, v.app, "DELETE FROM keys WHERE owner = {:bob}", dbx.Params{"bob": bob})
	execSQL(t, v.app, "UPDATE keys SET owner = {:bob} WHERE owner = {:alice}", dbx.Params{"alice": alice, "bob": bob})

	again := h.open(t)
	if _, err := again.Open(again.app, bob, morning, ofBob); !errors.Is(err, ErrTampered) {
		t.Errorf("bob's text: %v", err)
	}
	if _, err := again.Open(again.app, alice, morning, sealed); !errors.Is(err, ErrTampered) {
		t.Errorf("alice's text: %v", err)
	}
	if _, err := again.Seal(again.app, bob, morning, nil); !errors.Is(err, ErrTampered) {
		t.Errorf("sealing under a moved key: %v", err)
	}
}

func TestWhatIsSealedOpensAfterARestart(t *testing.T) {
	h := newHouse(t)
	long := strings.Repeat("а long evening \x00\xff ", 20000)
	v := h.open(t)
	empty, whole := mustSeal(t, v, alice, morning, ""), mustSeal(t, v, alice, evening, long)
	again := h.open(t)
	mustOpen(t, again, alice, morning, empty, "")
	mustOpen(t, again, alice, evening, whole, long)
	mustOpen(t, again, alice, evening, whole, long) // from memory
}

func TestNoPlainTextIsInTheDataFolder(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	notes := core.NewBaseCollection("test_notes")
	notes.Fields.Add(&core.TextField{Name: "sealed", Max: 600000})
	if err := v.app.Save(notes); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		note := core.NewRecord(notes)
		note.Id = core.GenerateDefaultRandomId()
		place := Place{"test_notes", note.Id, "only me"}
		note.Set("sealed", mustSeal(t, v, alice, place, strings.Repeat(inMorning+" ", i+1)))
		if err := v.app.Save(note); err != nil {
			t.Fatal(err)
		}
	}
	secret := (*v.masters.Load())[0].secret
	for _, plain := range []string{"somebody did", "listened", string(secret), base64.StdEncoding.EncodeToString(secret)} {
		if file := fileWith(t, h.data, plain); file != "" {
			t.Errorf("%q is in %s", plain, file)
		}
	}
	if fileWith(t, h.data, "test_notes") == "" {
		t.Error("the search finds nothing at all")
	}
}

// fileWith finds a text in any file of a folder, the write-ahead log included.
func fileWith(t *testing.T, folder, text string) (found string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.Contains(mustRead(t, path), text) {
			found = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestANonceNeverRepeats(t *testing.T) {
	v := newHouse(t).open(t)
	key, err := v.keyToSeal(v.app, alice)
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[[12]byte]bool)
	for range 100_000 {
		nonce := [12]byte(key.cipher.Seal(nil, nil, nil, nil)[:12])
		if seen[nonce] {
			t.Fatal("a nonce came twice")
		}
		seen[nonce] = true
	}
}

func FuzzOpenTakesAnythingAndOpensNothingForeign(f *testing.F) {
	v := newHouse(f).open(f)
	sealed := mustSeal(f, v, alice, morning, inMorning)
	for _, seed := range []string{"", "v1..", sealed, sealed[:30], "v1." + strings.Repeat("x", 15) + ".AAAA", "v1.' OR 1=1 --.AAAA"} {
		f.Add(seed, alice, morning.Row)
	}
	f.Fuzz(func(t *testing.T, text, owner, row string) {
		place := Place{morning.Collection, row, morning.Visibility}
		opened, err := v.Open(v.app, owner, place, text)
		own := text == sealed && owner == alice && row == morning.Row
		if (err == nil) != own {
			t.Fatalf("opened %q as %q: %v", text, opened, err)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	v := newHouse(b).open(b)
	text := []byte(strings.Repeat("a thousand bytes ", 60))
	for b.Loop() {
		if _, err := v.Seal(v.app, alice, morning, text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	v := newHouse(b).open(b)
	sealed := mustSeal(b, v, alice, morning, strings.Repeat("a thousand bytes ", 60))
	for b.Loop() {
		if _, err := v.Open(v.app, alice, morning, sealed); err != nil {
			b.Fatal(err)
		}
	}
}
