package vault

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func TestAfterARotationOldAndNewTextsOpen(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	old, signature := mustSeal(t, v, alice, morning, inMorning), v.Sign("share", "x")
	before := (*v.masters.Load())[0].id
	done, err := h.open(t).Rotate(false)
	if err != nil {
		t.Fatal(err)
	}
	if done.Rewrapped != 2 || done.Left != 0 || done.Former != 1 || done.Master == before {
		t.Errorf("%+v", done)
	}
	for name, v := range map[string]*Vault{"the one that ran on": v, "a new one": h.open(t)} {
		mustOpen(t, v, alice, morning, old, inMorning)
		mustOpen(t, v, alice, evening, mustSeal(t, v, alice, evening, "new"), "new")
		mustOpen(t, v, name, evening, mustSeal(t, v, name, evening, "first"), "first")
		if !v.Verify(signature, "share", "x") {
			t.Errorf("%s: the signature fell", name)
		}
	}
	for _, row := range rows(t, v.app) {
		if row.Master != done.Master {
			t.Errorf("%s is wrapped by %s, want %s", row.Owner, row.Master, done.Master)
		}
	}
}

func TestAForgottenMasterKeyIsGoneFromTheFile(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	old, former := mustSeal(t, v, alice, morning, inMorning), lastLine(mustRead(t, h.keys))
	if _, err := v.Rotate(false); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(mustRead(t, h.keys), former) {
		t.Error("backups made before cannot be opened any more")
	}
	done, err := v.Rotate(true)
	if err != nil || done.Former != 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	if strings.Contains(mustRead(t, h.keys), former) {
		t.Error("the former key is still there")
	}
	mustOpen(t, h.open(t), alice, morning, old, inMorning)
}

func TestAKeyThatDoesNotUnwrapIsLeftWithItsMaster(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	old := mustSeal(t, v, alice, morning, inMorning)
	mustSeal(t, v, bob, morning, "lost")
	execSQL(t, v.app, "UPDATE keys SET wrapped = 'AAAA' WHERE owner = {:bob}", dbx.Params{"bob": bob})
	done, err := v.Rotate(true)
	if err != nil || done.Left != 1 || done.Former != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	mustOpen(t, h.open(t), alice, morning, old, inMorning)
}

func TestARotationCutOffAnywhereLosesNothing(t *testing.T) {
	cut := errors.New("the power went")
	for name, until := range map[string]func(t *testing.T, h house, v *Vault){
		"after the draft of the file": func(t *testing.T, h house, v *Vault) {
			m, _ := newMaster()
			if _, err := writeDraft(h.keys, []master{m}); err != nil {
				t.Fatal(err)
			}
		},
		"after the file": func(t *testing.T, _ house, v *Vault) {
			cutOff(t, v, cut, func(tx core.App) error {
				_, err := v.nextMaster(tx)
				return err
			})
		},
		"before the commit": func(t *testing.T, _ house, v *Vault) {
			cutOff(t, v, cut, func(tx core.App) error {
				m, err := v.nextMaster(tx)
				if err == nil {
					_, err = rewrapAll(tx, *v.masters.Load(), m)
				}
				return err
			})
		},
		"after the commit": func(t *testing.T, _ house, v *Vault) {
			if _, err := v.changeMaster(); err != nil {
				t.Fatal(err)
			}
		},
		"at the end": func(t *testing.T, _ house, v *Vault) {
			if _, err := v.Rotate(true); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			running := h.open(t)
			old := mustSeal(t, running, alice, morning, inMorning)
			until(t, h, h.open(t))

			started := h.open(t)
			if state := started.State(); state.Standing != Ready {
				t.Fatalf("%+v", state)
			}
			ofStarted := mustSeal(t, started, bob, evening, "of the new process")
			ofRunning := mustSeal(t, running, "carol", evening, "of the old process")
			if _, err := h.open(t).Rotate(true); err != nil {
				t.Fatal(err)
			}
			for _, v := range []*Vault{running, started, h.open(t)} {
				mustOpen(t, v, alice, morning, old, inMorning)
				mustOpen(t, v, bob, evening, ofStarted, "of the new process")
				mustOpen(t, v, "carol", evening, ofRunning, "of the old process")
			}
		})
	}
}

func cutOff(t *testing.T, v *Vault, cut error, do func(tx core.App) error) {
	t.Helper()
	err := lockKeys(v.app, func(tx core.App) error {
		if err := do(tx); err != nil {
			t.Fatal(err)
		}
		return cut
	})
	if !errors.Is(err, cut) {
		t.Fatal(err)
	}
}

func TestARotationThatWasCutOffIsCarriedOn(t *testing.T) {
	h := newHouse(t)
	v := h.open(t)
	cutOff(t, v, errors.New("cut"), func(tx core.App) error {
		_, err := v.nextMaster(tx)
		return err
	})
	waiting := (*v.masters.Load())[0].id
	done, err := v.Rotate(false)
	if err != nil || done.Master != waiting || done.Former != 1 {
		t.Errorf("%+v, %v, want master %s", done, err, waiting)
	}
}

// rotatesForEver is what the other process of the next test does.
const rotatesForEver = "VAULT_TEST_ROTATES"

func TestMain(m *testing.M) {
	if dir := os.Getenv(rotatesForEver); dir != "" {
		rotateUntilKilled(house{data: dir, keys: dir + ".keys"})
	}
	code := m.Run()
	if dir, err := migrated(); err == nil {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

func rotateUntilKilled(h house) {
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: h.data})
	err := app.Bootstrap()
	for err == nil {
		var v *Vault
		if v, err = New(app, h.keys); err == nil {
			_, err = v.Rotate(true)
		}
		fmt.Println("rotated", err)
	}
	os.Exit(3)
}

func TestARotationBesideAServerMayBeKilledAtAnyMoment(t *testing.T) {
	h := newHouse(t)
	server := h.open(t)
	sealed := map[string]string{}
	for round := range 6 {
		stop := rotateBeside(t, h)
		until := time.Now().Add(time.Duration(20+rand.IntN(80)) * time.Millisecond)
		for i := 0; i < 3 || time.Now().Before(until); i++ {
			owner := fmt.Sprintf("owner-%d-%d", round, i)
			sealed[owner] = mustSeal(t, server, owner, morning, owner)
		}
		stop()
		v := h.open(t)
		if state := v.State(); state.Standing != Ready {
			t.Fatalf("%+v", state)
		}
		for owner, text := range sealed {
			mustOpen(t, v, owner, morning, text, owner)
			mustOpen(t, server, owner, morning, text, owner)
		}
	}
	t.Logf("%d owners", len(sealed))
}

// rotateBeside starts a process that rotates without end, and gives what kills
// it where it stands.
func rotateBeside(t *testing.T, h house) (kill func()) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), rotatesForEver+"="+h.data)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if lines.Scan(); lines.Text() != "rotated <nil>" {
		t.Fatalf("the rotating process said %q", lines.Text())
	}
	return func() {
		child.Process.Kill()
		for lines.Scan() {
			if lines.Text() != "rotated <nil>" && strings.HasPrefix(lines.Text(), "rotated ") {
				t.Errorf("the rotating process said %q", lines.Text())
			}
		}
		child.Wait()
	}
}
