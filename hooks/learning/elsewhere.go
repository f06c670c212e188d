package learning

import (
	"maps"
	"net/url"
	"slices"

	"alongside/courses"
	"alongside/hooks/reflections"
	"alongside/hooks/web"
)

// A reflection may be open in two tabs: web.Tab says what becomes of it.

// What became of a reflection since its page was opened, as keys of problems.
const (
	writtenSince = "written-elsewhere"
	deletedSince = "deleted-since"
)

// met is what was written elsewhere.
type met struct {
	said []string
	felt reflections.Felt
}

// meet lets what somebody typed into a reflection meet what is stored. It takes
// its place where they knew that, or wrote it on the same open page, or chose.
func meet(a *courses.Activity, now, before given, form url.Values) given {
	tab := web.TabOf(form, "."+a.ID)
	now.by = tab.Page
	if before.row == "" && tab.Saw != "" && !now.isEmpty() {
		now.errors = &FieldError{Field: controlID(a.Fields()[0], ""), Key: deletedSince, About: askedIn(a, "")}
		return now // and its next form knows that nothing is there
	}
	if before.isLocked() || before.isEmpty() || now.says(before) {
		return now
	}
	if keep := tab.Keeps(before.stamp, before.by); keep != "" {
		return kept(a, now, before, keep)
	}
	now.met = &met{said: said(a, before.answer), felt: before.felt}
	now.errors = &FieldError{Field: controlID("keep."+a.ID, web.KeepMine), Key: writtenSince, About: askedIn(a, "")}
	return now
}

// kept is what somebody chose of two texts.
func kept(a *courses.Activity, now, before given, keep string) given {
	switch keep {
	case web.KeepStored:
		return before
	case web.KeepBoth:
		now.answer.Typed = both(before.answer.Typed, now.answer.Typed)
		now.felt = before.felt.And(now.felt)
		return tooLongIn(a, now)
	}
	return now
}

// both puts two texts one after the other, by prompt.
func both(first, second map[int]string) map[int]string {
	typed := make(map[int]string)
	maps.Copy(typed, first)
	for position, text := range second {
		typed[position] = web.Keep(web.KeepBoth, typed[position], text)
	}
	return typed
}

// tooLongIn says so where what was put together is more than may be kept.
func tooLongIn(a *courses.Activity, g given) given {
	fields := a.Write(g.answer)
	_, err := a.Read(func(field string) []string { return fields[field] })
	g.errors = fieldError(a, err)
	return g
}

// stampAnew gives what was just stored its stamp, for the form that may come back
// with something else to put right.
func (s *saving) stampAnew() {
	for _, r := range s.rows {
		if r.reflection != nil {
			g := s.handed[r.of]
			g.stamp = reflections.Stamp(r.sealed)
			s.handed[r.of] = g
		}
	}
}

// seenNow is what the page shows as stored from now on, of what this save stored.
func (s *saving) seenNow() url.Values {
	seen := url.Values{}
	for _, r := range s.rows {
		if r.reflection != nil {
			seen.Set("seen."+r.of, s.handed[r.of].stamp)
		}
	}
	return seen
}

func writtenElsewhere(problems []FieldError) bool {
	return slices.ContainsFunc(problems, func(p FieldError) bool { return p.Key == writtenSince || p.Key == deletedSince })
}
