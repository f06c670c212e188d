package signin

import (
	"fmt"
	"testing"
	"time"
)

var start = time.Date(2026, 5, 3, 9, 0, 0, 0, time.UTC)

func TestFiveTriesAreFreeAlsoWhenTheyComeAtTheSameMoment(t *testing.T) {
	tries := newTries()
	for i := range freeTries {
		if _, comeBack := tries.take("sam", "10.0.0.1", start); !comeBack.IsZero() {
			t.Fatalf("try %d is refused", i+1)
		}
	}
	if _, comeBack := tries.take("sam", "10.0.0.2", start); !comeBack.Equal(start.Add(firstWait)) {
		t.Errorf("come back at %v, want in a minute", comeBack)
	}
}

func TestEachFurtherWrongTryDoublesTheRestUpToAQuarterOfAnHour(t *testing.T) {
	for wrong, want := range map[int]time.Duration{5: time.Minute, 6: 2 * time.Minute, 8: 8 * time.Minute, 9: 15 * time.Minute, 60: 15 * time.Minute} {
		if got := closedFor(wrong); got != want {
			t.Errorf("after %d wrong tries: %v, want %v", wrong, got, want)
		}
	}
}

func TestARightPasswordForgivesTheAccount(t *testing.T) {
	tries := newTries()
	for range freeTries - 1 {
		tries.take("sam", "10.0.0.1", start)
	}
	tries.right("sam")
	for range freeTries {
		if _, comeBack := tries.take("sam", "10.0.0.1", start); !comeBack.IsZero() {
			t.Fatal("refused after a right password")
		}
	}
}

func TestAnAddressIsSlowedAndNotClosed(t *testing.T) {
	tries := newTries()
	for range freeTries {
		tries.wrong("10.0.0.1", start)
	}
	for i := range 4 {
		wait, comeBack := tries.take(string(rune('a'+i)), "10.0.0.1", start)
		if want := time.Duration(i) * slowPace; wait != want || !comeBack.IsZero() {
			t.Errorf("try %d waits %v, want %v; come back %v", i, wait, want, comeBack)
		}
	}
	if wait, _ := tries.take("z", "10.0.0.2", start); wait != 0 {
		t.Error("another address waits too")
	}
}

func TestANetworkOfIPv6CountsAsOneAddress(t *testing.T) {
	tries := newTries()
	for i := range freeTries {
		tries.wrong(fmt.Sprintf("2001:db8:1:2:%x::1", i), start)
	}
	tries.take("a", "2001:db8:1:2:ffff::9", start)
	if wait, _ := tries.take("b", "2001:db8:1:2::9", start); wait != slowPace {
		t.Errorf("the same network waits %v", wait)
	}
	if wait, _ := tries.take("c", "2001:db8:1:3::9", start); wait != 0 {
		t.Errorf("another network waits %v", wait)
	}
}

func TestAQueueThatIsTooLongSaysWhenToComeBack(t *testing.T) {
	tries := newTries()
	for range freeTries {
		tries.wrong("10.0.0.1", start)
	}
	for range 10_000 {
		if _, comeBack := tries.take("a"+time.Now().String(), "10.0.0.1", start); !comeBack.IsZero() {
			if comeBack.Sub(start) <= longestQueue {
				t.Errorf("come back in %v", comeBack.Sub(start))
			}
			return
		}
	}
	t.Error("the queue has no end")
}

func TestOldTriesAreForgotten(t *testing.T) {
	tries := newTries()
	for range freeTries {
		tries.take("sam", "10.0.0.1", start)
		tries.wrong("10.0.0.1", start)
	}
	later := start.Add(forgetAfter + time.Second)
	if wait, comeBack := tries.take("sam", "10.0.0.1", later); wait != 0 || !comeBack.IsZero() {
		t.Errorf("wait %v, come back %v", wait, comeBack)
	}
}

func TestManyNamesDoNotFillTheMemory(t *testing.T) {
	tries := newTries()
	now := start
	for i := range 3 * pruneAbove {
		now = now.Add(time.Second)
		tries.take(time.Duration(i).String(), "10.0.0.1", now)
	}
	if len(tries.accounts) > pruneAbove {
		t.Errorf("%d names are remembered", len(tries.accounts))
	}
}
