package people_test

import (
	"archive/zip"
	"context"
	"io"
	"net/url"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/hooks/web"

	"github.com/pocketbase/dbx"
)

// manyRows is more than anybody will have written.
const manyRows = 5_000

// mustHaveMuch gives the learner many earlier answers, each sealed like the one
// that there is.
func (h *keptHouse) mustHaveMuch(t testing.TB) {
	t.Helper()
	_, err := h.App.NonconcurrentDB().NewQuery(`
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {:many})
		INSERT INTO answer_history (id, answer, revision, positions, sealed, created)
		SELECT printf('h%014d', i), a.id, a.revision, a.positions, a.sealed, printf('2026-01-01 00:%02d:%02d.%03dZ', i / 60000, i / 1000 % 60, i % 1000)
		FROM n, answers a WHERE a.sealed != ''`).Bind(dbx.Params{"many": manyRows}).Execute()
	if err != nil {
		t.Fatal(err)
	}
}

func TestSomebodyWithVeryMuchIsDownloadedWithoutHoldingItInMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("in full without the race detector, which takes memory of its own: make full")
	}
	h := mustKeptHouse(t)
	h.saves(t, h.browser, keptStep+"write", map[string]string{"a.listen": strings.Repeat("a long text. ", 400)})
	h.mustHaveMuch(t)
	most, stop := peak()
	r := h.browser.Request("POST", "/me/data/download", url.Values{"secret": {h.learner.Password}})
	answer := h.browser.Do(r) // 26 MB of text, twice; held compressed by the test
	stop()
	archive, err := zip.NewReader(strings.NewReader(answer.Body), int64(len(answer.Body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		opened, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, opened)
		if err != nil || f.Name != "style.css" && n < manyRows*5000 {
			t.Errorf("%s: %d bytes, %v", f.Name, n, err)
		}
	}
	t.Logf("%d MB of heap at most", *most>>20)
	if *most > 120<<20 {
		t.Errorf("%d MB of heap", *most>>20)
	}
}

// peak watches how much memory is in use, with little of what waits to be freed:
// how much that is, other tests and the machine decide.
func peak() (most *uint64, stop func()) {
	usual := debug.SetGCPercent(10)
	runtime.GC()
	most = new(uint64)
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for ctx.Err() == nil {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			*most = max(*most, m.HeapInuse)
			<-tick.C
		}
	})
	return most, func() {
		cancel()
		done.Wait()
		debug.SetGCPercent(usual)
	}
}

func TestErasingSomebodyWithVeryMuchLetsOthersWriteMeanwhile(t *testing.T) {
	h := mustKeptHouse(t)
	h.mustHaveMuch(t)
	manager := h.SignIn(t, h.MustPerson(t, web.Manager))
	ctx, cancel := context.WithCancel(t.Context())
	var slowest time.Duration
	writes := 0
	var done sync.WaitGroup
	done.Go(func() {
		for ctx.Err() == nil {
			begun := time.Now()
			if _, err := h.App.NonconcurrentDB().NewQuery("UPDATE programmes SET name = name").Execute(); err != nil {
				t.Error(err)
			}
			slowest = max(slowest, time.Since(begun))
			writes++
		}
	})
	begun := time.Now()
	h.erased(t, manager)
	took := time.Since(begun)
	cancel()
	done.Wait()
	h.isGone(t)
	t.Logf("erased in %v; %d writes of others meanwhile, the slowest %v", took, writes, slowest)
	if writes < 20 {
		t.Errorf("others wrote %d times in %v", writes, took)
	}
}
