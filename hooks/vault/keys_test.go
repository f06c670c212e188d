package vault

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

func TestAKeyFileInsideTheDataFolderIsRefused(t *testing.T) {
	h := newHouse(t)
	app := h.app(t)
	link := filepath.Join(filepath.Dir(h.data), "link")
	if err := os.Symlink(h.data, link); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{
		filepath.Join(h.data, "keys"), filepath.Join(h.data, "backups", "not-there", "keys"),
		filepath.Join(link, "keys"), filepath.Join(h.data, "..", "data", "keys"),
	} {
		if _, err := New(app, file); !errors.Is(err, ErrInside) {
			t.Errorf("%s: %v", file, err)
		}
		if _, err := os.Stat(file); err == nil {
			t.Errorf("%s was made", file)
		}
	}
	t.Setenv(KeysVariable, filepath.Join(h.data, "keys"))
	if _, err := New(app, ""); !errors.Is(err, ErrInside) {
		t.Errorf("from the environment: %v", err)
	}
}

func TestTheKeyFileIsWhereItWasAskedFor(t *testing.T) {
	dir := t.TempDir()
	at := func(asked string) string {
		file, err := locate(asked, filepath.Join(dir, "data"))
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	t.Setenv(KeysVariable, "")
	if got, want := at(""), filepath.Join(dir, "data.keys"); got != want {
		t.Errorf("by default %s, want %s", got, want)
	}
	t.Setenv(KeysVariable, filepath.Join(dir, "env"))
	if got, want := at(""), filepath.Join(dir, "env"); got != want {
		t.Errorf("by the environment %s, want %s", got, want)
	}
	if got, want := at(filepath.Join(dir, "flag")), filepath.Join(dir, "flag"); got != want {
		t.Errorf("by the flag %s, want %s", got, want)
	}
}

func TestNoSecondFirstKeyIsMadeForDataThatKnowsOne(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	sealed, before := mustSeal(t, v, alice, morning, inMorning), rows(t, v.app)
	saved := mustRead(t, h.keys)
	os.Remove(h.keys)

	without := h.open(t)
	if state := without.State(); state.Standing != NoFile || state.File != h.keys {
		t.Errorf("state: %+v", state)
	}
	mustBeClosed(t, without, sealed)
	if _, err := os.Stat(h.keys); !errors.Is(err, os.ErrNotExist) {
		t.Error("a key file was made")
	}
	if !reflect.DeepEqual(rows(t, v.app), before) {
		t.Error("keys changed")
	}

	mustWrite(t, h.keys, saved)
	if state := without.State(); state.Standing != Ready {
		t.Errorf("state once the file is back: %+v", state)
	}
	mustOpen(t, without, alice, morning, sealed, inMorning)
	mustSeal(t, without, bob, morning, "again")
}

func TestAWrongKeyOpensNothingAndOverwritesNothing(t *testing.T) {
	h, another := newHouse(t), newHouse(t)
	v := h.open(t)
	sealed, before := mustSeal(t, v, alice, morning, inMorning), rows(t, v.app)
	another.open(t)
	wrong := mustRead(t, another.keys)
	mustWrite(t, h.keys, wrong)

	again := h.open(t)
	if state := again.State(); state.Standing != WrongKey {
		t.Errorf("state: %+v", state)
	}
	mustBeClosed(t, again, sealed)
	if _, err := again.Rotate(true); !errors.Is(err, ErrNoKey) {
		t.Errorf("rotate: %v", err)
	}
	if mustRead(t, h.keys) != wrong || !reflect.DeepEqual(rows(t, v.app), before) {
		t.Error("something was overwritten")
	}
}

func TestADamagedKeyFileIsSaidAndLeftAlone(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	sealed, good := mustSeal(t, v, alice, morning, inMorning), mustRead(t, h.keys)
	for name, text := range map[string]string{
		"empty":     "",
		"words":     "my keys are gone",
		"cut":       strings.TrimSpace(good)[:len(good)-8],
		"mistyped":  strings.Replace(good, lastLine(good), swapTwo(lastLine(good)), 1),
		"very long": good + strings.Repeat("#", maxKeyFile),
	} {
		mustWrite(t, h.keys, text)
		again := h.open(t)
		if state := again.State(); state.Standing != Damaged || state.Err == nil {
			t.Errorf("%s: %+v", name, state)
		}
		mustBeClosed(t, again, sealed)
		if mustRead(t, h.keys) != text {
			t.Errorf("%s: overwritten", name)
		}
	}
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

func swapTwo(line string) string {
	for i := len(line) - 8; ; i-- {
		if line[i] != line[i+1] {
			return line[:i] + string(line[i+1]) + string(line[i]) + line[i+2:]
		}
	}
}

func mustBeClosed(t *testing.T, v *Vault, sealed string) {
	t.Helper()
	if _, err := v.Open(v.app, alice, morning, sealed); !errors.Is(err, ErrNoKey) {
		t.Errorf("open: %v", err)
	}
	for _, owner := range []string{alice, "somebody new"} {
		if _, err := v.Seal(v.app, owner, morning, nil); !errors.Is(err, ErrNoKey) {
			t.Errorf("seal for %s: %v", owner, err)
		}
	}
	if v.Sign("share", "x") != "" || v.Verify("", "share", "x") {
		t.Error("something was signed")
	}
}

func TestTheKeyFileIsForItsOwnerOnlyAndElseItIsSaid(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	info, err := os.Stat(h.keys)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	if v.State().Open {
		t.Error("said to be open, and is not")
	}
	if err := os.Chmod(h.keys, 0o644); err != nil {
		t.Fatal(err)
	}
	if state := v.State(); !state.Open || state.Standing != Ready {
		t.Errorf("after chmod: %+v", state)
	}
}

func TestAKeyFileOfSomebodyQuickerIsTaken(t *testing.T) {
	h := newHouse(t)
	first, err := makeFirst(h.keys)
	if err != nil {
		t.Fatal(err)
	}
	second, err := makeFirst(h.keys)
	if err != nil {
		t.Fatal(err)
	}
	if first[0].id != second[0].id {
		t.Error("the second overwrote the first")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(h.keys), ".data.keys.*")); len(left) > 0 {
		t.Errorf("drafts left: %v", left)
	}
}

func TestAKeyMadeInATransactionThatFailsIsForgotten(t *testing.T) {
	v := newHouse(t).open(t)
	failed := errors.New("not today")
	var lost string
	err := v.app.RunInTransaction(func(tx core.App) (err error) {
		if lost, err = v.Seal(tx, alice, morning, []byte(inMorning)); err != nil {
			return err
		}
		if _, err := v.Open(tx, alice, morning, lost); err != nil {
			t.Errorf("within the transaction: %v", err)
		}
		return failed
	})
	if !errors.Is(err, failed) {
		t.Fatal(err)
	}
	if _, err := v.Open(v.app, alice, morning, lost); !errors.Is(err, ErrTampered) {
		t.Errorf("what was rolled back opens, and would not after a restart: %v", err)
	}
	kept := mustSeal(t, v, alice, morning, inMorning)
	mustOpen(t, v, alice, morning, kept, inMorning)
}

func TestAKeyMadeInATransactionStaysWithIt(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	var sealed string
	err := v.app.RunInTransaction(func(tx core.App) (err error) {
		sealed, err = v.Seal(tx, alice, morning, []byte(inMorning))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	mustOpen(t, v, alice, morning, sealed, inMorning)
	mustOpen(t, h.open(t), alice, morning, sealed, inMorning)
}

func TestAnErasedKeyIsNotSealedUnderAgain(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	mustSeal(t, v, alice, morning, "erased")
	beside := h.app(t)
	execSQL(t, beside, "DELETE FROM keys WHERE owner <> 'signatures'", nil)
	sealed := mustSeal(t, v, alice, morning, inMorning)
	mustOpen(t, h.open(t), alice, morning, sealed, inMorning)
}

func TestFirstTextsAtOnceShareOneKey(t *testing.T) {
	h := newHouse(t)
	vaults := []*Vault{h.open(t), h.open(t)}
	sealed := make([]string, 16)
	var all sync.WaitGroup
	for i := range sealed {
		all.Go(func() { sealed[i] = mustSeal(t, vaults[i%2], alice, morning, inMorning) })
	}
	all.Wait()
	for i := range sealed {
		mustOpen(t, vaults[(i+1)%2], alice, morning, sealed[i], inMorning)
	}
	if n := len(rows(t, vaults[0].app)); n != 2 { // alice's, and the one that signs
		t.Errorf("%d keys", n)
	}
}

func TestTheCacheForgetsTheKeysUsedLongestAgo(t *testing.T) {
	c := newKeyCache(2)
	for _, id := range []string{"a", "b"} {
		c.put(&dataKey{id: id})
	}
	c.get("a")
	c.put(&dataKey{id: "c"})
	for id, want := range map[string]bool{"a": true, "b": false, "c": true} {
		if _, ok := c.get(id); ok != want {
			t.Errorf("%s kept: %v", id, ok)
		}
	}
	if len(c.byID) != 2 || c.recent.Len() != 2 {
		t.Errorf("%d and %d entries", len(c.byID), c.recent.Len())
	}
}

func TestASignatureHoldsForTheSameAndNothingElse(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	signature := v.Sign("share", "reflection", "person", "2026-05-03")
	for name, ok := range map[string]bool{
		"another purpose": v.Verify(signature, "audit", "reflection", "person", "2026-05-03"),
		"another part":    v.Verify(signature, "share", "reflection", "person", "2026-05-04"),
		"run together":    v.Verify(signature, "share", "reflectionperson", "2026-05-03"),
		"one part less":   v.Verify(signature, "share", "reflection", "person"),
		"one part more":   v.Verify(signature, "share", "reflection", "person", "2026-05-03", ""),
		"none":            v.Verify("", "share", "reflection", "person", "2026-05-03"),
	} {
		if ok {
			t.Errorf("%s verifies", name)
		}
	}
	if !h.open(t).Verify(signature, "share", "reflection", "person", "2026-05-03") {
		t.Error("it does not verify after a restart")
	}
}

func FuzzAKeyFileIsReadWholeOrRefused(f *testing.F) {
	m, err := newMaster()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(formatMasters([]master{m, m})))
	f.Add("# nothing")
	f.Fuzz(func(t *testing.T, text string) {
		masters, err := parseMasters([]byte(text))
		if err != nil {
			return
		}
		again, err := parseMasters(formatMasters(masters))
		if err != nil || len(again) != len(masters) || again[0].id != masters[0].id {
			t.Fatalf("%d keys became %d: %v", len(masters), len(again), err)
		}
	})
}
