package learning

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"alongside/courses"
	"alongside/hooks/reflections"
)

// A reflection may be open in two tabs, or on two devices, and what is saved from
// one of them must not take the place of what the other saved unseen. So the form
// carries the stamp of what it shows as stored, and where that is not what is
// stored any more, the person sees both texts and chooses.

// What somebody may keep of two texts, as values of the field keep.<id>.
const (
	keepMine   = "mine"
	keepStored = "stored"
	keepBoth   = "both"
)

func keeps() []string { return []string{keepMine, keepStored, keepBoth} }

// choiceDue stands before a stamp in a form that asks what to keep: that the
// other text was shown does not mean yet that they chose.
const choiceDue = "?"

// What became of a reflection since its page was opened, as keys of problems.
const (
	writtenSince = "written-elsewhere"
	deletedSince = "deleted-since"
)

// maxPageName is how much is kept of what a page's script calls it.
const maxPageName = 32

// met is what was written elsewhere.
type met struct {
	said []string
	felt reflections.Felt
}

// meet lets what somebody typed into a reflection meet what is stored. It takes
// its place where they knew that, or wrote it on the same open page, or chose.
func meet(a *courses.Activity, now, before given, form url.Values) given {
	seen, asked := form["seen."+a.ID]
	now.by = form.Get("page")[:min(len(form.Get("page")), maxPageName)]
	if asked && before.row == "" && strings.TrimPrefix(seen[0], choiceDue) != "" && !now.isEmpty() {
		now.errors = &FieldError{Field: controlID(a.Fields()[0], ""), Key: deletedSince, About: askedIn(a, "")}
		return now // and its next form knows that nothing is there
	}
	if !asked || before.isLocked() || before.isEmpty() || now.says(before) {
		return now // a form of ours always says what it saw
	}
	stamp, due := strings.CutPrefix(seen[0], choiceDue)
	keep := form.Get("keep." + a.ID)
	switch {
	case !due && (stamp == before.stamp || now.by != "" && now.by == before.by):
		return now
	case due && stamp == before.stamp && form.Get("auto") == "" && slices.Contains(keeps(), keep):
		return kept(a, now, before, keep)
	}
	now.met = &met{said: said(a, before.answer), felt: before.felt}
	now.errors = &FieldError{Field: controlID("keep."+a.ID, keepMine), Key: writtenSince, About: askedIn(a, "")}
	return now
}

// kept is what somebody chose of two texts.
func kept(a *courses.Activity, now, before given, keep string) given {
	switch keep {
	case keepStored:
		return before
	case keepBoth:
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
		switch {
		case typed[position] == "":
			typed[position] = text
		case text != "" && text != typed[position]:
			typed[position] += "\n\n" + text
		}
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

func writtenElsewhere(problems []FieldError) bool {
	return slices.ContainsFunc(problems, func(p FieldError) bool { return p.Key == writtenSince || p.Key == deletedSince })
}
