package reflections

import (
	"context"
	"strconv"
	"testing"
)

func TestNobodyHasTwoTurnsToSpeakAndWhoIsDoneMakesRoom(t *testing.T) {
	all := newTurns()
	leave, ok := all.take(context.Background(), "dina")
	if !ok || all.begin("dina") == nil {
		t.Error("she has two turns")
	}
	for i := range atOnce - 1 {
		if all.begin(strconv.Itoa(i)) != nil {
			t.Fatalf("only %d at once", i+1)
		}
	}
	wait := all.begin("somebody else")
	if wait == nil {
		t.Fatal("more at once than may be")
	}
	leave()
	<-wait
	if all.begin("somebody else") != nil {
		t.Error("nobody made room")
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, ok := all.take(gone, "who left"); ok {
		t.Error("who left has a turn")
	}
}
