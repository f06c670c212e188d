package audit

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

var errOnPurpose = errors.New("on purpose")

func TestARowIsThereExactlyIfTheRestOfItsTransactionIs(t *testing.T) {
	h := newHouse(t)
	l := h.written(t, 2)
	before := mustRead(t, h.head())
	err := l.app.RunInTransaction(func(tx core.App) error {
		if err := l.Record(tx, Act{Kind: Erased}); err != nil {
			return err
		}
		return errOnPurpose
	})
	if !errors.Is(err, errOnPurpose) {
		t.Fatal(err)
	}
	expectWhole(t, l, 2)
	if after := mustRead(t, h.head()); after != before {
		t.Errorf("the head moved to %q", after)
	}
	mustRecord(t, l, 3)
	expectWhole(t, l, 3)
}

func TestTransactionsInsideEachOtherAreOne(t *testing.T) {
	h := newHouse(t)
	l := h.open(t)
	inside := func(tx core.App) error { return l.Record(tx, Act{Kind: CardMade}) }
	err := l.app.RunInTransaction(func(tx core.App) error {
		if err := l.Record(tx, Act{Kind: PersonAdded}); err != nil {
			return err
		}
		if err := tx.RunInTransaction(inside); err != nil {
			return err
		}
		if head, err := readHead(h.head()); err == nil {
			t.Errorf("the head is at %d before the commit", head.Number)
		}
		return l.Record(tx, Act{Kind: Assigned})
	})
	if err != nil {
		t.Fatal(err)
	}
	expectWhole(t, l, 3)
	if head, err := readHead(h.head()); err != nil || head.Number != 3 {
		t.Errorf("the head is at %d: %v", head.Number, err)
	}
}

func TestManyAtOnceLeaveAnUnbrokenChain(t *testing.T) {
	h := newHouse(t)
	server, command := h.open(t), h.open(t)
	var all sync.WaitGroup
	for i := range 100 {
		l := server
		if i%5 == 0 {
			l = command
		}
		all.Go(func() {
			act := Act{Kind: SignedIn, Actor: "somebody0000001"}
			if err := l.Record(l.app, act); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() { l.Note(Act{Kind: Refused}) })
	}
	all.Wait()
	server.Settle()
	command.Settle()
	expectWhole(t, server, 100+mostAnHour+20) // of the notes, those of an hour and those of the command
}

// The one connection that writes is taken, and those that read are few: to sign
// must need neither.
func TestRecordsInsideTransactionsWaitForNothing(t *testing.T) {
	h := newHouse(t)
	h.written(t, 1).stop()
	if err := os.Rename(h.keys, h.keys+".away"); err != nil {
		t.Fatal(err)
	}
	l := h.open(t)
	if err := os.Rename(h.keys+".away", h.keys); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if err := l.app.RunInTransaction(func(tx core.App) error { return l.Record(tx, Act{Kind: CardMade}) }); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("they wait for each other")
	}
	expectWhole(t, l, 21)
}

func TestTheHeadIsForItsOwnerAloneAndNeverInTheDataFolder(t *testing.T) {
	h := newHouse(t)
	h.written(t, 1)
	info, err := os.Stat(h.head())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, mode %v", err, info.Mode())
	}
	if found, _ := filepath.Glob(filepath.Join(h.data, "*head*")); len(found) > 0 {
		t.Errorf("in the data folder: %v", found)
	}
}

func TestAHeadThatCannotBeWrittenStopsNobody(t *testing.T) {
	h := newHouse(t)
	if err := os.Mkdir(h.head(), 0o700); err != nil { // a folder is in its place
		t.Fatal(err)
	}
	l := h.written(t, 3)
	if n := count(t, l, "1"); n != 3 {
		t.Errorf("%d rows", n)
	}
	if !l.head.warned {
		t.Error("nothing says so")
	}
}

func TestHeadsThatArriveLateChangeNothing(t *testing.T) {
	h := newHouse(t)
	l := h.written(t, 3)
	l.head.settle(point{Number: 2, MAC: "v1.late"}, false, true)
	expectWhole(t, l, 3)
}

func TestTheDatabaseItselfChangesAndRemovesNoRow(t *testing.T) {
	l := newHouse(t).written(t, 2)
	for _, sql := range []string{
		"UPDATE audit SET detail = 'x' WHERE number = 1", "UPDATE audit SET mac = mac", "DELETE FROM audit WHERE number = 2", "DELETE FROM audit",
		"INSERT OR REPLACE INTO audit (id, number, at, kind) SELECT id, number, at, 'erased' FROM audit WHERE number = 1",
	} {
		if _, err := l.app.NonconcurrentDB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s: done", sql)
		}
	}
	expectWhole(t, l, 2)
}

func TestPocketBaseItselfChangesAndRemovesNoRow(t *testing.T) {
	l := newHouse(t).written(t, 2)
	l.Watch(l.app)
	found, err := l.app.FindFirstRecordByData("audit", "number", 1)
	if err != nil {
		t.Fatal(err)
	}
	found.Set("detail", "x")
	made := core.NewRecord(found.Collection())
	made.Load(map[string]any{"number": 3, "at": "2026-01-01 00:00:00.000Z", "kind": "erased"})
	collection := found.Collection()
	for name, err := range map[string]error{
		"update": l.app.Save(found), "delete": l.app.Delete(found), "create": l.app.Save(made),
		"collection": l.app.Save(collection), "drop": l.app.Delete(collection), "truncate": l.app.TruncateCollection(collection),
	} {
		if err == nil {
			t.Errorf("%s: done", name)
		} else if name != "truncate" && !strings.Contains(err.Error(), "only grows") {
			t.Errorf("%s: %v", name, err)
		}
	}
	expectWhole(t, l, 2)
}

func TestWhatAnybodyCanRepeatIsKeptAFewTimes(t *testing.T) {
	moment := time.Date(2026, 5, 4, 10, 0, 0, 0, time.UTC)
	l := newHouse(t).openAt(t, func() time.Time { return moment })
	for range 100 {
		l.NoteOnce(Act{Kind: Refused, Actor: "somebody0000001", Detail: "audit"})
		l.Note(Act{Kind: SignInRefused, Subject: "another00000001"})
	}
	for i := range 100 {
		l.NoteOnce(Act{Kind: Refused, Actor: "curious00000001", Subject: string(rune('a' + i%26)), Item: string(rune('a' + i/26))})
	}
	l.Settle()
	for who, want := range map[string]int{"actor = 'somebody0000001'": 1, "subject = 'another00000001'": mostAnHour, "actor = 'curious00000001'": mostAnHour} {
		if n := count(t, l, who); n != want {
			t.Errorf("%s: %d, want %d", who, n, want)
		}
	}
	moment = moment.Add(time.Hour)
	l.NoteOnce(Act{Kind: Refused, Actor: "somebody0000001", Detail: "audit"})
	l.Settle()
	if n := count(t, l, "actor = 'somebody0000001'"); n != 2 {
		t.Errorf("an hour later there are %d", n)
	}
}

func TestWhatWasNotedIsStoredBeforeTheEnd(t *testing.T) {
	h := newHouse(t)
	l := h.open(t)
	l.Note(Act{Kind: SignInRefused})
	l.stop()
	expectWhole(t, h.open(t), 1)
}

func TestOldRowsAreRetiredAndTheRestStaysWhole(t *testing.T) {
	moment := time.Now().Add(-3 * 365 * 24 * time.Hour)
	l := newHouse(t).openAt(t, func() time.Time { return moment })
	for i := range 10 {
		mustRecord(t, l, i)
	}
	moment = time.Now().Add(-180 * 24 * time.Hour)
	for i := range 5 {
		mustRecord(t, l, i)
	}
	moment = time.Now()
	twoYears := moment.Add(-2 * 365 * 24 * time.Hour)
	retire := func(before time.Time, most, want int) {
		t.Helper()
		if due, err := l.Due(l.app, before); err != nil || due < want {
			t.Errorf("%d are due, %v", due, err)
		}
		var gone int
		err := l.app.RunInTransaction(func(tx core.App) (err error) {
			gone, err = l.Retire(tx, before, most)
			return err
		})
		if err != nil || gone != want {
			t.Fatalf("retired %d, want %d: %v", gone, want, err)
		}
	}
	retire(twoYears, 4, 4)
	expectWhole(t, l, 12)
	retire(twoYears, 1000, 6)
	expectWhole(t, l, 7)
	retire(moment, 1000, 0) // never younger than a year, whatever is asked
	if report := mustVerify(t, l); report.Retired != 10 {
		t.Errorf("retired up to %d", report.Retired)
	}
	tamper(t, l, "DELETE FROM audit WHERE number IN (11, 12)")
	expect(t, l, Finding{Fault: Removed, From: 11, To: 12})
}

func TestAChainThatIsAllOldKeepsItsLastRow(t *testing.T) {
	moment := time.Now().Add(-3 * 365 * 24 * time.Hour)
	l := newHouse(t).openAt(t, func() time.Time { return moment })
	for i := range 3 {
		mustRecord(t, l, i)
	}
	moment = time.Now()
	if _, err := l.Retire(l.app, moment, 1000); err != nil {
		t.Fatal(err)
	}
	expectWhole(t, l, 2) // the last old one, and the row about this
}

func TestSomebodyFindsWhatTheyDidAndWhatWasDoneToTheirs(t *testing.T) {
	l := newHouse(t).open(t)
	for _, act := range []Act{
		{Kind: CardMade, Actor: "worker000000001", Subject: "learner00000001"},
		{Kind: CardMade, Actor: "worker000000001", Subject: "learner00000002"},
		{Kind: SignedIn, Actor: "learner00000001", Subject: "learner00000001", Detail: "card"},
		{Kind: SettingsChanged, Actor: "manager00000001", Programme: "programme000001"},
	} {
		if err := l.Record(l.app, act); err != nil {
			t.Fatal(err)
		}
	}
	about, err := l.About(context.Background(), "learner00000001", 10)
	if err != nil || len(about) != 2 || about[0].Kind != SignedIn || about[1].Actor != "worker000000001" || about[0].At == "" {
		t.Errorf("about: %+v, %v", about, err)
	}
	by, err := l.By(context.Background(), "worker000000001", 1)
	if err != nil || len(by) != 1 || by[0].Subject != "learner00000002" {
		t.Errorf("by: %+v, %v", by, err)
	}
	nobody, err := l.About(context.Background(), "", 10)
	if err != nil || len(nobody) != 0 {
		t.Errorf("of nobody: %+v, %v", nobody, err)
	}
	today := time.Now().UTC().Format(time.DateOnly)
	site, err := l.CountByDay(context.Background(), Span{From: today, Until: today, Site: true})
	if err != nil || len(site) != 3 || site[0] != (DayCount{Day: today, Kind: CardMade, Count: 2}) {
		t.Errorf("site: %+v, %v", site, err)
	}
	one, err := l.CountByDay(context.Background(), Span{From: today, Until: today, Programmes: []string{"programme000001"}})
	if err != nil || len(one) != 1 || one[0].Kind != SettingsChanged {
		t.Errorf("one programme: %+v, %v", one, err)
	}
	none, err := l.CountByDay(context.Background(), Span{From: today, Until: today})
	if err != nil || len(none) != 0 {
		t.Errorf("no programme: %+v, %v", none, err)
	}
}

func TestACheckSaysHowFarItIsAndWhatItFound(t *testing.T) {
	l := newHouse(t).written(t, 3)
	check := l.Check(10 * time.Second)
	if !check.Done || check.Err != nil || !check.Report.IsWhole() || check.Report.Rows != 3 {
		t.Errorf("%+v", check)
	}
	mustRecord(t, l, 4)
	if again := l.Check(time.Second); again.Report.Rows != 3 {
		t.Error("a second look within a minute walks the whole record again")
	}
}

func mustRead(t testing.TB, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func BenchmarkRecordAlone(b *testing.B) {
	l := newHouse(b).open(b)
	for b.Loop() {
		if err := l.Record(l.app, Act{Kind: SignedIn, Actor: "somebody0000001", Subject: "somebody0000001"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRecord64AtOnce(b *testing.B) {
	l := newHouse(b).open(b)
	b.SetParallelism(32) // of two processors
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := l.Record(l.app, Act{Kind: SignedIn, Actor: "somebody0000001", Subject: "somebody0000001"}); err != nil {
				b.Error(err)
			}
		}
	})
}

func BenchmarkRecordInsideATransaction(b *testing.B) {
	l := newHouse(b).open(b)
	err := l.app.RunInTransaction(func(tx core.App) error {
		for b.Loop() {
			if err := l.Record(tx, Act{Kind: SignedIn, Actor: "somebody0000001", Subject: "somebody0000001"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func BenchmarkVerifyARow(b *testing.B) {
	l := newHouse(b).open(b)
	err := l.app.RunInTransaction(func(tx core.App) error {
		for i := range 10_000 {
			_ = i
			if err := l.Record(tx, Act{Kind: SignedIn, Actor: "somebody0000001"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := l.Verify(context.Background(), nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/row")
}
