package reflections_test

import (
	"testing"

	"github.com/pocketbase/dbx"
)

func TestAHearingIsOnRecordWhoeverTheRowSaysMadeIt(t *testing.T) {
	h := newHearing(t)
	h.execute(t, "UPDATE recordings SET maker = {:tom} WHERE share != ''", dbx.Params{"tom": h.tom.ID})
	if r := h.ears.Get(h.copy); r.Status == 200 && h.heard(t) == 0 {
		t.Errorf("Tom heard %d bytes, and nothing is on record", len(r.Body))
	}
}

func TestAClosedSoundStaysClosedWhoeverTheRowSaysOwnsIt(t *testing.T) {
	h := newHearing(t)
	h.close(t)
	if r := h.hers.Get(h.copy); r.Status == 200 {
		t.Fatal("closed, and heard")
	}
	h.execute(t, "UPDATE recordings SET owner = {:tom} WHERE share != ''", dbx.Params{"tom": h.tom.ID})
	if r := h.hers.Get(h.copy); r.Status == 200 {
		t.Errorf("heard %d bytes", len(r.Body))
	}
}
