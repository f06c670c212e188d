package web

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

func save(caller, n int) func(tx core.App) error {
	return func(tx core.App) error { return Exec(tx, insertNote, noteParams(caller, n)) }
}

// occupy keeps the writer busy with one write until free is called, so that
// what is queued meanwhile is one group.
func occupy(w *Writes) (free func()) {
	begun, let := make(chan struct{}), make(chan struct{})
	go w.Do(context.Background(), func(core.App) error {
		close(begun)
		<-let
		return nil
	})
	<-begun
	return sync.OnceFunc(func() { close(let) })
}

// waitForQueue returns once n writes are queued behind the one that runs.
func waitForQueue(w *Writes, n int) {
	for len(w.queue.waiting) < n {
		time.Sleep(time.Millisecond)
	}
}

func TestOneBadWriteCostsNobodyElseTheirs(t *testing.T) {
	app := newWritesApp(t)
	newNotes(t, app)
	w, bad := NewWrites(app), errors.New("not valid")
	free := occupy(w)
	defer free()
	outcomes := make([]error, 20)
	var all sync.WaitGroup
	for i := range outcomes {
		all.Go(func() {
			outcomes[i] = w.Do(context.Background(), func(tx core.App) error {
				if err := Exec(tx, insertNote, noteParams(i, i)); err != nil || i != 7 && i != 11 {
					return err
				}
				if i == 11 {
					panic("a mistake of ours")
				}
				return bad
			})
		})
	}
	waitForQueue(w, len(outcomes))
	free()
	all.Wait()
	for i, err := range outcomes {
		switch {
		case i == 7 && !errors.Is(err, bad):
			t.Errorf("the bad write: %v", err)
		case i == 11 && (err == nil || !strings.Contains(err.Error(), "a mistake of ours")):
			t.Errorf("the write that panicked: %v", err)
		case i != 7 && i != 11 && err != nil:
			t.Errorf("write %d: %v", i, err)
		}
	}
	if n := countNotes(t, app); n != 18 {
		t.Errorf("%d rows, want 18", n)
	}
}

func TestWhatIsQueuedIsOneTransaction(t *testing.T) {
	app := newWritesApp(t)
	newNotes(t, app)
	w := NewWrites(app)
	free := occupy(w)
	defer free()
	seen := make(chan core.App, 2*maxGroup)
	var all sync.WaitGroup
	for i := range maxGroup + 10 {
		all.Go(func() {
			err := w.Do(context.Background(), func(tx core.App) error {
				seen <- tx
				return save(i, i)(tx)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	waitForQueue(w, maxGroup+10)
	free()
	all.Wait()
	close(seen)
	in := map[core.App]int{}
	for tx := range seen {
		in[tx]++
	}
	if len(in) != 2 {
		t.Errorf("%d transactions", len(in))
	}
	for _, n := range in {
		if n != maxGroup && n != 10 {
			t.Errorf("%d writes in one transaction", n)
		}
	}
}

func TestACallerIsToldOnlyAfterTheCommit(t *testing.T) {
	app := newWritesApp(t)
	newNotes(t, app)
	w := NewWrites(app)
	var all sync.WaitGroup
	for caller := range 8 {
		all.Go(func() {
			for n := range 30 {
				if err := w.Do(context.Background(), save(caller, n)); err != nil {
					t.Error(err)
				}
				var there int
				err := app.ConcurrentDB().NewQuery(fmt.Sprintf(
					"SELECT COUNT(*) FROM test_notes WHERE owner = 'owner%d' AND activity = 'activity-%d'", caller, n)).Row(&there)
				if err != nil || there != 1 {
					t.Errorf("told, and %d rows are there: %v", there, err)
				}
			}
		})
	}
	all.Wait()
}

func TestWhatFailsAfterTheCommitIsNoErrorForTheWriter(t *testing.T) {
	app := newWritesApp(t)
	collection := newNotes(t, app)
	after := map[string]func(){"an error": func() {}, "a panic": func() { panic("in a hook") }}
	for name, fail := range after {
		t.Run(name, func(t *testing.T) {
			bound := app.OnRecordAfterCreateSuccess("test_notes").BindFunc(func(e *core.RecordEvent) error {
				fail()
				return errors.New("the mail did not go out")
			})
			defer app.OnRecordAfterCreateSuccess("test_notes").Unbind(bound)
			before := countNotes(t, app)
			err := NewWrites(app).Do(context.Background(), func(tx core.App) error {
				return tx.Save(noteRecord(collection, len(name), 1))
			})
			if err != nil {
				t.Errorf("stored, and told that it is not: %v", err)
			}
			if n := countNotes(t, app); n != before+1 {
				t.Errorf("%d rows, want %d", n, before+1)
			}
		})
	}
}

func TestAWriteWhoseCallerLeftTheQueueNeverRuns(t *testing.T) {
	app := newWritesApp(t)
	newNotes(t, app)
	w := NewWrites(app)
	free := occupy(w)
	defer free()
	ctx, leave := context.WithCancel(context.Background())
	ran, left := atomic.Bool{}, make(chan error)
	go func() {
		left <- w.Do(ctx, func(core.App) error { ran.Store(true); return nil })
	}()
	waitForQueue(w, 1)
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("told %v", err)
	}
	free()
	if err := w.Do(context.Background(), save(1, 1)); err != nil { // behind it in the queue
		t.Fatal(err)
	}
	if ran.Load() {
		t.Error("it ran all the same")
	}
}

func TestAWriteWhoseCallerLeavesWhileItRunsTellsTheTruth(t *testing.T) {
	app := newWritesApp(t)
	newNotes(t, app)
	w, bad := NewWrites(app), errors.New("not valid")
	for _, want := range []error{nil, bad} {
		ctx, leave := context.WithCancel(context.Background())
		err := w.Do(ctx, func(tx core.App) error {
			leave()
			if err := save(1, 1)(tx); err != nil {
				return err
			}
			return want
		})
		if !errors.Is(err, want) {
			t.Errorf("told %v, want %v", err, want)
		}
	}
	if n := countNotes(t, app); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func TestOrdinarySavesGoOnBesideTheWriter(t *testing.T) {
	app := newWritesApp(t)
	collection := newNotes(t, app)
	w := NewWrites(app)
	var all sync.WaitGroup
	for caller := range 16 {
		all.Go(func() {
			for n := range 20 {
				var err error
				if caller%2 == 0 {
					err = w.Do(context.Background(), save(caller, n))
				} else {
					err = app.Save(noteRecord(collection, caller, n))
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := countNotes(t, app); n != 16*20 {
		t.Errorf("%d rows, want %d", n, 16*20)
	}
}

func TestACommandThatWritesBesideTheServerFailsNoWrite(t *testing.T) {
	dir := t.TempDir()
	app := openWritesApp(t, dir)
	newNotes(t, app)
	beside := openWritesApp(t, dir)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
				if err := Exec(beside, insertNote, noteParams(99, n)); err != nil {
					t.Error(err)
				}
			}
		}
	}()
	w := NewWrites(app)
	for n := range 200 {
		err := w.Do(context.Background(), func(tx core.App) error {
			countNotes(t, tx) // what a command writes now would make this old
			return save(1, n)(tx)
		})
		if err != nil {
			t.Error(err)
			break
		}
	}
	close(stop)
	<-stopped
}

func TestWhatIsQueuedIsStoredBeforeTheAppEnds(t *testing.T) {
	app := newWritesApp(t)
	newNotes(t, app)
	w := NewWrites(app)
	free := occupy(w)
	defer free()
	outcomes := make(chan error, 50)
	for i := range 50 {
		go func() { outcomes <- w.Do(context.Background(), save(i, i)) }()
	}
	waitForQueue(w, 50)
	go func() {
		waitForStop(w)
		free()
	}()
	err := app.OnTerminate().Trigger(&core.TerminateEvent{App: app}, func(e *core.TerminateEvent) error {
		if n := countNotes(t, app); n != 50 {
			t.Errorf("%d rows as the database closes, want 50", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		if err := <-outcomes; err != nil {
			t.Error(err)
		}
	}
	if err := w.Do(context.Background(), save(1, 1)); !errors.Is(err, ErrStopped) {
		t.Errorf("after the end: %v", err)
	}
}

func waitForStop(w *Writes) {
	for stopped := false; !stopped; time.Sleep(time.Millisecond) {
		w.queue.mu.RLock()
		stopped = w.queue.stopped
		w.queue.mu.RUnlock()
	}
}
