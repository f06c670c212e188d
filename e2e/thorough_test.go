package e2e

import (
	"os"
	"testing"
)

// thoroughly leaves a variation to `make verify`: the gate has seen the same
// code in another look.
func thoroughly(t *testing.T) {
	t.Helper()
	if os.Getenv("THOROUGH") == "" {
		t.Skip("a variation, for make verify")
	}
}
