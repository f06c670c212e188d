package courses

import (
	"cmp"
	"slices"
)

// An exchange is what one of two made of pieces of the base in a row.
type exchange struct {
	from, to  int // in the base
	as, until int // in theirs
	mine      bool
}

// grew reports whether there are more pieces now than there were.
func (e exchange) grew() bool { return e.until-e.as > e.to-e.from }

// meets reports whether somebody has to look at two exchanges of different people
// together: they are of the same pieces, or both added something where they touch.
func (e exchange) meets(other exchange) bool {
	if e.mine == other.mine {
		return false
	}
	if e.from < other.to && other.from < e.to {
		return true
	}
	return (e.to == other.from || other.to == e.from) && e.grew() && other.grew()
}

// exchanges are what a version made of the base. As many pieces for as many are
// exchanged one by one, so that who changed one of them meets nobody who changed the
// next.
func (v version) exchanges(base int, mine bool) (all []exchange) {
	from, as := 0, 0
	for to := 0; to <= base; to++ {
		if to < base && v.at[to] < 0 {
			continue
		}
		until := len(v.keys)
		if to < base {
			until = v.at[to]
		}
		switch {
		case to-from == until-as:
			for i := range to - from {
				all = append(all, exchange{from + i, from + i + 1, as + i, as + i + 1, mine})
			}
		default:
			all = append(all, exchange{from, to, as, until, mine})
		}
		from, as = to+1, until+1
	}
	return all
}

// A meeting is pieces of the base that are settled together, and what stands there in
// both; a version that changed nothing there has no exchanges.
type meeting struct {
	from, to     int
	mine, theirs []exchange
}

// meetings are where anybody changed anything, in order.
func (m *merge) meetings() (all []meeting) {
	n := len(m.base.keys)
	m.mine.at, m.theirs.at = matches(m.base.keys, m.mine.keys), matches(m.base.keys, m.theirs.keys)
	changes := slices.Concat(m.mine.exchanges(n, true), m.theirs.exchanges(n, false))
	slices.SortStableFunc(changes, func(a, b exchange) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	for _, e := range changes {
		if last := len(all) - 1; last < 0 || !all[last].meets(e) {
			all = append(all, meeting{from: e.from, to: e.to})
		}
		all[len(all)-1].take(e)
	}
	return all
}

func (p *meeting) meets(e exchange) bool {
	return slices.ContainsFunc(p.mine, e.meets) || slices.ContainsFunc(p.theirs, e.meets)
}

func (p *meeting) take(e exchange) {
	p.to = max(p.to, e.to)
	if e.mine {
		p.mine = append(p.mine, e)
	} else {
		p.theirs = append(p.theirs, e)
	}
}

// in is where a meeting is in a version, by its exchanges there: what it did not
// exchange is as long as in the base.
func (p meeting) in(exchanges []exchange) (from, to int) {
	first, last := exchanges[0], exchanges[len(exchanges)-1]
	return first.as - (first.from - p.from), last.until + (p.to - last.to)
}
