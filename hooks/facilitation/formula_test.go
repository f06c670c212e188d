package facilitation

import "testing"

func TestNoCellIsTakenForAFormulaByAnySpreadsheet(t *testing.T) {
	for cell, want := range map[string]string{
		"":                       "",
		"Sam":                    "Sam",
		"Anne-Marie":             "Anne-Marie",
		"Sam; and others":        "Sam; and others",
		"=1+1":                   "'=1+1",
		"\t=1":                   "'\t=1",
		"Sam;=cmd|'/C calc'!A0;": "Sam;'=cmd|'/C calc'!A0;",
		"Sam; -1":                "Sam;'-1",
		"Sam\t@A1":               "Sam\t'@A1",
	} {
		if got := harmless(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
}
