package audit

import (
	"strings"
	"testing"
)

func TestWhatACheckFoundIsSaidInGoodEnglishForOneAndForMany(t *testing.T) {
	for said, report := range map[string]Report{
		"The record is whole: 1 row, up to row 1 of Friday 1 May 2026, 09:05 UTC.":                 {Rows: 1, Newest: 1, Until: "2026-05-01 09:05:06.007Z"},
		"The record is whole: 2 rows, up to row 2 of Friday 1 May 2026, 09:05 UTC.":                {Rows: 2, Newest: 2, Until: "2026-05-01 09:05:06.007Z"},
		"There is 1 more finding. The record is not whole. It has 1 row, up to row 1 of ":          {Rows: 1, Newest: 1, More: 1, Findings: []Finding{{Fault: NoHead}}},
		"There are 3 more findings. The record is not whole. It has 3 rows, up to row 3 of ":       {Rows: 3, Newest: 3, More: 3, Findings: []Finding{{Fault: NoHead}}},
		"It says Friday 1 May 2026, 09:05 UTC. The record is not whole. It has 3 rows, up to row ": {Rows: 3, Newest: 3, Findings: []Finding{{Fault: PutIn, From: 2, To: 2, Since: "2026-05-01 09:05:06.007Z"}}},
	} {
		if got := strings.Join(report.Lines("en"), " "); !strings.Contains(got, said) {
			t.Errorf("it says %q, and not %q", got, said)
		}
	}
}
