package learning

import (
	"fmt"
	"testing"
)

func TestOfPlacesThatWaitOnlyTheLastOfEachCountsAndNoneThatAFormOvertook(t *testing.T) {
	var p places
	for n := range 200 {
		m := move{enrolment: fmt.Sprint(n % 100), module: "one", step: fmt.Sprint(n)}
		if first := p.put(m); first != (n == 0) {
			t.Fatalf("place %d: whoever left it is to store it: %v", n, first)
		}
	}
	p.put(move{enrolment: "7", module: "two", step: "another module"})
	p.forget("7", "one")

	found := map[placeKey]string{}
	for some := p.take(); len(some) > 0; some = p.take() {
		if len(some) > mostPlaces {
			t.Errorf("%d are stored together", len(some))
		}
		for _, m := range some {
			found[placeKey{m.enrolment, m.module}] = m.step
		}
	}
	if len(found) != 100 || found[placeKey{"8", "one"}] != "108" || found[placeKey{"7", "two"}] == "" {
		t.Errorf("%d places: %v", len(found), found)
	}
	if _, there := found[placeKey{"7", "one"}]; there {
		t.Error("a place that a form overtook is stored")
	}
	if !p.put(move{enrolment: "1"}) {
		t.Error("once all are stored nobody would store the next")
	}
}
