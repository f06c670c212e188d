package audit

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"alongside/hooks/vault"
)

func TestARecordThatNobodyTouchedIsWhole(t *testing.T) {
	l := newHouse(t).written(t, 20)
	expectWhole(t, l, 20)
}

func TestAChangeOfAnyColumnOfARowShowsAtThatRowAndAtNoOther(t *testing.T) {
	for column, value := range map[string]string{
		"at": "'2020-01-01 00:00:00.000Z'", "kind": "'erased'", "actor": "'somebodyelse000'", "subject": "''", "item": "'x'",
		"programme": "'another00000000'", "detail": "'manager'", "mac": "'v1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'",
	} {
		t.Run(column, func(t *testing.T) {
			l := newHouse(t).written(t, 12)
			tamper(t, l, "UPDATE audit SET "+column+" = "+value+" WHERE number = 5")
			expect(t, l, at(Changed, 5))
		})
	}
}

func TestAChangeOfTheNumberOfARowShows(t *testing.T) {
	l := newHouse(t).written(t, 12)
	tamper(t, l, "UPDATE audit SET number = 30 WHERE number = 5")
	expect(t, l, at(Removed, 5), Finding{Fault: Removed, From: 13, To: 29}, Finding{Fault: Moved, From: 30, To: 30, Was: 5})
}

func TestAChangeOfTheLastRowShows(t *testing.T) {
	l := newHouse(t).written(t, 12)
	tamper(t, l, "UPDATE audit SET kind = 'erased' WHERE number = 12")
	expect(t, l, at(Changed, 12))
}

func TestARowThatWasRemovedShows(t *testing.T) {
	l := newHouse(t).written(t, 12)
	tamper(t, l, "DELETE FROM audit WHERE number IN (1, 5, 8, 9)")
	expect(t, l, at(Removed, 1), at(Removed, 5), Finding{Fault: Removed, From: 8, To: 9})
}

func TestARowThatWasRemovedShowsAlsoWhenTheGapIsClosed(t *testing.T) {
	l := newHouse(t).written(t, 12)
	tamper(t, l, "DELETE FROM audit WHERE number = 5", "UPDATE audit SET number = number - 1 WHERE number > 5")
	expect(t, l, at(Changed, 5), Finding{Fault: Moved, From: 6, To: 11, Was: 7}, at(CutTail, 12))
}

func TestARowThatWasPutInShows(t *testing.T) {
	const forged = "INSERT INTO audit (id, number, at, kind, actor, subject, item, programme, detail, mac) SELECT 'forged000000001', %, at, 'erased', actor, subject, item, programme, detail, mac FROM audit WHERE number = 5"
	t.Run("beside another", func(t *testing.T) {
		l := newHouse(t).written(t, 12)
		tamper(t, l, strings.Replace(forged, "%", "6", 1))
		expect(t, l, at(PutIn, 6))
	})
	t.Run("with room made for it", func(t *testing.T) {
		l := newHouse(t).written(t, 12)
		tamper(t, l, "UPDATE audit SET number = number + 1 WHERE number > 5", strings.Replace(forged, "%", "6", 1))
		expect(t, l, at(Changed, 6), Finding{Fault: Moved, From: 7, To: 13, Was: 6}, at(AnotherHead, 12))
	})
	t.Run("at the end", func(t *testing.T) {
		l := newHouse(t).written(t, 12)
		tamper(t, l, strings.Replace(forged, "%", "13", 1))
		expect(t, l, at(Changed, 13))
	})
	t.Run("without a MAC", func(t *testing.T) {
		l := newHouse(t).written(t, 12)
		tamper(t, l, strings.Replace(forged, "%", "13", 1), "UPDATE audit SET mac = '' WHERE number = 13")
		expect(t, l, at(PutIn, 13))
	})
	t.Run("with no number", func(t *testing.T) {
		l := newHouse(t).written(t, 12)
		tamper(t, l, strings.Replace(forged, "%", "'x'", 1))
		expect(t, l, at(PutIn, 0))
	})
}

func TestRowsThatChangedPlacesShow(t *testing.T) {
	for name, other := range map[string]int{"neighbours": 5, "far apart": 9} {
		t.Run(name, func(t *testing.T) {
			l := newHouse(t).written(t, 12)
			there := strconv.Itoa(other)
			tamper(t, l, "UPDATE audit SET number = -1 WHERE number = 4", "UPDATE audit SET number = 4 WHERE number = "+there, "UPDATE audit SET number = "+there+" WHERE number = -1")
			expect(t, l, Finding{Fault: Moved, From: 4, To: 4, Was: other}, Finding{Fault: Moved, From: other, To: other, Was: 4})
		})
	}
}

func TestATailThatWasCutShows(t *testing.T) {
	l := newHouse(t).written(t, 12)
	tamper(t, l, "DELETE FROM audit WHERE number > 9")
	expect(t, l, Finding{Fault: CutTail, From: 10, To: 12})
}

func TestATailThatWasCutShowsAlsoWhenOthersFollow(t *testing.T) {
	for _, restarts := range []bool{false, true} {
		h := newHouse(t)
		l := h.written(t, 12)
		tamper(t, l, "DELETE FROM audit WHERE number > 9")
		if restarts {
			l.stop()
			l = h.open(t)
		}
		for i := range 10 {
			mustRecord(t, l, i)
		}
		expect(t, l, Finding{Fault: CutBefore, From: 10, To: 10, Was: 12})
	}
}

func TestATailThatWasWrittenAnewWithoutTheKeyShows(t *testing.T) {
	h := newHouse(t)
	l := h.written(t, 12)
	forge := func(number int) {
		r := row{Number: number, At: "2026-01-01 00:00:00.000Z", Kind: "signed-in"}
		newest, err := newestRow(l.app)
		if err != nil {
			t.Fatal(err)
		}
		r.MAC = hashed(newest.MAC, r)
		if err := r.insert(l.app); err != nil {
			t.Fatal(err)
		}
	}
	tamper(t, l, "DELETE FROM audit WHERE number > 9")
	forge(10)
	forge(11)
	forge(12)
	forge(13)
	expect(t, l, Finding{Fault: Unchained, From: 10, To: 13}, at(AnotherHead, 12))
	l.stop()
	l = h.open(t)
	mustRecord(t, l, 0)
	expect(t, l, Finding{Fault: Unchained, From: 10, To: 13}, Finding{Fault: CutBefore, From: 14, To: 14, Was: 12})
}

func TestRowsWithoutTheKeyAreAGapThatIsNamedAndFixedOnceItIsBack(t *testing.T) {
	h := newHouse(t)
	h.written(t, 3).stop()
	if err := os.Rename(h.keys, h.keys+".away"); err != nil {
		t.Fatal(err)
	}
	l := h.open(t)
	for i := range 4 {
		mustRecord(t, l, i)
	}
	if _, err := l.Verify(context.Background(), nil); !errors.Is(err, vault.ErrNoKey) {
		t.Fatalf("verified without the key: %v", err)
	}
	if err := os.Rename(h.keys+".away", h.keys); err != nil {
		t.Fatal(err)
	}
	mustRecord(t, l, 4) // no restart in between
	mustRecord(t, l, 5)
	gap := Finding{Fault: Unchained, From: 4, To: 7}
	expect(t, l, gap)
	if found := mustVerify(t, l).Findings[0]; found.Since == "" || found.Until < found.Since {
		t.Errorf("the gap is from %q to %q", found.Since, found.Until)
	}
	tamper(t, l, "UPDATE audit SET kind = 'erased' WHERE number = 5")
	if report := mustVerify(t, l); len(report.Findings) < 2 {
		t.Errorf("a change in the gap after the key was back does not show: %v", report.Lines("en"))
	}
}

func TestAKeyedRowThatIsMadeAnUnkeyedOneShows(t *testing.T) {
	l := newHouse(t).written(t, 12)
	var five, four row
	for number, into := range map[int]*row{4: &four, 5: &five} {
		if err := l.app.DB().NewQuery("SELECT " + columns + " FROM audit WHERE number = " + strconv.Itoa(number)).One(into); err != nil {
			t.Fatal(err)
		}
	}
	five.Kind = "erased"
	tamper(t, l, "UPDATE audit SET kind = 'erased', mac = '"+hashed(four.MAC, five)+"' WHERE number = 5")
	expect(t, l, at(Unchained, 5), at(Changed, 6))
}

func TestAHeadThatIsMissingIsNamedAndMadeAgain(t *testing.T) {
	h := newHouse(t)
	l := h.written(t, 12)
	if err := os.Remove(h.head()); err != nil {
		t.Fatal(err)
	}
	expect(t, l, Finding{Fault: NoHead})
	mustRecord(t, l, 1)
	expectWhole(t, l, 13)
	for _, broken := range []string{"", "nonsense\n", "-3 v1.x\n"} {
		if err := os.WriteFile(h.head(), []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		expect(t, l, Finding{Fault: NoHead})
	}
}

func TestAHeadThatIsOlderThanTheDatabaseIsFine(t *testing.T) {
	h := newHouse(t)
	l := h.written(t, 5)
	older, err := os.ReadFile(h.head())
	if err != nil {
		t.Fatal(err)
	}
	mustRecord(t, l, 1)
	l.stop()
	if err := os.WriteFile(h.head(), older, 0o600); err != nil {
		t.Fatal(err)
	}
	l = h.open(t)
	expectWhole(t, l, 6)
	mustRecord(t, l, 2)
	expectWhole(t, l, 7)
}

func TestManyFaultsAreBoundedAndCounted(t *testing.T) {
	l := newHouse(t).written(t, 1000)
	tamper(t, l, "UPDATE audit SET detail = 'x' WHERE number % 3 = 0")
	report := mustVerify(t, l)
	if len(report.Findings) != mostFindings || report.More != 333-mostFindings {
		t.Errorf("%d findings and %d more", len(report.Findings), report.More)
	}
}

func TestEveryFaultHasWordsThatNameItsRow(t *testing.T) {
	for _, fault := range []Fault{Changed, Removed, PutIn, Moved, Unchained, CutTail, CutBefore, AnotherHead} {
		said := Finding{Fault: fault, From: 4711, To: 4711, Was: 12, Since: "2026"}.Say("en")
		if !strings.Contains(said, "4711") || strings.Contains(said, "{{") {
			t.Errorf("%s: %s", fault, said)
		}
	}
	for _, fault := range []Fault{Changed, Removed, PutIn, Moved, Unchained, CutTail} {
		if said := (Finding{Fault: fault, From: 4711, To: 4712}).Say("en"); !strings.Contains(said, "4712") {
			t.Errorf("%s: %s", fault, said)
		}
	}
}
