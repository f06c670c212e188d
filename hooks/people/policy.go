package people

import (
	"iter"
	"slices"

	"alongside/hooks/web"
)

// A Matter is a kind of thing that somebody may see or do something about.
type Matter string

// The matters of the policy: the rows of the table below.
const (
	LiveCourses Matter = "live courses"
	Mine        Matter = "one's own pages"
	OnlyMe      Matter = "text kept only for me"
	Progress    Matter = "progress and answers"
	Accounts    Matter = "account and card"
	AddLearner  Matter = "adding a learner"
	Grid        Matter = "cohort grid"
	Groups      Matter = "programme: places, cohorts, roles, assignments"
	Programmes  Matter = "programmes and who manages them"
	Managing    Matter = "the pages of managers"
	Settings    Matter = "site settings, languages, mail"
	Acts        Matter = "audit"
	Erasures    Matter = "erasing somebody"
	Holds       Matter = "holding up an erasure"

	Shared   Matter = "shared reflections and their replies"
	Calls    Matter = "asking for somebody"
	Absences Matter = "being away, and who covers"
	Phrases  Matter = "phrases to lean on"
	Practice Matter = "practice log and supervision"
	Raising  Matter = "raising a concern"
	Concerns Matter = "concerns"

	Writing   Matter = "writing courses"
	Reviewing Matter = "reviewing courses"
	Caring    Matter = "settings of a course"
	Credit    Matter = "credit, consent and payment"
	Remarks   Matter = "what learners say of a course"
)

// An Extent is whose things somebody sees.
type Extent int

// Extents, the narrow ones first. A wider one does not hold the narrower ones:
// nobody but the learner ever has Own.
const (
	Nobodys     Extent = iota
	Own                // what is the viewer's own
	Named              // what its owner lets the viewer see, by name: rows say so, and the room whose they are asks them
	Written            // of what the viewer writes: rows say so, and the room whose they are asks them
	Assigned           // of learners who are theirs now, in a programme where they still have that role
	OfCohort           // of the learners of the cohort that the role is tied to, and of that cohort
	OfProgramme        // of everybody in the programme that the role is in, and of that programme
	Everybodys         // of the whole site
)

// A Depth is how much of it they see.
type Depth int

// Depths, the deepest first.
const (
	Whole     Depth = iota
	DoneOrNot       // whether something is done, and nothing of what was given
	Counts          // how many, and nobody by name
)

// A Sight is one cell of the policy.
type Sight struct {
	Of  Extent
	How Depth
}

// A column of the policy is a role, or one of these.
const (
	guest       web.Role = "guest"
	person      web.Role = "person" // anybody who is signed in, whatever else they are
	siteManager web.Role = "site manager"
)

// columns are the order of the cells in a row.
var columns = [...]web.Role{guest, person, web.Learner, web.Mentor, web.Facilitator, web.Lead, web.Manager, siteManager}

type row struct {
	matter Matter
	cells  [len(columns)]Sight
}

// The words of the table.
var (
	no     = Sight{Nobodys, Whole}
	own    = Sight{Own, Whole}
	named  = Sight{Named, Whole}
	wrote  = Sight{Written, Whole}
	mine   = Sight{Assigned, Whole}
	mineD  = Sight{Assigned, DoneOrNot}
	group  = Sight{OfCohort, Whole}
	groupD = Sight{OfCohort, DoneOrNot}
	prog   = Sight{OfProgramme, Whole}
	progN  = Sight{OfProgramme, Counts}
	site   = Sight{Everybodys, Whole}
	siteN  = Sight{Everybodys, Counts}
)

// policy is who may see what, and the one place that says so. Every page, query,
// file and realtime topic asks it; docs/who-may-see-what.md shows it to people,
// and a test compares the two.
//
// Only what is built has a row. A guest sees a live course where it is public,
// which the course itself says.
var policy = [...]row{
	//             guest person learner mentor  facil. lead manager site manager
	{LiveCourses, [...]Sight{site, site, site, site, site, site, site, site}},
	{Mine, [...]Sight{no, own, own, own, own, own, own, own}},
	{OnlyMe, [...]Sight{no, own, own, no, no, no, no, no}},
	{Progress, [...]Sight{no, own, own, mineD, mine, no, progN, no}},
	{Accounts, [...]Sight{no, own, own, no, mine, no, prog, no}},
	{AddLearner, [...]Sight{no, no, no, no, group, no, prog, no}},
	{Grid, [...]Sight{no, no, no, groupD, group, no, progN, no}},
	{Groups, [...]Sight{no, no, no, no, no, no, prog, no}},
	{Programmes, [...]Sight{no, no, no, no, no, no, no, site}},
	{Managing, [...]Sight{no, no, no, no, no, no, prog, site}},
	{Settings, [...]Sight{no, no, no, no, no, no, no, site}},
	{Acts, [...]Sight{no, own, own, own, own, own, progN, siteN}},
	{Erasures, [...]Sight{no, own, own, own, own, own, prog, site}},
	{Holds, [...]Sight{no, no, no, no, no, prog, prog, site}},
	{Shared, [...]Sight{no, own, own, named, named, no, no, no}},
	{Calls, [...]Sight{no, own, own, mine, mine, no, prog, no}},
	{Absences, [...]Sight{no, no, no, own, own, no, prog, no}},
	{Phrases, [...]Sight{no, no, no, site, site, no, no, no}},
	{Practice, [...]Sight{no, no, no, own, own, no, no, no}},
	{Raising, [...]Sight{no, no, no, mine, mine, prog, no, no}},
	{Concerns, [...]Sight{no, own, own, own, own, prog, progN, no}},
	{Writing, [...]Sight{no, no, no, wrote, no, no, no, no}},
	{Reviewing, [...]Sight{no, no, no, prog, prog, prog, prog, site}},
	{Caring, [...]Sight{no, no, no, no, no, no, prog, site}},
	{Credit, [...]Sight{no, own, own, own, own, own, prog, site}},
	{Remarks, [...]Sight{no, own, own, wrote, no, no, prog, site}},
}

// rows and places find a cell: each page asks several times.
var (
	rows = func() map[Matter]int {
		of := make(map[Matter]int, len(policy))
		for i, row := range policy {
			of[row.matter] = i
		}
		return of
	}()
	places = func() map[web.Role]int {
		of := make(map[web.Role]int, len(columns))
		for i, role := range columns {
			of[role] = i
		}
		return of
	}()
)

// cell is what a role sees of a matter; nothing where the table has none.
func cell(matter Matter, role web.Role) Sight {
	row, known := rows[matter]
	place, is := places[role]
	if !known || !is {
		return no
	}
	return policy[row].cells[place]
}

// A Grant is a sight that somebody has by one role of theirs.
type Grant struct {
	Sight
	Role      web.Role // guest and person among them
	Programme string   // that the role is in
	Cohort    string   // that the role is tied to
}

// Grants are what a viewer sees of a matter, by all that they are now. A nil
// viewer is a guest.
func Grants(v *web.Viewer, matter Matter) []Grant { return slices.Collect(granted(v, matter)) }

// granted are the same, one after the other: every page asks May several times.
func granted(v *web.Viewer, matter Matter) iter.Seq[Grant] {
	return func(yield func(Grant) bool) {
		give := func(m web.Membership) bool {
			sight := cell(matter, m.Role)
			return sight.Of == Nobodys || yield(Grant{Sight: sight, Role: m.Role, Programme: m.Programme, Cohort: m.Cohort})
		}
		if v == nil {
			give(web.Membership{Role: guest})
			return
		}
		if !give(web.Membership{Role: person}) {
			return
		}
		for _, m := range v.Memberships {
			if m.Role == web.Manager && m.Programme == "" {
				m.Role = siteManager
			}
			if !give(m) {
				return
			}
		}
	}
}

// May reports whether a viewer sees anything at all of a matter that reaches
// further than themselves: whether to show them the way to its pages.
func May(v *web.Viewer, matter Matter) bool {
	for g := range granted(v, matter) {
		if g.Of > Own {
			return true
		}
	}
	return false
}
