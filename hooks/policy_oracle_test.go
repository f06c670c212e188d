package hooks_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"alongside/hooks/people"
)

// What somebody may see, worked out from the table in the document and from the
// description of the world alone: neither the policy's code nor the database has
// a say in it.

// A cell of the document.
type cell struct {
	whose string // "own", "of their group"…; "no" for nothing
	depth people.Depth
}

// A document is the table, by what and by column.
type document map[string]map[string]cell

func mustReadDocument(t *testing.T) document {
	t.Helper()
	text, err := os.ReadFile("../docs/who-may-see-what.md")
	if err != nil {
		t.Fatal(err)
	}
	var columns []string
	read := document{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case !strings.HasPrefix(line, "|") || cells[0] == "---":
		case columns == nil:
			columns = cells
		default:
			read[cells[0]] = rowOf(t, columns, cells)
		}
	}
	if len(read) < 10 {
		t.Fatalf("only %d rows in docs/who-may-see-what.md", len(read))
	}
	return read
}

func rowOf(t *testing.T, columns, cells []string) map[string]cell {
	t.Helper()
	row := map[string]cell{}
	for i, words := range cells[1:] {
		whose, depth, _ := strings.Cut(words, ", ")
		depths := map[string]people.Depth{"": people.Whole, "done or not": people.DoneOrNot, "counts": people.Counts}
		how, ok := depths[depth]
		if _, known := reach[whose]; !known || !ok {
			t.Fatalf("docs/who-may-see-what.md, %s: no test knows what %q means", cells[0], words)
		}
		row[columns[i+1]] = cell{whose, how}
	}
	return row
}

// A subject is whom or what an address is about, by the names of the world;
// "nobody there" is one that is not there.
type subject struct{ person, cohort, programme string }

const notThere = "nobody there"

// reach says, for each word of the document, whether somebody with a role sees
// by it what an address is about.
var reach = map[string]func(who string, as held, s subject) bool{
	"no": func(string, held, subject) bool { return false },
	"own": func(who string, _ held, s subject) bool {
		return (s.person == "" || s.person == who) && s.cohort == "" && s.programme == ""
	},
	"shared with them by name": func(_ string, _ held, s subject) bool { return s == (subject{}) },
	"of what they write":       func(_ string, _ held, s subject) bool { return s == (subject{}) },
	"of learners who are theirs": func(who string, as held, s subject) bool {
		return (s.person == "" || isTheirs(s.person, who, as)) && s.cohort == "" && s.programme == ""
	},
	"of their group": func(_ string, as held, s subject) bool {
		return (s.person == "" || isNow(s.person, "learner", func(r held) bool { return as.cohort != "" && r.cohort == as.cohort })) &&
			(s.cohort == "" || s.cohort == as.cohort) && s.programme == ""
	},
	"of their programme": func(_ string, as held, s subject) bool {
		return (s.person == "" || isNow(s.person, "", func(r held) bool { return as.programme != "" && r.programme == as.programme })) &&
			(s.cohort == "" || slices.Contains(cohortsOf[as.programme], s.cohort)) && (s.programme == "" || s.programme == as.programme)
	},
	"all": func(_ string, _ held, s subject) bool {
		return s.person != notThere && s.cohort != notThere && s.programme != notThere
	},
}

// isTheirs reports whether a learner is assigned to somebody in a role of theirs
// now, and still learns in that programme.
func isTheirs(learner, who string, as held) bool {
	return slices.ContainsFunc(assignments, func(a held) bool {
		return a.who == learner && a.to == who && a.role == as.role && a.programme == as.programme && a.holds() &&
			isNow(learner, "learner", func(r held) bool { return r.programme == a.programme })
	})
}

// isNow reports whether somebody has a role now that fits; "" is any role.
func isNow(who, role string, fits func(held) bool) bool {
	return slices.ContainsFunc(roles, func(r held) bool {
		return r.who == who && (role == "" || r.role == role) && r.holds() && fits(r)
	})
}

// columnsOf are what somebody is: columns of the document, each with the role by
// which they have it.
func columnsOf(who string) map[string][]held {
	if who == "" {
		return map[string][]held{"a guest": {{}}}
	}
	all := map[string][]held{"anybody signed in": {{}}}
	for _, r := range roles {
		if r.who != who || !r.holds() {
			continue
		}
		column := r.role
		if r.role == "manager" && r.programme == "" {
			column = "site manager"
		}
		all[column] = append(all[column], r)
	}
	return all
}

// sees says how deep somebody sees something of a subject, and whether at all.
// With ofOthers, what is their own does not count.
func (d document) sees(who *viewer, what string, s subject, ofOthers bool) (deepest people.Depth, ok bool) {
	for column, held := range who.columns {
		cell := d[what][column]
		if ofOthers && cell.whose == "own" {
			continue
		}
		for _, as := range held {
			if reach[cell.whose](who.name, as, s) && (!ok || cell.depth < deepest) {
				deepest, ok = cell.depth, true
			}
		}
	}
	return deepest, ok
}
