package people

import (
	"os"
	"strings"
	"testing"

	"alongside/hooks/web"
)

// What the document calls the columns and the cells of the table. The test of
// package hooks reads these words back, and asks every page whether they hold.
var (
	columnWords = map[web.Role]string{
		guest: "a guest", person: "anybody signed in", web.Learner: "learner", web.Mentor: "mentor",
		web.Facilitator: "facilitator", web.Lead: "lead", web.Manager: "manager", siteManager: "site manager",
	}
	extentWords = map[Extent]string{
		Nobodys: "no", Own: "own", Named: "shared with them by name", Written: "of what they write", Assigned: "of learners who are theirs", OfCohort: "of their group",
		OfProgramme: "of their programme", Everybodys: "all",
	}
	depthWords = map[Depth]string{Whole: "", DoneOrNot: ", done or not", Counts: ", counts"}
)

const document = "../../docs/who-may-see-what.md"

// UPDATE=1 writes the table into the document.
func TestTheDocumentSaysWhatThePolicyIs(t *testing.T) {
	read, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	text := string(read)
	if os.Getenv("UPDATE") != "" {
		text = withTable(text, table())
		if err := os.WriteFile(document, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if stands := tableIn(text); stands != table() {
		t.Errorf("docs/who-may-see-what.md says\n%s\nand the policy is\n%s\nWhere that is meant: UPDATE=1 go test ./hooks/people -run Document", stands, table())
	}
}

func TestEveryMatterStandsInTheTableOnce(t *testing.T) {
	seen := map[Matter]bool{}
	for _, row := range policy {
		if row.matter == "" || seen[row.matter] {
			t.Errorf("%q stands twice, or has no name", row.matter)
		}
		seen[row.matter] = true
	}
}

// table is the policy in Markdown: a row for each matter, a column for each role.
func table() string {
	var b strings.Builder
	line := func(first string, rest []string) {
		b.WriteString("| " + first + " | " + strings.Join(rest, " | ") + " |\n")
	}
	var heads, rules []string
	for _, c := range columns {
		heads, rules = append(heads, columnWords[c]), append(rules, "---")
	}
	line("what", heads)
	line("---", rules)
	for _, row := range policy {
		var cells []string
		for _, sight := range row.cells {
			cells = append(cells, extentWords[sight.Of]+depthWords[sight.How])
		}
		line(string(row.matter), cells)
	}
	return b.String()
}

// tableIn is the one table of a text: its lines that begin with a bar.
func tableIn(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "|") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// withTable is a text with another table in the place of its own.
func withTable(text, table string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "|") {
			b.WriteString(line)
			continue
		}
		b.WriteString(table)
		table = ""
	}
	return b.String()
}
