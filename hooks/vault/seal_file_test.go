package vault

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
)

var (
	spoken    = Place{Collection: "recordings", Row: "row000000000003", Visibility: "only me"}
	inSpoken  = []byte("OggS\x00\xff and somebody speaking of a morning when nobody listened")
	elsewhere = []struct {
		name  string
		owner string
		place Place
	}{
		{"another owner", bob, spoken},
		{"an unknown owner", "nobody", spoken},
		{"another row", alice, Place{spoken.Collection, "row000000000004", spoken.Visibility}},
		{"another visibility", alice, Place{spoken.Collection, spoken.Row, "shared with " + bob}},
		{"another collection", alice, Place{"replies", spoken.Row, spoken.Visibility}},
	}
)

func mustSealFile(t testing.TB, v *Vault, owner string, place Place, content []byte) []byte {
	t.Helper()
	sealed, err := v.SealFile(v.app, owner, place, content)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func mustOpenFile(t testing.TB, v *Vault, owner string, place Place, sealed, want []byte) {
	t.Helper()
	content, err := v.OpenFile(v.app, owner, place, sealed)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(content, want) {
		t.Fatalf("opened %q, want %q", content, want)
	}
}

func TestASealedFileThatWasChangedDoesNotOpen(t *testing.T) {
	v := newHouse(t).open(t)
	sealed := mustSealFile(t, v, alice, spoken, inSpoken)
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := v.OpenFile(v.app, alice, spoken, changed); !errors.Is(err, ErrTampered) {
			t.Fatalf("with byte %d changed: %v", i, err)
		}
	}
	for cut := range sealed {
		if _, err := v.OpenFile(v.app, alice, spoken, sealed[:cut]); !errors.Is(err, ErrTampered) {
			t.Fatalf("cut at byte %d: %v", cut, err)
		}
	}
	if _, err := v.OpenFile(v.app, alice, spoken, append(bytes.Clone(sealed), 0)); !errors.Is(err, ErrTampered) {
		t.Errorf("with a byte more: %v", err)
	}
}

func TestASealedFileOpensNowhereButInItsPlace(t *testing.T) {
	v := newHouse(t).open(t)
	sealed := mustSealFile(t, v, alice, spoken, inSpoken)
	mustSeal(t, v, bob, evening, "something else")
	for _, at := range elsewhere {
		if _, err := v.OpenFile(v.app, at.owner, at.place, sealed); !errors.Is(err, ErrTampered) {
			t.Errorf("%s: %v", at.name, err)
		}
	}
	mustOpenFile(t, v, alice, spoken, sealed, inSpoken)
}

func TestAFileIsNoTextAndATextIsNoFile(t *testing.T) {
	v := newHouse(t).open(t)
	text := mustSeal(t, v, alice, spoken, inMorning)
	file := mustSealFile(t, v, alice, spoken, []byte(inMorning))
	_, closedText, err := split(text)
	if err != nil {
		t.Fatal(err)
	}
	head := file[:len(fileVersion)+maxKeyID+1]
	if _, err := v.OpenFile(v.app, alice, spoken, append(bytes.Clone(head), closedText...)); !errors.Is(err, ErrTampered) {
		t.Errorf("a text with the beginning of a file: %v", err)
	}
	if _, err := v.OpenFile(v.app, alice, spoken, []byte(text)); !errors.Is(err, ErrTampered) {
		t.Errorf("a text: %v", err)
	}
	if _, err := v.Open(v.app, alice, spoken, string(file)); !errors.Is(err, ErrTampered) {
		t.Errorf("a file: %v", err)
	}
}

func TestASealedFileSaysNothingAndOpensAfterARestartAndARotation(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	long := bytes.Repeat(inSpoken, 50_000)
	empty, whole := mustSealFile(t, v, alice, spoken, nil), mustSealFile(t, v, alice, spoken, long)
	if bytes.Contains(whole, []byte("morning")) || bytes.Contains(whole, []byte(alice)) {
		t.Error("it can be read as it stands")
	}
	if grown := len(whole) - len(long); grown > 68 {
		t.Errorf("it is %d bytes longer", grown)
	}
	if _, err := h.open(t).Rotate(true); err != nil {
		t.Fatal(err)
	}
	for _, v := range []*Vault{v, h.open(t)} {
		mustOpenFile(t, v, alice, spoken, empty, nil)
		mustOpenFile(t, v, alice, spoken, whole, long)
	}
}

func TestWithoutTheMasterKeyNoFileIsSealedOrOpened(t *testing.T) {
	h := newHouse(t)
	sealed := mustSealFile(t, h.open(t), alice, spoken, inSpoken)
	if err := os.Rename(h.keys, h.keys+".away"); err != nil {
		t.Fatal(err)
	}
	v := h.open(t)
	if _, err := v.SealFile(v.app, alice, spoken, inSpoken); !errors.Is(err, ErrNoKey) {
		t.Errorf("sealing: %v", err)
	}
	if _, err := v.OpenFile(v.app, alice, spoken, sealed); !errors.Is(err, ErrNoKey) {
		t.Errorf("opening: %v", err)
	}
	if err := os.Rename(h.keys+".away", h.keys); err != nil {
		t.Fatal(err)
	}
	mustOpenFile(t, v, alice, spoken, sealed, inSpoken)
}

func TestAForgottenOwnersFileNeverOpensAgain(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	sealed := mustSealFile(t, v, alice, spoken, inSpoken)
	if err := v.Forget(v.app, alice); err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]*Vault{"the one that ran on": v, "a new one": h.open(t)} {
		if _, err := v.OpenFile(v.app, alice, spoken, sealed); !errors.Is(err, ErrTampered) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzOpenFileTakesAnythingAndOpensNothingForeign(f *testing.F) {
	v := newHouse(f).open(f)
	sealed := mustSealFile(f, v, alice, spoken, inSpoken)
	for _, seed := range []string{"", fileVersion, string(sealed), string(sealed[:50]), fileVersion + strings.Repeat("x", 40) + "\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		opened, err := v.OpenFile(v.app, alice, spoken, file)
		if (err == nil) != bytes.Equal(file, sealed) {
			t.Fatalf("opened %q as %q: %v", file, opened, err)
		}
	})
}
