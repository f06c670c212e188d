package audit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"alongside/hooks/vault"

	"github.com/pocketbase/dbx"
)

// ErrProblems means that Verify found something wrong, which was listed.
var ErrProblems = errors.New("the record of acts is not whole")

// Verify walks all rows by their numbers and says what is wrong with them. It
// goes on after each: what is wrong with one row is not said of those after it.
// It reads row by row, so it needs no memory to speak of, and it may run beside
// everything else. progress is told of every thousandth row; it may be nil.
// Without the master key nobody can verify: vault.ErrNoKey.
func (l *Log) Verify(ctx context.Context, progress func(row int)) (Report, error) {
	if l.vault.Sign(purpose) == "" {
		return Report{}, fmt.Errorf("verify: %w", vault.ErrNoKey)
	}
	head, err := readHead(l.head.path) // before the rows: it is never ahead of them
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Report{}, fmt.Errorf("verify: %w", err)
	}
	w := &walk{log: l, head: head, progress: progress}
	if err := w.begin(ctx); err != nil {
		return Report{}, fmt.Errorf("verify: %w", err)
	}
	if err := w.rows(ctx); err != nil {
		return Report{}, fmt.Errorf("verify: %w", err)
	}
	w.end()
	return w.report, nil
}

// A walk is one reading of the whole chain.
type walk struct {
	log      *Log
	report   Report
	progress func(row int)
	head     point

	next     int      // the number that comes next
	befores  []string // what the next row may be tied to; none where that row is gone
	suspects []suspect
	isOther  bool
}

// begin finds where the chain begins: at row 1, or after those that were
// retired, as the row about the last retirement says.
func (w *walk) begin(ctx context.Context) error {
	w.next, w.befores = 1, []string{""}
	var found []row
	err := w.log.app.ConcurrentDB().NewQuery("SELECT item, detail FROM audit WHERE kind = {:kind} ORDER BY number DESC LIMIT 1").
		Bind(dbx.Params{"kind": string(ActsRetired)}).WithContext(ctx).All(&found)
	if err != nil || len(found) == 0 {
		return err
	}
	number, err := strconv.Atoi(found[0].Detail)
	if err != nil || number < 1 {
		return nil // it was changed, and shows as such
	}
	w.report.Retired, w.next, w.befores = number, number+1, []string{found[0].Item}
	return nil
}

// rows reads every row as text, whatever somebody made of its columns.
func (w *walk) rows(ctx context.Context) error {
	rows, err := w.log.app.ConcurrentDB().NewQuery(`
		SELECT CAST(number AS TEXT), CAST(at AS TEXT), CAST(kind AS TEXT), CAST(actor AS TEXT), CAST(subject AS TEXT),
			CAST(item AS TEXT), CAST(programme AS TEXT), CAST(detail AS TEXT), CAST(mac AS TEXT)
		FROM audit ORDER BY number, rowid`).WithContext(ctx).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	var same []row // with one number
	for rows.Next() {
		var t [9]*string
		if err := rows.Scan(&t[0], &t[1], &t[2], &t[3], &t[4], &t[5], &t[6], &t[7], &t[8]); err != nil {
			return err
		}
		one := rowOf(t)
		if len(same) > 0 && same[0].Number != one.Number {
			w.take(same)
			same = same[:0]
		}
		if len(same) < mostSame {
			same = append(same, one)
		}
		w.count(one)
	}
	if len(same) > 0 {
		w.take(same)
	}
	return rows.Err()
}

func rowOf(t [9]*string) row {
	text := func(i int) string {
		if t[i] == nil {
			return ""
		}
		return *t[i]
	}
	number, err := strconv.Atoi(text(0))
	if err != nil {
		number = 0
	}
	return row{
		Number: number, At: text(1), Kind: text(2), Actor: text(3), Subject: text(4),
		Item: text(5), Programme: text(6), Detail: text(7), MAC: text(8),
	}
}

func (w *walk) count(r row) {
	w.report.Rows++
	if w.progress != nil && w.report.Rows%1000 == 0 {
		w.progress(w.report.Rows)
	}
}

// take looks at the rows of one number, of which there should be one.
func (w *walk) take(same []row) {
	number := same[0].Number
	if number < 1 {
		w.report.add(finding(PutIn, same[0]))
		return
	}
	if number > w.next {
		w.miss(number - 1)
	}
	if number < w.next { // before where the chain begins
		w.befores = nil
	}
	w.next = number + 1
	w.report.Newest, w.report.Until = number, same[0].At
	if number == w.head.Number {
		w.isOther = !slices.ContainsFunc(same, func(r row) bool { return r.MAC == w.head.MAC })
	}
	w.judge(same)
}

// miss notes that the rows up to a number are not there. What the next one is
// tied to is gone with them.
func (w *walk) miss(until int) {
	w.report.add(Finding{Fault: Removed, From: w.next, To: until})
	w.suspect(suspect{befores: w.befores, numbers: few(w.next, until)})
	w.befores = nil
}

func (w *walk) judge(same []row) {
	if len(same) > 1 {
		w.report.add(finding(PutIn, same[0]))
	}
	if i := slices.IndexFunc(same, w.isNext); i >= 0 {
		w.accept(same[i])
		return
	}
	one := same[0]
	switch {
	case w.befores == nil:
		w.suspect(suspect{row: one, isUnknown: true})
		w.accept(one)
		return
	case len(same) > 1: // said already
	case one.MAC == "":
		w.report.add(finding(PutIn, one))
	case w.isMoved(one):
		w.befores = []string{one.MAC}
		return
	default:
		w.suspect(suspect{row: one, befores: w.befores})
	}
	// The next row is tied to this one's MAC as it stands, or, where only that was
	// changed, as it should be.
	befores := make([]string, 0, len(w.befores)+len(same))
	for _, r := range same {
		befores = append(befores, r.MAC)
	}
	for _, before := range w.befores[:min(len(w.befores), mostBefores)] {
		befores = append(befores, w.log.link(before, one))
	}
	w.befores = befores
}

// Bounds of what is tried for one number.
const (
	mostSame    = 8
	mostBefores = 4
)

func (w *walk) isNext(r row) bool {
	return slices.ContainsFunc(w.befores, func(before string) bool { return w.log.isLinked(before, r) })
}

// accept goes on from a row that stands where it was written.
func (w *walk) accept(r row) {
	if isUnkeyed(r.MAC) {
		w.report.add(finding(Unchained, r))
	}
	if r.Kind == string(CutFound) {
		f := finding(CutBefore, r)
		f.Was, _ = strconv.Atoi(r.Detail)
		w.report.add(f)
	}
	w.befores = []string{r.MAC}
}

// end says what the whole walk showed.
func (w *walk) end() {
	w.resolve()
	switch {
	case w.head.Number == 0 && w.report.Rows > 0:
		w.report.add(Finding{Fault: NoHead})
	case w.head.Number > w.report.Newest:
		w.report.add(Finding{Fault: CutTail, From: w.report.Newest + 1, To: w.head.Number})
	case w.isOther:
		w.report.add(Finding{Fault: AnotherHead, From: w.head.Number, To: w.head.Number})
	}
	slices.SortStableFunc(w.report.Findings, func(a, b Finding) int { return a.From - b.From })
	w.report.join()
}

func finding(fault Fault, r row) Finding {
	return Finding{Fault: fault, From: r.Number, To: r.Number, Since: r.At, Until: r.At}
}
