package web

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

// writesUntilKilled makes the test binary be the process that is killed: it
// saves from many callers and prints each row once it was told that it is there.
const writesUntilKilled = "WEB_TEST_WRITES_UNTIL_KILLED"

func init() {
	if dir := os.Getenv(writesUntilKilled); dir != "" {
		fmt.Fprintln(os.Stderr, writeWithoutEnd(dir))
		os.Exit(3)
	}
}

func writeWithoutEnd(dir string) error {
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: connectFully})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	w, failed, round := NewWrites(app), make(chan error), rand.IntN(1_000_000)
	for caller := range 32 {
		go func() {
			for n := round * 1000; ; n++ {
				if err := w.Do(context.Background(), save(caller, n)); err != nil {
					failed <- err
				}
				fmt.Printf("c%02dn%011d\n", caller, n) // the row's id, in one write
			}
		}()
	}
	return <-failed
}

func TestWhatWasAcknowledgedIsThereAfterAKill(t *testing.T) {
	dir := t.TempDir()
	app := openWritesApp(t, dir)
	newNotes(t, app)
	if err := endApp(app); err != nil {
		t.Fatal(err)
	}
	told := 0
	for range 5 {
		ids := killedWhileWriting(t, dir)
		told += len(ids)
		mustBeStored(t, dir, ids)
	}
	t.Logf("%d acknowledged writes, all there", told)
}

// killedWhileWriting gives the ids that a process was told are stored before it
// was killed without warning. It is killed after so many writes and not after so
// long: a slow machine would not have begun by then. The other callers are in
// the middle of theirs whenever it comes.
func killedWhileWriting(t *testing.T, dir string) []string {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), writesUntilKilled+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	enough := 10 + rand.IntN(300)
	var ids []string
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			break
		}
		if ids = append(ids, strings.TrimSpace(line)); len(ids) == enough {
			child.Process.Kill()
		}
	}
	child.Wait()
	if len(ids) < enough {
		t.Fatalf("it ended by itself after %d writes", len(ids))
	}
	return ids
}

func mustBeStored(t *testing.T, dir string, ids []string) {
	t.Helper()
	app := openWritesApp(t, dir)
	defer endApp(app)
	var stored []string
	if err := app.DB().NewQuery("SELECT id FROM test_notes").Column(&stored); err != nil {
		t.Fatal(err)
	}
	there := make(map[string]bool, len(stored))
	for _, id := range stored {
		there[id] = true
	}
	for _, id := range ids {
		if !there[id] {
			t.Errorf("%s was acknowledged and is gone", id)
		}
	}
}
