//go:build linux

package reflections_test

import (
	"bytes"
	"net/http"
	"os/signal"
	"syscall"
	"testing"
)

func TestWhereTheDiskIsFullInTheMiddleOfAFileNothingOfItIsLeft(t *testing.T) {
	b := newBooth(t)
	mustSay(t, b.hers, b.address(), sample(t, "said.webm"))
	whole := append([]byte("#!AMR\n"), bytes.Repeat([]byte{0}, 5<<20)...)
	full(t, 4<<20) // more than the database needs
	mustSee(t, say(t, b.hers, b.address(), whole), http.StatusInsufficientStorage, "no room to keep it")
	mustKeep(t, b.Site, 1)
	mustHear(t, b.hers, b.address(), sample(t, "said.webm"))
}

// full lets no file of this process grow beyond so many bytes, until the test ends.
func full(t *testing.T, most uint64) {
	t.Helper()
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: most, Max: before.Max}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			t.Error(err)
		}
		signal.Reset(syscall.SIGXFSZ)
	})
}
