package hooks_test

import "alongside/hooks/web"

// A verdict is what a page says of somebody whom the table lets in.
type verdict int

const (
	in     verdict = iota
	out            // it is not there for them
	either         // that hangs on more than the world describes; if it refuses, nothing changes
)

// narrower are pages that ask for more than the table does.
var narrower = map[string]func(who *viewer, s subject) verdict{
	"GET /me/record/{course}": hangsOn("the course is finished"),
	"GET /me/second":          hangsOn("a role of staff"),
	"POST /me/second":         hangsOn("a role of staff"),

	"GET /facilitate/learners/{learner}":              learners,
	"POST /facilitate/learners/{learner}/card":        learners,
	"POST /facilitate/learners/{learner}/card/unlock": learners,
	"POST /facilitate/learners/{learner}/code":        learners,
	"POST /facilitate/learners/{learner}/courses":     learners,
	"POST /facilitate/learners/{learner}/pause":       learners,
	"POST /facilitate/learners/{learner}/resume":      learners,
	"POST /facilitate/learners/{learner}/open":        hangsOn("something of theirs is closed"),

	"POST /manage/programmes/{programme}/people/{person}/link":                      staff,
	"POST /manage/programmes/{programme}/people/{person}/second-reset":              staff,
	"POST /manage/programmes/{programme}/people/{person}/roles/{membership}/pause":  learners,
	"POST /manage/programmes/{programme}/people/{person}/roles/{membership}/resume": learners,
	"POST /manage/programmes/{programme}/people/{person}/workers/{assignment}":      hangsOn("the worker still has that role"),
	"POST /manage/programmes/{programme}/people/{person}/workers":                   learners,
}

// narrowerBelow are addresses below which every page hangs on more than the table: on
// what stands there, and whose it is. Tests of its room say how.
var narrowerBelow = map[string]func(who *viewer, s subject) verdict{
	"/write/{course}/{module}":           hangsOn("who writes on the text now"),
	"/review/{course}/{module}":          hangsOn("a version that was shown for review"),
	"/course-settings/{course}/{module}": hangsOn("a text before it, and what it is"),
	"/say/{course}/{module}/{step}":      hangsOn("who is on the course"),
	"/thanks/{course}/{module}":          hangsOn("who has finished it"),
	"/me/remarks/{remark}":               hangsOn("whose words they are"),
	"/me/credit/{contribution}":          hangsOn("whose contribution it is"),
	"/me/offers/{offer}":                 hangsOn("whom it was offered to"),
	"/course-offers/{course}/{offer}":    hangsOn("an offer on that course"),
}

func narrowing(door web.Door, who *viewer, s subject) verdict {
	for at, narrows := range narrowerBelow {
		if below(door.Path, at) {
			return narrows(who, s)
		}
	}
	if narrows := narrower[door.Method+" "+door.Path]; narrows != nil {
		return narrows(who, s)
	}
	return in
}

func hangsOn(string) func(*viewer, subject) verdict {
	return func(*viewer, subject) verdict { return either }
}

// learners are pages about people who learn: in a programme of the viewer's.
func learners(who *viewer, s subject) verdict {
	if !isNow(s.person, "learner", func(held) bool { return true }) {
		return out
	}
	for _, roles := range who.columns {
		for _, as := range roles {
			if isNow(s.person, "learner", func(r held) bool { return r.programme == as.programme }) {
				return in
			}
		}
	}
	return either
}

// staff are acts by which it gets easier to get in as somebody, for whoever
// manages them: managers for the staff of their programme who are no managers,
// the site manager for managers. Nobody does it for themselves or for a learner.
func staff(who *viewer, s subject) verdict {
	here := func(r held) bool { return r.programme == s.programme && r.role != "learner" }
	manages := isNow(s.person, "manager", func(held) bool { return true })
	_, ofSite := who.columns["site manager"]
	if who.name == s.person || !isNow(s.person, "", here) || manages != ofSite {
		return out
	}
	return in
}
