package e2e

import (
	"strings"
	"testing"
)

// Every journey ends with a look through its data folder (start). This is what
// keeps that look honest: it finds what is there.
func TestWhatStandsInTheDataFolderAsItWasTypedIsFound(t *testing.T) {
	t.Parallel()
	p, err := pristine.Copy(t.TempDir())
	must(t, err)
	p.Secret("harbour-17") // no secret, so it is stored as it is
	p.Secret("what nobody ever typed")
	found, err := p.Spilled()
	must(t, err)
	if len(found) == 0 {
		t.Error("what stands in the database is not found")
	}
	for _, where := range found {
		if strings.Contains(where, "nobody ever typed") {
			t.Errorf("found what is not there: %s", where)
		}
	}
}
