package reflections_test

import (
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"alongside/hooks/reflections"
)

func TestSomebodyWithManySlowLinesAtOnceKeepsNobodyElseFromSpeaking(t *testing.T) {
	b := newBooth(t)
	other := b.another(t)
	reading := make(chan struct{}, 1)
	var lines []*io.PipeWriter
	var sent sync.WaitGroup
	for range 12 {
		in, out := io.Pipe()
		lines = append(lines, out)
		sent.Go(func() { send(b.hers, b.address(), "multipart/form-data; boundary=x", in) })
		go func() {
			_, _ = out.Write([]byte("--x\r\n")) // returns once it is on its way
			select {
			case reading <- struct{}{}:
			default:
			}
		}()
	}
	<-reading
	done := make(chan int, 1)
	go func() { done <- say(t, other.hers, other.address(), wav("a-bell")).Status }()
	select {
	case status := <-done:
		if status != http.StatusSeeOther {
			t.Errorf("somebody else gets %d", status)
		}
	case <-time.After(15 * time.Second):
		t.Error("somebody else waits")
	}
	for _, line := range lines {
		_ = line.Close()
	}
	sent.Wait()
}

// another is a place to speak of somebody else in the same house.
func (b *booth) another(t *testing.T) *booth {
	t.Helper()
	o := &booth{room: b.room, dina: learner(t, b.room)}
	o.keep(t, o.by(o.dina, heron))
	o.id = reflections.RowID(o.dina.ID, o.module, "heard")
	o.hers = o.SignIn(t, o.dina)
	return o
}
