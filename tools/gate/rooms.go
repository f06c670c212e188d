// Package gate keeps the house in order: what may import what, and who may
// touch whose tables. Its tests run over the project itself.
package gate

import "slices"

// module is the name of the main module, before every import path of ours.
const module = "alongside"

// A room is one folder below hooks: the work of one kind of person.
type room struct {
	name   string
	tables []string // the collections it owns
}

// rooms is the list of the house, top to bottom. A room imports only what
// stands above it, and reads only tables of its own or of a room above. This
// is the one place that says so.
var rooms = []room{
	{"web", []string{"settings"}},
	{"vault", []string{"keys"}},
	{"audit", []string{"audit", "holds"}},
	{"notify", []string{"outbox"}},
	{"people", []string{"users", "programmes", "places", "cohorts", "memberships", "assignments", "absences", "erasures"}},
	{"signin", []string{"sessions", "cards", "codes", "second_factors", "recovery_codes", "kept_posts"}},
	{"content", []string{"courses", "modules", "revisions", "media", "redirects"}},
	{"reflections", []string{"reflections", "shares", "replies", "recordings", "concerns", "concern_acts", "calls"}},
	{"learning", []string{"enrolments", "progress", "answers", "answer_history"}},
	{"authoring", []string{
		"drafts", "draft_states", "writers", "review_asks", "comments", "suggestions", "reviews", "contributions", "offers", "remarks", "thanks",
	}},
	{"facilitation", []string{"claims", "phrases", "practice_notes", "supervisions"}},
	{"away", nil},
	{"programmes", []string{
		"readings", "contacts", "actions", "employments", "employment_checks",
		"qualifications", "housing", "referrals", "employers", "vacancies",
	}},
	{"interviews", nil},
	{"feeds", []string{"feed_tokens"}},
	{"operations", nil},
	{"demo", nil},
}

// testHouse is the folder below hooks that starts the whole house for tests:
// it may import everything, and only tests may import it.
const testHouse = "hooktest"

// gallery is where tests show the templates with the rooms' own page structs.
// It holds nothing but tests.
const gallery = "templates/gallery"

// floor is the place of a room in the list, 0 at the top, or -1.
func floor(name string) int {
	return slices.IndexFunc(rooms, func(r room) bool { return r.name == name })
}

// owner is the room whose table this is, or "" where no room owns it.
func owner(table string) string {
	for _, r := range rooms {
		if slices.Contains(r.tables, table) {
			return r.name
		}
	}
	return ""
}
