package audit

// A suspect is a row that is not tied to the one before it: it was changed, or
// it or its neighbours stand elsewhere than where they were written. Which of
// these can be told only once the others are known.
type suspect struct {
	row       row
	befores   []string // what was before it
	numbers   []int    // of rows that are missing, where it stands for them and has no row
	isUnknown bool     // what was before it is gone, so nothing is said against it
}

const (
	mostSuspects = 24 // looked at together; what is beyond is called changed
	mostShifts   = 8  // places by which many rows may have been moved at once
)

func (w *walk) suspect(s suspect) {
	if len(w.suspects) < mostSuspects {
		w.suspects = append(w.suspects, s)
		return
	}
	if s.row.Number > 0 && !s.isUnknown {
		w.report.add(finding(Changed, s.row))
	}
}

// isMoved reports whether a row follows the one before it as it should, and only
// its number is another: somebody made or closed a gap.
func (w *walk) isMoved(r row) bool {
	for shift := -mostShifts; shift <= mostShifts; shift++ {
		written := r
		written.Number = r.Number - shift
		if shift != 0 && written.Number > 0 && w.isNext(written) {
			w.addMoved(r, written.Number)
			return true
		}
	}
	return false
}

func (w *walk) addMoved(r row, was int) {
	f := finding(Moved, r)
	f.Was = was
	w.report.add(f)
}

// resolve tells moved rows from changed ones: it tries each at every place that
// something is wrong with.
func (w *walk) resolve() {
	befores, numbers := map[string]bool{}, map[int]bool{}
	for _, s := range w.suspects {
		for _, before := range s.befores {
			befores[before] = true
		}
		for _, n := range s.numbers {
			numbers[n] = true
		}
		if s.row.Number > 0 {
			befores[s.row.MAC], numbers[s.row.Number] = true, true
		}
	}
	for _, s := range w.suspects {
		if s.row.Number == 0 {
			continue
		}
		was := w.writtenAt(s.row, befores, numbers)
		switch {
		case was == s.row.Number: // its neighbour is wrong, and it is not
			if isUnkeyed(s.row.MAC) && !s.isUnknown {
				w.report.add(finding(Unchained, s.row))
			}
		case was > 0:
			w.addMoved(s.row, was)
		case !s.isUnknown:
			w.report.add(finding(Changed, s.row))
		}
	}
}

// writtenAt finds the number with which a row was written, or 0.
func (w *walk) writtenAt(r row, befores map[string]bool, numbers map[int]bool) int {
	number := r.Number
	for _, own := range []bool{true, false} { // the own number first
		for n := range numbers {
			if own != (n == number) {
				continue
			}
			r.Number = n
			for before := range befores {
				if w.log.isLinked(before, r) {
					return n
				}
			}
		}
	}
	return 0
}

// few are the first numbers of a range.
func few(from, to int) []int {
	var all []int
	for n := from; n <= to && len(all) < mostShifts; n++ {
		all = append(all, n)
	}
	return all
}

// join puts together what the sorted list has side by side.
func (r *Report) join() {
	all := r.Findings
	r.Findings = nil
	for _, f := range all {
		r.add(f)
	}
}
