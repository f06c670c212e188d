package e2e

import "testing"

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
	if len(found) != 1 {
		t.Errorf("found %q, and one thing of two is there", found)
	}
}
