package e2e

import (
	"os"
	"testing"
)

// thoroughly leaves a variation to `make verify`: the gate has seen the same
// code in another look.
func thoroughly(t *testing.T) {
	t.Helper()
	if !thorough() {
		t.Skip("a variation, for make verify")
	}
}

// thorough says whether there is time for everything.
func thorough() bool { return os.Getenv("THOROUGH") != "" }
