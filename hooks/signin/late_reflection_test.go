package signin_test

import "testing"

// written is a reflection of the boss, who learns too, and the share by which
// somebody beside them reads it.
func (m *team) written(t *testing.T) (reflection, share string) {
	t.Helper()
	if id := m.one(t, "SELECT COALESCE((SELECT id FROM reflections LIMIT 1), '')"); id != "" {
		return id, m.one(t, "SELECT id FROM shares LIMIT 1")
	}
	return m.MustShare(t, m.boss)
}
