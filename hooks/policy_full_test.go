package hooks_test

import "testing"

// inFull leaves a walk over everything as everybody to `make full`: with the
// race detector it takes minutes, and other tests are there to find races.
func inFull(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("in full without the race detector: make full")
	}
}
