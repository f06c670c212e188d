package audit

import (
	"strconv"

	"alongside/templates"
)

// A Fault is what can be wrong with the record. Each has its words under
// "audit.found.<fault>".
type Fault string

// The faults that Verify knows.
const (
	Changed     Fault = "changed"      // a row is not what was written
	Removed     Fault = "removed"      // numbers are missing
	PutIn       Fault = "put-in"       // a number is there twice, or tied to nothing
	Moved       Fault = "moved"        // a row was written with another number, Was
	Unchained   Fault = "unchained"    // rows written while there was no key
	CutTail     Fault = "cut-tail"     // the head names rows that are not there
	CutBefore   Fault = "cut-before"   // rows had been cut off the end, found when From was written; they went up to Was
	AnotherHead Fault = "another-head" // the row of the head is there, and is another
	NoHead      Fault = "no-head"      // there is no file beside the keys
)

// A Finding is one thing that is wrong, about a row or about several together.
type Finding struct {
	Fault        Fault
	From, To     int    // numbers of rows
	Was          int    // another number, as the fault says
	Since, Until string // moments that these rows name, where they are there
}

// Say gives the finding in words.
func (f Finding) Say(lang string) string {
	key := "audit.found." + string(f.Fault)
	if f.To > f.From {
		key += ".many"
	}
	return templates.Say(lang, key, map[string]string{
		"from": strconv.Itoa(f.From), "to": strconv.Itoa(f.To), "was": strconv.Itoa(f.Was), "wasto": strconv.Itoa(f.Was + f.To - f.From),
		"count": strconv.Itoa(f.To - f.From + 1), "since": templates.Moment(lang, f.Since), "until": templates.Moment(lang, f.Until),
	})
}

// mostFindings are listed; the rest is counted.
const mostFindings = 200

// A Report is what Verify found.
type Report struct {
	Rows     int    // that are there
	Newest   int    // number of the last
	Until    string // its moment
	Retired  int    // rows up to this number are gone because they were old enough
	Findings []Finding
	More     int // findings beyond those
}

// IsWhole reports whether nothing is wrong.
func (r Report) IsWhole() bool { return len(r.Findings) == 0 }

// add notes a finding; one that goes on where the last one ended joins it.
func (r *Report) add(f Finding) {
	if last := len(r.Findings) - 1; last >= 0 && r.Findings[last].joins(f) {
		r.Findings[last].To, r.Findings[last].Until = f.To, f.Until
		return
	}
	if len(r.Findings) >= mostFindings {
		r.More++
		return
	}
	r.Findings = append(r.Findings, f)
}

// joins reports whether f is about the rows that follow.
func (r Finding) joins(f Finding) bool {
	if r.Fault != f.Fault || f.From != r.To+1 {
		return false
	}
	switch f.Fault {
	case Changed, Removed, PutIn, Unchained:
		return true
	case Moved:
		return r.Was-r.From == f.Was-f.From
	default:
		return false
	}
}
